//! The author of many messages, written once.

use deskport_domain::Author;
use serde::{Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};

use super::{Bare, Json, Variant};

/// An author's JSON as one variant has it, for the messages of a list that are written in that variant.
///
/// ```
/// use deskport_domain::{Agent, AgentId, Author, Timestamp};
/// use deskport_wire::{AuthorJson, Variant};
///
/// let fin = Author::Agent(Agent::unnamed(AgentId::parse("agent_fin")?, Timestamp::EPOCH));
/// let (mut once, mut again) = (Vec::new(), Vec::new());
/// Variant::R.write(&fin, &mut once);
/// Variant::R.write(&AuthorJson::new(Variant::R, &fin), &mut again);
/// assert_eq!(once, again);
/// # Ok::<(), deskport_domain::InvalidId>(())
/// ```
#[derive(Debug)]
pub struct AuthorJson(Box<RawValue>);

impl AuthorJson {
    /// Writes an author.
    pub fn new(variant: Variant, author: &Author) -> Self {
        Self(raw(&Bare(variant, author)))
    }
}

#[expect(clippy::expect_used, reason = "memory takes all, and no key of ours is anything but text")]
fn raw(value: &impl Serialize) -> Box<RawValue> {
    to_raw_value(value).expect("JSON is written to memory")
}

/// Writes what was written, whatever the variant.
impl Json for AuthorJson {
    fn write<S: Serializer>(&self, _: Variant, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}
