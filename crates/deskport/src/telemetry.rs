//! Logs: to standard error, for people or for machines.

use std::io::{IsTerminal, stderr};

use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Layered, SubscriberExt};
use tracing_subscriber::{Layer, Registry, fmt, util::SubscriberInitExt};

use self::fields::Fields;
use crate::settings::{Format, Log};

mod fields;

/// Sends what is logged from now on to standard error. Commands that are not the server log
/// trouble only, unless somebody asked for more.
pub(crate) fn start(log: &Log, is_server: bool) {
    let asked_for = is_server || log.is_chosen;
    let filter = if asked_for { log.filter.clone() } else { Targets::new().with_default(Level::WARN) };
    let lines: Box<dyn Layer<Layered<Targets, Registry>> + Send + Sync> = match log.format {
        Format::Human => {
            let ansi = stderr().is_terminal();
            Box::new(fmt::layer().with_writer(stderr).with_ansi(ansi).fmt_fields(Fields))
        }
        Format::Json => Box::new(fmt::layer().json().flatten_event(true).with_writer(stderr)),
    };
    tracing_subscriber::registry().with(filter).with(lines).init();
}
