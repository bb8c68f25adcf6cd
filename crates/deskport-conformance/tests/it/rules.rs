//! The rules as a whole: each has its own id, and the guide lists them all.

use std::collections::BTreeSet;

use deskport_conformance::{Level, Rule, Scope, chapters};

use crate::{mutations, webhooks};

const GUIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/TESTING_YOUR_INTEGRATION.md");

fn rules() -> impl Iterator<Item = &'static Rule> {
    chapters().iter().flat_map(|chapter| chapter.rules)
}

#[test]
fn every_rule_has_its_own_id() {
    let ids: BTreeSet<&str> = rules().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), rules().count());
}

#[test]
fn every_rule_says_everything() {
    for rule in rules() {
        for text in [rule.claim, rule.source, rule.why, rule.fix] {
            assert!(!text.is_empty(), "{}", rule.id);
        }
        assert!(rule.claim.ends_with('.') && rule.why.ends_with('.'), "{}", rule.id);
    }
}

/// Rules that no wrong server of the tables fails, and why.
const EXCEPTIONS: [(&str, &str); 7] = [
    ("CON-01", "a server that does not answer is in the tests of the reports"),
    ("USR-09", OBSERVATION),
    ("MSG-15", OBSERVATION),
    ("UPD-09", OBSERVATION),
    ("UPD-12", OBSERVATION),
    ("TIM-03", OBSERVATION),
    ("STA-02", OBSERVATION),
];
const OBSERVATION: &str = "it says what was seen, and nothing that can be seen is wrong";

#[test]
fn for_every_rule_there_is_a_server_that_fails_it() {
    let tables = [mutations::BOTH, mutations::EVERYTHING, mutations::P, mutations::R, webhooks::PROVEN];
    let failed = tables.iter().flat_map(|table| table.iter()).flat_map(|ids| ids.iter());
    let mut proven: BTreeSet<&str> =
        failed.map(|id| id.strip_prefix("R-").or(id.strip_prefix("P-")).unwrap_or(id)).collect();
    for (id, why) in EXCEPTIONS {
        assert!(proven.insert(id), "{id} is no exception: a server fails it");
        let is_observation = rules().any(|rule| rule.id == id && rule.level == Level::May);
        assert_eq!(is_observation, why == OBSERVATION, "{id}");
    }
    let known: BTreeSet<&str> = rules().map(|rule| rule.id).collect();
    assert_eq!(proven, known);
}

/// On failure, the message is what belongs into the guide.
#[test]
fn the_guide_lists_every_rule() {
    let guide = std::fs::read_to_string(GUIDE).unwrap();
    let missing: Vec<String> = rules().map(line).filter(|line| !guide.contains(line)).collect();
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}

fn line(rule: &Rule) -> String {
    let scope = match rule.scope {
        Scope::Both => "R, P",
        Scope::OnlyR => "R",
        Scope::OnlyP => "P",
        Scope::Once | Scope::AtEnd => "once",
    };
    format!("| {} | {} | {scope} | {} | {} |", rule.id, rule.level.name(), rule.claim, rule.source)
}
