//! What the server does to HTML: crude, but enough for what the checker sends.

use super::{Behavior, Choice, Fault};

/// What stays as it is.
const SUPPORTED: [&str; 16] =
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "b", "i", "a", "img", "br", "code", "ul", "ol", "li"];

/// The body as it is stored.
pub(crate) fn clean(behavior: &Behavior, html: &str) -> String {
    if behavior.has(Fault::PassesHtmlThrough) {
        return html.to_owned();
    }
    if behavior.has(Fault::EscapesTwice)
        || (behavior.chose(Choice::EscapesHostile) && html.contains("<script"))
    {
        return html.replace('&', "&amp;").replace('<', "&lt;");
    }
    let mut text = remove_tags(behavior, &remove_scripts(html));
    if behavior.has(Fault::EscapesEntitiesTwice) {
        text = text.replace('&', "&amp;");
    }
    if behavior.has(Fault::LosesEmoji) {
        text = text.chars().filter(|letter| u32::from(*letter) < 0x1_0000).collect();
    }
    text
}

fn remove_scripts(html: &str) -> String {
    let mut text = html.to_owned();
    while let (Some(start), Some(end)) = (text.find("<script"), text.find("</script>")) {
        text.replace_range(start..end + "</script>".len(), "");
    }
    text
}

fn remove_tags(behavior: &Behavior, html: &str) -> String {
    let mut clean = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        clean.push_str(&rest[..start]);
        let comment = rest[start..].starts_with("<!--");
        let end = if comment {
            rest[start..].find("-->").map(|end| end + 3)
        } else {
            rest[start..].find('>').map(|end| end + 1)
        };
        let Some(end) = end else { return clean };
        let tag = &rest[start..start + end];
        if comment {
            if behavior.has(Fault::ShowsComments) {
                clean.push_str(tag.trim_start_matches("<!--").trim_end_matches("-->"));
            } else if behavior.chose(Choice::HtmlUntouchedWithinTheSet) {
                clean.push_str(tag);
            }
        } else if !behavior.has(Fault::StripsAllTags) {
            clean.push_str(&clean_tag(behavior, tag));
        }
        rest = &rest[start + end..];
    }
    clean + rest
}

fn clean_tag(behavior: &Behavior, tag: &str) -> String {
    let name: String =
        tag.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric).collect();
    if !SUPPORTED.contains(&name.as_str()) || (name == "b" && behavior.has(Fault::StripsBold)) {
        return String::new();
    }
    if behavior.chose(Choice::HeadingsBecomeH2) && ["h3", "h4", "h5", "h6"].contains(&name.as_str()) {
        return tag.replace(&name, "h2");
    }
    let mut tag = tag.to_owned();
    if !behavior.has(Fault::KeepsHandlers) {
        tag = cut(&cut(&tag, "onerror=\""), "onclick=\"");
    }
    if tag.contains("javascript:") && !behavior.has(Fault::KeepsScriptAddresses) {
        tag = cut(&tag, "href=\"");
    }
    tag
}

/// `tag` without the attribute that begins with `start`.
fn cut(tag: &str, start: &str) -> String {
    let Some(from) = tag.find(start) else { return tag.to_owned() };
    let length = tag[from + start.len()..].find('"').unwrap();
    format!("{}{}", &tag[..from], &tag[from + start.len() + length + 1..])
}
