//! Bytes to request structs, telling apart what is no JSON from JSON of the wrong shape.

use serde::de::DeserializeOwned;
use serde_json::error::Category;

use crate::{FieldError, Invalid, field::Object};

mod surrogates;

/// Why bytes are no request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// The bytes are no JSON text.
    #[error("this is not JSON: {reason}, at line {line}, column {column}")]
    NotJson {
        /// Where, counted from 1.
        line: usize,
        /// Where in the line, in bytes, counted from 1.
        column: usize,
        /// What is wrong there, in plain words.
        reason: String,
    },
    /// The bytes are JSON, and a value in it is of a type that its field never has.
    #[error(transparent)]
    Invalid(#[from] Invalid),
}

/// Reads a request: one JSON object.
///
/// A byte order mark before it, unknown members and repeated members are tolerated, and an escaped
/// surrogate without its other half becomes U+FFFD.
///
/// ```
/// use deskport_wire::{GetMessages, ParseError, parse};
///
/// let request: GetMessages = parse(br#"{"conversation_id": "conv_456", "new": 1}"#)?;
/// assert_eq!(request.conversation_id.as_deref(), Some("conv_456"));
///
/// assert!(matches!(parse::<GetMessages>(b"{"), Err(ParseError::NotJson { line: 1, .. })));
/// let Err(ParseError::Invalid(invalid)) = parse::<GetMessages>(br#"{"after_id": []}"#) else { panic!() };
/// assert_eq!(invalid.errors[0].field, "after_id");
/// # Ok::<(), ParseError>(())
/// ```
///
/// # Errors
/// [`ParseError::NotJson`] for anything but JSON in UTF-8, also when it nests deeper than 128
/// levels or holds a number outside of the range of doubles; [`ParseError::Invalid`] for the
/// first value of a wrong type.
pub fn parse<T: DeserializeOwned>(json: &[u8]) -> Result<T, ParseError> {
    let json = json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json);
    let json = surrogates::repair(json);
    let text = std::str::from_utf8(&json).map_err(|error| not_utf8(&json, error.valid_up_to()))?;
    match serde_json::from_str(text) {
        Ok(Object(request)) => Ok(request),
        Err(error) if error.classify() == Category::Data => parse_again(text),
        Err(error) => Err(not_json(&error)),
    }
}

/// Reads a request that may be left out: an empty body is an empty object.
///
/// # Errors
/// As [`parse`].
pub fn parse_or_default<T: DeserializeOwned + Default>(json: &[u8]) -> Result<T, ParseError> {
    if json.trim_ascii().is_empty() { Ok(T::default()) } else { parse(json) }
}

/// Reads JSON that failed before: by way of a tree, which forgives repeated members (the last one
/// wins) and finds faults of syntax behind a fault of type.
fn parse_again<T: DeserializeOwned>(text: &str) -> Result<T, ParseError> {
    let tree: serde_json::Value = serde_json::from_str(text).map_err(|error| not_json(&error))?;
    match serde_path_to_error::deserialize(tree) {
        Ok(Object(request)) => Ok(request),
        Err(error) => {
            let path = error.path().to_string();
            let field = if path == "." { String::new() } else { path };
            let reason = wrong_type(&error.inner().to_string());
            Err(Invalid { errors: vec![FieldError { field, reason }] }.into())
        }
    }
}

fn not_utf8(json: &[u8], at: usize) -> ParseError {
    let mut lines = json[..at].split(|byte| *byte == b'\n');
    ParseError::NotJson {
        line: lines.clone().count(),
        column: 1 + lines.next_back().map_or(0, <[u8]>::len),
        reason: "the text is not UTF-8".to_owned(),
    }
}

fn not_json(error: &serde_json::Error) -> ParseError {
    let message = error.to_string();
    let reason = message.rsplit_once(" at line ").map_or(message.as_str(), |(reason, _)| reason);
    ParseError::NotJson {
        line: error.line(),
        column: error.column(),
        reason: reason.replace("EOF while parsing", "the text ends within"),
    }
}

/// What serde expected, without its words and without the value that it found.
fn wrong_type(message: &str) -> String {
    let expected = match message.rsplit_once(", expected ") {
        Some((_, "a string")) => "text",
        Some((_, "a sequence")) => "a list",
        Some((_, expected)) => expected,
        None => "of another type",
    };
    format!("must be {expected}")
}
