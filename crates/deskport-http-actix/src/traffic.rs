//! How many requests there are: for the limit, and for whoever wants to know how busy the faces are.

use std::{
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use crate::problem::{Kind, Problem};

/// How many requests have come, and how many of them are in work. Clones count together, so faces
/// that share one share their limit, too.
#[derive(Debug, Clone, Default)]
pub struct Traffic(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    come: AtomicUsize,
    in_work: AtomicUsize,
}

/// Where a thread takes places for its requests. The count is everybody's; what each request holds on
/// to is the thread's own, since threads that count one thing all the time wait for one another.
#[derive(Debug, Clone)]
pub(crate) struct Slots {
    traffic: Rc<Traffic>,
    most: usize,
}

/// The place of one request among those that are worked on; free again when dropped.
#[derive(Debug)]
pub(crate) struct Slot(Rc<Traffic>);

impl Traffic {
    /// How many requests have come so far, with those that were turned away; the pages for people and
    /// probes are not counted. After [`usize::MAX`] it goes on from 0.
    pub fn requests(&self) -> usize {
        self.0.come.load(Ordering::Relaxed)
    }

    /// The places, for one thread: `most` of all threads together.
    pub(crate) fn slots(&self, most: usize) -> Slots {
        Slots { traffic: Rc::new(self.clone()), most }
    }
}

impl Slots {
    /// A place for one more request.
    pub(crate) fn take(&self) -> Result<Slot, Problem> {
        let slot = Slot(Rc::clone(&self.traffic));
        let Counts { come, in_work } = &*slot.0.0;
        come.fetch_add(1, Ordering::Relaxed);
        if in_work.fetch_add(1, Ordering::Relaxed) >= self.most {
            return Err(Problem::new(Kind::Overloaded));
        }
        Ok(slot)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.0.0.in_work.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_that_is_turned_away_is_counted_and_takes_no_place() {
        let traffic = Traffic::default();
        let slots = traffic.slots(1);
        let first = slots.take();
        assert!(first.is_ok());
        assert!(slots.take().is_err());
        drop(first);
        assert!(slots.take().is_ok());
        assert_eq!(traffic.requests(), 3);
    }
}
