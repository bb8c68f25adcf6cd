//! Rows that nobody of ours wrote.

use deskport_ports::{ConversationRepository, MessageRepository, StoreError, UnitOfWork};

use super::{execute, fresh};
use crate::given::{a_helpdesk, conversation_id, everything, post};

#[tokio::test]
async fn an_unknown_status_is_corrupt() {
    let (store, directory) = fresh().await;
    store.commit(a_helpdesk()).await.unwrap();
    execute(&directory, "UPDATE conversations SET status = 'odd'");

    let found = store.conversation(&conversation_id()).await;
    assert!(matches!(found, Err(StoreError::Corrupt { what: "conversations.status", .. })), "{found:?}");
}

#[tokio::test]
async fn a_message_without_content_is_corrupt() {
    let (store, directory) = fresh().await;
    store.commit(a_helpdesk()).await.unwrap();
    execute(&directory, "UPDATE messages SET body = NULL");

    let found = store.messages(&everything()).await;
    assert!(matches!(found, Err(StoreError::Corrupt { what: "messages.body", .. })), "{found:?}");
}

#[tokio::test]
async fn a_conversation_without_its_user_is_corrupt() {
    let (store, directory) = fresh().await;
    store.commit(a_helpdesk()).await.unwrap();
    execute(&directory, "DELETE FROM users");

    let found = store.conversation(&conversation_id()).await;
    assert!(matches!(found, Err(StoreError::Corrupt { what: "conversations.user_id", .. })), "{found:?}");
}

#[tokio::test]
async fn corruption_elsewhere_disturbs_nobody() {
    let (store, directory) = fresh().await;
    store.commit(a_helpdesk()).await.unwrap();
    execute(&directory, "UPDATE conversations SET status = 'odd'");

    store.commit(post(1)).await.unwrap();
}
