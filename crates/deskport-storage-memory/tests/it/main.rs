//! The memory store keeps every promise of a store.

use deskport_storage_memory::MemoryStore;

async fn fresh() -> (MemoryStore, ()) {
    (MemoryStore::default(), ())
}

deskport_testkit::storage_contract!(fresh);
