//! The rules as one table: what becomes of each element, attribute and URL scheme.
//!
//! An element that is not listed is [`Becomes::Unwrapped`]: its tags go, its content stays.
//! An attribute that is not listed is removed. A URL scheme that is not listed is refused.

/// What becomes of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Becomes {
    /// `<p>`.
    Paragraph,
    /// `<h1>` or `<h2>`.
    Heading(Heading),
    /// `<b>`.
    Bold,
    /// `<i>`.
    Italic,
    /// `<code>`.
    Code,
    /// `<code>` on lines of its own; a line feed right after the start tag is not content.
    CodeBlock,
    /// `<a href>`; without an address that the rules accept, only its content stays.
    Link,
    /// `<img src alt>`; without an address that the rules accept, its alternative text.
    Image,
    /// `<br>`.
    Break,
    /// `<ul>` or `<ol>`.
    List(List),
    /// `<li>`, in a `<ul>` if it stands outside of any list.
    Item,
    /// The tags go, the content stays where it is.
    Unwrapped,
    /// The tags go; the content stays on lines of its own (`<br>` where two lines meet).
    Line,
    /// The tags go; the content becomes paragraphs of its own (`<p>` around loose text).
    Apart,
    /// A table: [`Becomes::Apart`], and the bounds of its cells hold open tags in.
    Table,
    /// The parts of a table that hold rows, and rows: [`Becomes::Line`].
    Row,
    /// A table cell: a space keeps its words from those of the next cell.
    Cell,
    /// An empty element without a trace.
    Nothing,
    /// An empty element that keeps apart what stands before and after it.
    Rule,
    /// Dropped with its content, which is not markup (ends at its own end tag only).
    DroppedText,
    /// Dropped with its content, which is markup.
    DroppedTree,
    /// Dropped with its content, which is SVG or math.
    DroppedForeign,
    /// Text of a form field: kept as text; its markup is text too.
    FieldText,
    /// Kept as `<code>`: its markup is text (`xmp`).
    LiteralText,
    /// Kept as `<code>`: all that follows is text (`plaintext`).
    LiteralRest,
}

/// Which heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    /// `<h1>`.
    One,
    /// `<h2>`.
    Two,
}

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// `<ul>`.
    Bulleted,
    /// `<ol>`.
    Numbered,
}

use Becomes::{
    Apart, Bold, Break, Cell, Code, CodeBlock, DroppedForeign, DroppedText, DroppedTree, FieldText, Image,
    Italic, Item, Line, Link, LiteralRest, LiteralText, Nothing, Paragraph, Row, Rule, Table, Unwrapped,
};

