//! What runs beside the server, as the settings want it.

use deskport_http_actix::Traffic;
use deskport_ports::IdSource as _;

use super::{Opened, Webhooks};
use crate::settings::Settings;
use crate::system::SystemIds;
use crate::worker::{ForwarderLoop, NotifierLoop, UpkeepLoop, Workers};

/// Starts the loops that are configured.
pub(crate) fn workers(
    opened: &Opened,
    webhooks: &Webhooks,
    settings: &Settings,
    traffic: &Traffic,
) -> Workers {
    let Settings { server, fin, desk, .. } = settings;
    let mut workers = Workers::default();
    if let Some(notifier) = webhooks.notifier(opened) {
        let (slots, poll, grace) = (fin.notify.in_flight, fin.notify.delay, server.shutdown_timeout);
        workers.start(|stop| NotifierLoop { notifier, slots, poll, grace }.run(stop));
    }
    if let Some(forwarder) = webhooks.forwarder(opened) {
        let poll = desk.event_poll;
        workers.start(|stop| ForwarderLoop { forwarder, poll }.run(stop));
    }
    let (helpdesk, instance) = (opened.helpdesk.clone(), SystemIds.uuid());
    let (retention_ms, traffic) = (desk.event_retention_ms, traffic.clone());
    let requests = Box::new(move || traffic.requests());
    workers.start(|stop| UpkeepLoop { helpdesk, instance, retention_ms, requests }.run(stop));
    workers
}
