//! Rules about creating and loading conversations.

use serde_json::{Value, json};

use super::given::{ids, written_by};
use super::probe::Probe;
use super::rule::{Chapter, Judged, Level, Pass, Rule, Scope, fail, hold, seen, skip};
use super::{shape, user};
use crate::client::Endpoint;
use crate::client::answer::{CreatedConversation, id_of};
use crate::client::request;

/// What the contract knows as a conversation's status.
pub(super) const STATUSES: [&str; 4] = ["open", "resolved", "closed", "ended"];

pub(super) const CHAPTER: Chapter = Chapter {
    name: "Conversations",
    rules: &[
        Rule {
            id: "CNV-01",
            level: Level::Must,
            scope: Scope::Both,
            claim: "A conversation can be created, and the answer holds its id.",
            source: "R/createconversation, P/createconversation, OV",
            why: "When this call fails, Fin says that something went wrong and closes the chat for good.",
            fix: "Answer success with `conversation` and `message`, bare or under `data`.",
            judge: |probe| Box::pin(a_conversation_is_created(probe)),
        },
        Rule {
            id: "CNV-02",
            level: Level::Must,
            scope: Scope::Both,
            claim: "The answer to a created conversation holds the id of the first message too.",
            source: "R/createconversation, P/createconversation, R-index, P-index",
            why: "Fin maps both ids; without the message's it takes its own first message for a new one.",
            fix: "Answer the stored message as `message` beside `conversation`.",
            judge: |probe| Box::pin(both_ids_are_answered(probe)),
        },
        Rule {
            id: "CNV-03",
            level: Level::Must,
            scope: Scope::Both,
            claim: "A known conversation can be loaded: bare in variant R, under `data` in variant P.",
            source: "R/getconversation, P-index",
            why: "Each synchronization loads the conversation.",
            fix: "Answer an object in variant R and an object with `data` and `error` in variant P.",
            judge: |probe| Box::pin(a_loaded_conversation_has_its_shape(probe)),
        },
        Rule {
            id: "CNV-04",
            level: Level::Must,
            scope: Scope::Both,
            claim: "A conversation has its id, and one of the four statuses.",
            source: "R/getconversation, R/models",
            why: "Both are marked as required; by the status Fin knows whether to go on.",
            fix: "Write `id` and a `status` out of open, resolved, closed and ended.",
            judge: |probe| Box::pin(a_conversation_has_id_and_status(probe)),
        },
        Rule {
            id: "CNV-05",
            level: Level::Must,
            scope: Scope::Both,
            claim: "A conversation holds its end user, written out as an object.",
            source: "R/getconversation, R/models",
            why: "It is marked as required; Fin learns from it with whom it talks.",
            fix: "Write the whole end user under `user`, not just an id.",
            judge: |probe| Box::pin(a_conversation_has_its_user(probe)),
        },
        Rule {
            id: "CNV-06",
            level: Level::Must,
            scope: Scope::Both,
            claim: "The title is kept.",
            source: "R/createconversation, P/createconversation",
            why: "Agents find conversations by their titles.",
            fix: "Store `title` of the create request.",
            judge: |probe| Box::pin(the_title_is_kept(probe)),
        },
        Rule {
            id: "CNV-07",
            level: Level::Must,
            scope: Scope::Both,
            claim: "The title may be null.",
            source: "R/createconversation, P/createconversation",
            why: "A chat that just began has no title; refusing it ends the chat.",
            fix: "Accept null for `title`.",
            judge: |probe| Box::pin(the_title_may_be_null(probe)),
        },
        Rule {
            id: "CNV-08",
            level: Level::Must,
            scope: Scope::Both,
            claim: "Attributes that come with a new conversation are stored.",
            source: "R/createconversation, P/createconversation",
            why: "Locale, topic and the like are known at the start and sent once.",
            fix: "Store `attributes`: inside `initial_message` in variant R, at the top in variant P.",
            judge: |probe| Box::pin(first_attributes_are_stored(probe)),
        },
        Rule {
            id: "CNV-09",
            level: Level::Must,
            scope: Scope::Both,
            claim: "The first message is in the new conversation exactly once.",
            source: "R/createconversation, P/createconversation",
            why: "It is the end user's question.",
            fix: "Store conversation and message together, in one transaction.",
            judge: |probe| Box::pin(the_first_message_is_there_once(probe)),
        },
        Rule {
            id: "CNV-10",
            level: Level::Should,
            scope: Scope::Both,
            claim: "A new conversation is open.",
            source: "R/models",
            why: "`open` is the status that is live with the end user.",
            fix: "Begin with the status `open`.",
            judge: |probe| Box::pin(a_new_conversation_is_open(probe)),
        },
    ],
};

