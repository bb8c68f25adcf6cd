//! What a store promises about messages: what is kept, in which order, and who sees what.

use std::sync::Arc;

use deskport_domain::{Author, AuthorId, AuthoredMessage, Message, Patch, UserUpdate};
use deskport_ports::{Effect, MessageQuery, Notes, Position, Store, Stored, UserChange};

use crate::{
    build::{a_change, a_conversation, a_message, a_user, agent_id, an_agent, message_id, moment},
    storage::given::{
        a_helpdesk, all_of, commit, message_ids, messages, page, pages, posted, posted_at, stored_agent,
        stored_conversation, stored_user,
    },
};

/// What was posted is what the commit answers and what a later read gives, field by field.
pub async fn a_new_message_reads_back_whole(store: Arc<dyn Store>) {
    let given = a_helpdesk(&store).await;
    let message = a_message()
        .body("<p>Please see the <b>prices</b></p>")
        .attachment("https://example.com/prices.pdf", Some("pdf"), Some("Prices.pdf"))
        .created_at(moment(-7))
        .build();
    let answer = posted(&store, message.clone()).await;

    let author = Author::EndUser(given.user);
    let whole = AuthoredMessage { message: message.clone(), author: author.clone() };
    assert_eq!(answer, Stored { value: whole, effect: Effect::Created });
    let page = page(&store, &all_of(&message.conversation)).await;
    assert_eq!(page.messages.into_iter().map(|sequenced| sequenced.message).collect::<Vec<_>>(), [message]);
    assert_eq!(page.authors, [author]);
}

/// A commit that only posts a message answers with that message and nothing else.
pub async fn a_post_answers_only_with_its_message(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    let answer = commit(&store, a_change(moment(1)).with_message(a_message().build())).await;

    assert!(answer.message.is_some());
    assert_eq!((answer.agent, answer.user, answer.conversation), (None, None, None));
}

/// A repeat with other content leaves the first one's, answers it, and does not touch the
/// conversation.
pub async fn a_repeated_post_keeps_the_first_message(store: Arc<dyn Store>) {
    let conversation = a_helpdesk(&store).await.conversation;
    let first = posted(&store, a_message().body("<p>First</p>").build()).await.value;
    let other = a_message().by_agent().private().body("<p>Second</p>").created_at(moment(9)).build();
    let answer = posted_at(&store, moment(9), other).await;

    assert_eq!(answer, Stored { value: first.clone(), effect: Effect::Unchanged });
    assert_eq!(messages(&store, &conversation.id).await, [first.message]);
    let now = store.conversation(&conversation.id).await.unwrap().unwrap().conversation;
    assert_eq!(now, conversation);
}

/// However many messages a conversation has, each is found by its id, and is no new one when repeated.
pub async fn each_message_of_a_long_conversation_is_found_by_its_id(store: Arc<dyn Store>) {
    let conversation = a_helpdesk(&store).await.conversation.id;
    let message = |number: usize| a_message().id(&format!("msg_{number}")).build();
    for number in 0..50 {
        assert_eq!(posted(&store, message(number)).await.effect, Effect::Created, "{number}");
        for earlier in [0, number / 2, number] {
            assert_eq!(posted(&store, message(earlier)).await.effect, Effect::Unchanged, "{earlier}");
        }
        let unknown = message_id(&format!("msg_{}", number + 1));
        assert_eq!(store.message(&conversation, &unknown).await.unwrap(), None);
    }
    for number in 0..50 {
        let id = message(number).id;
        let found = store.message(&conversation, &id).await.unwrap().map(|found| found.message);
        assert_eq!(found, Some(message(number)));
        let rest = MessageQuery { after: Position::Message(id), ..all_of(&conversation) };
        assert_eq!(page(&store, &rest).await.messages.len(), 49 - number);
    }
}

