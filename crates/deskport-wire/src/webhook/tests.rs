//! Each golden file parses, says what it says, and prints back.

use deskport_domain::{
    Agent, AgentId, ConversationId, Event, EventId, EventKind, MessageId, Origin, Timestamp, UserId,
};
use serde_json::{Value, json};

use super::*;
use crate::{parse, to_json};

const CHANGED: &str = include_str!("../../tests/golden/fin_changed.webhook.json");
const TYPING: &str = include_str!("../../tests/golden/fin_typing.webhook.json");
const MESSAGE: &str = include_str!("../../tests/golden/desk_message_created.webhook.json");
const USER: &str = include_str!("../../tests/golden/desk_user_deleted.webhook.json");

fn conversation() -> ConversationId {
    ConversationId::parse("conv_456").unwrap()
}

fn sarah() -> Agent {
    Agent {
        name: Some("Sarah Johnson".into()),
        email: Some("sarah.johnson@company.com".into()),
        alias: Some("Sarah".into()),
        ..Agent::unnamed(AgentId::parse("agent_001").unwrap(), Timestamp::EPOCH)
    }
}

fn event(kind: EventKind, origin: Origin) -> Event {
    Event {
        id: EventId::of(0x0199_f1d2_c3b4_7586_97a8_b9ca_dbec_fd0e, 1),
        at: Timestamp::from_millis(1_761_575_700_000).unwrap(),
        origin,
        kind,
        conversation: None,
        message: None,
        user: None,
        agent: None,
    }
}

fn tree(json: impl AsRef<[u8]>) -> Value {
    serde_json::from_slice(json.as_ref()).unwrap()
}

#[test]
fn a_change_is_the_published_example() {
    assert_eq!(tree(to_json(&FinNotification::changed(&conversation()))), tree(CHANGED));
    let read: FinNotification = parse(CHANGED.as_bytes()).unwrap();
    assert_eq!(read.into_told(), Ok(Told::Changed(conversation())));
}

#[test]
fn typing_is_the_published_example() {
    let written = FinNotification::typing(&conversation(), &sarah()).unwrap();
    assert_eq!(tree(to_json(&written)), tree(TYPING));
    let read: FinNotification = parse(TYPING.as_bytes()).unwrap();
    assert_eq!(read, written);
    assert_eq!(read.into_told(), Ok(Told::Typing(conversation(), sarah().id)));
}

#[test]
fn nobody_types_without_a_name_or_an_address() {
    for agent in [Agent { name: None, ..sarah() }, Agent { email: None, ..sarah() }] {
        assert_eq!(FinNotification::typing(&conversation(), &agent), None);
    }
}

#[test]
fn null_says_as_much_as_nothing() {
    let json = json!({"conversation_id": "conv_456", "event_type": null, "data": null}).to_string();
    let read: FinNotification = parse(json.as_bytes()).unwrap();
    assert_eq!(read.into_told(), Ok(Told::Changed(conversation())));
}

#[test]
fn a_notification_without_what_is_required_names_the_field() {
    for (path, wrong, field) in [
        ("/conversation_id", json!(null), "conversation_id"),
        ("/conversation_id", json!("no id"), "conversation_id"),
        ("/event_type", json!("agent_sleeping"), "event_type"),
        ("/data", json!(null), "data.agent"),
        ("/data/agent", json!(null), "data.agent"),
        ("/data/agent/id", json!(null), "data.agent.id"),
        ("/data/agent/user_type", json!("end_user"), "data.agent.user_type"),
        ("/data/agent/name", json!(null), "data.agent.name"),
        ("/data/agent/email", json!(null), "data.agent.email"),
    ] {
        let mut notification = tree(TYPING);
        *notification.pointer_mut(path).unwrap() = wrong;
        let read: FinNotification = parse(notification.to_string().as_bytes()).unwrap();
        assert_eq!(read.into_told().unwrap_err().errors[0].field, field);
    }
}

#[test]
fn a_message_is_told_by_its_ids() {
    let event = Event {
        conversation: Some(conversation()),
        message: Some(MessageId::parse("msg_001").unwrap()),
        agent: Some(AgentId::parse("agent_fin").unwrap()),
        ..event(EventKind::MessageCreated, Origin::Fin)
    };
    let written = DeskEvent::new(&event, Some(4711));
    assert_eq!(tree(to_json(&written)), tree(MESSAGE));
    assert_eq!(serde_json::from_str::<DeskEvent>(MESSAGE).unwrap(), written);
}

#[test]
fn an_event_without_a_place_has_no_position() {
    let event = Event {
        user: Some(UserId::parse("user_123").unwrap()),
        ..event(EventKind::UserDeleted, Origin::Desk)
    };
    let written = DeskEvent::new(&event, None);
    assert_eq!(tree(to_json(&written)), tree(USER));
    assert_eq!(serde_json::from_str::<DeskEvent>(USER).unwrap(), written);
}

#[test]
fn each_region_has_its_own_address() {
    let urls = FinRegion::ALL.map(|region| format!("{}{FIN_PATH}", region.base_url()));
    let path = "hooks/standalone/custom_helpdesk_conversation_event";
    let hosts = ["api.intercom.io", "api.eu.intercom.io", "api.au.intercom.io"];
    assert_eq!(urls, hosts.map(|host| format!("https://{host}/{path}")));
    assert_eq!(FinRegion::ALL.map(|region| FinRegion::parse(region.name())), FinRegion::ALL.map(Some));
    assert_eq!(FinRegion::parse("US"), None);
}
