//! The shelf: lists of messages as they were written a moment ago, ready to be sent again.
//!
//! A list is right for as long as the store's versions of its messages and of its authors stay what
//! they were before it was read. A list that only lacks what was added since is continued; any
//! other is read anew. So the shelf is right with any number of processes at work on one store, and
//! to forget any part of it costs nothing but time.

mod ends;
mod list;

use std::{fmt, sync::Arc};

use actix_web::web::Bytes;
use deskport_application::{MessageQuery, Messages, Position, ThreadVersion};
use deskport_domain::ConversationId;
use deskport_wire::Variant;
use quick_cache::{Weighter, sync::Cache};

use self::ends::Ends;
pub(crate) use self::list::{Authors, List};
use crate::problem::Problem;

/// The largest list that is kept, as a part of the whole.
const LARGEST: u64 = 16;
/// What the ends of lists take, as a part of the whole.
const ENDS: u64 = 8;
/// About what a list weighs, from which follows how many there may be.
const USUAL_BYTES: u64 = 4 * 1024;

/// The most lists for which room is made beforehand.
const MOST: usize = 1 << 20;

/// Lists by variant and conversation, bounded by their bytes.
pub(crate) struct Shelf {
    lists: Cache<Place, Kept, ByBytes>,
    largest: u64,
    ends: Ends,
}

type Place = (Variant, ConversationId);

/// A list, and what it was made of.
#[derive(Clone)]
struct Kept {
    thread: ThreadVersion,
    people: u64,
    list: Arc<List>,
}

#[derive(Clone)]
struct ByBytes;

/// What the versions were before a list is read.
pub(crate) struct Before {
    thread: ThreadVersion,
    people: u64,
}

/// What the shelf has for a query.
pub(crate) enum Found {
    /// All that was asked for, as [`List::after`] has it.
    List(Bytes),
    /// No such list. What is read now may be put there, unless the store does not tell versions.
    Nothing(Option<Before>),
}

impl Shelf {
    /// A shelf for so many bytes; none for nothing.
    pub(crate) fn new(bytes: u64) -> Option<Self> {
        let of_ends = bytes / ENDS;
        let of_lists = bytes - of_ends;
        let lists = usize::try_from(of_lists / USUAL_BYTES).unwrap_or(MOST).clamp(1, MOST);
        let shelf = || Self {
            lists: Cache::with_weighter(lists, of_lists, ByBytes),
            largest: bytes / LARGEST,
            ends: Ends::new(of_ends),
        };
        (bytes > 0).then(shelf)
    }

    /// Looks for what `query` asks, and continues a list to which messages were added.
    pub(crate) async fn find(
        &self,
        messages: &Messages,
        variant: Variant,
        query: &MessageQuery,
    ) -> Result<Found, Problem> {
        let Some(thread) = messages.version(&query.conversation).await? else {
            return Ok(Found::Nothing(None));
        };
        let place = (variant, query.conversation.clone());
        let has_authors_as_they_are =
            |kept: &Kept| messages.people_version(kept.list.authors()) == Some(kept.people);
        let kept = self.lists.get(&place).filter(|kept| kept.thread.edition == thread.edition);
        let kept = match kept.and_then(|kept| Some((kept.list.after(&query.after)?, kept))) {
            Some((rest, kept)) if kept.thread == thread && has_authors_as_they_are(&kept) => {
                return Ok(Found::List(rest));
            }
            kept => kept.map(|(_, kept)| kept),
        };
        if self.ends.is_end(&place, thread, &query.after) {
            return Ok(Found::List(Bytes::new()));
        }
        // Before the authors are looked at again: who changes after this keeps a list from being kept.
        let Some(people) = messages.people_version(&[]) else { return Ok(Found::Nothing(None)) };
        let before = Before { thread, people };
        if let Some(kept) = kept.filter(has_authors_as_they_are)
            && let Some(list) = continued(&kept.list, messages, variant, query).await?
        {
            let rest = list.after(&query.after).unwrap_or_default();
            self.put(messages, place, &before, list);
            return Ok(Found::List(rest));
        }
        Ok(Found::Nothing(Some(before)))
    }

    /// Keeps a list that was read after `before`, if nobody's profile has changed since and it is
    /// not too large.
    pub(crate) fn put(
        &self,
        messages: &Messages,
        place: Place,
        &Before { thread, people }: &Before,
        list: List,
    ) {
        self.ends.note(&place, thread, &list);
        let of_authors = messages.people_version(list.authors());
        if let Some(of_authors) = of_authors
            && messages.people_version(&[]) == Some(people)
            && list.bytes() <= self.largest
        {
            self.lists.insert(place, Kept { thread, people: of_authors, list: Arc::new(list) });
        }
    }
}

/// The list with what was added to the conversation since, if that is not too much.
async fn continued(
    known: &List,
    messages: &Messages,
    variant: Variant,
    query: &MessageQuery,
) -> Result<Option<List>, Problem> {
    let Some(last) = known.last() else { return Ok(None) };
    let added = messages.page(&MessageQuery { after: Position::Sequence(last), ..query.clone() }).await?;
    if added.next.is_some() {
        return Ok(None);
    }
    Ok(Some(known.continued(variant, added)?))
}

impl Weighter<Place, Kept> for ByBytes {
    fn weight(&self, _: &Place, kept: &Kept) -> u64 {
        kept.list.bytes()
    }
}

impl fmt::Debug for Shelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Shelf({} lists, {} bytes)", self.lists.len(), self.lists.weight())
    }
}
