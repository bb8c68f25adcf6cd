//! The HTML rules: any HTML becomes the small subset that message bodies may hold.
//!
//! [`sanitize`] reads anything and writes only what [`policy`] keeps, in one canonical form.
//! [`verify()`] recognizes that form on its own. A [`MessageBody`] is made only by the two.
//!
//! ```
//! use deskport_domain::html::{sanitize, verify};
//!
//! let clean = sanitize("<div>Hello <strong>world</strong><script>alert(1)</script></div>");
//! assert_eq!(clean, "Hello <b>world</b>");
//! assert!(verify(&clean));
//! ```

mod body;
mod byte_set;
mod clean;
mod decode;
mod element;
#[cfg(test)]
#[expect(unreachable_pub, reason = "the measurements in `proof` take in the same file")]
mod families;
mod few;
mod flow;
mod foreign;
#[cfg(feature = "markdown")]
mod from_markdown;
mod from_text;
mod hidden;
mod name;
mod open;
mod plain;
pub mod policy;
mod preview;
mod reference;
mod report;
mod scan;
mod skip;
mod steps;
mod tag;
mod url;
mod verify;
mod writer;

use std::borrow::Cow;

pub use body::MessageBody;
use clean::Cleaner;
#[cfg(feature = "markdown")]
pub use from_markdown::from_markdown;
pub use from_text::from_text;
pub use policy::{HiddenText, Policy};
pub use report::{Cleaned, Removed};
pub use verify::verify;
use verify::verify_visible;

/// Cleans `html` by the default rules; never fails. Borrows if the input is already clean.
///
/// ```
/// use deskport_domain::html::sanitize;
/// use std::borrow::Cow;
///
/// assert_eq!(sanitize("<h3 class=x>Title"), "<h2>Title</h2>");
/// assert!(matches!(sanitize("<p>Hello</p>"), Cow::Borrowed(_)));
/// ```
pub fn sanitize(html: &str) -> Cow<'_, str> {
    let trimmed = html.trim_ascii();
    if verify_visible(trimmed) {
        return Cow::Borrowed(trimmed);
    }
    Cleaner::new(html, Policy::default(), String::new()).run().0
}

/// Cleans `html` into `output`, which is emptied first and whose memory is used again.
///
/// ```
/// let mut output = String::with_capacity(1024);
/// deskport_domain::html::sanitize_into("<em>Hello</em>", &mut output);
/// assert_eq!(output, "<i>Hello</i>");
/// ```
pub fn sanitize_into(html: &str, output: &mut String) -> Removed {
    output.clear();
    let trimmed = html.trim_ascii();
    if verify_visible(trimmed) {
        output.push_str(trimmed);
        return Removed::default();
    }
    let (clean, removed, buffer) = Cleaner::new(html, Policy::default(), std::mem::take(output)).run();
    *output = match clean {
        Cow::Owned(clean) => clean,
        Cow::Borrowed(clean) => buffer + clean,
    };
    removed
}

impl Policy {
    /// Cleans `html` by these rules, and reports what was removed; never fails.
    ///
    /// ```
    /// use deskport_domain::html::Policy;
    ///
    /// let cleaned = Policy::default().clean("Hi<script>alert(1)</script>");
    /// assert_eq!(cleaned.html, "Hi");
    /// assert_eq!(cleaned.removed.elements, 1);
    /// ```
    pub fn clean<'a>(&self, html: &'a str) -> Cleaned<'a> {
        let (clean, removed, _) = Cleaner::new(html, *self, String::new()).run();
        let changed = clean.len() != html.len() || matches!(clean, Cow::Owned(_));
        Cleaned { html: clean, changed, removed }
    }
}
