//! Messages from the newest backwards.

use deskport_domain::AuthorId;
use deskport_ports::{EarlierMessages, MessagePage, Notes, Position};
use diesel::{BoolExpressionMethods, ExpressionMethods as _, QueryDsl, SelectableHelper};

use super::super::{
    Connection, RunQueryDsl, Task, conversations,
    messages::page::{authors, into_messages},
};
use crate::{
    error::Failure,
    row::{
        key::{Key, author_key},
        message::MessageRow,
        number,
    },
    schema::messages,
};

impl Task for EarlierMessages {
    type Output = Option<MessagePage>;

    async fn run(&self, connection: &mut Connection) -> Result<Option<MessagePage>, Failure> {
        if !conversations::exists(connection, &self.conversation).await? {
            return Ok(None);
        }
        let mut rows = newest_first(connection, self).await?;
        let has_more = rows.len() > self.limit.max(1) as usize;
        rows.truncate(self.limit.max(1) as usize);
        rows.reverse();
        let messages = into_messages(rows, &self.conversation)?;
        let authors = authors(connection, &messages).await?;
        // Diesel has a `first` of its own for whatever it can ask.
        let oldest = messages.as_slice().first().filter(|_| has_more);
        let next = oldest.map(|oldest| Position::Sequence(oldest.sequence));
        Ok(Some(MessagePage { messages, authors, next }))
    }
}

/// One more than asked for, to see whether there are more.
async fn newest_first(
    connection: &mut Connection,
    query: &EarlierMessages,
) -> Result<Vec<MessageRow>, Failure> {
    let before = query.before.map_or(i64::MAX, number);
    let all = messages::table
        .filter(messages::conversation_id.eq(query.conversation.key()))
        .filter(messages::sequence.lt(before))
        .order(messages::sequence.desc())
        .select(MessageRow::as_select())
        .limit(i64::from(query.limit.max(1)) + 1);
    Ok(match &query.notes {
        Notes::All => run!(all.load(connection))?,
        Notes::By(agent) => {
            let author = author_key(&AuthorId::Agent(agent.clone()));
            let shown = messages::is_private.eq(false).or(messages::author.eq(author));
            run!(all.filter(shown).load(connection))?
        }
    })
}
