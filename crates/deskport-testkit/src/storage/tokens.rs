//! What a store promises about bearer tokens.

use std::sync::Arc;

use deskport_domain::Timestamp;
use deskport_ports::{Digest, Role, Store, Token};

use crate::build::{a_client, a_token, moment};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// A token is found by its digest, field by field as it was added.
pub async fn a_new_token_is_found_by_its_digest(store: Arc<dyn Store>) {
    let client = a_client().build();
    store.add_client(&client).await.unwrap();
    let tokens = [
        a_token().id("plain").label("").build(),
        a_token().id("admin").role(Role::Admin).label("Ann's \"laptop\" \u{1f4bb}").build(),
        a_token().id("fetched").fetched_by(&client).expires_at(moment(DAY)).build(),
        a_token().id("revoked").revoked_at(moment(-1)).created_at(moment(-2)).build(),
        a_token()
            .id("bytes")
            .digest(Digest(std::array::from_fn(|place| [0, 255, 39, 92][place % 4])))
            .build(),
    ];
    for token in &tokens {
        store.add_token(token).await.unwrap();
    }

    for token in tokens {
        assert_eq!(store.token(&token.digest).await.unwrap(), Some(token));
    }
}

/// A digest that nobody added finds nothing, even if it differs in its last bit only.
pub async fn an_unknown_digest_finds_no_token(store: Arc<dyn Store>) {
    let mut digest = a_token().build().digest;
    store.add_token(&a_token().build()).await.unwrap();
    digest.0[31] ^= 1;

    assert_eq!(store.token(&digest).await.unwrap(), None);
}

/// An expired token is still found; whether it opens anything is decided elsewhere.
pub async fn an_expired_token_is_found(store: Arc<dyn Store>) {
    let expired = a_token().created_at(moment(-DAY)).expires_at(moment(-DAY + 1)).build();
    store.add_token(&expired).await.unwrap();

    assert_eq!(store.token(&expired.digest).await.unwrap(), Some(expired));
}

/// The list is oldest first, with revoked tokens and without expired ones.
pub async fn tokens_are_listed_oldest_first_without_expired_ones(store: Arc<dyn Store>) {
    let in_order = [
        a_token().id("c").created_at(Timestamp::MIN).build(),
        a_token().id("a").created_at(moment(1)).revoked_at(moment(2)).build(),
        a_token().id("d").created_at(moment(2)).expires_at(moment(11)).build(),
        a_token().id("b").created_at(moment(3)).expires_at(Timestamp::MAX).build(),
    ];
    for place in [2, 0, 3, 1] {
        store.add_token(&in_order[place]).await.unwrap();
    }
    store.add_token(&a_token().id("expired").expires_at(moment(9)).build()).await.unwrap();

    assert_eq!(store.tokens(moment(10)).await.unwrap(), in_order);
}

/// An id or a digest is given once: the second token is refused, and the first one stays.
pub async fn a_taken_token_is_refused(store: Arc<dyn Store>) {
    let first = a_token().id("first").build();
    store.add_token(&first).await.unwrap();
    let same_id = a_token().id("other").build();
    let same_id = Token { id: first.id.clone(), ..same_id };
    let same_digest = a_token().id("other").digest(first.digest).build();

    for taken in [&same_id, &same_digest, &first] {
        assert!(store.add_token(taken).await.is_err(), "{taken:?}");
    }
    assert_eq!(store.tokens(moment(0)).await.unwrap(), [first]);
}

/// Revoking tells whether there is such a token, and the moment of the first revocation stays.
pub async fn the_first_revocation_of_a_token_stays(store: Arc<dyn Store>) {
    let (token, other) = (a_token().id("token").build(), a_token().id("other").build());
    store.add_token(&token).await.unwrap();
    store.add_token(&other).await.unwrap();

    assert!(store.revoke_token("token", moment(1)).await.unwrap());
    assert!(store.revoke_token("token", moment(2)).await.unwrap());
    assert!(!store.revoke_token("unknown", moment(3)).await.unwrap());
    let revoked = Token { revoked_at: Some(moment(1)), ..token };
    assert_eq!(store.token(&revoked.digest).await.unwrap(), Some(revoked));
    assert_eq!(store.token(&other.digest).await.unwrap(), Some(other), "the other token stays as it was");
}

/// A new token makes the store forget those that expired more than a day before, and no others.
pub async fn tokens_are_forgotten_a_day_after_they_expired(store: Arc<dyn Store>) {
    let old = moment(-9 * DAY);
    let forgotten = a_token().id("forgotten").created_at(old).expires_at(moment(-DAY - 1)).build();
    let kept = [
        a_token().id("a day ago").created_at(old).expires_at(moment(-DAY)).build(),
        a_token().id("never expires").created_at(old).revoked_at(old).build(),
        a_token().id("expires later").created_at(old).expires_at(moment(1)).build(),
    ];
    store.add_token(&forgotten).await.unwrap();
    for token in &kept {
        store.add_token(token).await.unwrap();
    }
    assert_eq!(store.token(&forgotten.digest).await.unwrap(), Some(forgotten.clone()));
    store.add_token(&a_token().id("new").created_at(moment(0)).build()).await.unwrap();

    assert_eq!(store.token(&forgotten.digest).await.unwrap(), None);
    for token in kept {
        assert_eq!(store.token(&token.digest).await.unwrap(), Some(token));
    }
}
