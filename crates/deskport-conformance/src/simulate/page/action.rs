//! What can be done on the page.

use serde::Deserialize;

/// One click or one message.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Action {
    /// Somebody begins a conversation.
    Start { name: String, email: String, text: String },
    /// The end user writes.
    Say { text: String },
    /// Fin writes what was written for it.
    Fin { text: String },
    /// Whether Fin answers by itself.
    Auto { on: bool },
    /// Whether the next answer gets lost.
    Lose { on: bool },
    /// Fin's token is no longer good.
    Expire,
    /// Fin gives the conversation to a person.
    HandOver,
    /// The person in the helpdesk replies.
    Reply { text: String },
    /// The person writes a private note.
    Note { text: String },
    /// The person types.
    Typing,
    /// The person takes the conversation.
    TakeOver,
    /// The person gives it back to Fin.
    GiveBack,
    /// The person closes it.
    Close,
    /// Fin's belief is compared with the server.
    Compare,
    /// This conversation is in front.
    Open { chat: usize },
}
