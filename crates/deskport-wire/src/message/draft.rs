//! What every new message has, first or later, checked.

use deskport_domain::{
    AgentId, AttachmentUrl, AuthorId, Content, ContentError, FirstMessage, MAX_ATTACHMENTS, MessageBody,
    Text, UserId,
};

use super::{Attachment, AuthorBasic};
use crate::{
    Invalid, Limits,
    check::{self, missing, object_id, required_id},
    invalid::Together,
};

/// The members that [`CreateMessage`](crate::CreateMessage) and
/// [`InitialMessage`](crate::InitialMessage) share.
pub(crate) struct Draft {
    pub(crate) message_type: Option<String>,
    pub(crate) body: Option<String>,
    pub(crate) author: Option<AuthorBasic>,
    pub(crate) visibility: Option<String>,
    pub(crate) created_at: Option<String>,
    pub(crate) object_id: Option<String>,
    pub(crate) attachments: Vec<Attachment>,
}

impl Draft {
    /// The message, with all that is wrong about it otherwise.
    pub(crate) fn into_domain(self, limits: Limits) -> Result<FirstMessage, Invalid> {
        let (_comment, author, content, visibility, created_at) = (
            check::message_type(self.message_type.as_deref()),
            self.author.as_ref().map_or_else(|| Err(missing("author")), author),
            content(self.body.as_deref(), self.attachments, limits),
            check::visibility(self.visibility.as_deref()),
            self.created_at.map(|raw| check::moment("created_at", &raw)).transpose(),
        )
            .together()?;
        Ok(FirstMessage { object_id: object_id(self.object_id), author, content, visibility, created_at })
    }
}

fn author(author: &AuthorBasic) -> Result<AuthorId, Invalid> {
    let id = author.id.as_deref();
    let checked = match author.user_type.as_deref() {
        Some("end_user" | "end-user") => required_id("id", id, UserId::parse).map(AuthorId::EndUser),
        Some("agent") => required_id("id", id, AgentId::parse).map(AuthorId::Agent),
        Some(_) => without_kind(id, Invalid::field("user_type", "must be end_user or agent")),
        None => without_kind(id, missing("user_type")),
    };
    checked.map_err(|invalid| invalid.within("author"))
}

/// What is wrong with an author of no kind, and with the id, whatever it names.
fn without_kind(id: Option<&str>, kind: Invalid) -> Result<AuthorId, Invalid> {
    let kind: Result<AuthorId, Invalid> = Err(kind);
    (required_id("id", id, UserId::parse), kind).together().map(|(_, author)| author)
}

fn content(body: Option<&str>, attachments: Vec<Attachment>, limits: Limits) -> Result<Content, Invalid> {
    let (body, attachments) = (checked_body(body, limits), checked_attachments(attachments)).together()?;
    Content::new(body, attachments).map_err(|error| {
        let field = match error {
            ContentError::Empty => "body",
            ContentError::TooManyAttachments => "attachments",
        };
        Invalid::field(field, error)
    })
}

fn checked_body(body: Option<&str>, limits: Limits) -> Result<Option<MessageBody>, Invalid> {
    match body {
        Some(html) if html.len() > limits.message_body_bytes => {
            let reason = format!("must not be longer than {} bytes", limits.message_body_bytes);
            Err(Invalid::field("body", reason))
        }
        body => Ok(body.map(MessageBody::sanitize)),
    }
}

/// All attachments, or what is wrong with each of them; too many are not looked at one by one.
fn checked_attachments(attachments: Vec<Attachment>) -> Result<Vec<deskport_domain::Attachment>, Invalid> {
    if attachments.len() > MAX_ATTACHMENTS {
        return Err(Invalid::field("attachments", ContentError::TooManyAttachments));
    }
    let mut checked = Vec::with_capacity(attachments.len());
    let mut errors = Vec::new();
    for (index, attachment) in attachments.into_iter().enumerate() {
        match checked_attachment(attachment) {
            Ok(attachment) => checked.push(attachment),
            Err(invalid) => errors.extend(invalid.within(&format!("attachments[{index}]")).errors),
        }
    }
    if errors.is_empty() { Ok(checked) } else { Err(Invalid { errors }) }
}

fn checked_attachment(attachment: Attachment) -> Result<deskport_domain::Attachment, Invalid> {
    let url = attachment.url.ok_or_else(|| missing("url"))?;
    Ok(deskport_domain::Attachment {
        url: AttachmentUrl::parse(&url).map_err(|reason| Invalid::field("url", reason))?,
        filetype: attachment.filetype.map(Text::from),
        filename: attachment.filename.map(Text::from),
    })
}
