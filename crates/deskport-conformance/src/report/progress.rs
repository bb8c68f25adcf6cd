//! A bar that grows in a terminal while a run goes on.

use std::io::Write;
use std::sync::{Mutex, PoisonError};

use super::Finding;
use crate::check::Progress;

/// How many characters the bar has.
const WIDTH: usize = 30;

/// Draws a bar to a terminal; to anything else it writes nothing.
pub struct TerminalProgress {
    state: Mutex<State>,
}

struct State {
    output: Option<Box<dyn Write + Send>>,
    total: usize,
    done: usize,
    broken: usize,
}

impl TerminalProgress {
    /// A bar on `output`, if that is a terminal.
    pub fn new(output: Box<dyn Write + Send>, is_terminal: bool) -> Self {
        let output = is_terminal.then_some(output);
        Self { state: Mutex::new(State { output, total: 0, done: 0, broken: 0 }) }
    }
}

impl std::fmt::Debug for TerminalProgress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TerminalProgress")
    }
}

impl Progress for TerminalProgress {
    fn begin(&self, rules: usize) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.total = rules;
        state.draw("");
    }

    fn judged(&self, finding: &Finding) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.done += 1;
        state.broken += usize::from(finding.failed());
        state.draw(&finding.id());
        if state.done == state.total {
            state.write("\r\x1b[2K");
        }
    }
}

impl State {
    fn draw(&mut self, now: &str) {
        let filled = WIDTH * self.done / self.total.max(1);
        let bar = format!("{}{}", "█".repeat(filled), "░".repeat(WIDTH - filled));
        let text = format!("\r\x1b[2K{bar} {}/{} · {} broken · {now}", self.done, self.total, self.broken);
        self.write(&text);
    }

    /// A terminal that went away is no reason to stop judging.
    fn write(&mut self, text: &str) {
        if let Some(output) = &mut self.output {
            let _ = output.write_all(text.as_bytes()).and_then(|()| output.flush());
        }
    }
}
