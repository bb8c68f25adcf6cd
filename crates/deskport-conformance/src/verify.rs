//! One line for a server's own test: it passes, or the test shows the report.

use std::fmt;

use crate::check::{CheckError, CheckOptions, Silent, check};
use crate::report::{Detail, Report};

/// Why a server is not conformant: shows as the whole report.
pub struct NotConformant(String);

impl fmt::Debug for NotConformant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for NotConformant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotConformant {}

impl From<CheckError> for NotConformant {
    fn from(error: CheckError) -> Self {
        Self(format!("the check could not begin: {error}"))
    }
}

/// Judges the server and answers the report if it is conformant.
///
/// # Errors
/// [`NotConformant`], which shows as the whole report, so that `.await?` or `.await.unwrap()` in a test is enough.
pub async fn verify(options: &CheckOptions) -> Result<Report, NotConformant> {
    let report = check(options, &Silent).await?;
    if report.is_conformant() {
        Ok(report)
    } else {
        Err(NotConformant(report.to_terminal(Detail::WhatToLookAt, false)))
    }
}
