//! How the server stops.

use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use crate::support::{Connection, Fin, Sandbox, Server, Store, wait_until};

/// How many requests are in work when the signal comes.
const IN_WORK: usize = 8;

/// A request that the server waits for the body of.
fn begin(fin: &Fin, path: &str, length: usize) -> Connection {
    let [authorization, json] = fin.headers();
    let headers = [authorization, json, ("Expect", "100-continue")];
    let mut connection = Connection::open(fin.server, "POST", path, &headers, length);
    connection.wait_for_go_ahead();
    connection
}

fn requests_in_work_are_answered(store: Store) {
    let sandbox = Sandbox::new(store);
    let server = sandbox.start();
    let fin = Fin::of(&sandbox, &server);
    let (user, conversation) = fin.conversation();

    let bodies: Vec<String> = (0..IN_WORK)
        .map(|number| Fin::message(&user, &conversation, &format!("in work {number}")).to_string())
        .collect();
    let mut begun: Vec<Connection> =
        bodies.iter().map(|body| begin(&fin, "/api/fin/messages", body.len())).collect();

    server.terminate();
    wait_until("nobody new is let in", || TcpStream::connect(fin.server).is_err());
    for (connection, body) in begun.iter_mut().zip(&bodies) {
        connection.write(body);
    }
    for connection in begun {
        connection.answer().expect(201);
    }
    let (code, said) = server.wait();
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("Stopped"), "{said}");
}

#[test]
fn requests_in_work_are_answered_on_sqlite() {
    requests_in_work_are_answered(Store::Sqlite);
}

#[test]
fn requests_in_work_are_answered_on_postgres() {
    requests_in_work_are_answered(Store::Postgres);
}

#[test]
fn a_request_in_work_outlives_the_idle_workers() {
    let sandbox = Sandbox::new(Store::Postgres).with("DESKPORT__SERVER__WORKERS", "4");
    let server = sandbox.start();
    let fin = Fin::of(&sandbox, &server);
    let (user, conversation) = fin.conversation();
    // Each worker gets to open connections to the database.
    let readers = (0..16).map(|_| (fin.clone(), conversation.clone()));
    let readers: Vec<_> = readers
        .map(|(fin, conversation)| thread::spawn(move || assert_eq!(fin.message_ids(&conversation).len(), 1)))
        .collect();
    for reader in readers {
        reader.join().unwrap();
    }

    let body = Fin::message(&user, &conversation, "in work").to_string();
    let mut begun = begin(&fin, "/api/fin/messages", body.len());
    server.terminate();
    wait_until("nobody new is let in", || TcpStream::connect(fin.server).is_err());
    // The other workers have nothing to wait for, and take their time to end.
    thread::sleep(Duration::from_millis(500));
    begun.write(&body);
    begun.answer().expect(201);
    assert_eq!(server.wait().0, Some(0));
}

#[test]
fn a_server_that_waits_for_its_database_can_be_stopped() {
    // Takes connections and says nothing.
    let database = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("postgres://desk@{}/desk", database.local_addr().unwrap());
    let sandbox = Sandbox::new(Store::Sqlite)
        .with("DESKPORT__DATABASE__URL", &url)
        .with("DESKPORT__DATABASE__CONNECT_TIMEOUT_MS", "60000");
    let server = Server::spawn(sandbox.command(&[]));
    let _connection = database.accept().unwrap();
    server.stop();
}

#[test]
fn a_client_that_never_finishes_does_not_hold_the_server_up() {
    let sandbox = Sandbox::new(Store::Memory).with("DESKPORT__SERVER__SHUTDOWN_TIMEOUT_S", "1");
    let server = sandbox.start();
    let fin = Fin::of(&sandbox, &server);
    let _begun = begin(&fin, "/api/fin/user", 100);
    server.stop();
}
