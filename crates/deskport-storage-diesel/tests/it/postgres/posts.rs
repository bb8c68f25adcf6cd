//! Posts that are written together.

use std::task::Poll;

use deskport_domain::{AuthorId, Message};
use deskport_ports::{
    CommitError, ConversationChange, ConversationRepository, Effect, EventLog, MessageQuery,
    MessageRepository, Missing, Position, StoreError, UnitOfWork, UserChange,
};
use deskport_storage_diesel::{PostgresOptions, PostgresStore};
use deskport_testkit::build::{a_change, a_conversation, a_message, a_user, agent_id, moment, user_id};

use super::{
    database::{Database, begin_and_lock},
    fresh, options,
    proxy::Proxy,
};
use crate::given::{Commit, a_helpdesk, conversation_id, everything, message, post, start, stored_messages};

/// Puts all of these into the queue before anything is written.
async fn all_at_once(mut commits: Vec<Commit<'_>>) -> Vec<Result<Option<Effect>, CommitError>> {
    for commit in &mut commits {
        assert!(start(commit).await.is_pending());
    }
    let mut outcomes = Vec::new();
    for commit in commits {
        outcomes.push(commit.await.map(|committed| committed.message.map(|message| message.effect)));
    }
    outcomes
}

#[tokio::test]
async fn posts_that_are_refused_or_repeated_do_their_neighbors_no_harm() {
    let (store, _database) = fresh().await;
    let visitor = a_user().id("user_visitor").build();
    store.commit(a_change(moment(0)).with_user(UserChange::Create(visitor.clone()))).await.unwrap();
    store.commit(a_helpdesk()).await.unwrap();
    let by = |author, number| {
        let message = Message { author: AuthorId::EndUser(author), ..message(number) };
        store.commit(a_change(moment(0)).with_message(message))
    };

    let commits = vec![
        store.commit(post(1)),
        by(user_id("user_nobody"), 2),
        store.commit(post(0)),
        store.commit(post(3)),
        store.commit(post(3)),
        by(visitor.id, 4),
        store.commit(post(5)),
    ];
    let outcomes = all_at_once(commits).await;

    let created = |outcome: &Result<_, _>| matches!(outcome, Ok(Some(Effect::Created)));
    assert!([0, 3, 5, 6].into_iter().all(|index| created(&outcomes[index])), "{outcomes:?}");
    assert!(matches!(outcomes[1], Err(CommitError::Missing(Missing::Author))), "{outcomes:?}");
    assert!(matches!(outcomes[2], Ok(Some(Effect::Unchanged))), "{outcomes:?}");
    assert!(matches!(outcomes[4], Ok(Some(Effect::Unchanged))), "{outcomes:?}");
    assert_eq!(stored_messages(&store).await, 5);
}

#[tokio::test]
async fn a_post_that_the_database_refuses_fails_alone() {
    let (store, database) = fresh().await;
    store.commit(a_helpdesk()).await.unwrap();
    database.execute("ALTER TABLE messages ADD CHECK (body <> '<p>odd</p>')").await;
    let odd = a_change(moment(0)).with_message(a_message().id("msg_odd").body("<p>odd</p>").build());

    let commits = vec![store.commit(post(1)), store.commit(odd), store.commit(post(2))];
    let outcomes = all_at_once(commits).await;

    assert!(matches!(outcomes[1], Err(CommitError::Store(StoreError::Backend(_)))), "{outcomes:?}");
    assert!(matches!(outcomes[0], Ok(Some(Effect::Created))), "{outcomes:?}");
    assert!(matches!(outcomes[2], Ok(Some(Effect::Created))), "{outcomes:?}");
    assert_eq!(stored_messages(&store).await, 3);
}

