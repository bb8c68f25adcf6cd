//! What html5ever finds in HTML: its words, links, images, headings and items.

use html5ever::driver::{ParseOpts, parse_document};
use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// How many links, images, headings and list items there are.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub links: usize,
    pub images: usize,
    pub headings: usize,
    pub items: usize,
}

/// All text without white space.
#[must_use]
pub fn letters(html: &str) -> String {
    text(html).chars().filter(|character| !character.is_whitespace()).collect()
}

/// All words.
#[must_use]
pub fn words(html: &str) -> Vec<String> {
    text(html).split_whitespace().map(str::to_owned).collect()
}

/// What clean HTML has.
#[must_use]
pub fn count(html: &str) -> Count {
    let mut count = Count::default();
    visit(&parse(html).document, &mut |name, _| tally(name, &mut count));
    count
}

/// What HTML has that the rules want to keep: seen, and with an address where one is needed.
#[must_use]
pub fn count_wanted(html: &str) -> Count {
    let mut count = Count::default();
    visit(&parse(html).document, &mut |name, attributes| {
        let value = |wanted: &str| attributes.iter().find(|(name, _)| name == wanted).map_or("", |(_, value)| value);
        let has_address = match name {
            "a" => ["http", "mailto:", "tel:", "//"].iter().any(|scheme| value("href").starts_with(scheme)),
            "img" => value("src").starts_with("http") && value("width") != "1",
            _ => true,
        };
        if has_address {
            tally(name, &mut count);
        }
    });
    count
}

fn tally(name: &str, count: &mut Count) {
    match name {
        "a" => count.links += 1,
        "img" => count.images += 1,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => count.headings += 1,
        "li" => count.items += 1,
        _ => {}
    }
}

fn parse(html: &str) -> RcDom {
    parse_document(RcDom::default(), ParseOpts::default()).one(html)
}

fn text(html: &str) -> String {
    fn collect(node: &Handle, text: &mut String) {
        if let NodeData::Text { contents } = &node.data {
            text.push_str(&contents.borrow());
        }
        node.children.borrow().iter().for_each(|child| collect(child, text));
    }
    let mut found = String::new();
    collect(&parse(html).document, &mut found);
    found
}

/// Names and values.
type Attributes = [(String, String)];

fn visit(node: &Handle, see: &mut dyn FnMut(&str, &Attributes)) {
    if let NodeData::Element { name, attrs, .. } = &node.data {
        let attributes: Vec<(String, String)> =
            attrs.borrow().iter().map(|it| (it.name.local.to_string(), it.value.to_string())).collect();
        see(&name.local, &attributes);
    }
    node.children.borrow().iter().for_each(|child| visit(child, see));
}
