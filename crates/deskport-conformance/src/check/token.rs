//! Judges of access: tokens, the token endpoint, and what Fin does when a token is refused.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::probe::{Probe, answered};
use super::rule::{Chapter, Judged, Pass, Stop, fail, hold, seen, skip};
use super::token_rules::RULES;
use crate::client::request;
use crate::client::{Access, Call, Credential, Endpoint, Exchange, Received};

pub(super) const CHAPTER: Chapter = Chapter { name: "Tokens", rules: RULES };

/// A token that no server gave to anybody.
const WRONG: &str = "conformance-wrong-token";

pub(super) async fn a_good_token_opens(probe: &Probe<'_>) -> Judged {
    if let Err(exchange) = probe.scene.client.token().await {
        return skip(format!("no token could be fetched (TOK-08): {}", exchange.outcome()));
    }
    let exchange = probe.send(&Call::new(Endpoint::GetAgents, json!({}))).await;
    answered(&exchange, "get_agents")?;
    if exchange.refuses_token() {
        return fail(format!("the token was answered with {}", exchange.outcome()));
    }
    if matches!(probe.scene.client.access(), Access::Open) {
        return seen("no token was given, and none is asked for");
    }
    Ok(Pass::Plain)
}

pub(super) async fn no_token_is_refused(probe: &Probe<'_>) -> Judged {
    refused(probe, Endpoint::GetAgents, json!({}), Credential::Missing).await
}

pub(super) async fn a_wrong_token_is_refused(probe: &Probe<'_>) -> Judged {
    refused(probe, Endpoint::GetAgents, json!({}), Credential::Other(WRONG.to_owned())).await
}

pub(super) async fn every_endpoint_asks(probe: &Probe<'_>) -> Judged {
    need_access(probe)?;
    let chat = probe.new_chat().await?;
    let message = probe.message(&chat.user, "<p>Without a token</p>");
    let user =
        request::create_user("Conformance, without a token", &probe.scene.email(), &probe.scene.object_id());
    let calls = [
        (Endpoint::GetUser, request::get_user(&chat.user.id)),
        (Endpoint::UpdateUser, request::update_user(&chat.user.id, &json!({}))),
        (Endpoint::CreateUser, user),
        (Endpoint::GetConversation, request::get_conversation(&chat.id)),
        (Endpoint::UpdateConversation, request::update_conversation(&chat.id, &json!({"status": "open"}))),
        (Endpoint::CreateConversation, probe.conversation_request(&chat.user, &chat.title)),
        (Endpoint::GetMessages, request::get_messages(&chat.id, None)),
        (Endpoint::CreateMessage, request::create_message(probe.variant(), &chat.id, &message)),
    ];
    for (endpoint, body) in calls {
        refused(probe, endpoint, body, Credential::Missing).await?;
    }
    Ok(Pass::Plain)
}

/// Judges that a call with this credential makes Fin fetch a new token.
async fn refused(probe: &Probe<'_>, endpoint: Endpoint, body: Value, credential: Credential) -> Judged {
    need_access(probe)?;
    let exchange = probe.send(&Call::new(endpoint, body).with_credential(credential)).await;
    let received = answered(&exchange, endpoint.name())?;
    match received.status {
        401 => Ok(Pass::Plain),
        403 => seen("403, on which Fin fetches a new token as well"),
        status => fail(format!("`{}` answered status {status}", endpoint.name())),
    }
}

pub(super) async fn an_expired_token_is_refused(probe: &Probe<'_>) -> Judged {
    let token = expired_token(probe).await?;
    refused(probe, Endpoint::GetAgents, json!({}), Credential::Other(token)).await
}

/// A token that was good once: the one given, or one that is waited for.
async fn expired_token(probe: &Probe<'_>) -> Result<String, Stop> {
    let options = probe.scene.options;
    if let Some(token) = &options.expired_token {
        probe.scene.client.secrets().add(token);
        return Ok(token.clone());
    }
    let (exchange, token) = probe.scene.client.fetch_token().await;
    let lifetime = exchange.success().and_then(Received::json).and_then(|body| body["expires_in"].as_u64());
    let (Some(token), Some(lifetime)) = (token, lifetime) else {
        return skip("no expired token was given, and none can be waited for");
    };
    let wait = Duration::from_secs(lifetime + 1);
    if wait > options.expiry_wait {
        return skip(format!("no expired token was given, and tokens live for {lifetime} s"));
    }
    tokio::time::sleep(wait).await;
    Ok(token)
}

