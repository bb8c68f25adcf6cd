//! Conversations: one end user's matter, from the first message to the end.

use crate::{Agent, AgentId, Attributes, ConversationId, EndUser, Patch, Text, Timestamp, UserId};

/// One matter of one end user.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversation {
    /// The helpdesk's id of the conversation.
    pub id: ConversationId,
    /// Whose conversation it is.
    pub user: UserId,
    /// Where it stands.
    pub status: Status,
    /// What it is about.
    pub title: Option<Text>,
    /// Labels, in the order in which they were given.
    pub tags: Vec<Text>,
    /// What else is known of it.
    pub attributes: Attributes,
    /// Who looks after it. Nobody means that a person must take over.
    pub assignee: Option<AgentId>,
    /// Since when a person must take over: since the assignee was cleared, until there is one again.
    pub waiting_since: Option<Timestamp>,
    /// When the end user last read it.
    pub last_user_read_at: Option<Timestamp>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it last changed or got a message.
    pub updated_at: Timestamp,
}

/// Where a conversation stands (spec section 5.3). Any status may follow any other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Status {
    /// Live with the end user.
    #[default]
    Open,
    /// Solved by Fin.
    Resolved,
    /// Finished or archived.
    Closed,
    /// Ended by the end user or an agent.
    Ended,
}

/// A change of a conversation; each field has three states, the status two.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ConversationUpdate {
    /// Changes [`Conversation::title`].
    pub title: Patch<Text>,
    /// Replaces [`Conversation::tags`] as a whole.
    pub tags: Patch<Vec<Text>>,
    /// Merges into [`Conversation::attributes`].
    pub attributes: Patch<Attributes>,
    /// Changes [`Conversation::status`], which is never without a value.
    pub status: Option<Status>,
    /// Changes [`Conversation::assignee`]; clearing it is the handover to a person.
    pub assignee: Patch<AgentId>,
    /// Changes [`Conversation::last_user_read_at`].
    pub last_user_read_at: Patch<Timestamp>,
}

/// A conversation with those whom answers write out in full.
#[derive(Debug, Clone, PartialEq)]
pub struct ConversationDetails {
    /// The conversation.
    pub conversation: Conversation,
    /// Its end user.
    pub user: EndUser,
    /// Its assignee, if it has one.
    pub assignee: Option<Agent>,
}

impl Conversation {
    /// An open conversation about nothing yet.
    pub fn begin(id: ConversationId, user: UserId, at: Timestamp) -> Self {
        Self {
            id,
            user,
            status: Status::Open,
            title: None,
            tags: Vec::new(),
            attributes: Attributes::default(),
            assignee: None,
            waiting_since: None,
            last_user_read_at: None,
            created_at: at,
            updated_at: at,
        }
    }

    /// Applies `update` at the moment `at`; tells whether anything changed.
    ///
    /// ```
    /// use deskport_domain::{Conversation, ConversationId, ConversationUpdate, Patch, Timestamp, UserId};
    ///
    /// let mut matter =
    ///     Conversation::begin(ConversationId::derived("1"), UserId::derived("2"), Timestamp::EPOCH);
    /// let handover = ConversationUpdate { assignee: Patch::Clear, ..ConversationUpdate::default() };
    /// assert!(matter.apply(&handover, Timestamp::EPOCH), "a person must take over now");
    /// assert!(!matter.apply(&handover, Timestamp::EPOCH), "it waits already");
    /// ```
    pub fn apply(&mut self, update: &ConversationUpdate, at: Timestamp) -> bool {
        let status = update.status.unwrap_or(self.status);
        let changed = [
            update.title.apply_to(&mut self.title),
            update.tags.apply_or_default(&mut self.tags),
            self.attributes.apply(&update.attributes),
            std::mem::replace(&mut self.status, status) != status,
            self.assign(&update.assignee, at),
            update.last_user_read_at.apply_to(&mut self.last_user_read_at),
        ]
        .contains(&true);
        if changed {
            self.touch(at);
        }
        changed
    }

    /// Gives the conversation to somebody, or leaves it waiting for a person. Clearing an assignee
    /// that was never set is a handover too: Fin may leave without ever having been assigned.
    fn assign(&mut self, assignee: &Patch<AgentId>, at: Timestamp) -> bool {
        let waiting_since = match assignee {
            Patch::Keep => return false,
            Patch::Clear => Some(self.waiting_since.unwrap_or(at)),
            Patch::Set(_) => None,
        };
        let waited = std::mem::replace(&mut self.waiting_since, waiting_since);
        assignee.apply_to(&mut self.assignee) || waited != waiting_since
    }

    /// Notes that something happened here at the moment `at`: a change or a message.
    pub fn touch(&mut self, at: Timestamp) {
        self.updated_at = self.updated_at.max(at);
    }
}

impl Status {
    /// Whether the conversation goes on, so that changes around it still matter to Fin.
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Open | Self::Resolved)
    }
}
