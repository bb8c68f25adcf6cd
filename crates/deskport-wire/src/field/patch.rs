//! Fields of updates: absent, null or a value. For `#[serde(with = …)]` with a default.

use deskport_domain::Patch;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Reads a field that is not absent.
///
/// # Errors
/// Those of `from`, when the value is of another type.
pub fn deserialize<'de, D, T>(from: D) -> Result<Patch<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Ok(Option::deserialize(from)?.map_or(Patch::Clear, Patch::Set))
}

/// Writes a field that is not absent.
///
/// # Errors
/// Those of `to`.
pub fn serialize<S: Serializer, T: Serialize>(patch: &Patch<T>, to: S) -> Result<S::Ok, S::Error> {
    patch.value().serialize(to)
}

/// Whether there is no such field.
pub fn is_absent<T>(patch: &Patch<T>) -> bool {
    matches!(patch, Patch::Keep)
}
