//! Rows of `messages`.

use deskport_domain::{Content, ConversationId, Message, MessageBody, MessageId, Visibility};
use deskport_ports::{SequencedMessage, StoreError};
use diesel::prelude::{Insertable, Queryable, Selectable};

use super::{
    Impossible, json,
    key::{Key, author_from_key, author_key},
    moment,
};
use crate::schema::messages;

/// A message to store.
#[derive(Debug, Insertable)]
#[diesel(table_name = messages, treat_none_as_default_value = false)]
pub(crate) struct NewMessageRow<'a> {
    pub(crate) conversation_id: Vec<u8>,
    pub(crate) sequence: i64,
    pub(crate) id: Vec<u8>,
    pub(crate) author: Vec<u8>,
    pub(crate) is_private: bool,
    pub(crate) created_at: i64,
    pub(crate) body: Option<&'a str>,
    pub(crate) attachments: Option<String>,
}

/// A message as it is stored, but for its conversation, which whoever reads it knows.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = messages)]
pub(crate) struct MessageRow {
    sequence: i64,
    id: Vec<u8>,
    author: Vec<u8>,
    is_private: bool,
    created_at: i64,
    body: Option<String>,
    attachments: Option<String>,
}

/// Who wrote what: id, place, author and body of a message.
pub(crate) type Written = (Vec<u8>, i64, Vec<u8>, Option<String>);

impl<'a> NewMessageRow<'a> {
    /// The message at its place in the conversation.
    pub(crate) fn new(message: &'a Message, sequence: i64) -> Self {
        Self {
            conversation_id: message.conversation.key(),
            sequence,
            id: message.id.key(),
            author: author_key(&message.author),
            is_private: message.visibility == Visibility::Private,
            created_at: message.created_at.as_millis(),
            body: message.content.body().map(MessageBody::as_html),
            attachments: json::attachments_to_json(message.content.attachments()),
        }
    }
}

impl MessageRow {
    /// The place of the message in its conversation, and its body.
    pub(crate) fn into_place_and_body(self) -> (i64, Option<String>) {
        (self.sequence, self.body)
    }

    /// The message, which was read from `conversation`.
    pub(crate) fn into_message(self, conversation: &ConversationId) -> Result<SequencedMessage, StoreError> {
        let attachments = json::attachments("messages.attachments", self.attachments.as_deref())?;
        let content = Content::new(self.body.map(MessageBody::reread), attachments)
            .map_err(|error| StoreError::corrupt("messages.body", error))?;
        let sequence =
            u64::try_from(self.sequence).map_err(|_| StoreError::corrupt("messages.sequence", Impossible))?;
        let message = Message {
            id: MessageId::from_key("messages.id", &self.id)?,
            conversation: conversation.clone(),
            author: author_from_key("messages.author", &self.author)?,
            content,
            visibility: if self.is_private { Visibility::Private } else { Visibility::Public },
            created_at: moment("messages.created_at", self.created_at)?,
        };
        Ok(SequencedMessage { sequence, message })
    }
}
