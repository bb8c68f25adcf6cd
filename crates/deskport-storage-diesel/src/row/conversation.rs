//! Rows of `conversations`.

use deskport_domain::{AgentId, Conversation, ConversationId, Status, Timestamp, UserId};
use deskport_ports::StoreError;
use diesel::prelude::{AsChangeset, Insertable, Queryable, Selectable};

use super::{Impossible, json, key::Key, moment, moment_if_any, text, to_text};
use crate::schema::conversations;

/// A conversation as it is stored, but for `last_sequence` and `last_place`, which count.
#[derive(Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = conversations, treat_none_as_default_value = false, treat_none_as_null = true)]
pub(crate) struct ConversationRow {
    id: Vec<u8>,
    user_id: Vec<u8>,
    assignee_id: Option<Vec<u8>>,
    status: String,
    title: Option<String>,
    tags: Option<String>,
    attributes: Option<String>,
    last_user_read_at: Option<i64>,
    created_at: i64,
    updated_at: i64,
    activity: i64,
    waiting_since: Option<i64>,
}

/// In which period of about eight seconds a conversation changed last. Lists follow an index of
/// this, so that a busy conversation rarely moves in it.
pub(crate) fn activity(updated_at: i64) -> i64 {
    updated_at >> ACTIVITY_BITS
}

/// How many bits of a moment in milliseconds lie within a period of activity. SQL says so, too.
const ACTIVITY_BITS: u32 = 13;

impl From<&Conversation> for ConversationRow {
    fn from(conversation: &Conversation) -> Self {
        Self {
            id: conversation.id.key(),
            user_id: conversation.user.key(),
            assignee_id: conversation.assignee.as_ref().map(Key::key),
            status: status_name(conversation.status).to_owned(),
            title: to_text(conversation.title.as_ref()),
            tags: json::texts_to_json(&conversation.tags),
            attributes: json::attributes_to_json(&conversation.attributes),
            last_user_read_at: conversation.last_user_read_at.map(Timestamp::as_millis),
            created_at: conversation.created_at.as_millis(),
            updated_at: conversation.updated_at.as_millis(),
            activity: activity(conversation.updated_at.as_millis()),
            waiting_since: conversation.waiting_since.map(Timestamp::as_millis),
        }
    }
}

impl TryFrom<ConversationRow> for Conversation {
    type Error = StoreError;

    fn try_from(row: ConversationRow) -> Result<Self, StoreError> {
        let assignee = |key: Vec<u8>| AgentId::from_key("conversations.assignee_id", &key);
        let waiting_since = moment_if_any("conversations.waiting_since", row.waiting_since)?;
        let read_at = moment_if_any("conversations.last_user_read_at", row.last_user_read_at)?;
        Ok(Self {
            id: ConversationId::from_key("conversations.id", &row.id)?,
            user: UserId::from_key("conversations.user_id", &row.user_id)?,
            status: status(&row.status)?,
            title: text(row.title),
            tags: json::texts("conversations.tags", row.tags.as_deref())?,
            attributes: json::attributes("conversations.attributes", row.attributes.as_deref())?,
            assignee: row.assignee_id.map(assignee).transpose()?,
            waiting_since,
            last_user_read_at: read_at,
            created_at: moment("conversations.created_at", row.created_at)?,
            updated_at: moment("conversations.updated_at", row.updated_at)?,
        })
    }
}

pub(crate) fn status_name(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Resolved => "resolved",
        Status::Closed => "closed",
        Status::Ended => "ended",
    }
}

fn status(name: &str) -> Result<Status, StoreError> {
    [Status::Open, Status::Resolved, Status::Closed, Status::Ended]
        .into_iter()
        .find(|status| status_name(*status) == name)
        .ok_or_else(|| StoreError::corrupt("conversations.status", Impossible))
}
