//! Conversations.

use deskport_application::{
    CreateConversationError, CreatedConversation, LoadConversationError, UpdateConversationError,
};
use deskport_domain::{
    AgentId, Attributes, AuthorId, ConversationId, ConversationUpdate, ConversationUser, CreateConversation,
    FirstMessage, GivenUser, Patch, UpdateConversation, UserId, Visibility,
};

use crate::{Desk, desk, jane, named, sarah, says};

fn create(user: UserId) -> CreateConversation {
    CreateConversation {
        object_id: None,
        title: Some("Pricing".into()),
        user: ConversationUser::Known(user.clone()),
        attributes: Attributes::default(),
        first_message: FirstMessage {
            object_id: None,
            author: AuthorId::EndUser(user),
            content: says("<p>Hi</p>"),
            visibility: Visibility::Public,
            created_at: None,
        },
    }
}

/// A conversation that Jane has begun.
pub(crate) async fn a_matter(desk: &Desk, user: UserId) -> CreatedConversation {
    desk.helpdesk.conversations.create(create(user)).await.unwrap()
}

fn with_object_ids(of: &str, message: &str, user: UserId) -> CreateConversation {
    let text = |id: &str| (!id.is_empty()).then(|| id.into());
    let command = create(user);
    let first_message = FirstMessage { object_id: text(message), ..command.first_message };
    CreateConversation { object_id: text(of), first_message, ..command }
}

#[tokio::test]
async fn either_object_id_is_enough_for_a_repeat_to_find_both_objects() {
    for (conversation, message) in [("c", "m"), ("c", ""), ("", "m")] {
        let desk = desk();
        let user = jane(&desk).await;
        let command = with_object_ids(conversation, message, user);
        let first = desk.helpdesk.conversations.create(command.clone()).await.unwrap();
        let repeat = desk.helpdesk.conversations.create(command).await.unwrap();
        assert_eq!(first, repeat, "object ids {conversation:?} and {message:?}");
    }
}

#[tokio::test]
async fn without_any_object_id_every_create_makes_a_new_conversation() {
    let desk = desk();
    let user = jane(&desk).await;
    let one = a_matter(&desk, user.clone()).await;
    let two = a_matter(&desk, user).await;
    assert_ne!(one.conversation.conversation.id, two.conversation.conversation.id);
    assert_ne!(one.message.message.id, two.message.message.id);
}

#[tokio::test]
async fn a_conversation_whose_first_message_has_an_unknown_author_is_not_created() {
    let desk = desk();
    let user = jane(&desk).await;
    let mut command = with_object_ids("c", "m", user);
    command.first_message.author = AuthorId::EndUser(UserId::derived("nobody"));
    let outcome = desk.helpdesk.conversations.create(command).await;
    assert!(matches!(outcome, Err(CreateConversationError::UnknownAuthor)));
    let loaded = desk.helpdesk.conversations.load(&ConversationId::derived("c")).await;
    assert!(matches!(loaded, Err(LoadConversationError::Unknown)));
}

#[tokio::test]
async fn a_given_user_is_created_along_with_the_conversation() {
    let desk = desk();
    let id = UserId::parse("user_given").unwrap();
    let command = CreateConversation {
        user: ConversationUser::Given(id.clone(), named("Given")),
        ..create(id.clone())
    };
    let created = desk.helpdesk.conversations.create(command).await.unwrap();
    assert_eq!(created.conversation.user.name.as_deref(), Some("Given"));
    assert_eq!(desk.helpdesk.users.load(&id).await.unwrap(), created.conversation.user);
}

#[tokio::test]
async fn clearing_the_assignee_hands_over_and_keeping_it_does_not() {
    let desk = desk();
    let (user, agent) = (jane(&desk).await, sarah(&desk).await);
    let conversation = a_matter(&desk, user).await.conversation.conversation.id;
    let assign = |assignee| UpdateConversation {
        conversation: conversation.clone(),
        update: ConversationUpdate { assignee, ..ConversationUpdate::default() },
        user: None,
    };
    for (assignee, expected) in
        [(Patch::Set(agent.clone()), Some(&agent)), (Patch::Keep, Some(&agent)), (Patch::Clear, None)]
    {
        let details = desk.helpdesk.conversations.update(assign(assignee)).await.unwrap();
        assert_eq!(details.assignee.as_ref().map(|agent| &agent.id), expected);
    }
}

#[tokio::test]
async fn an_update_that_names_no_user_changes_the_conversations_own() {
    let desk = desk();
    let user = jane(&desk).await;
    let conversation = a_matter(&desk, user.clone()).await.conversation.conversation.id;
    let command = UpdateConversation {
        conversation,
        update: ConversationUpdate::default(),
        user: Some(GivenUser { id: None, update: named("Jane Roe") }),
    };
    let details = desk.helpdesk.conversations.update(command).await.unwrap();
    assert_eq!((details.user.id, details.user.name.as_deref()), (user, Some("Jane Roe")));
}

#[tokio::test]
async fn an_update_of_an_unknown_conversation_creates_no_user() {
    let desk = desk();
    let user = UserId::parse("user_given").unwrap();
    let command = UpdateConversation {
        conversation: ConversationId::derived("none"),
        update: ConversationUpdate::default(),
        user: Some(GivenUser { id: Some(user.clone()), update: named("Given") }),
    };
    let outcome = desk.helpdesk.conversations.update(command).await;
    assert!(matches!(outcome, Err(UpdateConversationError::UnknownConversation)));
    assert!(desk.helpdesk.users.load(&user).await.is_err());
}

#[tokio::test]
async fn nobody_unknown_is_assigned() {
    let desk = desk();
    let user = jane(&desk).await;
    let conversation = a_matter(&desk, user).await.conversation.conversation.id;
    let assignee = Patch::Set(AgentId::parse("agent_nobody").unwrap());
    let update = ConversationUpdate { assignee, ..ConversationUpdate::default() };
    let outcome =
        desk.helpdesk.conversations.update(UpdateConversation { conversation, update, user: None }).await;
    assert!(matches!(outcome, Err(UpdateConversationError::UnknownAssignee)));
}
