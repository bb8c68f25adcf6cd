//! Free-form attributes of users and conversations, and how an update merges into them.

use std::collections::BTreeMap;

use crate::{Patch, Text};

/// One attribute's value: what JSON can say, without being JSON.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// No value. In an update: remove the member.
    Null,
    /// True or false.
    Bool(bool),
    /// A number.
    Number(Number),
    /// Text.
    Text(Text),
    /// A list; an update replaces it as a whole.
    List(Vec<Value>),
    /// An object; an update merges into it.
    Object(Attributes),
}

/// A number: whole ones from -2^63 to 2^64-1 are exact, others are IEEE 754 doubles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// A whole number.
    Signed(i64),
    /// A whole number above the range of [`Number::Signed`].
    Unsigned(u64),
    /// Any other finite number.
    Float(f64),
}

/// Members by name, in the order of their names.
///
/// ```
/// use deskport_domain::{Attributes, Text, Value};
///
/// let mut stored: Attributes = [("plan", "free"), ("seats", "3")].into_iter().collect();
/// let mut patch: Attributes = [("plan", "pro")].into_iter().collect();
/// patch.insert("seats".into(), Value::Null);
///
/// assert!(stored.merge(&patch));
/// assert_eq!(stored, [("plan", "pro")].into_iter().collect());
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attributes(BTreeMap<Text, Value>);

impl Attributes {
    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of the member `name`.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// Sets a member.
    pub fn insert(&mut self, name: Text, value: Value) {
        self.0.insert(name, value);
    }

    /// All members in the order of their names.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Text, &Value)> {
        self.0.iter()
    }

    /// Merges `patch` as RFC 7396 (JSON merge patch) says: null removes, objects merge, everything
    /// else replaces. Tells whether anything changed.
    pub fn merge(&mut self, patch: &Self) -> bool {
        let mut changed = false;
        for (name, value) in &patch.0 {
            changed |= self.merge_member(name, value);
        }
        changed
    }

    /// Applies an update's field: absent keeps all, null clears all, an object merges.
    pub fn apply(&mut self, patch: &Patch<Self>) -> bool {
        match patch {
            Patch::Keep => false,
            Patch::Clear => !std::mem::take(&mut self.0).is_empty(),
            Patch::Set(members) => self.merge(members),
        }
    }

    fn merge_member(&mut self, name: &Text, value: &Value) -> bool {
        match (self.0.get_mut(name), value) {
            (stored, Value::Null) => stored.is_some() && self.0.remove(name).is_some(),
            (Some(Value::Object(stored)), Value::Object(members)) => stored.merge(members),
            (Some(stored), value) if stored == value => false,
            (_, Value::Object(members)) => {
                let mut merged = Self::default();
                merged.merge(members);
                let changed = self.0.get(name) != Some(&Value::Object(merged.clone()));
                self.0.insert(name.clone(), Value::Object(merged));
                changed
            }
            (_, value) => {
                self.0.insert(name.clone(), value.clone());
                true
            }
        }
    }
}

impl FromIterator<(Text, Value)> for Attributes {
    fn from_iter<I: IntoIterator<Item = (Text, Value)>>(members: I) -> Self {
        Self(members.into_iter().collect())
    }
}

/// Members whose values are all text.
impl<'a> FromIterator<(&'a str, &'a str)> for Attributes {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(members: I) -> Self {
        members.into_iter().map(|(name, value)| (name.into(), Value::Text(value.into()))).collect()
    }
}

impl IntoIterator for Attributes {
    type Item = (Text, Value);
    type IntoIter = std::collections::btree_map::IntoIter<Text, Value>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests;
