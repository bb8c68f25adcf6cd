//! The contract suite can fail: each of these stores breaks one promise, and the behavior that
//! stands for the promise notices.

#![expect(clippy::unwrap_used, reason = "test code outside of test functions")]

mod commits;
mod credentials;
mod desk;
mod reads;
mod wrapper;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use deskport_ports::Store;
use deskport_testkit::storage::{
    agents, clients, concurrency, conversations, events, maintenance, messages, order, outbox, prove, tokens,
    unit_of_work, users, values,
};

use crate::wrapper::{Broken, Defect, NoDefect};

/// One test per defect: the sound store shows the behavior, the broken one does not.
macro_rules! noticed {
    ($($test:ident: $defect:expr => $topic:ident::$behavior:ident;)*) => {
        $(
            #[test]
            fn $test() {
                prove(async || (Broken::by(NoDefect), ()), $topic::$behavior);
                assert_noticed($defect, $topic::$behavior);
            }
        )*
    };
}

noticed! {
    trimmed_text: commits::TrimsText => values::any_text_comes_back_as_it_was;
    empty_text_for_none: commits::TakesEmptyForNone => users::an_empty_text_of_a_user_is_a_value;
    rounded_numbers: commits::RoundsNumbers => values::any_attribute_comes_back_as_it_was;
    a_cleared_field_that_stays: commits::KeepsCleared => conversations::each_field_of_a_conversation_can_be_cleared;
    attributes_that_are_replaced: commits::ReplacesAttributes => users::attributes_of_a_user_merge;
    a_repeat_that_is_created: commits::CreatesRepeats => concurrency::one_of_64_repeats_creates_the_user;
    a_repeat_that_overwrites: commits::OverwritesRepeats => users::a_repeated_create_keeps_the_first_user;
    a_repeat_that_answers_itself: commits::AnswersTheRequest => messages::a_repeated_post_keeps_the_first_message;
    message_ids_for_all_conversations: commits::SharesMessageIds::default()
        => messages::two_conversations_may_hold_messages_with_one_id;
    a_commit_in_pieces: commits::CommitsInPieces => unit_of_work::a_creation_with_a_missing_author_stores_nothing;
    an_update_that_is_not_taken_back: commits::CommitsInPieces
        => unit_of_work::a_refused_commit_takes_its_updates_back;
    the_wrong_reference: commits::NamesTheWrongReference => unit_of_work::each_missing_reference_is_named;
    lost_updates: commits::LosesUpdates::default() => concurrency::no_update_of_a_user_is_lost;
    numbers_before_the_commit: reads::NumbersBeforeCommit::default()
        => order::a_reader_behind_16_writers_skips_nothing;
    order_by_created_at: reads::OrdersByCreatedAt => messages::messages_are_listed_in_the_order_of_their_commits;
    nothing_after_an_unknown_hint: reads::FindsNothingAfterUnknown => order::an_unknown_position_is_the_start;
    a_message_lost_between_pages: reads::SkipsBetweenPages => order::pages_hold_each_message_once;
    pages_that_never_end: reads::IgnoresPositions => order::pages_hold_each_message_once;
    a_reader_who_gets_nowhere: reads::IgnoresPositions => order::a_reader_behind_16_writers_skips_nothing;
    notes_for_everybody: reads::ShowsAllNotes => messages::only_the_notes_of_one_agent_are_shown_on_demand;
    an_untouched_conversation: reads::NeverTouches => conversations::a_message_touches_its_conversation;
    a_user_as_it_was: reads::RemembersUsers::default()
        => conversations::details_show_user_and_assignee_as_they_are_now;
    ids_without_case: reads::FoldsCase => users::an_unknown_user_is_none;
    agents_by_id: reads::ListsAgentsById => agents::agents_are_listed_oldest_first;
    tokens_that_are_never_forgotten: credentials::NeverForgets::default()
        => tokens::tokens_are_forgotten_a_day_after_they_expired;
    a_digest_given_twice: credentials::TakesAnyToken => tokens::a_taken_token_is_refused;
    the_last_revocation: credentials::KeepsTheLastRevocation::default()
        => tokens::the_first_revocation_of_a_token_stays;
    tokens_that_outlive_their_client: credentials::RevokesClientsOnly
        => clients::revoking_a_client_revokes_its_tokens_only;
    tokens_revoked_by_another_client: credentials::RevokesAllTokens
        => clients::revoking_a_client_revokes_its_tokens_only;
    news_of_its_own_for_fin: desk::Echoes => outbox::changes_by_fin_and_notes_are_not_told;
    a_notification_for_two: desk::ClaimsWithoutLease => outbox::sixteen_dispatchers_share_the_work;
    a_failure_for_a_success: desk::ForgetsFailures => outbox::a_failure_is_tried_again_at_its_moment;
    a_late_change_for_a_told_one: desk::TellsTooMuch => outbox::a_change_while_sending_leads_to_one_more;
    an_event_seen_twice: desk::RepeatsTheLastEvent => events::a_follower_of_16_writers_sees_each_event_once;
    two_first_starts: credentials::AlwaysStarts => maintenance::one_of_16_first_starts_creates;
}

fn assert_noticed(defect: impl Defect + 'static, behavior: impl AsyncFnOnce(Arc<dyn Store>)) {
    let proof = AssertUnwindSafe(|| prove(async || (Broken::by(defect), ()), behavior));
    assert!(catch_unwind(proof).is_err(), "nobody noticed the broken store");
}
