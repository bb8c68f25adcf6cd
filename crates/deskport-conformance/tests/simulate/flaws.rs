//! Each way of being wrong is found, and named for what it is.

use std::collections::BTreeSet;

use deskport_conformance::simulate::{Flaw, Scenario};

use crate::helpdesk::{Helpdesk, Wrong};
use crate::runs::play;

/// Enough happens here for every mistake to show.
const SCENARIO: &str = "
    user Jane jane@example.com
    agent Sarah sarah@example.com
    Jane starts: Hello
    Fin says: Good morning
    Jane says: I have a question
    Sarah replies: And I an answer
    Sarah notes: She called before
    Jane says: Here it is
    Fin marks: resolved
    the next 4 answers are lost
    Jane says: Thank you
    Jane reads
    Sarah replies: You are welcome
    Sarah replies: Goodbye
";

async fn flaws(wrong: Wrong) -> (BTreeSet<Flaw>, String) {
    let helpdesk = Helpdesk::start(Some(wrong)).await;
    let scenario: Scenario = SCENARIO.parse().unwrap();
    let outcome = play(helpdesk.options(), &scenario).await;
    let flaws = outcome.comparison.differences.iter().map(|difference| difference.flaw).collect();
    (flaws, outcome.to_string())
}

macro_rules! wrongs {
    ($($name:ident: $wrong:ident is [$($flaw:ident),+];)*) => {
        $(
            #[tokio::test]
            async fn $name() {
                let (flaws, said) = flaws(Wrong::$wrong).await;
                assert_eq!(flaws, BTreeSet::from([$(Flaw::$flaw),+]), "{said}");
            }
        )*
    };
}

wrongs! {
    a_message_that_is_stored_at_each_repeat_is_doubled: StoresRepeats is [Doubled];
    a_message_that_was_answered_and_not_stored_is_lost: ForgetsMessages is [Lost];
    a_list_that_begins_with_the_newest_is_in_another_order: NewestFirst is [Reordered];
    a_list_that_is_sorted_by_moments_hides_what_is_new: SortsByMoment is [Reordered, Unseen];
    a_reply_that_was_not_told_is_unseen: NeverTells is [Unseen];
    a_message_that_after_id_jumps_over_is_unseen: SkipsOneAfter is [Unseen];
    a_message_that_is_listed_twice_is_doubled: ListsTwice is [Doubled];
    a_body_that_changed_is_altered: RewritesBodies is [Altered];
    a_note_that_turned_public_is_altered: TurnsPublic is [Altered];
    a_status_that_was_not_stored_is_out_of_date: ForgetsStatus is [Outdated];
}
