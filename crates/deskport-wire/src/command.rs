//! What requests ask for: the domain's commands. Being renamed: use the domain's names directly
//! (`CreateUser`, `UpdateUser`, `CreateConversation`, `PostMessage`, `UpdateConversation`,
//! `ListMessages`) and remove this file. `created_at` is optional: the use case knows the clock,
//! so no conversion takes `now`.

pub use deskport_domain::{
    ConversationUser, CreateConversation as NewConversation, CreateUser as NewUser, FirstMessage, GivenUser,
    ListMessages as MessageQuery, PostMessage as NewMessage, UpdateConversation as ConversationChange,
    UpdateUser as UserChange,
};
