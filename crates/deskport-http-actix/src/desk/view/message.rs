//! Messages.

use deskport_domain::{AuthoredMessage, MessageBody};
use deskport_wire::{TimestampText, Visibility};
use serde::Serialize;

use super::{Agent, User};

/// A message or a note.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = DeskMessage)]
pub(crate) struct Message<'a> {
    /// The id.
    #[schema(example = "msg_001")]
    id: &'a str,
    /// Where it was written.
    #[schema(example = "conv_456")]
    conversation_id: &'a str,
    /// Clean HTML; null when there are only attachments.
    #[schema(example = "<p>Hi! I'd like to know more about your pricing plans.</p>")]
    body: Option<&'a str>,
    /// Who wrote it.
    author: Author<'a>,
    /// Who may see it; `private` is a note.
    visibility: Visibility,
    /// When it was written, as its author says.
    #[schema(value_type = String, format = DateTime, example = "2025-10-27T14:30:00.000Z")]
    created_at: TimestampText,
    /// Files that belong to it.
    attachments: Vec<Attachment<'a>>,
}

/// A message with its place in its conversation.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = DeskListedMessage)]
pub(crate) struct ListedMessage<'a> {
    /// Greater than that of every message before it, in this conversation.
    #[schema(example = 7)]
    pub(crate) sequence: u64,
    /// The message.
    #[serde(flatten)]
    pub(crate) message: Message<'a>,
}

/// Who wrote a message; `user_type` tells which.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(untagged)]
#[schema(as = DeskAuthor)]
pub(crate) enum Author<'a> {
    /// An end user.
    User(User<'a>),
    /// An agent, Fin among them.
    Agent(Agent<'a>),
}

/// A file that belongs to a message.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = DeskAttachment)]
pub(crate) struct Attachment<'a> {
    /// Where the file is.
    #[schema(example = "https://example.com/files/pricing-guide.pdf")]
    url: &'a str,
    /// The type or extension.
    #[schema(example = "pdf")]
    filetype: Option<&'a str>,
    /// The name to show.
    #[schema(example = "Pricing Guide 2025")]
    filename: Option<&'a str>,
}

impl<'a> From<&'a AuthoredMessage> for Message<'a> {
    fn from(authored: &'a AuthoredMessage) -> Self {
        let message = &authored.message;
        Self {
            id: message.id.as_str(),
            conversation_id: message.conversation.as_str(),
            body: message.content.body().map(MessageBody::as_html),
            author: Author::from(&authored.author),
            visibility: message.visibility.into(),
            created_at: message.created_at.into(),
            attachments: message.content.attachments().iter().map(Attachment::from).collect(),
        }
    }
}

impl<'a> From<&'a deskport_domain::Author> for Author<'a> {
    fn from(author: &'a deskport_domain::Author) -> Self {
        match author {
            deskport_domain::Author::EndUser(user) => Self::User(user.into()),
            deskport_domain::Author::Agent(agent) => Self::Agent(agent.into()),
        }
    }
}

impl<'a> From<&'a deskport_domain::Attachment> for Attachment<'a> {
    fn from(attachment: &'a deskport_domain::Attachment) -> Self {
        Self {
            url: attachment.url.as_str(),
            filetype: attachment.filetype.as_deref(),
            filename: attachment.filename.as_deref(),
        }
    }
}
