//! Every fault of a request is told, by the path of its field and in plain words.

use deskport_wire::{
    CreateConversation, CreateMessage, CreateUser, GetConversation, GetMessages, GetUser, Invalid, Limits,
    ParseError, UpdateConversation, UpdateUser, parse,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const NO_ID: &str = "an id has 1 to 128 visible ASCII characters";
const NO_TIME: &str = "must be a time as ISO 8601 has it, such as 2025-10-27T14:35:00.000Z";
const NO_HTTPS: &str = "must be an absolute https address without spaces or control characters";
const NO_CONTENT: &str = "a message needs a body with something to show, or an attachment";

/// What is wrong with `json`, read as a `T` and converted by `convert`.
fn faults<T: DeserializeOwned, U>(
    json: &Value,
    convert: impl Fn(T) -> Result<U, Invalid>,
) -> Vec<(String, String)> {
    let invalid = match parse::<T>(json.to_string().as_bytes()) {
        Ok(request) => convert(request).err().unwrap_or(Invalid { errors: vec![] }),
        Err(ParseError::Invalid(invalid)) => invalid,
        Err(other) => panic!("{other}"),
    };
    invalid.errors.into_iter().map(|error| (error.field, error.reason)).collect()
}

fn message_faults(json: &Value) -> Vec<(String, String)> {
    faults(json, |request: CreateMessage| request.into_domain(Limits { message_body_bytes: 100 }))
}

fn conversation_faults(json: &Value) -> Vec<(String, String)> {
    faults(json, |request: CreateConversation| request.into_domain(Limits::default()))
}

fn update_faults(json: &Value) -> Vec<(String, String)> {
    faults(json, UpdateConversation::into_domain)
}

fn pairs<const N: usize>(expected: [(&str, &str); N]) -> Vec<(String, String)> {
    expected.map(|(field, reason)| (field.to_owned(), reason.to_owned())).to_vec()
}

/// A message with nothing wrong, but for the member `name`.
fn message_but(name: &str, value: Value) -> Value {
    let mut message = json!({
        "conversation_id": "conv_456", "body": "Hi", "author": {"id": "user_1", "user_type": "end_user"},
    });
    message[name] = value;
    message
}

#[test]
fn each_wrong_field_of_a_message_is_named() {
    for (name, value, field, reason) in [
        ("conversation_id", Value::Null, "conversation_id", "is missing"),
        ("conversation_id", json!(""), "conversation_id", NO_ID),
        ("conversation_id", json!("ä"), "conversation_id", NO_ID),
        ("conversation_id", json!(1.5), "conversation_id", "must be text or a whole number"),
        ("message_type", json!("note"), "message_type", "must be comment"),
        ("message_type", json!(1), "message_type", "must be text"),
        ("body", Value::Null, "body", NO_CONTENT),
        ("body", json!(""), "body", NO_CONTENT),
        ("body", json!(["Hi"]), "body", "must be text"),
        ("body", json!("x".repeat(101)), "body", "must not be longer than 100 bytes"),
        ("author", Value::Null, "author", "is missing"),
        ("author", json!("user_1"), "author", "must be an object"),
        ("author", json!(["user_1", "end_user"]), "author", "must be an object"),
        ("author", json!({"user_type": "agent"}), "author.id", "is missing"),
        ("author", json!({"user_type": "agent", "id": ""}), "author.id", NO_ID),
        ("author", json!({"user_type": "agent", "id": {}}), "author.id", "must be text or a whole number"),
        ("author", json!({"id": "user_1"}), "author.user_type", "is missing"),
        (
            "author",
            json!({"id": "user_1", "user_type": "bot"}),
            "author.user_type",
            "must be end_user or agent",
        ),
        ("author", json!({"id": "user_1", "user_type": true}), "author.user_type", "must be text"),
        ("visibility", json!("secret"), "visibility", "must be public or private"),
        ("visibility", json!({}), "visibility", "must be text"),
        ("created_at", json!("yesterday"), "created_at", NO_TIME),
        ("created_at", json!("+10000-01-01T00:00:00Z"), "created_at", NO_TIME),
        ("created_at", json!(1_761_575_400), "created_at", "must be text"),
        ("object_id", json!(false), "object_id", "must be text or a whole number"),
        ("attachments", json!({}), "attachments", "must be a list of objects"),
        ("attachments", json!([null]), "attachments[0]", "must be an object"),
        ("attachments", json!([{"filename": "a"}]), "attachments[0].url", "is missing"),
        ("attachments", json!([{"url": "https://a"}, {"url": "http://a"}]), "attachments[1].url", NO_HTTPS),
        ("attachments", json!([{"url": 1}]), "attachments[0].url", "must be text"),
        (
            "attachments",
            json!([{"url": "https://a", "filename": 1}]),
            "attachments[0].filename",
            "must be text",
        ),
        ("attachments", json!(vec![json!({}); 101]), "attachments", "a message has at most 100 attachments"),
    ] {
        let json = message_but(name, value);
        assert_eq!(message_faults(&json), pairs([(field, reason)]), "{json}");
    }
}

#[test]
fn all_wrong_fields_of_a_message_are_told_at_once() {
    let json = json!({
        "message_type": "note", "visibility": "secret", "created_at": "", "author": {},
        "attachments": [{}, {"url": "https://a"}, {"url": ""}],
    });
    let expected = pairs([
        ("conversation_id", "is missing"),
        ("message_type", "must be comment"),
        ("author.id", "is missing"),
        ("author.user_type", "is missing"),
        ("attachments[0].url", "is missing"),
        ("attachments[2].url", NO_HTTPS),
        ("visibility", "must be public or private"),
        ("created_at", NO_TIME),
    ]);
    assert_eq!(message_faults(&json), expected);
}

#[test]
fn a_new_conversation_names_the_fields_of_its_first_message_by_their_path() {
    let json = json!({"user_id": "user_1", "initial_message": {"author": {"id": "x y"}, "visibility": "?"}});
    let expected = pairs([
        ("initial_message.author.id", NO_ID),
        ("initial_message.author.user_type", "is missing"),
        ("initial_message.body", NO_CONTENT),
        ("initial_message.visibility", "must be public or private"),
    ]);
    assert_eq!(conversation_faults(&json), expected);
    let json = json!({"user_id": "user_1", "initial_message": {"attachments": [{"url": []}]}});
    assert_eq!(conversation_faults(&json), pairs([("initial_message.attachments[0].url", "must be text")]));
}

#[test]
fn each_wrong_field_of_a_new_conversation_is_named() {
    let first = json!({"body": "Hi", "author": {"id": "user_1", "user_type": "end_user"}});
    for (json, expected) in [
        (json!({}), pairs([("user_id", "is missing"), ("initial_message", "is missing")])),
        (json!({"user_id": "u", "initial_message": []}), pairs([("initial_message", "must be an object")])),
        (json!({"user_id": "", "initial_message": first}), pairs([("user_id", NO_ID)])),
        (json!({"user": {}, "initial_message": first}), pairs([("user.id", "is missing")])),
        (json!({"user": {"id": ""}, "initial_message": first}), pairs([("user.id", NO_ID)])),
        (json!({"user": {"name": 1}}), pairs([("user.name", "must be text")])),
        (json!({"user": {"attributes": 1}}), pairs([("user.attributes", "must be an object")])),
        (json!({"user": []}), pairs([("user", "must be an object")])),
        (json!({"title": 1}), pairs([("title", "must be text")])),
        (json!({"attributes": []}), pairs([("attributes", "must be an object")])),
        (json!({"object_id": []}), pairs([("object_id", "must be text or a whole number")])),
    ] {
        assert_eq!(conversation_faults(&json), expected, "{json}");
    }
}

#[test]
fn each_wrong_field_of_an_update_is_named() {
    for (name, value, field, reason) in [
        ("conversation_id", json!(""), "conversation_id", NO_ID),
        ("status", json!("done"), "status", "must be open, resolved, closed or ended"),
        ("status", json!(1), "status", "must be text"),
        ("assignee_id", json!(""), "assignee_id", NO_ID),
        ("assignee_id", json!([]), "assignee_id", "must be text or a whole number"),
        ("last_user_read_at", json!(""), "last_user_read_at", NO_TIME),
        ("last_user_read_at", json!(1), "last_user_read_at", "must be text"),
        ("title", json!({}), "title", "must be text"),
        ("tags", json!("pricing"), "tags", "must be a list"),
        ("tags", json!(["pricing", 1]), "tags[1]", "must be text"),
        ("attributes", json!("x"), "attributes", "must be an object"),
        ("user", json!("user_1"), "user", "must be an object"),
        ("user", json!({"id": ""}), "user.id", NO_ID),
        ("user", json!({"email": []}), "user.email", "must be text"),
        ("user", json!({"photo_url": 1}), "user.photo_url", "must be text"),
    ] {
        let mut json = json!({"conversation_id": "conv_456"});
        json[name] = value;
        assert_eq!(update_faults(&json), pairs([(field, reason)]), "{json}");
    }
    let json = json!({"status": "", "assignee_id": "", "last_user_read_at": "", "user": {"id": ""}});
    let fields: Vec<_> = update_faults(&json).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["conversation_id", "status", "assignee_id", "last_user_read_at", "user.id"]);
}

