//! Each published request is understood, and prints back.

use deskport_domain::{
    Attachment, AttachmentUrl, AuthorId, ConversationUpdate, ConversationUser, GivenUser, MessageBody, Patch,
    Status, UserId, UserUpdate, Visibility,
};
use deskport_wire::{
    CreateConversation, CreateMessage, CreateUser, GetConversation, GetMessages, GetUser, Limits,
    UpdateConversation, UpdateUser, parse_or_default,
};

use crate::support::{billing, golden, moment, prints_back, profile, request};

const BODY: &str = "<p>Hi! I'd like to know more about your pricing plans.</p>";

fn user(id: &str) -> UserId {
    UserId::parse(id).unwrap()
}

fn janes_update() -> UserUpdate {
    UserUpdate {
        name: Patch::Set("Jane Doe".into()),
        email: Patch::Set("jane.doe@example.com".into()),
        photo_url: Patch::Set("https://example.com/avatars/jane.jpg".into()),
        attributes: Patch::Set(profile()),
    }
}

fn pricing_guide() -> Attachment {
    Attachment {
        url: AttachmentUrl::parse("https://example.com/files/pricing-guide.pdf").unwrap(),
        filetype: Some("pdf".into()),
        filename: Some("Pricing Guide 2025".into()),
    }
}

#[test]
fn every_published_request_prints_back() {
    const PROFILE: [&str; 3] = ["/author/name", "/author/email", "/author/photo_url"];
    prints_back::<GetUser>("p_get_user.request", &[]);
    prints_back::<UpdateUser>("r_update_user.request", &[]);
    prints_back::<UpdateUser>("p_update_user.request", &[]);
    prints_back::<CreateUser>("r_create_user.request", &[]);
    prints_back::<CreateUser>("p_create_user.request", &[]);
    prints_back::<GetConversation>("p_get_conversation.request", &[]);
    prints_back::<UpdateConversation>("r_update_conversation.request", &[]);
    prints_back::<UpdateConversation>("p_update_conversation.request", &["/user/user_type"]);
    prints_back::<GetMessages>("p_get_messages.request", &[]);
    prints_back::<CreateMessage>("r_create_message.request", &[]);
    prints_back::<CreateMessage>("p_create_message.request", &PROFILE);
    prints_back::<CreateConversation>("r_create_conversation.request", &["/initial_message/conversation_id"]);
    let unread = PROFILE.map(|member| format!("/initial_message{member}"));
    let unread: Vec<_> = unread.iter().map(String::as_str).chain(["/user/user_type"]).collect();
    prints_back::<CreateConversation>("p_create_conversation.request", &unread);
}

#[test]
fn a_published_load_names_the_object() {
    assert_eq!(request::<GetUser>("p_get_user.request").into_domain(), Ok(user("user_123")));
    let conversation = request::<GetConversation>("p_get_conversation.request").into_domain().unwrap();
    assert_eq!(conversation.as_str(), "conv_456");
    let query = request::<GetMessages>("p_get_messages.request").into_domain().unwrap();
    assert_eq!((query.conversation.as_str(), query.after.unwrap().as_str()), ("conv_456", "msg_101"));
}

#[test]
fn a_request_without_members_is_an_object_nothing_or_space() {
    for json in [golden("p_get_agents.request").as_str(), "", " \n"] {
        assert_eq!(parse_or_default::<GetUser>(json.as_bytes()), Ok(GetUser::default()), "{json:?}");
    }
}

#[test]
fn the_published_user_updates_change_attributes_only() {
    for name in ["r_update_user.request", "p_update_user.request"] {
        let change = request::<UpdateUser>(name).into_domain().unwrap();
        let update = UserUpdate { attributes: Patch::Set(profile()), ..UserUpdate::default() };
        assert_eq!((change.user, change.update), (user("user_123"), update));
    }
}

#[test]
fn the_published_users_are_created_with_what_is_known() {
    for (name, attributes) in
        [("r_create_user.request", Patch::Keep), ("p_create_user.request", Patch::Set(profile()))]
    {
        let created = request::<CreateUser>(name).into_domain();
        let update = UserUpdate { photo_url: Patch::Keep, attributes, ..janes_update() };
        assert_eq!((created.object_id, created.update), (Some("123456".into()), update), "{name}");
    }
}

#[test]
fn the_published_conversation_updates_differ_in_the_user() {
    let jane = GivenUser { id: Some(user("user_123456")), update: janes_update() };
    for (name, given) in
        [("r_update_conversation.request", None), ("p_update_conversation.request", Some(jane))]
    {
        let change = request::<UpdateConversation>(name).into_domain().unwrap();
        let update = ConversationUpdate {
            title: Patch::Set("Pricing inquiry - resolved".into()),
            tags: Patch::Set(vec!["pricing".into(), "sales".into()]),
            attributes: Patch::Set(billing()),
            status: Some(Status::Resolved),
            assignee: Patch::Set(deskport_domain::AgentId::parse("agent_fin").unwrap()),
            last_user_read_at: Patch::Set(moment("2025-10-27T15:45:00.000Z")),
        };
        assert_eq!(change.conversation.as_str(), "conv_456");
        assert_eq!((change.update, change.user), (update, given), "{name}");
    }
}

#[test]
fn the_published_messages_differ_in_the_time() {
    let sent = moment("2025-10-27T14:30:00.000Z");
    for (name, created_at) in [("r_create_message.request", Some(sent)), ("p_create_message.request", None)] {
        let message = request::<CreateMessage>(name).into_domain(Limits::default()).unwrap();
        assert_eq!(message.conversation.as_str(), "conv_456");
        assert_eq!(message.object_id.as_deref(), Some("123456"));
        assert_eq!(message.author, AuthorId::EndUser(user("user_123456")));
        assert_eq!(message.content.body(), Some(&MessageBody::sanitize(BODY)));
        assert_eq!(message.content.attachments(), [pricing_guide()]);
        assert_eq!((message.visibility, message.created_at), (Visibility::Public, created_at), "{name}");
    }
}

#[test]
fn the_published_conversations_differ_in_the_user_and_the_time() {
    let sent = moment("2025-10-27T14:30:00.000Z");
    for (name, whose, created_at) in [
        ("r_create_conversation.request", ConversationUser::Known(user("user_123")), Some(sent)),
        ("p_create_conversation.request", ConversationUser::Given(user("user_123456"), janes_update()), None),
    ] {
        let conversation = request::<CreateConversation>(name).into_domain(Limits::default()).unwrap();
        assert_eq!(conversation.object_id.as_deref(), Some("123456"));
        assert_eq!(conversation.title.as_deref(), Some("Question about pricing"));
        assert_eq!((conversation.user, conversation.attributes), (whose, billing()), "{name}");
        let first = conversation.first_message;
        assert_eq!(first.object_id.as_deref(), Some("123456"));
        assert_eq!(first.content.body(), Some(&MessageBody::sanitize(BODY)));
        assert_eq!(first.created_at, created_at);
    }
}
