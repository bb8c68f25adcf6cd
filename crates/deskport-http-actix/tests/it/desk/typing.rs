//! Telling Fin that an agent is typing.

use std::{sync::Arc, time::Duration};

use deskport_application::TypingHints;
use deskport_http_actix::HttpOptions;
use deskport_ports::Notification;
use deskport_storage_memory::MemoryStore;
use deskport_testkit::{
    build::{agent_id, moment},
    fake::{FixedClock, FlakyTransport, Outcome},
};
use serde_json::json;

use super::support::Desk;

/// The hints of a store of their own, which knows Sarah only.
async fn hints(transport: &Arc<FlakyTransport>) -> TypingHints {
    let other = Desk::new().await;
    other.given_a_matter().await;
    let agents: Arc<MemoryStore> = other.store;
    TypingHints::new(agents, Arc::new(FixedClock::at(moment(0))), transport.clone())
}

async fn desk_over(transport: &Arc<FlakyTransport>, timeout: Duration) -> Desk {
    let typing = Some(hints(transport).await);
    Desk::with(HttpOptions { typing, typing_timeout: timeout, ..HttpOptions::default() }).await
}

#[actix_web::test]
async fn a_hint_goes_out_once_in_three_seconds_and_is_never_stored() {
    let transport = Arc::new(FlakyTransport::following([]));
    let desk = desk_over(&transport, Duration::from_mins(1)).await;
    let typing = format!("/conversations/{}/typing", desk.given_a_matter().await);
    let pending = desk.pending().await.len();
    let hint = r#"{"agent_id":"agent_sarah"}"#;
    let first = desk.post(&typing, hint).await;
    assert_eq!((first.status.as_u16(), first.json()), (202, json!({"sent": true})));
    assert_eq!(desk.post(&typing, hint).await.json(), json!({"sent": false}));
    let sent = transport.record().notifications();
    assert!(matches!(&sent[..], [Notification::Typing(_, agent)] if agent.id == agent_id("agent_sarah")));
    assert_eq!(desk.pending().await.len(), pending);
    assert_eq!(desk.post(&typing, r#"{"agent_id":"nobody"}"#).await.problem().1, 422);
}

#[actix_web::test]
async fn a_hint_that_takes_too_long_is_given_up() {
    let transport = Arc::new(FlakyTransport::following([Outcome::Hang]));
    let desk = desk_over(&transport, Duration::from_millis(1)).await;
    let typing = format!("/conversations/{}/typing", desk.given_a_matter().await);
    let answer = desk.post(&typing, r#"{"agent_id":"agent_sarah"}"#).await;
    assert_eq!((answer.status.as_u16(), answer.json()), (202, json!({"sent": false})));
}
