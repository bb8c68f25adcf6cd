//! The use cases over the memory store; mocks only where a store must fail or stay unasked.

#![expect(clippy::unwrap_used, reason = "test code outside of test functions")]

mod access;
mod conversations;
mod messages;
mod setup;
mod users;

use std::sync::Arc;

use deskport_application::{AccessOptions, Helpdesk};
use deskport_domain::{AgentId, AgentUpdate, Content, MessageBody, Patch, UserId, UserUpdate};
use deskport_ports::{MockStore, Store};
use deskport_storage_memory::MemoryStore;
use deskport_testkit::{
    build::moment,
    fake::{FixedClock, SequentialIds},
};

/// A helpdesk, and the clock that it looks at.
struct Desk {
    helpdesk: Helpdesk,
    clock: Arc<FixedClock>,
}

fn desk() -> Desk {
    desk_over(Arc::new(MemoryStore::default()))
}

fn desk_over(store: Arc<dyn Store>) -> Desk {
    let clock = Arc::new(FixedClock::at(moment(0)));
    let options = AccessOptions { token_lifetime_s: 3_600, cached_tokens: 100 };
    let helpdesk = Helpdesk::new(store, clock.clone(), Arc::new(SequentialIds::default()), &options);
    Desk { helpdesk, clock }
}

/// A store that fails the test on any call that the test did not expect.
fn desk_over_mock(expect: impl FnOnce(&mut MockStore)) -> Desk {
    let mut store = MockStore::new();
    expect(&mut store);
    desk_over(Arc::new(store))
}

fn named(name: &str) -> UserUpdate {
    UserUpdate { name: Patch::Set(name.into()), ..UserUpdate::default() }
}

fn says(html: &str) -> Content {
    Content::new(Some(MessageBody::sanitize(html)), vec![]).unwrap()
}

async fn jane(desk: &Desk) -> UserId {
    let command = deskport_domain::CreateUser { object_id: Some("123456".into()), update: named("Jane Doe") };
    desk.helpdesk.users.create(command).await.unwrap().id
}

async fn sarah(desk: &Desk) -> AgentId {
    let profile = AgentUpdate { name: Patch::Set("Sarah Johnson".into()), ..AgentUpdate::default() };
    desk.helpdesk.agents.add(profile).await.unwrap().id
}
