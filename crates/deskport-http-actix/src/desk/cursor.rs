//! Places in lists, as opaque text that fits into a query without escaping.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use deskport_application::ConversationCursor;
use deskport_domain::{ConversationId, Timestamp, UserId};
use deskport_wire::Invalid;

use super::call::Asked;

/// The query's parameter.
const NAME: &str = "cursor";

/// A place in some list.
pub(super) trait Cursor: Sized {
    /// The place as text.
    fn plain(&self) -> String;

    /// The place that the text names.
    fn read(plain: &str) -> Option<Self>;
}

/// The place after which a request wants to go on.
pub(super) fn asked<C: Cursor>(asked: &Asked) -> Result<Option<C>, Invalid> {
    let read = |raw: &str| {
        let plain = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(raw).ok()?).ok()?;
        C::read(&plain)
    };
    let unknown = || Invalid::field(NAME, "must be a next_cursor of an earlier answer");
    asked.text(NAME).map(|raw| read(raw).ok_or_else(unknown)).transpose()
}

/// The place as answers give it.
pub(super) fn text(place: &impl Cursor) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(place.plain())
}

/// Latest activity in milliseconds, a colon, and the id.
impl Cursor for ConversationCursor {
    fn plain(&self) -> String {
        format!("{}:{}", self.updated_at.as_millis(), self.id)
    }

    fn read(plain: &str) -> Option<Self> {
        let (millis, id) = plain.split_once(':')?;
        let updated_at = Timestamp::from_millis(millis.parse().ok()?)?;
        Some(Self { updated_at, id: ConversationId::parse(id).ok()? })
    }
}

/// A slash, which tells it from other cursors, and the id.
impl Cursor for UserId {
    fn plain(&self) -> String {
        format!("/{self}")
    }

    fn read(plain: &str) -> Option<Self> {
        Self::parse(plain.strip_prefix('/')?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_come_back_and_are_not_taken_for_one_another() {
        let place = ConversationCursor {
            updated_at: Timestamp::from_millis(-7).unwrap(),
            id: ConversationId::parse("conv:/?#").unwrap(),
        };
        assert_eq!(ConversationCursor::read(&place.plain()), Some(place.clone()));
        assert_eq!(UserId::read(&place.plain()), None);
        let user = UserId::parse("1:2").unwrap();
        assert_eq!(UserId::read(&user.plain()), Some(user.clone()));
        assert_eq!(ConversationCursor::read(&user.plain()), None);
    }
}
