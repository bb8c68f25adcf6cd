//! Messages.

use deskport_application::{ListMessagesError, MessageQuery, Notes, Position, PostMessageError};
use deskport_domain::{AuthorId, ConversationId, PostMessage, UserId, Visibility};
use deskport_ports::Committed;

use crate::{conversations::a_matter, desk, desk_over_mock, jane, says};

fn reply(conversation: ConversationId, author: UserId) -> PostMessage {
    PostMessage {
        conversation,
        object_id: None,
        author: AuthorId::EndUser(author),
        content: says("<p>Hello</p>"),
        visibility: Visibility::Public,
        created_at: None,
    }
}

#[tokio::test]
async fn a_repeat_with_other_words_answers_the_words_of_the_first_time() {
    let desk = desk();
    let user = jane(&desk).await;
    let matter = a_matter(&desk, user.clone()).await.conversation.conversation.id;
    let first = PostMessage { object_id: Some("7".into()), ..reply(matter.clone(), user) };
    let posted = desk.helpdesk.messages.post(first.clone()).await.unwrap();
    let repeat = PostMessage { content: says("<p>Other words</p>"), ..first };
    assert_eq!(desk.helpdesk.messages.post(repeat).await.unwrap(), posted);
}

#[tokio::test]
async fn fin_and_the_desk_do_not_share_their_names_of_messages() {
    let desk = desk();
    let user = jane(&desk).await;
    let matter = a_matter(&desk, user.clone()).await.conversation.conversation.id;
    let named = PostMessage { object_id: Some("7".into()), ..reply(matter, user) };
    let by_fin = desk.helpdesk.messages.post(named.clone()).await.unwrap();
    let at_desk = desk.helpdesk.for_desk();
    let by_desk = at_desk.messages.post(named.clone()).await.unwrap();
    assert_ne!(by_fin.message.id, by_desk.message.id);
    assert_eq!(at_desk.messages.post(named).await.unwrap(), by_desk);
}

#[tokio::test]
async fn a_message_without_a_time_gets_the_present_one() {
    let desk = desk();
    let user = jane(&desk).await;
    let matter = a_matter(&desk, user.clone()).await.conversation.conversation.id;
    desk.clock.advance(5);
    let posted = desk.helpdesk.messages.post(reply(matter, user)).await.unwrap();
    assert_eq!(posted.message.created_at, deskport_testkit::build::moment(5));
}

#[tokio::test]
async fn an_unknown_conversation_and_an_unknown_author_are_told_apart() {
    let desk = desk();
    let user = jane(&desk).await;
    let matter = a_matter(&desk, user.clone()).await.conversation.conversation.id;
    let messages = &desk.helpdesk.messages;

    let nowhere = messages.post(reply(ConversationId::derived("none"), user)).await;
    assert!(matches!(nowhere, Err(PostMessageError::UnknownConversation)));
    let nobody = messages.post(reply(matter, UserId::derived("none"))).await;
    assert!(matches!(nobody, Err(PostMessageError::UnknownAuthor)));
}

#[tokio::test]
async fn there_is_no_list_of_an_unknown_conversation() {
    let query = MessageQuery {
        conversation: ConversationId::derived("none"),
        after: Position::Start,
        notes: Notes::All,
        limit: 10,
    };
    let page = desk().helpdesk.messages.page(&query).await;
    assert!(matches!(page, Err(ListMessagesError::UnknownConversation)));
}

#[tokio::test]
async fn a_store_that_leaves_out_its_answer_is_an_error_and_no_panic() {
    let desk = desk_over_mock(|store| {
        store.expect_commit().times(1).returning(|_| Ok(Committed::default()));
    });
    let outcome =
        desk.helpdesk.messages.post(reply(ConversationId::derived("1"), UserId::derived("1"))).await;
    assert!(matches!(outcome, Err(PostMessageError::Store(_))));
}
