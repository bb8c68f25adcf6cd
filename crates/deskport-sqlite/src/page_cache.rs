//! SQLite's page cache, but for a search through all of it that finds nothing.
//!
//! At the end of a transaction, pages beyond the end of the database are forgotten. Since SQLite swaps
//! the numbers of pages by way of a number far beyond, its page cache does not know that there are none,
//! and looks at each of its pages: thousands, after every transaction that split one. This one knows.
//! Everything else is done by the page cache that SQLite comes with.
#![expect(unsafe_code, reason = "SQLite's interface for a page cache is C")]

mod numbers;
#[cfg(all(test, target_os = "linux"))]
mod tests;

use std::{
    ffi::{c_int, c_uint},
    mem::MaybeUninit,
    ptr,
    sync::OnceLock,
};

use libsqlite3_sys::{
    SQLITE_CONFIG_GETPCACHE2, SQLITE_CONFIG_PCACHE2, SQLITE_OK, sqlite3_config, sqlite3_pcache,
    sqlite3_pcache_methods2, sqlite3_pcache_page,
};

use self::numbers::Numbers;

/// SQLite takes a page cache only before anything else of it is used, and not while another thread may
/// use it. That is sure before `main`; where it is not done, SQLite's own page cache serves.
#[cfg(target_os = "linux")]
#[used]
// SAFETY: the loader calls what is in this section, with arguments that C lets a function ignore.
#[unsafe(link_section = ".init_array")]
static BEFORE_MAIN: extern "C" fn() = install;

/// What SQLite comes with, once it is replaced.
static STANDARD: OnceLock<Standard> = OnceLock::new();

/// The functions that have more to do than to pass a call on.
struct Standard {
    create: unsafe extern "C" fn(c_int, c_int, c_int) -> *mut sqlite3_pcache,
    resize: unsafe extern "C" fn(*mut sqlite3_pcache, c_int),
    count: unsafe extern "C" fn(*mut sqlite3_pcache) -> c_int,
    fetch: unsafe extern "C" fn(*mut sqlite3_pcache, c_uint, c_int) -> *mut sqlite3_pcache_page,
    unpin: unsafe extern "C" fn(*mut sqlite3_pcache, *mut sqlite3_pcache_page, c_int),
    renumber: unsafe extern "C" fn(*mut sqlite3_pcache, *mut sqlite3_pcache_page, c_uint, c_uint),
    end_before: unsafe extern "C" fn(*mut sqlite3_pcache, c_uint),
    destroy: unsafe extern "C" fn(*mut sqlite3_pcache),
    shrink: unsafe extern "C" fn(*mut sqlite3_pcache),
}

/// What SQLite gets to hold as its page cache.
struct Cache {
    methods: &'static Standard,
    /// The cache that does the work.
    standard: *mut sqlite3_pcache,
    numbers: Numbers,
}

/// Whether the page caches of this process are these. It is so on Linux, unless somebody else gave
/// SQLite another one.
pub fn replaces_page_cache() -> bool {
    STANDARD.get().is_some()
}

extern "C" fn install() {
    let mut methods = MaybeUninit::<sqlite3_pcache_methods2>::zeroed();
    // SAFETY: this option takes a place for what SQLite comes with; there is no other thread yet.
    if unsafe { sqlite3_config(SQLITE_CONFIG_GETPCACHE2, methods.as_mut_ptr()) } != SQLITE_OK {
        return;
    }
    // SAFETY: numbers, and pointers that may be null.
    let methods = unsafe { methods.assume_init() };
    let Some(standard) = Standard::of(&methods) else { return };
    let mut ours = sqlite3_pcache_methods2 {
        xCreate: Some(create),
        xCachesize: Some(resize),
        xPagecount: Some(count),
        xFetch: Some(fetch),
        xUnpin: Some(unpin),
        xRekey: Some(renumber),
        xTruncate: Some(end_before),
        xDestroy: Some(destroy),
        xShrink: Some(shrink),
        ..methods
    };
    // SAFETY: SQLite copies it, and there is no other thread yet. If it is in use already, it refuses.
    if unsafe { sqlite3_config(SQLITE_CONFIG_PCACHE2, &raw mut ours) } == SQLITE_OK {
        // Nobody else sets it.
        let _ = STANDARD.set(standard);
    }
}