#[test]
fn each_wrong_field_of_the_small_requests_is_named() {
    let none = json!({});
    assert_eq!(faults(&none, GetUser::into_domain), pairs([("user_id", "is missing")]));
    assert_eq!(faults(&none, UpdateUser::into_domain), pairs([("user_id", "is missing")]));
    assert_eq!(faults(&none, GetConversation::into_domain), pairs([("conversation_id", "is missing")]));
    assert_eq!(faults(&none, GetMessages::into_domain), pairs([("conversation_id", "is missing")]));
    let create = |request: CreateUser| Ok::<_, Invalid>(request.into_domain());
    assert_eq!(faults(&none, create), []);
    assert_eq!(faults(&json!({"email": 1}), create), pairs([("email", "must be text")]));
    assert_eq!(faults(&json!({"attributes": 1}), create), pairs([("attributes", "must be an object")]));
}

#[test]
fn a_request_that_is_no_object_is_named_by_no_field() {
    for json in [json!([]), json!(null), json!("x"), json!(1)] {
        assert_eq!(message_faults(&json), pairs([("", "must be an object")]), "{json}");
    }
}

#[test]
fn a_reason_never_quotes_the_value() {
    let json = json!({"title": ["secret, expected secret"], "tags": {"secret": 1}});
    assert!(update_faults(&json).iter().all(|(_, reason)| !reason.contains("secret")));
}
