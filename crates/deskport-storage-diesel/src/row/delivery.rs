//! Rows of `deliveries` and `delivery_attempts`.

use deskport_domain::{ConversationId, Text};
use deskport_ports::{Attempt, Claim, Delivery, DeliveryState, Standing, StoreError};
use diesel::prelude::{Insertable, Queryable, Selectable};

use super::{Impossible, count, key::Key, moment, text, to_text};
use crate::schema::{deliveries, delivery_attempts};

/// A notification as it is stored, but for its lease.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = deliveries)]
pub(crate) struct DeliveryRow {
    pub(crate) conversation_id: Vec<u8>,
    version: i64,
    standing: String,
    due_since: i64,
    next_at: i64,
    failures: i64,
}

/// An attempt as it is stored.
#[derive(Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = delivery_attempts, treat_none_as_default_value = false)]
pub(crate) struct AttemptRow {
    conversation_id: Vec<u8>,
    number: i64,
    at: i64,
    took_ms: i64,
    status: Option<i64>,
    error: Option<String>,
}

impl DeliveryRow {
    /// What `claim` hands out.
    pub(crate) fn into_delivery(self, claim: &Claim) -> Result<Delivery, StoreError> {
        Ok(Delivery {
            conversation: ConversationId::from_key("deliveries.conversation_id", &self.conversation_id)?,
            version: count("deliveries.version", self.version)?,
            lease: claim.lease,
            attempts: count("deliveries.failures", self.failures)?,
            due_since: moment("deliveries.due_since", self.due_since)?,
        })
    }

    /// Where the notification stands, with its latest attempts.
    pub(crate) fn into_state(self, latest: Vec<Attempt>) -> Result<DeliveryState, StoreError> {
        let standing = standing(&self.standing)?;
        let due_since = moment("deliveries.due_since", self.due_since)?;
        let next_at = moment("deliveries.next_at", self.next_at)?;
        Ok(DeliveryState {
            conversation: ConversationId::from_key("deliveries.conversation_id", &self.conversation_id)?,
            standing,
            due_since: (standing != Standing::Delivered).then_some(due_since),
            next_attempt_at: (standing == Standing::Pending).then_some(next_at),
            attempts: count("deliveries.failures", self.failures)?,
            latest,
        })
    }
}

impl AttemptRow {
    /// The attempt with this number for a conversation.
    pub(crate) fn new(conversation: &ConversationId, number: i64, attempt: &Attempt) -> Self {
        Self {
            conversation_id: conversation.key(),
            number,
            at: attempt.at.as_millis(),
            took_ms: attempt.took_ms.into(),
            status: attempt.status.map(i64::from),
            error: to_text(attempt.error.as_ref()),
        }
    }
}

impl TryFrom<AttemptRow> for Attempt {
    type Error = StoreError;

    fn try_from(row: AttemptRow) -> Result<Self, StoreError> {
        let error: Option<Text> = text(row.error);
        Ok(Self {
            at: moment("delivery_attempts.at", row.at)?,
            took_ms: count("delivery_attempts.took_ms", row.took_ms)?,
            status: row.status.map(|status| count("delivery_attempts.status", status)).transpose()?,
            error,
        })
    }
}

pub(crate) const fn standing_name(standing: Standing) -> &'static str {
    match standing {
        Standing::Pending => "pending",
        Standing::Parked => "parked",
        Standing::Delivered => "delivered",
    }
}

fn standing(name: &str) -> Result<Standing, StoreError> {
    [Standing::Pending, Standing::Parked, Standing::Delivered]
        .into_iter()
        .find(|standing| standing_name(*standing) == name)
        .ok_or_else(|| StoreError::corrupt("deliveries.standing", Impossible))
}
