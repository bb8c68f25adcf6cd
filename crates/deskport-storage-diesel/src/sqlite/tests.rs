//! How connections are set up, and that no frequent statement reads a whole table.

use std::sync::{Arc, Mutex};

use deskport_testkit::build::{a_change, a_message, moment};
use diesel::{
    Connection as _, QueryableByName, RunQueryDsl, SqliteConnection,
    connection::InstrumentationEvent,
    sql_query,
    sql_types::{BigInt, Text},
};
use tempfile::TempDir;

use super::{SqliteOptions, connect, finish, memory::Memory, posts::Outcome, store::hot, writer::Work as _};
use crate::row::post::PostRow;

#[derive(QueryableByName)]
struct Setting {
    #[diesel(sql_type = Text)]
    value: String,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    value: i64,
}

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

fn options(directory: &TempDir) -> SqliteOptions {
    SqliteOptions::new(directory.path().join("deskport.db"))
}

fn number(connection: &mut SqliteConnection, pragma: &str, column: &str) -> i64 {
    let query = format!("SELECT {column} AS value FROM pragma_{pragma}");
    sql_query(query).get_result::<Number>(connection).unwrap().value
}

#[test]
fn both_kinds_of_connections_are_set_up() {
    let directory = TempDir::new().unwrap();
    let options = options(&directory);
    let (mut writer, _) = connect::writer(&options).unwrap();
    let mut reader = connect::reader(&options).unwrap();
    for (connection, cache, query_only) in [(&mut writer, 16 * 1024, 0), (&mut reader, 4 * 1024, 1)] {
        let mode = sql_query("SELECT journal_mode AS value FROM pragma_journal_mode");
        assert_eq!(mode.get_result::<Setting>(connection).unwrap().value, "wal");
        assert_eq!(number(connection, "synchronous", "synchronous"), 2, "FULL");
        assert_eq!(number(connection, "foreign_keys", "foreign_keys"), 1);
        assert_eq!(number(connection, "busy_timeout", "timeout"), 5000);
        assert_eq!(number(connection, "cache_size", "cache_size"), -cache);
        assert_eq!(number(connection, "query_only", "query_only"), query_only);
    }
}

/// The steps of the plans of the statements that some work runs.
fn plans(work: impl AsyncFnOnce(&mut SqliteConnection)) -> Vec<(String, String)> {
    let directory = TempDir::new().unwrap();
    let (mut connection, _) = connect::writer(&options(&directory)).unwrap();
    let statements = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&statements);
    connection.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            log.lock().unwrap().push(query.to_string());
        }
    });
    finish(work(&mut connection));
    connection.set_instrumentation(|_: InstrumentationEvent<'_>| {});
    let mut steps = Vec::new();
    for statement in std::mem::take(&mut *statements.lock().unwrap()) {
        let plan: Vec<Step> =
            sql_query(format!("EXPLAIN QUERY PLAN {statement}")).load(&mut connection).unwrap();
        steps.extend(plan.into_iter().map(|Step { detail }| (detail, statement.clone())));
    }
    steps
}

/// Whether a step reads a whole table, but for a walk along the latest activity.
fn reads_all(step: &str) -> bool {
    let walks = [
        "SCAN CONSTANT ROW",
        "SCAN conversations USING INDEX conversations_by_activity",
        "SCAN found",
        "SCAN (subquery",
        "SCAN search_words VIRTUAL TABLE",
    ];
    step.contains("SCAN ") && !walks.iter().any(|walk| step.starts_with(walk))
}

#[test]
fn frequent_statements_use_indexes() {
    let plans = plans(async |connection| {
        hot::run_all(connection).await;
        let plain = a_change(moment(20_000)).with_message(a_message().id("msg_plain").build());
        let post = Arc::new(PostRow::plain(plain).unwrap());
        let mut memory = Memory::new();
        memory.begin(connection).unwrap();
        assert!(matches!(post.run(connection, &mut memory).unwrap(), Outcome::Created(_)));
        assert!(matches!(post.run(connection, &mut memory).unwrap(), Outcome::Unchanged(_)));
    });
    assert!(plans.len() > 30, "{plans:#?}");
    for (step, statement) in plans {
        assert!(!reads_all(&step), "{step}: {statement}");
        // Of the conversations of a few seconds, it sorts those that it comes to.
        let is_short = step == "USE TEMP B-TREE FOR LAST 2 TERMS OF ORDER BY";
        assert!(is_short || !step.contains("TEMP B-TREE"), "{step}: {statement}");
    }
}

#[test]
fn search_and_narrow_lists_use_indexes() {
    let plans = plans(async |connection| hot::run_narrow(connection).await);
    assert!(plans.len() >= 5, "{plans:#?}");
    for (step, statement) in plans {
        assert!(!reads_all(&step), "{step}: {statement}");
    }
}
