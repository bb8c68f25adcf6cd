//! Judges of what happens when a create call is repeated.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::given::{Chat, written_by};
use super::idempotency_rules::RULES;
use super::probe::Probe;
use super::rule::{Chapter, Judged, Pass, Stop, fail, hold, seen, skip};
use crate::client::answer::{CreatedConversation, id_of};
use crate::client::request;
use crate::client::{Call, Endpoint, Exchange};

pub(super) const CHAPTER: Chapter = Chapter { name: "Idempotency", rules: RULES };

/// Fin repeats a failed job so often.
const REPEATS: usize = 5;

/// How many repeats arrive at the same time.
const AT_ONCE: usize = 8;

/// After how many milliseconds the checker hangs up.
const HANG_UPS_MS: [u64; 4] = [0, 1, 5, 20];

pub(super) async fn a_user_is_created_once(probe: &Probe<'_>) -> Judged {
    let call = user_call(probe);
    let found = [probe.send(&call).await, probe.send(&call).await];
    one_id(probe, &found, user_id)
}

pub(super) async fn a_user_is_created_once_at_a_time(probe: &Probe<'_>) -> Judged {
    let call = user_call(probe);
    one_id(probe, &at_once(probe, &call).await, user_id)
}

pub(super) async fn a_conversation_is_created_once(probe: &Probe<'_>) -> Judged {
    let call = conversation_call(probe).await?;
    let baseline = first_messages(probe).await?;
    let found = [probe.send(&call).await, probe.send(&call).await];
    one_id(probe, &found, conversation_id)?;
    no_more_first_messages(probe, &found, baseline).await
}

pub(super) async fn a_conversation_is_created_once_at_a_time(probe: &Probe<'_>) -> Judged {
    let call = conversation_call(probe).await?;
    let baseline = first_messages(probe).await?;
    let found = at_once(probe, &call).await;
    one_id(probe, &found, conversation_id)?;
    no_more_first_messages(probe, &found, baseline).await
}

pub(super) async fn a_message_is_stored_once(probe: &Probe<'_>) -> Judged {
    let (chat, call) = message_call(probe).await?;
    let before = count(probe, &chat).await?;
    let first = probe.send(&call).await;
    need_success(&first)?;
    for _ in 0..REPEATS {
        probe.send(&call).await;
    }
    stored_once(probe, &chat, before).await
}

pub(super) async fn a_message_is_stored_once_at_a_time(probe: &Probe<'_>) -> Judged {
    let (chat, call) = message_call(probe).await?;
    let before = count(probe, &chat).await?;
    let found = at_once(probe, &call).await;
    if found.iter().all(|exchange| exchange.success().is_none()) {
        return skip("not one of the calls succeeded; MSG-01 judges single ones");
    }
    stored_once(probe, &chat, before).await
}

pub(super) async fn a_lost_answer_loses_nothing(probe: &Probe<'_>) -> Judged {
    let (chat, call) = message_call(probe).await?;
    let before = count(probe, &chat).await?;
    for patience in HANG_UPS_MS {
        probe.scene.client.abandon(&call, Duration::from_millis(patience)).await;
    }
    let first = probe.send(&call).await;
    need_success(&first)?;
    stored_once(probe, &chat, before).await
}

pub(super) async fn a_repeat_answers_the_same(probe: &Probe<'_>) -> Judged {
    let (_, call) = message_call(probe).await?;
    let (first, repeat) = (probe.send(&call).await, probe.send(&call).await);
    need_success(&first)?;
    let Some(_) = repeat.success() else {
        return fail(format!("the repeat was answered with {}", repeat.outcome()));
    };
    let Some(id) = user_id(&repeat) else { return fail("the answer to the repeat holds no id") };
    match user_id(&first) {
        Some(first) if first != id => skip("the repeat stored a second message; IDE-03 judges that"),
        _ => Ok(Pass::Plain),
    }
}

pub(super) async fn the_first_message_counts(probe: &Probe<'_>) -> Judged {
    let user = probe.user().await?;
    let title = probe.scene.mark("conversation");
    let body = probe.conversation_request(user, &title);
    let object_id = body["initial_message"]["object_id"].as_str().unwrap_or_default().to_owned();
    let chat = probe.open_chat(user, &title, body).await?;
    let before = count(probe, &chat).await?;
    let mut message = probe.message(user, "<p>Hello</p>");
    message.object_id = object_id;
    let body = request::create_message(probe.variant(), &chat.id, &message);
    probe.send(&Call::new(Endpoint::CreateMessage, body)).await;
    let after = count(probe, &chat).await?;
    hold(after == before, || "the first message is stored twice".to_owned())
}

