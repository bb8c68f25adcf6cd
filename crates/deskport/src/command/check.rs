//! `deskport check`: plays Fin against a server, and says rule by rule what it does right.

mod options;

use std::path::Path;

use deskport_conformance::{CheckError, Detail, Level, Report};

use crate::cli::{CheckArgs, ReportFlags};
use crate::failure::{Failure, Outcome};
use crate::output;

/// Judges the server and reports.
pub(crate) async fn run(args: &CheckArgs) -> Outcome {
    let options = options::read(args)?;
    let report = deskport_conformance::check(&options, &output::progress())
        .await
        .map_err(|error| cannot_begin(&error))?;
    write_reports(&report, &args.reports)?;
    if report.is_conformant() {
        return Ok(());
    }
    let broken = report.failures().filter(|finding| report.counts_against(finding.rule.level)).count();
    let levels = if report.strict { "must or should" } else { Level::Must.name() };
    let rules = if broken == 1 { "rule" } else { "rules" };
    Err(Failure::new(format!("not conformant: {broken} {rules} of the level {levels} broken")))
}

fn write_reports(report: &Report, wanted: &ReportFlags) -> Outcome {
    let files = [
        (&wanted.html, (|report| report.to_html()) as fn(&Report) -> String),
        (&wanted.json, |report| format!("{:#}\n", report.to_json())),
        (&wanted.junit, Report::to_junit),
    ];
    let standard = Path::new("-");
    for (path, render) in &files {
        match path.as_deref() {
            None => {}
            Some(path) if path == standard => output::text(&render(report))?,
            Some(path) => std::fs::write(path, render(report))
                .map_err(|error| Failure::while_doing(format!("writing {}", path.display()), &error))?,
        }
    }
    if files.iter().any(|(path, _)| path.as_deref() == Some(standard)) {
        return Ok(());
    }
    let detail = if wanted.all { Detail::EveryRule } else { Detail::WhatToLookAt };
    output::text(&report.to_terminal(detail, output::shows_colors()))
}

/// Nothing was sent, so nothing is known about the server.
fn cannot_begin(error: &CheckError) -> Failure {
    match error {
        CheckError::Endpoints(_) => Failure::in_setting("URL", error),
        CheckError::Listen(_) => Failure::in_setting("--webhook-listen", error),
        CheckError::Client(_) => Failure::in_setting("--roots", error),
    }
}
