//! What a store promises to operators, and to the first start.

use std::sync::Arc;

use deskport_ports::{FirstStart, Store};

use crate::{
    build::{a_client, a_token, a_user, an_agent, moment},
    storage::{
        crowd::all_at_once,
        given::{stored_agent, stored_user},
    },
};

/// A fresh store is in order.
pub async fn a_fresh_store_is_in_order(store: Arc<dyn Store>) {
    store.check().await.unwrap();
}

/// On an empty store the first start creates its agent, its client and its token, and says so.
pub async fn the_first_start_creates_everything(store: Arc<dyn Store>) {
    let start = start("1");
    assert!(store.first_start(&start).await.unwrap());

    assert_holds(&store, &start).await;
    assert_eq!(store.client(&start.client.id).await.unwrap(), Some(start.client));
    assert_eq!(store.token(&start.token.digest).await.unwrap(), Some(start.token));
}

/// A second start creates nothing.
pub async fn a_second_start_creates_nothing(store: Arc<dyn Store>) {
    let first = start("1");
    store.first_start(&first).await.unwrap();

    assert!(!store.first_start(&start("2")).await.unwrap());
    assert!(!store.first_start(&first).await.unwrap());
    assert_holds(&store, &first).await;
}

/// An agent alone, even a disabled one, means that this is no first start.
pub async fn a_store_with_an_agent_has_been_started(store: Arc<dyn Store>) {
    let agent = stored_agent(&store, an_agent().disabled_at(moment(0)).build()).await.value;

    assert!(!store.first_start(&start("1")).await.unwrap());
    assert_eq!(store.agents().await.unwrap(), [agent]);
    assert_eq!(store.clients().await.unwrap(), []);
    assert_eq!(store.tokens(moment(0)).await.unwrap(), []);
}

/// A client alone, even a revoked one, means that this is no first start.
pub async fn a_store_with_a_client_has_been_started(store: Arc<dyn Store>) {
    let client = a_client().revoked_at(moment(0)).build();
    store.add_client(&client).await.unwrap();

    assert!(!store.first_start(&start("1")).await.unwrap());
    assert_eq!(store.agents().await.unwrap(), []);
    assert_eq!(store.clients().await.unwrap(), [client]);
    assert_eq!(store.tokens(moment(0)).await.unwrap(), []);
}

/// A token alone, even a revoked one, means that this is no first start.
pub async fn a_store_with_a_token_has_been_started(store: Arc<dyn Store>) {
    let token = a_token().revoked_at(moment(0)).build();
    store.add_token(&token).await.unwrap();

    assert!(!store.first_start(&start("1")).await.unwrap());
    assert_eq!(store.agents().await.unwrap(), []);
    assert_eq!(store.clients().await.unwrap(), []);
    assert_eq!(store.tokens(moment(0)).await.unwrap(), [token]);
}

/// End users alone have nothing to do with a first start.
pub async fn a_store_with_users_only_has_not_been_started(store: Arc<dyn Store>) {
    stored_user(&store, a_user().build()).await;

    assert!(store.first_start(&start("1")).await.unwrap());
}

/// Of 16 instances that start at once exactly one creates, and all that it creates.
pub async fn one_of_16_first_starts_creates(store: Arc<dyn Store>) {
    let answers = all_at_once(16, |instance| {
        let store = Arc::clone(&store);
        async move { store.first_start(&start(&instance.to_string())).await.unwrap() }
    })
    .await;

    let winners: Vec<_> = (0..16).filter(|instance| answers[*instance]).collect();
    assert_eq!(winners.len(), 1, "exactly one creates");
    assert_holds(&store, &start(&winners[0].to_string())).await;
}

/// The store holds what this start creates, and nothing else.
async fn assert_holds(store: &Arc<dyn Store>, start: &FirstStart) {
    let FirstStart { agent, client, token } = start.clone();
    assert_eq!(store.agents().await.unwrap(), [agent]);
    assert_eq!(store.clients().await.unwrap(), [client]);
    assert_eq!(store.tokens(moment(0)).await.unwrap(), [token]);
}

/// What the start of this instance would create.
fn start(instance: &str) -> FirstStart {
    FirstStart {
        agent: an_agent().id(&format!("agent_{instance}")).name("Fin").build(),
        client: a_client().id(&format!("client_{instance}")).build(),
        token: a_token().id(&format!("token_{instance}")).build(),
    }
}
