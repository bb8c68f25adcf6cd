//! Error bodies: RFC 9457 problem details, bare in variant R, under `error` in variant P.

use std::{borrow::Cow, collections::BTreeMap};

use serde::{Deserialize, Serialize};

use crate::FieldError;

/// Problem details (RFC 9457). Which status and type a failure has is decided by the HTTP face.
///
/// ```
/// use deskport_wire::{Problem, problem::Refusal, to_json};
///
/// let problem = Problem::new("/problems/not-found", "There is no such object", 404);
/// let json = br#"{"type":"/problems/not-found","title":"There is no such object","status":404}"#;
/// assert_eq!(to_json(&problem), json);
///
/// let json = to_json(&Refusal::from(problem.clone()));
/// assert!(json.starts_with(br#"{"data":null,"error":{"type""#));
/// assert_eq!(serde_json::from_slice::<Refusal>(&json)?.error, problem);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(description = "Problem details (RFC 9457).")
)]
pub struct Problem {
    /// A URI reference that names the kind of problem.
    #[serde(rename = "type", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: Cow<'static, str>,
    /// The kind of problem in a few words.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub title: Cow<'static, str>,
    /// The HTTP status.
    #[serde(default)]
    pub status: u16,
    /// This one occurrence in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// A URI reference that names this one occurrence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// The wrong fields of a request that is well-formed and impossible.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// Members of this kind of problem only.
    #[serde(flatten)]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    pub extensions: BTreeMap<String, serde_json::Value>,
}

/// A problem as variant P answers it: `{"data": null, "error": {…}}`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refusal {
    /// Always null.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub data: (),
    /// What went wrong.
    pub error: Problem,
}

impl Problem {
    /// A problem of which only the kind is known.
    pub fn new(kind: impl Into<Cow<'static, str>>, title: impl Into<Cow<'static, str>>, status: u16) -> Self {
        Self { kind: kind.into(), title: title.into(), status, ..Self::default() }
    }
}

impl From<Problem> for Refusal {
    fn from(error: Problem) -> Self {
        Self { data: (), error }
    }
}
