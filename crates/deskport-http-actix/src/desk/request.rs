//! What the desk asks for: its JSON as the domain's commands. These forms serve this face only.

mod agent;
mod conversation;
mod message;
mod user;

pub(crate) use self::{
    agent::{AgentProfile, Typing},
    conversation::{ConversationChange, NewConversation},
    message::NewMessage,
    user::UserProfile,
};
