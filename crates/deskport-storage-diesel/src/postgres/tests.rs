//! That no frequent statement reads a whole table.

#[path = "../../tests/it/postgres/database.rs"]
#[expect(dead_code, reason = "the other tests use all of it")]
mod database;

use std::sync::{Arc, Mutex};

use diesel::{QueryableByName, connection::InstrumentationEvent, sql_query, sql_types::Text};
use diesel_async::{AsyncConnection as _, RunQueryDsl, SimpleAsyncConnection};

use super::{Connection, PostgresOptions, connect, posts, store::hot};

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    #[diesel(column_name = "QUERY PLAN")]
    detail: String,
}

#[tokio::test]
async fn frequent_statements_use_indexes() {
    let database = database::Database::create().await;
    connect::migrate(&PostgresOptions::new(database.url())).await.unwrap();
    let mut connection = database.connect().await;
    let statements = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&statements);
    connection.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            log.lock().unwrap().push(query.to_string());
        }
    });
    let shared = Arc::new(connection);
    hot::run_all(&mut Connection::Shared(Arc::clone(&shared))).await;
    posts::tests::store_one(&shared).await;
    let mut connection = Arc::into_inner(shared).unwrap();
    connection.set_instrumentation(|_: InstrumentationEvent<'_>| {});

    // Without a choice, the planner shows which index there is for a large table.
    let choose =
        "SET enable_seqscan = off; SET enable_bitmapscan = off; SET plan_cache_mode = force_generic_plan";
    connection.batch_execute(choose).await.unwrap();
    let statements = std::mem::take(&mut *statements.lock().unwrap());
    assert!(statements.len() > 30, "{statements:#?}");
    for statement in statements {
        let plan = explain(&mut connection, &statement).await;
        assert!(!plan.contains("Seq Scan"), "{statement}\n{plan}");
        // Those that bring their own list sort that.
        let sorts_its_own = statement.contains("unnest(") || statement.contains("AS shown");
        assert!(sorts_its_own || !plan.contains("Sort"), "{statement}\n{plan}");
    }
}

/// The plan of a statement with whatever values.
async fn explain(connection: &mut diesel_async::AsyncPgConnection, statement: &str) -> String {
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
