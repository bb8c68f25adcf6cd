//! An allocator that counts what its thread asks for. A block that grows counts with its new size only:
//! whether the old one is held meanwhile is up to the allocator.
#![expect(unsafe_code, reason = "allocators are unsafe; this one only counts and passes on")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// What a piece of work asked of the allocator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// How often: new memory, or other sizes of what there was.
    pub times: usize,
    /// The most bytes that were held at one time.
    pub peak: usize,
    held: usize,
}

/// What `work` gives, and what it asked for until then.
pub fn count<T>(work: impl FnOnce() -> T) -> (T, Asked) {
    ASKED.set(Asked::default());
    let result = work();
    (result, ASKED.get())
}

thread_local! {
    static ASKED: Cell<Asked> = const { Cell::new(Asked { times: 0, peak: 0, held: 0 }) };
}

#[global_allocator]
static COUNTER: Counter = Counter;

struct Counter;

fn note(added: usize, given_back: usize) {
    let Asked { times, peak, held } = ASKED.get();
    let held = (held + added).saturating_sub(given_back);
    ASKED.set(Asked { times: times + usize::from(added > 0), peak: peak.max(held), held });
}

// SAFETY: every call is passed on to the system's allocator as it is.
unsafe impl GlobalAlloc for Counter {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        note(layout.size(), 0);
        // SAFETY: the caller's promises are passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        note(0, layout.size());
        // SAFETY: the caller's promises are passed on.
        unsafe { System.dealloc(memory, layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        note(size, layout.size());
        // SAFETY: the caller's promises are passed on.
        unsafe { System.realloc(memory, layout, size) }
    }
}
