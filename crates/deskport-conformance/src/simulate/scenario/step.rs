//! One step of a scenario, and how it is written.

use std::fmt;

/// Which side of the chat somebody is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Writes in the Messenger.
    User,
    /// Works in the helpdesk.
    Agent,
}

/// One thing that happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Somebody is there from now on.
    Enter {
        /// Which side.
        role: Role,
        /// A word.
        name: String,
        /// The e-mail address.
        email: String,
    },
    /// An end user does something in the Messenger.
    User(String, UserAct),
    /// Fin does something.
    Fin(FinAct),
    /// A person in the helpdesk does something there.
    Agent(String, AgentAct),
    /// So many answers to what Fin writes never reach it.
    AnswersLost(u32),
    /// So many notifications find Fin unable to take them.
    NotificationsRefused(u32),
    /// The token that Fin holds is no longer good.
    TokenExpires,
    /// Nothing happens for a while.
    MinutesPass(u32),
    /// What Fin believes is compared with what the helpdesk holds.
    Compare,
}

/// What an end user does in the Messenger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UserAct {
    /// Begins a conversation.
    Starts(String),
    /// Writes on in the conversation.
    Says(String),
    /// Reads what was written.
    Reads,
}

/// What Fin does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FinAct {
    /// Answers.
    Says(String),
    /// Gives the conversation a title.
    Titles(String),
    /// Gives the conversation tags.
    Tags(Vec<String>),
    /// Sets the status.
    Marks(String),
    /// Gives the conversation to a person.
    HandsOver,
    /// Goes on with this end user's conversation.
    TurnsTo(String),
}

/// What a person does in the helpdesk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AgentAct {
    /// Answers.
    Replies(String),
    /// Writes a private note.
    Notes(String),
    /// Types.
    Types,
    /// Takes the conversation.
    TakesOver,
    /// Gives the conversation to Fin.
    GivesBack,
    /// Closes the conversation.
    Closes,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Enter { role: Role::User, name, email } => write!(f, "user {name} {email}"),
            Self::Enter { role: Role::Agent, name, email } => write!(f, "agent {name} {email}"),
            Self::User(name, act) => write!(f, "{name} {act}"),
            Self::Fin(act) => write!(f, "Fin {act}"),
            Self::Agent(name, act) => write!(f, "{name} {act}"),
            Self::AnswersLost(1) => f.write_str("the next answer is lost"),
            Self::AnswersLost(count) => write!(f, "the next {count} answers are lost"),
            Self::NotificationsRefused(1) => f.write_str("the next notification is refused"),
            Self::NotificationsRefused(count) => write!(f, "the next {count} notifications are refused"),
            Self::TokenExpires => f.write_str("the token expires"),
            Self::MinutesPass(1) => f.write_str("1 minute passes"),
            Self::MinutesPass(count) => write!(f, "{count} minutes pass"),
            Self::Compare => f.write_str("compare"),
        }
    }
}

impl fmt::Display for UserAct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Starts(text) => write!(f, "starts: {text}"),
            Self::Says(text) => write!(f, "says: {text}"),
            Self::Reads => f.write_str("reads"),
        }
    }
}

impl fmt::Display for FinAct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Says(text) => write!(f, "says: {text}"),
            Self::Titles(text) => write!(f, "titles: {text}"),
            Self::Tags(tags) => write!(f, "tags: {}", tags.join(", ")),
            Self::Marks(status) => write!(f, "marks: {status}"),
            Self::HandsOver => f.write_str("hands over"),
            Self::TurnsTo(name) => write!(f, "turns to {name}"),
        }
    }
}

impl fmt::Display for AgentAct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Replies(text) => write!(f, "replies: {text}"),
            Self::Notes(text) => write!(f, "notes: {text}"),
            Self::Types => f.write_str("types"),
            Self::TakesOver => f.write_str("takes over"),
            Self::GivesBack => f.write_str("gives back"),
            Self::Closes => f.write_str("closes"),
        }
    }
}
