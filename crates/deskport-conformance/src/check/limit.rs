//! Rules about sizes and times. The contract states none; what people do every day must work.

use std::future::ready;
use std::sync::Arc;

use serde_json::Value;

use super::given::ids;
use super::message::find;
use super::probe::{Probe, answered};
use super::rule::{Chapter, Judged, Level, Pass, Rule, Scope, fail, hold, skip};
use crate::client::request;
use crate::client::{Call, Endpoint};

pub(super) const CHAPTER: Chapter = Chapter {
    name: "Limits and times",
    rules: &[
        Rule {
            id: "LIM-01",
            level: Level::Must,
            scope: Scope::Both,
            claim: "A list has all messages, however many there are.",
            source: "R/getmessages, P/getmessages",
            why: "The contract knows no paging: what is not in the list is never seen by Fin.",
            fix: "Answer the whole list.",
            judge: |probe| Box::pin(long_lists_are_whole(probe)),
        },
        Rule {
            id: "LIM-02",
            level: Level::Should,
            scope: Scope::Both,
            claim: "A long message is stored whole.",
            source: "-",
            why: "People paste logs and letters; no limit is stated.",
            fix: "Allow at least 64 KiB for the body of a message.",
            judge: |probe| Box::pin(long_messages_are_whole(probe)),
        },
        Rule {
            id: "LIM-03",
            level: Level::May,
            scope: Scope::Both,
            claim: "A request that is far too large is refused in order, or taken.",
            source: "-",
            why: "A server that breaks down over one request takes everyone else's along.",
            fix: "Limit the size of requests, and answer 413.",
            judge: |probe| Box::pin(too_large_is_no_failure(probe)),
        },
        Rule {
            id: "LIM-04",
            level: Level::Should,
            scope: Scope::Both,
            claim: "Every answer came within ten seconds.",
            source: "-",
            why: "How long Fin waits is not stated; the end user waits as long.",
            fix: "Look for the slowest endpoint in the report.",
            judge: |probe| Box::pin(ready(answers_come_in_time(probe))),
        },
    ],
};

/// More than any usual size of a page.
const MANY: usize = 105;

const LONG_MESSAGE: usize = 60 * 1024;

const FAR_TOO_LARGE: usize = 8 * 1024 * 1024;

const TEN_SECONDS_MS: u64 = 10_000;

async fn long_lists_are_whole(probe: &Probe<'_>) -> Judged {
    let chat = probe.chat_for_messages().await?;
    let mut sent = Vec::new();
    for _ in 0..MANY {
        sent.push(probe.post(&chat, "<p>One of many</p>").await?);
    }
    let Value::Array(messages) =
        probe.expect(Endpoint::GetMessages, request::get_messages(&chat.id, None)).await?.payload
    else {
        return skip("`get_messages` answered no list; MSG-02 judges that");
    };
    let listed = ids(&messages);
    let missing = sent.iter().filter(|id| !listed.contains(id)).count();
    hold(missing == 0, || format!("{missing} of {} messages are not in the list", sent.len()))
}

async fn long_messages_are_whole(probe: &Probe<'_>) -> Judged {
    let chat = probe.chat_for_messages().await?;
    let text = "a long message ".repeat(LONG_MESSAGE / 15);
    let body = format!("<p>{text}</p>");
    let message = probe.message(&chat.user, &body);
    let request = request::create_message(probe.variant(), &chat.id, &message);
    let view = probe.expect(Endpoint::CreateMessage, request).await?;
    let Some(id) = crate::client::answer::id_of(&view.payload) else {
        return skip("no id was answered (MSG-01)");
    };
    let messages = probe.messages(&chat).await?;
    let Some(stored) = find(&messages, &id) else { return fail("the message is not in the list") };
    let Some(body) = stored["body"].as_str() else { return skip("`body` is no text (MSG-10)") };
    let length = body.matches("a long message").count();
    let sent = text.matches("a long message").count();
    hold(length == sent, || format!("{sent} phrases were sent, {length} are stored"))
}

async fn too_large_is_no_failure(probe: &Probe<'_>) -> Judged {
    probe.user().await?;
    let body = "x".repeat(FAR_TOO_LARGE);
    let call = Call::new(Endpoint::CreateUser, Value::Null)
        .with_raw(format!("{{\"conformance_unknown\":\"{body}\"}}"));
    let exchange = probe.scene.client.send(&call).await;
    let mut shown = exchange.clone();
    shown.sent.body = format!("{{\"conformance_unknown\":\"{FAR_TOO_LARGE} times x\"}}");
    probe.show(Arc::new(shown));
    if exchange.answer.is_ok_and(|received| received.status >= 500) {
        return fail("the server failed");
    }
    // Many servers hang up as soon as they know, which is in order too; but they must still be there.
    let alive = probe.send(&Call::new(Endpoint::GetAgents, serde_json::json!({}))).await;
    answered(&alive, "get_agents")?;
    Ok(Pass::Plain)
}

fn answers_come_in_time(probe: &Probe<'_>) -> Judged {
    let exchanges = probe.scene.exchanges();
    let times =
        exchanges.iter().filter_map(|exchange| Some((exchange.answer.as_ref().ok()?.millis, exchange)));
    let Some((millis, slowest)) = times.max_by_key(|(millis, _)| *millis) else {
        return skip("nothing was answered");
    };
    if millis < TEN_SECONDS_MS {
        return Ok(Pass::Plain);
    }
    probe.show(slowest.clone());
    fail(format!("{} took {millis} ms", slowest.sent.url))
}