async fn a_conversation_is_created(probe: &Probe<'_>) -> Judged {
    let (view, title) = created(probe).await?;
    let Some(found) = CreatedConversation::find(&view.payload) else {
        return fail("the answer holds no id of a conversation");
    };
    probe.scene.leave("conversation", &found.conversation_id, &title);
    seen(format!("{}, {:?}", found.form, view.packing).to_lowercase())
}

async fn both_ids_are_answered(probe: &Probe<'_>) -> Judged {
    let chat = probe.new_chat().await?;
    hold(chat.created.message_id.is_some(), || "the answer holds no id of a message".to_owned())
}

async fn created(probe: &Probe<'_>) -> Result<(crate::client::answer::View, String), super::rule::Stop> {
    let user = probe.user().await?;
    let title = probe.scene.mark("conversation");
    let body = probe.conversation_request(user, &title);
    Ok((probe.expect(Endpoint::CreateConversation, body).await?, title))
}

async fn a_loaded_conversation_has_its_shape(probe: &Probe<'_>) -> Judged {
    let chat = probe.new_chat().await?;
    let view = probe.expect(Endpoint::GetConversation, request::get_conversation(&chat.id)).await?;
    shape::object(&view, probe.variant())
}

async fn a_conversation_has_id_and_status(probe: &Probe<'_>) -> Judged {
    let chat = probe.new_chat().await?;
    let stored = probe.stored(&chat).await?;
    if id_of(&stored).as_ref() != Some(&chat.id) {
        return fail(format!("asked for {}, got {}", chat.id, stored["id"]));
    }
    let status = &stored["status"];
    hold(status.as_str().is_some_and(|status| STATUSES.contains(&status)), || {
        format!("the status is {status}")
    })
}

async fn a_conversation_has_its_user(probe: &Probe<'_>) -> Judged {
    let chat = probe.new_chat().await?;
    let user = &probe.stored(&chat).await?["user"];
    if !user.is_object() {
        return fail(format!("`user` is {user}"));
    }
    hold(id_of(user).as_ref() == Some(&chat.user.id), || {
        format!("the conversation is of {}, but `user` has the id {}", chat.user.id, user["id"])
    })
}

async fn the_title_is_kept(probe: &Probe<'_>) -> Judged {
    let chat = probe.new_chat().await?;
    let title = &probe.stored(&chat).await?["title"];
    hold(title == &json!(chat.title), || format!("sent {:?}, stored {title}", chat.title))
}

async fn the_title_may_be_null(probe: &Probe<'_>) -> Judged {
    let user = &probe.new_chat().await?.user;
    let mut body = probe.conversation_request(user, "");
    body["title"] = Value::Null;
    let view = probe.expect(Endpoint::CreateConversation, body).await?;
    let Some(found) = CreatedConversation::find(&view.payload) else {
        return skip("the answer holds no id (CNV-01)");
    };
    probe.scene.leave("conversation", &found.conversation_id, "(no title)");
    Ok(Pass::Plain)
}

async fn first_attributes_are_stored(probe: &Probe<'_>) -> Judged {
    let owner = &probe.new_chat().await?.user;
    let title = probe.scene.mark("conversation");
    let attributes = json!({"issue_type": "Billing", "priority": "High"});
    let mut body = probe.conversation_request(owner, &title);
    request::put_conversation_attributes(probe.variant(), &mut body, &attributes);
    let view = probe.expect(Endpoint::CreateConversation, body).await?;
    let Some(found) = CreatedConversation::find(&view.payload) else {
        return skip("the answer holds no id (CNV-01)");
    };
    probe.scene.leave("conversation", &found.conversation_id, &title);
    let stored =
        probe.need(Endpoint::GetConversation, request::get_conversation(&found.conversation_id)).await?;
    user::compare(&stored.payload["attributes"], &attributes)
}

async fn the_first_message_is_there_once(probe: &Probe<'_>) -> Judged {
    let chat = probe.new_chat().await?;
    let messages = probe.messages(&chat).await?;
    let count = written_by(&messages, &chat.user);
    if count != 1 {
        return fail(format!("the first message is in the list {count} times"));
    }
    let (listed, answered) = (ids(&messages), &chat.created.message_id);
    hold(answered.as_ref().is_none_or(|id| listed.contains(id)), || {
        format!("the answer named {answered:?}, the list has {listed:?}")
    })
}

async fn a_new_conversation_is_open(probe: &Probe<'_>) -> Judged {
    let chat = probe.new_chat().await?;
    let status = &probe.stored(&chat).await?["status"];
    hold(status == "open", || format!("the status is {status}"))
}
