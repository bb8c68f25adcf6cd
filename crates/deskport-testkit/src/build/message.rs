//! Messages for tests.

use deskport_domain::{
    Attachment, AttachmentUrl, AuthorId, Content, Conversation, ConversationId, EndUser, Message,
    MessageBody, MessageId, Text, Timestamp, Visibility,
};

use super::{agent_id, conversation_id, message_id, moment, user_id};

/// Puts a message together.
#[derive(Debug, Clone)]
pub struct MessageBuilder {
    id: MessageId,
    conversation: ConversationId,
    author: AuthorId,
    body: Option<String>,
    attachments: Vec<Attachment>,
    visibility: Visibility,
    created_at: Timestamp,
}

/// The public message `msg_hello` of the user `user_jane` in the conversation `conv_pricing`.
pub fn a_message() -> MessageBuilder {
    MessageBuilder {
        id: message_id("msg_hello"),
        conversation: conversation_id("conv_pricing"),
        author: AuthorId::EndUser(user_id("user_jane")),
        body: Some("<p>Hello</p>".to_owned()),
        attachments: Vec::new(),
        visibility: Visibility::Public,
        created_at: moment(0),
    }
}

impl MessageBuilder {
    /// With this id.
    #[must_use]
    pub fn id(self, raw: &str) -> Self {
        Self { id: message_id(raw), ..self }
    }

    /// Written in this conversation.
    #[must_use]
    pub fn within(self, conversation: &Conversation) -> Self {
        Self { conversation: conversation.id.clone(), ..self }
    }

    /// Written by the agent `agent_fin`, as [`an_agent`](super::an_agent) makes it.
    #[must_use]
    pub fn by_agent(self) -> Self {
        self.by(AuthorId::Agent(agent_id("agent_fin")))
    }

    /// Written by this end user.
    #[must_use]
    pub fn by_user(self, user: &EndUser) -> Self {
        self.by(AuthorId::EndUser(user.id.clone()))
    }

    /// Written by somebody else.
    #[must_use]
    pub fn by(self, author: AuthorId) -> Self {
        Self { author, ..self }
    }

    /// For agents only: a note.
    #[must_use]
    pub fn private(self) -> Self {
        Self { visibility: Visibility::Private, ..self }
    }

    /// With this body, after cleaning.
    #[must_use]
    pub fn body(self, html: &str) -> Self {
        Self { body: Some(html.to_owned()), ..self }
    }

    /// Without a body; it then needs an attachment.
    #[must_use]
    pub fn without_body(self) -> Self {
        Self { body: None, ..self }
    }

    /// With one more attachment.
    #[must_use]
    pub fn attachment(mut self, url: &str, filetype: Option<&str>, filename: Option<&str>) -> Self {
        let url = AttachmentUrl::parse(url).unwrap();
        let (filetype, filename) = (filetype.map(Text::from), filename.map(Text::from));
        self.attachments.push(Attachment { url, filetype, filename });
        self
    }

    /// Written at this moment, as the author says.
    #[must_use]
    pub fn created_at(self, at: Timestamp) -> Self {
        Self { created_at: at, ..self }
    }

    /// The message.
    pub fn build(self) -> Message {
        let body = self.body.as_deref().map(MessageBody::sanitize);
        Message {
            id: self.id,
            conversation: self.conversation,
            author: self.author,
            content: Content::new(body, self.attachments).unwrap(),
            visibility: self.visibility,
            created_at: self.created_at,
        }
    }
}
