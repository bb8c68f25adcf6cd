//! Finds the end of SVG and math, which have rules of their own.

use memchr::memchr;

use super::skip::{Markup, declaration, markup, past_content};
use super::steps::steps;
use super::tag::Tag;

/// Elements of HTML that end SVG and math around them.
const BREAKS_OUT: &[&str] = &[
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "center",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "i",
    "img",
    "li",
    "listing",
    "menu",
    "meta",
    "nobr",
    "ol",
    "p",
    "pre",
    "ruby",
    "s",
    "small",
    "span",
    "strong",
    "strike",
    "sub",
    "sup",
    "table",
    "tt",
    "u",
    "ul",
    "var",
];

/// Elements of SVG and math whose content is HTML.
const HOLDS_HTML: &[&str] =
    &["foreignobject", "desc", "title", "mi", "mo", "mn", "ms", "mtext", "annotation-xml"];

/// Where the SVG or math ends whose start tag this is.
pub(super) fn foreign(bytes: &[u8], start: &Tag) -> usize {
    if start.self_closing {
        return start.end;
    }
    let root = &bytes[start.name.0..start.name.1];
    let (mut from, mut depth, mut html) = (start.end, 1_usize, 0_usize);
    while let Some(found) = memchr(b'<', &bytes[from..]) {
        steps(found + 1);
        let at = from + found;
        match markup(bytes, at) {
            Markup::Text => from = at + 1,
            Markup::Declaration => from = character_data(bytes, at),
            Markup::Unfinished => return bytes.len(),
            Markup::Start(tag) => {
                let name = &bytes[tag.name.0..tag.name.1];
                if html == 0 && is_one_of(name, BREAKS_OUT) {
                    return at;
                }
                from = if html > 0 { past_html(bytes, &tag, name) } else { tag.end };
                if !tag.self_closing {
                    depth += usize::from(name.eq_ignore_ascii_case(root));
                    html += usize::from(is_one_of(name, HOLDS_HTML));
                }
            }
            Markup::End(tag) => {
                let name = &bytes[tag.name.0..tag.name.1];
                if html == 0 && is_one_of(name, &["p", "br"]) {
                    return at;
                }
                from = tag.end;
                html = html.saturating_sub(usize::from(is_one_of(name, HOLDS_HTML)));
                if name.eq_ignore_ascii_case(root) {
                    depth -= 1;
                    html = 0;
                    if depth == 0 {
                        return from;
                    }
                }
            }
        }
    }
    bytes.len()
}

/// Behind a start tag of HTML inside of SVG or math; these may nest, which must not recurse.
fn past_html(bytes: &[u8], tag: &Tag, name: &[u8]) -> usize {
    if is_one_of(name, &["svg", "math", "title"]) { tag.end } else { past_content(bytes, tag) }
}

/// Behind a comment, a declaration or a CDATA section.
fn character_data(bytes: &[u8], at: usize) -> usize {
    if !bytes[at..].starts_with(b"<![CDATA[") {
        return declaration(bytes, at);
    }
    let mut from = at + 9;
    while let Some(found) = memchr(b'>', &bytes[from..]) {
        steps(found + 1);
        from += found + 1;
        if bytes[at + 9..from].ends_with(b"]]>") {
            return from;
        }
    }
    bytes.len()
}

fn is_one_of(name: &[u8], names: &[&str]) -> bool {
    names.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(name))
}
