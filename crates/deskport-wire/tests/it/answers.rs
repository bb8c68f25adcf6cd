//! Each published answer is what the domain values of its example give, and is read back.

use deskport_domain::{
    Agent, Attachment, AttachmentUrl, Author, AuthorId, AuthoredMessage, Content, Conversation,
    ConversationDetails, ConversationId, EndUser, Message, MessageBody, MessageId, Status, Timestamp, UserId,
    Visibility,
};
use deskport_wire::{
    AuthorJson, Authored, CreatedConversation, MessageList, Variant,
    received::{self, AgentP, AgentR, ConversationR, CreatedConversationP, Envelope, MessageP, MessageR},
    to_json,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::support::{agent, billing, golden_tree, jane, moment, support_jane};

/// The tree that `answer` writes; `T` reads it too.
fn written<T: DeserializeOwned>(answer: &impl Serialize) -> Value {
    let json = to_json(answer);
    serde_json::from_slice::<T>(&json).unwrap();
    serde_json::from_slice(&json).unwrap()
}

fn message(id: &str, html: &str, author: Author, at: &str) -> AuthoredMessage {
    let body = MessageBody::reread(html.to_owned());
    let message = Message {
        id: MessageId::parse(id).unwrap(),
        conversation: ConversationId::parse("conv_456").unwrap(),
        author: author.id(),
        content: Content::new(Some(body), vec![]).unwrap(),
        visibility: Visibility::Public,
        created_at: moment(at),
    };
    AuthoredMessage { message, author }
}

fn the_seeds_message() -> AuthoredMessage {
    let html = "<p>Thank you for reaching out! I'd be happy to explain our pricing plans.</p>";
    let mut message = message("msg_001", html, Author::EndUser(jane()), "2025-10-27T14:35:00.000Z");
    let guide = Attachment {
        url: AttachmentUrl::parse("https://example.com/files/pricing-guide.pdf").unwrap(),
        filetype: Some("pdf".into()),
        filename: Some("Pricing Guide 2025".into()),
    };
    let body = message.message.content.body().cloned();
    message.message.content = Content::new(body, vec![guide]).unwrap();
    message
}

fn the_published_conversation() -> ConversationDetails {
    let conversation = Conversation {
        status: Status::Open,
        title: Some("Question about pricing plans".into()),
        tags: vec!["pricing".into(), "sales".into()],
        attributes: billing(),
        assignee: Some(support_jane().id),
        updated_at: moment("2025-10-27T15:45:00.000Z"),
        ..Conversation::begin(
            ConversationId::parse("conv_456").unwrap(),
            jane().id,
            moment("2025-10-27T14:30:00.000Z"),
        )
    };
    ConversationDetails { conversation, user: jane(), assignee: Some(support_jane()) }
}

/// A message of attachments only, by an agent of whom nothing is known.
fn a_bare_file() -> AuthoredMessage {
    let fin = Agent::unnamed(deskport_domain::AgentId::parse("agent_fin").unwrap(), Timestamp::EPOCH);
    let mut message = message("msg_1", "-", Author::Agent(fin), "2025-10-27T14:35:00.000Z");
    let url = AttachmentUrl::parse("https://example.com/a").unwrap();
    message.message.content =
        Content::new(None, vec![Attachment { url, filetype: None, filename: None }]).unwrap();
    message.message.visibility = Visibility::Private;
    message
}

#[test]
fn an_end_user_is_written_as_published() {
    let answer = written::<received::EndUser>(&Variant::R.answer(&jane()));
    assert_eq!(answer, golden_tree("r_get_user.answer"));
}

#[test]
fn an_end_user_in_an_envelope_has_attributes_and_error_beside_what_is_published() {
    let john = EndUser {
        name: Some("John Doe".into()),
        email: Some("john.doe@example.com".into()),
        photo_url: Some("https://example.com/avatars/john.jpg".into()),
        ..EndUser::unknown(UserId::parse("user_123").unwrap(), Timestamp::EPOCH)
    };
    let mut expected = golden_tree("p_get_user.answer");
    expected["error"] = Value::Null;
    expected["data"]["attributes"] = json!({});
    assert_eq!(written::<Envelope<received::EndUser>>(&Variant::P.answer(&john)), expected);
}

#[test]
fn an_unknown_end_user_keeps_every_member() {
    let nobody = EndUser::unknown(UserId::parse("user_1").unwrap(), Timestamp::EPOCH);
    assert_eq!(
        String::from_utf8(to_json(&Variant::R.answer(&nobody))).unwrap(),
        r#"{"id":"user_1","user_type":"end_user","name":null,"email":null,"photo_url":null,"attributes":{}}"#,
    );
}

#[test]
fn agents_are_written_as_published() {
    let sarah = agent(
        "agent_001",
        "Sarah Johnson",
        "sarah.johnson@company.com",
        "https://example.com/avatars/sarah.jpg",
        "Support Sarah",
    );
    let fin = agent(
        "agent_fin",
        "Fin AI Assistant",
        "fin@company.com",
        "https://example.com/avatars/fin.png",
        "Fin",
    );
    let agents = [sarah, fin];
    let answer = written::<Vec<AgentR>>(&Variant::R.answer(agents.as_slice()));
    assert_eq!(answer, golden_tree("r_get_agents.answer"));
}

#[test]
fn agents_in_an_envelope_have_an_error_beside_what_is_published() {
    let mut expected = golden_tree("p_get_agents.answer");
    expected["error"] = Value::Null;
    let agents = [support_jane()];
    assert_eq!(written::<Envelope<Vec<AgentP>>>(&Variant::P.answer(agents.as_slice())), expected);
}

#[test]
fn variant_p_knows_no_agent_without_name_and_email() {
    let AuthoredMessage { author, .. } = a_bare_file();
    let (r, p) = (to_json(&Variant::R.answer(&author)), to_json(&Variant::P.created(&author)));
    let r: AgentR = serde_json::from_slice(&r).unwrap();
    let p: AgentP = serde_json::from_slice(&p).unwrap();
    assert_eq!((r.name, r.email), (None, None));
    assert_eq!((p.name.as_str(), p.email.as_str()), ("", ""));
}

#[test]
fn a_conversation_is_written_as_published() {
    let answer = written::<ConversationR>(&Variant::R.answer(&the_published_conversation()));
    assert_eq!(answer, golden_tree("r_get_conversation.answer"));
}

#[test]
fn a_conversation_without_anything_keeps_every_member() {
    let user = EndUser::unknown(UserId::parse("user_1").unwrap(), Timestamp::EPOCH);
    let conversation =
        Conversation::begin(ConversationId::parse("conv_1").unwrap(), user.id.clone(), Timestamp::EPOCH);
    let details = ConversationDetails { conversation, user, assignee: None };
    let answer = written::<ConversationR>(&Variant::R.answer(&details));
    assert_eq!(
        (&answer["title"], &answer["tags"], &answer["attributes"], &answer["assignee"]),
        (&Value::Null, &json!([]), &json!({}), &Value::Null),
    );
}

#[test]
fn the_seeds_message_is_written_as_published() {
    let answer = written::<MessageR>(&Variant::R.created(&the_seeds_message()));
    assert_eq!(answer, golden_tree("r_create_message.answer"));
}

#[test]
fn messages_are_written_as_published_one_by_one() {
    let thanks = message(
        "msg_101",
        "<p>Thank you for reaching out! I'd be happy to help.</p>",
        Author::Agent(support_jane()),
        "2025-10-27T14:35:00.000Z",
    );
    let great = message(
        "msg_102",
        "<p>Great! Can you tell me about the Enterprise plan?</p>",
        Author::EndUser(jane()),
        "2025-10-27T14:37:00.000Z",
    );
    let mut json = Vec::new();
    let mut list = MessageList::begin(Variant::R, &mut json);
    list.push(&thanks, &mut json);
    list.push(&great, &mut json);
    list.end(&mut json);
    assert_eq!(serde_json::from_slice::<Vec<MessageR>>(&json).unwrap().len(), 2);
    let tree: Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(tree, golden_tree("r_get_messages.answer"));
}

#[test]
fn a_list_in_an_envelope_is_what_the_whole_answer_would_be() {
    let messages = [the_seeds_message(), a_bare_file()];
    let mut json = Vec::new();
    let mut list = MessageList::begin(Variant::P, &mut json);
    for message in &messages {
        list.push(message, &mut json);
    }
    list.end(&mut json);
    assert_eq!(json, to_json(&Variant::P.answer(messages.as_slice())));
    assert_eq!(serde_json::from_slice::<Envelope<Vec<MessageP>>>(&json).unwrap().data.len(), 2);
}

#[test]
fn an_author_who_is_written_once_is_written_as_with_each_message() {
    let messages = [
        the_seeds_message(),
        message("msg_1", "<p>Hi</p>", Author::Agent(support_jane()), "2025-10-27T12:00:00.000Z"),
    ];
    for variant in [Variant::R, Variant::P] {
        let (mut each, mut once) = (Vec::new(), Vec::new());
        let mut list = MessageList::begin(variant, &mut once);
        for AuthoredMessage { message, author } in &messages {
            list.push(&Authored { message, author: &AuthorJson::new(variant, author) }, &mut once);
        }
        list.end(&mut once);
        let mut list = MessageList::begin(variant, &mut each);
        for message in &messages {
            list.push(message, &mut each);
        }
        list.end(&mut each);
        assert_eq!(String::from_utf8(once), String::from_utf8(each));
    }
}

#[test]
fn no_body_is_empty_in_variant_r_and_null_in_variant_p() {
    let file = a_bare_file();
    let r = written::<MessageR>(&Variant::R.answer(&file));
    let p = written::<Envelope<MessageP>>(&Variant::P.answer(&file));
    assert_eq!((&r["body"], &p["data"]["body"]), (&json!(""), &Value::Null));
    let attachment = json!([{"url": "https://example.com/a", "filetype": null, "filename": null}]);
    assert_eq!((&r["attachments"], &p["data"]["attachments"]), (&attachment, &attachment));
    assert_eq!(r["visibility"], "private");
}

#[test]
fn variant_p_answers_a_create_in_both_readings() {
    let (conversation, message) = (the_published_conversation(), the_seeds_message());
    let both = CreatedConversation { conversation: &conversation, message: &message };
    let r = written::<received::CreatedConversationR>(&Variant::R.created(&both));
    let p = written::<received::Created<CreatedConversationP>>(&Variant::P.created(&both));
    assert_eq!(r["message"], golden_tree("r_create_message.answer"));
    assert_eq!(r["conversation"], golden_tree("r_get_conversation.answer"));
    assert_eq!(p["data"], json!({"conversation": p["conversation"], "message": p["message"]}));
    assert_eq!(p["conversation"]["assignee"]["alias_name"], "Support Jane");
    assert_eq!(p.as_object().unwrap().get("error"), Some(&Value::Null));
}

#[test]
fn an_author_is_told_by_its_type() {
    let read = |author: Author| -> MessageR {
        let message = message("msg_1", "-", author, "2025-10-27T14:35:00.000Z");
        serde_json::from_slice(&to_json(&Variant::R.answer(&message))).unwrap()
    };
    assert!(matches!(read(Author::EndUser(jane())).author, received::AuthorR::EndUser(_)));
    assert!(matches!(read(Author::Agent(support_jane())).author, received::AuthorR::Agent(_)));
    assert_eq!(Author::Agent(support_jane()).id(), AuthorId::Agent(support_jane().id));
}