/// Each element and what becomes of it.
pub const ELEMENTS: &[(&str, Becomes)] = &[
    // The supported set.
    ("p", Paragraph),
    ("h1", Becomes::Heading(Heading::One)),
    ("h2", Becomes::Heading(Heading::Two)),
    ("b", Bold),
    ("i", Italic),
    ("a", Link),
    ("img", Image),
    ("br", Break),
    ("code", Code),
    ("ul", Becomes::List(List::Bulleted)),
    ("ol", Becomes::List(List::Numbered)),
    ("li", Item),
    // Other names for the same things.
    ("h3", Becomes::Heading(Heading::Two)),
    ("h4", Becomes::Heading(Heading::Two)),
    ("h5", Becomes::Heading(Heading::Two)),
    ("h6", Becomes::Heading(Heading::Two)),
    ("strong", Bold),
    ("em", Italic),
    ("cite", Italic),
    ("dfn", Italic),
    ("var", Italic),
    ("image", Image),
    ("kbd", Code),
    ("samp", Code),
    ("tt", Code),
    ("pre", CodeBlock),
    ("listing", CodeBlock),
    ("menu", Becomes::List(List::Bulleted)),
    ("dir", Becomes::List(List::Bulleted)),
    ("xmp", LiteralText),
    ("plaintext", LiteralRest),
    ("textarea", FieldText),
    // Text in a line: the tags go.
    ("span", Unwrapped),
    ("font", Unwrapped),
    ("u", Unwrapped),
    ("s", Unwrapped),
    ("strike", Unwrapped),
    ("del", Unwrapped),
    ("ins", Unwrapped),
    ("small", Unwrapped),
    ("big", Unwrapped),
    ("sub", Unwrapped),
    ("sup", Unwrapped),
    ("mark", Unwrapped),
    ("q", Unwrapped),
    ("abbr", Unwrapped),
    ("bdi", Unwrapped),
    ("bdo", Unwrapped),
    ("time", Unwrapped),
    ("label", Unwrapped),
    ("ruby", Unwrapped),
    ("o:p", Unwrapped),
    ("html", Unwrapped),
    ("head", Unwrapped),
    ("body", Unwrapped),
    // Lines of their own.
    ("div", Line),
    ("address", Line),
    ("article", Line),
    ("aside", Line),
    ("button", Line),
    ("center", Line),
    ("dd", Line),
    ("details", Line),
    ("dialog", Line),
    ("dl", Line),
    ("dt", Line),
    ("figcaption", Line),
    ("footer", Line),
    ("header", Line),
    ("hgroup", Line),
    ("legend", Line),
    ("main", Line),
    ("marquee", Line),
    ("nav", Line),
    ("optgroup", Line),
    ("option", Line),
    ("search", Line),
    ("section", Line),
    ("select", Line),
    ("summary", Line),
    // Paragraphs of their own.
    ("blockquote", Apart),
    ("fieldset", Apart),
    ("figure", Apart),
    ("form", Apart),
    ("hr", Rule),
    // Tables.
    ("table", Table),
    ("tbody", Row),
    ("thead", Row),
    ("tfoot", Row),
    ("tr", Row),
    ("td", Cell),
    ("th", Cell),
    ("caption", Cell),
    // Nothing to show.
    ("area", Nothing),
    ("base", Nothing),
    ("basefont", Nothing),
    ("bgsound", Nothing),
    ("col", Nothing),
    ("embed", Nothing),
    ("frame", Nothing),
    ("input", Nothing),
    ("keygen", Nothing),
    ("link", Nothing),
    ("meta", Nothing),
    ("param", Nothing),
    ("source", Nothing),
    ("track", Nothing),
    ("wbr", Nothing),
    // Dropped with their content.
    ("script", DroppedText),
    ("style", DroppedText),
    ("title", DroppedText),
    ("iframe", DroppedText),
    ("noembed", DroppedText),
    ("noframes", DroppedText),
    ("noscript", DroppedText),
    ("template", DroppedTree),
    ("datalist", DroppedTree),
    ("svg", DroppedForeign),
    ("math", DroppedForeign),
];

/// Each URL scheme and where it may stand.
pub const SCHEMES: &[(&str, Scheme)] = &[
    ("http", Scheme { links: true, images: true, host: true }),
    ("https", Scheme { links: true, images: true, host: true }),
    ("mailto", Scheme { links: true, images: false, host: false }),
    ("tel", Scheme { links: true, images: false, host: false }),
];

/// Each attribute that is kept and its rule.
pub const ATTRIBUTES: &[(&str, &str, &str)] = &[
    ("a", "href", "an absolute URL of a scheme for links, written as a browser resolves it; required"),
    ("img", "src", "an absolute URL of a scheme for images, written as a browser resolves it; required"),
    ("img", "alt", "any text"),
];

/// Where a URL scheme may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// In `href`.
    pub links: bool,
    /// In `src`.
    pub images: bool,
    /// Whether a host follows (`scheme://host`).
    pub host: bool,
}

/// What becomes of text that people cannot see but a program reads: content of elements that are
/// `hidden`, `display:none`, `visibility:hidden`, `opacity:0`, `font-size:0` or `mso-hide:all`,
/// tracking pixels, and Unicode tag characters outside of emoji flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HiddenText {
    /// It is removed and counted in the report.
    #[default]
    Removed,
    /// It is kept like any other text.
    Kept,
}

/// The rules that can be chosen.
///
/// ```
/// use deskport_domain::html::{Policy, HiddenText};
///
/// let policy = Policy { hidden_text: HiddenText::Kept };
/// assert_eq!(policy.clean("<i hidden>psst</i>").html, "<i>psst</i>");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// What becomes of text that people cannot see.
    pub hidden_text: HiddenText,
}

/// Lists inside lists beyond this depth are flattened.
pub const MAX_LIST_DEPTH: usize = 32;

/// Elements inside elements beyond this depth are not told apart (as in browsers).
pub(super) const MAX_DEPTH: usize = 512;
