//! Plays Fin against a server of the Fin Custom Helpdesk API, in whatever language it is written, and judges it
//! rule by rule from outside; or just plays, as [`simulate`] does.
//!
//! ```no_run
//! use deskport_conformance::{CheckOptions, Detail, Silent, check};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let options = CheckOptions::new("https://helpdesk.example.com/api/fin").with_token("secret");
//! let report = check(&options, &Silent).await?;
//! println!("{}", report.to_terminal(Detail::WhatToLookAt, false));
//! assert!(report.is_conformant());
//! # Ok(())
//! # }
//! ```

mod base64;
mod check;
pub mod client;
mod html;
pub mod listener;
mod report;
mod run_number;
pub mod simulate;
mod verify;

pub use check::{
    Chapter, CheckError, CheckOptions, Judge, Judged, Judging, Leftover, Level, Pass, Probe, Progress, Rule,
    Scope, Silent, Stop, Trigger, WebhookOptions, chapters, check,
};
pub use deskport_wire::Variant;
pub use report::{Counts, Detail, Finding, Report, TerminalProgress, Verdict};
pub use verify::{NotConformant, verify};
