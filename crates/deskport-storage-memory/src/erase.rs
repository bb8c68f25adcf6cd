//! Forgetting a person.

use async_trait::async_trait;
use deskport_domain::{Event, EventId, EventKind, Origin};
use deskport_ports::{Eraser, Erasure, ErasureReceipt, StoreError};

use crate::{MemoryStore, state::State};

#[async_trait]
impl Eraser for MemoryStore {
    async fn erase(&self, erasure: &Erasure) -> Result<Option<ErasureReceipt>, StoreError> {
        let mut state = self.write();
        if state.users.remove(&erasure.user).is_none() {
            return Ok(None);
        }
        state.erasures += 1;
        state.profile_changes += 1;
        let receipt = remove_traces(&mut state, erasure);
        state.log.append(Event {
            id: EventId::of(erasure.id, 0),
            at: erasure.at,
            origin: Origin::Desk,
            kind: EventKind::UserDeleted,
            conversation: None,
            message: None,
            user: Some(erasure.user.clone()),
            agent: None,
        });
        Ok(Some(receipt))
    }
}

fn remove_traces(state: &mut State, erasure: &Erasure) -> ErasureReceipt {
    let mut receipt = ErasureReceipt::default();
    let State { threads, outbox, .. } = state;
    threads.retain(|id, thread| {
        let theirs = thread.conversation.user == erasure.user;
        if theirs {
            receipt.conversations += 1;
            receipt.messages += thread.messages().len() as u64;
            outbox.remove(id);
        } else {
            receipt.messages += thread.remove_messages_by(&erasure.user);
        }
        !theirs
    });
    receipt
}
