//! Conversations.

mod tags;

use async_trait::async_trait;
use deskport_domain::{
    Agent, Conversation, ConversationDetails, ConversationId, ConversationUpdate, Timestamp,
};
use deskport_ports::{
    Committed, ConversationChange, ConversationRepository, Effect, Missing, StoreError, Stored,
};
use diesel::{
    ExpressionMethods as _, JoinOnDsl, NullableExpressionMethods, OptionalExtension, QueryDsl,
    SelectableHelper, dsl::case_when,
};

use super::{Connection, RunQueryDsl, Store, Task, agents, created, unchanged, updated_if, users};
use crate::{
    error::Failure,
    row::{Impossible, agent::AgentRow, conversation::ConversationRow, key::Key, user::UserRow},
    schema::{agents as agent_table, conversations, users as user_table},
};

#[async_trait]
impl ConversationRepository for Store {
    async fn conversation(&self, id: &ConversationId) -> Result<Option<ConversationDetails>, StoreError> {
        Ok(self.database.look_up(id).await?)
    }
}

impl Task for ConversationId {
    type Output = Option<ConversationDetails>;

    async fn run(&self, connection: &mut Connection) -> Result<Option<ConversationDetails>, Failure> {
        use conversations::{assignee_id, table, user_id};

        let query = table
            .find(self.key())
            .left_join(user_table::table.on(user_table::id.eq(user_id)))
            .left_join(agent_table::table.on(agent_table::id.nullable().eq(assignee_id)))
            .select(<(ConversationRow, Option<UserRow>, Option<AgentRow>)>::as_select());
        let Some((row, user, agent)) = run!(query.get_result(connection)).optional()? else {
            return Ok(None);
        };
        let conversation = Conversation::try_from(row)?;
        let user = user.ok_or_else(|| dangling("conversations.user_id"))?.try_into()?;
        if conversation.assignee.is_some() && agent.is_none() {
            return Err(dangling("conversations.assignee_id"));
        }
        let assignee = agent.map(Agent::try_from).transpose()?;
        Ok(Some(ConversationDetails { conversation, user, assignee }))
    }
}

/// Whether there is such a conversation.
pub(super) async fn exists(connection: &mut Connection, id: &ConversationId) -> Result<bool, Failure> {
    let query = conversations::table.find(id.key()).select(conversations::last_sequence);
    Ok(run!(query.get_result::<i64>(connection)).optional()?.is_some())
}

async fn find(connection: &mut Connection, id: &ConversationId) -> Result<Option<Conversation>, Failure> {
    let query = conversations::table.find(id.key()).select(ConversationRow::as_select());
    let row = run!(query.get_result::<ConversationRow>(connection)).optional()?;
    Ok(row.map(Conversation::try_from).transpose()?)
}

/// Adds those whom answers write out, as they are planned to be.
async fn details(
    connection: &mut Connection,
    conversation: Conversation,
    planned: &Committed,
) -> Result<ConversationDetails, Failure> {
    let user = users::planned_or_stored(connection, planned.user.as_ref(), &conversation.user).await?;
    let user = user.ok_or_else(|| dangling("conversations.user_id"))?;
    let assignee = match &conversation.assignee {
        Some(id) => {
            let agent = agents::planned_or_stored(connection, planned.agent.as_ref(), id).await?;
            Some(agent.ok_or_else(|| dangling("conversations.assignee_id"))?)
        }
        None => None,
    };
    Ok(ConversationDetails { conversation, user, assignee })
}

fn dangling(what: &'static str) -> Failure {
    StoreError::corrupt(what, Impossible).into()
}

/// Says what `change` makes of the stored conversation, and writes nothing yet.
pub(super) async fn plan(
    connection: &mut Connection,
    change: &ConversationChange,
    at: Timestamp,
    planned: &Committed,
) -> Result<Stored<ConversationDetails>, Failure> {
    match change {
        ConversationChange::Create(new) => plan_create(connection, new, planned).await,
        ConversationChange::Update(id, update) => plan_update(connection, id, update, at, planned).await,
    }
}

async fn plan_create(
    connection: &mut Connection,
    new: &Conversation,
    planned: &Committed,
) -> Result<Stored<ConversationDetails>, Failure> {
    let user = users::planned_or_locked(connection, planned.user.as_ref(), &new.user).await?;
    let user = user.ok_or(Missing::ConversationUser)?;
    let assignee = match &new.assignee {
        Some(id) => {
            let agent = agents::planned_or_stored(connection, planned.agent.as_ref(), id).await?;
            Some(agent.ok_or(Missing::Assignee)?)
        }
        None => None,
    };
    match find(connection, &new.id).await? {
        Some(stored) => details(connection, stored, planned).await.map(unchanged),
        None => Ok(created(ConversationDetails { conversation: new.clone(), user, assignee })),
    }
}

async fn plan_update(
    connection: &mut Connection,
    id: &ConversationId,
    update: &ConversationUpdate,
    at: Timestamp,
    planned: &Committed,
) -> Result<Stored<ConversationDetails>, Failure> {
    let query = locked!(conversations::table.find(id.key()).select(ConversationRow::as_select()));
    let row = run!(query.get_result::<ConversationRow>(connection)).optional()?;
    let mut conversation = Conversation::try_from(row.ok_or(Missing::Conversation)?)?;
    if let Some(id) = update.assignee.value() {
        let agent = agents::planned_or_stored(connection, planned.agent.as_ref(), id).await?;
        agent.ok_or(Missing::Assignee)?;
    }
    let changed = conversation.apply(update, at);
    Ok(updated_if(changed, details(connection, conversation, planned).await?))
}

/// Writes what was planned; returns the place of the event that tells of it.
pub(super) async fn write(
    connection: &mut Connection,
    planned: &Stored<ConversationDetails>,
    at: Timestamp,
) -> Result<i64, Failure> {
    use conversations::{id, last_place, table};

    let (conversation, at) = (&planned.value.conversation, at.as_millis());
    let row = ConversationRow::from(conversation);
    match planned.effect {
        Effect::Unchanged => Ok(at),
        Effect::Updated => {
            let update = diesel::update(table.filter(id.eq(conversation.id.key())));
            let update = update.set((&row, last_place.eq(next_place(at)))).returning(last_place);
            let place = run!(update.get_result(connection))?;
            tags::replace(connection, conversation).await?;
            Ok(place)
        }
        Effect::Created => {
            let insert = diesel::insert_into(table).values((&row, last_place.eq(at)));
            if run!(insert.on_conflict_do_nothing().execute(connection))? == 0 {
                return Err(Failure::Raced);
            }
            tags::write(connection, conversation).await?;
            Ok(at)
        }
    }
}

/// The place of the next event of a conversation: later than its last, whatever the clock says.
#[diesel::dsl::auto_type]
pub(super) fn next_place(at: i64) -> _ {
    case_when(conversations::last_place.ge(at), conversations::last_place + 1_i64).otherwise(at)
}
