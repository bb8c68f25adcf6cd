//! Judges of HTML in message bodies, by what a browser makes of it.

use super::given::Chat;
use super::markup_rules::RULES;
use super::message::find;
use super::probe::Probe;
use super::rule::{Chapter, Judged, Pass, Stop, fail, hold, seen, skip};
use crate::client::answer::id_of;
use crate::client::request;
use crate::client::{Call, Endpoint};
use crate::html::{Element, Markup};

pub(super) const CHAPTER: Chapter = Chapter { name: "HTML", rules: RULES };

/// What Fin understands. `html` is the parser's own root.
const SUPPORTED: [&str; 17] =
    ["html", "p", "h1", "h2", "h3", "h4", "h5", "h6", "b", "i", "a", "img", "br", "code", "ul", "ol", "li"];

/// Elements that run, load or rule something.
const ACTIVE: [&str; 17] = [
    "script", "iframe", "object", "embed", "form", "input", "button", "style", "link", "meta", "base", "svg",
    "math", "template", "frame", "frameset", "noscript",
];

/// What a helpdesk may be sent, by accident or not.
const HOSTILE: &str = "<p>before</p><script>alert(1)</script><img src=\"https://example.com/x.png\" \
    onerror=\"alert(2)\"><iframe src=\"https://example.com/\"></iframe><svg><script>alert(3)</script></svg>\
    <a href=\"javascript:alert(4)\">link</a><p onclick=\"alert(5)\">after</p>";

/// The answer to a message whose body is `html`.
enum Outcome {
    Listed(Markup),
    Refused(String),
}

/// Stores `html` and reads it back as Fin would.
async fn round_trip(probe: &Probe<'_>, html: &str) -> Result<Outcome, Stop> {
    let chat = probe.chat_for_messages().await?;
    let body = request::create_message(probe.variant(), &chat.id, &probe.message(&chat.user, html));
    let exchange = probe.send(&Call::new(Endpoint::CreateMessage, body)).await;
    let Some(view) = exchange.success().and_then(crate::client::Received::view) else {
        return Ok(Outcome::Refused(exchange.outcome()));
    };
    let Some(id) = id_of(&view.payload) else { return skip("the answer holds no id (MSG-01)") };
    listed(probe, &chat, &id).await.map(Outcome::Listed)
}

async fn listed(probe: &Probe<'_>, chat: &Chat, id: &str) -> Result<Markup, Stop> {
    let messages = probe.messages(chat).await?;
    let Some(message) = find(&messages, id) else { return skip("the message is not listed (MSG-01)") };
    let Some(body) = message["body"].as_str() else { return skip("`body` is no text (MSG-10)") };
    Ok(Markup::parse(body))
}

/// A body within the supported set, read back.
async fn kept(probe: &Probe<'_>, html: &str) -> Result<Markup, Stop> {
    let markup = match round_trip(probe, html).await? {
        Outcome::Listed(markup) => markup,
        Outcome::Refused(why) => return fail(format!("supported HTML is refused with {why}")),
    };
    if shows_tags(&markup) {
        return skip("the markup came back as text; HTM-10 judges that");
    }
    Ok(markup)
}

/// Whether tags have become text, for all to see.
fn shows_tags(markup: &Markup) -> bool {
    let after = markup.text.match_indices('<').filter_map(|(at, _)| markup.text[at + 1..].chars().next());
    let mut tags = after.filter(|letter| *letter == '/' || letter.is_ascii_alphabetic());
    tags.next().is_some() || markup.text.contains("&lt;")
}

/// Judges that `html` comes back with an element `name` for which `right` holds.
async fn survives(probe: &Probe<'_>, html: &str, name: &str, right: fn(&Element) -> bool) -> Judged {
    let markup = kept(probe, html).await?;
    match markup.elements.iter().find(|element| element.name == name) {
        None => fail(format!("<{name}> is gone; left are {:?}", names(&markup))),
        Some(_) if markup.elements.iter().any(|element| element.name == name && right(element)) => {
            Ok(Pass::Plain)
        }
        Some(element) => fail(format!("<{name}> came back as {element:?}")),
    }
}

