//! Rules about requests that are not just as the examples: the contract is young, and no member is required.

use deskport_wire::Variant;
use serde_json::{Value, json};

use super::probe::Probe;
use super::rule::{Chapter, Judged, Level, Pass, Rule, Scope, fail};
use crate::client::answer::id_of;
use crate::client::request;
use crate::client::{Call, Endpoint};

pub(super) const CHAPTER: Chapter = Chapter {
    name: "Tolerance",
    rules: &[
        Rule {
            id: "TOL-01",
            level: Level::Should,
            scope: Scope::Both,
            claim: "Members that the server does not know are ignored.",
            source: "R-index, P-index",
            why: "The contract is at version 0.0.1, and its pages already differ in their members.",
            fix: "Do not refuse a request for what it has too much.",
            judge: |probe| Box::pin(unknown_members_are_ignored(probe)),
        },
        Rule {
            id: "TOL-02",
            level: Level::Should,
            scope: Scope::Both,
            claim: "A message without type, visibility, attachments and moment is accepted.",
            source: "R/createmessage, P/createmessage",
            why: "No member of a request is marked as required.",
            fix: "Take `comment`, `public`, no attachments, and the server's clock.",
            judge: |probe| Box::pin(little_is_enough(probe)),
        },
        Rule {
            id: "TOL-03",
            level: Level::Should,
            scope: Scope::Both,
            claim: "An end user without name and e-mail address is accepted.",
            source: "R/createuser, P/createuser",
            why: "No member of a request is marked as required.",
            fix: "Take an absent member for null.",
            judge: |probe| Box::pin(a_user_needs_nothing(probe)),
        },
        Rule {
            id: "TOL-04",
            level: Level::Should,
            scope: Scope::Both,
            claim: "A content type that names the character set is accepted.",
            source: "R-index, P-index",
            why: "Many HTTP clients add it by themselves.",
            fix: "Compare the media type only, without its parameters.",
            judge: |probe| Box::pin(a_charset_is_no_harm(probe)),
        },
        Rule {
            id: "TOL-05",
            level: Level::Should,
            scope: Scope::OnlyR,
            claim: "An `initial_message` that names a conversation is accepted.",
            source: "R/createconversation",
            why: "Variant R lists the member, although the conversation does not exist yet.",
            fix: "Ignore `initial_message.conversation_id`.",
            judge: |probe| Box::pin(a_conversation_may_be_named(probe)),
        },
        Rule {
            id: "TOL-06",
            level: Level::Should,
            scope: Scope::OnlyR,
            claim: "A moment with another offset than UTC is accepted.",
            source: "R/createmessage",
            why: "ISO 8601 allows it, and the page asks for nothing narrower.",
            fix: "Read any offset and store the moment.",
            judge: |probe| Box::pin(offsets_are_read(probe)),
        },
    ],
};

async fn unknown_members_are_ignored(probe: &Probe<'_>) -> Judged {
    let chat = probe.chat_for_messages().await?;
    let mut message =
        request::create_message(probe.variant(), &chat.id, &probe.message(&chat.user, "<p>Text</p>"));
    message["conformance_unknown"] = json!({"nested": [1, 2, 3]});
    message["author"]["conformance_unknown"] = json!(true);
    created(probe, &Call::new(Endpoint::CreateMessage, message)).await?;
    let chat = probe.chat_for_updates().await?;
    let update = json!({"status": "open", "conformance_unknown": null});
    probe.update(&chat, &update).await?;
    Ok(Pass::Plain)
}

async fn little_is_enough(probe: &Probe<'_>) -> Judged {
    let chat = probe.chat_for_messages().await?;
    let mut body =
        request::create_message(probe.variant(), &chat.id, &probe.message(&chat.user, "<p>Text</p>"));
    if let Some(members) = body.as_object_mut() {
        members.retain(|name, _| {
            !["message_type", "visibility", "attachments", "created_at"].contains(&name.as_str())
        });
    }
    created(probe, &Call::new(Endpoint::CreateMessage, body)).await
}

async fn a_user_needs_nothing(probe: &Probe<'_>) -> Judged {
    probe.user().await?;
    let body = json!({"object_id": probe.scene.object_id()});
    created(probe, &Call::new(Endpoint::CreateUser, body)).await
}

async fn a_charset_is_no_harm(probe: &Probe<'_>) -> Judged {
    probe.user().await?;
    let name = probe.scene.mark("user");
    let body = request::create_user(&name, &probe.scene.email(), &probe.scene.object_id());
    let call = Call::new(Endpoint::CreateUser, body).with_content_type("application/json; charset=utf-8");
    created(probe, &call).await
}

async fn a_conversation_may_be_named(probe: &Probe<'_>) -> Judged {
    debug_assert_eq!(probe.variant(), Variant::R);
    let user = &probe.new_chat().await?.user;
    let title = probe.scene.mark("conversation");
    let mut body = probe.conversation_request(user, &title);
    body["initial_message"]["conversation_id"] = json!("conv_456");
    let view = probe.expect(Endpoint::CreateConversation, body).await?;
    leave_conversation(probe, &view.payload, &title);
    Ok(Pass::Plain)
}

async fn offsets_are_read(probe: &Probe<'_>) -> Judged {
    let chat = probe.chat_for_messages().await?;
    let mut message = probe.message(&chat.user, "<p>Text</p>");
    "2025-10-27T16:30:00.000+02:00".clone_into(&mut message.created_at);
    let body = request::create_message(probe.variant(), &chat.id, &message);
    created(probe, &Call::new(Endpoint::CreateMessage, body)).await
}

async fn created(probe: &Probe<'_>, call: &Call) -> Judged {
    let view = probe.expect_call(call).await?;
    let Some(id) = id_of(&view.payload) else { return fail("the answer holds no id") };
    if call.endpoint == Endpoint::CreateUser {
        probe.scene.leave("user", &id, call.body["name"].as_str().unwrap_or("(no name)"));
    }
    Ok(Pass::Plain)
}

fn leave_conversation(probe: &Probe<'_>, payload: &Value, title: &str) {
    if let Some(found) = crate::client::answer::CreatedConversation::find(payload) {
        probe.scene.leave("conversation", &found.conversation_id, title);
    }
}
