//! Rules about signed requests, where the server was given a key.

use serde_json::json;

use super::probe::{Probe, answered};
use super::rule::{Chapter, Judged, Level, Rule, Scope, Stop, fail, hold, seen, skip};
use crate::client::answer::id_of;
use crate::client::request;
use crate::client::{Call, Endpoint, Signing};

pub(super) const CHAPTER: Chapter = Chapter {
    name: "Signatures",
    rules: &[
        Rule {
            id: "SIG-01",
            level: Level::Must,
            scope: Scope::Both,
            claim: "A rightly signed request is accepted, however its JSON is spaced and ordered.",
            source: "P-index",
            why: "The signature is over the body as it is sent; every request would be refused.",
            fix: "Compute the digest over the raw bytes, before anything parses them.",
            judge: |probe| Box::pin(raw_bytes_are_signed(probe)),
        },
        Rule {
            id: "SIG-02",
            level: Level::Should,
            scope: Scope::Both,
            claim: "A request with a wrong signature is refused.",
            source: "P-index",
            why: "Verifying is optional; but who has a key and does not use it is not protected.",
            fix: "Compare the digest, in constant time, before anything is done.",
            judge: |probe| Box::pin(is_refused(probe, Signing::Wrong)),
        },
        Rule {
            id: "SIG-03",
            level: Level::May,
            scope: Scope::Both,
            claim: "A request without a signature is refused.",
            source: "P-index",
            why: "Whether Fin signs in every deployment is not stated; where it does, nobody else should get in.",
            fix: "Refuse requests without `X-Fin-Signature` once Fin is known to send it.",
            judge: |probe| Box::pin(is_refused(probe, Signing::Missing)),
        },
        Rule {
            id: "SIG-04",
            level: Level::May,
            scope: Scope::Both,
            claim: "A request that was signed an hour ago is refused.",
            source: "P-index",
            why: "Who once overheard a request could send it again; refusing old ones is optional.",
            fix: "Refuse timestamps that are more than a few minutes off.",
            judge: |probe| Box::pin(is_refused(probe, Signing::Stale)),
        },
    ],
};

async fn raw_bytes_are_signed(probe: &Probe<'_>) -> Judged {
    need_key(probe)?;
    let (name, object_id) = (probe.scene.mark("user"), probe.scene.object_id());
    let text =
        format!("{{\n  \"object_id\" : \"{object_id}\",\t\"name\": \"{name} \\u00e9\", \"email\":null }}\n");
    let call = Call::new(Endpoint::CreateUser, json!({"name": name})).with_raw(text);
    let view = probe.expect_call(&call).await?;
    if let Some(id) = id_of(&view.payload) {
        probe.scene.leave("user", &id, &name);
    }
    hold(id_of(&view.payload).is_some(), || "the answer holds no id".to_owned())
}

async fn is_refused(probe: &Probe<'_>, signing: Signing) -> Judged {
    need_key(probe)?;
    let user = probe.user().await?;
    let call =
        Call::new(Endpoint::UpdateUser, request::update_user(&user.id, &json!({}))).with_signing(signing);
    let exchange = probe.send(&call).await;
    let received = answered(&exchange, "update_user")?;
    if (400..500).contains(&received.status) {
        return seen(exchange.outcome());
    }
    fail(format!("it was answered with {}", exchange.outcome()))
}

fn need_key(probe: &Probe<'_>) -> Result<(), Stop> {
    if probe.scene.client.signs() { Ok(()) } else { skip("no signing key was given") }
}
