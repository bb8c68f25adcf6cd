//! Plain text as a message body: paragraphs, line breaks, links.

use super::sanitize;

/// The message body that plain text stands for, as clean HTML.
///
/// Blank lines part paragraphs, line feeds become line breaks, web and mail addresses become links.
///
/// ```
/// use deskport_domain::html::from_text;
///
/// assert_eq!(
///     from_text("Hi & welcome,\nsee https://example.com/a.\n\nBye"),
///     "<p>Hi &amp; welcome,<br>see <a href=\"https://example.com/a\">https://example.com/a</a>.</p><p>Bye</p>"
/// );
/// ```
pub fn from_text(text: &str) -> String {
    let mut markup = String::with_capacity(text.len() + text.len() / 4 + 16);
    let mut is_blank = true;
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            is_blank = true;
            continue;
        }
        markup.push_str(if std::mem::take(&mut is_blank) { "<p>" } else { "<br>" });
        push_line(line, &mut markup);
    }
    sanitize(&markup).into_owned()
}

/// Appends a line; whatever looks like an address becomes a link.
fn push_line(line: &str, markup: &mut String) {
    for (index, word) in line.split(' ').enumerate() {
        if index > 0 {
            markup.push(' ');
        }
        let start = word.find(|character: char| !is_opening(character)).unwrap_or(word.len());
        let (before, rest) = word.split_at(start);
        let (address, after) = rest.split_at(address_end(rest));
        push_escaped(before, markup);
        match scheme(address) {
            Some(scheme) => push_link(scheme, address, markup),
            None => push_escaped(address, markup),
        }
        push_escaped(after, markup);
    }
}

/// Signs that may stand before an address without being part of it.
fn is_opening(character: char) -> bool {
    matches!(character, '(' | '[' | '{' | '<' | '"' | '\'' | '\t' | '\u{201C}' | '\u{2018}')
}

/// Where an address ends that starts here: before the sentence's own signs.
fn address_end(word: &str) -> usize {
    let end = word.find(['<', '>', '"', '\t']).unwrap_or(word.len());
    let mut address = &word[..end];
    let mut unpaired = address.matches(')').count().saturating_sub(address.matches('(').count());
    while let Some(last) = address.chars().next_back() {
        let is_part = match last {
            ')' if unpaired > 0 => {
                unpaired -= 1;
                false
            }
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | ']' | '}' | '\u{201D}' | '\u{2019}' => false,
            _ => true,
        };
        if is_part {
            break;
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    address.len()
}

/// What to put before an address to make it a URL; none if it is not an address.
fn scheme(word: &str) -> Option<&'static str> {
    let lower = word.get(..8).unwrap_or(word).to_ascii_lowercase();
    if (lower.starts_with("http://") && word.len() > 7) || (lower.starts_with("https://") && word.len() > 8) {
        return Some("");
    }
    if lower.starts_with("www.") && word.len() > 4 {
        return Some("https://");
    }
    let (name, host) = word.split_once('@')?;
    let is_name =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".+_-".contains(&byte));
    let labels = host.split('.').count();
    let is_host = labels > 1
        && host.split('.').all(|label| {
            !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        });
    (is_name && is_host).then_some("mailto:")
}

fn push_link(scheme: &str, address: &str, markup: &mut String) {
    markup.push_str("<a href=\"");
    markup.push_str(scheme);
    push_escaped(address, markup);
    markup.push_str("\">");
    push_escaped(address, markup);
    markup.push_str("</a>");
}

fn push_escaped(text: &str, markup: &mut String) {
    for character in text.chars() {
        match character {
            '&' => markup.push_str("&amp;"),
            '<' => markup.push_str("&lt;"),
            '>' => markup.push_str("&gt;"),
            '"' => markup.push_str("&quot;"),
            _ => markup.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_links_without_the_signs_around_them() {
        for (text, address) in [
            ("https://e.example/a", "https://e.example/a"),
            ("(https://e.example/a_(b)).", "https://e.example/a_(b)"),
            ("<https://e.example>,", "https://e.example"),
        ] {
            assert!(from_text(text).contains(&format!("<a href=\"{address}\">{address}</a>")), "{text}");
        }
        assert!(
            from_text("mail a.b@e.example!").contains("<a href=\"mailto:a.b@e.example\">a.b@e.example</a>!")
        );
        assert!(from_text("www.e.example").contains("<a href=\"https://www.e.example\">www.e.example</a>"));
    }

    #[test]
    fn what_only_looks_like_markup_or_an_address_is_text() {
        for text in ["a < b > c", "javascript:alert(1)", "a@b", "@", "https://", "5 @ 3.50", "&lt;"] {
            let html = from_text(text);
            assert!(!html.contains("<a"), "{html}");
            assert_eq!(crate::MessageBody::sanitize(&html).to_text(), text);
        }
    }
}
