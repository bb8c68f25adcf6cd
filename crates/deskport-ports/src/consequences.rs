//! What follows from a commit: events for the desk, and what Fin must be told.

use deskport_domain::{
    AuthorId, ConversationDetails, ConversationId, Event, EventId, EventKind, Message, Origin, Timestamp,
    UserId, Visibility,
};

use crate::{Committed, Effect, Stored};

/// What a store keeps beside a change, in the same transaction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Consequences {
    /// What to append to the event log, in this order.
    pub events: Vec<Event>,
    /// The conversation of which Fin must be told.
    pub tell_of: Option<ConversationId>,
    /// The end user all of whose live conversations ([`Status::is_live`](deskport_domain::Status::is_live))
    /// Fin must be told of.
    pub tell_of_user: Option<UserId>,
}

impl Consequences {
    /// What follows from the change `id` that `origin` made at the moment `at`, told by its outcome.
    ///
    /// What stayed as it was has no consequences. Fin is never told of its own changes (decision
    /// 26), nor of notes and agents.
    pub fn of(id: u128, origin: Origin, at: Timestamp, committed: &Committed) -> Self {
        let mut follow = Self::default();
        if let Some((agent, effect)) = effective(committed.agent.as_ref()) {
            let kind = either(effect, EventKind::AgentCreated, EventKind::AgentUpdated);
            follow.events.push(Event { agent: Some(agent.id.clone()), ..event(origin, at, kind) });
        }
        if let Some((user, effect)) = effective(committed.user.as_ref()) {
            let kind = either(effect, EventKind::UserCreated, EventKind::UserUpdated);
            follow.events.push(Event { user: Some(user.id.clone()), ..event(origin, at, kind) });
            follow.tell_of_user = (effect == Effect::Updated).then(|| user.id.clone());
        }
        if let Some((details, effect)) = effective(committed.conversation.as_ref()) {
            follow.note_conversation(details, effect, event(origin, at, EventKind::ConversationUpdated));
        }
        if let Some((authored, _)) = effective(committed.message.as_ref()) {
            follow.events.push(message_event(&authored.message, origin, at));
            if Self::is_told(origin, &authored.message) {
                follow.tell_of = Some(authored.message.conversation.clone());
            }
        }
        if origin == Origin::Fin {
            (follow.tell_of, follow.tell_of_user) = (None, None);
        }
        for (index, event) in (0..).zip(&mut follow.events) {
            event.id = EventId::of(id, index);
        }
        follow
    }

    /// What a new message is to those who follow the event log.
    pub fn kind_of(message: &Message) -> EventKind {
        match message.visibility {
            Visibility::Public => EventKind::MessageCreated,
            Visibility::Private => EventKind::NoteCreated,
        }
    }

    /// Whether Fin must be told of a new message.
    pub fn is_told(origin: Origin, message: &Message) -> bool {
        origin != Origin::Fin && message.visibility == Visibility::Public
    }

    fn note_conversation(&mut self, details: &ConversationDetails, effect: Effect, blank: Event) {
        let conversation = &details.conversation;
        let handed_over = effect == Effect::Updated && conversation.waiting_since == Some(blank.at);
        let told = Event {
            kind: either(effect, EventKind::ConversationCreated, EventKind::ConversationUpdated),
            conversation: Some(conversation.id.clone()),
            user: Some(conversation.user.clone()),
            agent: conversation.assignee.clone(),
            ..blank
        };
        let handover = Event { kind: EventKind::ConversationHandedOver, ..told.clone() };
        self.events.push(told);
        self.events.extend(handed_over.then_some(handover));
        self.tell_of = Some(conversation.id.clone());
    }
}

fn message_event(message: &Message, origin: Origin, at: Timestamp) -> Event {
    let (user, agent) = match &message.author {
        AuthorId::EndUser(id) => (Some(id.clone()), None),
        AuthorId::Agent(id) => (None, Some(id.clone())),
    };
    let kind = Consequences::kind_of(message);
    let (conversation, id) = (Some(message.conversation.clone()), Some(message.id.clone()));
    Event { conversation, message: id, user, agent, ..event(origin, at, kind) }
}

fn effective<T>(part: Option<&Stored<T>>) -> Option<(&T, Effect)> {
    part.filter(|stored| stored.effect != Effect::Unchanged).map(|stored| (&stored.value, stored.effect))
}

fn either(effect: Effect, created: EventKind, updated: EventKind) -> EventKind {
    if effect == Effect::Created { created } else { updated }
}

fn event(origin: Origin, at: Timestamp, kind: EventKind) -> Event {
    let id = EventId::of(0, 0);
    Event { id, at, origin, kind, conversation: None, message: None, user: None, agent: None }
}
