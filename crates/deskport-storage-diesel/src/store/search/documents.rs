//! What words are found in: each message, title, name and address is a document of its own.

use deskport_domain::{ConversationId, MessageBody, UserId};
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

/// Names a document whose words may change.
#[derive(Debug)]
pub(crate) struct Document {
    /// `c` and the key of a conversation, or `u` and that of an end user.
    pub(crate) owner: Vec<u8>,
    /// `t`itle, `n`ame or `e`-mail.
    pub(crate) part: Vec<u8>,
}

/// Names a message, whose words never change.
#[derive(Debug, Clone)]
pub(crate) struct MessagePlace {
    /// The key of the conversation.
    pub(crate) conversation: Vec<u8>,
    pub(crate) sequence: i64,
}

/// A message that is to be found, and its words.
pub(super) struct MessageWords {
    place: MessagePlace,
    words: String,
}

impl Document {
    fn title(conversation: &ConversationId) -> Self {
        Self { owner: key(b'c', conversation), part: vec![b't'] }
    }

    fn name(user: &UserId) -> Self {
        Self { owner: key(b'u', user), part: vec![b'n'] }
    }

    fn email(user: &UserId) -> Self {
        Self { owner: key(b'u', user), part: vec![b'e'] }
    }
}

impl MessagePlace {
    fn new(conversation: &ConversationId, sequence: i64) -> Self {
        Self { conversation: conversation.key(), sequence }
    }
}

fn key(kind: u8, id: &impl Key) -> Vec<u8> {
    let mut key = id.key();
    key.insert(0, kind);
    key
}

/// The words of a message, if that is what a subject is and it has any.
pub(super) async fn message_words(
    connection: &mut Connection,
    subject: &Subject,
) -> Result<Option<MessageWords>, Failure> {
    let Subject::Message(conversation, id) = subject else { return Ok(None) };
    let row = thread::find(connection, &conversation.key(), &id.key()).await?;
    let Some((sequence, Some(body))) = row.map(MessageRow::into_place_and_body) else { return Ok(None) };
    let words = of_body(body);
    let place = MessagePlace::new(conversation, sequence);
    Ok((!words.is_empty()).then_some(MessageWords { place, words }))
}

/// Makes documents of what is stored now; `message` are the words of the subject, if it is a message.
/// What was erased has none.
pub(super) async fn refresh(
    connection: &mut Connection,
    subject: &Subject,
    message: Option<&MessageWords>,
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
        Subject::Message(..) => {
            if let Some(MessageWords { place, words }) = message {
                documents.put_message(place, words);
            }
            Ok(())
        }
    }
}

/// Removes what search knows of a message with this body.
pub(in super::super) async fn remove_message(
    connection: &mut Connection,
    conversation: &ConversationId,
    sequence: i64,
    body: String,
) -> Result<(), Failure> {
    let place = MessagePlace::new(conversation, sequence);
    full_text::remove_message(connection, &place, &of_body(body)).await
}

/// Removes what search knows of a conversation but for its messages.
pub(in super::super) async fn remove_title(
    connection: &mut Connection,
    conversation: &ConversationId,
) -> Result<(), Failure> {
    full_text::remove(connection, &Document::title(conversation)).await
}

/// Removes what search knows of a person.
pub(in super::super) async fn remove_user(connection: &mut Connection, user: &UserId) -> Result<(), Failure> {
    full_text::remove(connection, &Document::name(user)).await?;
    full_text::remove(connection, &Document::email(user)).await
}

fn of_body(body: String) -> String {
    words(&MessageBody::reread(body).to_text())
}

async fn title(connection: &mut Connection, id: &ConversationId) -> Result<Option<String>, Failure> {
    let query = conversations::table.find(id.key()).select(conversations::title);
    let title: Option<Option<String>> = run!(query.get_result(connection)).optional()?;
    Ok(title.flatten())
}
