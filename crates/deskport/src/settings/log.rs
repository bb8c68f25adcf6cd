//! `[log]`: what is logged, and how.

use tracing_subscriber::filter::{LevelFilter, Targets};

use super::{
    Problem,
    values::{Source, Values},
};

/// What is logged, and in which form.
#[derive(Debug)]
pub(crate) struct Log {
    pub(crate) filter: Targets,
    pub(crate) format: Format,
    /// Whether somebody asked for this filter.
    pub(crate) is_chosen: bool,
}

/// The form of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// For a terminal.
    Human,
    /// One JSON object a line.
    Json,
}

impl Log {
    pub(super) fn read(values: &Values) -> Result<Self, Problem> {
        let formats = [("human", Format::Human), ("json", Format::Json)];
        Ok(Self {
            filter: filter(values)?,
            format: values.choice("log.format", &formats)?,
            is_chosen: *values.source("log.filter") != Source::Default,
        })
    }
}

fn filter(values: &Values) -> Result<Targets, Problem> {
    const ALLOWED: &str =
        "off, error, warn, info, debug or trace, then exceptions, such as info,deskport=debug";
    let key = "log.filter";
    let text = values.text(key);
    // To the parser a lone word that is no level is a part of the program, logged at every level.
    let is_level_or_pair = |part: &str| part.contains('=') || part.trim().parse::<LevelFilter>().is_ok();
    let refuse = || values.refuse(key, ALLOWED);
    if !text.split(',').all(is_level_or_pair) {
        return Err(refuse());
    }
    text.parse().map_err(|_| refuse())
}
