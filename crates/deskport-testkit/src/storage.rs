//! The contract suite for stores: for each promise, one function that panics when it is not kept.
//!
//! [`storage_contract!`](crate::storage_contract) turns the whole list into tests. A behavior may
//! also be called by itself, with a store that holds nothing:
//!
//! ```
//! use deskport_testkit::storage::{prove, users};
//! # use deskport_storage_memory::MemoryStore;
//!
//! prove(async || (MemoryStore::default(), ()), users::a_new_user_reads_back_whole);
//! ```

mod crowd;
mod given;

pub mod agents;
pub mod clients;
pub mod concurrency;
pub mod conversations;
pub mod erasure;
pub mod events;
pub mod inbox;
pub mod maintenance;
pub mod messages;
pub mod order;
pub mod outbox;
pub mod tokens;
pub mod unit_of_work;
pub mod users;
pub mod values;
pub mod versions;

use std::sync::Arc;

use deskport_ports::Store;

/// Stamps out one test for each behavior that the ports promise.
///
/// `fresh` is an async function without parameters that returns an empty store, and whatever must live as
/// long as it, such as a temporary directory, or `()`. Each test calls it once, in a multi-threaded runtime.
///
/// There is one module per topic: `cargo test messages::` runs the tests about messages. Where one adapter
/// has several kinds of store, each gets a module with its own `fresh`.
///
/// ```
/// # use deskport_storage_memory::MemoryStore;
/// mod shared {
///     # use super::MemoryStore;
///     async fn fresh() -> (MemoryStore, ()) {
///         (MemoryStore::default(), ())
///     }
///
///     deskport_testkit::storage_contract!(fresh);
/// }
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! storage_contract {
    ($fresh:path) => {
        $crate::each_storage_behavior! { [$crate::stamp_storage_test] ($fresh) }
    };
}

