//! URLs: which are accepted, and the one way to write each, as a browser resolves it.

mod host;

use fearless_simd::{Level, SimdBase, SimdMask, dispatch, u8x16};

use super::decode::attribute;
use super::policy::{SCHEMES, Scheme};
use super::steps::steps;
use host::is_host;

/// Where a URL stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    Link,
    Image,
}

/// What was found in a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is accepted as it is written.
    Canonical,
    /// It is accepted and was written anew; a name and password were taken out of it or not.
    Rewritten { credentials: bool },
    /// It is refused.
    Refused,
}

/// Judges the attribute value `raw`; unless it is canonical, appends what it is to be to `output`.
#[inline]
pub(super) fn check(raw: &str, usage: Use, output: &mut String) -> Verdict {
    steps(raw.len());
    if is_plain(raw.as_bytes()) || (usage == Use::Link && is_plain_contact(raw.as_bytes())) {
        return Verdict::Canonical;
    }
    resolve(raw, usage, output)
}

/// Whether this is a URL that needs no second look: `http(s)://`, an ASCII host, plain characters.
#[inline]
fn is_plain(raw: &[u8]) -> bool {
    let Some(rest) = raw.strip_prefix(b"http") else { return false };
    let rest = rest.strip_prefix(b"s").unwrap_or(rest);
    let Some(rest) = rest.strip_prefix(b"://") else { return false };
    let host = plain_host_length(rest);
    let rest = &rest[host..];
    host > 0 && matches!(rest.first(), None | Some(b'/' | b'?' | b'#')) && is_plain_path(rest)
}

/// Whether this is an address of mail or telephone that needs no second look.
fn is_plain_contact(raw: &[u8]) -> bool {
    let rest = raw.strip_prefix(b"mailto:").or_else(|| raw.strip_prefix(b"tel:"));
    rest.is_some_and(|rest| !rest.is_empty() && is_plain_path(rest))
}

#[inline]
fn is_plain_path(mut rest: &[u8]) -> bool {
    loop {
        rest = &rest[plain_length(rest)..];
        if rest.is_empty() {
            return true;
        }
        let Some(after) = rest.strip_prefix(b"&amp;") else { return false };
        rest = after;
    }
}

/// How many bytes at the start stand for themselves behind the host.
fn plain_length(path: &[u8]) -> usize {
    let mut length = 0;
    for chunk in path.as_chunks::<16>().0 {
        let odd: u64 = dispatch!(Level::baseline(), simd => {
            let chunk = u8x16::from_slice(simd, chunk);
            let odd = chunk.simd_le(b' ') | chunk.simd_ge(0x7F) | chunk.simd_eq(b'"') | chunk.simd_eq(b'&');
            // `<` and `>`, and these two.
            let odd = odd | (chunk | 2).simd_eq(b'>') | chunk.simd_eq(b'\\') | chunk.simd_eq(b'`');
            odd.to_bitmask()
        });
        if odd != 0 {
            return length + odd.trailing_zeros() as usize;
        }
        length += chunk.len();
    }
    length + path[length..].iter().take_while(|byte| PLAIN[**byte as usize]).count()
}

/// How many bytes at the start may be a host's that needs no second look.
#[inline]
fn plain_host_length(host: &[u8]) -> usize {
    let mut length = 0;
    for chunk in host.as_chunks::<16>().0 {
        let plain: u64 = dispatch!(Level::baseline(), simd => {
            let chunk = u8x16::from_slice(simd, chunk);
            let letters = (chunk | 0x20).simd_ge(b'a') & (chunk | 0x20).simd_le(b'z');
            // From `-` to `9` there are also `.` and, which no host has, `/`.
            let others = chunk.simd_ge(b'-') & chunk.simd_le(b'9') & !chunk.simd_eq(b'/');
            (letters | others).to_bitmask()
        });
        let found = plain.trailing_ones() as usize;
        length += found;
        if found < chunk.len() {
            return length;
        }
    }
    length + host[length..].iter().take_while(|byte| PLAIN_IN_HOST[**byte as usize]).count()
}

/// The bytes that stand for themselves behind the host, in any canonical URL.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0x21_u8;
    while byte < 0x7F {
        plain[byte as usize] = !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'`' | b'&');
        byte += 1;
    }
    plain
};

/// The bytes of hosts that need no second look.
static PLAIN_IN_HOST: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0x21_u8;
    while byte < 0x7F {
        plain[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
        byte += 1;
    }
    plain
};

