//! The unit of work: a plan is made against what is stored, and only a whole plan is written.

use std::collections::{BTreeSet, hash_map::Entry};

use async_trait::async_trait;
use deskport_domain::{
    Agent, AgentId, AuthorId, Conversation, ConversationId, EndUser, Message, Timestamp, UserId,
};
use deskport_ports::{
    AgentChange, ChangeSet, CommitError, Committed, Consequences, ConversationChange, Effect, Missing,
    Stored, UnitOfWork, UserChange,
};

use crate::{MemoryStore, outbox, state::State, thread::Thread};

#[async_trait]
impl UnitOfWork for MemoryStore {
    async fn commit(&self, changes: ChangeSet) -> Result<Committed, CommitError> {
        let mut state = self.write();
        let (id, origin, at) = (changes.id, changes.origin, changes.at);
        let plan = Plan::make(&state, changes).map_err(CommitError::Missing)?;
        let committed = plan.carry_out(&mut state);
        state.note(Consequences::of(id, origin, at, &committed), at);
        Ok(committed)
    }
}

/// What will be stored. Making it reads and may fail; carrying it out writes and cannot.
#[derive(Debug)]
struct Plan {
    at: Timestamp,
    agent: Option<Stored<Agent>>,
    user: Option<Stored<EndUser>>,
    conversation: Option<Stored<Conversation>>,
    message: Option<Stored<Message>>,
}

impl Plan {
    /// Follows the change set field by field; a later one sees what an earlier one will store.
    fn make(state: &State, changes: ChangeSet) -> Result<Self, Missing> {
        let mut plan = Self { at: changes.at, agent: None, user: None, conversation: None, message: None };
        plan.agent = changes.agent.map(|change| plan.agent(state, change)).transpose()?;
        plan.user = changes.user.map(|change| plan.user(state, change)).transpose()?;
        plan.conversation =
            changes.conversation.map(|change| plan.conversation(state, change)).transpose()?;
        plan.message = changes.message.map(|message| plan.message(state, message)).transpose()?;
        Ok(plan)
    }

    fn agent(&self, state: &State, change: AgentChange) -> Result<Stored<Agent>, Missing> {
        let apply = |mut agent: Agent, update| updated(agent.apply(update, self.at), agent);
        match change {
            AgentChange::Create(agent) => Ok(unless_stored(state.agents.get(&agent.id), agent)),
            AgentChange::Update(id, update) => {
                let stored = state.agents.get(&id).ok_or(Missing::Agent)?;
                Ok(apply(stored.clone(), &update))
            }
            AgentChange::Upsert(id, update) => Ok(match state.agents.get(&id) {
                Some(stored) => apply(stored.clone(), &update),
                None => created(apply(Agent::unnamed(id, self.at), &update)),
            }),
        }
    }

    fn user(&self, state: &State, change: UserChange) -> Result<Stored<EndUser>, Missing> {
        let apply = |mut user: EndUser, update| updated(user.apply(update, self.at), user);
        match change {
            UserChange::Create(user) => Ok(unless_stored(state.users.get(&user.id), user)),
            UserChange::Update(id, update) => {
                let stored = state.users.get(&id).ok_or(Missing::User)?;
                Ok(apply(stored.clone(), &update))
            }
            UserChange::Upsert(id, update) => Ok(match state.users.get(&id) {
                Some(stored) => apply(stored.clone(), &update),
                None => created(apply(EndUser::unknown(id, self.at), &update)),
            }),
        }
    }

    fn conversation(
        &self,
        state: &State,
        change: ConversationChange,
    ) -> Result<Stored<Conversation>, Missing> {
        match change {
            ConversationChange::Create(new) => {
                self.has_user(state, &new.user).then_some(()).ok_or(Missing::ConversationUser)?;
                self.has_assignee(state, new.assignee.as_ref())?;
                let stored = state.threads.get(&new.id).map(|thread| &thread.conversation);
                Ok(unless_stored(stored, new))
            }
            ConversationChange::Update(id, update) => {
                let thread = state.threads.get(&id).ok_or(Missing::Conversation)?;
                self.has_assignee(state, update.assignee.value())?;
                let mut conversation = thread.conversation.clone();
                let changed = conversation.apply(&update, self.at);
                Ok(updated(changed, conversation))
            }
        }
    }

