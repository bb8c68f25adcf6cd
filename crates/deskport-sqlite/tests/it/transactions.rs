//! Transactions that were written through the VFS are what any other connection reads, also from the
//! files as they are when the process ends without a word.

use std::{fs, path::Path};

use diesel::{
    QueryableByName, RunQueryDsl, SqliteConnection,
    connection::SimpleConnection,
    sql_query,
    sql_types::{BigInt, Text},
};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::given::{SCHEMA, through_the_vfs, without_the_vfs};

#[derive(QueryableByName, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = Text)]
    what: String,
}

#[derive(QueryableByName)]
struct Verdict {
    #[diesel(sql_type = Text)]
    integrity_check: String,
}

/// What a connection sees, in a file that is as it should be.
pub(crate) fn all(connection: &mut SqliteConnection) -> Vec<Said> {
    let verdicts: Vec<Verdict> = sql_query("PRAGMA integrity_check").load(connection).unwrap();
    assert_eq!(verdicts[0].integrity_check, "ok");
    sql_query("SELECT number, hex(what) AS what FROM said ORDER BY number").load(connection).unwrap()
}

/// What is there after the process was killed at this moment, and somebody opens the files.
fn all_after_a_kill(directory: &Path) -> Vec<Said> {
    let copy = TempDir::new().unwrap();
    for name in ["db", "db-wal"] {
        fs::copy(directory.join(name), copy.path().join(name)).unwrap();
    }
    all(&mut without_the_vfs(copy.path(), ""))
}

#[test]
fn pages_that_left_the_cache_are_read_from_the_log_before_the_transaction_is_complete() {
    let directory = TempDir::new().unwrap();
    let mut connection = through_the_vfs(directory.path(), "PRAGMA cache_size = 4");
    connection.batch_execute(SCHEMA).unwrap();
    // So much that pages leave the cache, are read from the log again, and are changed there once more.
    connection
        .batch_execute(
            "BEGIN IMMEDIATE;
             WITH RECURSIVE numbers(number) AS
                (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < 300)
             INSERT INTO said SELECT number, randomblob(3000) FROM numbers;
             UPDATE said SET what = zeroblob(3000) WHERE number % 7 = 0",
        )
        .unwrap();
    let mut other = without_the_vfs(directory.path(), "");
    assert_eq!(all(&mut other), []);
    connection.batch_execute("COMMIT").unwrap();
    let stored = all(&mut connection);
    assert_eq!(stored.len(), 300);
    assert_eq!(all(&mut other), stored);
    assert_eq!(all_after_a_kill(directory.path()), stored);
}

#[test]
fn a_checkpoint_of_several_flushes_moves_everything() {
    let directory = TempDir::new().unwrap();
    let mut connection = through_the_vfs(directory.path(), SCHEMA);
    connection
        .batch_execute(
            "WITH RECURSIVE numbers(number) AS
                (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < 1000)
             INSERT INTO said SELECT number, randomblob(3000) FROM numbers",
        )
        .unwrap();
    let stored = all(&mut connection);
    assert_eq!(stored.len(), 1000);
    connection.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    assert_eq!(fs::metadata(directory.path().join("db-wal")).unwrap().len(), 0);
    assert_eq!(all_after_a_kill(directory.path()), stored);
}

/// What a writer may do in a transaction.
#[derive(Debug, Clone)]
enum Step {
    Store { number: i64, bytes: usize },
    Remove { number: i64 },
    Undo(Box<Step>),
}

impl Step {
    fn sql(&self) -> String {
        match self {
            Self::Store { number, bytes } => {
                format!("INSERT OR REPLACE INTO said VALUES ({number}, randomblob({bytes}));")
            }
            Self::Remove { number } => format!("DELETE FROM said WHERE number = {number};"),
            Self::Undo(step) => format!("SAVEPOINT s; {} ROLLBACK TO s; RELEASE s;", step.sql()),
        }
    }
}

/// A transaction: what it does, and how it ends.
#[derive(Debug, Clone)]
struct Transaction {
    steps: Vec<Step>,
    end: &'static str,
}

fn transactions() -> impl Strategy<Value = Vec<Transaction>> {
    let simple = prop_oneof![
        3 => (0..40_i64, 0..9000_usize).prop_map(|(number, bytes)| Step::Store { number, bytes }),
        1 => (0..40_i64).prop_map(|number| Step::Remove { number }),
    ];
    let step = prop_oneof![4 => simple.clone(), 1 => simple.prop_map(|step| Step::Undo(Box::new(step)))];
    let end = prop_oneof![4 => Just("COMMIT"), 1 => Just("ROLLBACK")];
    let transaction =
        (proptest::collection::vec(step, 1..20), end).prop_map(|(steps, end)| Transaction { steps, end });
    proptest::collection::vec(transaction, 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn others_read_what_was_committed(
        transactions in transactions(),
        synchronous in prop_oneof![Just("FULL"), Just("NORMAL"), Just("OFF")],
        pages in prop_oneof![Just(2), Just(1000)],
        emptied_by in prop_oneof![Just(None), Just(Some(true)), Just(Some(false))],
    ) {
        let directory = TempDir::new().unwrap();
        let setup = format!("PRAGMA synchronous = {synchronous}; PRAGMA cache_size = {pages}; {SCHEMA}");
        let mut connection = through_the_vfs(directory.path(), &setup);
        let mut other = without_the_vfs(directory.path(), "");
        for Transaction { steps, end } in transactions {
            let before = all(&mut connection);
            let steps: String = steps.iter().map(Step::sql).collect();
            connection.batch_execute(&format!("BEGIN IMMEDIATE; {steps}")).unwrap();
            prop_assert_eq!(&all(&mut other), &before);
            prop_assert_eq!(&all_after_a_kill(directory.path()), &before);
            connection.batch_execute(end).unwrap();
            let after = all(&mut connection);
            if end == "ROLLBACK" {
                prop_assert_eq!(&after, &before);
            }
            prop_assert_eq!(&all(&mut other), &after);
            prop_assert_eq!(&all_after_a_kill(directory.path()), &after);
            // By the writer itself, or from the other side: then its log begins anew unasked.
            if let Some(writer) = emptied_by {
                let emptier = if writer { &mut connection } else { &mut other };
                emptier.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
            }
        }
    }
}
