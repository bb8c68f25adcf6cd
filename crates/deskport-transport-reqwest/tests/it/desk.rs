//! What the desk hears, and the contract.

use std::sync::Arc;

use deskport_domain::{Event, EventId, EventKind, Origin};
use deskport_ports::{EventTransport, LoggedEvent};
use deskport_testkit::{
    build::{conversation_id, message_id, moment, user_id},
    fake::FixedClock,
    transport::{Heard, Listener, Reply, Subject, Target},
};
use deskport_transport_reqwest::{CallLimits, DeskOptions, DeskTransport, WebhookSecret, WebhookUrl};
use deskport_wire::DeskEvent;

/// The bytes 0 to 31.
const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const OLDER: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

fn options(url: &str) -> DeskOptions {
    DeskOptions {
        url: WebhookUrl::parse(url).unwrap(),
        secret: WebhookSecret::parse(SECRET).unwrap(),
        more_secrets: Vec::new(),
        limits: CallLimits::default(),
    }
}

fn event() -> LoggedEvent {
    let event = Event {
        id: EventId::of(0xab, 1),
        at: moment(0),
        origin: Origin::Fin,
        kind: EventKind::MessageCreated,
        conversation: Some(conversation_id("conv_456")),
        message: Some(message_id("msg_001")),
        user: Some(user_id("user_123")),
        agent: None,
    };
    LoggedEvent { position: 4711, event }
}

async fn heard_by_the_desk(options: impl FnOnce(DeskOptions) -> DeskOptions) -> Heard {
    let listener = Listener::start([]).await;
    let options = options(self::options(&format!("{}/hooks?from=deskport", listener.url())));
    // 299,999 ms after the event.
    let clock = Arc::new(FixedClock::at(moment(299_999)));
    DeskTransport::new(options, clock).unwrap().send_event(&event()).await.unwrap();
    listener.heard().remove(0)
}

mod contract {
    use super::*;

    fn make(target: &Target) -> Subject {
        let limits = CallLimits { connect: target.time_limit, whole: target.time_limit };
        let clock = Arc::new(FixedClock::at(target.now));
        let transport = DeskTransport::new(DeskOptions { limits, ..options(&target.url) }, clock);
        Subject::Event(Arc::new(transport.unwrap()))
    }

    deskport_testkit::transport_contract!(make);
}

#[tokio::test]
async fn an_event_is_told_where_the_desk_listens() {
    let heard = heard_by_the_desk(|options| options).await;
    assert_eq!(heard.path, "/hooks?from=deskport");
    assert_eq!(heard.header("content-type"), Some("application/json"));
    let told: DeskEvent = serde_json::from_slice(&heard.body).unwrap();
    assert_eq!(told, DeskEvent::new(&event().event, Some(4711)));
}

#[tokio::test]
async fn an_event_is_named_dated_and_signed() {
    let heard = heard_by_the_desk(|options| options).await;
    assert_eq!(heard.header("webhook-id"), Some("evt_000000000000000000000000000000ab_1"));
    // The moment of the attempt, in whole seconds.
    assert_eq!(heard.header("webhook-timestamp"), Some("1761575699"));
    // Computed with another implementation of HMAC.
    assert_eq!(heard.header("webhook-signature"), Some("v1,KLJH7L1UKHH+eIF98jM9yPSomziWMMNtq9AEFVUsId4="));
}

#[tokio::test]
async fn while_secrets_change_an_event_is_signed_with_each() {
    let older = WebhookSecret::parse(OLDER).unwrap();
    let heard = heard_by_the_desk(|options| DeskOptions { more_secrets: vec![older], ..options }).await;
    assert_eq!(
        heard.header("webhook-signature"),
        Some(
            "v1,KLJH7L1UKHH+eIF98jM9yPSomziWMMNtq9AEFVUsId4= v1,xvKW1soWWw3LWusJs6Uch6hz5DT/5RnM4RKG9d2s+UA="
        )
    );
}

#[tokio::test]
async fn a_repeat_has_the_same_id_and_a_new_date() {
    let listener = Listener::start([Reply::status(503)]).await;
    let clock = Arc::new(FixedClock::at(moment(0)));
    let transport = DeskTransport::new(options(&listener.url()), clock.clone()).unwrap();
    assert!(transport.send_event(&event()).await.is_err());
    clock.advance(60_000);
    assert!(transport.send_event(&event()).await.is_ok());
    let [first, second] = &listener.heard()[..] else { panic!() };
    assert_eq!(first.header("webhook-id"), second.header("webhook-id"));
    assert_eq!(first.body, second.body);
    assert_eq!(first.header("webhook-timestamp"), Some("1761575400"));
    assert_eq!(second.header("webhook-timestamp"), Some("1761575460"));
    assert_ne!(first.header("webhook-signature"), second.header("webhook-signature"));
}

#[test]
fn options_do_not_show_secrets() {
    let older = WebhookSecret::parse(OLDER).unwrap();
    let url = WebhookUrl::parse("https://desk.example.com/hidden").unwrap();
    let options = DeskOptions { more_secrets: vec![older], url, ..options("http://127.0.0.1:1") };
    let shown = format!("{options:?}");
    for hidden in ["hidden", "AAEC", "MfKQ", "0, 1, 2", "49, 242"] {
        assert!(!shown.contains(hidden), "{shown}");
    }
}
