//! The bodies of Fin's requests, with just the members that the pages of each variant list.

use deskport_wire::Variant;
use serde_json::{Value, json};

/// Someone who writes messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The helpdesk's id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The e-mail address.
    pub email: String,
    /// `end_user` or `agent`.
    pub user_type: &'static str,
}

impl Person {
    /// How a request names the author of a message.
    pub fn as_author(&self, variant: Variant) -> Value {
        match variant {
            Variant::R => json!({"id": self.id, "user_type": self.user_type}),
            Variant::P => json!({
                "id": self.id, "user_type": self.user_type, "name": self.name, "email": self.email,
            }),
        }
    }

    /// The object `user` in variant P's requests about conversations.
    pub fn as_user(&self) -> Value {
        json!({"id": self.id, "name": self.name, "email": self.email, "user_type": self.user_type})
    }
}

/// A message, from Fin's point of view.
#[derive(Debug, Clone)]
pub struct NewMessage<'a> {
    /// Who wrote it.
    pub author: &'a Person,
    /// HTML.
    pub body: &'a str,
    /// Fin's own id of it.
    pub object_id: String,
    /// When it was written.
    pub created_at: String,
}

impl NewMessage<'_> {
    /// The message as it stands in both create requests.
    pub fn to_input(&self, variant: Variant) -> Value {
        let mut input = json!({
            "message_type": "comment",
            "body": self.body,
            "author": self.author.as_author(variant),
            "visibility": "public",
            "object_id": self.object_id,
            "attachments": [],
        });
        if variant == Variant::R {
            input["created_at"] = json!(self.created_at);
        }
        input
    }
}

/// Creates an end user.
pub fn create_user(name: &str, email: &str, object_id: &str) -> Value {
    json!({"name": name, "email": email, "object_id": object_id})
}

/// Loads an end user.
pub fn get_user(user_id: &str) -> Value {
    json!({"user_id": user_id})
}

/// Stores attributes of an end user.
pub fn update_user(user_id: &str, attributes: &Value) -> Value {
    json!({"user_id": user_id, "attributes": attributes})
}

/// Loads a conversation.
pub fn get_conversation(conversation_id: &str) -> Value {
    json!({"conversation_id": conversation_id})
}

/// Lists the messages of a conversation, the newer ones if `after_id` is given.
pub fn get_messages(conversation_id: &str, after_id: Option<&str>) -> Value {
    let mut body = json!({"conversation_id": conversation_id});
    if let Some(after_id) = after_id {
        body["after_id"] = json!(after_id);
    }
    body
}

/// Updates a conversation with `members`.
pub fn update_conversation(conversation_id: &str, members: &Value) -> Value {
    let mut body = json!({"conversation_id": conversation_id});
    for (name, value) in members.as_object().into_iter().flatten() {
        body[name] = value.clone();
    }
    body
}

/// Creates a conversation of `user` with its first message.
pub fn create_conversation(
    variant: Variant,
    user: &Person,
    title: &str,
    object_id: &str,
    message: &NewMessage<'_>,
) -> Value {
    let mut body =
        json!({"title": title, "object_id": object_id, "initial_message": message.to_input(variant)});
    match variant {
        Variant::R => body["user_id"] = json!(user.id),
        Variant::P => body["user"] = user.as_user(),
    }
    body
}

/// Stores a message.
pub fn create_message(variant: Variant, conversation_id: &str, message: &NewMessage<'_>) -> Value {
    let mut body = message.to_input(variant);
    body["conversation_id"] = json!(conversation_id);
    body
}

/// Gives a create conversation request the conversation's `attributes`, where each variant has them.
pub fn put_conversation_attributes(variant: Variant, body: &mut Value, attributes: &Value) {
    match variant {
        Variant::R => body["initial_message"]["attributes"] = attributes.clone(),
        Variant::P => body["attributes"] = attributes.clone(),
    }
}
