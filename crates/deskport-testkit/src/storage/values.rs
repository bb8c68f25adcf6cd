//! What a store promises about values: whatever the domain allows comes back as it went in.

use std::sync::Arc;

use deskport_domain::{
    Agent, Attributes, Author, AuthorId, Conversation, EndUser, MAX_ATTACHMENTS, Message, Number, Timestamp,
    Value,
};
use deskport_ports::{MessageQuery, Position, Store};

use crate::{
    build::{a_conversation, a_message, a_user, an_agent},
    storage::given::{
        a_helpdesk, all_of, details, messages, page, pages, posted, posted_at, stored_agent,
        stored_conversation, stored_user,
    },
};

/// Text that has hurt somebody's store: quotes, escapes, wildcards, markup, other scripts,
/// composed and decomposed accents, spaces at the ends, line ends, a byte order mark.
const TEXTS: [&str; 16] = [
    "",
    " ",
    "  both ends  ",
    "'; DROP TABLE users; --",
    "\"double\" \\backslash\\ \\n \\u0000 $1 ?1 :a %s {} ``",
    "100% of_it*",
    "line\nfeed\r\nreturn\rtab\t\u{b}\u{c}\u{1}\u{1f}\u{7f}\u{85}",
    "e\u{301} is not \u{e9}",
    "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467} \u{1f1eb}\u{1f1ee} \u{1f44d}\u{1f3ff}",
    "\u{fffd}\u{fffe}\u{ffff}\u{10ffff}",
    "\u{feff}mark \u{2028} \u{2029} \u{202e}reversed\u{202c}",
    "שלום 你好 สวัสดี Iİıi ẞß",
    "null",
    "{\"json\": [1, \"\\u00e9\"]}",
    "<p>&amp; &lt;b&gt;</p>",
    "\0 becomes U+FFFD before it gets here",
];

/// Every text comes back to the letter, wherever text is kept.
pub async fn any_text_comes_back_as_it_was(store: Arc<dyn Store>) {
    a_helpdesk(&store).await;
    for (number, text) in TEXTS.into_iter().enumerate() {
        let user = a_user().id(&format!("user_{number}")).name(text).email(text).photo_url(text);
        let user = user.attributes([(text, text)].into_iter().collect()).build();
        let agent = an_agent().id(&format!("agent_{number}")).name(text).email(text).alias(text);
        let conversation =
            a_conversation().id(&format!("conv_{number}")).title(text).tags(&[text, "a", text]);
        assert_comes_back(&store, user, agent.photo_url(text).build(), conversation.build()).await;
    }
}

/// Every body and every attachment's text comes back to the letter.
pub async fn any_text_of_a_message_comes_back_as_it_was(store: Arc<dyn Store>) {
    let conversation = a_helpdesk(&store).await.conversation;
    let mut written = Vec::new();
    for (number, text) in TEXTS.into_iter().enumerate() {
        let file = "https://example.com/a?b='%C3%A9'&c=é\u{1f44d}";
        let message = a_message().id(&format!("msg_{number}")).body(&format!("<p>{text}</p>"));
        let message = message.attachment(file, Some(text), Some(text)).build();
        posted(&store, message.clone()).await;
        written.push(message);
    }

    assert_eq!(messages(&store, &conversation.id).await, written);
}

/// An id holds any visible ASCII character, and up to 128 of them; letters differ by case.
pub async fn any_id_comes_back_as_it_was(store: Arc<dyn Store>) {
    let every: String = ('!'..='~').collect();
    let long = "x".repeat(128);
    for id in
        [every.as_str(), &long, &long[1..], "!", "'", "\\", "%", "_", "a", "A", "null", "0", "00", "1e3"]
    {
        let (user, agent) = (a_user().id(id).build(), an_agent().id(id).build());
        let conversation = a_conversation().id(id).of(&user).assigned_to(&agent).build();
        let author = AuthorId::EndUser(user.id.clone());
        let message = a_message().id(id).within(&conversation).by(author).build();
        assert_comes_back(&store, user, agent, conversation.clone()).await;
        posted(&store, message.clone()).await;
        assert_eq!(messages(&store, &conversation.id).await, [message.clone()], "{id}");
        let after = Position::Message(message.id);
        let rest = pages(&store, MessageQuery { after, ..all_of(&conversation.id) }).await;
        assert_eq!(rest, [], "{id}");
    }
    assert_eq!(store.agents().await.unwrap().len(), 14);
}

/// A moment is any millisecond of the years 0 to 9999, also before 1970.
pub async fn any_moment_comes_back_as_it_was(store: Arc<dyn Store>) {
    let moments = [Timestamp::MIN, Timestamp::EPOCH.plus_millis(-1), Timestamp::EPOCH, Timestamp::MAX];
    for (number, at) in moments.into_iter().enumerate() {
        let user = a_user().id(&format!("user_{number}")).created_at(at).build();
        let agent = an_agent().id(&format!("agent_{number}")).created_at(at).disabled_at(at).build();
        let conversation = a_conversation().id(&format!("conv_{number}")).of(&user).created_at(at);
        let conversation = conversation.last_user_read_at(at).build();
        let author = Author::Agent(agent.clone()).id();
        assert_comes_back(&store, user, agent, conversation.clone()).await;
        let message = a_message().within(&conversation).by(author).created_at(at).build();
        posted_at(&store, at, message.clone()).await;
        assert_eq!(messages(&store, &conversation.id).await, [message]);
        assert_eq!(details(&store, &conversation.id).await.conversation, conversation);
    }
}

