//! Rules about end users.

use serde_json::{Value, json};

use super::probe::Probe;
use super::rule::{Chapter, Judged, Level, Pass, Rule, Scope, Stop, fail, hold, seen};
use super::shape;
use crate::client::Endpoint;
use crate::client::answer::id_of;
use crate::client::request;

pub(super) const CHAPTER: Chapter = Chapter {
    name: "End users",
    rules: &[
        Rule {
            id: "USR-01",
            level: Level::Must,
            scope: Scope::Both,
            claim: "An end user can be created, and the answer holds the helpdesk's id.",
            source: "R/createuser, P/createuser",
            why: "Fin knows people by this id from then on.",
            fix: "Answer the whole end user, with `id` and `user_type`.",
            judge: |probe| Box::pin(a_user_is_created(probe)),
        },
        Rule {
            id: "USR-02",
            level: Level::Must,
            scope: Scope::Both,
            claim: "A created end user is answered bare in variant R; in variant P bare or under `data`.",
            source: "R/createuser, P/createuser",
            why: "Fin looks for the id at a fixed place.",
            fix: "In variant R, answer the end user itself.",
            judge: |probe| Box::pin(a_created_user_has_its_shape(probe)),
        },
        Rule {
            id: "USR-03",
            level: Level::Must,
            scope: Scope::Both,
            claim: "Name and e-mail address of a created end user are kept.",
            source: "R/createuser, P/createuser",
            why: "Agents would not know with whom they talk.",
            fix: "Store `name` and `email` as they were sent.",
            judge: |probe| Box::pin(name_and_email_are_kept(probe)),
        },
        Rule {
            id: "USR-04",
            level: Level::Must,
            scope: Scope::Both,
            claim: "Name and e-mail address may be null.",
            source: "R/createuser, P/createuser",
            why: "Visitors of a website have no name yet; without a user there is no conversation.",
            fix: "Accept null for `name` and `email`, and answer null.",
            judge: |probe| Box::pin(a_user_may_be_nameless(probe)),
        },
        Rule {
            id: "USR-05",
            level: Level::Must,
            scope: Scope::Both,
            claim: "A known end user can be loaded: bare in variant R, under `data` in variant P.",
            source: "R/getuser, P/getuser",
            why: "Each synchronization loads the person.",
            fix: "Answer an object in variant R and an object with `data` and `error` in variant P.",
            judge: |probe| Box::pin(a_loaded_user_has_its_shape(probe)),
        },
        Rule {
            id: "USR-06",
            level: Level::Must,
            scope: Scope::Both,
            claim: "A loaded end user is the one that was asked for.",
            source: "R/getuser, P/getuser",
            why: "Fin would mix up people.",
            fix: "Look the end user up by the `user_id` of the request.",
            judge: |probe| Box::pin(the_right_user_is_loaded(probe)),
        },
        Rule {
            id: "USR-07",
            level: Level::Must,
            scope: Scope::Both,
            claim: "Updated attributes are stored, with their types.",
            source: "R/updateuser, P/updateuser",
            why: "What Fin learns about a person, such as a plan, would be lost for the agents.",
            fix: "Store `attributes` and show them when the end user is loaded.",
            judge: |probe| Box::pin(attributes_are_stored(probe)),
        },
        Rule {
            id: "USR-08",
            level: Level::Must,
            scope: Scope::Both,
            claim: "The updated end user is answered: bare in variant R, under `data` in variant P.",
            source: "R/updateuser, P/updateuser",
            why: "Fin takes over what the helpdesk made of the update.",
            fix: "Answer the whole end user after the change.",
            judge: |probe| Box::pin(an_updated_user_has_its_shape(probe)),
        },
        Rule {
            id: "USR-09",
            level: Level::May,
            scope: Scope::Both,
            claim: "An update of attributes merges or replaces; the contract does not say which.",
            source: "R/updateuser, P/updateuser",
            why: "Good to know when attributes seem to vanish or to linger.",
            fix: "Nothing to repair; merging loses less.",
            judge: |probe| Box::pin(attributes_merge_or_replace(probe)),
        },
        Rule {
            id: "USR-10",
            level: Level::Must,
            scope: Scope::OnlyP,
            claim: "Attributes that come with a new end user are stored.",
            source: "P/createuser",
            why: "Variant P sends what is known about a person along at once.",
            fix: "Store `attributes` of the create request.",
            judge: |probe| Box::pin(first_attributes_are_stored(probe)),
        },
    ],
};

async fn a_user_is_created(probe: &Probe<'_>) -> Judged {
    let (name, object_id) = (probe.scene.mark("user"), probe.scene.object_id());
    let body = request::create_user(&name, &probe.scene.email(), &object_id);
    let user = probe.expect(Endpoint::CreateUser, body).await?.payload;
    let Some(id) = id_of(&user) else { return fail("the answer holds no id") };
    probe.scene.leave("user", &id, &name);
    Ok(Pass::Plain)
}

