//! What a store promises about places in a conversation: positions, pages, and that nothing is
//! ever skipped.

use std::{
    collections::HashSet,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use deskport_domain::ConversationId;
use deskport_ports::{MessageQuery, Position, SequencedMessage, Store};

use crate::{
    build::{a_conversation, a_message, message_id},
    storage::{
        crowd::all_at_once,
        given::{a_helpdesk, all_of, message_ids, page, pages, posted, stored_conversation},
    },
};

/// Right after a message comes the next one.
pub async fn a_message_is_a_position(store: Arc<dyn Store>) {
    let conversation = five_messages(&store).await;

    for (after, expected) in [("1", vec!["2", "3", "4", "5"]), ("4", vec!["5"]), ("5", vec![])] {
        let after = Position::Message(message_id(after));
        assert_eq!(ids(pages(&store, MessageQuery { after, ..all_of(&conversation) }).await), expected);
    }
}

/// Right after a sequence number come all greater ones, whether or not a message has that number.
pub async fn a_sequence_number_is_a_position(store: Arc<dyn Store>) {
    let conversation = five_messages(&store).await;
    let all = pages(&store, all_of(&conversation)).await;
    let last = all[4].sequence;

    for sequence in [all[0].sequence, all[2].sequence, last, last + 1, u64::MAX / 2, u64::MAX] {
        let query = MessageQuery { after: Position::Sequence(sequence), ..all_of(&conversation) };
        let expected: Vec<_> = all.iter().filter(|message| message.sequence > sequence).cloned().collect();
        assert_eq!(pages(&store, query).await, expected, "after {sequence}");
    }
}

/// A hint that leads nowhere means the start: an unknown id, or one of another conversation.
pub async fn an_unknown_position_is_the_start(store: Arc<dyn Store>) {
    let conversation = five_messages(&store).await;
    let other = stored_conversation(&store, a_conversation().id("conv_other").build()).await;
    posted(&store, a_message().id("foreign").within(&other.value.conversation).build()).await;

    for hint in ["unknown", "foreign"] {
        let after = Position::Message(message_id(hint));
        let found = ids(pages(&store, MessageQuery { after, ..all_of(&conversation) }).await);
        assert_eq!(found, ["1", "2", "3", "4", "5"], "after {hint:?}");
    }
}

/// Whatever the limit, the pages together hold each message once, in order.
pub async fn pages_hold_each_message_once(store: Arc<dyn Store>) {
    let conversation = five_messages(&store).await;

    for limit in [1, 2, 3, 4, 5, 6, u32::MAX] {
        let query = MessageQuery { limit, ..all_of(&conversation) };
        assert_eq!(ids(pages(&store, query).await), ["1", "2", "3", "4", "5"], "{limit} at a time");
    }
}

/// A place stays where it is while messages are added: pages read before and after fit together.
pub async fn messages_posted_between_two_pages_come_after_them(store: Arc<dyn Store>) {
    let conversation = five_messages(&store).await;
    let first = page(&store, &MessageQuery { limit: 3, ..all_of(&conversation) }).await;
    posted(&store, a_message().id("6").build()).await;

    let after = first.next.expect("there are more messages");
    let rest = pages(&store, MessageQuery { after, limit: 2, ..all_of(&conversation) }).await;
    assert_eq!(ids([first.messages, rest].concat()), ["1", "2", "3", "4", "5", "6"]);
}

/// Readers who ask for what comes after the last message they have seen miss nothing, although 16
/// writers post at the same time.
pub async fn a_reader_behind_16_writers_skips_nothing(store: Arc<dyn Store>) {
    let conversation = a_helpdesk(&store).await.conversation.id;
    let writing = Arc::new(AtomicUsize::new(16));

    let seen = all_at_once(20, |task| {
        let (store, id, writing) = (Arc::clone(&store), conversation.clone(), Arc::clone(&writing));
        async move {
            match task {
                0 | 1 => follow(&store, &id, &writing, by_message).await,
                2 | 3 => follow(&store, &id, &writing, by_sequence).await,
                writer => write(&store, writer, &writing).await,
            }
        }
    })
    .await;

    let stored = ids(pages(&store, all_of(&conversation)).await);
    assert_eq!(stored.len(), 16 * 20, "every message is stored");
    for reader in &seen[..4] {
        assert_eq!(*reader, stored, "a reader saw what is stored, in that order");
    }
}

/// A writer's own messages keep their order: a later commit never comes before an earlier one.
pub async fn each_of_16_writers_finds_its_messages_in_order(store: Arc<dyn Store>) {
    let conversation = a_helpdesk(&store).await.conversation.id;
    let writing = Arc::new(AtomicUsize::new(16));
    let written = all_at_once(16, |writer| {
        let (store, writing) = (Arc::clone(&store), Arc::clone(&writing));
        async move { write(&store, writer, &writing).await }
    })
    .await;

    let stored = message_ids(&store, &conversation).await;
    for own in written {
        let found: Vec<_> = stored.iter().filter(|id| own.contains(id)).collect();
        assert_eq!(found, own.iter().collect::<Vec<_>>());
    }
}

/// Ten thousand messages, page by page, each once.
pub async fn a_conversation_of_10_000_messages_is_read_page_by_page(store: Arc<dyn Store>) {
    const WRITERS: usize = 100;
    let conversation = a_helpdesk(&store).await.conversation.id;
    all_at_once(WRITERS, |writer| {
        let store = Arc::clone(&store);
        async move {
            for number in (writer..10_000).step_by(WRITERS) {
                posted(&store, a_message().id(&number.to_string()).build()).await;
            }
        }
    })
    .await;

    let all = pages(&store, MessageQuery { limit: 300, ..all_of(&conversation) }).await;
    assert!(all.is_sorted_by(|earlier, later| earlier.sequence < later.sequence));
    let distinct: HashSet<_> = all.iter().map(|sequenced| &sequenced.message.id).collect();
    assert_eq!((all.len(), distinct.len()), (10_000, 10_000));
    let middle = Position::Message(all[4_999].message.id.clone());
    let page = page(&store, &MessageQuery { after: middle, limit: 3, ..all_of(&conversation) }).await;
    assert!(all[5_000..].starts_with(&page.messages));
}

async fn five_messages(store: &Arc<dyn Store>) -> ConversationId {
    let conversation = a_helpdesk(store).await.conversation;
    for id in ["1", "2", "3", "4", "5"] {
        posted(store, a_message().id(id).build()).await;
    }
    conversation.id
}

/// Posts 20 messages one after the other; tells which. Has finished also when that fails.
async fn write(store: &Arc<dyn Store>, writer: usize, writing: &AtomicUsize) -> Vec<String> {
    let _finished = Finished(writing);
    let mut written = Vec::new();
    for number in 0..20 {
        let id = format!("msg_{writer}_{number}");
        posted(store, a_message().id(&id).build()).await;
        written.push(id);
    }
    written
}

/// Counts one writer less when dropped.
struct Finished<'a>(&'a AtomicUsize);

impl Drop for Finished<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Reads on from what it has seen, until nobody writes any more and nothing new comes.
async fn follow(
    store: &Arc<dyn Store>,
    conversation: &ConversationId,
    writing: &AtomicUsize,
    position: fn(&SequencedMessage) -> Position,
) -> Vec<String> {
    let mut seen: Vec<SequencedMessage> = Vec::new();
    loop {
        let nobody_writes = writing.load(Ordering::SeqCst) == 0;
        let after = seen.last().map_or(Position::Start, position);
        let page = page(store, &MessageQuery { after, limit: 7, ..all_of(conversation) }).await;
        if page.messages.is_empty() && nobody_writes {
            return ids(seen);
        }
        seen.extend(page.messages);
        tokio::task::yield_now().await;
    }
}

fn by_message(seen: &SequencedMessage) -> Position {
    Position::Message(seen.message.id.clone())
}

fn by_sequence(seen: &SequencedMessage) -> Position {
    Position::Sequence(seen.sequence)
}

fn ids(messages: Vec<SequencedMessage>) -> Vec<String> {
    messages.into_iter().map(|sequenced| sequenced.message.id.to_string()).collect()
}
