//! For tests: runs search, and lists of which the desk asks for a part. What they find is sorted.

use deskport_ports::{Assignment, ConversationQuery};
use deskport_testkit::build::{agent_id, user_id};

use super::super::{Connection, Task, search::Words};

pub(crate) async fn run_narrow(connection: &mut Connection) {
    let everything = ConversationQuery {
        status: None,
        assignment: None,
        user: None,
        tag: None,
        updated_since: None,
        after: None,
        limit: 10,
    };
    let queries = [
        ConversationQuery { user: Some(user_id("user_jane")), ..everything.clone() },
        ConversationQuery { tag: Some("pricing".into()), ..everything.clone() },
        ConversationQuery { assignment: Some(Assignment::Waiting), ..everything.clone() },
        ConversationQuery { assignment: Some(Assignment::Agent(agent_id("agent_fin"))), ..everything },
    ];
    for query in queries {
        query.run(connection).await.unwrap();
    }
    let words = Words { words: vec!["about".to_owned(), "pric".to_owned()], limit: 10 };
    words.run(connection).await.unwrap();
}
