//! What was acknowledged stays, however the server ends.

use std::thread;

use crate::support::{Fin, Sandbox, Store};

fn a_restart_keeps_everything(store: Store) {
    let sandbox = Sandbox::new(store);
    let server = sandbox.start();
    let fin = Fin::of(&sandbox, &server);
    let (user, conversation) = fin.conversation();
    fin.post("/messages", &Fin::message(&user, &conversation, "2")).expect(201);
    let before = fin.get(&format!("/messages?conversation_id={conversation}")).expect(200);
    server.stop();

    let server = sandbox.start();
    // The token that was fetched before still works, too.
    let fin = Fin { server: server.address(), ..fin };
    assert_eq!(fin.get(&format!("/messages?conversation_id={conversation}")).expect(200), before);
    assert_eq!(fin.get(&format!("/user?user_id={user}")).expect(200)["name"], "Jane Doe");
}

#[test]
fn a_restart_keeps_everything_on_sqlite() {
    a_restart_keeps_everything(Store::Sqlite);
}

#[test]
fn a_restart_keeps_everything_on_postgres() {
    a_restart_keeps_everything(Store::Postgres);
}

/// Each keeps what it has read to send it again; the other's word counts all the same.
fn two_servers_on_one_database_show_what_the_other_stored(store: Store) {
    let sandbox = Sandbox::new(store);
    let first = sandbox.start();
    let fin = Fin::of(&sandbox, &first);
    let (user, conversation) = fin.conversation();
    assert_eq!((fin.message_ids(&conversation).len(), fin.message_ids(&conversation).len()), (1, 1));
    let second = sandbox.start();
    let other = Fin { server: second.address(), ..fin.clone() };
    for number in 2..6 {
        let from = if number % 2 == 0 { &other } else { &fin };
        from.post("/messages", &Fin::message(&user, &conversation, &number.to_string())).expect(201);
        assert_eq!(fin.message_ids(&conversation).len(), number, "the first shows message {number}");
        assert_eq!(other.message_ids(&conversation).len(), number, "the second shows message {number}");
    }
}

#[test]
fn two_servers_on_one_sqlite_file_show_what_the_other_stored() {
    two_servers_on_one_database_show_what_the_other_stored(Store::Sqlite);
}

#[test]
fn two_servers_on_one_postgres_show_what_the_other_stored() {
    two_servers_on_one_database_show_what_the_other_stored(Store::Postgres);
}

fn a_killed_server_forgets_nothing_that_it_acknowledged(store: Store) {
    let sandbox = Sandbox::new(store);
    let mut server = sandbox.start();
    let fin = Fin::of(&sandbox, &server);
    let (user, conversation) = fin.conversation();
    let mut acknowledged = fin.message_ids(&conversation);

    for round in 0..5 {
        let fin = Fin { server: server.address(), ..fin.clone() };
        let writers: Vec<_> = (0..4)
            .map(|writer| {
                let (fin, user, conversation) = (fin.clone(), user.clone(), conversation.clone());
                thread::spawn(move || {
                    let object_id = |number| format!("{round}-{writer}-{number}");
                    let messages =
                        (0..5).map(|number| Fin::message(&user, &conversation, &object_id(number)));
                    let ids =
                        messages.map(|message| fin.post("/messages", &message).expect(201)["id"].clone());
                    ids.map(|id| id.as_str().unwrap().to_owned()).collect::<Vec<_>>()
                })
            })
            .collect();
        acknowledged.extend(writers.into_iter().flat_map(|writer| writer.join().unwrap()));
        server.kill();

        server = sandbox.start();
        let mut kept = Fin { server: server.address(), ..fin }.message_ids(&conversation);
        kept.sort();
        acknowledged.sort();
        assert_eq!(kept, acknowledged);
    }
}

#[test]
fn kill_9_loses_nothing_on_sqlite() {
    a_killed_server_forgets_nothing_that_it_acknowledged(Store::Sqlite);
}

#[test]
fn kill_9_loses_nothing_on_postgres() {
    a_killed_server_forgets_nothing_that_it_acknowledged(Store::Postgres);
}