pub(super) async fn a_refused_call_can_be_repeated(probe: &Probe<'_>) -> Judged {
    need_access(probe)?;
    let chat = probe.chat_for_messages().await?;
    let before = probe.messages(&chat).await?.len();
    let message = probe.message(&chat.user, "<p>With a new token</p>");
    let call =
        Call::new(Endpoint::CreateMessage, request::create_message(probe.variant(), &chat.id, &message));
    let refused = probe.send(&call.clone().with_credential(Credential::Other(WRONG.to_owned()))).await;
    if !refused.refuses_token() {
        return skip("a wrong token was not refused; TOK-03 judges that");
    }
    probe.scene.client.forget_token().await;
    probe.expect_call(&call).await?;
    let stored = probe.messages(&chat).await?.len().saturating_sub(before);
    hold(stored == 1, || format!("the message is stored {stored} times"))
}

pub(super) async fn a_refusal_names_the_scheme(probe: &Probe<'_>) -> Judged {
    need_access(probe)?;
    let call = Call::new(Endpoint::GetAgents, json!({})).with_credential(Credential::Missing);
    let exchange = probe.send(&call).await;
    let received = answered(&exchange, "get_agents")?;
    if received.status != 401 {
        return skip(format!("the status is {}, not 401", received.status));
    }
    match received.header("www-authenticate") {
        Some(_) => Ok(Pass::Plain),
        None => fail("the header is missing"),
    }
}

pub(super) async fn credentials_bring_a_token(probe: &Probe<'_>) -> Judged {
    let (exchange, token) = fetch(probe, None).await?;
    if token.is_some() {
        let style = exchange.sent.headers.iter().any(|(name, _)| name == "authorization");
        return seen(if style { "the secret in the header" } else { "the secret in the form" });
    }
    fail(format!("no `access_token` came: {}", exchange.outcome()))
}

pub(super) async fn a_token_says_what_it_is(probe: &Probe<'_>) -> Judged {
    let body = token_body(probe).await?;
    let kind = body["token_type"].as_str().unwrap_or_default();
    hold(kind.eq_ignore_ascii_case("bearer"), || format!("`token_type` is {}", body["token_type"]))
}

pub(super) async fn a_token_says_how_long_it_lives(probe: &Probe<'_>) -> Judged {
    let body = token_body(probe).await?;
    hold(body["expires_in"].is_u64(), || format!("`expires_in` is {}", body["expires_in"]))
}

async fn token_body(probe: &Probe<'_>) -> Result<Value, Stop> {
    let (exchange, token) = fetch(probe, None).await?;
    match (token, exchange.success().and_then(Received::json)) {
        (Some(_), Some(body)) => Ok(body),
        _ => skip("no token came; TOK-08 judges that"),
    }
}

pub(super) async fn a_wrong_secret_brings_none(probe: &Probe<'_>) -> Judged {
    let (exchange, token) = fetch(probe, Some("conformance-wrong-secret")).await?;
    answered(&exchange, "the token endpoint")?;
    hold(token.is_none(), || "a wrong secret brought a token".to_owned())?;
    seen(exchange.outcome())
}

pub(super) async fn tokens_overlap(probe: &Probe<'_>) -> Judged {
    let (Some(first), Some(second)) = (fetch(probe, None).await?.1, fetch(probe, None).await?.1) else {
        return skip("no token came; TOK-08 judges that");
    };
    for token in [second, first] {
        let call = Call::new(Endpoint::GetAgents, json!({})).with_credential(Credential::Other(token));
        let exchange = probe.send(&call).await;
        answered(&exchange, "get_agents")?;
        if exchange.refuses_token() {
            return fail("fetching a token made an earlier one useless");
        }
    }
    Ok(Pass::Plain)
}

async fn fetch(probe: &Probe<'_>, secret: Option<&str>) -> Result<(Exchange, Option<String>), Stop> {
    if !probe.scene.client.access().can_fetch() {
        return skip("no token endpoint was given");
    }
    let (exchange, token) = probe.scene.client.fetch_token_with(secret).await;
    probe.show(Arc::new(exchange.clone()));
    Ok((exchange, token))
}

fn need_access(probe: &Probe<'_>) -> Result<(), Stop> {
    match probe.scene.client.access() {
        Access::Open => skip("no token was given, so nothing is known about them"),
        _ => Ok(()),
    }
}
