//! Messages: what was written, by whom, and who may see it.

use crate::{Attachment, Author, AuthorId, ConversationId, MessageBody, MessageId, Timestamp};

/// The most attachments that one message carries.
pub const MAX_ATTACHMENTS: usize = 100;

/// One message of a conversation. It never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The helpdesk's id of the message.
    pub id: MessageId,
    /// Where it was written.
    pub conversation: ConversationId,
    /// Who wrote it.
    pub author: AuthorId,
    /// What was written.
    pub content: Content,
    /// Who may see it.
    pub visibility: Visibility,
    /// When it was written, as its author says. It does not order messages; their store does.
    pub created_at: Timestamp,
}

/// Who may see a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Visibility {
    /// Everybody in the conversation.
    #[default]
    Public,
    /// Agents only: a note.
    Private,
}

/// A body, attachments, or both; never neither (spec section 8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    body: Option<MessageBody>,
    attachments: Vec<Attachment>,
}

/// Why this is no content of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ContentError {
    /// Neither a body with something to show, nor an attachment.
    #[error("a message needs a body with something to show, or an attachment")]
    Empty,
    /// More than [`MAX_ATTACHMENTS`].
    #[error("a message has at most {MAX_ATTACHMENTS} attachments")]
    TooManyAttachments,
}

/// A message with its author, as answers write it.
#[derive(Debug, Clone, PartialEq)]
pub struct AuthoredMessage {
    /// The message.
    pub message: Message,
    /// Who wrote it.
    pub author: Author,
}

impl Content {
    /// Puts a message's content together; a body with nothing to show counts as none.
    ///
    /// ```
    /// use deskport_domain::{Content, ContentError, MessageBody};
    ///
    /// let blank = MessageBody::sanitize("<p> </p>");
    /// assert_eq!(Content::new(Some(blank), vec![]), Err(ContentError::Empty));
    /// ```
    ///
    /// # Errors
    /// [`ContentError`] when nothing is left, or there are too many attachments.
    pub fn new(body: Option<MessageBody>, attachments: Vec<Attachment>) -> Result<Self, ContentError> {
        let body = body.filter(|body| !body.is_empty());
        if attachments.len() > MAX_ATTACHMENTS {
            return Err(ContentError::TooManyAttachments);
        }
        if body.is_none() && attachments.is_empty() {
            return Err(ContentError::Empty);
        }
        Ok(Self { body, attachments })
    }

    /// The text, if there is any.
    pub fn body(&self) -> Option<&MessageBody> {
        self.body.as_ref()
    }

    /// The files.
    pub fn attachments(&self) -> &[Attachment] {
        &self.attachments
    }
}
