//! What an element's style says about whether its text can be seen.

mod quick;

use std::borrow::Cow;

use memchr::{memchr2_iter, memchr3};

use super::decode::attribute;
use super::steps::steps;
pub(super) use quick::Harmless;

/// What a `style` attribute says, as far as the rules ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// Nobody sees the element.
    pub(super) hidden: bool,
    /// Nobody sees it in Outlook.
    pub(super) hidden_in_outlook: bool,
    /// Text is this large.
    pub(super) size: Size,
    /// `font-weight` is normal.
    pub(super) normal_weight: bool,
}

/// The size of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Size {
    /// As large as around it.
    #[default]
    Inherited,
    /// Too small to see.
    Zero,
    /// Large enough to see.
    Visible,
}

impl Style {
    /// Reads the value of a `style` attribute as it stands in the source.
    pub(super) fn read(source: &str) -> Self {
        steps(source.len());
        // Mostly there is nothing to replace, and one search tells.
        let plain = match memchr3(b'&', b'\\', b'*', source.as_bytes()) {
            None => Cow::Borrowed(source),
            Some(_) if source.contains('&') => Cow::Owned(without_escapes(&attribute(source))),
            Some(_) => Cow::Owned(without_escapes(source)),
        };
        let mut reader = Reader::default();
        let (mut start, mut colon) = (0, None);
        for at in memchr2_iter(b':', b';', plain.as_bytes()).chain([plain.len()]) {
            if plain.as_bytes().get(at) == Some(&b':') {
                colon = colon.or(Some(at));
                continue;
            }
            if let Some(colon) = colon.take() {
                reader.declaration(plain[start..colon].trim_ascii(), plain[colon + 1..at].trim_ascii());
            }
            start = at + 1;
        }
        reader.style()
    }
}

/// A yes or no that later declarations replace, unless it is important and they are not.
#[derive(Clone, Copy, Debug, Default)]
struct Setting<T> {
    value: T,
    important: bool,
}

impl<T> Setting<T> {
    fn set(&mut self, value: T, important: bool) {
        if important || !self.important {
            *self = Self { value, important };
        }
    }
}

#[derive(Debug, Default)]
struct Reader {
    display: Setting<bool>,
    visibility: Setting<bool>,
    opacity: Setting<bool>,
    outlook: Setting<bool>,
    size: Setting<Size>,
    weight: Setting<bool>,
}

impl Reader {
    fn declaration(&mut self, property: &str, value: &str) {
        let (value, important) = match value.split_once('!') {
            Some((value, flag)) => {
                (value.trim_ascii_end(), flag.trim_ascii_start().eq_ignore_ascii_case("important"))
            }
            None => (value, false),
        };
        let is = |word: &str| value.eq_ignore_ascii_case(word);
        match property.len() {
            7 if property.eq_ignore_ascii_case("display") => self.display.set(is("none"), important),
            10 if property.eq_ignore_ascii_case("visibility") => {
                self.visibility.set(is("hidden") || is("collapse"), important);
            }
            7 if property.eq_ignore_ascii_case("opacity") => self.opacity.set(is_zero(value), important),
            8 if property.eq_ignore_ascii_case("mso-hide") => self.outlook.set(is("all"), important),
            9 if property.eq_ignore_ascii_case("font-size") => self.size.set(size(value), important),
            4 if property.eq_ignore_ascii_case("font") => self.size.set(shorthand_size(value), important),
            11 if property.eq_ignore_ascii_case("font-weight") => {
                self.weight.set(is("normal") || is("400") || is("300"), important);
            }
            _ => {}
        }
    }

    fn style(&self) -> Style {
        Style {
            hidden: self.display.value || self.visibility.value || self.opacity.value,
            hidden_in_outlook: self.outlook.value,
            size: self.size.value,
            normal_weight: self.weight.value,
        }
    }
}

/// A `font-size`; sizes that depend on the size around them say nothing.
fn size(value: &str) -> Size {
    let number = value.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    let unit = &value[number..];
    let depends = ["inherit", "unset", "larger", "smaller", "em", "ex", "%"];
    if is_zero(value) {
        Size::Zero
    } else if value.is_empty() || depends.iter().any(|it| unit.eq_ignore_ascii_case(it)) {
        Size::Inherited
    } else {
        Size::Visible
    }
}

/// The size in a `font`: the first word that starts with a digit. It can only turn hiding off.
fn shorthand_size(value: &str) -> Size {
    let mut words = value.split_ascii_whitespace();
    let word = words.find(|word| {
        let mut bytes = word.bytes();
        let weight = word.len() == 3 && word.ends_with("00");
        !weight && bytes.next().is_some_and(|byte| byte.is_ascii_digit() || byte == b'.')
    });
    match word.map_or(Size::Inherited, |word| size(word.split('/').next().unwrap_or(word))) {
        Size::Visible => Size::Visible,
        Size::Inherited | Size::Zero => Size::Inherited,
    }
}

/// Whether this is the number nothing, in any unit.
fn is_zero(value: &str) -> bool {
    let value = value.strip_prefix(['+', '-']).unwrap_or(value);
    let number = value.bytes().take_while(|byte| matches!(byte, b'0' | b'.')).count();
    let unit = &value[number..];
    value[..number].contains('0') && unit.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'%')
}

/// The style without comments, and with escapes replaced by what they stand for.
fn without_escapes(style: &str) -> String {
    let mut plain = String::with_capacity(style.len());
    let mut rest = style;
    while let Some(at) = rest.find(['/', '\\']) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
        } else if let Some(escape) = rest.strip_prefix('\\') {
            rest = unescape(escape, &mut plain);
        } else {
            plain.push('/');
            rest = &rest[1..];
        }
    }
    plain.push_str(rest);
    plain
}

/// Reads what follows a backslash, and says what is left.
fn unescape<'a>(escape: &'a str, plain: &mut String) -> &'a str {
    let digits = escape.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
    if digits == 0 {
        return escape;
    }
    let code = u32::from_str_radix(&escape[..digits], 16).unwrap_or(0);
    plain.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
    let rest = &escape[digits..];
    rest.strip_prefix([' ', '\n', '\t']).unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(style: &str) -> bool {
        Style::read(style).hidden
    }

    #[test]
    fn styles_that_hide_are_known_in_any_spelling() {
        for style in [
            "display:none",
            "DISPLAY : None !important",
            "color:red; visibility:hidden",
            "opacity:0",
            "opacity: 0.0;",
            "dis/**/play:none;display:no/*x*/ne",
            "display:n\\6f ne",
            "display&colon;none",
            "display:block;display:none",
            "display:none!important;display:block",
        ] {
            assert!(hidden(style), "{style}");
        }
    }

    #[test]
    fn styles_that_do_not_hide_are_left_alone() {
        for style in
            ["", "display:block", "opacity:0.5", "opacity:.1", "x-display:none", "display:none;display:block"]
        {
            assert!(!hidden(style), "{style}");
        }
    }

    #[test]
    fn sizes_are_zero_visible_or_unknown() {
        for (style, expected) in [
            ("font-size:0", Size::Zero),
            ("font-size:0px", Size::Zero),
            ("font-size:0.0em !important", Size::Zero),
            ("font:0/0 a", Size::Inherited),
            ("font-size:13px", Size::Visible),
            ("font:bold 13px/1.5 Arial", Size::Visible),
            ("font-size:small", Size::Visible),
            ("font-size:2em", Size::Inherited),
            ("font-size:100%", Size::Inherited),
        ] {
            assert_eq!(Style::read(style).size, expected, "{style}");
        }
    }
}
