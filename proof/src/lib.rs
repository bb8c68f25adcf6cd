//! Proofs about the HTML rules that need other people's parsers, and measurements beside them.

pub mod corpus;
pub mod messages;
pub mod rivals;
pub mod stability;
pub mod text;
