//! The desk face over the memory store.

mod answers;
mod errors;
mod events;
mod fin;
mod lists;
mod repeats;
mod states;
mod stream;
mod support;
mod typing;