impl Standard {
    fn of(methods: &sqlite3_pcache_methods2) -> Option<Self> {
        Some(Self {
            create: methods.xCreate?,
            resize: methods.xCachesize?,
            count: methods.xPagecount?,
            fetch: methods.xFetch?,
            unpin: methods.xUnpin?,
            renumber: methods.xRekey?,
            end_before: methods.xTruncate?,
            destroy: methods.xDestroy?,
            shrink: methods.xShrink?,
        })
    }
}

impl Cache {
    /// # Safety
    ///
    /// `cache` comes from [`create`], was not given to [`destroy`], and nobody else uses it now, as
    /// SQLite promises.
    unsafe fn of<'a>(cache: *mut sqlite3_pcache) -> &'a mut Self {
        // SAFETY: that is what `create` made of it.
        unsafe { &mut *cache.cast() }
    }
}

// What SQLite calls, as it calls it: every cache is one from `create`.

unsafe extern "C" fn create(page_bytes: c_int, extra_bytes: c_int, purgeable: c_int) -> *mut sqlite3_pcache {
    let Some(methods) = STANDARD.get() else { return ptr::null_mut() };
    // SAFETY: passed on.
    let standard = unsafe { (methods.create)(page_bytes, extra_bytes, purgeable) };
    if standard.is_null() {
        return standard;
    }
    Box::into_raw(Box::new(Cache { methods, standard, numbers: Numbers::default() })).cast()
}

unsafe extern "C" fn destroy(cache: *mut sqlite3_pcache) {
    // SAFETY: it comes from `create`, and SQLite does not use it any more.
    let cache = unsafe { Box::<Cache>::from_raw(cache.cast()) };
    // SAFETY: passed on.
    unsafe { (cache.methods.destroy)(cache.standard) }
}

unsafe extern "C" fn fetch(
    cache: *mut sqlite3_pcache,
    number: c_uint,
    create: c_int,
) -> *mut sqlite3_pcache_page {
    // SAFETY: as SQLite calls it.
    let cache = unsafe { Cache::of(cache) };
    // SAFETY: passed on.
    let page = unsafe { (cache.methods.fetch)(cache.standard, number, create) };
    if !page.is_null() {
        cache.numbers.see(number);
    }
    page
}

unsafe extern "C" fn renumber(
    cache: *mut sqlite3_pcache,
    page: *mut sqlite3_pcache_page,
    from: c_uint,
    to: c_uint,
) {
    // SAFETY: as SQLite calls it.
    let cache = unsafe { Cache::of(cache) };
    cache.numbers.renumber(from, to);
    // SAFETY: passed on.
    unsafe { (cache.methods.renumber)(cache.standard, page, from, to) }
}

unsafe extern "C" fn end_before(cache: *mut sqlite3_pcache, number: c_uint) {
    // SAFETY: as SQLite calls it.
    let cache = unsafe { Cache::of(cache) };
    if cache.numbers.may_reach(number) {
        cache.numbers.end_before(number);
        #[cfg(all(test, target_os = "linux"))]
        tests::SEARCHES.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        // SAFETY: passed on.
        unsafe { (cache.methods.end_before)(cache.standard, number) }
    }
}

unsafe extern "C" fn unpin(cache: *mut sqlite3_pcache, page: *mut sqlite3_pcache_page, discard: c_int) {
    // SAFETY: as SQLite calls it, passed on.
    unsafe { (Cache::of(cache).methods.unpin)(Cache::of(cache).standard, page, discard) }
}

unsafe extern "C" fn resize(cache: *mut sqlite3_pcache, pages: c_int) {
    // SAFETY: as SQLite calls it, passed on.
    unsafe { (Cache::of(cache).methods.resize)(Cache::of(cache).standard, pages) }
}

unsafe extern "C" fn count(cache: *mut sqlite3_pcache) -> c_int {
    // SAFETY: as SQLite calls it, passed on.
    unsafe { (Cache::of(cache).methods.count)(Cache::of(cache).standard) }
}

unsafe extern "C" fn shrink(cache: *mut sqlite3_pcache) {
    // SAFETY: as SQLite calls it, passed on.
    unsafe { (Cache::of(cache).methods.shrink)(Cache::of(cache).standard) }
}