#[tokio::test]
async fn a_conversation_that_somebody_holds_holds_up_no_other() {
    let (store, database) = fresh().await;
    store.commit(a_helpdesk()).await.unwrap();
    let mut holder = database.connect().await;
    begin_and_lock(&mut holder).await;
    let others: Vec<_> =
        (0..8).map(|number| a_conversation().id(&format!("conv_{number}")).build()).collect();
    for other in &others {
        let create = ConversationChange::Create(other.clone());
        store.commit(a_change(moment(0)).with_conversation(create)).await.unwrap();
    }

    let mut held = store.commit(post(1));
    assert!(start(&mut held).await.is_pending());
    let posts = others.iter().map(|other| a_message().within(other).build());
    let posts = posts.map(|message| store.commit(a_change(moment(0)).with_message(message)));
    let outcomes = all_at_once(posts.collect()).await;
    assert!(start(&mut held).await.is_pending());
    drop(holder);

    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    held.await.unwrap();
}

#[tokio::test]
async fn more_posts_than_may_wait_are_refused_at_once() {
    let database = Database::create().await;
    let store = PostgresStore::open(PostgresOptions { queue: 4, ..options(&database) }).await.unwrap();
    store.commit(a_helpdesk()).await.unwrap();

    let mut waiting: Vec<Commit<'_>> = Vec::new();
    let mut refusal = None;
    for number in 1..1000 {
        let mut commit = store.commit(post(number));
        if let Poll::Ready(outcome) = start(&mut commit).await {
            refusal = Some(outcome);
            break;
        }
        waiting.push(commit);
    }

    assert!(matches!(refusal, Some(Err(CommitError::Store(StoreError::Overloaded)))), "{refusal:?}");
    let accepted = waiting.len();
    for commit in waiting {
        commit.await.unwrap();
    }
    assert_eq!(stored_messages(&store).await, 1 + accepted);
}

#[tokio::test]
async fn a_post_for_which_nobody_waits_any_more_is_stored_all_the_same() {
    let (store, _database) = fresh().await;
    store.commit(a_helpdesk()).await.unwrap();
    {
        let mut abandoned = store.commit(post(1));
        assert!(start(&mut abandoned).await.is_pending());
    }
    store.commit(post(2)).await.unwrap();

    assert_eq!(stored_messages(&store).await, 3);
}

#[tokio::test]
async fn a_lone_post_a_page_and_a_conversation_are_one_round_trip_each() {
    let database = Database::create().await;
    let proxy = Proxy::start(&database.url()).await;
    let store = PostgresStore::open(PostgresOptions::new(proxy.url())).await.unwrap();
    store.commit(a_helpdesk()).await.unwrap();
    for number in 1..20 {
        store.commit(post(number)).await.unwrap();
        store.messages(&everything()).await.unwrap().unwrap();
        store.conversation(&conversation_id()).await.unwrap().unwrap();
    }
    proxy.round_trips();

    store.commit(post(20)).await.unwrap();
    assert_eq!(proxy.round_trips(), 1, "a post");
    assert_eq!(store.messages(&everything()).await.unwrap().unwrap().messages.len(), 21);
    assert_eq!(proxy.round_trips(), 1, "a page");
    store.conversation(&conversation_id()).await.unwrap().unwrap();
    assert_eq!(proxy.round_trips(), 1, "a conversation");
    all_at_once((21..40).map(|number| store.commit(post(number))).collect()).await;
    assert_eq!(proxy.round_trips(), 1, "many posts");
}

#[tokio::test]
async fn posts_that_are_repeated_at_once_are_two_round_trips() {
    let database = Database::create().await;
    let proxy = Proxy::start(&database.url()).await;
    let store = PostgresStore::open(PostgresOptions::new(proxy.url())).await.unwrap();
    store.commit(a_helpdesk()).await.unwrap();
    store.commit(post(1)).await.unwrap();
    // Each statement is prepared when it is first used.
    store.commit(post(1)).await.unwrap();
    let before = store.events(0, 100).await.unwrap();
    proxy.round_trips();

    let repeats: Vec<_> = (0..20)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.commit(post(1)).await.unwrap().message.unwrap().effect })
        })
        .collect();
    for repeat in repeats {
        assert_eq!(repeat.await.unwrap(), Effect::Unchanged);
    }

    assert_eq!(proxy.round_trips(), 2);
    assert_eq!(store.events(0, 100).await.unwrap(), before);
}

