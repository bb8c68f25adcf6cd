//! Forgetting a person.

use async_trait::async_trait;
use deskport_domain::{AuthorId, ConversationId, Event, EventId, EventKind, Origin};
use deskport_ports::{Eraser, Erasure, ErasureReceipt, StoreError};
use diesel::{ExpressionMethods as _, OptionalExtension as _, QueryDsl};

use super::{
    Connection, RunQueryDsl, Store, Task,
    log::{self, Places, locked_bookmark, move_bookmark},
    search, thread, users,
};
use crate::{
    changes::Changes,
    error::Failure,
    row::key::{Key, author_key},
    schema::{conversation_tags, conversations, deliveries, delivery_attempts, guests, users as user_table},
};

/// The bookmark that counts erasures, for caches of what several servers write.
pub(in super::super) const BOOKMARK: &str = "#erasures";

#[async_trait]
impl Eraser for Store {
    async fn erase(&self, erasure: &Erasure) -> Result<Option<ErasureReceipt>, StoreError> {
        let receipt = self.database.write(erasure.clone()).await?;
        if receipt.is_some() {
            self.database.remove_traces().await;
        }
        Ok(receipt)
    }
}

impl Task for Erasure {
    type Output = Option<ErasureReceipt>;

    /// Search waits, so that it does not note what goes. Whoever begins a conversation, or writes in
    /// another's, holds the person's row; whoever posts holds the conversation's.
    async fn run(&self, connection: &mut Connection) -> Result<Option<ErasureReceipt>, Failure> {
        locked_bookmark(connection, search::BOOKMARK).await?;
        if users::find_locked(connection, &self.user).await?.is_none() {
            return Ok(None);
        }
        let mut receipt = ErasureReceipt::default();
        let theirs = conversations::table.filter(conversations::user_id.eq(self.user.key()));
        let keys: Vec<Vec<u8>> = run!(theirs.select(conversations::id).load(connection))?;
        for key in keys {
            receipt.conversations += 1;
            receipt.messages += erase_conversation(connection, &key).await?;
        }
        receipt.messages += erase_visits(connection, self).await?;
        let erasures = locked_bookmark(connection, BOOKMARK).await?;
        move_bookmark(connection, BOOKMARK, erasures + 1).await?;
        search::remove_user(connection, &self.user).await?;
        run!(diesel::delete(user_table::table.find(self.user.key())).execute(connection))?;
        log::append(connection, &[event(self)], Places::at(self.at)).await?;
        Ok(Some(receipt))
    }

    fn count(&self, changes: &Changes) {
        changes.count_erasure();
    }
}

fn event(erasure: &Erasure) -> Event {
    Event {
        id: EventId::of(erasure.id, 0),
        at: erasure.at,
        origin: Origin::Desk,
        kind: EventKind::UserDeleted,
        conversation: None,
        message: None,
        user: Some(erasure.user.clone()),
        agent: None,
    }
}

/// Removes a conversation, of which it first takes hold: nobody posts from then on. Tells how many
/// messages went.
async fn erase_conversation(connection: &mut Connection, key: &[u8]) -> Result<u64, Failure> {
    let id = ConversationId::from_key("conversations.id", key)?;
    let held = locked!(conversations::table.find(key).select(conversations::last_sequence));
    run!(held.get_result::<i64>(connection)).optional()?;
    let erased = erase_messages(connection, &id, None).await?;
    let tags = conversation_tags::table.filter(conversation_tags::conversation_id.eq(key));
    run!(diesel::delete(tags).execute(connection))?;
    run!(diesel::delete(deliveries::table.find(key)).execute(connection))?;
    let attempts = delivery_attempts::table.filter(delivery_attempts::conversation_id.eq(key));
    run!(diesel::delete(attempts).execute(connection))?;
    search::remove_title(connection, &id).await?;
    run!(diesel::delete(conversations::table.find(key)).execute(connection))?;
    Ok(erased)
}

/// Removes what the person wrote in conversations of others.
async fn erase_visits(connection: &mut Connection, erasure: &Erasure) -> Result<u64, Failure> {
    let visits = || guests::table.filter(guests::user_id.eq(erasure.user.key()));
    let keys: Vec<Vec<u8>> = run!(visits().select(guests::conversation_id).load(connection))?;
    let author = author_key(&AuthorId::EndUser(erasure.user.clone()));
    let mut erased = 0;
    for key in keys {
        let id = ConversationId::from_key("guests.conversation_id", &key)?;
        erased += erase_messages(connection, &id, Some(&author)).await?;
    }
    run!(diesel::delete(visits()).execute(connection))?;
    Ok(erased)
}

/// Removes messages of a conversation, all or those of one author, and what search knows of them.
async fn erase_messages(
    connection: &mut Connection,
    conversation: &ConversationId,
    by: Option<&[u8]>,
) -> Result<u64, Failure> {
    let mut erased = 0;
    for (key, sequence, wrote, text) in thread::written(connection, &conversation.key()).await? {
        if by.is_some_and(|by| by != wrote) {
            continue;
        }
        search::remove_message(connection, conversation, sequence, text.unwrap_or_default()).await?;
        thread::remove(connection, &conversation.key(), &key).await?;
        erased += 1;
    }
    Ok(erased)
}
