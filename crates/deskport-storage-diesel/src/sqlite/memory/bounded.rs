//! Values by key, bounded by about what they take.

use std::collections::HashMap;

/// What a key and its place in the map take, in bytes.
const PLACE_BYTES: usize = 128;

/// Values that take about so many bytes together. Where all room is taken, all begin anew.
#[derive(Debug)]
pub(super) struct Bounded<T> {
    values: HashMap<Vec<u8>, Weighed<T>>,
    bytes: usize,
    most: usize,
    weigh: fn(&T) -> usize,
}

#[derive(Debug)]
struct Weighed<T> {
    value: T,
    bytes: usize,
}

impl<T> Bounded<T> {
    /// Nothing yet, and room for `most` bytes; `weigh` tells what a value takes.
    pub(super) fn new(most: usize, weigh: fn(&T) -> usize) -> Self {
        Self { values: HashMap::new(), bytes: 0, most, weigh }
    }

    /// A value, which is weighed again: it may have grown when it was here last.
    pub(super) fn get_mut(&mut self, key: &[u8]) -> Option<&mut T> {
        let Weighed { value, bytes } = self.values.get_mut(key)?;
        let before = std::mem::replace(bytes, (self.weigh)(value));
        self.bytes = self.bytes + *bytes - before;
        Some(value)
    }

    /// Whether there is a value.
    pub(super) fn contains(&self, key: &[u8]) -> bool {
        self.values.contains_key(key)
    }

    /// Keeps a value that is not there yet.
    pub(super) fn insert(&mut self, key: &[u8], value: T) {
        let bytes = (self.weigh)(&value);
        if self.bytes + bytes + PLACE_BYTES > self.most {
            self.clear();
        }
        self.bytes += bytes + PLACE_BYTES;
        self.values.insert(key.to_vec(), Weighed { value, bytes });
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.values.clear();
        self.bytes = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BYTES: usize = 100;

    fn room_for(values: usize) -> Bounded<String> {
        Bounded::new(values * (BYTES + PLACE_BYTES), String::len)
    }

    fn keys<T>(bounded: &mut Bounded<T>) -> Vec<u8> {
        (0..10).filter(|key| bounded.get_mut(&[*key]).is_some()).collect()
    }

    #[test]
    fn what_fits_stays_and_one_more_begins_anew() {
        let mut bounded = room_for(2);
        for (key, left) in [(0, vec![0]), (1, vec![0, 1]), (2, vec![2]), (3, vec![2, 3])] {
            bounded.insert(&[key], "x".repeat(BYTES));
            assert_eq!(keys(&mut bounded), left);
        }
    }

    #[test]
    fn what_grew_takes_the_room_of_others() {
        let mut bounded = room_for(3);
        for key in 0..2 {
            bounded.insert(&[key], "x".repeat(BYTES));
        }
        bounded.get_mut(&[0]).unwrap().push_str(&"x".repeat(BYTES));
        assert_eq!(keys(&mut bounded), [0, 1]);
        bounded.insert(&[2], "x".repeat(BYTES));
        assert_eq!(keys(&mut bounded), [2]);
    }

    #[test]
    fn room_that_was_cleared_is_there_again() {
        let mut bounded = room_for(1);
        bounded.insert(&[0], "x".repeat(BYTES));
        bounded.clear();
        bounded.insert(&[1], "x".repeat(BYTES));
        assert_eq!(keys(&mut bounded), [1]);
    }
}
