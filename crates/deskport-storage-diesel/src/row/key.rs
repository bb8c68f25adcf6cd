//! Ids as bytes: a derived id takes 20 and a UUID 16 instead of up to 38 characters of text.
//!
//! Every row and every index entry of a conversation repeats such keys, so this is a third of all
//! that is stored for a short message. The way back is exact for every id:
//!
//! | stored | means |
//! |---|---|
//! | 16 bytes | the prefix of its kind and 32 hexadecimal digits |
//! | 20 bytes | the prefix of its kind and 32 digits of base 32 |
//! | any other length | the id itself, and one or two NUL so that it is neither 16 nor 20 bytes |

use deskport_domain::{AgentId, AuthorId, ConversationId, InvalidId, MessageId, UserId};
use deskport_ports::StoreError;

use super::Impossible;

const HEXADECIMAL: Alphabet = Alphabet::of(b"0123456789abcdef");
const BASE32: Alphabet = Alphabet::of(b"0123456789abcdefghjkmnpqrstvwxyz");
const DIGITS: usize = 32;
/// What is no digit.
const NONE: u8 = u8::MAX;

/// Digits and their values, both ways.
struct Alphabet {
    digits: &'static [u8],
    values: [u8; 256],
}

impl Alphabet {
    const fn of(digits: &'static [u8]) -> Self {
        let (mut values, mut value) = ([NONE; 256], 0);
        while value < digits.len() {
            #[expect(clippy::cast_possible_truncation, reason = "there are at most 32 digits")]
            let number = value as u8;
            values[digits[value] as usize] = number;
            value += 1;
        }
        Self { digits, values }
    }
}

/// An id that is stored as a key.
pub(crate) trait Key: Sized {
    /// What the ids that we make begin with.
    const PREFIX: &'static str;

    /// The id's text.
    fn text(&self) -> &str;

    /// The id from its text.
    fn parse(text: &str) -> Result<Self, InvalidId>;

    /// The bytes to store.
    fn key(&self) -> Vec<u8> {
        encode(Self::PREFIX, self.text())
    }

    /// The id from the bytes that are stored in `what`.
    fn from_key(what: &'static str, key: &[u8]) -> Result<Self, StoreError> {
        let text = decode(Self::PREFIX, key).ok_or_else(|| StoreError::corrupt(what, Impossible))?;
        Self::parse(&text).map_err(|error| StoreError::corrupt(what, error))
    }
}

macro_rules! key {
    ($id:ty, $prefix:literal) => {
        impl Key for $id {
            const PREFIX: &'static str = $prefix;

            fn text(&self) -> &str {
                self.as_str()
            }

            fn parse(text: &str) -> Result<Self, InvalidId> {
                Self::parse(text)
            }
        }
    };
}

key!(UserId, "user_");
key!(AgentId, "agent_");
key!(ConversationId, "conv_");
key!(MessageId, "msg_");

const USER: u8 = b'u';
const AGENT: u8 = b'a';

/// The key of an author: `u` or `a`, and the key of the user or agent.
pub(crate) fn author_key(author: &AuthorId) -> Vec<u8> {
    let (kind, mut key) = match author {
        AuthorId::EndUser(id) => (USER, id.key()),
        AuthorId::Agent(id) => (AGENT, id.key()),
    };
    key.insert(0, kind);
    key
}

/// The author from the bytes that are stored in `what`.
pub(crate) fn author_from_key(what: &'static str, key: &[u8]) -> Result<AuthorId, StoreError> {
    match key.split_first() {
        Some((&USER, key)) => UserId::from_key(what, key).map(AuthorId::EndUser),
        Some((&AGENT, key)) => AgentId::from_key(what, key).map(AuthorId::Agent),
        _ => Err(StoreError::corrupt(what, Impossible)),
    }
}

fn encode(prefix: &str, text: &str) -> Vec<u8> {
    let digits = text.strip_prefix(prefix).map(str::as_bytes).filter(|digits| digits.len() == DIGITS);
    let packed =
        digits.and_then(|digits| pack::<4>(&HEXADECIMAL, digits).or_else(|| pack::<5>(&BASE32, digits)));
    packed.unwrap_or_else(|| {
        let mut whole = text.as_bytes().to_vec();
        whole.push(0);
        if matches!(whole.len(), 16 | 20) {
            whole.push(0);
        }
        whole
    })
}

