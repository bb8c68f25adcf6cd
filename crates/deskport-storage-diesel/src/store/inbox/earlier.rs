//! Messages from the newest backwards.

use deskport_ports::{EarlierMessages, MessagePage, Position};

use super::super::{
    Connection, Task, conversations,
    messages::page::{authors, into_messages},
    thread,
};
use crate::{error::Failure, row::key::Key};

impl Task for EarlierMessages {
    type Output = Option<MessagePage>;

    async fn run(&self, connection: &mut Connection) -> Result<Option<MessagePage>, Failure> {
        if !conversations::exists(connection, &self.conversation).await? {
            return Ok(None);
        }
        let limit = self.limit.max(1);
        // One more than asked for, to see whether there are more.
        let most = i64::from(limit) + 1;
        let mut rows = thread::newest_first(connection, self, &self.conversation.key(), most).await?;
        let has_more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        rows.reverse();
        let messages = into_messages(rows, &self.conversation)?;
        let authors = authors(connection, &messages).await?;
        // Diesel has a `first` of its own for whatever it can ask.
        let oldest = messages.as_slice().first().filter(|_| has_more);
        let next = oldest.map(|oldest| Position::Sequence(oldest.sequence));
        Ok(Some(MessagePage { messages, authors, next }))
    }
}