/// The list of all behaviors: hands it to the macro in brackets, after what is in parentheses.
#[doc(hidden)]
#[macro_export]
macro_rules! each_storage_behavior {
    ([$($stamp:tt)*] $context:tt) => {
        $($stamp)*! {
            $context
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
            conversations {
                an_unknown_conversation_is_none
                a_new_conversation_reads_back_whole
                a_new_conversation_without_details_reads_back_whole
                a_repeated_create_keeps_the_first_conversation
                each_field_of_a_conversation_can_be_set
                each_field_of_a_conversation_can_be_cleared
                every_status_reads_back
                an_update_that_says_nothing_new_leaves_the_conversation_unchanged
                attributes_of_a_conversation_merge
                details_show_user_and_assignee_as_they_are_now
                a_message_touches_its_conversation
                a_message_never_moves_its_conversation_back
                a_closed_conversation_takes_messages
            }
            messages {
                a_new_message_reads_back_whole
                a_post_answers_only_with_its_message
                a_repeated_post_keeps_the_first_message
                each_message_of_a_long_conversation_is_found_by_its_id
                a_post_names_its_author_as_it_is_now
                two_conversations_may_hold_messages_with_one_id
                messages_are_listed_in_the_order_of_their_commits
                a_message_has_any_known_author
                an_end_user_and_an_agent_may_have_one_id
                a_page_names_each_of_its_authors_once
                a_page_shows_its_authors_as_they_are_now
                all_notes_are_shown_on_demand
                only_the_notes_of_one_agent_are_shown_on_demand
                pages_without_notes_skip_nothing_else
            }
            order {
                a_message_is_a_position
                a_sequence_number_is_a_position
                an_unknown_position_is_the_start
                pages_hold_each_message_once
                messages_posted_between_two_pages_come_after_them
                a_reader_behind_16_writers_skips_nothing
                each_of_16_writers_finds_its_messages_in_order
                a_conversation_of_10_000_messages_is_read_page_by_page
            }
            versions {
                a_post_makes_another_version
                reading_makes_no_other_version
                an_erasure_makes_another_edition
                a_profile_has_versions
            }
            values {
                any_text_comes_back_as_it_was
                any_text_of_a_message_comes_back_as_it_was
                any_id_comes_back_as_it_was
                any_moment_comes_back_as_it_was
                any_attribute_comes_back_as_it_was
                a_body_of_1_mib_comes_back_whole
                a_hundred_attachments_keep_their_order
                attachments_stay_with_their_message
            }
            unit_of_work {
                everything_can_be_created_at_once
                a_repeat_of_everything_changes_nothing
                a_creation_with_a_missing_author_stores_nothing
                a_creation_with_a_missing_conversation_stores_nothing
                a_refused_commit_takes_its_updates_back
                the_answer_shows_the_conversation_after_everything
                each_missing_reference_is_named
                the_first_missing_reference_is_named
                what_an_upsert_makes_can_be_referred_to
                a_disabled_agent_can_be_referred_to
                an_empty_commit_does_nothing
            }
            concurrency {
                one_of_64_repeats_creates_the_user
                one_of_64_repeats_creates_the_agent
                one_of_64_repeats_creates_the_conversation
                one_of_64_repeats_creates_the_message
                one_of_16_upserts_makes_the_user
                no_update_of_a_user_is_lost
                no_update_of_an_agent_is_lost
                no_update_of_a_conversation_is_lost
                crossing_commits_all_go_through
                nobody_sees_a_conversation_without_its_first_message
                a_read_sees_every_commit_before_it
            }
            events {
                a_fresh_log_is_empty
                each_part_of_a_change_is_an_event
                an_event_reads_back_whole
                a_repeat_and_an_empty_update_are_no_events
                a_refused_change_is_no_event
                a_handover_is_told_once
                updates_of_people_are_events
                a_follower_of_16_writers_sees_each_event_once
                old_events_are_forgotten
                a_bookmark_never_goes_back
                one_of_16_instances_leads
            }
            outbox {
                a_change_by_the_desk_is_due_at_once
                changes_by_fin_and_notes_are_not_told
                a_change_of_a_user_is_told_to_live_conversations
                many_changes_are_one_notification
                a_change_while_sending_leads_to_one_more
                sixteen_dispatchers_share_the_work
                a_claim_that_ended_is_taken_over
                a_failure_is_tried_again_at_its_moment
                a_parked_notification_waits_for_an_operator
                an_operator_has_notifications_sent_again
                the_latest_attempts_are_kept
                an_untold_conversation_has_no_delivery
            }
            inbox {
                conversations_are_listed_by_latest_activity
                activity_is_listed_in_order_however_far_apart
                each_filter_lets_through_what_it_names
                a_handed_over_conversation_waits
                pages_of_conversations_hold_each_once
                a_list_shows_people_as_they_are_now
                pages_of_users_hold_each_once
                messages_are_read_backwards
                an_unknown_conversation_has_no_earlier_messages
                one_message_is_found
                search_finds_titles_people_and_messages
                search_follows_changes_and_takes_any_text
            }
            erasure {
                an_unknown_user_is_not_erased
                everything_that_belongs_to_a_person_goes
                an_erasure_is_one_event
                order_goes_on_after_an_erasure
                an_erased_message_is_not_found_by_its_id
                nobody_posts_as_or_to_an_erased_person
            }
            tokens {
                a_new_token_is_found_by_its_digest
                an_unknown_digest_finds_no_token
                an_expired_token_is_found
                tokens_are_listed_oldest_first_without_expired_ones
                a_taken_token_is_refused
                one_of_16_tokens_with_one_digest_is_taken
                the_first_revocation_of_a_token_stays
                tokens_are_forgotten_a_day_after_they_expired
            }
            clients {
                a_new_client_is_found_by_its_id
                clients_are_listed_oldest_first
                a_taken_client_is_refused
                one_of_16_clients_with_one_id_is_taken
                the_first_revocation_of_a_client_stays
                revoking_a_client_revokes_its_tokens_only
                revoking_a_client_again_revokes_what_it_fetched_since
            }
            maintenance {
                a_fresh_store_is_in_order
                the_first_start_creates_everything
                a_second_start_creates_nothing
                a_store_with_an_agent_has_been_started
                a_store_with_a_client_has_been_started
                a_store_with_a_token_has_been_started
                a_store_with_users_only_has_not_been_started
                one_of_16_first_starts_creates
            }
        }
    };
}

/// One module per topic, one test per behavior.
#[doc(hidden)]
#[macro_export]
macro_rules! stamp_storage_test {
    (($fresh:path) $($topic:ident { $($behavior:ident)* })*) => {
        $crate::stamp_storage_test! { @topics $($topic $fresh { $($behavior)* })* }
    };
    (@topics $($topic:ident $fresh:path { $($behavior:ident)* })*) => {
        $(
            mod $topic {
                use super::*;

                $crate::stamp_storage_test! { @tests $topic $($behavior $fresh,)* }
            }
        )*
    };
    (@tests $topic:ident $($behavior:ident $fresh:path,)*) => {
        $(
            #[test]
            fn $behavior() {
                $crate::storage::prove($fresh, $crate::storage::$topic::$behavior);
            }
        )*
    };
}

/// Runs one behavior on a fresh store, and drops the store before its guard.
pub fn prove<S, G>(fresh: impl AsyncFnOnce() -> (S, G), behavior: impl AsyncFnOnce(Arc<dyn Store>))
where
    S: Store + 'static,
{
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    runtime.block_on(async {
        let (store, _guard) = fresh().await;
        behavior(Arc::new(store)).await;
    });
}

#[cfg(test)]
mod tests;
