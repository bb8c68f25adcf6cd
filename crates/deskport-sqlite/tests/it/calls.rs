//! How often a commit calls the system.

use std::{fs, path::Path};

use diesel::{SqliteConnection, connection::SimpleConnection};
use tempfile::TempDir;

use crate::given::{SCHEMA, through_the_vfs, without_the_vfs};

/// How often this thread has written anything so far.
fn writes() -> usize {
    let counts = fs::read_to_string("/proc/thread-self/io").unwrap();
    counts.lines().find_map(|line| line.strip_prefix("syscw: ")).unwrap().parse().unwrap()
}

/// How many writes it takes to commit sixty pages.
fn writes_of_a_commit(open: fn(&Path, &str) -> SqliteConnection) -> usize {
    let directory = TempDir::new().unwrap();
    let mut connection = open(directory.path(), SCHEMA);
    let rows = "WITH RECURSIVE numbers(number) AS
            (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < 60)
        INSERT INTO said SELECT number, zeroblob(3500) FROM numbers";
    connection.batch_execute(&format!("BEGIN IMMEDIATE; {rows}")).unwrap();
    let before = writes();
    connection.batch_execute("COMMIT").unwrap();
    writes() - before
}

#[test]
fn a_commit_of_sixty_pages_takes_few_writes_instead_of_two_for_each() {
    assert!(writes_of_a_commit(without_the_vfs) > 120);
    assert!(writes_of_a_commit(through_the_vfs) < 8);
}
