//! What requests ask for, as plain structs of domain values; no JSON and no field names from here on.

use deskport_domain::{
    Attributes, AuthorId, Content, ConversationId, ConversationUpdate, MessageId, Text, Timestamp, UserId,
    UserUpdate, Visibility,
};

/// An end user to add, or to find again (spec section 4.3).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NewUser {
    /// The caller's own id of the person; the key by which a repeat is known.
    pub object_id: Option<Text>,
    /// What is known of the person.
    pub update: UserUpdate,
}

/// A change of one end user (spec section 4.2).
#[derive(Debug, Clone, PartialEq)]
pub struct UserChange {
    /// Who is changed.
    pub user: UserId,
    /// What changes.
    pub update: UserUpdate,
}

/// A conversation to add together with its first message, or to find again (spec section 4.7).
#[derive(Debug, Clone, PartialEq)]
pub struct NewConversation {
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
    /// Somebody whose profile came along: updated, and created where the helpdesk knows nobody by that id.
    Given(UserId, UserUpdate),
}

/// The first message of a [`NewConversation`].
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
    /// When it was written.
    pub created_at: Timestamp,
}

/// A message to add to a conversation, or to find again (spec section 4.9).
#[derive(Debug, Clone, PartialEq)]
pub struct NewMessage {
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
    /// When it was written.
    pub created_at: Timestamp,
}

/// A change of one conversation, and of its end user where that came along (spec section 4.6).
#[derive(Debug, Clone, PartialEq)]
pub struct ConversationChange {
    /// What is changed.
    pub conversation: ConversationId,
    /// What changes.
    pub update: ConversationUpdate,
    /// What changes of an end user.
    pub user: Option<GivenUser>,
}

/// What a [`ConversationChange`] says of an end user.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GivenUser {
    /// Who; nobody named means the conversation's own end user.
    pub id: Option<UserId>,
    /// What changes.
    pub update: UserUpdate,
}

/// Which messages to list (spec section 4.8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageQuery {
    /// Of which conversation.
    pub conversation: ConversationId,
    /// Only those after this one. A hint: an id that the conversation does not have means all.
    pub after: Option<MessageId>,
}
