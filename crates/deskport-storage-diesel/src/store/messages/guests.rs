//! End users who wrote in conversations of others: rare, and noted so that erasing a person need
//! not look at every message.

use deskport_domain::{ConversationId, UserId};
use deskport_ports::Missing;
use diesel::ExpressionMethods as _;

use super::super::{Connection, RunQueryDsl, users};
use crate::{error::Failure, row::key::Key, schema::guests};

/// Notes that a person writes in another's conversation. Somebody may be erasing the person, who is
/// therefore looked up once more.
pub(in super::super::super) async fn note(
    connection: &mut Connection,
    user: &UserId,
    conversation: &ConversationId,
) -> Result<(), Failure> {
    users::find_locked(connection, user).await?.ok_or(Missing::Author)?;
    let row = (guests::user_id.eq(user.key()), guests::conversation_id.eq(conversation.key()));
    run!(diesel::insert_into(guests::table).values(row).on_conflict_do_nothing().execute(connection))?;
    Ok(())
}
