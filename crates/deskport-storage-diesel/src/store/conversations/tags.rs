//! The tags of conversations once more, so that those with a tag are found.

use std::collections::BTreeSet;

use deskport_domain::Conversation;
use diesel::{ExpressionMethods as _, QueryDsl};

use super::super::{Connection, RunQueryDsl};
use crate::{
    error::Failure,
    row::{key::Key, tag_key},
    schema::conversation_tags,
};

/// Writes the tags of a conversation that has none yet.
pub(super) async fn write(connection: &mut Connection, conversation: &Conversation) -> Result<(), Failure> {
    use conversation_tags::{conversation_id, table, tag};

    let keys: BTreeSet<_> = conversation.tags.iter().map(tag_key).collect();
    for key in keys {
        let row = (conversation_id.eq(conversation.id.key()), tag.eq(key));
        run!(diesel::insert_into(table).values(row).execute(connection))?;
    }
    Ok(())
}

/// Writes the tags of a conversation that may have others.
pub(super) async fn replace(connection: &mut Connection, conversation: &Conversation) -> Result<(), Failure> {
    use conversation_tags::{conversation_id, table};

    let all = table.filter(conversation_id.eq(conversation.id.key()));
    run!(diesel::delete(all).execute(connection))?;
    write(connection, conversation).await
}
