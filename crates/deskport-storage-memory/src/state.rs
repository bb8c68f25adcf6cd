//! Everything that is stored, and how to look it up.

use std::collections::HashMap;

use deskport_domain::{
    Agent, AgentId, Author, AuthorId, AuthoredMessage, ConversationDetails, ConversationId, EndUser,
    MessageId, UserId,
};
use deskport_ports::{Client, Digest, MessagePage, Token};

use crate::{
    log::Log,
    outbox::Row,
    thread::{Slice, Thread},
};

/// Everything that is stored.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) agents: HashMap<AgentId, Agent>,
    pub(crate) users: HashMap<UserId, EndUser>,
    pub(crate) threads: HashMap<ConversationId, Thread>,
    pub(crate) tokens: HashMap<Digest, Token>,
    pub(crate) clients: HashMap<String, Client>,
    pub(crate) log: Log,
    pub(crate) outbox: HashMap<ConversationId, Row>,
    /// How often somebody's profile may have changed.
    pub(crate) profile_changes: u64,
    /// How often somebody was forgotten.
    pub(crate) erasures: u64,
}

impl State {
    /// A conversation with its user and assignee as they are now.
    pub(crate) fn details(&self, id: &ConversationId) -> Option<ConversationDetails> {
        let conversation = self.threads.get(id)?.conversation.clone();
        let user = self.users.get(&conversation.user)?.clone();
        let assignee = conversation.assignee.as_ref().and_then(|id| self.agents.get(id)).cloned();
        Some(ConversationDetails { conversation, user, assignee })
    }

    /// A message with its author as it is now.
    pub(crate) fn message(&self, conversation: &ConversationId, id: &MessageId) -> Option<AuthoredMessage> {
        let message = self.threads.get(conversation)?.message(id)?.clone();
        let author = self.author(&message.author)?;
        Some(AuthoredMessage { message, author })
    }

    /// Some messages with their authors as they are now.
    pub(crate) fn page(&self, slice: Slice) -> MessagePage {
        let authors = slice.authors().into_iter().filter_map(|id| self.author(id)).collect();
        MessagePage { messages: slice.messages, authors, next: slice.next }
    }

    /// An author as it is now.
    pub(crate) fn author(&self, id: &AuthorId) -> Option<Author> {
        match id {
            AuthorId::EndUser(id) => self.users.get(id).cloned().map(Author::EndUser),
            AuthorId::Agent(id) => self.agents.get(id).cloned().map(Author::Agent),
        }
    }
}
