//! Rules about attachments, and about messages that have nothing else.

use serde_json::{Value, json};

use super::given::Chat;
use super::message::find;
use super::probe::Probe;
use super::rule::{Chapter, Judged, Level, Pass, Rule, Scope, Stop, fail, hold, seen, skip};
use crate::client::answer::id_of;
use crate::client::request;
use crate::client::{Call, Endpoint};

const SOURCE: &str = "R/createmessage, P/createmessage, P-index";

pub(super) const CHAPTER: Chapter = Chapter {
    name: "Attachments and empty messages",
    rules: &[
        Rule {
            id: "ATT-01",
            level: Level::Must,
            scope: Scope::Both,
            claim: "An attachment keeps its url, its file type and its file name.",
            source: SOURCE,
            why: "It is the picture or the paper that the conversation is about.",
            fix: "Store `url`, `filetype` and `filename` and list them with the message.",
            judge: |probe| Box::pin(an_attachment_is_kept(probe)),
        },
        Rule {
            id: "ATT-02",
            level: Level::Should,
            scope: Scope::Both,
            claim: "`attachments` is a list, an empty one where there are none.",
            source: "R/getmessages, P/getmessages, seed",
            why: "The schema has a list and no null; readers that expect a list break on a null.",
            fix: "Write `[]`, or leave the member out.",
            judge: |probe| Box::pin(attachments_are_a_list(probe)),
        },
        Rule {
            id: "ATT-03",
            level: Level::Must,
            scope: Scope::Both,
            claim: "A message may be an attachment without text: the body is empty.",
            source: SOURCE,
            why: "People send pictures without a word; a refused message is lost after five tries.",
            fix: "Accept an empty body where there is an attachment.",
            judge: |probe| Box::pin(a_message_may_be_an_attachment(probe, json!(""))),
        },
        Rule {
            id: "ATT-04",
            level: Level::Must,
            scope: Scope::OnlyP,
            claim: "A message may be an attachment without text: the body is null.",
            source: "P/createmessage, P-index",
            why: "Variant P lists null as a value of the body.",
            fix: "Accept a null body where there is an attachment.",
            judge: |probe| Box::pin(a_message_may_be_an_attachment(probe, Value::Null)),
        },
        Rule {
            id: "ATT-05",
            level: Level::Should,
            scope: Scope::Both,
            claim: "Several attachments keep their order.",
            source: SOURCE,
            why: "The text may speak of the first and the second one.",
            fix: "Store the place of each attachment.",
            judge: |probe| Box::pin(attachments_keep_their_order(probe)),
        },
        Rule {
            id: "ATT-06",
            level: Level::Should,
            scope: Scope::OnlyR,
            claim: "The body of a message without text is listed as an empty string.",
            source: "R/getmessages",
            why: "Variant R marks the body as required and knows no null.",
            fix: "Write an empty string for a body that is missing.",
            judge: |probe| Box::pin(an_empty_body_is_a_text(probe)),
        },
        Rule {
            id: "EMP-01",
            level: Level::Should,
            scope: Scope::Both,
            claim: "A message with neither text nor attachment is not stored.",
            source: "P/createconversation, P-index",
            why: "Empty messages are not allowed; the Messenger would show an empty bubble.",
            fix: "Refuse such a message with status 422 or 400.",
            judge: |probe| Box::pin(nothing_is_no_message(probe)),
        },
    ],
};

fn attachment(name: &str) -> Value {
    json!({
        "url": format!("https://example.com/files/{name}.pdf"), "filetype": "pdf", "filename": name,
    })
}

/// The body of a request for a message with these attachments.
fn request(probe: &Probe<'_>, chat: &Chat, attachments: &Value) -> Value {
    let message = probe.message(&chat.user, "<p>See the file</p>");
    let mut body = request::create_message(probe.variant(), &chat.id, &message);
    body["attachments"] = attachments.clone();
    body
}

