//! SQLite with this page cache. Only here are its searches counted.

use std::sync::atomic::{AtomicU32, Ordering};

use diesel::{Connection, SqliteConnection, connection::SimpleConnection};

/// How often a page cache was searched for pages beyond the end.
pub(super) static SEARCHES: AtomicU32 = AtomicU32::new(0);

#[test]
fn transactions_that_split_pages_search_for_nothing() {
    assert!(super::replaces_page_cache());
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("db");
    let mut connection = SqliteConnection::establish(file.to_str().unwrap()).unwrap();
    connection
        .batch_execute("PRAGMA journal_mode = WAL; CREATE TABLE said (number INTEGER PRIMARY KEY, what BLOB)")
        .unwrap();
    let before = SEARCHES.load(Ordering::Relaxed);
    for number in 0..400 {
        // In no order, so that pages are split in the middle of the tree.
        let number = number * 7919 % 401;
        connection.batch_execute(&format!("INSERT INTO said VALUES ({number}, zeroblob(700))")).unwrap();
    }
    assert_eq!(SEARCHES.load(Ordering::Relaxed), before);
    connection.batch_execute("DELETE FROM said; VACUUM").unwrap();
    assert_ne!(SEARCHES.load(Ordering::Relaxed), before, "what is beyond the end must go");
}