fn names(markup: &Markup) -> Vec<&str> {
    let elements = markup.elements.iter().map(|element| element.name.as_str());
    elements.filter(|name| *name != "html").collect()
}

pub(super) async fn paragraphs_survive(probe: &Probe<'_>) -> Judged {
    survives(probe, "<p>One</p><p>Two</p>", "p", |element| element.text.trim() == "Two").await
}

pub(super) async fn bold_and_italic_survive(probe: &Probe<'_>) -> Judged {
    let html = "<p>This is <b>bold</b> and <i>italic</i></p>";
    survives(probe, html, "b", |element| element.text == "bold").await?;
    survives(probe, html, "i", |element| element.text == "italic").await
}

pub(super) async fn links_survive(probe: &Probe<'_>) -> Judged {
    let html = "<p>See <a href=\"https://example.com/page?a=1&amp;b=2\">the page</a></p>";
    let right = |element: &Element| {
        element.attribute("href") == Some("https://example.com/page?a=1&b=2") && element.text == "the page"
    };
    survives(probe, html, "a", right).await
}

pub(super) async fn images_survive(probe: &Probe<'_>) -> Judged {
    let html = "<img src=\"https://example.com/picture.png\" alt=\"A picture\" />";
    let right = |element: &Element| {
        element.attribute("src") == Some("https://example.com/picture.png")
            && element.attribute("alt") == Some("A picture")
    };
    survives(probe, html, "img", right).await
}

pub(super) async fn linked_images_survive(probe: &Probe<'_>) -> Judged {
    let html = "<a\n  href=\"https://example.com\"\n><img\n  src=\"https://example.com/picture.png\" alt=\"Linked\"\n/></a>";
    survives(probe, html, "img", |element| element.parent == "a").await
}

pub(super) async fn lists_survive(probe: &Probe<'_>) -> Judged {
    let html = "<ul>\n <li>First</li>\n <li>Second</li>\n</ul><ol><li>Third</li></ol>";
    survives(probe, html, "li", |element| element.parent == "ul" && element.text.trim() == "Second").await?;
    survives(probe, html, "li", |element| element.parent == "ol" && element.text.trim() == "Third").await
}

pub(super) async fn code_survives(probe: &Probe<'_>) -> Judged {
    let html = "<code> if (a &lt; b) { run(); } </code>";
    survives(probe, html, "code", |element| element.text.contains("if (a < b) { run(); }")).await
}

pub(super) async fn headings_survive(probe: &Probe<'_>) -> Judged {
    survives(probe, "<h1>Title</h1>", "h1", |element| element.text == "Title").await?;
    survives(probe, "<h2>Section</h2>", "h2", |element| element.text == "Section").await?;
    let markup = kept(probe, "<h4>Detail</h4>").await?;
    match markup
        .elements
        .iter()
        .find(|element| element.text == "Detail" && element.name.starts_with('h') && element.name.len() == 2)
    {
        Some(heading) => seen(format!("h4 comes back as {}", heading.name)),
        None => fail(format!("h4 is no heading any more: {:?}", names(&markup))),
    }
}

pub(super) async fn breaks_survive(probe: &Probe<'_>) -> Judged {
    survives(probe, "<p>a line break<br />right here</p>", "br", |_| true).await
}

pub(super) async fn text_is_escaped_once(probe: &Probe<'_>) -> Judged {
    let markup = match round_trip(probe, "<p>Fish &amp; chips, a &lt; b</p>").await? {
        Outcome::Listed(markup) => markup,
        Outcome::Refused(why) => return fail(format!("supported HTML is refused with {why}")),
    };
    hold(markup.words() == "Fish & chips, a < b", || format!("a reader sees {:?}", markup.words()))
}

