//! `[fin]`: the face for Fin.

use std::fmt;
use std::time::Duration;

use deskport_domain::AgentId;

use super::{Problem, SecretSetting, values::Values};

/// How Fin's calls are served and checked.
#[derive(Debug)]
pub(crate) struct Fin {
    /// Without a slash at its end; empty for the root.
    pub(crate) prefix: String,
    pub(crate) agent_id: AgentId,
    pub(crate) signature: Signature,
    pub(crate) signature_keys: SignatureKeys,
    pub(crate) signature_tolerance: Duration,
    pub(crate) share_private_messages: bool,
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

/// The keys that a signature may be made with.
#[derive(Debug)]
pub(crate) struct SignatureKeys(pub(crate) Vec<SecretSetting>);

impl Fin {
    pub(super) fn read(values: &Values) -> Result<Self, Problem> {
        let modes = [("off", Signature::Off), ("log", Signature::Log), ("enforce", Signature::Enforce)];
        let signature = values.choice("fin.signature", &modes)?;
        let signature_keys = SignatureKeys::read(values.text("fin.signature_key"));
        if signature != Signature::Off && signature_keys.0.is_empty() {
            let what = "signatures cannot be checked without `fin.signature_key`";
            return Err(values.refuse_because("fin.signature", what, "off, or log or enforce with a key"));
        }
        Ok(Self {
            prefix: prefix(values)?,
            agent_id: agent_id(values)?,
            signature,
            signature_keys,
            signature_tolerance: Duration::from_secs(values.number("fin.signature_tolerance_s", 1..=86_400)?),
            share_private_messages: values.flag("fin.share_private_messages")?,
        })
    }
}

impl SignatureKeys {
    fn read(list: &str) -> Self {
        Self(list.split(',').map(str::trim).filter(|key| !key.is_empty()).map(SecretSetting::new).collect())
    }
}

/// How many there are, and nothing else.
impl fmt::Display for SignatureKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.len() {
            0 => Ok(()),
            1 => f.write_str("(hidden)"),
            keys => write!(f, "({keys} keys, hidden)"),
        }
    }
}

fn prefix(values: &Values) -> Result<String, Problem> {
    let key = "fin.prefix";
    let path = values.text(key).trim_matches('/');
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let segment = |segment: &str| !segment.is_empty() && segment.bytes().all(plain);
    match path {
        "" => Ok(String::new()),
        path if path.split('/').all(segment) => Ok(format!("/{path}")),
        _ => Err(values.refuse(key, "a path such as /api/fin, of letters, digits and any of - . _ ~")),
    }
}

fn agent_id(values: &Values) -> Result<AgentId, Problem> {
    let key = "fin.agent_id";
    AgentId::parse(values.text(key))
        .map_err(|_| values.refuse(key, "1 to 128 visible ASCII characters, such as agent_fin"))
}