/// Reads a URL as a browser does and appends it to `output` in canonical form.
fn resolve(raw: &str, usage: Use, output: &mut String) -> Verdict {
    let mut url = attribute(raw);
    url.retain(|character| !matches!(character, '\t' | '\n' | '\r'));
    let url = url.trim_matches(|character| character <= ' ');
    let Some((name, scheme, rest)) = split_scheme(url) else { return Verdict::Refused };
    let allowed = match usage {
        Use::Link => scheme.links,
        Use::Image => scheme.images,
    };
    if !allowed {
        return Verdict::Refused;
    }
    if scheme.host {
        return with_host(name, rest, output);
    }
    if rest.is_empty() {
        return Verdict::Refused;
    }
    output.push_str(name);
    output.push(':');
    push_path(rest, output);
    Verdict::Rewritten { credentials: false }
}

/// The scheme, and what follows its colon. Two slashes stand for `https:`.
fn split_scheme(url: &str) -> Option<(&'static str, Scheme, &str)> {
    if url.starts_with(['/', '\\']) && url[1..].starts_with(['/', '\\']) {
        return find_scheme("https").map(|(name, scheme)| (name, scheme, url));
    }
    let (name, rest) = url.split_once(':')?;
    find_scheme(name).map(|(name, scheme)| (name, scheme, rest))
}

fn find_scheme(name: &str) -> Option<(&'static str, Scheme)> {
    SCHEMES.iter().copied().find(|(known, _)| known.eq_ignore_ascii_case(name))
}

fn with_host(name: &str, rest: &str, output: &mut String) -> Verdict {
    let rest = rest.trim_start_matches(['/', '\\']);
    let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let (credentials, authority) = match authority.rsplit_once('@') {
        Some((_, host)) => (true, host),
        None => (false, authority),
    };
    let Some((host, port)) = split_port(authority) else { return Verdict::Refused };
    if !is_host(host) {
        return Verdict::Refused;
    }
    output.push_str(name);
    output.push_str("://");
    output.push_str(host);
    if !port.is_empty() {
        output.push(':');
        output.push_str(port);
    }
    let query = path.find(['?', '#']).unwrap_or(path.len());
    push_path(&path[..query].replace('\\', "/"), output);
    push_path(&path[query..], output);
    Verdict::Rewritten { credentials }
}

/// Host and port; none if the port is not a port.
fn split_port(authority: &str) -> Option<(&str, &str)> {
    let host_end = match authority.strip_prefix('[') {
        Some(rest) => rest.find(']')? + 2,
        None => authority.find(':').unwrap_or(authority.len()),
    };
    let (host, port) = authority.split_at(host_end);
    if port.is_empty() {
        return Some((host, port));
    }
    let port = port.strip_prefix(':')?;
    let fits =
        port.bytes().all(|byte| byte.is_ascii_digit()) && (port.is_empty() || port.parse::<u16>().is_ok());
    fits.then_some((host, port))
}

/// Appends characters that may stand for themselves, and the others percent-encoded.
fn push_path(path: &str, output: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for character in path.chars() {
        match character {
            '&' => output.push_str("&amp;"),
            '!'..='~' if PLAIN[character as usize] => output.push(character),
            _ if !character.is_ascii() && !is_unseen(character) => output.push(character),
            _ => {
                for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                    output.push('%');
                    output.push(char::from(DIGITS[usize::from(byte >> 4)]));
                    output.push(char::from(DIGITS[usize::from(byte & 15)]));
                }
            }
        }
    }
}

/// Whether a character shows nothing, or turns the direction of what follows.
pub(super) fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{7F}'..='\u{A0}'
            | '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{115F}'..='\u{1160}'
            | '\u{1680}'
            | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{2000}'..='\u{200F}'
            | '\u{2028}'..='\u{202F}'
            | '\u{205F}'..='\u{206F}'
            | '\u{3000}'
            | '\u{3164}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFF}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_of_a_path_or_host_is_judged_the_same_alone_and_among_many() {
        for byte in 0..=u8::MAX {
            for place in 0..40 {
                let mut path = [b'a'; 40];
                path[place] = byte;
                let expected = if PLAIN[byte as usize] { path.len() } else { place };
                assert_eq!(plain_length(&path), expected, "{byte} at {place}");
                let expected = if PLAIN_IN_HOST[byte as usize] { path.len() } else { place };
                assert_eq!(plain_host_length(&path), expected, "{byte} at {place}");
            }
        }
    }
}
