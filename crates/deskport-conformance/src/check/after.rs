//! Rules about `after_id`: it may shorten the list, and must never lose a message.

use futures_util::future::{join, join_all};
use serde_json::Value;

use super::given::{Chat, ids};
use super::probe::Probe;
use super::rule::{Chapter, Judged, Level, Rule, Scope, Stop, fail, hold, seen, skip};
use crate::client::Endpoint;
use crate::client::request;

pub(super) const CHAPTER: Chapter = Chapter {
    name: "after_id",
    rules: &[
        Rule {
            id: "AFT-01",
            level: Level::Must,
            scope: Scope::Both,
            claim: "A list after a message has every message that was stored later.",
            source: "R/getmessages, P/getmessages",
            why: "What is missing here is never seen by Fin.",
            fix: "Leave out at most what was stored before the named message.",
            judge: |probe| Box::pin(later_messages_are_listed(probe)),
        },
        Rule {
            id: "AFT-02",
            level: Level::Should,
            scope: Scope::Both,
            claim: "A shortened list begins after the named message, not with it.",
            source: "R/getmessages, P/getmessages",
            why: "Only what was created after it is asked for; Fin has the message itself already.",
            fix: "Compare with `>`, not with `>=`; or answer the whole list, which is always right.",
            judge: |probe| Box::pin(the_named_message_is_left_out(probe)),
        },
        Rule {
            id: "AFT-03",
            level: Level::Must,
            scope: Scope::Both,
            claim: "After the last message, the list is empty or whole, and no error.",
            source: "R/getmessages, P/getmessages",
            why: "It is what Fin asks whenever nothing new was written.",
            fix: "Answer an empty list.",
            judge: |probe| Box::pin(nothing_follows_the_last(probe)),
        },
        Rule {
            id: "AFT-04",
            level: Level::Must,
            scope: Scope::Both,
            claim: "A message that is stored later but written earlier is listed too.",
            source: "R/getmessages, P/getmessages",
            why: "Repeated jobs bring messages late, with the moment at which they were written.",
            fix: "Remember the order in which messages are stored, and cut by that, not by `created_at`.",
            judge: |probe| Box::pin(a_late_message_is_listed(probe)),
        },
        Rule {
            id: "AFT-05",
            level: Level::Should,
            scope: Scope::Both,
            claim: "An unknown `after_id` lists everything and is no error.",
            source: "R/getmessages, P/getmessages",
            why: "`after_id` is a hint; an error or an empty list would cut Fin off for good.",
            fix: "Ignore an `after_id` that is not a message of this conversation.",
            judge: |probe| Box::pin(an_unknown_id_lists_everything(probe)),
        },
        Rule {
            id: "AFT-06",
            level: Level::Should,
            scope: Scope::Both,
            claim: "An `after_id` out of another conversation lists everything.",
            source: "R/getmessages, P/getmessages",
            why: "It says nothing about this conversation; what it cuts off is lost.",
            fix: "Ignore an `after_id` that is not a message of this conversation.",
            judge: |probe| Box::pin(a_foreign_id_lists_everything(probe)),
        },
        Rule {
            id: "AFT-07",
            level: Level::Must,
            scope: Scope::Both,
            claim: "Who reads on from the last message seen, while others write, sees every message.",
            source: "R/getmessages, P/getmessages, OV",
            why: "Fin reads just like this. A message that sorts before one that was already read is never found.",
            fix: "Number the messages of a conversation in the order in which they are committed.",
            judge: |probe| Box::pin(reading_on_misses_nothing(probe)),
        },
    ],
};

/// Writers that write at the same time, and how many messages each.
const WRITERS: usize = 6;
const EACH: usize = 3;

/// A conversation with three more messages, and the ids of these.
async fn three(probe: &Probe<'_>) -> Result<(Chat, Vec<String>), Stop> {
    let chat = probe.new_chat().await?;
    let mut sent = Vec::new();
    for body in ["<p>One</p>", "<p>Two</p>", "<p>Three</p>"] {
        sent.push(probe.post(&chat, body).await?);
    }
    let whole = ids(&probe.messages(&chat).await?);
    if sent.iter().any(|id| !whole.contains(id)) {
        return skip("the whole list lacks messages; MSG-01 judges that");
    }
    Ok((chat, sent))
}

/// The list after a message, which must be no error.
async fn list_after(probe: &Probe<'_>, chat: &Chat, after: &str) -> Result<Vec<String>, Stop> {
    let body = request::get_messages(&chat.id, Some(after));
    match probe.expect(Endpoint::GetMessages, body).await?.payload {
        Value::Array(messages) => Ok(ids(&messages)),
        _ => skip("`get_messages` answered no list; MSG-02 judges that"),
    }
}

fn lacks<'i>(list: &[String], wanted: &'i [String]) -> Vec<&'i String> {
    wanted.iter().filter(|id| !list.contains(id)).collect()
}

