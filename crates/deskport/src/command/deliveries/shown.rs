//! Notifications, as they are shown.

use deskport_application::{Attempt, DeliveryState, Standing};
use serde::Serialize;

use super::super::when::when;

/// A notification as it is shown.
#[derive(Serialize)]
pub(super) struct Shown<'a> {
    conversation_id: &'a str,
    pub(super) state: &'static str,
    pub(super) due_since: Option<String>,
    pub(super) next_attempt_at: Option<String>,
    pub(super) failed_attempts: u32,
    pub(super) attempts: Vec<ShownAttempt<'a>>,
}

/// An attempt as it is shown.
#[derive(Serialize)]
pub(super) struct ShownAttempt<'a> {
    at: String,
    status: Option<u16>,
    took_ms: u32,
    error: Option<&'a str>,
}

impl Shown<'_> {
    /// A row of the list.
    pub(super) fn row(&self) -> Vec<String> {
        let moment = |moment: &Option<String>| moment.clone().unwrap_or_else(|| "-".to_owned());
        let last = self.attempts.first().map_or_else(|| "-".to_owned(), ShownAttempt::summary);
        vec![
            self.conversation_id.to_owned(),
            self.state.to_owned(),
            moment(&self.due_since),
            moment(&self.next_attempt_at),
            self.failed_attempts.to_string(),
            last,
        ]
    }
}

impl ShownAttempt<'_> {
    /// A row of the table of attempts.
    pub(super) fn row(&self) -> Vec<String> {
        let status = self.status.map_or_else(|| "-".to_owned(), |status| status.to_string());
        vec![self.at.clone(), status, format!("{} ms", self.took_ms), self.error.unwrap_or("-").to_owned()]
    }

    fn summary(&self) -> String {
        let outcome = match (self.error, self.status) {
            (Some(error), _) => error.to_owned(),
            (None, Some(status)) => status.to_string(),
            (None, None) => "-".to_owned(),
        };
        format!("{outcome}, in {} ms", self.took_ms)
    }
}

impl<'a> From<&'a DeliveryState> for Shown<'a> {
    fn from(state: &'a DeliveryState) -> Self {
        Self {
            conversation_id: state.conversation.as_str(),
            state: match state.standing {
                Standing::Pending => "pending",
                Standing::Parked => "parked",
                Standing::Delivered => "delivered",
            },
            due_since: state.due_since.map(when),
            next_attempt_at: state.next_attempt_at.map(when),
            failed_attempts: state.attempts,
            attempts: state.latest.iter().map(ShownAttempt::from).collect(),
        }
    }
}

impl<'a> From<&'a Attempt> for ShownAttempt<'a> {
    fn from(attempt: &'a Attempt) -> Self {
        Self {
            at: when(attempt.at),
            status: attempt.status,
            took_ms: attempt.took_ms,
            error: attempt.error.as_deref(),
        }
    }
}
