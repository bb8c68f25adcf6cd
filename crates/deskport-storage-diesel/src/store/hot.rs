//! For tests: runs everything that calls of Fin and of the desk run often.

mod desk;
mod narrow;

use deskport_domain::{AgentId, ConversationId, ConversationUpdate, MessageId, Patch, UserId, UserUpdate};
use deskport_ports::{AgentChange, ConversationChange, Digest, MessageQuery, Notes, Position, UserChange};
use deskport_testkit::build::{a_change, a_conversation, a_message, a_user, an_agent, moment};

pub(crate) use self::narrow::run_narrow;
use super::{Connection, Task};

pub(crate) async fn run_all(connection: &mut Connection) {
    let create = a_change(moment(0))
        .with_agent(AgentChange::Create(an_agent().build()))
        .with_user(UserChange::Create(a_user().build()))
        .with_conversation(ConversationChange::Create(a_conversation().build()))
        .with_message(a_message().build());
    let update = ConversationUpdate { title: Patch::Set("Pricing".into()), ..ConversationUpdate::default() };
    let upsert = UserUpdate { name: Patch::Set("Jane".into()), ..UserUpdate::default() };
    let (user, conversation): (UserId, ConversationId) = (a_user().build().id, a_conversation().build().id);
    let agent: AgentId = an_agent().build().id;
    let change = a_change(moment(1))
        .with_user(UserChange::Upsert(user.clone(), upsert))
        .with_conversation(ConversationChange::Update(conversation.clone(), update));
    let post = a_change(moment(2)).with_message(a_message().id("msg_2").by_agent().build());
    for changes in [&create, &create, &change, &post, &post] {
        changes.run(connection).await.unwrap();
    }
    user.run(connection).await.unwrap();
    agent.run(connection).await.unwrap();
    conversation.run(connection).await.unwrap();
    Digest([0; 32]).run(connection).await.unwrap();
    let positions = [
        Position::Start,
        Position::Sequence(1),
        Position::Message(MessageId::parse("msg_2").unwrap()),
        Position::Message(MessageId::parse("msg_unknown").unwrap()),
    ];
    for after in positions {
        for notes in [Notes::All, Notes::By(agent.clone())] {
            let query =
                MessageQuery { conversation: conversation.clone(), after: after.clone(), notes, limit: 10 };
            query.run(connection).await.unwrap().unwrap();
        }
    }
    desk::run_all(connection).await;
}
