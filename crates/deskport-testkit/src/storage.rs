//! The contract suite for stores: one function for each thing that a store promises.
//!
//! [`storage_contract!`](crate::storage_contract) turns the whole list into tests. A behaviour may
//! also be called by itself, with a store that holds nothing:
//!
//! ```no_run
//! # async fn example(empty: std::sync::Arc<dyn deskport_ports::Store>) {
//! deskport_testkit::storage::users::a_new_user_reads_back_whole(empty).await;
//! # }
//! ```
//!
//! Each behaviour panics when the store does not keep its promise.

mod crowd;
mod given;

pub mod agents;
pub mod users;

use std::sync::Arc;

use deskport_ports::Store;

/// Stamps out one test for each behaviour that the ports promise.
///
/// `fresh` is an async function without parameters that returns an empty store, and whatever must
/// live as long as the store does, such as a temporary directory; `()` if there is nothing. Each
/// test calls it once, within a Tokio runtime of several threads.
///
/// The tests are in one module per topic: `cargo test messages::` runs those about messages. Where
/// one adapter has several kinds of store, each gets a module with its own `fresh`.
///
/// ```
/// # #[cfg(any())]
/// mod sqlite {
///     async fn fresh() -> (MyStore, TempDir) {
///         let dir = TempDir::new().unwrap();
///         (MyStore::open(dir.path()).await.unwrap(), dir)
///     }
///
///     deskport_testkit::storage_contract!(fresh);
/// }
/// ```
#[macro_export]
macro_rules! storage_contract {
    ($fresh:path) => {
        $crate::each_storage_behaviour!(stamp_storage_test($fresh));
    };
}

/// The list of all behaviours: hands it to the macro `$stamp` of this crate.
#[doc(hidden)]
#[macro_export]
macro_rules! each_storage_behaviour {
    ($stamp:ident($($context:tt)*)) => {
        $crate::$stamp! {
            ($($context)*)
            users {
                an_unknown_user_is_none
                a_new_user_reads_back_whole
                a_new_user_without_details_reads_back_whole
                an_empty_text_of_a_user_is_a_value
                a_repeated_create_keeps_the_first_user
                each_field_of_a_user_can_be_set
                each_field_of_a_user_can_be_cleared
                an_update_that_says_nothing_new_leaves_the_user_unchanged
                an_update_from_the_past_keeps_the_later_moment
                attributes_of_a_user_merge
                an_upsert_makes_an_unknown_user
                an_upsert_changes_a_known_user
            }
            agents {
                an_unknown_agent_is_none
                a_new_agent_reads_back_whole
                a_new_agent_without_details_reads_back_whole
                a_repeated_create_keeps_the_first_agent
                each_field_of_an_agent_can_be_set
                each_field_of_an_agent_can_be_cleared
                an_update_that_says_nothing_new_leaves_the_agent_unchanged
                an_upsert_makes_or_changes_an_agent
                agents_are_listed_oldest_first
            }
        }
    };
}

/// One module per topic, one test per behaviour.
#[doc(hidden)]
#[macro_export]
macro_rules! stamp_storage_test {
    (($fresh:path) $($topic:ident { $($behaviour:ident)* })*) => {
        $crate::stamp_storage_test! { @topics $($topic $fresh { $($behaviour)* })* }
    };
    (@topics $($topic:ident $fresh:path { $($behaviour:ident)* })*) => {
        $(
            mod $topic {
                use super::*;

                $crate::stamp_storage_test! { @tests $topic $($behaviour $fresh,)* }
            }
        )*
    };
    (@tests $topic:ident $($behaviour:ident $fresh:path,)*) => {
        $(
            #[test]
            fn $behaviour() {
                $crate::storage::prove($fresh, $crate::storage::$topic::$behaviour);
            }
        )*
    };
}

/// Runs one behaviour on a fresh store, and drops the store before its guard.
pub fn prove<S, G>(fresh: impl AsyncFnOnce() -> (S, G), behaviour: impl AsyncFnOnce(Arc<dyn Store>))
where
    S: Store + 'static,
{
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    runtime.block_on(async {
        let (store, _guard) = fresh().await;
        behaviour(Arc::new(store)).await;
    });
}
