//! `[desk]`: the face for the helpdesk's own people and systems.

use std::num::NonZeroUsize;
use std::time::Duration;

use super::{Problem, SecretList, SecretSetting, values::Values};

/// How the desk is served, and how it hears what happens.
#[derive(Debug)]
pub(crate) struct Desk {
    /// Without a slash at its end; empty for the root.
    pub(crate) prefix: String,
    pub(crate) event_retention_ms: i64,
    pub(crate) event_poll: Duration,
    pub(crate) event_heartbeat: Duration,
    pub(crate) event_streams_per_token: NonZeroUsize,
    /// `None`: no webhooks.
    pub(crate) target: Option<DeskTarget>,
    pub(crate) secrets: SecretList,
}

/// Which system of the desk's to tell.
#[derive(Debug)]
pub(crate) struct DeskTarget {
    /// It may hold a secret.
    pub(crate) url: SecretSetting,
    pub(crate) allow_http: bool,
}

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
const MOST_STREAMS: NonZeroUsize = NonZeroUsize::MIN.saturating_add(9_999);

impl Desk {
    pub(super) fn read(values: &Values) -> Result<Self, Problem> {
        let streams = NonZeroUsize::MIN..=MOST_STREAMS;
        let secrets = SecretList::read(values.text("desk.webhook_secret"));
        Ok(Self {
            prefix: prefix(values)?,
            event_retention_ms: values.number("desk.event_retention_days", 1..=3650)? * DAY_MS,
            event_poll: Duration::from_millis(values.number("desk.event_poll_ms", 10..=60_000)?),
            event_heartbeat: Duration::from_secs(values.number("desk.event_heartbeat_s", 1..=300)?),
            event_streams_per_token: values.number("desk.event_streams_per_token", streams)?,
            target: target(values, &secrets)?,
            secrets,
        })
    }
}

fn prefix(values: &Values) -> Result<String, Problem> {
    let key = "desk.prefix";
    let (fin, desk) = (values.path("fin.prefix")?, values.path(key)?);
    if fin == desk {
        return Err(values.refuse_because(
            key,
            "this is where Fin is served",
            "another path than `fin.prefix`",
        ));
    }
    Ok(desk)
}

/// A URL and secrets: both, or neither.
fn target(values: &Values, secrets: &SecretList) -> Result<Option<DeskTarget>, Problem> {
    let allow_http = values.flag("desk.webhook_allow_http")?;
    let url = values.text("desk.webhook_url").trim();
    match (url.is_empty(), secrets.0.is_empty()) {
        (true, true) => Ok(None),
        (false, false) => Ok(Some(DeskTarget { url: SecretSetting::new(url), allow_http })),
        (false, true) => {
            let what = "webhooks cannot be signed without `desk.webhook_secret`";
            Err(values.refuse_because("desk.webhook_url", what, "both of them, or neither"))
        }
        (true, false) => {
            let what = "there is nobody to send webhooks to without `desk.webhook_url`";
            Err(values.refuse_because("desk.webhook_secret", what, "both of them, or neither"))
        }
    }
}
