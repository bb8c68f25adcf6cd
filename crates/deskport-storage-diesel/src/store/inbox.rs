//! What the desk's people look at.

mod earlier;

use std::collections::{BTreeSet, HashMap};

use async_trait::async_trait;
use deskport_domain::{Agent, AgentId, Conversation, ConversationDetails, EndUser, UserId};
use deskport_ports::{
    Assignment, ConversationQuery, EarlierMessages, Inbox, MessagePage, SearchQuery, StoreError, UserQuery,
};
use diesel::{BoolExpressionMethods, ExpressionMethods as _, QueryDsl, SelectableHelper};

use super::{Connection, RunQueryDsl, Store, Task, agents, users};
use crate::{
    error::Failure,
    row::{
        conversation::{ConversationRow, activity, status_name},
        key::Key,
        tag_key,
        user::UserRow,
    },
    schema::{conversation_tags, conversations, users as user_table},
};

#[async_trait]
impl Inbox for Store {
    async fn conversations(&self, query: &ConversationQuery) -> Result<Vec<ConversationDetails>, StoreError> {
        Ok(self.database.read(query).await?)
    }

    async fn users(&self, query: &UserQuery) -> Result<Vec<EndUser>, StoreError> {
        Ok(self.database.read(query).await?)
    }

    async fn earlier_messages(&self, query: &EarlierMessages) -> Result<Option<MessagePage>, StoreError> {
        Ok(self.database.read(query).await?)
    }

    async fn search(&self, query: &SearchQuery) -> Result<Vec<ConversationDetails>, StoreError> {
        self.find_words(query).await
    }

    async fn prepare_search(&self) -> Result<u64, StoreError> {
        self.catch_up().await
    }
}

impl Task for ConversationQuery {
    type Output = Vec<ConversationDetails>;

    /// Walks along the latest activity and leaves out what is not asked for, unless the database
    /// finds an index that leaves little to sort: that of a user, of a tag, or of who waits.
    async fn run(&self, connection: &mut Connection) -> Result<Vec<ConversationDetails>, Failure> {
        use conversations::{
            activity as period, assignee_id, id, status, table, updated_at, user_id, waiting_since,
        };

        // The period is in `updated_at`, too; but this order has an index for its first part.
        let order = (period.desc(), updated_at.desc(), id.desc());
        let mut query = table.select(ConversationRow::as_select()).order(order).into_boxed();
        query = query.limit(self.limit.max(1).into());
        if let Some(wanted) = self.status {
            query = query.filter(status.eq(status_name(wanted)));
        }
        match &self.assignment {
            None => {}
            Some(Assignment::Nobody) => query = query.filter(assignee_id.is_null()),
            // SQLite would not look at the index of those who wait for `IS NOT NULL`.
            Some(Assignment::Waiting) => query = query.filter(waiting_since.ge(i64::MIN)),
            Some(Assignment::Agent(agent)) => query = query.filter(assignee_id.eq(agent.key())),
        }
        if let Some(user) = &self.user {
            query = query.filter(user_id.eq(user.key()));
        }
        if let Some(tag) = &self.tag {
            let tagged = conversation_tags::table.filter(conversation_tags::tag.eq(tag_key(tag)));
            query = query.filter(id.eq_any(tagged.select(conversation_tags::conversation_id)));
        }
        if let Some(since) = self.updated_since {
            let since = since.as_millis();
            query = query.filter(period.ge(activity(since)).and(updated_at.ge(since)));
        }
        if let Some(after) = &self.after {
            let at = after.updated_at.as_millis();
            let later = updated_at.lt(at).or(id.lt(after.id.key()));
            query = query.filter(period.le(activity(at)).and(updated_at.le(at)).and(later));
        }
        let rows: Vec<ConversationRow> = run!(query.load(connection))?;
        details(connection, rows).await
    }
}

impl Task for UserQuery {
    type Output = Vec<EndUser>;

    async fn run(&self, connection: &mut Connection) -> Result<Vec<EndUser>, Failure> {
        use user_table::{id, table};

        let after = self.after.as_ref().map(Key::key).unwrap_or_default();
        let query = table.filter(id.gt(after)).order(id).select(UserRow::as_select());
        let rows: Vec<UserRow> = run!(query.limit(self.limit.max(1).into()).load(connection))?;
        Ok(rows.into_iter().map(EndUser::try_from).collect::<Result<_, _>>()?)
    }
}

/// The conversations with these keys, in this order.
pub(super) async fn by_key(
    connection: &mut Connection,
    keys: &[Vec<u8>],
) -> Result<Vec<ConversationDetails>, Failure> {
    let rows: Vec<ConversationRow> = rows_by_key!(conversations, ConversationRow, keys, connection);
    let mut found = details(connection, rows).await?;
    let places: HashMap<&[u8], usize> = keys.iter().map(Vec::as_slice).zip(0..).collect();
    found.sort_by_cached_key(|details| places.get(&details.conversation.id.key()[..]).copied());
    Ok(found)
}

/// Adds users and assignees. A conversation whose user was erased meanwhile is gone, too.
async fn details(
    connection: &mut Connection,
    rows: Vec<ConversationRow>,
) -> Result<Vec<ConversationDetails>, Failure> {
    let conversations: Vec<Conversation> =
        rows.into_iter().map(Conversation::try_from).collect::<Result<_, _>>()?;
    let user_keys: BTreeSet<_> = conversations.iter().map(|one| one.user.key()).collect();
    let agent_keys: BTreeSet<_> =
        conversations.iter().filter_map(|one| one.assignee.as_ref()).map(Key::key).collect();
    let (user_keys, agent_keys): (Vec<_>, Vec<_>) =
        (user_keys.into_iter().collect(), agent_keys.into_iter().collect());
    let people = users::find_all(connection, &user_keys).await?;
    let users: HashMap<UserId, EndUser> = people.into_iter().map(|user| (user.id.clone(), user)).collect();
    let people = agents::find_all(connection, &agent_keys).await?;
    let agents: HashMap<AgentId, Agent> = people.into_iter().map(|agent| (agent.id.clone(), agent)).collect();
    let whole = conversations.into_iter().filter_map(|conversation| {
        let user = users.get(&conversation.user)?.clone();
        let assignee = conversation.assignee.as_ref().and_then(|id| agents.get(id)).cloned();
        Some(ConversationDetails { conversation, user, assignee })
    });
    Ok(whole.collect())
}
