//! A stack that needs no memory of its own as long as it holds little.

/// A stack whose first `N` values live in place.
#[derive(Debug)]
pub(super) struct Few<T, const N: usize> {
    near: [T; N],
    far: Vec<T>,
    length: usize,
}

impl<T: Copy, const N: usize> Few<T, N> {
    /// An empty stack; `unused` fills its places.
    pub(super) fn new(unused: T) -> Self {
        Self { near: [unused; N], far: Vec::new(), length: 0 }
    }

    pub(super) fn len(&self) -> usize {
        self.length
    }

    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.length == 0
    }

    pub(super) fn push(&mut self, value: T) {
        match self.near.get_mut(self.length) {
            Some(place) => *place = value,
            None => self.far.push(value),
        }
        self.length += 1;
    }

    pub(super) fn pop(&mut self) -> Option<T> {
        let last = *self.last()?;
        self.length -= 1;
        self.far.truncate(self.length.saturating_sub(N));
        Some(last)
    }

    #[inline]
    pub(super) fn last(&self) -> Option<&T> {
        let index = self.length.checked_sub(1)?;
        match self.near.get(index) {
            Some(last) => Some(last),
            None => self.last_far(),
        }
    }

    /// Out of the way, or every look at the last value would prepare for both places.
    #[cold]
    fn last_far(&self) -> Option<&T> {
        self.far.last()
    }

    #[inline]
    pub(super) fn last_mut(&mut self) -> Option<&mut T> {
        self.get_mut(self.length.checked_sub(1)?)
    }

    pub(super) fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        if index < N { self.near.get_mut(index) } else { self.far.get_mut(index - N) }
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        let near = self.length.min(N);
        self.near[..near].iter_mut().chain(self.far.iter_mut())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_stack_of_any_height() {
        let mut few = Few::<usize, 3>::new(0);
        (1..=9).for_each(|value| few.push(value));
        few.iter_mut().for_each(|value| *value *= 10);
        *few.last_mut().unwrap() += 1;
        assert_eq!((few.len(), few.last()), (9, Some(&91)));
        let popped: Vec<usize> = std::iter::from_fn(|| few.pop()).collect();
        assert_eq!(popped, [91, 80, 70, 60, 50, 40, 30, 20, 10]);
        assert!(few.is_empty() && few.pop().is_none());
    }
}
