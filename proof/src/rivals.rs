//! Other sanitizers, set to keep what our rules keep, as far as each can.

use std::collections::{HashMap, HashSet};

use lol_html::html_content::Element;
use lol_html::{RewriteStrSettings, doc_comments, element, rewrite_str};

/// The elements that messages may hold.
const KEPT: [&str; 12] = ["p", "h1", "h2", "b", "i", "a", "img", "br", "code", "ul", "ol", "li"];

/// ammonia, set to the same elements, attributes and schemes. It cannot rename elements.
#[must_use]
pub fn ammonia() -> ammonia::Builder<'static> {
    let mut builder = ammonia::Builder::new();
    builder
        .tags(HashSet::from(KEPT))
        .clean_content_tags(HashSet::from([
            "script", "style", "title", "iframe", "noembed", "noframes", "noscript", "template", "svg", "math",
        ]))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"])), ("img", HashSet::from(["src", "alt"]))]))
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(None)
        .strip_comments(true);
    builder
}

/// lol_html, rewriting to the same elements and attributes. It does not balance tags.
#[must_use]
pub fn lol_html(html: &str) -> String {
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!("*", |element| {
            rewrite(element);
            Ok(())
        }))
        .append_document_content_handler(doc_comments!(|comment| {
            comment.remove();
            Ok(())
        }));
    rewrite_str(html, settings).unwrap_or_default()
}

fn rewrite(element: &mut Element<'_, '_>) {
    let name = element.tag_name();
    match name.as_str() {
        "script" | "style" | "title" | "iframe" | "noembed" | "noframes" | "noscript" | "template" | "svg" | "math" => {
            return element.remove();
        }
        "h3" | "h4" | "h5" | "h6" => drop(element.set_tag_name("h2")),
        "strong" => drop(element.set_tag_name("b")),
        "em" => drop(element.set_tag_name("i")),
        "pre" => drop(element.set_tag_name("code")),
        other if !KEPT.contains(&other) => return element.remove_and_keep_content(),
        _ => {}
    }
    let names: Vec<String> = element.attributes().iter().map(lol_html::html_content::Attribute::name).collect();
    for attribute in names {
        let value = element.get_attribute(&attribute).unwrap_or_default();
        let schemes: &[&str] = if name == "a" { &["http:", "https:", "mailto:", "tel:"] } else { &["http:", "https:"] };
        let keeps = match (name.as_str(), attribute.as_str()) {
            ("a", "href") | ("img", "src") => schemes.iter().any(|scheme| value.starts_with(scheme)),
            ("img", "alt") => true,
            _ => false,
        };
        if !keeps {
            element.remove_attribute(&attribute);
        }
    }
}
