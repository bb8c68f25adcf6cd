//! Recognizes clean URLs.

/// Whether this is a clean URL: `hosted` schemes have a host, `plain` ones only a path.
pub(super) fn is_address(url: &str, hosted: &[&str], plain: &[&str]) -> bool {
    for scheme in hosted {
        if let Some(rest) = url.strip_prefix(scheme) {
            let end = rest.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#')).unwrap_or(rest.len());
            return is_authority(&rest[..end]) && is_path(&rest[end..]);
        }
    }
    plain.iter().any(|scheme| url.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty() && is_path(rest)))
}

fn is_authority(authority: &str) -> bool {
    if let Some(rest) = authority.strip_prefix('[') {
        let Some((address, port)) = rest.split_once(']') else { return false };
        let fits = |byte: u8| byte.is_ascii_hexdigit() || byte == b':' || byte == b'.';
        return address.contains(':') && address.bytes().all(fits) && is_port(port);
    }
    let end = authority.find(':').unwrap_or(authority.len());
    end > 0 && is_port(&authority[end..]) && authority[..end].chars().all(is_in_host)
}

/// Nothing, or a colon and a number.
fn is_port(port: &str) -> bool {
    if port.is_empty() {
        return true;
    }
    let digits = &port[1..];
    port.starts_with(':')
        && !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && digits.parse::<u16>().is_ok()
}

fn is_in_host(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphanumeric() || "!$'()*+,-.;=_{}~".contains(character);
    }
    let looks_like_a_sign = match u32::from(character) {
        0xFF01..=0xFF60 => {
            !matches!(u32::from(character) - 0xFEE0, 0x2D | 0x2E | 0x30..=0x39 | 0x41..=0x5A | 0x61..=0x7A)
        }
        0x2100 | 0x2101 | 0x2105 | 0x2106 => true,
        _ => false,
    };
    !looks_like_a_sign && is_seen(character)
}

/// Whether all of a path, query and fragment may be written like this.
fn is_path(mut path: &str) -> bool {
    loop {
        let end = path.find(|character: char| !is_in_path(character)).unwrap_or(path.len());
        path = &path[end..];
        if path.is_empty() {
            return true;
        }
        let Some(rest) = path.strip_prefix("&amp;") else { return false };
        path = rest;
    }
}

fn is_in_path(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_graphic() && !"\"&<>\\`".contains(character);
    }
    is_seen(character)
}

/// Ranges of characters beyond ASCII that show nothing or turn the direction of text.
const UNSEEN: [(u32, u32); 18] = [
    (0x80, 0xA0),
    (0xAD, 0xAD),
    (0x34F, 0x34F),
    (0x61C, 0x61C),
    (0x115F, 0x1160),
    (0x1680, 0x1680),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x2000, 0x200F),
    (0x2028, 0x202F),
    (0x205F, 0x206F),
    (0x3000, 0x3000),
    (0x3164, 0x3164),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFF),
    (0xE_0000, 0xE_0FFF),
    (0x11_0000, u32::MAX),
];

fn is_seen(character: char) -> bool {
    let code = u32::from(character);
    let next = UNSEEN.partition_point(|(_, last)| *last < code);
    code < UNSEEN[next].0
}
