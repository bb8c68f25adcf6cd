//! What is accepted although no page promises it, and what is no JSON at all.

use deskport_domain::{Attributes, ConversationUser, Patch, UserId, UserUpdate, Value, Visibility};
use deskport_wire::{
    CreateConversation, CreateMessage, CreateUser, GetMessages, Limits, ParseError, UpdateConversation, parse,
};

const MESSAGE: &str = r#"{"conversation_id":7,"body":"Hi","author":{"id":8,"user_type":"end-user"},"object_id":9007199254740993}"#;

fn update(json: &str) -> deskport_domain::UpdateConversation {
    parse::<UpdateConversation>(json.as_bytes()).unwrap().into_domain().unwrap()
}

fn conversation(json: &str) -> deskport_domain::CreateConversation {
    parse::<CreateConversation>(json.as_bytes()).unwrap().into_domain(Limits::default()).unwrap()
}

/// Where `json` stops being JSON.
fn not_json(json: &[u8]) -> (usize, usize, String) {
    match parse::<CreateMessage>(json) {
        Err(ParseError::NotJson { line, column, reason }) => (line, column, reason),
        other => panic!("{other:?}"),
    }
}

#[test]
fn ids_may_be_whole_numbers() {
    let message = parse::<CreateMessage>(MESSAGE.as_bytes()).unwrap().into_domain(Limits::default()).unwrap();
    assert_eq!((message.conversation.as_str(), message.author.as_str()), ("7", "8"));
    assert_eq!(message.object_id.as_deref(), Some("9007199254740993"));
    assert_eq!(
        update(r#"{"conversation_id":1,"assignee_id":-2}"#).update.assignee.value().unwrap().as_str(),
        "-2"
    );
}

#[test]
fn null_and_empty_count_as_left_out_where_a_rule_can_make_sense_of_them() {
    let json = MESSAGE.replace(
        "9007199254740993",
        r#""","message_type":null,"visibility":null,"created_at":null,"attachments":null"#,
    );
    let message = parse::<CreateMessage>(json.as_bytes()).unwrap().into_domain(Limits::default()).unwrap();
    assert_eq!((message.object_id, message.visibility, message.created_at), (None, Visibility::Public, None));
    for after in ["null", r#""""#, r#""no id""#] {
        let json = format!(r#"{{"conversation_id":"1","after_id":{after}}}"#);
        assert_eq!(parse::<GetMessages>(json.as_bytes()).unwrap().into_domain().unwrap().after, None);
    }
}

#[test]
fn an_update_tells_absent_null_and_value_apart() {
    let nothing = update(r#"{"conversation_id":"1","status":null,"user":null}"#);
    assert_eq!(nothing.update, deskport_domain::ConversationUpdate::default());
    assert_eq!(nothing.user, None);
    let cleared = update(
        r#"{"conversation_id":"1","title":null,"tags":null,"attributes":null,"assignee_id":null,
            "last_user_read_at":null,"user":{"name":null,"email":null,"photo_url":null,"attributes":null}}"#,
    );
    assert_eq!((cleared.update.title, cleared.update.tags), (Patch::Clear, Patch::Clear));
    assert_eq!((cleared.update.attributes, cleared.update.assignee), (Patch::Clear, Patch::Clear));
    assert_eq!(cleared.update.last_user_read_at, Patch::Clear);
    let user = cleared.user.unwrap();
    assert_eq!(user.id, None);
    assert_eq!((user.update.name, user.update.email), (Patch::Clear, Patch::Clear));
    assert_eq!((user.update.photo_url, user.update.attributes), (Patch::Clear, Patch::Clear));
}

#[test]
fn what_was_unknown_and_null_at_creation_is_cleared() {
    let user = parse::<CreateUser>(br#"{"name":null,"object_id":""}"#).unwrap().into_domain();
    assert_eq!((user.object_id, user.update.name, user.update.email), (None, Patch::Clear, Patch::Keep));
}

#[test]
fn a_new_conversations_attributes_merge_and_those_at_the_top_win() {
    let conversation = conversation(
        r#"{"user_id":"1","attributes":{"a":"top","b":null},
            "initial_message":{"body":"Hi","author":{"id":"1","user_type":"agent"},
                               "attributes":{"a":"inner","b":"inner","c":"inner"}}}"#,
    );
    let expected: Attributes = [("a", "top"), ("c", "inner")].into_iter().collect();
    assert_eq!(conversation.attributes, expected);
}

#[test]
fn the_user_of_a_new_conversation_is_named_in_either_way() {
    let first = r#""initial_message":{"body":"Hi","author":{"id":"1","user_type":"agent"}}"#;
    let id = |raw| UserId::parse(raw).unwrap();
    for (whose, expected) in [
        (r#""user_id":"1""#, ConversationUser::Known(id("1"))),
        (r#""user_id":"1","user":null"#, ConversationUser::Known(id("1"))),
        (r#""user_id":"1","user":{}"#, ConversationUser::Given(id("1"), UserUpdate::default())),
        (r#""user_id":"1","user":{"id":"2"}"#, ConversationUser::Given(id("2"), UserUpdate::default())),
    ] {
        assert_eq!(conversation(&format!("{{{whose},{first}}}")).user, expected, "{whose}");
    }
}

#[test]
fn repeated_members_are_tolerated_and_the_last_one_wins() {
    let change = update(r#"{"conversation_id":"1","title":"a","title":"b","attributes":{"x":1,"x":2}}"#);
    assert_eq!(change.update.title, Patch::Set("b".into()));
    let Patch::Set(attributes) = change.update.attributes else { panic!() };
    assert_eq!(attributes.iter().count(), 1);
}

#[test]
fn unknown_members_and_profiles_of_authors_are_ignored_whatever_they_hold() {
    let json = MESSAGE
        .replace(r#""id":8"#, r#""id":8,"name":[1e999],"email":5"#)
        .replace("{\"conv", "{\"x\":{},\"conv");
    assert!(parse::<CreateMessage>(json.as_bytes()).is_ok());
}

#[test]
fn a_byte_order_mark_and_space_around_are_tolerated() {
    let json = format!("\u{feff} {MESSAGE}\r\n");
    assert!(parse::<CreateMessage>(json.as_bytes()).is_ok());
}

#[test]
fn half_a_surrogate_pair_becomes_the_replacement_character_anywhere() {
    let json =
        r#"{"conversation_id":"1","title":"a\ud83d","attributes":{"\udE00":["\ud83d\ude00","\\ud83d"]}}"#;
    let change = update(json).update;
    assert_eq!(change.title, Patch::Set("a\u{fffd}".into()));
    let Patch::Set(attributes) = change.attributes else { panic!() };
    let expected = Value::List(vec![Value::Text("😀".into()), Value::Text(r"\ud83d".into())]);
    assert_eq!(attributes.get("\u{fffd}"), Some(&expected));
}

#[test]
fn nul_becomes_the_replacement_character() {
    let change = update(r#"{"conversation_id":"1","title":"a\u0000b"}"#);
    assert_eq!(change.update.title, Patch::Set("a\u{fffd}b".into()));
}

#[test]
fn what_is_no_json_is_told_with_its_place() {
    for (json, place) in [
        (&b""[..], (1, 0, "the text ends within a value")),
        (b"{\"body\":\n \"x", (2, 3, "the text ends within a string")),
        (b"{} x", (1, 4, "trailing characters")),
        (b"{\"body\":1e999}", (1, 13, "number out of range")),
        (b"{\"title\":1,\n\"body\" 2}", (2, 8, "expected `:`")),
        (b"{\n\"body\":\"\xff\"}", (2, 9, "the text is not UTF-8")),
        (b"{\"unknown\":\"\xc0\x80\"}", (1, 13, "the text is not UTF-8")),
        (b"{'a':1}", (1, 2, "key must be a string")),
    ] {
        let (line, column, reason) = not_json(json);
        assert_eq!((line, column, reason.as_str()), place, "{}", String::from_utf8_lossy(json));
    }
}

#[test]
fn nesting_beyond_128_levels_is_no_json_and_no_stack_overflow() {
    let nested = |depth: usize| {
        format!(
            r#"{{"conversation_id":"1","attributes":{{"a":{}{}}}}}"#,
            "[".repeat(depth),
            "]".repeat(depth)
        )
    };
    assert!(parse::<UpdateConversation>(nested(100).as_bytes()).is_ok());
    for depth in [128, 100_000] {
        let error = parse::<UpdateConversation>(nested(depth).as_bytes()).unwrap_err();
        assert!(matches!(error, ParseError::NotJson { .. }), "{error}");
    }
    let unknown = format!(r#"{{"unknown":{}"#, "[".repeat(1_000_000));
    assert!(matches!(parse::<UpdateConversation>(unknown.as_bytes()), Err(ParseError::NotJson { .. })));
}
