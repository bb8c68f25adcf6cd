//! A conversation's messages, from any place in both directions.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use deskport_application::{
    EarlierMessages, MessagePage, MessageQuery, Messages, Notes, Position, SequencedMessage, StoreError,
};
use deskport_domain::{AuthoredMessage, ConversationId};
use deskport_wire::Invalid;

use crate::{
    desk::{
        answer,
        call::{Asked, Faults},
        conversations::named,
        view::{ListedMessage, Message, Page},
    },
    problem::Problem,
    state::State,
};

/// From where to read in which direction.
enum Walk {
    /// Towards newer messages, after this sequence number.
    After(u64),
    /// Towards older messages, before this sequence number or from the newest on.
    Before(Option<u64>),
}

pub(in crate::desk) async fn list(
    state: Data<State>,
    path: Path<String>,
    asked: Asked,
) -> Result<HttpResponse, Problem> {
    let (walk, limit) = read(&asked)?;
    let page = walk.page(&state.desk.messages, named(&path)?, limit).await?;
    let next_cursor = walk.next(&page);
    let listed = authored(page)?;
    Ok(answer::ok(&Page { data: listed.iter().map(view).collect(), next_cursor }))
}

fn read(asked: &Asked) -> Result<(Walk, u32), Invalid> {
    let mut faults = Faults::default();
    let limit = faults.note(asked.limit()).unwrap_or_default();
    let walk = faults.note(match (asked.text("after"), asked.text("before")) {
        (Some(_), Some(_)) => Err(Invalid::field("before", "cannot stand beside after")),
        (None, Some("newest")) => Ok(Walk::Before(None)),
        (None, Some(_)) => asked.number("before").map(Walk::Before),
        _ => asked.number("after").map(|after| Walk::After(after.unwrap_or_default())),
    });
    faults.refuse()?;
    Ok((walk.unwrap_or(Walk::After(0)), limit))
}

impl Walk {
    async fn page(
        &self,
        messages: &Messages,
        conversation: ConversationId,
        limit: u32,
    ) -> Result<MessagePage, Problem> {
        let notes = Notes::All;
        Ok(match *self {
            Self::After(after) => {
                let after = if after == 0 { Position::Start } else { Position::Sequence(after) };
                messages.page(&MessageQuery { conversation, after, notes, limit }).await?
            }
            Self::Before(before) => {
                messages.earlier(&EarlierMessages { conversation, before, notes, limit }).await?
            }
        })
    }

    /// The value with which this walk goes on, if there may be more.
    fn next(&self, page: &MessagePage) -> Option<String> {
        page.next.as_ref()?;
        let last = match self {
            Self::After(_) => page.messages.last(),
            Self::Before(_) => page.messages.first(),
        };
        last.map(|message| message.sequence.to_string())
    }
}

fn view((sequence, message): &(u64, AuthoredMessage)) -> ListedMessage<'_> {
    ListedMessage { sequence: *sequence, message: Message::from(message) }
}

/// Each message of the page with its author.
fn authored(mut page: MessagePage) -> Result<Vec<(u64, AuthoredMessage)>, StoreError> {
    let messages = std::mem::take(&mut page.messages);
    let with_author = |SequencedMessage { sequence, message }| {
        let author = page.author(&message.author).cloned();
        let author =
            author.ok_or_else(|| StoreError::corrupt("messages.author", "there is no such author"))?;
        Ok((sequence, AuthoredMessage { message, author }))
    };
    messages.into_iter().map(with_author).collect()
}
