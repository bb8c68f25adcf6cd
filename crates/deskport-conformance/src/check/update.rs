//! Rules about updates of conversations, where a member is absent, null, or a value.

use serde_json::{Value, json};

use super::conversation::STATUSES;
use super::probe::Probe;
use super::rule::{Chapter, Judged, Pass, fail, hold, seen, skip};
use super::update_rules::RULES;
use super::{shape, user};
use crate::client::Endpoint;
use crate::client::answer::id_of;
use crate::client::request;

pub(super) const CHAPTER: Chapter = Chapter { name: "Updates", rules: RULES };

pub(super) async fn an_update_answers_the_conversation(probe: &Probe<'_>) -> Judged {
    let chat = probe.new_chat().await?;
    let body = request::update_conversation(&chat.id, &json!({"status": "open"}));
    let view = probe.expect(Endpoint::UpdateConversation, body).await?;
    shape::object(&view, probe.variant())
}

pub(super) async fn a_title_is_set(probe: &Probe<'_>) -> Judged {
    let chat = probe.chat_for_updates().await?;
    let title = probe.scene.mark("new title");
    probe.update(&chat, &json!({"title": title})).await?;
    let stored = &probe.stored(&chat).await?["title"];
    hold(stored == &json!(title), || format!("sent {title:?}, stored {stored}"))
}

pub(super) async fn a_title_is_cleared(probe: &Probe<'_>) -> Judged {
    let chat = probe.chat_for_updates().await?;
    probe.update(&chat, &json!({"title": null})).await?;
    let stored = &probe.stored(&chat).await?["title"];
    hold(stored.is_null() || stored == "", || format!("the title is still {stored}"))
}

pub(super) async fn what_is_absent_stays(probe: &Probe<'_>) -> Judged {
    let chat = probe.new_chat().await?;
    let wanted = json!({"title": chat.title, "tags": ["pricing"], "attributes": {"priority": "High"}});
    probe.prepare(&chat, &wanted).await?;
    let before = probe.stored(&chat).await?;
    probe.prepare(&chat, &json!({"status": "resolved"})).await?;
    let after = probe.stored(&chat).await?;
    for member in ["title", "tags", "attributes"] {
        if before[member] != after[member] {
            return fail(format!(
                "an update without `{member}` changed it from {} to {}",
                before[member], after[member]
            ));
        }
    }
    Ok(Pass::Plain)
}

pub(super) async fn tags_are_set(probe: &Probe<'_>) -> Judged {
    let chat = probe.chat_for_updates().await?;
    probe.update(&chat, &json!({"tags": ["pricing", "sales"]})).await?;
    let stored = tags(&probe.stored(&chat).await?);
    hold(stored == ["pricing", "sales"], || format!("sent pricing and sales, stored {stored:?}"))
}

pub(super) async fn tags_are_replaced(probe: &Probe<'_>) -> Judged {
    let chat = probe.new_chat().await?;
    probe.prepare(&chat, &json!({"tags": ["pricing", "sales"]})).await?;
    let before = tags(&probe.stored(&chat).await?);
    if before != ["pricing", "sales"] {
        return skip("tags are not stored; UPD-05 judges that");
    }
    probe.prepare(&chat, &json!({"tags": ["sales", "urgent"]})).await?;
    let stored = tags(&probe.stored(&chat).await?);
    hold(stored == ["sales", "urgent"], || format!("sent sales and urgent, stored {stored:?}"))
}

/// Tags in alphabetical order: the contract states none.
fn tags(conversation: &Value) -> Vec<String> {
    let list = conversation["tags"].as_array().into_iter().flatten();
    let mut tags: Vec<String> = list.filter_map(|tag| tag.as_str().map(str::to_owned)).collect();
    tags.sort();
    tags
}

pub(super) async fn every_status_is_taken(probe: &Probe<'_>) -> Judged {
    for status in STATUSES {
        let chat = probe.chat_for_updates().await?;
        probe.update(&chat, &json!({"status": status})).await?;
        let stored = &probe.stored(&chat).await?["status"];
        if stored != status {
            return fail(format!("set to {status:?}, stored {stored}"));
        }
    }
    Ok(Pass::Plain)
}

pub(super) async fn attributes_are_stored(probe: &Probe<'_>) -> Judged {
    let chat = probe.chat_for_updates().await?;
    let attributes = json!({"issue_type": "Billing", "priority": "High"});
    probe.update(&chat, &json!({"attributes": attributes})).await?;
    user::compare(&probe.stored(&chat).await?["attributes"], &attributes)
}

pub(super) async fn attributes_merge_or_replace(probe: &Probe<'_>) -> Judged {
    let chat = probe.new_chat().await?;
    for attributes in [json!({"first": "1"}), json!({"second": "2"})] {
        probe.prepare(&chat, &json!({"attributes": attributes})).await?;
    }
    let stored = probe.stored(&chat).await?;
    seen(if stored["attributes"]["first"].is_null() { "replaces" } else { "merges" })
}

pub(super) async fn reading_is_noted(probe: &Probe<'_>) -> Judged {
    let chat = probe.chat_for_updates().await?;
    for moment in [json!("2025-10-27T15:45:00.000Z"), Value::Null] {
        probe.update(&chat, &json!({"last_user_read_at": moment})).await?;
    }
    Ok(Pass::Plain)
}

pub(super) async fn user_attributes_arrive(probe: &Probe<'_>) -> Judged {
    probe.chat_for_updates().await?;
    let owner = probe.new_user().await?;
    let title = probe.scene.mark("conversation");
    let body = probe.conversation_request(&owner, &title);
    let chat = probe.open_chat(&owner, &title, body).await?;
    let mut person = owner.as_user();
    person["attributes"] = json!({"plan_type": "enterprise"});
    probe.update(&chat, &json!({"user": person})).await?;
    user::compare(&user::loaded(probe, &owner.id).await?["attributes"], &json!({"plan_type": "enterprise"}))
}

pub(super) async fn a_closed_conversation_opens(probe: &Probe<'_>) -> Judged {
    let chat = probe.new_chat().await?;
    probe.prepare(&chat, &json!({"status": "closed"})).await?;
    let body = request::update_conversation(&chat.id, &json!({"status": "open"}));
    let exchange = probe.send(&crate::client::Call::new(Endpoint::UpdateConversation, body)).await;
    let stored = probe.stored(&chat).await?;
    seen(match (exchange.success(), stored["status"] == "open") {
        (Some(_), true) => "it opens again".to_owned(),
        (Some(_), false) => format!("the update is taken, and the status stays {}", stored["status"]),
        (None, _) => format!("the update is refused with {}", exchange.outcome()),
    })
}

pub(super) async fn the_answer_shows_the_change(probe: &Probe<'_>) -> Judged {
    let chat = probe.new_chat().await?;
    let body = request::update_conversation(&chat.id, &json!({"status": "resolved"}));
    let answer = probe.need(Endpoint::UpdateConversation, body).await?.payload;
    if probe.stored(&chat).await?["status"] != "resolved" {
        return skip("the status is not stored; UPD-07 judges that");
    }
    if id_of(&answer).as_ref() != Some(&chat.id) {
        return fail(format!("the answer has the id {}", answer["id"]));
    }
    hold(answer["status"] == "resolved", || format!("the answer has the status {}", answer["status"]))
}
