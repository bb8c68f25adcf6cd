//! The written forms of a digest, of which the contract does not say which is used.

use base64::{
    Engine,
    alphabet::{STANDARD, URL_SAFE},
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

const TOLERANT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const BASE64: GeneralPurpose = GeneralPurpose::new(&STANDARD, TOLERANT);
const BASE64_URL: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, TOLERANT);

/// Reads hex in any case or base64 in any alphabet, padded or not, with or without `sha256=`.
pub(super) fn parse(raw: &str) -> Option<[u8; 32]> {
    const PREFIX: &str = "sha256=";
    let marked = raw.get(..PREFIX.len()).is_some_and(|start| start.eq_ignore_ascii_case(PREFIX));
    let text = if marked { &raw[PREFIX.len()..] } else { raw };
    hex(text).or_else(|| {
        let bytes = BASE64.decode(text).or_else(|_| BASE64_URL.decode(text)).ok()?;
        bytes.try_into().ok()
    })
}

fn hex(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 {
        return None;
    }
    let mut digest = [0; 32];
    for (byte, pair) in digest.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let digit = |at: usize| char::from(pair[at]).to_digit(16);
        *byte = u8::try_from(digit(0)? << 4 | digit(1)?).ok()?;
    }
    Some(digest)
}