#[tokio::test]
async fn a_repeat_answers_what_is_stored_and_needs_an_author_who_is_there() {
    let (store, _database) = fresh().await;
    store.commit(a_helpdesk()).await.unwrap();
    let first = store.commit(post(1)).await.unwrap().message.unwrap().value;
    let other = a_message().body("<p>Something else</p>").build().content;
    let repeat = |author| {
        let message = Message { author, content: other.clone(), ..message(1) };
        store.commit(a_change(moment(5)).with_message(message))
    };

    let same = repeat(first.message.author.clone()).await.unwrap().message.unwrap();
    let by_agent = repeat(AuthorId::Agent(agent_id("agent_fin"))).await.unwrap().message.unwrap();
    let by_nobody = repeat(AuthorId::EndUser(user_id("user_nobody"))).await;

    assert_eq!((&same.value, same.effect), (&first, Effect::Unchanged));
    assert_eq!((&by_agent.value, by_agent.effect), (&first, Effect::Unchanged));
    assert!(matches!(by_nobody, Err(CommitError::Missing(Missing::Author))), "{by_nobody:?}");
}

#[tokio::test]
async fn a_post_whose_answer_is_lost_is_stored_once() {
    let database = Database::create().await;
    let proxy = Proxy::start(&database.url()).await;
    let store = PostgresStore::open(PostgresOptions::new(proxy.url())).await.unwrap();
    store.commit(a_helpdesk()).await.unwrap();
    store.commit(post(1)).await.unwrap();
    let before = store.events(0, 100).await.unwrap().len();

    proxy.lose_the_next_answer();
    let committed = store.commit(post(2)).await.unwrap();

    assert_eq!(committed.message.unwrap().value.message, message(2));
    assert_eq!(stored_messages(&store).await, 3);
    assert_eq!(store.events(0, 100).await.unwrap().len(), before + 1);
}

const POSTERS: u32 = 64;
const EACH: u32 = 4;

/// Two instances on one database, and a reader that always goes on after the last message it saw.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_follows_a_conversation_misses_no_post_of_two_instances() {
    let database = Database::create().await;
    let stores = [
        PostgresStore::open(options(&database)).await.unwrap(),
        PostgresStore::open(options(&database)).await.unwrap(),
    ];
    stores[0].commit(a_helpdesk()).await.unwrap();
    let count = 1 + (POSTERS * EACH) as usize;
    let reader = tokio::spawn(follow(stores[0].clone(), count));
    let posters: Vec<_> = (0..POSTERS)
        .map(|poster| {
            let store = stores[poster as usize % 2].clone();
            tokio::spawn(async move {
                for number in 0..EACH {
                    store.commit(post(1 + poster * EACH + number)).await.unwrap();
                }
            })
        })
        .collect();
    for poster in posters {
        poster.await.unwrap();
    }

    let seen = reader.await.unwrap();
    assert!(seen.iter().copied().eq(1..=count as u64), "numbers have no gaps: {seen:?}");
}

/// The numbers of the messages in the order in which somebody sees them who asks for what follows
/// the last one.
async fn follow(store: PostgresStore, count: usize) -> Vec<u64> {
    let (mut seen, mut after) = (Vec::new(), Position::Start);
    while seen.len() < count {
        let query = MessageQuery { after: after.clone(), ..everything() };
        let page = store.messages(&query).await.unwrap().unwrap();
        if let Some(last) = page.messages.last() {
            after = Position::Message(last.message.id.clone());
        }
        seen.extend(page.messages.iter().map(|message| message.sequence));
    }
    seen
}
