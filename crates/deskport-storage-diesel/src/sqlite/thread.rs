//! Where the messages of a conversation lie: side by side, in the order of their sequence, so that
//! a page of them is a few pages of the file. Slots are the keys of their rows.

mod by_id;
mod end;
mod entries;
mod ids;
mod statements;

use deskport_domain::AuthorId;
use deskport_ports::{EarlierMessages, Missing, Notes, StoreError};
use diesel::{OptionalExtension as _, RunQueryDsl as _};

use self::{
    by_id::{Name, ReadBounds, ReadOne, Remove, RemoveEntry},
    entries::{InsertBlock, fills_a_block},
    statements::{InsertMessage, ReadAll, ReadEarlier, ReadNumber, ReadPlace, ReadRange, Shown},
};
use super::Connection;
use crate::{
    error::{Failure, Trouble},
    row::{
        key::author_key,
        message::{MessageRow, NewMessageRow, Written},
        number,
    },
};

pub(super) use self::{
    by_id::walk_has_message,
    end::{End, end},
};

/// The bits of a slot that hold the sequence; those before them hold the conversation's number.
const SEQUENCE_BITS: u32 = 24;
/// The greatest sequence that there can be.
const LAST: i64 = (1 << SEQUENCE_BITS) - 1;

/// The slot of the message with this sequence number in the conversation with this number.
pub(super) fn slot(conversation: i64, sequence: i64) -> Result<i64, Failure> {
    if sequence > LAST {
        return Err(StoreError::backend(Trouble::Full).into());
    }
    Ok((conversation << SEQUENCE_BITS) | sequence)
}

fn sequence_of(slot: i64) -> i64 {
    slot & LAST
}

/// Stores a message that its conversation does not have, at its place; tells how many were stored.
pub(super) async fn insert(connection: &mut Connection, row: &NewMessageRow<'_>) -> Result<usize, Failure> {
    let conversation = ReadNumber(&row.conversation_id).get_result::<i64>(connection).optional()?;
    let slot = slot(conversation.ok_or(Missing::MessageConversation)?, row.sequence)?;
    store(connection, InsertMessage::of_row(row, slot))
}

fn store(connection: &mut Connection, message: InsertMessage<'_>) -> Result<usize, Failure> {
    let slot = message.slot;
    let stored = message.execute(connection)?;
    if fills_a_block(slot) {
        InsertBlock::until(slot).execute(connection)?;
    }
    Ok(stored)
}

/// A message by its id.
pub(super) async fn find(
    connection: &mut Connection,
    conversation: &[u8],
    id: &[u8],
) -> Result<Option<MessageRow>, Failure> {
    Ok(ReadOne(Name { conversation, id }).get_result(connection).optional()?)
}

/// The number by which search names a message, and the message's slot.
pub(super) fn place(
    connection: &mut Connection,
    conversation: &[u8],
    sequence: i64,
) -> Result<Option<(i64, i64)>, Failure> {
    Ok(ReadPlace { conversation, sequence }.get_result(connection).optional()?)
}

/// What was written in a conversation, in order.
pub(super) async fn written(
    connection: &mut Connection,
    conversation: &[u8],
) -> Result<Vec<Written>, Failure> {
    Ok(ReadAll(conversation).load(connection)?)
}

/// Removes a message.
pub(super) async fn remove(
    connection: &mut Connection,
    conversation: &[u8],
    id: &[u8],
) -> Result<(), Failure> {
    let name = Name { conversation, id };
    Remove(name).execute(connection)?;
    RemoveEntry(name).execute(connection)?;
    Ok(())
}

/// A conversation's number, the sequence of one of its messages if it has that, and of its last.
pub(super) fn bounds(
    connection: &mut Connection,
    conversation: &[u8],
    message: Option<&[u8]>,
) -> Result<Option<(i64, Option<i64>, i64)>, Failure> {
    let bounds = ReadBounds { conversation, message };
    let found = bounds.get_result::<(i64, Option<i64>, i64)>(connection).optional()?;
    Ok(found.map(|(number, slot, last)| (number, slot.map(sequence_of), last)))
}

/// The messages after one sequence number until another, without those that `notes` leaves out.
pub(super) fn range(
    connection: &mut Connection,
    conversation: i64,
    after: i64,
    until: i64,
    notes: &Notes,
) -> Result<Vec<MessageRow>, Failure> {
    let range = ReadRange {
        after: slot(conversation, after.min(LAST))?,
        until: slot(conversation, until.min(LAST))?,
        shown: shown(notes),
    };
    Ok(range.load(connection)?)
}

/// So many messages before one, newest first.
pub(super) async fn newest_first(
    connection: &mut Connection,
    query: &EarlierMessages,
    conversation: &[u8],
    limit: i64,
) -> Result<Vec<MessageRow>, Failure> {
    let before = query.before.map_or(LAST + 1, number).min(LAST + 1);
    let earlier = ReadEarlier { conversation, before, shown: shown(&query.notes), limit };
    Ok(earlier.load(connection)?)
}

fn shown(notes: &Notes) -> Shown {
    let notes_by = match notes {
        Notes::All => None,
        Notes::By(agent) => Some(author_key(&AuthorId::Agent(agent.clone()))),
    };
    Shown { notes_by }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_of_a_conversation_lie_between_those_of_its_neighbours() {
        assert!(slot(7, LAST).unwrap() < slot(8, 0).unwrap());
        assert!(slot(7, 1).unwrap() > slot(6, LAST).unwrap());
        assert_eq!(sequence_of(slot(1 << 38, 1_234_567).unwrap()), 1_234_567);
    }

    #[test]
    fn a_message_more_than_there_are_slots_is_refused() {
        assert!(matches!(slot(7, LAST + 1), Err(Failure::Store(StoreError::Backend(_)))));
    }
}
