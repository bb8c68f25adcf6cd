//! What holds for all input.

use deskport_domain::{Attributes, Number, Text, Timestamp, Value};
use deskport_wire::{
    CreateConversation, CreateMessage, CreateUser, GetConversation, GetMessages, GetUser, Limits,
    TimestampText, UpdateConversation, UpdateUser, parse, parse_timestamp,
};
use proptest::prelude::*;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// Reads `json` as each request and converts what can be read.
fn read_as_everything(json: &[u8]) {
    let limits = Limits::default();
    drop(parse::<GetUser>(json).map(GetUser::into_domain));
    drop(parse::<UpdateUser>(json).map(UpdateUser::into_domain));
    drop(parse::<CreateUser>(json).map(CreateUser::into_domain));
    drop(parse::<GetConversation>(json).map(GetConversation::into_domain));
    drop(parse::<UpdateConversation>(json).map(UpdateConversation::into_domain));
    drop(parse::<CreateConversation>(json).map(|request| request.into_domain(limits)));
    drop(parse::<GetMessages>(json).map(GetMessages::into_domain));
    drop(parse::<CreateMessage>(json).map(|request| request.into_domain(limits)));
}

/// JSON of any value, made of the names and words that requests know.
fn json() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "null",
        "true",
        "1",
        "-7",
        "1.5",
        "1e999",
        r#""""#,
        r#""comment""#,
        r#""agent""#,
        r#""end_user""#,
        r#""public""#,
        r#""open""#,
        r#""2025-10-27T14:35:00.000Z""#,
        r#""https://a""#,
        r#""user_1""#,
        r#""\ud83d""#,
        r#""\u0000<p>""#,
        r#""ä b""#,
        "[",
        "}",
    ]);
    let name = prop::sample::select(vec![
        "conversation_id",
        "message_type",
        "body",
        "author",
        "id",
        "user_type",
        "visibility",
        "created_at",
        "object_id",
        "attachments",
        "url",
        "filename",
        "filetype",
        "user",
        "user_id",
        "name",
        "email",
        "photo_url",
        "attributes",
        "title",
        "tags",
        "status",
        "assignee_id",
        "last_user_read_at",
        "initial_message",
        "after_id",
        "else",
    ]);
    word.prop_map(str::to_owned).prop_recursive(6, 200, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|list| format!("[{}]", list.join(","))),
            prop::collection::vec((name.clone(), inner), 0..10).prop_map(|members| {
                let members: Vec<_> =
                    members.into_iter().map(|(name, value)| format!(r#""{name}":{value}"#)).collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    })
}

fn attribute() -> impl Strategy<Value = Value> {
    let text = any::<String>().prop_map(|text| Value::Text(text.into()));
    let float = any::<f64>().prop_filter("JSON has finite numbers only", |float| float.is_finite());
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(|number| Value::Number(Number::Signed(number))),
        (i64::MAX as u64 + 1..).prop_map(|number| Value::Number(Number::Unsigned(number))),
        float.prop_map(|number| Value::Number(Number::Float(number))),
        text,
    ];
    leaf.prop_recursive(4, 50, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::List),
            prop::collection::btree_map(any::<String>(), inner, 0..5).prop_map(|members| Value::Object(
                members.into_iter().map(|(name, value)| (Text::from(name), value)).collect()
            )),
        ]
    })
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in any::<Vec<u8>>()) {
        read_as_everything(&bytes);
    }

    #[test]
    fn any_json_is_read_or_refused(json in json()) {
        read_as_everything(json.as_bytes());
    }

    #[test]
    fn a_cut_request_is_read_or_refused(json in json(), cut in any::<prop::sample::Index>()) {
        read_as_everything(&json.as_bytes()[..cut.index(json.len() + 1)]);
    }

    #[test]
    fn any_moment_comes_back_from_its_text(millis in Timestamp::MIN.as_millis()..=Timestamp::MAX.as_millis()) {
        let moment = Timestamp::from_millis(millis).unwrap();
        let text = TimestampText::from(moment);
        prop_assert_eq!(text.as_str().len(), 24);
        prop_assert_eq!(parse_timestamp(text.as_str()), Some(moment));
        // Second opinion on the calendar.
        let nanos = i128::from(millis.div_euclid(1000) * 1000) * 1_000_000;
        let seconds = OffsetDateTime::from_unix_timestamp_nanos(nanos).unwrap().format(&Rfc3339).unwrap();
        prop_assert_eq!(&text.as_str()[..19], seconds.trim_end_matches('Z'));
    }

    #[test]
    fn any_attributes_come_back_from_their_json(value in attribute(), name in any::<String>()) {
        let mut attributes = Attributes::default();
        attributes.insert(name.into(), value);
        let json = serde_json::to_string(&deskport_wire::AttributesRef(&attributes)).unwrap();
        let back: deskport_wire::Attributes = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(back.0, attributes);
    }
}
