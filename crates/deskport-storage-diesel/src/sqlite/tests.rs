//! How connections are set up, and that no frequent statement reads a whole table.

use std::sync::{Arc, Mutex};

use diesel::{
    Connection as _, QueryableByName, RunQueryDsl, SqliteConnection,
    connection::InstrumentationEvent,
    sql_query,
    sql_types::{BigInt, Text},
};
use tempfile::TempDir;

use super::{SqliteOptions, connect, finish, store::hot};

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
    for (connection, cache, query_only) in [(&mut writer, 32 * 1024, 0), (&mut reader, 4 * 1024, 1)] {
        let mode = sql_query("SELECT journal_mode AS value FROM pragma_journal_mode");
        assert_eq!(mode.get_result::<Setting>(connection).unwrap().value, "wal");
        assert_eq!(number(connection, "synchronous", "synchronous"), 2, "FULL");
        assert_eq!(number(connection, "foreign_keys", "foreign_keys"), 1);
        assert_eq!(number(connection, "busy_timeout", "timeout"), 5000);
        assert_eq!(number(connection, "cache_size", "cache_size"), -cache);
        assert_eq!(number(connection, "query_only", "query_only"), query_only);
    }
}

#[test]
fn frequent_statements_use_indexes() {
    let directory = TempDir::new().unwrap();
    let (mut connection, _) = connect::writer(&options(&directory)).unwrap();
    let statements = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&statements);
    connection.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            log.lock().unwrap().push(query.to_string());
        }
    });
    finish(hot::run_all(&mut connection));
    connection.set_instrumentation(|_: InstrumentationEvent<'_>| {});

    let statements = std::mem::take(&mut *statements.lock().unwrap());
    assert!(statements.len() > 30, "{statements:#?}");
    for statement in statements {
        let plan: Vec<Step> =
            sql_query(format!("EXPLAIN QUERY PLAN {statement}")).load(&mut connection).unwrap();
        for Step { detail } in plan {
            let walks = ["SCAN CONSTANT ROW", "SCAN conversations USING INDEX conversations_by_activity"];
            let is_bounded = !detail.contains("SCAN ") || walks.contains(&detail.as_str());
            assert!(is_bounded, "{detail}: {statement}");
            assert!(!detail.contains("TEMP B-TREE"), "{detail}: {statement}");
        }
    }
}
