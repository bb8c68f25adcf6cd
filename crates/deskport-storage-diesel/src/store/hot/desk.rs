//! For tests: runs everything that the desk and the notifications to Fin run often.

use deskport_domain::Status;
use deskport_ports::{
    Assignment, Attempt, Claim, ConversationCursor, ConversationQuery, EarlierMessages, Notes, Settlement,
    Standing, UserQuery,
};
use deskport_testkit::build::{a_change_id, a_conversation, agent_id, moment, user_id};

use super::super::{
    Connection, Task,
    log::{EventQuery, newest},
    outbox::{claim, settle, show},
};

pub(super) async fn run_all(connection: &mut Connection) {
    lists(connection).await;
    let claim = Claim { now: moment(9), until: moment(10), lease: a_change_id(), limit: 10 };
    let delivery = claim::Take(claim).run(connection).await.unwrap().remove(0);
    let attempt = Attempt { at: moment(9), took_ms: 1, status: Some(200), error: None };
    for how in [Settlement::Retry(moment(10)), Settlement::Parked, Settlement::Delivered(moment(9))] {
        let outcome = settle::Outcome { delivery: delivery.clone(), attempt: attempt.clone(), how };
        outcome.run(connection).await.unwrap();
    }
    show::One(delivery.conversation).run(connection).await.unwrap();
    for standing in [Standing::Pending, Standing::Delivered] {
        show::Listed { standing, limit: 10 }.run(connection).await.unwrap();
    }
    EventQuery { after: 1, limit: 10 }.run(connection).await.unwrap();
    newest(connection).await.unwrap();
}

async fn lists(connection: &mut Connection) {
    let conversation = a_conversation().build().id;
    let everything = ConversationQuery {
        status: None,
        assignment: None,
        user: None,
        tag: None,
        updated_since: None,
        after: None,
        limit: 10,
    };
    let after = ConversationCursor { updated_at: moment(9), id: conversation.clone() };
    let queries = [
        ConversationQuery { status: Some(Status::Open), ..everything.clone() },
        ConversationQuery { assignment: Some(Assignment::Nobody), ..everything.clone() },
        ConversationQuery { updated_since: Some(moment(0)), after: Some(after), ..everything.clone() },
        everything,
    ];
    for query in queries {
        query.run(connection).await.unwrap();
    }
    UserQuery { after: Some(user_id("user_a")), limit: 10 }.run(connection).await.unwrap();
    for notes in [Notes::All, Notes::By(agent_id("agent_fin"))] {
        let query = EarlierMessages { conversation: conversation.clone(), before: Some(9), notes, limit: 10 };
        query.run(connection).await.unwrap().unwrap();
    }
}
