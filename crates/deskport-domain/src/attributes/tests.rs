//! The merge rules, case by case after RFC 7396.

use super::*;

fn text(value: &str) -> Value {
    Value::Text(value.into())
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Attributes {
    members.into_iter().map(|(name, value)| (name.into(), value)).collect()
}

#[test]
fn a_member_that_the_patch_does_not_name_stays() {
    let mut stored = object([("a", text("1")), ("b", text("2"))]);
    assert!(stored.merge(&object([("b", text("3"))])));
    assert_eq!(stored, object([("a", text("1")), ("b", text("3"))]));
}

#[test]
fn null_removes_a_member_and_is_never_stored() {
    let mut stored = object([("a", text("1"))]);
    assert!(stored.merge(&object([("a", Value::Null), ("b", Value::Null)])));
    assert_eq!(stored, Attributes::default());
}

#[test]
fn objects_merge_at_every_depth() {
    let mut stored = object([("a", Value::Object(object([("x", text("1")), ("y", text("2"))])))]);
    let patch = object([("a", Value::Object(object([("x", Value::Null), ("z", text("3"))])))]);
    assert!(stored.merge(&patch));
    assert_eq!(stored, object([("a", Value::Object(object([("y", text("2")), ("z", text("3"))])))]));
}

#[test]
fn nulls_inside_a_new_object_are_dropped() {
    let mut stored = object([("a", text("scalar"))]);
    let patch = object([("a", Value::Object(object([("x", Value::Null), ("y", text("1"))])))]);
    assert!(stored.merge(&patch));
    assert_eq!(stored, object([("a", Value::Object(object([("y", text("1"))])))]));
}

#[test]
fn a_list_replaces_a_list_as_a_whole() {
    let mut stored = object([("a", Value::List(vec![text("1"), text("2")]))]);
    let patch = object([("a", Value::List(vec![text("3")]))]);
    assert!(stored.merge(&patch));
    assert_eq!(stored, patch);
}

#[test]
fn a_merge_that_says_nothing_new_reports_no_change() {
    let stored = object([("a", Value::Object(object([("x", text("1"))]))), ("n", text("2"))]);
    let mut merged = stored.clone();
    assert!(!merged.merge(&stored));
    assert!(!merged.apply(&Patch::Keep));
    assert_eq!(merged, stored);
}

#[test]
fn clearing_removes_every_member() {
    let mut stored = object([("a", text("1"))]);
    assert!(stored.apply(&Patch::Clear));
    assert!(!stored.apply(&Patch::Clear));
    assert!(stored.is_empty());
}
