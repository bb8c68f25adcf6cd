//! Logs: to standard error, for people or for machines.

use std::io::{IsTerminal, stderr};

use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::{Layer, Registry, fmt, layer::SubscriberExt, util::SubscriberInitExt};

use crate::settings::{Format, Log};

/// Sends what is logged from now on to standard error. Commands that are not the server log
/// trouble only, unless somebody asked for more.
pub(crate) fn start(log: &Log, is_server: bool) {
    let asked_for = is_server || log.is_chosen;
    let filter = if asked_for { log.filter.clone() } else { Targets::new().with_default(Level::WARN) };
    let lines: Box<dyn Layer<Registry> + Send + Sync> = match log.format {
        Format::Human => {
            Box::new(fmt::layer().with_writer(stderr).with_ansi(stderr().is_terminal()).with_filter(filter))
        }
        Format::Json => {
            Box::new(fmt::layer().json().flatten_event(true).with_writer(stderr).with_filter(filter))
        }
    };
    tracing_subscriber::registry().with(lines).init();
}
