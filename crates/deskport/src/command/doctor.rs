//! `deskport doctor`: is this deployment in order, and what does Fin's deployment screen want?

mod finding;
mod screen;
mod setting;
mod store;

use self::finding::{Finding, Grade};
use crate::cli::DoctorArgs;
use crate::failure::{Failure, Outcome};
use crate::output;
use crate::settings::Settings;

/// Checks everything that can be checked from here, and says what to do about what is wrong.
pub(crate) async fn run(args: &DoctorArgs, settings: &Settings) -> Outcome {
    let public_url = args.public_url.as_deref().map(|url| url.trim_end_matches('/'));
    let mut findings = vec![setting::clock()];
    let client_ids = store::examine(settings, &mut findings).await;
    findings.extend(setting::examine(settings));
    findings.extend(public_url.map(setting::public_url));
    for finding in &findings {
        report(finding)?;
    }
    output::line("")?;
    output::line(&screen::values(public_url, &client_ids, settings))?;
    match findings.iter().filter(|finding| finding.grade == Grade::Fail).count() {
        0 => Ok(()),
        1 => Err(Failure::new("1 check failed")),
        failed => Err(Failure::new(format!("{failed} checks failed"))),
    }
}

fn report(finding: &Finding) -> Outcome {
    let Finding { grade, subject, what, advice } = finding;
    output::line(&format!("{:4}  {subject}: {what}", grade.name()))?;
    match advice {
        Some(advice) => output::line(&format!("      -> {advice}")),
        None => Ok(()),
    }
}
