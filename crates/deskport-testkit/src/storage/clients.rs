//! What a store promises about OAuth clients.

use std::sync::Arc;

use deskport_ports::{Client, Role, Store, Token};

use crate::build::{a_client, a_token, moment};

/// A client is found by its id, field by field as it was added.
pub async fn a_new_client_is_found_by_its_id(store: Arc<dyn Store>) {
    let clients = [
        a_client().id("client_fin").build(),
        a_client().id("Client_Fin").role(Role::Desk).label("").build(),
        a_client().id("'%_\\\"").role(Role::Admin).label("Ann's \u{1f4bb}").revoked_at(moment(7)).build(),
    ];
    for client in &clients {
        store.add_client(client).await.unwrap();
    }

    for client in clients {
        assert_eq!(store.client(&client.id).await.unwrap(), Some(client));
    }
    assert_eq!(store.client("client_other").await.unwrap(), None);
}

/// The list is oldest first, with revoked clients.
pub async fn clients_are_listed_oldest_first(store: Arc<dyn Store>) {
    assert_eq!(store.clients().await.unwrap(), []);
    let in_order = [
        a_client().id("c").created_at(moment(-1)).build(),
        a_client().id("a").created_at(moment(0)).revoked_at(moment(1)).build(),
        a_client().id("b").created_at(moment(1)).build(),
    ];
    for place in [1, 2, 0] {
        store.add_client(&in_order[place]).await.unwrap();
    }

    assert_eq!(store.clients().await.unwrap(), in_order);
}

/// An id is given once: the second client is refused, and the first one stays.
pub async fn a_taken_client_is_refused(store: Arc<dyn Store>) {
    let first = a_client().build();
    store.add_client(&first).await.unwrap();
    let second = a_client().digest(a_client().id("other").build().digest).label("Other").build();

    assert!(store.add_client(&second).await.is_err());
    assert_eq!(store.clients().await.unwrap(), [first]);
}

/// Revoking tells whether there is such a client, and the moment of the first revocation stays.
pub async fn the_first_revocation_of_a_client_stays(store: Arc<dyn Store>) {
    let (client, other) = (a_client().id("client").build(), a_client().id("other").build());
    store.add_client(&client).await.unwrap();
    store.add_client(&other).await.unwrap();

    assert!(store.revoke_client("client", moment(1)).await.unwrap());
    assert!(store.revoke_client("client", moment(2)).await.unwrap());
    assert!(!store.revoke_client("unknown", moment(3)).await.unwrap());
    let revoked = Client { revoked_at: Some(moment(1)), ..client };
    assert_eq!(store.client("client").await.unwrap(), Some(revoked));
    assert_eq!(store.client("other").await.unwrap(), Some(other), "the other client stays as it was");
}

/// Revoking a client revokes every token that it fetched, and no other.
pub async fn revoking_a_client_revokes_its_tokens_only(store: Arc<dyn Store>) {
    let (client, other) = (a_client().id("client").build(), a_client().id("other").build());
    let fetched = a_token().id("fetched").fetched_by(&client).build();
    let revoked = a_token().id("revoked").fetched_by(&client).revoked_at(moment(1)).build();
    let foreign = a_token().id("foreign").fetched_by(&other).build();
    let made = a_token().id("made").build();
    for client in [&client, &other] {
        store.add_client(client).await.unwrap();
    }
    for token in [&fetched, &revoked, &foreign, &made] {
        store.add_token(token).await.unwrap();
    }
    store.revoke_client("client", moment(5)).await.unwrap();

    let fetched = Token { revoked_at: Some(moment(5)), ..fetched };
    for token in [fetched, revoked, foreign, made] {
        assert_eq!(store.token(&token.digest).await.unwrap(), Some(token));
    }
}

/// A token that came after its client's revocation goes with the next one.
pub async fn revoking_a_client_again_revokes_what_it_fetched_since(store: Arc<dyn Store>) {
    let client = a_client().build();
    store.add_client(&client).await.unwrap();
    store.revoke_client(&client.id, moment(1)).await.unwrap();
    let late = a_token().fetched_by(&client).build();
    store.add_token(&late).await.unwrap();
    store.revoke_client(&client.id, moment(2)).await.unwrap();

    assert_eq!(store.token(&late.digest).await.unwrap().unwrap().revoked_at, Some(moment(2)));
    assert_eq!(store.client(&client.id).await.unwrap().unwrap().revoked_at, Some(moment(1)));
}
