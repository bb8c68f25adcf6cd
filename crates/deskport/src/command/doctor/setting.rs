//! Checks that need no store: the clock, and what is set.

use deskport_ports::Clock as _;

use super::finding::Finding;
use crate::command::when::when;
use crate::compose::Webhooks;
use crate::settings::{Settings, Signature};
use crate::system::SystemClock;

/// What no clock of today's shows, in milliseconds: the years before 2025 and after 2100.
const PLAUSIBLE_MS: std::ops::Range<i64> = 1_735_689_600_000..4_133_980_800_000;

/// Whether the machine's clock shows a time that can be.
pub(super) fn clock() -> Finding {
    let now = SystemClock.now();
    if PLAUSIBLE_MS.contains(&now.as_millis()) {
        return Finding::ok("clock", "this machine's clock shows a plausible time");
    }
    let advice = "set it, best by NTP: tokens and signatures expire by it";
    Finding::fail("clock", format!("this machine's clock shows {}", when(now)), advice)
}

/// What the settings say about signatures and webhooks.
pub(super) fn examine(settings: &Settings) -> Vec<Finding> {
    let mut findings = vec![signatures(settings), notifications(settings)];
    if let Err(failure) = Webhooks::new(settings) {
        findings.push(Finding::fail("webhooks", failure.to_string(), "correct this setting"));
    }
    findings.push(match &settings.desk.target {
        Some(_) => Finding::ok("desk webhooks", "events are sent to desk.webhook_url, signed"),
        None => Finding::ok("desk webhooks", "off; the desk may follow the event stream"),
    });
    findings
}

fn signatures(settings: &Settings) -> Finding {
    let subject = "request signatures";
    match settings.fin.signature {
        Signature::Enforce => Finding::ok(subject, "unsigned requests are refused"),
        Signature::Log => Finding::warn(
            subject,
            "checked, and wrong ones are served all the same",
            "once the log has no complaints, set fin.signature to enforce",
        ),
        Signature::Off => Finding::warn(
            subject,
            "not checked",
            "if Fin shows a signing key, set fin.signature_key to it, and fin.signature to log, then to enforce",
        ),
    }
}

fn notifications(settings: &Settings) -> Finding {
    let subject = "notifications";
    let Some(target) = &settings.fin.notify.target else {
        let advice = "set fin.integration_id and fin.webhook_key, which Fin's deployment screen shows";
        return Finding::warn(subject, "off: Fin does not learn of what the desk does", advice);
    };
    let place = match &target.url {
        Some(_) => "fin.webhook_url".to_owned(),
        None => format!("Fin's region {}", target.region.name()),
    };
    Finding::ok(subject, format!("integration {} at {place}", target.integration_id))
}

/// Whether Fin can use this address.
pub(super) fn public_url(url: &str) -> Finding {
    let subject = "public URL";
    let host = url.strip_prefix("https://").unwrap_or_default();
    let is_plain = !host.is_empty() && !host.starts_with('/') && !host.contains(['?', '#', '@', ' ']);
    if is_plain {
        return Finding::ok(subject, url);
    }
    let advice = "give it as https://HOST, the address at which a proxy with TLS stands before this server";
    Finding::fail(subject, format!("Fin cannot call {url:?}"), advice)
}
