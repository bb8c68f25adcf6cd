//! The page cache, as a program gets it that only links this crate.

#[test]
fn whoever_links_this_has_the_page_cache_without_asking() {
    assert!(deskport_sqlite::replaces_page_cache());
}
