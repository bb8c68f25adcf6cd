//! Rules about what a server answers when something cannot be done.

use std::sync::Arc;

use deskport_wire::Variant;
use serde_json::{Value, json};

use super::given::ids;
use super::probe::{Probe, answered, error_in};
use super::rule::{Chapter, Judged, Level, Pass, Rule, Scope, Stop, fail, hold, seen};
use crate::client::request;
use crate::client::{Call, Endpoint, Exchange};

const SOURCE: &str = "P/getuser, P/updateuser, P/getagents";

pub(super) const CHAPTER: Chapter = Chapter {
    name: "Errors",
    rules: &[
        Rule {
            id: "ERR-01",
            level: Level::Should,
            scope: Scope::Both,
            claim: "An unknown end user is answered as an error, by status or inside the envelope.",
            source: SOURCE,
            why: "Fin would go on with somebody who does not exist.",
            fix: "Answer 404; in variant P with `error` filled.",
            judge: |probe| Box::pin(an_unknown_user_is_an_error(probe)),
        },
        Rule {
            id: "ERR-02",
            level: Level::Should,
            scope: Scope::Both,
            claim: "An unknown conversation is answered as an error, by status or inside the envelope.",
            source: SOURCE,
            why: "Fin would go on with a conversation that does not exist.",
            fix: "Answer 404; in variant P with `error` filled.",
            judge: |probe| Box::pin(an_unknown_conversation_is_an_error(probe)),
        },
        Rule {
            id: "ERR-03",
            level: Level::Must,
            scope: Scope::Both,
            claim: "A message that is not stored is not acknowledged.",
            source: "OV",
            why: "Fin repeats what fails and forgets what succeeds: the message would be lost.",
            fix: "Answer an error when the conversation of a new message is unknown.",
            judge: |probe| Box::pin(what_is_not_stored_is_not_acknowledged(probe)),
        },
        Rule {
            id: "ERR-04",
            level: Level::Should,
            scope: Scope::Both,
            claim: "Unknown objects are not answered with 401 or 403.",
            source: "OV, AU",
            why: "On these Fin fetches a new token and asks once more, in vain.",
            fix: "Keep 401 and 403 for tokens; answer 404.",
            judge: |probe| Box::pin(unknown_is_not_forbidden(probe)),
        },
        Rule {
            id: "ERR-05",
            level: Level::Should,
            scope: Scope::OnlyP,
            claim: "Where `error` is filled, it is an object with the members of a problem, rightly typed.",
            source: SOURCE,
            why: "Fin shows it in its error log; of a wrong form it says nothing.",
            fix: "Write `type`, `title`, `detail` and `instance` as texts and `status` as a number.",
            judge: |probe| Box::pin(an_error_is_a_problem(probe)),
        },
        Rule {
            id: "ERR-06",
            level: Level::Should,
            scope: Scope::Both,
            claim: "A body that is not JSON is answered with a status of the 400s, and not with 401 or 403.",
            source: "-",
            why: "A failure of the server looks like an outage and is repeated; a success is taken for stored.",
            fix: "Answer 400.",
            judge: |probe| Box::pin(nonsense_is_refused(probe)),
        },
        Rule {
            id: "ERR-07",
            level: Level::Should,
            scope: Scope::Both,
            claim: "A member of the wrong type is no failure of the server.",
            source: "-",
            why: "A 500 looks like an outage, and is repeated in vain.",
            fix: "Answer 400 or 422, or make sense of it.",
            judge: |probe| Box::pin(a_wrong_type_is_no_failure(probe)),
        },
        Rule {
            id: "ERR-08",
            level: Level::Should,
            scope: Scope::Both,
            claim: "Errors show nothing of the server's inside.",
            source: "-",
            why: "They end up in the error log of another company.",
            fix: "Log the cause, and answer a short text.",
            judge: |probe| Box::pin(errors_keep_secrets(probe)),
        },
    ],
};

/// No server has given this id to anything.
const UNKNOWN: &str = "conformance_unknown_0";

/// What programs write when they give up.
const INSIDES: [&str; 8] = [
    "Traceback (most recent call last)",
    "panicked at",
    "SQLSTATE",
    "syntax error at or near",
    "Stack trace:",
    "    at Object.",
    "NullPointerException",
    "goroutine ",
];

/// The kinds of requests that go wrong here.
async fn failing(probe: &Probe<'_>) -> Vec<Arc<Exchange>> {
    let calls = [
        Call::new(Endpoint::GetUser, request::get_user(UNKNOWN)),
        Call::new(Endpoint::GetConversation, request::get_conversation(UNKNOWN)),
        Call::new(
            Endpoint::UpdateConversation,
            request::update_conversation(UNKNOWN, &json!({"status": "open"})),
        ),
    ];
    let mut exchanges = Vec::new();
    for call in &calls {
        exchanges.push(probe.send(call).await);
    }
    exchanges
}

