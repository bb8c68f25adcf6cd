//! What must hold for the notifications that a server sends to Fin.

use std::future::ready;

use super::rule::{Level, Rule, Scope};
use super::webhook;

const SOURCE: &str = "R/webhook, P/webhook";

/// Those that make the server send something come first.
pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "WHK-06",
        level: Level::Must,
        scope: Scope::AtEnd,
        claim: "Fin is told when the helpdesk changes a conversation.",
        source: "R/webhook, P/webhook, OV",
        why: "Fin pulls only when it is told; an agent's reply would never reach the end user.",
        fix: "Send a notification after each message, status or assignee that did not come from Fin.",
        judge: |probe| Box::pin(webhook::a_change_is_told(probe)),
    },
    Rule {
        id: "WHK-07",
        level: Level::May,
        scope: Scope::AtEnd,
        claim: "A notification that was refused is sent again.",
        source: "-",
        why: "Networks fail; what is told once may never arrive.",
        fix: "Keep notifications until they are accepted, and repeat them with growing pauses.",
        judge: |probe| Box::pin(webhook::a_refused_notification_is_repeated(probe)),
    },
    Rule {
        id: "WHK-04",
        level: Level::Must,
        scope: Scope::AtEnd,
        claim: "A notification about typing holds the agent's id, type, name and e-mail address.",
        source: SOURCE,
        why: "All four are required; the Messenger shows who is typing.",
        fix: "Fill `data.agent`, or send nothing for agents without name or address.",
        judge: |probe| Box::pin(webhook::typing_names_the_agent(probe)),
    },
    Rule {
        id: "WHK-01",
        level: Level::Must,
        scope: Scope::AtEnd,
        claim: "A notification is a POST with a JSON object that names the conversation.",
        source: SOURCE,
        why: "`conversation_id` is required; Fin would not know what to pull.",
        fix: "Send `{\"conversation_id\": \"…\"}`.",
        judge: |probe| Box::pin(ready(webhook::notifications_name_a_conversation(probe))),
    },
    Rule {
        id: "WHK-02",
        level: Level::Must,
        scope: Scope::AtEnd,
        claim: "A notification carries the secret in `X-Webhook-Key`, as it is.",
        source: "R-index, P-index, AU",
        why: "Fin refuses what it cannot recognize.",
        fix: "Send the secret of Fin's deployment screen; nothing is computed.",
        judge: |probe| Box::pin(ready(webhook::notifications_carry_the_key(probe))),
    },
    Rule {
        id: "WHK-03",
        level: Level::Must,
        scope: Scope::AtEnd,
        claim: "`event_type` is absent, null or `agent_typing`.",
        source: SOURCE,
        why: "No other kind of event exists.",
        fix: "Leave `event_type` out of everything but typing.",
        judge: |probe| Box::pin(ready(webhook::events_are_known(probe))),
    },
    Rule {
        id: "WHK-05",
        level: Level::Should,
        scope: Scope::AtEnd,
        claim: "What Fin changed itself is not told to Fin.",
        source: "OV",
        why: "Each run of Fin would cause the next one.",
        fix: "Send notifications for changes by the helpdesk only.",
        judge: |probe| Box::pin(ready(webhook::fin_is_not_told_of_itself(probe))),
    },
];
