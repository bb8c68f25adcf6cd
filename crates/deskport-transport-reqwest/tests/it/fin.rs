//! What Fin hears, and the contract.

use std::sync::Arc;
use std::time::Duration;

use deskport_domain::Agent;
use deskport_ports::{Notification, TransportError, WebhookTransport};
use deskport_testkit::{
    build::{an_agent, conversation_id, moment},
    fake::FixedClock,
    transport::{Listener, Reply, Subject, Target},
};
use deskport_transport_reqwest::{
    CallLimits, FinOptions, FinTransport, IntegrationId, WebhookKey, WebhookUrl,
};
use deskport_wire::{
    parse,
    webhook::{FinNotification, Told},
};

const KEY: &str = "wk_4f1c9a";

fn options(url: &str) -> FinOptions {
    FinOptions {
        base: WebhookUrl::parse(url).unwrap(),
        integration: IntegrationId::parse("a3c729d4e8f6b15c").unwrap(),
        key: WebhookKey::parse(KEY).unwrap(),
        limits: CallLimits::default(),
    }
}

fn transport(options: FinOptions) -> FinTransport {
    FinTransport::new(options, Arc::new(FixedClock::at(moment(0)))).unwrap()
}

fn changed() -> Notification {
    Notification::Changed(conversation_id("conv_456"))
}

fn typing(agent: Agent) -> Notification {
    Notification::Typing(conversation_id("conv_456"), agent)
}

mod contract {
    use super::*;

    fn make(target: &Target) -> Subject {
        let limits = CallLimits { connect: target.time_limit, whole: target.time_limit };
        let clock = Arc::new(FixedClock::at(target.now));
        let transport = FinTransport::new(FinOptions { limits, ..options(&target.url) }, clock);
        Subject::Webhook(Arc::new(transport.unwrap()))
    }

    deskport_testkit::transport_contract!(make);
}

#[tokio::test]
async fn a_change_is_told_where_fin_listens() {
    let listener = Listener::start([]).await;
    transport(options(&listener.url())).send(&changed()).await.unwrap();
    let [heard] = &listener.heard()[..] else { panic!() };
    assert_eq!(heard.path, "/hooks/standalone/custom_helpdesk_conversation_event/a3c729d4e8f6b15c");
    assert_eq!(heard.header("x-webhook-key"), Some(KEY));
    assert_eq!(heard.header("content-type"), Some("application/json"));
    assert_eq!(heard.body, br#"{"conversation_id":"conv_456"}"#);
}

#[tokio::test]
async fn an_agent_who_is_typing_is_shown() {
    let listener = Listener::start([]).await;
    let sarah = an_agent().id("agent_001").name("Sarah Johnson").email("sarah.johnson@company.com").build();
    transport(options(&listener.url())).send(&typing(sarah.clone())).await.unwrap();
    let heard: FinNotification = parse(&listener.heard()[0].body).unwrap();
    assert_eq!(heard.into_told(), Ok(Told::Typing(conversation_id("conv_456"), sarah.id)));
}

#[tokio::test]
async fn an_agent_without_a_name_is_not_shown() {
    let listener = Listener::start([]).await;
    let outcome = transport(options(&listener.url())).send(&typing(an_agent().build())).await;
    assert!(matches!(outcome, Err(TransportError::Unreachable(_))));
    assert_eq!(listener.heard(), []);
}

#[tokio::test]
async fn another_base_keeps_its_own_path_and_the_id_stays_one_segment() {
    let listener = Listener::start([]).await;
    for base in ["/gateway/fin", "/gateway/fin/"] {
        let integration = IntegrationId::parse("a/b?c#d%2e").unwrap();
        let options = FinOptions { integration, ..options(&format!("{}{base}", listener.url())) };
        transport(options).send(&changed()).await.unwrap();
    }
    let path = "/gateway/fin/hooks/standalone/custom_helpdesk_conversation_event/a%2Fb%3Fc%23d%252e";
    let paths: Vec<String> = listener.heard().into_iter().map(|heard| heard.path).collect();
    assert_eq!(paths, [path, path]);
}

#[tokio::test]
async fn a_server_without_tls_is_not_spoken_to_over_https() {
    let listener = Listener::start([]).await;
    let url = listener.url().replace("http:", "https:");
    let outcome = transport(options(&url)).send(&changed()).await;
    assert!(matches!(outcome, Err(TransportError::Unreachable(_))), "{outcome:?}");
    assert_eq!(listener.heard(), []);
}

#[tokio::test]
async fn neither_options_nor_errors_show_the_key() {
    let listener = Listener::start([Reply::Close, Reply::Silence]).await;
    let limits = CallLimits { whole: Duration::from_millis(200), ..CallLimits::default() };
    let options = FinOptions { limits, ..options(&listener.url()) };
    assert!(!format!("{options:?}").contains(KEY));
    let transport = transport(options);
    for _ in 0..2 {
        let error = transport.send(&changed()).await.unwrap_err();
        let source = std::error::Error::source(&error).map(ToString::to_string);
        let shown = format!("{transport:?} {error} {error:?} {source:?}");
        assert!(!shown.contains(KEY), "{shown}");
        assert!(!shown.contains("a3c729d4e8f6b15c"), "{shown}");
    }
}

#[test]
fn what_cannot_be_in_a_path_or_a_header_is_refused() {
    for raw in ["", ".", "..", "a b", "ä", "a\n", &"a".repeat(129)] {
        assert!(IntegrationId::parse(raw).is_err(), "{raw:?}");
    }
    for raw in ["", " ", "a b", "ä", "a\r\nx-header: b", &"a".repeat(1025)] {
        assert!(WebhookKey::parse(raw).is_err(), "{raw:?}");
    }
}

#[test]
fn an_attempt_takes_15_seconds_at_most() {
    let limits = CallLimits { connect: Duration::from_secs(5), whole: Duration::from_secs(15) };
    assert_eq!(CallLimits::default(), limits);
}
