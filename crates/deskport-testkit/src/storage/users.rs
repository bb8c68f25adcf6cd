//! What a store promises about end users.

use std::sync::Arc;

use deskport_domain::{Attributes, EndUser, Patch, Timestamp, UserUpdate, Value};
use deskport_ports::{Effect, Store, Stored, UserChange};

use crate::{
    build::{a_change, a_user, moment, user_id},
    storage::given::{commit, stored_user},
};

/// A user that nobody stored is not there.
pub async fn an_unknown_user_is_none(store: Arc<dyn Store>) {
    stored_user(&store, a_user().id("user_jane").build()).await;

    assert_eq!(store.user(&user_id("user_john")).await.unwrap(), None);
    assert_eq!(store.user(&user_id("USER_JANE")).await.unwrap(), None, "ids differ by case");
}

/// What was stored is what the commit answers and what a later read gives, field by field.
pub async fn a_new_user_reads_back_whole(store: Arc<dyn Store>) {
    let jane = everything_known();
    let answer = stored_user(&store, jane.clone()).await;

    assert_eq!(answer, Stored { value: jane.clone(), effect: Effect::Created });
    assert_eq!(store.user(&jane.id).await.unwrap(), Some(jane));
}

/// A user of whom nothing is known has no value in any field, not an empty one.
pub async fn a_new_user_without_details_reads_back_whole(store: Arc<dyn Store>) {
    let unknown = a_user().build();
    stored_user(&store, unknown.clone()).await;

    assert_eq!(store.user(&unknown.id).await.unwrap(), Some(unknown));
}

/// Empty text is a value, and other than none.
pub async fn an_empty_text_of_a_user_is_a_value(store: Arc<dyn Store>) {
    let nameless = a_user().name("").email("").photo_url("").build();
    stored_user(&store, nameless.clone()).await;

    assert_eq!(store.user(&nameless.id).await.unwrap(), Some(nameless));
}

/// A second create with other content leaves the first one's, and answers it.
pub async fn a_repeated_create_keeps_the_first_user(store: Arc<dyn Store>) {
    let first = everything_known();
    stored_user(&store, first.clone()).await;
    let answer = stored_user(&store, a_user().name("Somebody else").created_at(moment(9)).build()).await;

    assert_eq!(answer, Stored { value: first.clone(), effect: Effect::Unchanged });
    assert_eq!(store.user(&first.id).await.unwrap(), Some(first));
}

/// Setting one field changes that field and `updated_at`, and keeps all others.
pub async fn each_field_of_a_user_can_be_set(store: Arc<dyn Store>) {
    let set = UserUpdate { name: Patch::Set("Jane Roe".into()), ..UserUpdate::default() };
    stored_user(&store, everything_known()).await;
    update(&store, set, moment(1)).await;
    update(&store, UserUpdate { email: Patch::Set("".into()), ..UserUpdate::default() }, moment(2)).await;
    let photo_url = Patch::Set("https://example.com/b.png".into());
    update(&store, UserUpdate { photo_url, ..UserUpdate::default() }, moment(3)).await;
    let attributes = Patch::Set([("plan", "free")].into_iter().collect());
    let jane = update(&store, UserUpdate { attributes, ..UserUpdate::default() }, moment(4)).await;

    let expected = a_user().name("Jane Roe").email("").photo_url("https://example.com/b.png");
    let expected = expected.attributes([("plan", "free"), ("seats", "3")].into_iter().collect()).build();
    assert_eq!(jane, EndUser { updated_at: moment(4), ..expected });
}

/// Clearing one field leaves it without a value, and keeps all others.
pub async fn each_field_of_a_user_can_be_cleared(store: Arc<dyn Store>) {
    let keep = UserUpdate::default;
    stored_user(&store, everything_known()).await;
    update(&store, UserUpdate { name: Patch::Clear, ..keep() }, moment(1)).await;
    update(&store, UserUpdate { email: Patch::Clear, ..keep() }, moment(2)).await;
    update(&store, UserUpdate { photo_url: Patch::Clear, ..keep() }, moment(3)).await;
    let jane = update(&store, UserUpdate { attributes: Patch::Clear, ..keep() }, moment(4)).await;

    assert_eq!(jane, EndUser { updated_at: moment(4), ..a_user().build() });
}

/// An update that keeps every field, or sets what is there already, changes nothing at all.
pub async fn an_update_that_says_nothing_new_leaves_the_user_unchanged(store: Arc<dyn Store>) {
    let jane = everything_known();
    stored_user(&store, jane.clone()).await;

    for nothing_new in [UserUpdate::default(), everything_again(&jane)] {
        let change = UserChange::Update(jane.id.clone(), nothing_new);
        let answer = commit(&store, a_change(moment(5)).with_user(change)).await.user.unwrap();
        assert_eq!(answer, Stored { value: jane.clone(), effect: Effect::Unchanged });
    }
    assert_eq!(store.user(&jane.id).await.unwrap(), Some(jane));
}