/// Attributes hold every kind of value, and numbers keep every digit.
pub async fn any_attribute_comes_back_as_it_was(store: Arc<dyn Store>) {
    let attributes: Attributes = kinds_of_value()
        .into_iter()
        .enumerate()
        .map(|(number, value)| (format!("attribute {number}").into(), value))
        .chain(TEXTS.map(|name| (name.into(), Value::Text("by its name".into()))))
        .collect();
    stored_agent(&store, an_agent().build()).await;
    let user = a_user().attributes(attributes.clone()).build();
    let conversation = a_conversation().of(&user).attributes(attributes).build();

    assert_comes_back(&store, user, an_agent().build(), conversation).await;
}

/// A body of 1 MiB is kept whole, and so are ten of them on one page.
pub async fn a_body_of_1_mib_comes_back_whole(store: Arc<dyn Store>) {
    let conversation = a_helpdesk(&store).await.conversation;
    let body = format!("<p>{}</p>", "\u{1f44d}ab".repeat(1_048_569 / 6));
    let mut written = Vec::new();
    for number in 0..10 {
        let message = a_message().id(&number.to_string()).body(&body).build();
        posted(&store, message.clone()).await;
        written.push(message);
    }

    let found = page(&store, &all_of(&conversation.id)).await.messages;
    assert!(found.into_iter().map(|sequenced| sequenced.message).eq(written), "the bodies are the same");
}

/// A message has up to 100 attachments in their order, with type and name or without.
pub async fn a_hundred_attachments_keep_their_order(store: Arc<dyn Store>) {
    let conversation = a_helpdesk(&store).await.conversation;
    let texts = [None, Some(""), Some("pdf")];
    let mut message = a_message().without_body();
    for number in 0..MAX_ATTACHMENTS {
        let url = format!("https://example.com/{}", 7 * number % 100);
        message = message.attachment(&url, texts[number % 3], texts[number / 3 % 3]);
    }
    let message = message.build();
    let answer = posted(&store, message.clone()).await.value;

    assert_eq!(answer.message, message);
    assert_eq!(messages(&store, &conversation.id).await, [message]);
}

/// No body is no body, and not an empty one; each message keeps its own attachments.
pub async fn attachments_stay_with_their_message(store: Arc<dyn Store>) {
    let conversation = a_helpdesk(&store).await.conversation;
    let file = "https://example.com/a.pdf";
    let written: [Message; 4] = [
        a_message().id("1").without_body().attachment(file, None, None).build(),
        a_message().id("2").build(),
        a_message().id("3").attachment(file, None, None).attachment(file, None, Some("a")).build(),
        a_message().id("4").build(),
    ];
    for message in &written {
        posted(&store, message.clone()).await;
    }

    assert_eq!(messages(&store, &conversation.id).await, written);
}

/// Stores the three, and proves that both the answers and later reads give what was stored.
async fn assert_comes_back(store: &Arc<dyn Store>, user: EndUser, agent: Agent, conversation: Conversation) {
    let answered = stored_user(store, user.clone()).await.value;
    assert_eq!(answered, user);
    assert_eq!(store.user(&user.id).await.unwrap(), Some(user));
    assert_eq!(stored_agent(store, agent.clone()).await.value, agent);
    assert_eq!(store.agent(&agent.id).await.unwrap(), Some(agent));
    let answered = stored_conversation(store, conversation.clone()).await.value;
    assert_eq!(answered.conversation, conversation);
    assert_eq!(details(store, &conversation.id).await, answered);
}

fn kinds_of_value() -> Vec<Value> {
    let whole = [0, 1, -1, i64::MIN, i64::MAX, 9_007_199_254_740_993];
    let doubles = [
        0.5,
        -0.1,
        0.1 + 0.2,
        122.416_294_033_786_585,
        1e300,
        f64::MAX,
        f64::MIN,
        f64::MIN_POSITIVE,
        5e-324,
        f64::EPSILON,
        std::f64::consts::PI,
    ];
    let unsigned = [u64::MAX, i64::MAX.unsigned_abs() + 1];
    let mut values = vec![Value::Null, Value::Bool(true), Value::Bool(false)];
    values.extend(whole.map(|number| Value::Number(Number::Signed(number))));
    values.extend(unsigned.map(|number| Value::Number(Number::Unsigned(number))));
    values.extend(doubles.map(|number| Value::Number(Number::Float(number))));
    values.extend(TEXTS.map(|text| Value::Text(text.into())));
    values.extend([Value::List(vec![]), Value::Object(Attributes::default()), nested(100)]);
    values.push(Value::List(values.clone()));
    values
}

/// Lists within objects within lists, `depth` levels of them.
fn nested(depth: usize) -> Value {
    (0..depth).fold(Value::Null, |inner, level| match level % 2 {
        0 => Value::List(vec![Value::Bool(false), inner]),
        _ => Value::Object([("inner".into(), inner)].into_iter().collect()),
    })
}
