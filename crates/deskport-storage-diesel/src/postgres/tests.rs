//! That no frequent statement reads a whole table.

#[path = "../../tests/it/postgres/database.rs"]
#[expect(dead_code, reason = "the other tests use all of it")]
mod database;

use std::sync::{Arc, Mutex};

use diesel::{QueryableByName, connection::InstrumentationEvent, sql_query, sql_types::Text};
use diesel_async::{AsyncConnection as _, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};

use self::database::Database;
use super::{Connection, PostgresOptions, connect, loader, posts, store::hot};

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    #[diesel(column_name = "QUERY PLAN")]
    detail: String,
}

#[tokio::test]
async fn frequent_statements_use_indexes() {
    let database = fresh().await;
    let (mut connection, statements) = recorded(&database, async |connection| {
        hot::run_all(connection).await;
        posts::tests::store_one(connection).await;
        loader::tests::look_up_each(connection).await;
    })
    .await;

    // Without a choice, the planner shows which index there is for a large table.
    let choice = "SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off";
    connection.batch_execute(choice).await.unwrap();
    assert!(statements.len() > 30, "{statements:#?}");
    for statement in statements {
        let plan = explain(&mut connection, &statement).await;
        assert!(!plan.contains("Seq Scan"), "{statement}\n{plan}");
        // A list of posts is sorted, and short; and so are the conversations of a few seconds.
        let is_short = statement.contains("unnest(");
        let sorts = plan.lines().any(|step| step.contains("Sort  (") && !step.contains("Incremental Sort"));
        assert!(is_short || !sorts, "{statement}\n{plan}");
    }
}

#[tokio::test]
async fn search_and_narrow_lists_use_indexes() {
    let database = fresh().await;
    let (mut connection, statements) =
        recorded(&database, async |connection| hot::run_narrow(connection).await).await;

    connection.batch_execute("SET enable_seqscan = off").await.unwrap();
    assert!(statements.len() >= 5, "{statements:#?}");
    for statement in statements {
        let plan = explain(&mut connection, &statement).await;
        assert!(!plan.contains("Seq Scan"), "{statement}\n{plan}");
    }
}

async fn fresh() -> Database {
    let database = Database::create().await;
    connect::migrate(&PostgresOptions::new(database.url())).await.unwrap();
    database
}

/// Does some work, and tells which statements it ran.
async fn recorded(
    database: &Database,
    work: impl AsyncFnOnce(&mut Connection),
) -> (AsyncPgConnection, Vec<String>) {
    let mut connection = database.connect().await;
    let statements = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&statements);
    connection.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            log.lock().unwrap().push(query.to_string());
        }
    });
    let shared = Arc::new(connection);
    work(&mut Connection::Shared(Arc::clone(&shared))).await;
    let mut connection = Arc::into_inner(shared).unwrap();
    connection.set_instrumentation(|_: InstrumentationEvent<'_>| {});
    connection.batch_execute("SET plan_cache_mode = force_generic_plan").await.unwrap();
    let statements = std::mem::take(&mut *statements.lock().unwrap());
    (connection, statements)
}

/// The plan of a statement with whatever values.
async fn explain(connection: &mut AsyncPgConnection, statement: &str) -> String {
    let statement = statement.split(" -- binds").next().unwrap();
    let values = (1..).take_while(|number| statement.contains(&format!("${number}"))).map(|_| "NULL");
    let values = values.collect::<Vec<_>>().join(", ");
    let values = if values.is_empty() { values } else { format!("({values})") };
    let prepare = format!("DEALLOCATE ALL; PREPARE explained AS {statement}");
    connection.batch_execute(&prepare).await.unwrap();
    let plan: Vec<Step> =
        sql_query(format!("EXPLAIN EXECUTE explained {values}")).load(connection).await.unwrap();
    plan.into_iter().map(|step| step.detail).collect::<Vec<_>>().join("\n")
}
