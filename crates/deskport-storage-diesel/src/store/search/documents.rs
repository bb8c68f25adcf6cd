//! What words are found in: each title, name, address and message is a document of its own.

use deskport_domain::{ConversationId, MessageBody, MessageId, UserId};
use diesel::{OptionalExtension, QueryDsl};

use super::{
    super::{Connection, RunQueryDsl, full_text, thread, users},
    Subject,
};
use crate::{
    error::Failure,
    row::{key::Key, message::MessageRow},
    schema::conversations,
    words::words,
};

/// Names a document.
#[derive(Debug)]
pub(crate) struct Document {
    /// `c` and the key of a conversation, or `u` and that of an end user.
    pub(crate) owner: Vec<u8>,
    /// `t`itle, `n`ame or `e`-mail; or `m` and the key of a message.
    pub(crate) part: Vec<u8>,
    /// Whether its words never change.
    pub(crate) is_fixed: bool,
}

impl Document {
    fn title(conversation: &ConversationId) -> Self {
        Self { owner: key(b'c', conversation), part: vec![b't'], is_fixed: false }
    }

    fn name(user: &UserId) -> Self {
        Self { owner: key(b'u', user), part: vec![b'n'], is_fixed: false }
    }

    fn email(user: &UserId) -> Self {
        Self { owner: key(b'u', user), part: vec![b'e'], is_fixed: false }
    }

    fn message(conversation: &ConversationId, id: &MessageId) -> Self {
        Self { owner: key(b'c', conversation), part: key(b'm', id), is_fixed: true }
    }
}

fn key(kind: u8, id: &impl Key) -> Vec<u8> {
    let mut key = id.key();
    key.insert(0, kind);
    key
}

/// The words of a document whose words never change, if that is what a subject is.
pub(super) async fn fixed_words(
    connection: &mut Connection,
    subject: &Subject,
) -> Result<Option<String>, Failure> {
    let Subject::Message(conversation, id) = subject else { return Ok(None) };
    Ok(body(connection, conversation, id).await?.map(of_body))
}

/// Makes documents of what is stored now; `fixed` are the words that never change. What was erased
/// has none.
pub(super) async fn refresh(
    connection: &mut Connection,
    subject: &Subject,
    fixed: Option<&str>,
    documents: &mut full_text::Documents,
) -> Result<(), Failure> {
    match subject {
        Subject::Title(id) => {
            let title = title(connection, id).await?.unwrap_or_default();
            documents.put(connection, &Document::title(id), &words(&title)).await
        }
        Subject::Person(id) => {
            let Some(user) = users::find(connection, id).await? else { return Ok(()) };
            let name = words(user.name.as_deref().unwrap_or_default());
            let email = words(user.email.as_deref().unwrap_or_default());
            documents.put(connection, &Document::name(id), &name).await?;
            documents.put(connection, &Document::email(id), &email).await
        }
        Subject::Message(conversation, id) => {
            let Some(words) = fixed else { return Ok(()) };
            documents.put(connection, &Document::message(conversation, id), words).await
        }
    }
}

/// Removes what search knows of a message with this body.
pub(in super::super) async fn remove_message(
    connection: &mut Connection,
    conversation: &ConversationId,
    id: &MessageId,
    body: String,
) -> Result<(), Failure> {
    full_text::remove(connection, &Document::message(conversation, id), &of_body(body)).await
}

/// Removes what search knows of a conversation but for its messages.
pub(in super::super) async fn remove_title(
    connection: &mut Connection,
    conversation: &ConversationId,
) -> Result<(), Failure> {
    full_text::remove(connection, &Document::title(conversation), "").await
}

/// Removes what search knows of a person.
pub(in super::super) async fn remove_user(connection: &mut Connection, user: &UserId) -> Result<(), Failure> {
    full_text::remove(connection, &Document::name(user), "").await?;
    full_text::remove(connection, &Document::email(user), "").await
}

fn of_body(body: String) -> String {
    words(&MessageBody::reread(body).to_text())
}

async fn title(connection: &mut Connection, id: &ConversationId) -> Result<Option<String>, Failure> {
    let query = conversations::table.find(id.key()).select(conversations::title);
    let title: Option<Option<String>> = run!(query.get_result(connection)).optional()?;
    Ok(title.flatten())
}

async fn body(
    connection: &mut Connection,
    conversation: &ConversationId,
    id: &MessageId,
) -> Result<Option<String>, Failure> {
    let row = thread::find(connection, &conversation.key(), &id.key()).await?;
    Ok(row.and_then(MessageRow::into_body))
}
