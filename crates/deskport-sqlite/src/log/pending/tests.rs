//! What was taken gets into the file, whatever fails in between.

use libsqlite3_sys::{SQLITE_FULL, SQLITE_OK};
use proptest::prelude::*;

use super::{FRAME_HEADER_BYTES, Pending, ROOM};

const PAGE_BYTES: usize = 512;

/// A file in memory, on a disk that may be full, and how often it was written to.
#[derive(Default)]
struct Disk {
    bytes: Vec<u8>,
    is_full: bool,
    writes: usize,
    longest: usize,
}

impl Disk {
    fn write(&mut self, bytes: &[u8], at: i64) -> i32 {
        if self.is_full {
            return SQLITE_FULL;
        }
        self.writes += 1;
        self.longest = self.longest.max(bytes.len());
        put(&mut self.bytes, bytes, usize::try_from(at).unwrap());
        SQLITE_OK
    }
}

fn put(file: &mut Vec<u8>, bytes: &[u8], at: usize) {
    if file.len() < at + bytes.len() {
        file.resize(at + bytes.len(), 0);
    }
    file[at..at + bytes.len()].copy_from_slice(bytes);
}

/// The header of a page: of the last one of a transaction, or of one before it.
fn header(is_last: bool) -> [u8; FRAME_HEADER_BYTES] {
    let mut header = [7; FRAME_HEADER_BYTES];
    header[4..8].copy_from_slice(&[0, 0, 0, is_last.into()]);
    header
}

/// A page after another, the last one of them as SQLite completes a transaction.
fn transaction(pages: usize) -> Vec<Vec<u8>> {
    (1..=pages).flat_map(|page| [header(page == pages).to_vec(), vec![9; PAGE_BYTES]]).collect()
}

fn take_all(pending: &mut Pending, disk: &mut Disk, pieces: &[Vec<u8>], mut at: i64) {
    for piece in pieces {
        pending.take(piece, at, |bytes, at| disk.write(bytes, at)).unwrap();
        at += i64::try_from(piece.len()).unwrap();
    }
}

#[test]
fn a_transaction_is_written_in_two_calls_and_nothing_of_it_waits_longer() {
    let (mut pending, mut disk) = (Pending::default(), Disk::default());
    let pieces = transaction(50);
    take_all(&mut pending, &mut disk, &pieces, 0);
    assert_eq!(disk.bytes, pieces.concat());
    assert_eq!(disk.writes, 2);
}

#[test]
fn a_transaction_that_is_not_complete_waits() {
    let (mut pending, mut disk) = (Pending::default(), Disk::default());
    take_all(&mut pending, &mut disk, &transaction(50)[..98], 0);
    assert_eq!(disk.writes, 0);
}

#[test]
fn no_more_waits_than_there_is_room_for() {
    let (mut pending, mut disk) = (Pending::default(), Disk::default());
    let pieces = transaction(10 * ROOM / PAGE_BYTES);
    take_all(&mut pending, &mut disk, &pieces, 0);
    assert_eq!(disk.bytes, pieces.concat());
    assert!(pending.bytes.capacity() <= ROOM);
    assert!(disk.longest <= ROOM);
}

#[test]
fn the_header_of_a_complete_transaction_is_written_though_no_page_follows() {
    let (mut pending, mut disk) = (Pending::default(), Disk::default());
    take_all(&mut pending, &mut disk, &[header(true).to_vec()], 0);
    assert_eq!(disk.bytes, header(true));
}

#[test]
fn what_could_not_be_written_is_neither_lost_nor_completed() {
    let (mut pending, mut disk) = (Pending::default(), Disk::default());
    let pieces = transaction(2);
    take_all(&mut pending, &mut disk, &pieces[..2], 0);
    disk.is_full = true;
    let at = i64::try_from(pieces[..2].concat().len()).unwrap();
    assert_eq!(pending.take(&pieces[2], at, |bytes, at| disk.write(bytes, at)), Err(SQLITE_FULL));
    disk.is_full = false;
    assert_eq!(pending.write_out(|bytes, at| disk.write(bytes, at)), Ok(()));
    assert_eq!(disk.bytes, pieces[..2].concat());
}

#[derive(Debug, Clone)]
enum Step {
    Header { place: usize, is_last: bool },
    Page { place: usize, filled_with: u8 },
    Other { place: usize, length: usize },
    WriteOut,
    Fill { is_full: bool },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    // Most pieces follow the one before.
    let place = || prop_oneof![4 => Just(usize::MAX), 1 => 0..2000_usize];
    let step = prop_oneof![
        4 => (place(), any::<bool>()).prop_map(|(place, is_last)| Step::Header { place, is_last }),
        4 => (place(), any::<u8>()).prop_map(|(place, filled_with)| Step::Page { place, filled_with }),
        1 => (place(), 1..100_usize).prop_map(|(place, length)| Step::Other { place, length }),
        1 => Just(Step::WriteOut),
        1 => any::<bool>().prop_map(|is_full| Step::Fill { is_full }),
    ];
    proptest::collection::vec(step, 1..80)
}

proptest! {
    #[test]
    fn the_file_holds_what_was_taken_in_the_order_in_which_it_was(steps in steps()) {
        let (mut pending, mut disk) = (Pending::default(), Disk::default());
        let (mut wanted, mut end) = (Vec::new(), 0);
        for step in steps {
            let (place, piece) = match step {
                Step::Header { place, is_last } => (place, header(is_last).to_vec()),
                Step::Page { place, filled_with } => (place, vec![filled_with; PAGE_BYTES]),
                Step::Other { place, length } => (place, vec![3; length]),
                Step::WriteOut => {
                    let written = pending.write_out(|bytes, at| disk.write(bytes, at));
                    prop_assert_eq!(written.is_err(), disk.is_full && !pending.bytes.is_empty());
                    if written.is_ok() {
                        prop_assert_eq!(&disk.bytes, &wanted);
                    }
                    continue;
                }
                Step::Fill { is_full } => {
                    disk.is_full = is_full;
                    continue;
                }
            };
            let at = if place == usize::MAX { end } else { place };
            let at_file = i64::try_from(at).unwrap();
            if pending.take(&piece, at_file, |bytes, at| disk.write(bytes, at)).is_ok() {
                put(&mut wanted, &piece, at);
                end = at + piece.len();
                if pending.completes {
                    prop_assert_eq!(&disk.bytes, &wanted);
                }
            }
        }
        disk.is_full = false;
        pending.write_out(|bytes, at| disk.write(bytes, at)).unwrap();
        prop_assert_eq!(&disk.bytes, &wanted);
    }
}
