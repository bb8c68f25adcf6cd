//! Refusals: which fields of a request are impossible, and why.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Everything that is impossible about a well-formed request; at least one field.
///
/// ```
/// use deskport_wire::GetUser;
///
/// let invalid = GetUser { user_id: Some("no id".into()) }.into_domain().unwrap_err();
/// assert_eq!(invalid.errors[0].field, "user_id");
/// assert_eq!(invalid.to_string(), "user_id: an id has 1 to 128 visible ASCII characters");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// Each wrong field.
    pub errors: Vec<FieldError>,
}

/// One wrong field of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// The path of the field, such as `initial_message.author.id` or `attachments[2].url`; empty
    /// for the request as a whole.
    #[cfg_attr(feature = "openapi", schema(example = "author.id"))]
    pub field: String,
    /// What is wrong with it, in plain words and without its value.
    #[cfg_attr(feature = "openapi", schema(example = "is missing"))]
    pub reason: String,
}

impl Invalid {
    /// One field is wrong.
    pub fn field(field: impl Into<String>, reason: impl fmt::Display) -> Self {
        Self { errors: vec![FieldError { field: field.into(), reason: reason.to_string() }] }
    }

    /// The same, for fields that belong to `outer`, such as `initial_message` or `attachments[2]`.
    #[must_use]
    pub fn within(mut self, outer: &str) -> Self {
        for error in &mut self.errors {
            error.field = format!("{outer}.{}", error.field);
        }
        self
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, FieldError { field, reason }) in self.errors.iter().enumerate() {
            let separator = if number == 0 { "" } else { "; " };
            let field = if field.is_empty() { "the request" } else { field };
            write!(f, "{separator}{field}: {reason}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Invalid {}

/// Parts of a request that are right together, or wrong together with all that is wrong.
pub(crate) trait Together {
    /// All parts.
    type Whole;

    /// All parts, or the faults of all parts.
    fn together(self) -> Result<Self::Whole, Invalid>;
}

macro_rules! together {
    ($($part:ident $value:ident),+) => {
        impl<$($part),+> Together for ($(Result<$part, Invalid>,)+) {
            type Whole = ($($part,)+);

            fn together(self) -> Result<Self::Whole, Invalid> {
                let ($($value,)+) = self;
                let mut errors = Vec::new();
                $(let $value = $value.map_err(|invalid| errors.extend(invalid.errors)).ok();)+
                match ($($value,)+) {
                    ($(Some($value),)+) => Ok(($($value,)+)),
                    _ => Err(Invalid { errors }),
                }
            }
        }
    };
}

together!(A a, B b);
together!(A a, B b, C c, D d);
together!(A a, B b, C c, D d, E e);
