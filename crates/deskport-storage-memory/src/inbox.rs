//! Lists over many conversations, and search: everything is looked at, since memory is for tests.

use async_trait::async_trait;
use deskport_domain::{Conversation, ConversationDetails, EndUser, MessageBody};
use deskport_ports::{
    Assignment, ConversationQuery, EarlierMessages, Inbox, MessagePage, SearchQuery, StoreError, UserQuery,
};

use crate::{MemoryStore, state::State, thread::Thread};

#[async_trait]
impl Inbox for MemoryStore {
    async fn conversations(&self, query: &ConversationQuery) -> Result<Vec<ConversationDetails>, StoreError> {
        let state = self.read();
        Ok(newest_first(&state, query.limit, |thread| is_asked_for(&thread.conversation, query)))
    }

    async fn users(&self, query: &UserQuery) -> Result<Vec<EndUser>, StoreError> {
        let state = self.read();
        let mut users: Vec<_> = state
            .users
            .values()
            .filter(|user| query.after.as_ref().is_none_or(|after| user.id > *after))
            .collect();
        users.sort_by_key(|user| &user.id);
        Ok(users.into_iter().take(query.limit as usize).cloned().collect())
    }

    async fn earlier_messages(&self, query: &EarlierMessages) -> Result<Option<MessagePage>, StoreError> {
        let state = self.read();
        let slice = state.threads.get(&query.conversation).map(|thread| thread.slice_before(query));
        Ok(slice.map(|slice| state.page(slice)))
    }

    async fn search(&self, query: &SearchQuery) -> Result<Vec<ConversationDetails>, StoreError> {
        let state = self.read();
        let wanted: Vec<String> = query.words.iter().map(|word| word.to_lowercase()).collect();
        Ok(newest_first(&state, query.limit, |thread| {
            texts(&state, thread).any(|text| holds_all(&text, &wanted))
        }))
    }

    async fn prepare_search(&self) -> Result<u64, StoreError> {
        Ok(0)
    }
}

/// Conversations by their latest activity.
fn newest_first(state: &State, limit: u32, wanted: impl Fn(&Thread) -> bool) -> Vec<ConversationDetails> {
    let mut found: Vec<_> =
        state.threads.values().filter(|thread| wanted(thread)).map(|thread| &thread.conversation).collect();
    found.sort_by(|one, other| (other.updated_at, &other.id).cmp(&(one.updated_at, &one.id)));
    found
        .into_iter()
        .take(limit as usize)
        .filter_map(|conversation| state.details(&conversation.id))
        .collect()
}

fn is_asked_for(conversation: &Conversation, query: &ConversationQuery) -> bool {
    let assigned = query.assignment.as_ref().is_none_or(|assignment| match assignment {
        Assignment::Nobody => conversation.assignee.is_none(),
        Assignment::Waiting => conversation.waiting_since.is_some(),
        Assignment::Agent(id) => conversation.assignee.as_ref() == Some(id),
    });
    let later = query
        .after
        .as_ref()
        .is_none_or(|after| (conversation.updated_at, &conversation.id) < (after.updated_at, &after.id));
    assigned
        && later
        && query.status.is_none_or(|status| conversation.status == status)
        && query.user.as_ref().is_none_or(|user| conversation.user == *user)
        && query.tag.as_ref().is_none_or(|tag| conversation.tags.contains(tag))
        && query.updated_since.is_none_or(|since| conversation.updated_at >= since)
}

/// Each text of a conversation in which words may be found.
fn texts<'a>(state: &'a State, thread: &'a Thread) -> impl Iterator<Item = String> + 'a {
    let user = state.users.get(&thread.conversation.user);
    let title = thread.conversation.title.iter().map(ToString::to_string);
    let names =
        user.into_iter().flat_map(|user| user.name.iter().chain(&user.email)).map(ToString::to_string);
    let bodies = thread.messages().filter_map(|message| message.content.body()).map(MessageBody::to_text);
    title.chain(names).chain(bodies)
}

/// Whether each word begins some word of the text; all but the last must be whole words.
fn holds_all(text: &str, wanted: &[String]) -> bool {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let Some((last, whole)) = wanted.split_last() else { return false };
    whole.iter().all(|word| words.contains(&word.as_str())) && words.iter().any(|word| word.starts_with(last))
}