/// A post answers with its author as it is now, not as it was at the post before.
pub async fn a_post_names_its_author_as_it_is_now(store: Arc<dyn Store>) {
    let given = a_helpdesk(&store).await;
    posted(&store, a_message().id("1").build()).await;
    let rename = UserUpdate { name: Patch::Set("Jane Roe".into()), ..UserUpdate::default() };
    let change = a_change(moment(1)).with_user(UserChange::Update(given.user.id, rename));
    let jane = commit(&store, change).await.user.unwrap().value;

    let answer = posted(&store, a_message().id("2").build()).await;
    assert_eq!(answer.value.author, Author::EndUser(jane));
}

/// Ids of messages are unique within their conversation only.
pub async fn two_conversations_may_hold_messages_with_one_id(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    let other = stored_conversation(&store, a_conversation().id("conv_other").build()).await;
    let here = a_message().body("<p>Here</p>").build();
    let there = a_message().within(&other.value.conversation).body("<p>There</p>").build();

    for message in [&here, &there] {
        assert_eq!(posted(&store, message.clone()).await.effect, Effect::Created);
    }
    assert_eq!(messages(&store, &here.conversation).await, [here]);
    assert_eq!(messages(&store, &there.conversation).await, [there]);
}

/// Messages are listed in the order of their commits; neither their moments nor their ids matter.
pub async fn messages_are_listed_in_the_order_of_their_commits(store: Arc<dyn Store>) {
    let conversation = a_helpdesk(&store).await.conversation;
    let in_order = [("msg_c", 2, 9), ("msg_a", 5, 1), ("msg_d", -9, 5), ("msg_b", 0, 5)].map(
        |(id, written, committed)| {
            (moment(committed), a_message().id(id).created_at(moment(written)).build())
        },
    );
    for (at, message) in in_order.clone() {
        posted_at(&store, at, message).await;
    }

    assert_eq!(messages(&store, &conversation.id).await, in_order.map(|(_, message)| message));
}

/// Anybody may write: an end user who is not the conversation's, an agent who is not its assignee.
pub async fn a_message_has_any_known_author(store: Arc<dyn Store>) {
    let conversation = a_helpdesk(&store).await.conversation;
    let john = stored_user(&store, a_user().id("user_john").build()).await.value;
    let ann = stored_agent(&store, an_agent().id("agent_ann").build()).await.value;
    for (id, author) in [("1", Author::EndUser(john)), ("2", Author::Agent(ann))] {
        let message = a_message().id(id).by(author.id()).build();
        assert_eq!(posted(&store, message).await.value.author, author);
    }

    assert_eq!(message_ids(&store, &conversation.id).await, ["1", "2"]);
}

/// An end user and an agent with the same id are two authors.
pub async fn an_end_user_and_an_agent_may_have_one_id(store: Arc<dyn Store>) {
    let conversation = a_helpdesk(&store).await.conversation;
    let user = stored_user(&store, a_user().id("x").name("The user").build()).await.value;
    let agent = stored_agent(&store, an_agent().id("x").name("The agent").build()).await.value;
    let (user, agent) = (Author::EndUser(user), Author::Agent(agent));
    posted(&store, a_message().id("1").by(user.id()).build()).await;
    posted(&store, a_message().id("2").by(agent.id()).build()).await;

    let page = page(&store, &all_of(&conversation.id)).await;
    let authors: Vec<_> = page.messages.iter().map(|sequenced| &sequenced.message.author).collect();
    assert_eq!(authors, [&user.id(), &agent.id()]);
    assert_eq!(page.author(&user.id()), Some(&user));
    assert_eq!(page.author(&agent.id()), Some(&agent));
}

/// A page names each author of its messages once, and nobody else.
pub async fn a_page_names_each_of_its_authors_once(store: Arc<dyn Store>) {
    let conversation = a_helpdesk(&store).await.conversation;
    stored_user(&store, a_user().id("user_john").build()).await;
    for id in ["1", "2"] {
        posted(&store, a_message().id(id).build()).await;
    }
    for id in ["3", "4"] {
        posted(&store, a_message().id(id).by_agent().build()).await;
    }

    let mut authors: Vec<_> =
        page(&store, &all_of(&conversation.id)).await.authors.iter().map(Author::id).collect();
    authors.sort();
    assert_eq!(authors, [a_message().build().author, a_message().by_agent().build().author]);
    let first = page(&store, &MessageQuery { limit: 2, ..all_of(&conversation.id) }).await;
    assert_eq!(first.authors.iter().map(Author::id).collect::<Vec<_>>(), [a_message().build().author]);
}