fn decode(prefix: &str, key: &[u8]) -> Option<String> {
    match key.len() {
        16 => unpack::<4>(&HEXADECIMAL, prefix, key),
        20 => unpack::<5>(&BASE32, prefix, key),
        _ => {
            let text = std::str::from_utf8(key).ok()?;
            text.strip_suffix('\0').map(|text| text.trim_end_matches('\0').to_owned())
        }
    }
}

/// 32 digits of `BITS` bits each as bytes; `None` if one of them is no digit.
fn pack<const BITS: usize>(alphabet: &Alphabet, digits: &[u8]) -> Option<Vec<u8>> {
    let mut packed = Vec::with_capacity(DIGITS * BITS / 8);
    for eight in digits.chunks_exact(8) {
        let mut bits = 0_u64;
        for digit in eight {
            let value = alphabet.values[usize::from(*digit)];
            if value == NONE {
                return None;
            }
            bits = bits << BITS | u64::from(value);
        }
        packed.extend_from_slice(&bits.to_be_bytes()[8 - BITS..]);
    }
    Some(packed)
}

/// The digits of packed bytes after `prefix`.
fn unpack<const BITS: usize>(alphabet: &Alphabet, prefix: &str, packed: &[u8]) -> Option<String> {
    let mut text = Vec::with_capacity(prefix.len() + DIGITS);
    text.extend_from_slice(prefix.as_bytes());
    for bytes in packed.chunks_exact(BITS) {
        let bits = bytes.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        let digits: [u8; 8] = std::array::from_fn(|place| {
            let [.., low] = (bits >> ((7 - place) * BITS)).to_be_bytes();
            alphabet.digits[usize::from(low) & (alphabet.digits.len() - 1)]
        });
        text.extend_from_slice(&digits);
    }
    String::from_utf8(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn there_and_back(id: &UserId) -> usize {
        let key = id.key();
        assert_eq!(UserId::from_key("users.id", &key).unwrap(), *id);
        key.len()
    }

    #[test]
    fn ids_that_we_make_are_packed() {
        assert_eq!(there_and_back(&UserId::derived("123456")), 20);
        assert_eq!(there_and_back(&UserId::from_uuid(u128::MAX)), 16);
        assert_eq!(there_and_back(&UserId::from_uuid(0)), 16);
    }

    #[test]
    fn any_other_id_comes_back_too() {
        for length in 1..=128 {
            there_and_back(&UserId::parse(&"x".repeat(length)).unwrap());
        }
        let almost = ["user_", "user_0", "agent_00000000000000000000000000000000"];
        for text in almost.into_iter().chain(["user_0000000000000000000000000000000i", "USER_x", "!~"]) {
            there_and_back(&UserId::parse(text).unwrap());
        }
        let every: String = ('!'..='~').collect();
        there_and_back(&UserId::parse(&every).unwrap());
    }

    #[test]
    fn different_ids_have_different_keys() {
        let texts = ["user_0000000000000000000000000000000f", "user_0000000000000000000000000000000g"];
        let [one, other] = texts.map(|text| UserId::parse(text).unwrap().key());
        assert_ne!(one, other);
    }

    #[test]
    fn bytes_that_are_no_key_are_corrupt() {
        for key in [&b""[..], b"\0", b"abc", b"\xff\0", b"a b\0"] {
            assert!(matches!(
                UserId::from_key("users.id", key),
                Err(StoreError::Corrupt { what: "users.id", .. })
            ));
        }
    }

    #[test]
    fn authors_keep_their_kind() {
        let user = AuthorId::EndUser(UserId::derived("1"));
        let agent = AuthorId::Agent(AgentId::parse("agent_fin").unwrap());
        for author in [user, agent] {
            assert_eq!(author_from_key("messages.author", &author_key(&author)).unwrap(), author);
        }
    }
}