/// The attachments that are listed for a new message with those given.
async fn stored(probe: &Probe<'_>, attachments: &Value) -> Result<Value, Stop> {
    let chat = probe.chat_for_messages().await?;
    let view = probe.expect(Endpoint::CreateMessage, request(probe, &chat, attachments)).await?;
    let Some(id) = id_of(&view.payload) else { return skip("`create_message` answered no id (MSG-01)") };
    let messages = probe.messages(&chat).await?;
    find(&messages, &id)
        .map_or_else(|| skip("the message is not listed (MSG-01)"), |found| Ok(found["attachments"].clone()))
}

async fn an_attachment_is_kept(probe: &Probe<'_>) -> Judged {
    let sent = attachment("Pricing Guide 2025");
    let sent = json!([{"url": "https://example.com/files/pricing-guide.pdf", "filetype": sent["filetype"], "filename": sent["filename"]}]);
    let stored = stored(probe, &sent).await?;
    for member in ["url", "filetype", "filename"] {
        if stored[0][member] != sent[0][member] {
            return fail(format!(
                "`{member}` was sent as {}, stored as {}",
                sent[0][member], stored[0][member]
            ));
        }
    }
    Ok(Pass::Plain)
}

async fn attachments_are_a_list(probe: &Probe<'_>) -> Judged {
    let chat = probe.new_chat().await?;
    let messages = probe.messages(&chat).await?;
    let Some(message) = messages.first() else { return skip("no message is listed (CNV-09)") };
    match message.get("attachments") {
        None => seen("the member is left out where there are none"),
        Some(Value::Array(_)) => Ok(Pass::Plain),
        Some(other) => fail(format!("`attachments` is {other}")),
    }
}

async fn a_message_may_be_an_attachment(probe: &Probe<'_>, text: Value) -> Judged {
    let chat = probe.chat_for_messages().await?;
    let mut body = request(probe, &chat, &json!([attachment("photo")]));
    body["body"] = text;
    let view = probe.expect(Endpoint::CreateMessage, body).await?;
    let Some(id) = id_of(&view.payload) else { return fail("the answer holds no id") };
    let messages = probe.messages(&chat).await?;
    hold(find(&messages, &id).is_some(), || "the message is not listed".to_owned())
}

async fn attachments_keep_their_order(probe: &Probe<'_>) -> Judged {
    let names = ["one", "two", "three"];
    let sent: Value = names.iter().map(|name| attachment(name)).collect();
    let stored = stored(probe, &sent).await?;
    let url = |value: &Value| value["url"].as_str().unwrap_or_default().to_owned();
    let urls = |list: &Value| list.as_array().into_iter().flatten().map(url).collect::<Vec<_>>();
    hold(urls(&stored) == urls(&sent), || format!("sent {:?}, stored {:?}", urls(&sent), urls(&stored)))
}

async fn an_empty_body_is_a_text(probe: &Probe<'_>) -> Judged {
    let chat = probe.chat_for_messages().await?;
    let mut body = request(probe, &chat, &json!([attachment("photo")]));
    body["body"] = json!("");
    let view = probe.need(Endpoint::CreateMessage, body).await?;
    let Some(id) = id_of(&view.payload) else { return skip("the answer holds no id (ATT-03)") };
    let messages = probe.messages(&chat).await?;
    let Some(message) = find(&messages, &id) else { return skip("the message is not listed (ATT-03)") };
    hold(message["body"].is_string(), || format!("`body` is {}", message["body"]))
}

async fn nothing_is_no_message(probe: &Probe<'_>) -> Judged {
    let chat = probe.chat_for_messages().await?;
    let before = probe.messages(&chat).await?.len();
    let mut body = request(probe, &chat, &json!([]));
    body["body"] = json!("");
    let exchange = probe.send(&Call::new(Endpoint::CreateMessage, body)).await;
    let after = probe.messages(&chat).await?.len();
    if after > before {
        return fail(format!("the empty message was answered with {} and is listed", exchange.outcome()));
    }
    seen(format!("{}, and not listed", exchange.outcome()))
}
