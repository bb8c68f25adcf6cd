//! The rules as a whole: each has its own id, and the guide lists them all.

use std::collections::BTreeSet;

use deskport_conformance::{Rule, Scope, chapters};

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
