//! What a helpdesk is: users, agents, conversations, messages, and the HTML rules.

pub mod html;

pub use html::MessageBody;