async fn later_messages_are_listed(probe: &Probe<'_>) -> Judged {
    let (chat, sent) = three(probe).await?;
    let list = list_after(probe, &chat, &sent[0]).await?;
    let missing = lacks(&list, &sent[1..]);
    hold(missing.is_empty(), || format!("after {} the list lacks {missing:?}", sent[0]))
}

async fn the_named_message_is_left_out(probe: &Probe<'_>) -> Judged {
    let (chat, sent) = three(probe).await?;
    let whole = ids(&probe.messages(&chat).await?);
    let list = list_after(probe, &chat, &sent[1]).await?;
    if list.len() == whole.len() {
        return seen("the whole list is answered, whatever `after_id` says");
    }
    hold(!list.contains(&sent[1]), || format!("the list after {} begins with it", sent[1]))
}

async fn nothing_follows_the_last(probe: &Probe<'_>) -> Judged {
    let (chat, sent) = three(probe).await?;
    let list = list_after(probe, &chat, &sent[2]).await?;
    seen(if list.is_empty() { "an empty list" } else { "a list of known messages" })
}

async fn a_late_message_is_listed(probe: &Probe<'_>) -> Judged {
    let chat = probe.new_chat().await?;
    let (mut early, late) =
        (probe.message(&chat.user, "<p>Earlier</p>"), probe.message(&chat.user, "<p>Later</p>"));
    "2025-10-27T12:00:00.000Z".clone_into(&mut early.created_at);
    let late_id = probe.post_as(&chat, &late).await?;
    let early_id = probe.post_as(&chat, &early).await?;
    if !ids(&probe.messages(&chat).await?).contains(&early_id) {
        return skip("the whole list lacks the message; MSG-01 judges that");
    }
    let list = list_after(probe, &chat, &late_id).await?;
    hold(list.contains(&early_id), || {
        format!("{early_id} was stored after {late_id}, and is not listed after it")
    })
}

async fn an_unknown_id_lists_everything(probe: &Probe<'_>) -> Judged {
    let (chat, sent) = three(probe).await?;
    let list = list_after(probe, &chat, "msg_that_nobody_stored").await?;
    let missing = lacks(&list, &sent);
    hold(missing.is_empty(), || format!("the list lacks {missing:?}"))
}

async fn a_foreign_id_lists_everything(probe: &Probe<'_>) -> Judged {
    let (chat, sent) = three(probe).await?;
    let other = probe.new_chat().await?;
    let foreign = probe.post(&other, "<p>Elsewhere</p>").await?;
    let body = request::get_messages(&chat.id, Some(&foreign));
    let list = match probe.need(Endpoint::GetMessages, body).await?.payload {
        Value::Array(messages) => ids(&messages),
        _ => return skip("`get_messages` answered no list; MSG-02 judges that"),
    };
    let missing = lacks(&list, &sent);
    hold(missing.is_empty(), || format!("the list lacks {missing:?}"))
}

async fn reading_on_misses_nothing(probe: &Probe<'_>) -> Judged {
    let (chat, sent) = three(probe).await?;
    let writers = join_all((0..WRITERS).map(|_| write_some(probe, &chat)));
    let (written, read) = join(writers, read_meanwhile(probe, &chat, sent)).await;
    let (mut read, mut all) = (read?, Vec::new());
    for written in written {
        all.extend(written?);
    }
    read_on(probe, &chat, &mut read).await?;
    let whole = ids(&probe.messages(&chat).await?);
    all.retain(|id| whole.contains(id));
    let missed = lacks(&read, &all);
    hold(missed.is_empty(), || {
        format!("{} of {} messages were never read: {missed:?}", missed.len(), all.len())
    })
}

async fn read_meanwhile(probe: &Probe<'_>, chat: &Chat, mut read: Vec<String>) -> Result<Vec<String>, Stop> {
    for _ in 0..WRITERS * EACH {
        read_on(probe, chat, &mut read).await?;
    }
    Ok(read)
}

async fn write_some(probe: &Probe<'_>, chat: &Chat) -> Result<Vec<String>, Stop> {
    let mut written = Vec::new();
    for _ in 0..EACH {
        written.push(probe.post(chat, "<p>Meanwhile</p>").await?);
    }
    Ok(written)
}

/// Reads what comes after the last message read, as Fin does.
async fn read_on(probe: &Probe<'_>, chat: &Chat, read: &mut Vec<String>) -> Result<(), Stop> {
    let Some(last) = read.last() else { return fail("nothing was read yet") };
    let body = request::get_messages(&chat.id, Some(last));
    let Value::Array(messages) = probe.need(Endpoint::GetMessages, body).await?.payload else {
        return skip("`get_messages` answered no list; MSG-02 judges that");
    };
    for id in ids(&messages) {
        if !read.contains(&id) {
            read.push(id);
        }
    }
    Ok(())
}
