//! Tells on the terminal what happens in a scenario.

use deskport_conformance::simulate::{Audience, Happening, Side};

use crate::output;

/// Writes a line for each step, and one for each exchange below it.
#[derive(Debug)]
pub(super) struct Narrator;

impl Audience for Narrator {
    fn see(&self, happening: &Happening<'_>) {
        let line = match happening {
            Happening::Step(Some(number), step) => format!("{number:>4}  {step}"),
            Happening::Step(None, step) => format!("      {step}"),
            Happening::Exchange(side, exchange) => {
                let who = match side {
                    Side::Fin => "Fin calls   ",
                    Side::Desk => "desk works  ",
                    Side::Webhook => "Fin is told ",
                };
                let (method, path) = (&exchange.sent.method, path(&exchange.sent.url));
                format!("        {who} {method} {path}: {}", exchange.outcome())
            }
            Happening::AnswerLost => "        … and the answer is lost".to_owned(),
            Happening::Repeat(number) => format!("        a minute passes; repeat {number} of 5"),
            Happening::Trouble(trouble) => format!("      ! {}", trouble.why),
            Happening::Compared(comparison) => comparison.to_string(),
        };
        // Whoever closed the output still gets the exit code.
        let _ = output::line(&line);
    }
}

fn path(url: &str) -> String {
    let path = url.split_once("://").and_then(|(_, rest)| rest.split_once('/'));
    path.map_or_else(|| url.to_owned(), |(_, path)| format!("/{path}"))
}