/// `updated_at` never goes back, whatever a clock says.
pub async fn an_update_from_the_past_keeps_the_later_moment(store: Arc<dyn Store>) {
    stored_user(&store, everything_known()).await;
    let jane = update(&store, UserUpdate { name: Patch::Clear, ..UserUpdate::default() }, moment(-5)).await;

    assert_eq!((jane.created_at, jane.updated_at), (moment(0), moment(0)));
}

/// Attributes merge as RFC 7396 says: null removes, objects merge, everything else replaces.
pub async fn attributes_of_a_user_merge(store: Arc<dyn Store>) {
    let before = object([
        ("kept", text("a")),
        ("removed", text("b")),
        ("list", Value::List(vec![text("1"), text("2")])),
        ("inner", Value::Object(object([("kept", text("c")), ("removed", text("d"))]))),
    ]);
    stored_user(&store, a_user().attributes(before).build()).await;
    let patch = object([
        ("removed", Value::Null),
        ("never there", Value::Null),
        ("list", Value::List(vec![text("3")])),
        ("inner", Value::Object(object([("removed", Value::Null), ("new", Value::Bool(true))]))),
        ("new", Value::Object(object([("a", text("b")), ("nothing", Value::Null)]))),
    ]);
    let merge = UserUpdate { attributes: Patch::Set(patch), ..UserUpdate::default() };
    let jane = update(&store, merge, moment(1)).await;

    let after = object([
        ("kept", text("a")),
        ("list", Value::List(vec![text("3")])),
        ("inner", Value::Object(object([("kept", text("c")), ("new", Value::Bool(true))]))),
        ("new", Value::Object(object([("a", text("b"))]))),
    ]);
    assert_eq!(jane.attributes, after);
}

/// An upsert of an unknown user makes one out of the update.
pub async fn an_upsert_makes_an_unknown_user(store: Arc<dyn Store>) {
    let known = UserUpdate { name: Patch::Set("Jane".into()), ..UserUpdate::default() };
    let change = UserChange::Upsert(user_id("user_jane"), known);
    let answer = commit(&store, a_change(moment(7)).with_user(change)).await.user.unwrap();

    let jane = a_user().name("Jane").created_at(moment(7)).build();
    assert_eq!(answer, Stored { value: jane.clone(), effect: Effect::Created });
    assert_eq!(store.user(&jane.id).await.unwrap(), Some(jane));
}

/// An upsert of a known user is an update.
pub async fn an_upsert_changes_a_known_user(store: Arc<dyn Store>) {
    stored_user(&store, a_user().name("Jane").email("jane@example.com").build()).await;
    let rename = UserUpdate { name: Patch::Set("Jane Roe".into()), ..UserUpdate::default() };
    let upsert = |at| {
        let change = UserChange::Upsert(user_id("user_jane"), rename.clone());
        a_change(at).with_user(change)
    };
    let first = commit(&store, upsert(moment(7))).await.user.unwrap();
    let again = commit(&store, upsert(moment(8))).await.user.unwrap();

    let jane = a_user().name("Jane Roe").email("jane@example.com").build();
    let jane = EndUser { updated_at: moment(7), ..jane };
    assert_eq!(first, Stored { value: jane.clone(), effect: Effect::Updated });
    assert_eq!(again, Stored { value: jane.clone(), effect: Effect::Unchanged });
    assert_eq!(store.user(&jane.id).await.unwrap(), Some(jane));
}

/// Updates `user_jane`; proves that the answer is what a later read gives.
async fn update(store: &Arc<dyn Store>, update: UserUpdate, at: Timestamp) -> EndUser {
    let change = UserChange::Update(user_id("user_jane"), update);
    let answer = commit(store, a_change(at).with_user(change)).await.user.unwrap();
    assert_eq!(answer.effect, Effect::Updated);
    assert_eq!(store.user(&answer.value.id).await.unwrap().as_ref(), Some(&answer.value));
    answer.value
}

fn everything_known() -> EndUser {
    a_user()
        .name("Jane Doe")
        .email("jane@example.com")
        .photo_url("https://example.com/jane.png")
        .attributes([("plan", "pro"), ("seats", "3")].into_iter().collect())
        .build()
}

fn everything_again(user: &EndUser) -> UserUpdate {
    UserUpdate {
        name: Patch::Set(user.name.clone().unwrap()),
        email: Patch::Set(user.email.clone().unwrap()),
        photo_url: Patch::Set(user.photo_url.clone().unwrap()),
        attributes: Patch::Set(user.attributes.clone()),
    }
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Attributes {
    members.into_iter().map(|(name, value)| (name.into(), value)).collect()
}

fn text(value: &str) -> Value {
    Value::Text(value.into())
}
