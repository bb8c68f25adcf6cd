//! Start tags.

use super::{Cleaner, Gap};
use crate::html::element::{Element, LINK};
use crate::html::flow::{Kind, Link};
use crate::html::hidden::{Size, Style};
use crate::html::policy::{Becomes, Heading};
use crate::html::skip::{dropped_text, raw_text, tag_end, tree};
use crate::html::tag::{Span, Tag};
use crate::html::url::{Use, Verdict, check};

impl Cleaner<'_> {
    /// Reads on behind a start tag without attributes, whose name ends at `name_end`, and its content if that
    /// is dropped.
    #[inline]
    pub(super) fn bare_tag(&mut self, at: usize, element: Element, name_end: usize) -> usize {
        self.end_paragraph_before(element);
        if is_plain(element) {
            self.start_plain(element, Size::Inherited);
            return name_end + 1;
        }
        self.start(at, &Tag::bare(element, (at + 1, name_end)), Style::default())
    }

    /// Reads on behind any other start tag, and its content if that is dropped.
    pub(super) fn start_tag(&mut self, at: usize, element: Element, name_end: usize) -> usize {
        let bytes = self.source.as_bytes();
        let name = (at + 1, name_end);
        if !self.sizes.have_turned()
            && let Some((end, sized)) = self.seen.find(bytes, name)
        {
            self.end_paragraph_before(element);
            self.start_plain(element, if sized { Size::Visible } else { Size::Inherited });
            return end;
        }
        let mut tag = Tag::bare(element, name);
        match tag.attributes(bytes) {
            Some(()) => self.new_tag(at, &tag),
            None => bytes.len(),
        }
    }

    /// The same for a tag that was read.
    fn new_tag(&mut self, at: usize, tag: &Tag) -> usize {
        self.end_paragraph_before(tag.element);
        let style = match tag.style {
            Some(style) if self.must_read(tag.element, style) => Style::read(self.part(style)),
            _ => {
                if is_plain(tag.element) && !tag.hidden {
                    self.seen.note(self.source.as_bytes(), (tag.name.0, tag.end), tag.name.1, tag.size);
                }
                Style::default()
            }
        };
        if self.is_hidden(tag, style) {
            self.removed.hidden += 1;
            return self.skip_hidden(tag);
        }
        self.start(at, tag, style)
    }

    #[inline]
    fn end_paragraph_before(&mut self, element: Element) {
        if element.ends_paragraph()
            && let Some(depth) = self.flow.paragraph_depth()
        {
            self.truncate(depth);
        }
    }

    /// Whether a style may have something to say here.
    fn must_read(&mut self, element: Element, style: Span) -> bool {
        element.becomes == Becomes::Bold
            || self.removes_hidden()
                && (self.sizes.have_turned() || self.harmless.lacks(self.source.as_bytes(), style))
    }

    fn start(&mut self, at: usize, tag: &Tag, style: Style) -> usize {
        use Becomes as Is;
        let element = tag.element;
        let size = if tag.size && style.size == Size::Inherited { Size::Visible } else { style.size };
        match element.becomes {
            Is::Bold if style.normal_weight => drop(self.push(element, size)),
            Is::Link => self.start_link(at, tag, size),
            Is::CodeBlock => return self.start_code_block(tag, size),
            Is::Image => self.image(at, tag),
            Is::DroppedText | Is::DroppedTree | Is::DroppedForeign => return self.drop_content(tag),
            Is::FieldText | Is::LiteralText | Is::LiteralRest => return self.text_element(tag),
            _ => self.start_plain(element, size),
        }
        tag.end
    }

    /// An element starts for which nothing counts but its name and size.
    #[inline(always)]
    fn start_plain(&mut self, element: Element, size: Size) {
        use Becomes as Is;
        match element.becomes {
            Is::Unwrapped => drop(self.push(element, size)),
            Is::Line => self.start_gap(Gap::Line, element, size),
            Is::Apart | Is::Table => self.start_gap(Gap::Apart, element, size),
            Is::Row | Is::Cell => self.start_table_part(element, size),
            Is::Paragraph => {
                let depth = self.push(element, size);
                self.flow.start_paragraph(depth);
            }
            Is::Heading(heading) => self.start_heading(heading, element, size),
            Is::List(list) => {
                let depth = self.push(element, size);
                self.flow.start_list(list, depth);
            }
            Is::Item => self.start_item(element, size),
            Is::Bold => self.start_format(Kind::Bold, element, size),
            Is::Italic => self.start_format(Kind::Italic, element, size),
            Is::Code => self.start_format(Kind::Code, element, size),
            Is::Break => self.flow.line_break(),
            Is::Rule => self.flow.gap(Gap::Apart),
            _ => {}
        }
    }

    #[inline]
    fn start_gap(&mut self, gap: Gap, element: Element, size: Size) {
        self.push(element, size);
        self.flow.gap(gap);
    }

    /// A heading ends the heading around it.
    fn start_heading(&mut self, heading: Heading, element: Element, size: Size) {
        if let Some(depth) = self.flow.heading_depth() {
            self.truncate(depth);
        }
        let depth = self.push(element, size);
        self.flow.start_heading(heading, depth);
    }

    /// An item ends the item before it.
    fn start_item(&mut self, element: Element, size: Size) {
        if let Some(depth) = self.flow.item_depth()
            && self.open.no_bound_inside(depth)
        {
            self.truncate(depth);
        }
        let depth = self.push(element, size);
        self.flow.start_item(depth);
    }

    fn start_format(&mut self, kind: Kind, element: Element, size: Size) {
        let depth = self.push(element, size);
        self.flow.start_format(kind, element, depth);
    }

    fn start_code_block(&mut self, tag: &Tag, size: Size) -> usize {
        self.flow.gap(Gap::Line);
        self.start_format(Kind::Code, tag.element, size);
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
    fn start_link(&mut self, at: usize, tag: &Tag, size: Size) {
        let element = tag.element;
        self.flow.end_format_of(Kind::Link);
        if let Some(depth) = self.open.innermost(LINK)
            && self.open.no_bound_inside(depth)
        {
            self.remove(depth);
        }
        let depth = self.push(element, size);
        let Some(href) = tag.href else { return };
        let mut written = String::new();
        let link = match check(self.part(href), Use::Link, &mut written) {
            Verdict::Refused => {
                self.removed.links += 1;
                return;
            }
            Verdict::Canonical if is_verbatim(self.source, at, href.1, tag.end) => Link::Tag((at, tag.end)),
            Verdict::Canonical => Link::Address(href),
            Verdict::Rewritten { credentials } => {
                self.removed.credentials += usize::from(credentials);
                Link::Written(written)
            }
        };
        self.flow.start_link(link, element, depth);
    }

    /// Goes on behind an element that is dropped with its content.
    fn drop_content(&mut self, tag: &Tag) -> usize {
        self.removed.elements += 1;
        let bytes = self.source.as_bytes();
        let name = self.part(tag.name).as_bytes();
        match tag.element.becomes {
            Becomes::DroppedTree => tree(bytes, tag.end, name),
            Becomes::DroppedForeign => crate::html::foreign::foreign(bytes, tag),
            _ => dropped_text(bytes, tag.end, name),
        }
    }

    /// Keeps the content of an element whose markup is text.
    fn text_element(&mut self, tag: &Tag) -> usize {
        let element = tag.element;
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

/// Whether nothing counts for an element but its name and size.
fn is_plain(element: Element) -> bool {
    use Becomes as Is;
    !matches!(
        element.becomes,
        Is::Link
            | Is::CodeBlock
            | Is::Image
            | Is::DroppedText
            | Is::DroppedTree
            | Is::DroppedForeign
            | Is::FieldText
            | Is::LiteralText
            | Is::LiteralRest
    )
}

/// Whether the tag at `at` is written `<a href="…">`, its value ending at `value_end`.
fn is_verbatim(source: &str, at: usize, value_end: usize, end: usize) -> bool {
    source[at..].starts_with("<a href=\"") && &source[value_end..end] == "\">"
}
