//! The OpenAPI schemas know every member of every published example.

use deskport_wire::{
    Attachment, AuthorBasic, CreateConversation, CreateMessage, CreateUser, GetConversation, GetMessages,
    GetUser, InitialMessage, UpdateConversation, UpdateUser, UserBasic,
    received::{AgentP, AgentR, ConversationR, EndUser, MessageR},
};
use serde_json::Value;
use utoipa::PartialSchema;

use crate::support::golden_tree;

/// Members that are ignored, and so are in no schema.
const UNREAD: [&str; 2] = ["/initial_message/conversation_id", "/user/user_type"];

/// Each member of the object at `path` of a golden file is a property of `T`'s schema.
fn knows<T: PartialSchema>(name: &str, path: &str) {
    let schema = serde_json::to_value(T::schema()).unwrap();
    let example = golden_tree(name);
    let Some(Value::Object(members)) = example.pointer(path) else {
        panic!("{name} has no object at {path}")
    };
    for member in members.keys().filter(|member| {
        let path = format!("{path}/{member}");
        !UNREAD.iter().any(|unread| path.contains(unread))
    }) {
        assert!(schema["properties"].get(member).is_some(), "{name}: {path}/{member}");
    }
}

#[test]
fn every_member_of_a_published_request_is_in_its_schema() {
    knows::<GetUser>("p_get_user.request", "");
    knows::<GetConversation>("p_get_conversation.request", "");
    knows::<GetMessages>("p_get_messages.request", "");
    knows::<UpdateUser>("r_update_user.request", "");
    knows::<CreateUser>("p_create_user.request", "");
    knows::<UpdateConversation>("p_update_conversation.request", "");
    knows::<UserBasic>("p_update_conversation.request", "/user");
    knows::<CreateMessage>("r_create_message.request", "");
    knows::<CreateMessage>("p_create_message.request", "");
    knows::<AuthorBasic>("r_create_message.request", "/author");
    knows::<Attachment>("r_create_message.request", "/attachments/0");
    for name in ["r_create_conversation.request", "p_create_conversation.request"] {
        knows::<CreateConversation>(name, "");
        knows::<InitialMessage>(name, "/initial_message");
    }
}

#[test]
fn every_member_of_a_published_answer_is_in_its_schema() {
    knows::<EndUser>("r_get_user.answer", "");
    knows::<AgentR>("r_get_agents.answer", "/0");
    knows::<AgentP>("p_get_agents.answer", "/data/0");
    knows::<ConversationR>("r_get_conversation.answer", "");
    knows::<MessageR>("r_create_message.answer", "");
}