async fn an_unknown_user_is_an_error(probe: &Probe<'_>) -> Judged {
    probe.user().await?;
    let call = Call::new(Endpoint::GetUser, request::get_user(UNKNOWN));
    let exchange = probe.send(&call).await;
    is_error(probe.variant(), &exchange, "get_user")
}

async fn an_unknown_conversation_is_an_error(probe: &Probe<'_>) -> Judged {
    probe.user().await?;
    let call = Call::new(Endpoint::GetConversation, request::get_conversation(UNKNOWN));
    let exchange = probe.send(&call).await;
    is_error(probe.variant(), &exchange, "get_conversation")
}

/// An error by status; in variant P also one with status 200 and a filled `error`.
fn is_error(variant: Variant, exchange: &Exchange, name: &str) -> Judged {
    let received = answered(exchange, name)?;
    let inside = error_in(received).is_some();
    match (received.is_success(), variant, inside) {
        (false, _, false) | (false, Variant::R, _) => seen(format!("status {}", received.status)),
        (_, Variant::P, true) => seen(format!("status {} with `error` filled", received.status)),
        (true, ..) => fail(format!("status {}, and no error inside", received.status)),
    }
}

async fn what_is_not_stored_is_not_acknowledged(probe: &Probe<'_>) -> Judged {
    let user = probe.user().await?;
    let body = request::create_message(probe.variant(), UNKNOWN, &probe.message(user, "<p>Lost?</p>"));
    let exchange = probe.send(&Call::new(Endpoint::CreateMessage, body)).await;
    let received = answered(&exchange, "create_message")?;
    if !received.is_success() || error_in(received).is_some() {
        return seen(exchange.outcome());
    }
    match probe.need(Endpoint::GetMessages, request::get_messages(UNKNOWN, None)).await {
        Ok(view) if view.payload.as_array().is_some_and(|list| !ids(list).is_empty()) => {
            seen("a conversation is made for the message")
        }
        _ => fail(format!("status {} for a message into an unknown conversation", received.status)),
    }
}

async fn unknown_is_not_forbidden(probe: &Probe<'_>) -> Judged {
    probe.user().await?;
    let refusing = failing(probe).await.into_iter().find(|exchange| exchange.refuses_token());
    refusing.map_or(Ok(Pass::Plain), |exchange| {
        fail(format!("an unknown object is answered with {}", exchange.outcome()))
    })
}

async fn an_error_is_a_problem(probe: &Probe<'_>) -> Judged {
    probe.user().await?;
    let mut filled = 0;
    for exchange in failing(probe).await {
        let received = answered(&exchange, "the server")?;
        let Some(error) = error_in(received) else { continue };
        filled += 1;
        check_problem(&error)?;
    }
    seen(if filled == 0 { "no error comes in the envelope" } else { "errors come in the envelope" })
}

fn check_problem(error: &Value) -> Result<(), Stop> {
    let Some(members) = error.as_object() else { return fail(format!("`error` is {error}")) };
    for name in ["type", "title", "detail", "instance"] {
        if members.get(name).is_some_and(|value| !value.is_string() && !value.is_null()) {
            return fail(format!("`{name}` is {}", members[name]));
        }
    }
    match members.get("status") {
        Some(status) if !status.is_u64() && !status.is_null() => fail(format!("`status` is {status}")),
        _ => Ok(()),
    }
}

async fn nonsense_is_refused(probe: &Probe<'_>) -> Judged {
    probe.user().await?;
    let call = Call::new(Endpoint::CreateUser, Value::Null).with_raw("{\"name\": \"no end");
    let exchange = probe.send(&call).await;
    let received = answered(&exchange, "create_user")?;
    let inside = probe.variant() == Variant::P && error_in(received).is_some();
    let refused = (400..500).contains(&received.status) && !exchange.refuses_token();
    if refused || (received.is_success() && inside) {
        return seen(exchange.outcome());
    }
    fail(format!("half a JSON text is answered with {}", exchange.outcome()))
}

async fn a_wrong_type_is_no_failure(probe: &Probe<'_>) -> Judged {
    probe.user().await?;
    let mut body = request::create_user("Conformance", &probe.scene.email(), &probe.scene.object_id());
    body["name"] = json!({"first": "Jane"});
    let exchange = probe.send(&Call::new(Endpoint::CreateUser, body)).await;
    let received = answered(&exchange, "create_user")?;
    hold(received.status < 500, || format!("an object as name is answered with {}", exchange.outcome()))?;
    seen(exchange.outcome())
}

async fn errors_keep_secrets(probe: &Probe<'_>) -> Judged {
    probe.user().await?;
    for exchange in failing(probe).await {
        let Ok(received) = &exchange.answer else { continue };
        if let Some(inside) = INSIDES.iter().find(|inside| received.body.contains(**inside)) {
            return fail(format!("an error contains {inside:?}"));
        }
    }
    Ok(Pass::Plain)
}
