//! A message that the desk adds.

use deskport_application::PostMessageError;
use deskport_domain::{ConversationId, PostMessage};
use deskport_wire::{Attachment, AuthorBasic, CreateMessage, InitialMessage, Invalid, Limits, field};
use serde::Deserialize;

use crate::problem::Problem;

/// One more than a message may have, so that too many are seen without keeping all.
const KEPT_ATTACHMENTS: usize = deskport_domain::MAX_ATTACHMENTS + 1;

/// A reply, a note, or something that an end user wrote elsewhere.
#[derive(Default, Deserialize, utoipa::ToSchema)]
#[schema(as = DeskNewMessage)]
pub(crate) struct NewMessage {
    /// The agent who wrote it; in short for `author`.
    #[serde(default, deserialize_with = "field::id")]
    #[schema(example = "agent_001")]
    agent_id: Option<String>,
    /// Who wrote it; an agent where `user_type` is left out.
    #[serde(default, deserialize_with = "field::object")]
    author: Option<AuthorBasic>,
    /// HTML, which is cleaned; may be left out when there are attachments.
    #[schema(example = "<p>I have just sent you the guide.</p>")]
    body: Option<String>,
    /// `public` for a reply, `private` for a note; public where it is left out.
    #[schema(value_type = Option<deskport_wire::Visibility>)]
    visibility: Option<String>,
    /// When it was written; the server's clock where it is left out.
    #[schema(format = DateTime, example = "2025-10-27T14:30:00.000Z")]
    created_at: Option<String>,
    /// Files that belong to it, at most 100.
    #[serde(default, deserialize_with = "field::objects::<_, _, KEPT_ATTACHMENTS>")]
    attachments: Vec<Attachment>,
}

/// The field that names a message's author.
#[derive(Clone, Copy)]
pub(crate) enum AuthorField {
    /// `author.id`
    Author,
    /// `agent_id`
    Agent,
}

impl NewMessage {
    /// The field by which this message names its author.
    pub(crate) fn author_field(&self) -> AuthorField {
        if self.author.is_none() { AuthorField::Agent } else { AuthorField::Author }
    }

    /// The message to add, known by `key` if there is one.
    pub(crate) fn into_command(
        self,
        conversation: &ConversationId,
        key: Option<String>,
        limits: Limits,
    ) -> Result<PostMessage, Invalid> {
        let field = self.author_field();
        let InitialMessage { body, author, visibility, created_at, attachments, .. } = self.into_first();
        let message = CreateMessage {
            conversation_id: Some(conversation.to_string()),
            message_type: None,
            body,
            author,
            visibility,
            created_at,
            object_id: key,
            attachments,
        };
        message.into_domain(limits).map_err(|invalid| field.blame(invalid, ""))
    }

    /// The message as the first of a conversation.
    pub(super) fn into_first(self) -> InitialMessage {
        let Self { agent_id, author, body, visibility, created_at, attachments } = self;
        let agent = Some("agent".to_owned());
        let author = match author {
            Some(author) => AuthorBasic { user_type: author.user_type.clone().or(agent), ..author },
            None => AuthorBasic { id: agent_id, user_type: agent, ..AuthorBasic::default() },
        };
        InitialMessage {
            body,
            author: Some(author),
            visibility,
            created_at,
            attachments,
            ..InitialMessage::default()
        }
    }
}

impl AuthorField {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Author => "author.id",
            Self::Agent => "agent_id",
        }
    }

    /// The same refusal, of the field that the request has, below `outer`.
    pub(super) fn blame(self, mut invalid: Invalid, outer: &str) -> Invalid {
        let (theirs, ours) = (format!("{outer}author.id"), format!("{outer}{}", self.name()));
        for error in invalid.errors.iter_mut().filter(|error| error.field == theirs) {
            error.field.clone_from(&ours);
        }
        invalid
    }

    /// Why the message was not posted.
    pub(crate) fn problem(self, error: PostMessageError) -> Problem {
        match error {
            PostMessageError::UnknownAuthor => Invalid::field(self.name(), error).into(),
            error => error.into(),
        }
    }
}
