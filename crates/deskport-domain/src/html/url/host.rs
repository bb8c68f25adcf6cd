//! Hosts: which characters one may have.

use super::is_unseen;

/// Whether this can be the host of a URL: a name, an IPv4 address or an IPv6 address in brackets.
pub(super) fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[') {
        let Some(address) = address.strip_suffix(']') else { return false };
        return address.contains(':')
            && address.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'));
    }
    !host.is_empty() && host.chars().all(is_host_character)
}

/// Whether a name may have this character. Full-width signs are not let in: browsers read them as
/// the ASCII signs that they look like.
fn is_host_character(character: char) -> bool {
    match character {
        '!'..='~' => !matches!(
            character,
            '"' | '#' | '%' | '&' | '/' | ':' | '<' | '>' | '?' | '@' | '[' | '\\' | ']' | '^' | '`' | '|'
        ),
        '\u{FF01}'..='\u{FF0C}'
        | '\u{FF0F}'
        | '\u{FF1A}'..='\u{FF20}'
        | '\u{FF3B}'..='\u{FF40}'
        | '\u{FF5B}'..='\u{FF60}'
        | '\u{2100}'
        | '\u{2101}'
        | '\u{2105}'
        | '\u{2106}' => false,
        _ => !character.is_ascii() && !is_unseen(character),
    }
}
