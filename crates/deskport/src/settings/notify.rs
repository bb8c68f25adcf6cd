//! The part of `[fin]` that is about telling Fin.

use std::num::NonZeroU32;
use std::time::Duration;

use deskport_wire::webhook::FinRegion;

use super::{Problem, SecretSetting, values::Values};

/// Whether, where and how fast Fin is told.
#[derive(Debug)]
pub(crate) struct Notify {
    /// `None`: Fin is not told.
    pub(crate) target: Option<FinTarget>,
    pub(crate) in_flight: NonZeroU32,
    pub(crate) delay: Duration,
}

/// Which Fin to tell.
#[derive(Debug)]
pub(crate) struct FinTarget {
    pub(crate) region: FinRegion,
    /// In place of the region's; it may hold a secret all the same.
    pub(crate) url: Option<SecretSetting>,
    pub(crate) allow_http: bool,
    pub(crate) integration_id: String,
    pub(crate) key: SecretSetting,
}

const MOST_IN_FLIGHT: NonZeroU32 = NonZeroU32::MIN.saturating_add(999);

impl Notify {
    pub(super) fn read(values: &Values) -> Result<Self, Problem> {
        Ok(Self {
            target: target(values)?,
            in_flight: values.number("fin.webhooks_in_flight", NonZeroU32::MIN..=MOST_IN_FLIGHT)?,
            delay: Duration::from_millis(values.number("fin.webhook_delay_ms", 10..=60_000)?),
        })
    }
}

/// An integration id and a key: both, or neither.
fn target(values: &Values) -> Result<Option<FinTarget>, Problem> {
    let regions = FinRegion::ALL.map(|region| (region.name(), region));
    let region = values.choice("fin.region", &regions)?;
    let allow_http = values.flag("fin.webhook_allow_http")?;
    let text = |key| Some(values.text(key).trim().to_owned()).filter(|text| !text.is_empty());
    let (id, key) = (text("fin.integration_id"), text("fin.webhook_key"));
    match (id, key) {
        (None, None) => Ok(None),
        (Some(integration_id), Some(key)) => {
            let url = text("fin.webhook_url").map(SecretSetting::new);
            let key = SecretSetting::new(key);
            Ok(Some(FinTarget { region, url, allow_http, integration_id, key }))
        }
        (Some(_), None) => {
            let what = "Fin cannot be told without `fin.webhook_key`";
            Err(values.refuse_because("fin.integration_id", what, "both of them, or neither"))
        }
        (None, Some(_)) => {
            let what = "Fin cannot be told without `fin.integration_id`";
            Err(values.refuse_because("fin.webhook_key", what, "both of them, or neither"))
        }
    }
}