pub(super) async fn every_letter_survives(probe: &Probe<'_>) -> Judged {
    let text = "Grüße, שלום, 你好, नमस्ते, 👩‍💻 é";
    let markup = kept(probe, &format!("<p>{text}</p>")).await?;
    hold(markup.words() == text, || format!("sent {text:?}, a reader sees {:?}", markup.words()))
}

pub(super) async fn nothing_active_comes_back(probe: &Probe<'_>) -> Judged {
    hostile(probe, |markup| {
        let found = markup.elements.iter().find(|element| ACTIVE.contains(&element.name.as_str()));
        found.map(|element| format!("<{}> comes back", element.name))
    })
    .await
}

pub(super) async fn no_handler_comes_back(probe: &Probe<'_>) -> Judged {
    hostile(probe, |markup| {
        let mut handlers = markup.elements.iter().flat_map(|element| &element.attributes);
        handlers.find(|(name, _)| name.starts_with("on")).map(|(name, _)| format!("`{name}` comes back"))
    })
    .await
}

pub(super) async fn no_script_address_comes_back(probe: &Probe<'_>) -> Judged {
    hostile(probe, |markup| {
        let values = markup.elements.iter().flat_map(|element| &element.attributes);
        let mut addresses = values.filter(|(name, _)| ["href", "src"].contains(&name.as_str()));
        let is_script = |value: &str| {
            let scheme: String = value.chars().filter(|letter| !letter.is_whitespace()).take(11).collect();
            scheme.eq_ignore_ascii_case("javascript:")
        };
        addresses.find(|(_, value)| is_script(value)).map(|(_, value)| format!("`{value}` comes back"))
    })
    .await
}

/// Judges what is left of hostile HTML. A refused message, or one shown as text, harms nobody.
async fn hostile(probe: &Probe<'_>, harm: fn(&Markup) -> Option<String>) -> Judged {
    match round_trip(probe, HOSTILE).await? {
        Outcome::Refused(why) => seen(format!("such a message is refused with {why}")),
        Outcome::Listed(markup) => harm(&markup).map_or(Ok(Pass::Plain), fail),
    }
}

pub(super) async fn unsupported_elements_go(probe: &Probe<'_>) -> Judged {
    let html = "<div><span style=\"color:red\">red</span> <strong>strong</strong> <table><tr><td>cell</td></tr></table></div>";
    let markup = match round_trip(probe, html).await? {
        Outcome::Refused(why) => return seen(format!("such a message is refused with {why}")),
        Outcome::Listed(markup) if shows_tags(&markup) => {
            return skip("the markup came back as text; HTM-10 judges that");
        }
        Outcome::Listed(markup) => markup,
    };
    if let Some(word) = ["red", "strong", "cell"].iter().find(|word| !markup.text.contains(**word)) {
        return fail(format!("the text {word:?} is gone with its element"));
    }
    let found = markup.elements.iter().find(|element| !SUPPORTED.contains(&element.name.as_str()));
    found.map_or(Ok(Pass::Plain), |element| fail(format!("<{}> comes back", element.name)))
}

pub(super) async fn comments_are_not_shown(probe: &Probe<'_>) -> Judged {
    let markup = kept(probe, "<!-- A heading --><p>Text</p><!-- the end -->").await?;
    hold(markup.words() == "Text", || format!("a reader sees {:?}", markup.words()))
}

pub(super) async fn broken_html_is_read(probe: &Probe<'_>) -> Judged {
    let markup = match round_trip(probe, "<p>One <b>two <i>three</p><p>four").await? {
        Outcome::Refused(why) => return fail(format!("it is refused with {why}")),
        Outcome::Listed(markup) => markup,
    };
    if shows_tags(&markup) {
        return skip("the markup came back as text; HTM-10 judges that");
    }
    let text = markup.text.clone();
    let missing = ["One", "two", "three", "four"].into_iter().find(|word| !text.contains(word));
    missing.map_or(Ok(Pass::Plain), |word| fail(format!("the word {word:?} is lost")))
}
