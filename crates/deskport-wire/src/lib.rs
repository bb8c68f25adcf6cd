//! The JSON of the Fin Custom Helpdesk API, both published variants, to and from domain values.

pub mod command;

pub use command::{
    ConversationChange, ConversationUser, FirstMessage, GivenUser, MessageQuery, NewConversation, NewMessage,
    NewUser, UserChange,
};
