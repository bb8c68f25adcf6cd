//! Markdown as a message body.

use pulldown_cmark::{Options, Parser, html};

use super::sanitize;

/// The message body that Markdown stands for, as clean HTML.
///
/// It is read as `CommonMark` with tables. What the parser makes of it is cleaned like anybody's HTML, and so is
/// HTML that stands in the Markdown: the parser decides only which text survives, never what is safe. Links and
/// images keep the addresses that the rules accept.
///
/// ```
/// use deskport_domain::html::from_markdown;
///
/// assert_eq!(
///     from_markdown("# Export\n\n1. Open *Settings*\n2. Choose `CSV`"),
///     "<h1>Export</h1><ol><li>Open <i>Settings</i></li><li>Choose <code>CSV</code></li></ol>"
/// );
/// assert_eq!(from_markdown("[Prize](javascript:alert(1))"), "<p>Prize</p>");
/// ```
pub fn from_markdown(markdown: &str) -> String {
    let mut markup = String::with_capacity(markdown.len() + markdown.len() / 2);
    html::push_html(&mut markup, Parser::new_ext(markdown, Options::ENABLE_TABLES));
    sanitize(&markup).into_owned()
}
