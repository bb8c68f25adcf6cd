//! Judges of what a server tells Fin.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::time::{Instant, sleep};

use super::options::WebhookOptions;
use super::probe::Probe;
use super::rule::{Chapter, Judged, Pass, Stop, fail, hold, seen, skip};
use super::trigger::Trigger;
use super::webhook_rules::RULES;
use crate::listener::{Listener, Notification};

pub(super) const CHAPTER: Chapter = Chapter { name: "Webhooks", rules: RULES };

/// How often the judge looks whether something came.
const LOOK: Duration = Duration::from_millis(50);

pub(super) async fn a_change_is_told(probe: &Probe<'_>) -> Judged {
    let (listener, options, trigger) = triggerable(probe)?;
    let chat = probe.new_chat().await?;
    pull(probe, trigger, &chat.id).await?;
    let came = wait(options, || told(listener, &chat.id).first().cloned()).await;
    match came {
        Some(notification) => {
            probe.show(Arc::new(notification.to_exchange()));
            Ok(Pass::Plain)
        }
        None => fail(format!("nothing came within {} s", options.patience.as_secs())),
    }
}

pub(super) async fn a_refused_notification_is_repeated(probe: &Probe<'_>) -> Judged {
    let (listener, options, trigger) = triggerable(probe)?;
    let chat = probe.new_chat().await?;
    listener.refuse_next(1);
    let pulled = pull(probe, trigger, &chat.id).await;
    let repeated = wait(options, || told(listener, &chat.id).get(1).cloned()).await;
    let came = told(listener, &chat.id);
    listener.refuse_next(0);
    pulled?;
    for notification in &came {
        probe.show(Arc::new(notification.to_exchange()));
    }
    match (came.len(), repeated) {
        (0, _) => skip("no notification came; WHK-06 judges that"),
        (_, Some(_)) => Ok(Pass::Plain),
        _ => fail(format!("it was not repeated within {} s", options.patience.as_secs())),
    }
}

pub(super) fn notifications_name_a_conversation(probe: &Probe<'_>) -> Judged {
    each(probe, |notification| {
        if notification.method != "POST" {
            return Some(format!("the method is {}", notification.method));
        }
        let missing = notification.conversation_id().is_none();
        missing.then(|| format!("`conversation_id` is {}", notification.json()["conversation_id"]))
    })
}

pub(super) fn notifications_carry_the_key(probe: &Probe<'_>) -> Judged {
    let key = probe.scene.options.webhooks.as_ref().and_then(|options| options.key.as_deref());
    each(probe, |notification| match (notification.header("x-webhook-key"), key) {
        (None, _) => Some("the header `X-Webhook-Key` is missing".to_owned()),
        (Some(found), Some(key)) if found != key => Some("`X-Webhook-Key` is another one".to_owned()),
        _ => None,
    })?;
    if key.is_some() { Ok(Pass::Plain) } else { seen("a key came; which one is right was not told") }
}

pub(super) fn events_are_known(probe: &Probe<'_>) -> Judged {
    each(probe, |notification| match &notification.json()["event_type"] {
        Value::Null => None,
        Value::String(event) if event == "agent_typing" => None,
        other => Some(format!("`event_type` is {other}")),
    })
}

pub(super) async fn typing_names_the_agent(probe: &Probe<'_>) -> Judged {
    let listener = listener(probe)?;
    let typing = || listener.received().into_iter().find(Notification::is_typing);
    let trigger =
        probe.scene.options.webhooks.as_ref().and_then(|options| Some((options, options.typing.as_ref()?)));
    if let (None, Some((options, trigger))) = (typing(), trigger) {
        let chat = probe.new_chat().await?;
        pull(probe, trigger, &chat.id).await?;
        wait(options, typing).await;
    }
    if typing().is_none() {
        return skip("no notification about typing came");
    }
    each(probe, |notification| {
        let agent = notification.is_typing().then(|| notification.json()["data"]["agent"].clone())?;
        let missing = ["id", "user_type", "name", "email"].into_iter().find(|name| !agent[*name].is_string());
        missing.map(|name| format!("`data.agent.{name}` is {}", agent[name]))
    })
}

pub(super) fn fin_is_not_told_of_itself(probe: &Probe<'_>) -> Judged {
    let listener = listener(probe)?;
    let own = probe.scene.untouched();
    let mut echoes = listener.received().into_iter().filter(|notification| !notification.is_typing());
    let echo = echoes.find(|notification| notification.conversation_id().is_some_and(|id| own.contains(&id)));
    if let Some(echo) = &echo {
        probe.show(Arc::new(echo.to_exchange()));
    }
    hold(echo.is_none(), || "a conversation that only Fin changed was notified".to_owned())
}

fn listener<'p>(probe: &'p Probe<'_>) -> Result<&'p Listener, Stop> {
    probe.scene.listener.map_or_else(|| skip("no address to listen at was given"), Ok)
}

fn triggerable<'p>(probe: &'p Probe<'_>) -> Result<(&'p Listener, &'p WebhookOptions, &'p Trigger), Stop> {
    let listener = listener(probe)?;
    match &probe.scene.options.webhooks {
        Some(options @ WebhookOptions { trigger: Some(trigger), .. }) => Ok((listener, options, trigger)),
        _ => skip("nothing is known that makes the server change a conversation by itself"),
    }
}

/// Looks at each notification, and shows the first one that is wrong.
fn each(probe: &Probe<'_>, mut wrong: impl FnMut(&Notification) -> Option<String>) -> Judged {
    let received = listener(probe)?.received();
    if received.is_empty() {
        return skip("no notification came");
    }
    for notification in &received {
        if let Some(why) = wrong(notification) {
            probe.show(Arc::new(notification.to_exchange()));
            return fail(why);
        }
    }
    Ok(Pass::Plain)
}

/// The notifications about one conversation.
fn told(listener: &Listener, id: &str) -> Vec<Notification> {
    let about = |notification: &Notification| {
        !notification.is_typing() && notification.conversation_id().as_deref() == Some(id)
    };
    listener.received().into_iter().filter(about).collect()
}

async fn wait<T>(options: &WebhookOptions, look: impl Fn() -> Option<T>) -> Option<T> {
    let end = Instant::now() + options.patience;
    loop {
        match look() {
            Some(found) => return Some(found),
            None if Instant::now() >= end => return None,
            None => sleep(LOOK).await,
        }
    }
}

/// Makes the helpdesk itself change the conversation.
async fn pull(probe: &Probe<'_>, trigger: &Trigger, id: &str) -> Result<(), Stop> {
    probe.scene.touch(id);
    let agent = if trigger.names_an_agent() { probe.agent().await?.id.clone() } else { String::new() };
    let address = format!("http://{}", listener(probe)?.address());
    let sent =
        trigger.fill(&[("{conversation_id}", id), ("{agent_id}", &agent), ("{webhook_url}", &address)]);
    if let Some(token) = &trigger.token {
        probe.scene.client.secrets().add(token);
    }
    let exchange = Arc::new(probe.scene.client.transmit(sent).await);
    probe.show(exchange.clone());
    match exchange.success() {
        Some(_) => Ok(()),
        None => skip(format!("the helpdesk could not be made to change anything: {}", exchange.outcome())),
    }
}
