//! `[fin]`: the face for Fin.

use std::time::Duration;

use deskport_domain::AgentId;

use super::{Notify, Problem, SecretList, values::Values};

/// How Fin's calls are served and checked.
#[derive(Debug)]
pub(crate) struct Fin {
    /// Without a slash at its end; empty for the root.
    pub(crate) prefix: String,
    pub(crate) agent_id: AgentId,
    pub(crate) signature: Signature,
    /// The keys that a signature may be made with.
    pub(crate) signature_keys: SecretList,
    pub(crate) signature_tolerance: Duration,
    pub(crate) share_private_messages: bool,
    pub(crate) notify: Notify,
}

/// What to do with request signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signature {
    /// Nothing.
    Off,
    /// Check and log.
    Log,
    /// Check and refuse.
    Enforce,
}

impl Fin {
    pub(super) fn read(values: &Values) -> Result<Self, Problem> {
        let modes = [("off", Signature::Off), ("log", Signature::Log), ("enforce", Signature::Enforce)];
        let signature = values.choice("fin.signature", &modes)?;
        let signature_keys = SecretList::read(values.text("fin.signature_key"));
        if signature != Signature::Off && signature_keys.0.is_empty() {
            let what = "signatures cannot be checked without `fin.signature_key`";
            return Err(values.refuse_because("fin.signature", what, "off, or log or enforce with a key"));
        }
        Ok(Self {
            prefix: values.path("fin.prefix")?,
            agent_id: agent_id(values)?,
            signature,
            signature_keys,
            signature_tolerance: Duration::from_secs(values.number("fin.signature_tolerance_s", 1..=86_400)?),
            share_private_messages: values.flag("fin.share_private_messages")?,
            notify: Notify::read(values)?,
        })
    }
}

fn agent_id(values: &Values) -> Result<AgentId, Problem> {
    let key = "fin.agent_id";
    AgentId::parse(values.text(key))
        .map_err(|_| values.refuse(key, "1 to 128 visible ASCII characters, such as agent_fin"))
}
