//! Posts and pages per second, straight on the stores: `cargo bench --package
//! deskport-storage-diesel`. With `DESKPORT_TEST_POSTGRES_URL`, on that database too: it must be
//! empty, and keeps what this writes. `-- postgres` or `-- sqlite` measures only the one.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a program for whoever measures")]

use std::{
    env,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use deskport_domain::{Conversation, ConversationId, Message, MessageBody, MessageId};
use deskport_ports::{
    AgentChange, ChangeSet, ConversationChange, MessageQuery, Notes, Position, Store, UserChange,
};
use deskport_storage_diesel::{PostgresOptions, PostgresStore, SqliteOptions, SqliteStore};
use deskport_testkit::build::{
    a_change, a_change_by_fin, a_conversation, a_message, a_user, an_agent, moment,
};

const CONVERSATIONS: u64 = 1_000;
const PHASE: Duration = Duration::from_secs(4);

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let wanted = |name: &str| {
        let named: Vec<_> = env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
        named.is_empty() || named.iter().any(|one| one == name)
    };
    if wanted("sqlite") {
        let directory = tempfile::TempDir::new().unwrap();
        let path = directory.path().join("deskport.db");
        let sqlite = SqliteStore::open(SqliteOptions::new(&path)).await.unwrap();
        let posts = measure("SQLite", Arc::new(sqlite)).await;
        let size = std::fs::metadata(path).unwrap().len();
        println!("SQLite      {:>8} bytes a message, body {}", size / posts, body().as_html().len());
    }
    if let (true, Ok(url)) = (wanted("postgres"), env::var("DESKPORT_TEST_POSTGRES_URL")) {
        let postgres = PostgresStore::open(PostgresOptions::new(url)).await.unwrap();
        measure("PostgreSQL", Arc::new(postgres)).await;
    }
}

/// Returns how many messages there are in the end.
async fn measure(name: &str, store: Arc<dyn Store>) -> u64 {
    fill(&store).await;
    let posted = Arc::new(AtomicU64::new(0));
    for tasks in [1, 16, 64, 256] {
        let (store, posted) = (Arc::clone(&store), Arc::clone(&posted));
        phase(name, "posts", tasks, move || {
            let (store, number) = (Arc::clone(&store), posted.fetch_add(1, Ordering::Relaxed));
            async move { drop(store.commit(post(number)).await.unwrap()) }
        })
        .await;
    }
    let pages = [("pages of 10", Position::Start), ("nothing new", Position::Sequence(u64::MAX))];
    for (what, after) in pages {
        for tasks in [1, 64] {
            let (store, read) = (Arc::clone(&store), Arc::new(AtomicU64::new(0)));
            let after = after.clone();
            phase(name, what, tasks, move || {
                let (store, number) = (Arc::clone(&store), read.fetch_add(1, Ordering::Relaxed));
                let conversation = conversation(number);
                let query = MessageQuery { conversation, after: after.clone(), notes: Notes::All, limit: 10 };
                async move { drop(store.messages(&query).await.unwrap().unwrap()) }
            })
            .await;
        }
    }
    for tasks in [1, 64] {
        let (store, read) = (Arc::clone(&store), Arc::new(AtomicU64::new(0)));
        phase(name, "conversations", tasks, move || {
            let (store, number) = (Arc::clone(&store), read.fetch_add(1, Ordering::Relaxed));
            async move { drop(store.conversation(&conversation(number)).await.unwrap().unwrap()) }
        })
        .await;
    }
    posted.load(Ordering::Relaxed)
}

async fn fill(store: &Arc<dyn Store>) {
    let people = a_change(moment(0))
        .with_agent(AgentChange::Create(an_agent().name("Fin").build()))
        .with_user(UserChange::Create(a_user().name("Jane Doe").email("jane@example.com").build()));
    store.commit(people).await.unwrap();
    for number in 0..CONVERSATIONS {
        let created = Conversation { id: conversation(number), ..a_conversation().build() };
        let changes = a_change(moment(0)).with_conversation(ConversationChange::Create(created));
        store.commit(changes).await.unwrap();
    }
}

/// Runs `work` in `tasks` tasks at once, over and over.
async fn phase<F>(name: &str, what: &str, tasks: usize, work: impl Fn() -> F + Send + Sync + 'static)
where
    F: Future<Output = ()> + Send,
{
    let (work, begin) = (Arc::new(work), Instant::now());
    let workers: Vec<_> = (0..tasks)
        .map(|_| {
            let work = Arc::clone(&work);
            tokio::spawn(async move {
                let mut done = 0_u64;
                while begin.elapsed() < PHASE {
                    work().await;
                    done += 1;
                }
                done
            })
        })
        .collect();
    let mut done = 0;
    for worker in workers {
        done += worker.await.unwrap();
    }
    let rate = u128::from(done) * 1_000 / begin.elapsed().as_millis();
    println!("{name:<11} {rate:>8} {what} per second with {tasks} tasks");
}

fn conversation(number: u64) -> ConversationId {
    ConversationId::derived(&(number % CONVERSATIONS).to_string())
}

fn post(number: u64) -> ChangeSet {
    let conversation = conversation(number);
    let id = MessageId::derived(&conversation, &number.to_string());
    let message = a_message().body(body().as_html());
    let message = if number.is_multiple_of(2) { message.by_agent() } else { message };
    a_change_by_fin(moment(1)).with_message(Message { id, conversation, ..message.build() })
}

fn body() -> MessageBody {
    MessageBody::sanitize(&format!("<p>{}</p>", "About pricing, ".repeat(20)))
}
