//! What somebody asks the helpdesk to do, as values: the outcome of reading a request, whatever
//! its format, and the input of a use case.

use crate::{
    Attributes, AuthorId, Content, ConversationId, ConversationUpdate, MessageId, Text, Timestamp, UserId,
    UserUpdate, Visibility,
};

/// Adds an end user, or finds again the one of an earlier attempt (spec section 4.3).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CreateUser {
    /// The caller's own id of the person; the key by which a repeat is known.
    pub object_id: Option<Text>,
    /// What is known of the person.
    pub update: UserUpdate,
}

/// Changes one end user (spec section 4.2).
#[derive(Debug, Clone, PartialEq)]
pub struct UpdateUser {
    /// Who is changed.
    pub user: UserId,
    /// What changes.
    pub update: UserUpdate,
}

/// Adds a conversation with its first message, or finds both again (spec section 4.7).
#[derive(Debug, Clone, PartialEq)]
pub struct CreateConversation {
    /// The caller's own id of the conversation; the key by which a repeat is known.
    pub object_id: Option<Text>,
    /// What it is about.
    pub title: Option<Text>,
    /// Whose conversation it is.
    pub user: ConversationUser,
    /// What else is known of the conversation.
    pub attributes: Attributes,
    /// The message with which it begins.
    pub first_message: FirstMessage,
}

/// Whose conversation a new one is.
#[derive(Debug, Clone, PartialEq)]
pub enum ConversationUser {
    /// Somebody whom the helpdesk must know already.
    Known(UserId),
    /// Somebody whose profile came along: updated, and created where nobody is known by that id.
    Given(UserId, UserUpdate),
}

/// The first message of a new conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct FirstMessage {
    /// The caller's own id of the message; the key by which a repeat is known.
    pub object_id: Option<Text>,
    /// Who wrote it.
    pub author: AuthorId,
    /// What was written.
    pub content: Content,
    /// Who may see it.
    pub visibility: Visibility,
    /// When it was written; nobody says means now.
    pub created_at: Option<Timestamp>,
}

/// Changes a conversation, and an end user where that came along (spec section 4.6).
#[derive(Debug, Clone, PartialEq)]
pub struct UpdateConversation {
    /// What is changed.
    pub conversation: ConversationId,
    /// What changes.
    pub update: ConversationUpdate,
    /// What changes of an end user.
    pub user: Option<GivenUser>,
}

/// What an [`UpdateConversation`] says of an end user, who is created where unknown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GivenUser {
    /// Who; nobody named means the conversation's own end user.
    pub id: Option<UserId>,
    /// What changes.
    pub update: UserUpdate,
}

/// Adds a message to a conversation, or finds it again (spec section 4.9).
#[derive(Debug, Clone, PartialEq)]
pub struct PostMessage {
    /// Where it was written.
    pub conversation: ConversationId,
    /// The caller's own id of the message; the key by which a repeat is known.
    pub object_id: Option<Text>,
    /// Who wrote it.
    pub author: AuthorId,
    /// What was written.
    pub content: Content,
    /// Who may see it.
    pub visibility: Visibility,
    /// When it was written; nobody says means now.
    pub created_at: Option<Timestamp>,
}

/// Lists a conversation's messages (spec section 4.8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListMessages {
    /// Of which conversation.
    pub conversation: ConversationId,
    /// Only those after this one. A hint: an id that the conversation does not have means all.
    pub after: Option<MessageId>,
}
