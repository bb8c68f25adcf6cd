//! Rules about reaching the server at all.

use serde_json::json;

use super::probe::{Probe, answered};
use super::rule::{Chapter, Judged, Level, Pass, Rule, Scope};
use crate::client::{Call, Credential, Endpoint};

/// The rule without which nothing else can be judged.
pub(super) const REACHABLE: &str = "CON-01";

pub(super) const CHAPTER: Chapter = Chapter {
    name: "Connection",
    rules: &[Rule {
        id: REACHABLE,
        level: Level::Must,
        scope: Scope::Both,
        claim: "The server answers.",
        source: "OV",
        why: "Fin pulls everything that it knows from these endpoints.",
        fix: "Start the server, open its port, and check the address that was given to the checker.",
        judge: |probe| Box::pin(is_reachable(probe)),
    }],
};

async fn is_reachable(probe: &Probe<'_>) -> Judged {
    // A refusal is an answer; that no token can be had is for the chapter about tokens to say.
    let call = Call::new(Endpoint::GetAgents, json!({})).with_credential(Credential::Missing);
    let exchange = probe.send(&call).await;
    answered(&exchange, "get_agents")?;
    Ok(Pass::Plain)
}