    fn message(&self, state: &State, message: Message) -> Result<Stored<Message>, Missing> {
        if !self.has_conversation(state, &message.conversation) {
            return Err(Missing::MessageConversation);
        }
        let author_is_known = match &message.author {
            AuthorId::EndUser(id) => self.has_user(state, id),
            AuthorId::Agent(id) => self.has_agent(state, id),
        };
        if !author_is_known {
            return Err(Missing::Author);
        }
        let thread = state.threads.get(&message.conversation);
        Ok(unless_stored(thread.and_then(|thread| thread.message(&message.id)), message))
    }

    fn has_agent(&self, state: &State, id: &AgentId) -> bool {
        state.agents.contains_key(id) || self.agent.as_ref().is_some_and(|agent| agent.value.id == *id)
    }

    fn has_user(&self, state: &State, id: &UserId) -> bool {
        state.users.contains_key(id) || self.user.as_ref().is_some_and(|user| user.value.id == *id)
    }

    fn has_conversation(&self, state: &State, id: &ConversationId) -> bool {
        state.threads.contains_key(id)
            || self.conversation.as_ref().is_some_and(|conversation| conversation.value.id == *id)
    }

    fn has_assignee(&self, state: &State, id: Option<&AgentId>) -> Result<(), Missing> {
        let is_known = id.is_none_or(|id| self.has_agent(state, id));
        is_known.then_some(()).ok_or(Missing::Assignee)
    }
}

impl Plan {
    /// Writes everything, then reads what the caller gets.
    fn carry_out(self, state: &mut State) -> Committed {
        let conversation = self.conversation.as_ref().map(|part| (part.value.id.clone(), part.effect));
        let message = self
            .message
            .as_ref()
            .map(|part| (part.value.conversation.clone(), part.value.id.clone(), part.effect));
        let committed =
            Committed { agent: self.agent.clone(), user: self.user.clone(), ..Committed::default() };
        self.write(state);
        Committed {
            conversation: conversation
                .and_then(|(id, effect)| Some(Stored { value: state.details(&id)?, effect })),
            message: message.and_then(|(conversation, id, effect)| {
                Some(Stored { value: state.message(&conversation, &id)?, effect })
            }),
            ..committed
        }
    }

    fn write(self, state: &mut State) {
        state.profile_changes += u64::from(self.agent.is_some() || self.user.is_some());
        if let Some(agent) = self.agent {
            state.agents.insert(agent.value.id.clone(), agent.value);
        }
        if let Some(user) = self.user {
            state.users.insert(user.value.id.clone(), user.value);
        }
        if let Some(Stored { value, .. }) = self.conversation {
            match state.threads.entry(value.id.clone()) {
                Entry::Occupied(mut thread) => thread.get_mut().conversation = value,
                Entry::Vacant(place) => {
                    place.insert(Thread::begin(value));
                }
            }
        }
        if let Some(Stored { value, effect: Effect::Created }) = self.message
            && let Some(thread) = state.threads.get_mut(&value.conversation)
        {
            thread.post(value, self.at);
        }
    }
}

impl State {
    /// Keeps what follows from a commit.
    fn note(&mut self, follow: Consequences, at: Timestamp) {
        follow.events.into_iter().for_each(|event| self.log.append(event));
        let of_user = self.live_conversations_of(follow.tell_of_user.as_ref());
        let told: BTreeSet<_> = follow.tell_of.into_iter().chain(of_user).collect();
        for id in told {
            outbox::note_change(&mut self.outbox, id, at);
        }
    }

    fn live_conversations_of(&self, user: Option<&UserId>) -> Vec<ConversationId> {
        let Some(user) = user else { return Vec::new() };
        let conversations = self.threads.values().map(|thread| &thread.conversation);
        let live = conversations.filter(|matter| matter.user == *user && matter.status.is_live());
        live.map(|matter| matter.id.clone()).collect()
    }
}

fn unless_stored<T: Clone>(stored: Option<&T>, new: T) -> Stored<T> {
    match stored {
        Some(stored) => Stored { value: stored.clone(), effect: Effect::Unchanged },
        None => Stored { value: new, effect: Effect::Created },
    }
}

fn updated<T>(changed: bool, value: T) -> Stored<T> {
    Stored { value, effect: if changed { Effect::Updated } else { Effect::Unchanged } }
}

fn created<T>(stored: Stored<T>) -> Stored<T> {
    Stored { effect: Effect::Created, ..stored }
}