async fn a_created_user_has_its_shape(probe: &Probe<'_>) -> Judged {
    let (name, object_id) = (probe.scene.mark("user"), probe.scene.object_id());
    let body = request::create_user(&name, &probe.scene.email(), &object_id);
    let view = probe.need(Endpoint::CreateUser, body).await?;
    if let Some(id) = id_of(&view.payload) {
        probe.scene.leave("user", &id, &name);
    }
    shape::created(&view, probe.variant())
}

async fn name_and_email_are_kept(probe: &Probe<'_>) -> Judged {
    let sent = probe.new_user().await?;
    let stored = loaded(probe, &sent.id).await?;
    let wanted = (json!(sent.name), json!(sent.email));
    hold((&stored["name"], &stored["email"]) == (&wanted.0, &wanted.1), || {
        format!("sent {} and {}, stored {} and {}", wanted.0, wanted.1, stored["name"], stored["email"])
    })
}

async fn a_user_may_be_nameless(probe: &Probe<'_>) -> Judged {
    probe.user().await?;
    let object_id = probe.scene.object_id();
    let body = json!({"name": null, "email": null, "object_id": object_id});
    let user = probe.expect(Endpoint::CreateUser, body).await?.payload;
    match id_of(&user) {
        Some(id) => probe.scene.leave("user", &id, "(no name)"),
        None => return fail("the answer holds no id"),
    }
    Ok(Pass::Plain)
}

async fn a_loaded_user_has_its_shape(probe: &Probe<'_>) -> Judged {
    let id = &probe.user().await?.id;
    let view = probe.expect(Endpoint::GetUser, request::get_user(id)).await?;
    shape::object(&view, probe.variant())
}

async fn the_right_user_is_loaded(probe: &Probe<'_>) -> Judged {
    let (first, second) = (probe.user().await?, probe.new_user().await?);
    for wanted in [&first.id, &second.id] {
        let found = id_of(&loaded(probe, wanted).await?);
        if found.as_ref() != Some(wanted) {
            return fail(format!("asked for {wanted}, got {}", found.as_deref().unwrap_or("no id")));
        }
    }
    Ok(Pass::Plain)
}

async fn attributes_are_stored(probe: &Probe<'_>) -> Judged {
    let user = probe.new_user().await?;
    let attributes = json!({"plan_type": "enterprise", "signup_date": "2024-01-15", "is_premium": true});
    probe.expect(Endpoint::UpdateUser, request::update_user(&user.id, &attributes)).await?;
    compare(&loaded(probe, &user.id).await?["attributes"], &attributes)
}

async fn an_updated_user_has_its_shape(probe: &Probe<'_>) -> Judged {
    let user = probe.new_user().await?;
    let body = request::update_user(&user.id, &json!({"plan_type": "free"}));
    let view = probe.need(Endpoint::UpdateUser, body).await?;
    shape::object(&view, probe.variant())
}

async fn attributes_merge_or_replace(probe: &Probe<'_>) -> Judged {
    let user = probe.new_user().await?;
    for attributes in [json!({"first": "1"}), json!({"second": "2"})] {
        probe.need(Endpoint::UpdateUser, request::update_user(&user.id, &attributes)).await?;
    }
    let stored = loaded(probe, &user.id).await?;
    seen(if stored["attributes"]["first"].is_null() { "replaces" } else { "merges" })
}

async fn first_attributes_are_stored(probe: &Probe<'_>) -> Judged {
    probe.user().await?;
    let (name, attributes) =
        (probe.scene.mark("user"), json!({"plan_type": "enterprise", "is_premium": true}));
    let mut body = request::create_user(&name, &probe.scene.email(), &probe.scene.object_id());
    body["attributes"] = attributes.clone();
    let view = probe.expect(Endpoint::CreateUser, body).await?;
    let Some(id) = id_of(&view.payload) else { return super::rule::skip("no id was answered (USR-01)") };
    probe.scene.leave("user", &id, &name);
    compare(&loaded(probe, &id).await?["attributes"], &attributes)
}

/// An end user as it is stored, where loading is not what the rule is about.
pub(super) async fn loaded(probe: &Probe<'_>, id: &str) -> Result<Value, Stop> {
    Ok(probe.need(Endpoint::GetUser, request::get_user(id)).await?.payload)
}

/// Whether `stored` has all of `wanted`; more is no harm.
pub(super) fn compare(stored: &Value, wanted: &Value) -> Judged {
    let missing = wanted
        .as_object()
        .into_iter()
        .flatten()
        .find(|(name, value)| stored.get(name.as_str()) != Some(*value));
    match missing {
        None => Ok(Pass::Plain),
        Some((name, value)) => {
            fail(format!("`{name}` was sent as {value}; the stored attributes are {stored}"))
        }
    }
}
