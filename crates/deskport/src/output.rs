//! What commands say: the only place that writes to the terminal.

use std::io::{IsTerminal, Write, stderr, stdout};

use deskport_conformance::TerminalProgress;
use serde::Serialize;

use crate::failure::{Failure, Outcome};

/// How a command's answer is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// For people.
    Human,
    /// For programs.
    Json,
}

impl Form {
    pub(crate) fn json_if(json: bool) -> Self {
        if json { Self::Json } else { Self::Human }
    }
}

/// Writes a line.
pub(crate) fn line(text: &str) -> Outcome {
    Ok(writeln!(stdout().lock(), "{text}")?)
}

/// Writes text that ends its own lines.
pub(crate) fn text(text: &str) -> Outcome {
    let mut output = stdout().lock();
    output.write_all(text.as_bytes())?;
    Ok(output.flush()?)
}

/// Whether the output is a terminal, and its owner has not asked for plain text (<https://no-color.org>).
pub(crate) fn shows_colors() -> bool {
    stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// A bar on standard error, if that is a terminal.
pub(crate) fn progress() -> TerminalProgress {
    TerminalProgress::new(Box::new(stderr()), stderr().is_terminal())
}

/// Writes a value as JSON, indented.
pub(crate) fn json(value: &impl Serialize) -> Outcome {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| Failure::while_doing("writing the output", &error))?;
    line(&text)
}

/// Writes rows below a heading, in columns.
pub(crate) fn table(heading: &[&str], rows: &[Vec<String>]) -> Outcome {
    line(columns(heading, rows).trim_end())
}

/// Writes names and values, one pair a line.
pub(crate) fn pairs(pairs: &[(&str, &str)]) -> Outcome {
    let width = pairs.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    pairs.iter().try_for_each(|(name, value)| line(&format!("{name:width$}  {value}")))
}

/// Says on standard error why the program ends; there is nobody to tell if that fails.
pub(crate) fn complain(failure: &Failure) {
    if failure.is_worth_a_line() {
        let _ = writeln!(stderr().lock(), "deskport: {failure}");
    }
}

fn columns(heading: &[&str], rows: &[Vec<String>]) -> String {
    let heading = heading.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    let widths: Vec<usize> = (0..heading.len())
        .map(|column| {
            let cells = rows.iter().chain([&heading]).filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
        })
        .collect();
    let mut text = String::new();
    for row in [&heading].into_iter().chain(rows) {
        let padded = row.iter().zip(&widths).map(|(cell, width)| format!("{:width$}", plain(cell)));
        text.push_str(padded.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// Without control characters, which a terminal would obey and which would break the table.
fn plain(cell: &str) -> String {
    cell.chars().map(|character| if character.is_control() { '\u{fffd}' } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [vec!["a".to_owned(), "long name".to_owned()], vec!["bbb".to_owned(), "ü".to_owned()]];
        assert_eq!(columns(&["ID", "NAME"], &rows), "ID   NAME\na    long name\nbbb  ü\n");
    }

    #[test]
    fn a_cell_cannot_steer_the_terminal() {
        assert_eq!(columns(&["ID"], &[vec!["\u{1b}[2Jx\n".to_owned()]]), "ID\n\u{fffd}[2Jx\u{fffd}\n");
    }
}
