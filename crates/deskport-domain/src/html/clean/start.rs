//! Start tags.

use super::{Cleaner, Gap};
use crate::html::element::{Element, LINK};
use crate::html::flow::Kind;
use crate::html::hidden::{Size, Style, may_hide};
use crate::html::policy::Becomes;
use crate::html::skip::{dropped_text, raw_text, tag_end, tree};
use crate::html::tag::{Span, Tag};
use crate::html::url::{Use, Verdict, check};

impl Cleaner<'_> {
    /// Reads on behind a start tag, and its content if that is dropped.
    #[inline]
    pub(super) fn start_tag(&mut self, at: usize, tag: &Tag) -> usize {
        let element = Element::named(self.part(tag.name).as_bytes());
        if element.ends_paragraph()
            && let Some(depth) = self.flow.paragraph_depth()
        {
            self.truncate(depth);
        }
        let style = match tag.style {
            Some(style) if self.must_read(element, style) => Style::read(self.part(style)),
            _ => Style::default(),
        };
        if self.is_hidden(element, tag, style) {
            self.removed.hidden += 1;
            return self.skip_hidden(element, tag);
        }
        self.start(at, tag, element, style)
    }

    /// Whether a style may have something to say here.
    #[inline]
    fn must_read(&self, element: Element, style: Span) -> bool {
        let hides = || self.sizes.have_turned() || may_hide(self.part(style).as_bytes());
        element.becomes == Becomes::Bold || (self.removes_hidden() && hides())
    }

    fn start(&mut self, at: usize, tag: &Tag, element: Element, style: Style) -> usize {
        use Becomes as Is;
        let size = if tag.size && style.size == Size::Inherited { Size::Visible } else { style.size };
        match element.becomes {
            Is::Break => self.flow.line_break(),
            Is::Image => self.image(at, tag),
            Is::Rule => self.flow.gap(Gap::Apart),
            Is::Nothing => {}
            Is::DroppedText | Is::DroppedTree | Is::DroppedForeign => return self.drop_content(tag, element),
            Is::FieldText | Is::LiteralText | Is::LiteralRest => return self.text_element(tag, element),
            Is::Row | Is::Cell => self.start_table_part(element, size),
            Is::Link => self.start_link(at, tag, element, size),
            Is::Bold if style.normal_weight => self.start_block(element, size),
            Is::Bold => self.start_format(Kind::Bold, element, size),
            Is::Italic => self.start_format(Kind::Italic, element, size),
            Is::Code => self.start_format(Kind::Code, element, size),
            Is::CodeBlock => return self.start_code_block(tag, element, size),
            _ => self.start_block(element, size),
        }
        tag.end
    }

    fn start_block(&mut self, element: Element, size: Size) {
        match element.becomes {
            Becomes::Heading(_) => {
                if let Some(depth) = self.flow.heading_depth() {
                    self.truncate(depth);
                }
            }
            Becomes::Item => self.end_item_before(),
            _ => {}
        }
        let depth = self.push(element, size);
        match element.becomes {
            Becomes::Paragraph => self.flow.start_paragraph(depth),
            Becomes::Heading(heading) => self.flow.start_heading(heading, depth),
            Becomes::List(list) => self.flow.start_list(list, depth),
            Becomes::Item => self.flow.start_item(depth),
            Becomes::Line => self.flow.gap(Gap::Line),
            Becomes::Apart | Becomes::Table => self.flow.gap(Gap::Apart),
            _ => {}
        }
    }

    fn end_item_before(&mut self) {
        if let Some(depth) = self.flow.item_depth()
            && self.open.no_bound_inside(depth)
        {
            self.truncate(depth);
        }
    }

    fn start_format(&mut self, kind: Kind, element: Element, size: Size) {
        let depth = self.push(element, size);
        self.flow.start_format(kind, element, depth);
    }

    fn start_code_block(&mut self, tag: &Tag, element: Element, size: Size) -> usize {
        self.flow.gap(Gap::Line);
        self.start_format(Kind::Code, element, size);
        let rest = &self.source[tag.end..];
        match rest.strip_prefix('\r').unwrap_or(rest).strip_prefix('\n') {
            Some(content) => self.source.len() - content.len(),
            None => tag.end,
        }
    }

    /// Rows and cells end those before them; outside of tables they are only spaces and lines.
    fn start_table_part(&mut self, element: Element, size: Size) {
        let is_cell = element.becomes == Becomes::Cell;
        if let Some((table, cell)) = self.open.table_and_cell() {
            if !is_cell {
                self.truncate(table + 1);
            } else if let Some(cell) = cell {
                self.truncate(cell);
            }
            self.push(element, size);
        }
        self.flow.gap(if is_cell { Gap::Space } else { Gap::Line });
    }

    /// A link ends the link around it, with or without an address.
    fn start_link(&mut self, at: usize, tag: &Tag, element: Element, size: Size) {
        self.flow.end_format_of(Kind::Link);
        if let Some(depth) = self.open.innermost(LINK)
            && self.open.no_bound_inside(depth)
        {
            self.remove(depth);
        }
        let depth = self.push(element, size);
        let Some(href) = tag.href else { return };
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        scratch.push_str("<a href=\"");
        let source = self.source;
        match check(&source[href.0..href.1], Use::Link, &mut scratch) {
            Verdict::Canonical if is_verbatim(source, at, href.1, tag.end) => {
                self.flow.start_link_from(at, tag.end, element, depth);
            }
            Verdict::Refused => self.removed.links += 1,
            verdict => {
                if verdict == Verdict::Canonical {
                    scratch.push_str(&source[href.0..href.1]);
                }
                self.removed.credentials += usize::from(verdict == Verdict::Rewritten { credentials: true });
                scratch.push_str("\">");
                self.flow.start_link(&scratch, element, depth);
            }
        }
        self.scratch = scratch;
    }

    /// Goes on behind an element that is dropped with its content.
    pub(super) fn drop_content(&mut self, tag: &Tag, element: Element) -> usize {
        self.removed.elements += 1;
        let bytes = self.source.as_bytes();
        let name = self.part(tag.name).as_bytes();
        match element.becomes {
            Becomes::DroppedTree => tree(bytes, tag.end, name),
            Becomes::DroppedForeign => crate::html::foreign::foreign(bytes, tag),
            _ => dropped_text(bytes, tag.end, name),
        }
    }

    /// Keeps the content of an element whose markup is text.
    fn text_element(&mut self, tag: &Tag, element: Element) -> usize {
        let bytes = self.source.as_bytes();
        let end = match element.becomes {
            Becomes::LiteralRest => bytes.len(),
            _ => raw_text(bytes, tag.end, self.part(tag.name).as_bytes()),
        };
        self.flow.gap(Gap::Line);
        if element.becomes == Becomes::FieldText {
            self.field_text(tag.end, end);
        } else {
            let depth = self.open.push(element);
            self.flow.start_format(Kind::Code, element, depth);
            self.literal_text(tag.end, end);
            self.flow.end_format_at(Kind::Code, depth);
            self.truncate(depth);
        }
        self.flow.gap(Gap::Line);
        tag_end(bytes, end)
    }

    /// A part of the source.
    pub(super) fn part(&self, (from, to): (usize, usize)) -> &'_ str {
        &self.source[from..to]
    }
}

/// Whether the tag at `at` is written `<a href="…">`, its value ending at `value_end`.
fn is_verbatim(source: &str, at: usize, value_end: usize, end: usize) -> bool {
    source[at..].starts_with("<a href=\"") && &source[value_end..end] == "\">"
}
