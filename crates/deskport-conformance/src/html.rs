//! A message body as a browser understands it.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// An element of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Element {
    /// Its name, in lower case.
    pub(crate) name: String,
    /// Its attributes.
    pub(crate) attributes: Vec<(String, String)>,
    /// All text inside.
    pub(crate) text: String,
    /// The name of the element around it.
    pub(crate) parent: String,
}

impl Element {
    /// The value of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// A body, parsed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Markup {
    /// Its elements, each before those inside.
    pub(crate) elements: Vec<Element>,
    /// All of its text.
    pub(crate) text: String,
}

impl Markup {
    /// Parses `html` as the content of a page; never fails, as browsers never do.
    pub(crate) fn parse(html: &str) -> Self {
        let body = QualName::new(None, ns!(html), local_name!("body"));
        let dom = parse_fragment(RcDom::default(), ParseOpts::default(), body, Vec::new(), false).one(html);
        let mut markup = Self::default();
        markup.visit(&dom.document, "");
        markup
    }

    /// The text, with every run of white space as one space.
    pub(crate) fn words(&self) -> String {
        self.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn visit(&mut self, node: &Handle, parent: &str) {
        let mut name = parent.to_owned();
        let mut place = None;
        match &node.data {
            NodeData::Text { contents } => self.text.push_str(&contents.borrow()),
            NodeData::Element { name: qualified, attrs, .. } => {
                name = qualified.local.to_string();
                let attributes = attrs.borrow();
                let attributes =
                    attributes.iter().map(|found| (found.name.local.to_string(), found.value.to_string()));
                place = Some((self.elements.len(), self.text.len()));
                self.elements.push(Element {
                    name: name.clone(),
                    attributes: attributes.collect(),
                    text: String::new(),
                    parent: parent.to_owned(),
                });
            }
            _ => {}
        }
        for child in node.children.borrow().iter() {
            self.visit(child, &name);
        }
        if let Some((index, start)) = place {
            self.text[start..].clone_into(&mut self.elements[index].text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_read_as_a_browser_reads_it() {
        let markup = Markup::parse("<p>a &lt; b <B>bold<p>next<!-- no --><img src=x />");
        let names: Vec<&str> = markup.elements.iter().map(|element| element.name.as_str()).collect();
        assert_eq!(names, ["html", "p", "b", "p", "b", "img"]);
        assert_eq!(markup.words(), "a < b boldnext");
    }
}
