//! What must hold when a create call is repeated.

use super::idempotency;
use super::rule::{Level, Rule, Scope};

const WHY: &str = "Fin repeats a failed job five times, a minute apart, also when only the answer was lost.";
const FIX: &str = "Keep `object_id` under a unique key of its kind, and answer a repeat with what is stored.";
const FIX_AT_ONCE: &str =
    "Let the database refuse the second one: looking first and writing then is not enough.";

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "IDE-01",
        level: Level::Must,
        scope: Scope::Both,
        claim: "A repeated create of an end user makes no second one.",
        source: "P-index, R/createuser, P/createuser",
        why: WHY,
        fix: FIX,
        judge: |probe| Box::pin(idempotency::a_user_is_created_once(probe)),
    },
    Rule {
        id: "IDE-02",
        level: Level::Must,
        scope: Scope::Both,
        claim: "A repeated create of a conversation makes no second one, and no second first message.",
        source: "P-index, R/createconversation, P/createconversation",
        why: WHY,
        fix: FIX,
        judge: |probe| Box::pin(idempotency::a_conversation_is_created_once(probe)),
    },
    Rule {
        id: "IDE-03",
        level: Level::Must,
        scope: Scope::Both,
        claim: "A message that is sent six times is stored once.",
        source: "P-index, R/createmessage, P/createmessage",
        why: WHY,
        fix: FIX,
        judge: |probe| Box::pin(idempotency::a_message_is_stored_once(probe)),
    },
    Rule {
        id: "IDE-04",
        level: Level::Must,
        scope: Scope::Both,
        claim: "Creates of one end user at the same time make one.",
        source: "P-index",
        why: WHY,
        fix: FIX_AT_ONCE,
        judge: |probe| Box::pin(idempotency::a_user_is_created_once_at_a_time(probe)),
    },
    Rule {
        id: "IDE-05",
        level: Level::Must,
        scope: Scope::Both,
        claim: "Creates of one conversation at the same time make one, with one first message.",
        source: "P-index",
        why: WHY,
        fix: FIX_AT_ONCE,
        judge: |probe| Box::pin(idempotency::a_conversation_is_created_once_at_a_time(probe)),
    },
    Rule {
        id: "IDE-06",
        level: Level::Must,
        scope: Scope::Both,
        claim: "A message that arrives several times at once is stored once.",
        source: "P-index",
        why: WHY,
        fix: FIX_AT_ONCE,
        judge: |probe| Box::pin(idempotency::a_message_is_stored_once_at_a_time(probe)),
    },
    Rule {
        id: "IDE-07",
        level: Level::Must,
        scope: Scope::Both,
        claim: "A message whose answers got lost is stored once when it is sent again.",
        source: "P-index, OV",
        why: WHY,
        fix: "Commit or roll back as a whole when the caller hangs up, and recognize the repeat.",
        judge: |probe| Box::pin(idempotency::a_lost_answer_loses_nothing(probe)),
    },
    Rule {
        id: "IDE-08",
        level: Level::Should,
        scope: Scope::Both,
        claim: "A repeat is answered with success and the same id.",
        source: "P-index",
        why: "What to answer is not stated; but on an error Fin never learns the id, and the job fails for good.",
        fix: "Answer a repeat just as the first call.",
        judge: |probe| Box::pin(idempotency::a_repeat_answers_the_same(probe)),
    },
    Rule {
        id: "IDE-09",
        level: Level::Should,
        scope: Scope::Both,
        claim: "The first message of a conversation is known to the create message action too.",
        source: "P-index",
        why: "After a lost answer Fin may send the first message again, by itself.",
        fix: "Keep the `object_id` of `initial_message` among those of the other messages.",
        judge: |probe| Box::pin(idempotency::the_first_message_counts(probe)),
    },
    Rule {
        id: "IDE-10",
        level: Level::Must,
        scope: Scope::Both,
        claim: "End user, conversation and message may carry the same `object_id`.",
        source: "R/createuser, R/createconversation, R/createmessage",
        why: "The published examples use one number for all three: each kind counts by itself.",
        fix: "Make the kind a part of the unique key.",
        judge: |probe| Box::pin(idempotency::kinds_are_apart(probe)),
    },
];
