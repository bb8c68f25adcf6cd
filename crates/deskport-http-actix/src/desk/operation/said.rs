//! What may stand in queries and headers.

/// A parameter, none of which must be there but `q`.
#[derive(Clone, Copy)]
pub(crate) struct Said {
    pub(crate) place: Place,
    pub(crate) name: &'static str,
    pub(crate) meaning: &'static str,
    pub(crate) example: &'static str,
}

/// Where a parameter stands.
#[derive(Clone, Copy)]
pub(crate) enum Place {
    /// In the query.
    Query,
    /// In a header.
    Header,
}

const CURSOR: Said =
    query("cursor", "The `next_cursor` of the answer before", "MTc2MTU3NTQwMDAwMDpjb252XzQ1Ng");
const LIMIT: Said = query("limit", "How many to answer, 1 to 200; 50 where it is left out", "50");

#[rustfmt::skip]
pub(super) const CONVERSATIONS: [Said; 7] = [
    query("status", "Only `open`, `resolved`, `closed` or `ended` ones", "open"),
    query("assignee", "Only those of this agent; `none`: of nobody; `waiting`: handed over to a person", "waiting"),
    query("user", "Only those of this end user", "user_123456"),
    query("tag", "Only those with this tag", "pricing"),
    query("updated_since", "Only those with activity at this moment or later", "2025-10-27T14:35:00.000Z"),
    CURSOR,
    LIMIT,
];

#[rustfmt::skip]
pub(super) const MESSAGES: [Said; 3] = [
    query("after", "Only those after this `sequence`, from the oldest on; 0 is the beginning", "0"),
    query("before", "Only those before this `sequence`, from the newest backwards; `newest` is the end", "newest"),
    LIMIT,
];

pub(super) const USERS: [Said; 2] = [CURSOR, LIMIT];

#[rustfmt::skip]
pub(super) const SEARCH: [Said; 2] = [
    query("q", "Words, all of which must occur; the last may be the beginning of one", "jane pric"),
    LIMIT,
];

#[rustfmt::skip]
pub(super) const EVENTS: [Said; 3] = [
    query("include", "`message` writes messages along with their events", "message"),
    query("after", "The position after which to begin; what happens from now on where it is left out", "4710"),
    Said { place: Place::Header, name: "Last-Event-ID", meaning: "The last event that was seen; wins over `after`", example: "4711" },
];

#[rustfmt::skip]
pub(super) const CREATE: [Said; 1] = [
    Said { place: Place::Header, name: "Idempotency-Key", meaning: "1 to 255 visible ASCII characters; a repeat with the same key answers what the first made", example: "reply-8f14e45f" },
];

const fn query(name: &'static str, meaning: &'static str, example: &'static str) -> Said {
    Said { place: Place::Query, name, meaning, example }
}
