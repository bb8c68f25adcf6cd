//! A list that was written before, as the body of an answer: sent from where it is kept.

use std::{
    convert::Infallible,
    mem,
    pin::Pin,
    task::{Context, Poll},
};

use actix_web::{
    body::{BodySize, MessageBody},
    web::Bytes,
};
use deskport_wire::{MessageList, Variant};

/// How much actix is given to copy at a time, in bytes. More, on most machines more than 4 or 8 KiB,
/// glibc copies by `rep movsb`, which was slower for what is in no cache of the processor (AMD
/// EPYC).
const PIECE: usize = 4_000;
/// After so many bytes the rest is one piece: actix sends what it has before it asks for more than
/// 32 KiB, and a short last part might wait for the client to say that it has the first.
const PIECES: usize = 7 * PIECE;

/// What stands before the messages of a list, and the rest of it.
pub(super) struct Written {
    length: u64,
    head: &'static str,
    rest: Bytes,
    /// How much of the rest is still given in pieces.
    in_pieces: usize,
}

impl Written {
    /// A list that ends with this JSON: messages with commas in between, and what stands after them.
    pub(super) fn new(variant: Variant, rest: Bytes) -> Self {
        let (head, _) = MessageList::frame(variant);
        Self { length: (head.len() + rest.len()) as u64, head, rest, in_pieces: PIECES }
    }

    /// What is to be sent next; nothing, when all has been.
    fn next(&mut self) -> Bytes {
        if !self.head.is_empty() {
            return Bytes::from_static(mem::take(&mut self.head).as_bytes());
        }
        if self.in_pieces == 0 || self.rest.len() <= PIECE {
            return mem::take(&mut self.rest);
        }
        self.in_pieces -= PIECE;
        self.rest.split_to(PIECE)
    }
}

impl MessageBody for Written {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.length)
    }

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Infallible>>> {
        let next = self.next();
        Poll::Ready((!next.is_empty()).then_some(Ok(next)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(variant: Variant, rest: &str) -> Vec<Bytes> {
        let mut written = Written::new(variant, Bytes::copy_from_slice(rest.as_bytes()));
        let size = written.size();
        let pieces: Vec<_> =
            std::iter::repeat_with(|| written.next()).take_while(|piece| !piece.is_empty()).collect();
        assert_eq!(size, BodySize::Sized(pieces.concat().len() as u64));
        pieces
    }

    #[test]
    fn pieces_of_any_length_make_the_whole_list() {
        for length in [1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7, PIECES, 3 * PIECES + 1] {
            let rest: String = ('a'..='z').cycle().take(length).collect();
            assert_eq!(pieces(Variant::R, &rest).concat(), format!("[{rest}").as_bytes());
            assert_eq!(pieces(Variant::P, &rest).concat(), format!(r#"{{"data":[{rest}"#).as_bytes());
        }
    }

    #[test]
    fn what_comes_after_many_pieces_is_one() {
        let all = pieces(Variant::R, &"a".repeat(10 * PIECES));
        let (last, before) = all.split_last().unwrap();
        assert_eq!(last.len(), 9 * PIECES);
        assert!(before.iter().all(|piece| piece.len() <= PIECE));
    }
}