/// A page shows its authors as they are now, not as they were when they wrote.
pub async fn a_page_shows_its_authors_as_they_are_now(store: Arc<dyn Store>) {
    let given = a_helpdesk(&store).await;
    posted(&store, a_message().build()).await;
    let rename = UserUpdate { name: Patch::Set("Jane Roe".into()), ..UserUpdate::default() };
    let change = UserChange::Update(given.user.id.clone(), rename);
    let jane = commit(&store, a_change(moment(1)).with_user(change)).await.user.unwrap().value;

    let page = page(&store, &all_of(&given.conversation.id)).await;
    assert_eq!(page.authors, [Author::EndUser(jane.clone())]);
    let repeat = posted(&store, a_message().build()).await;
    assert_eq!(repeat.value.author, Author::EndUser(jane));
}

/// [`Notes::All`] shows every private message.
pub async fn all_notes_are_shown_on_demand(store: Arc<dyn Store>) {
    let conversation = a_conversation_with_notes(&store).await;

    assert_eq!(seen(&store, all_of(&conversation)).await, ["public", "fin", "ann", "user", "public by ann"]);
}

/// [`Notes::By`] leaves out the private messages of everybody else, and no public one.
pub async fn only_the_notes_of_one_agent_are_shown_on_demand(store: Arc<dyn Store>) {
    let conversation = a_conversation_with_notes(&store).await;

    for (agent, expected) in [
        ("agent_fin", vec!["public", "fin", "public by ann"]),
        ("agent_ann", vec!["public", "ann", "public by ann"]),
        // The id of an end user who wrote a private message, and of nobody.
        ("user_jane", vec!["public", "public by ann"]),
        ("agent_nobody", vec!["public", "public by ann"]),
    ] {
        let notes = Notes::By(agent_id(agent));
        assert_eq!(seen(&store, MessageQuery { notes, ..all_of(&conversation) }).await, expected, "{agent}");
    }
}

/// Pages without some notes still hold each other message once, however many notes lie between.
pub async fn pages_without_notes_skip_nothing_else(store: Arc<dyn Store>) {
    let conversation = a_helpdesk(&store).await.conversation;
    for number in 0..30 {
        let message = a_message().id(&number.to_string()).by_agent();
        let is_public = number % 10 == 3;
        posted(&store, if is_public { message.build() } else { message.private().build() }).await;
    }

    for limit in [1, 2, 3, 4] {
        let notes = Notes::By(agent_id("agent_nobody"));
        let query = MessageQuery { notes, limit, ..all_of(&conversation.id) };
        assert_eq!(ids(pages(&store, query).await), ["3", "13", "23"], "{limit} at a time");
    }
}

async fn a_conversation_with_notes(store: &Arc<dyn Store>) -> deskport_domain::ConversationId {
    let conversation = a_helpdesk(store).await.conversation;
    let ann = stored_agent(store, an_agent().id("agent_ann").build()).await.value;
    let ann = AuthorId::Agent(ann.id);
    let named = |name: &str| a_message().id(&name.replace(' ', "-")).body(name);
    posted(store, named("public").build()).await;
    posted(store, named("fin").by_agent().private().build()).await;
    posted(store, named("ann").by(ann.clone()).private().build()).await;
    posted(store, named("user").private().build()).await;
    posted(store, named("public by ann").by(ann).build()).await;
    conversation.id
}

async fn seen(store: &Arc<dyn Store>, query: MessageQuery) -> Vec<String> {
    ids(pages(store, query).await).iter().map(|id| id.replace('-', " ")).collect()
}

fn ids(messages: Vec<deskport_ports::SequencedMessage>) -> Vec<String> {
    let id = |message: Message| message.id.to_string();
    messages.into_iter().map(|sequenced| id(sequenced.message)).collect()
}
