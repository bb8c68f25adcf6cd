//! Whether html5ever reads clean HTML as exactly the tree that was meant, wherever it is put.

use html5ever::driver::{ParseOpts, parse_document, parse_fragment};
use html5ever::tendril::TendrilSink;
use html5ever::{LocalName, QualName, local_name, ns};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// The elements that a body may be put into.
pub const PARENTS: [&str; 8] = ["div", "body", "td", "li", "span", "section", "article", "template"];

/// Says what is wrong if some parser does not give back `clean`, written out again.
///
/// # Errors
///
/// The place where the tree differs, and the tree.
pub fn check(clean: &str) -> Result<(), String> {
    for parent in PARENTS {
        compare(clean, &fragment(clean, parent), parent)?;
    }
    compare(clean, &document(clean), "a document")?;
    compare(clean, &document(&format!("<!DOCTYPE html><title>x</title><body>{clean}")), "a body")
}

fn compare(clean: &str, written: &str, place: &str) -> Result<(), String> {
    if clean == written { Ok(()) } else { Err(format!("in {place}, {clean:?} is {written:?}")) }
}

fn fragment(html: &str, parent: &str) -> String {
    let context = QualName::new(None, ns!(html), LocalName::from(parent));
    let dom: RcDom = parse_fragment(RcDom::default(), ParseOpts::default(), context, Vec::new(), false).one(html);
    let root = dom.document.children.borrow()[0].clone();
    let mut written = String::new();
    write_children(&root, &mut written);
    written
}

fn document(html: &str) -> String {
    let dom: RcDom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
    let mut written = String::new();
    if let Some(body) = find_body(&dom.document) {
        write_children(&body, &mut written);
    }
    written
}

fn find_body(node: &Handle) -> Option<Handle> {
    if let NodeData::Element { name, .. } = &node.data
        && name.local == local_name!("body")
    {
        return Some(node.clone());
    }
    node.children.borrow().iter().find_map(find_body)
}

fn write_children(node: &Handle, output: &mut String) {
    for child in node.children.borrow().iter() {
        write(child, output);
    }
}

fn write(node: &Handle, output: &mut String) {
    match &node.data {
        NodeData::Text { contents } => escape(&contents.borrow(), false, output),
        NodeData::Element { name, attrs, .. } => {
            output.push('<');
            output.push_str(&name.local);
            for attribute in attrs.borrow().iter() {
                output.push_str(&format!(" {}=\"", attribute.name.local));
                escape(&attribute.value, true, output);
                output.push('"');
            }
            output.push('>');
            write_children(node, output);
            if !matches!(&*name.local, "br" | "img") {
                output.push_str(&format!("</{}>", name.local));
            }
        }
        other => output.push_str(&format!("{other:?}")),
    }
}

fn escape(text: &str, in_attribute: bool, output: &mut String) {
    for character in text.chars() {
        match character {
            '&' => output.push_str("&amp;"),
            '<' => output.push_str("&lt;"),
            '>' => output.push_str("&gt;"),
            '\u{A0}' => output.push_str("&nbsp;"),
            '"' if in_attribute => output.push_str("&quot;"),
            _ => output.push(character),
        }
    }
}