pub(super) async fn kinds_are_apart(probe: &Probe<'_>) -> Judged {
    let chat = probe.new_chat().await?;
    probe.stored(&chat).await?;
    let object_id = probe.scene.object_id();
    let name = probe.scene.mark("user");
    let email = probe.scene.email();
    let body = request::create_user(&name, &email, &object_id);
    let Some(user_id) = id_of(&probe.need(Endpoint::CreateUser, body).await?.payload) else {
        return skip("`create_user` answered no id (USR-01)");
    };
    probe.scene.leave("user", &user_id, &name);
    let user = request::Person { id: user_id, name, email, user_type: "end_user" };
    let title = probe.scene.mark("conversation");
    let mut body = probe.conversation_request(&user, &title);
    body["object_id"] = json!(object_id);
    body["initial_message"]["object_id"] = json!(object_id);
    let view = probe.expect(Endpoint::CreateConversation, body).await?;
    let Some(created) = CreatedConversation::find(&view.payload) else {
        return skip("the answer holds no id (CNV-01)");
    };
    probe.scene.leave("conversation", &created.conversation_id, &title);
    let call = Call::new(Endpoint::GetConversation, request::get_conversation(&created.conversation_id));
    let exchange = probe.send(&call).await;
    hold(exchange.success().is_some(), || "the answer names a conversation that does not exist".to_owned())
}

fn user_call(probe: &Probe<'_>) -> Call {
    let (name, object_id) = (probe.scene.mark("user"), probe.scene.object_id());
    Call::new(Endpoint::CreateUser, request::create_user(&name, &probe.scene.email(), &object_id))
}

async fn conversation_call(probe: &Probe<'_>) -> Result<Call, Stop> {
    let user = probe.user().await?;
    let body = probe.conversation_request(user, &probe.scene.mark("conversation"));
    Ok(Call::new(Endpoint::CreateConversation, body))
}

async fn message_call(probe: &Probe<'_>) -> Result<(Chat, Call), Stop> {
    let chat = probe.new_chat().await?;
    let message = probe.message(&chat.user, "<p>Once</p>");
    let body = request::create_message(probe.variant(), &chat.id, &message);
    Ok((chat, Call::new(Endpoint::CreateMessage, body)))
}

async fn at_once(probe: &Probe<'_>, call: &Call) -> Vec<Arc<Exchange>> {
    join_all((0..AT_ONCE).map(|_| probe.send(call))).await
}

fn need_success(exchange: &Exchange) -> Result<(), Stop> {
    match exchange.success() {
        Some(_) => Ok(()),
        None => skip(format!("the first call was answered with {}", exchange.outcome())),
    }
}

async fn count(probe: &Probe<'_>, chat: &Chat) -> Result<usize, Stop> {
    Ok(written_by(&probe.messages(chat).await?, &chat.user))
}

async fn stored_once(probe: &Probe<'_>, chat: &Chat, before: usize) -> Judged {
    let added = count(probe, chat).await?.saturating_sub(before);
    match added {
        0 => skip("the message is not listed at all (MSG-01)"),
        1 => Ok(Pass::Plain),
        more => fail(format!("one message was sent several times and is stored {more} times")),
    }
}

/// All answers that name an id name the same one.
fn one_id(probe: &Probe<'_>, exchanges: &[Arc<Exchange>], id: fn(&Exchange) -> Option<String>) -> Judged {
    let mut found: Vec<String> = exchanges.iter().filter_map(|exchange| id(exchange)).collect();
    found.sort();
    found.dedup();
    let kind = if exchanges.iter().any(|exchange| exchange.sent.body.contains("initial_message")) {
        "conversation"
    } else {
        "user"
    };
    for id in &found {
        probe.scene.leave(kind, id, "(of a repeated call)");
    }
    let refused = exchanges.iter().filter(|exchange| exchange.success().is_none()).count();
    match (found.len(), refused) {
        (0, _) => skip(format!("no call brought an id: {}", exchanges[0].outcome())),
        (1, 0) => Ok(Pass::Plain),
        (1, _) => seen(format!("{refused} of {} calls were refused", exchanges.len())),
        _ => fail(format!(
            "one `object_id` was sent {} times and made {} objects",
            exchanges.len(),
            found.len()
        )),
    }
}

/// How many messages a conversation has that was created once; CNV-09 judges that it is one.
async fn first_messages(probe: &Probe<'_>) -> Result<usize, Stop> {
    count(probe, &probe.new_chat().await?).await
}

async fn no_more_first_messages(probe: &Probe<'_>, exchanges: &[Arc<Exchange>], baseline: usize) -> Judged {
    let Some(id) = exchanges.iter().find_map(|exchange| conversation_id(exchange)) else {
        return skip("there is no conversation");
    };
    let body = request::get_messages(&id, None);
    let Value::Array(messages) = probe.need(Endpoint::GetMessages, body).await?.payload else {
        return skip("`get_messages` answered no list; MSG-02 judges that");
    };
    hold(messages.len() <= baseline, || format!("the first message is stored {} times", messages.len()))
}

fn user_id(exchange: &Exchange) -> Option<String> {
    id_of(&exchange.success()?.view()?.payload)
}

fn conversation_id(exchange: &Exchange) -> Option<String> {
    Some(CreatedConversation::find(&exchange.success()?.view()?.payload)?.conversation_id)
}
