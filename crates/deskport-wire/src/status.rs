//! The contract's words for where a conversation stands.

use deskport_domain::Status;

const WORDS: [(&str, Status); 4] = [
    ("open", Status::Open),
    ("resolved", Status::Resolved),
    ("closed", Status::Closed),
    ("ended", Status::Ended),
];

/// The status that `word` names.
pub(crate) fn parse(word: &str) -> Option<Status> {
    WORDS.iter().find(|(name, _)| *name == word).map(|(_, status)| *status)
}

/// The word for `status`.
pub(crate) const fn word(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Resolved => "resolved",
        Status::Closed => "closed",
        Status::Ended => "ended",
    }
}
