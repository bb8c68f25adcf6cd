//! Ids: opaque strings that a store can compare, and that a repeated create derives again.

use std::fmt;

use sha2::{Digest, Sha256};

/// The longest id, in characters.
const MAX_LENGTH: usize = 128;

/// The text is no id: an id has 1 to 128 visible ASCII characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an id has 1 to 128 visible ASCII characters")]
pub struct InvalidId;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        ///
        /// 1 to 128 visible ASCII characters; those made here begin with
        #[doc = concat!("`", $prefix, "`.")]
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// Takes an id as somebody wrote it.
            ///
            /// # Errors
            /// [`InvalidId`] when the text is empty, too long, or not visible ASCII.
            pub fn parse(raw: &str) -> Result<Self, InvalidId> {
                let fits = (1..=MAX_LENGTH).contains(&raw.len());
                if fits && all_visible(raw) { Ok(Self(raw.into())) } else { Err(InvalidId) }
            }

            /// An id of 128 bits that the caller vouches for as new, best a UUIDv7.
            pub fn from_uuid(uuid: u128) -> Self {
                Self(format!(concat!($prefix, "{:032x}"), uuid).into())
            }

            /// The id's text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            fn digest(parts: &[&str]) -> Self {
                Self(fingerprint($prefix, parts).into())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// The id of an [`EndUser`](crate::EndUser).
    UserId,
    "user_"
);
id!(
    /// The id of an [`Agent`](crate::Agent).
    AgentId,
    "agent_"
);
id!(
    /// The id of a [`Conversation`](crate::Conversation).
    ConversationId,
    "conv_"
);
id!(
    /// The id of a [`Message`](crate::Message); unique within its conversation.
    MessageId,
    "msg_"
);

impl UserId {
    /// The id of the end user whom the caller knows as `object_id`.
    ///
    /// ```
    /// use deskport_domain::UserId;
    /// assert_eq!(UserId::derived("123456"), UserId::derived("123456"));
    /// assert_ne!(UserId::derived("123456"), UserId::derived("123457"));
    /// ```
    pub fn derived(object_id: &str) -> Self {
        Self::digest(&["user", object_id])
    }
}

impl AgentId {
    /// The id of the agent whom an existing helpdesk knows as `object_id`.
    pub fn derived(object_id: &str) -> Self {
        Self::digest(&["agent", object_id])
    }
}

impl ConversationId {
    /// The id of the conversation that the caller knows as `object_id`.
    pub fn derived(object_id: &str) -> Self {
        Self::digest(&["conversation", object_id])
    }

    /// The id of a conversation without an id of the caller's, told by its first message's.
    pub fn derived_from_first_message(object_id: &str) -> Self {
        Self::digest(&["conversation of message", object_id])
    }

    /// The id of the conversation that the desk began under this key; never one that follows from an
    /// id of Fin's.
    pub fn keyed(key: &str) -> Self {
        Self::digest(&["keyed conversation", key])
    }
}

impl MessageId {
    /// The id of the message that the caller knows as `object_id`.
    pub fn derived(conversation: &ConversationId, object_id: &str) -> Self {
        Self::digest(&["message", conversation.as_str(), object_id])
    }

    /// The id of the message that the desk posted under this key; never one that follows from an id of
    /// Fin's.
    ///
    /// ```
    /// use deskport_domain::{ConversationId, MessageId};
    /// let conversation = ConversationId::derived("1");
    /// assert_ne!(MessageId::keyed(&conversation, "7"), MessageId::derived(&conversation, "7"));
    /// ```
    pub fn keyed(conversation: &ConversationId, key: &str) -> Self {
        Self::digest(&["keyed message", conversation.as_str(), key])
    }

    /// The id of a conversation's first message where the caller has no id for it.
    pub fn first_of(conversation: &ConversationId) -> Self {
        Self::digest(&["first message", conversation.as_str()])
    }
}

/// Whether all characters are visible ASCII. Looks at all of them, which takes a few vectors, rather
/// than at each until one is not.
fn all_visible(text: &str) -> bool {
    text.bytes().fold(true, |visible, byte| visible & byte.is_ascii_graphic())
}

/// The prefix, and 160 bits of SHA-256 over the parts as 32 characters of base 32.
///
/// NUL ends every part but the last, and only the last may hold one, so no two lists collide.
fn fingerprint(prefix: &str, parts: &[&str]) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut hash = Sha256::new();
    for (number, part) in parts.iter().enumerate() {
        if number > 0 {
            hash.update(b"\0");
        }
        hash.update(part);
    }
    let mut text = String::with_capacity(prefix.len() + 32);
    text.push_str(prefix);
    for five in hash.finalize()[..20].chunks_exact(5) {
        let bits = five.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        text.extend((0..8).rev().map(|digit| char::from(ALPHABET[(bits >> (digit * 5) & 31) as usize])));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_holds_any_visible_ascii_character() {
        let every: String = ('!'..='~').collect();
        assert_eq!(UserId::parse(&every).unwrap().as_str(), every);
    }

    #[test]
    fn an_id_is_neither_empty_nor_longer_than_128_characters() {
        assert_eq!(UserId::parse(""), Err(InvalidId));
        assert!(UserId::parse(&"x".repeat(128)).is_ok());
        assert_eq!(UserId::parse(&"x".repeat(129)), Err(InvalidId));
    }

    #[test]
    fn an_id_holds_no_space_control_or_non_ascii_character() {
        for raw in ["a b", "a\n", "a\0", "ä", "a\u{7f}"] {
            assert_eq!(MessageId::parse(raw), Err(InvalidId), "{raw:?}");
        }
    }

    #[test]
    fn a_derived_id_is_prefix_and_32_characters_that_stay_the_same_for_ever() {
        assert_eq!(UserId::derived("123456").as_str(), "user_tmw2mgxp63ab59mmt21xesch8cz5hjck");
        let conversation = ConversationId::derived("123456");
        assert_eq!(conversation.as_str(), "conv_4xq2n0dcedv50g641bkh1jdtnhpnzy03");
        assert_eq!(
            MessageId::derived(&conversation, "123456").as_str(),
            "msg_xcj4eebceaw7kec8w8vsp67r5cvqj1en"
        );
    }

    #[test]
    fn kinds_and_conversations_keep_their_object_ids_apart() {
        let (one, two) = (ConversationId::derived("1"), ConversationId::derived("2"));
        assert_ne!(MessageId::derived(&one, "7"), MessageId::derived(&two, "7"));
        assert_ne!(&UserId::derived("7").as_str()[5..], &ConversationId::derived("7").as_str()[5..]);
        assert_ne!(MessageId::first_of(&one), MessageId::derived(&one, ""));
    }
}
