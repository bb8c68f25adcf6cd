//! The server on a real socket: deadlines, broken framing, and its end.

use std::{io::Write, time::Duration};

use actix_web::rt::System;
use deskport_http_actix::{HttpOptions, ServerOptions};

use crate::support::{
    World,
    raw::{Server, hang_up, read_all, read_one},
};

fn world() -> World {
    System::new().block_on(World::new())
}

fn running(world: &World) -> Server {
    Server::start(&world.helpdesk, HttpOptions::default(), &ServerOptions::default())
}

fn head(world: &World, more: &str) -> String {
    format!(
        "POST /api/fin/create_user HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {}\r\n{more}\r\n\r\n",
        world.token
    )
}

#[test]
fn a_body_without_end_is_answered_408_after_its_deadline() {
    let world = world();
    let options = HttpOptions { body_timeout: Duration::from_millis(50), ..HttpOptions::default() };
    let server = Server::start(&world.helpdesk, options, &ServerOptions::default());
    let chunked = head(&world, "Transfer-Encoding: chunked") + "1\r\n{\r\n";
    let measured = head(&world, "Content-Length: 100") + "{";
    for request in [chunked, measured] {
        let answer = server.exchange(request);
        assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
        assert!(answer.contains(r#""error":{"type":"/problems/slow-body""#), "{answer}");
    }
    server.stop().join().unwrap().unwrap();
}

#[test]
fn a_head_without_end_is_answered_408_after_its_deadline() {
    let world = world();
    let slow = ServerOptions { head_timeout: Duration::from_secs(1), ..ServerOptions::default() };
    let server = Server::start(&world.helpdesk, HttpOptions::default(), &slow);
    let answer = server.exchange("GET /healthz HTTP/1.1\r\nHost");
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    server.stop().join().unwrap().unwrap();
}

#[test]
fn a_client_that_sends_too_much_still_gets_its_answer() {
    let world = world();
    let server = running(&world);
    let body = "x".repeat(5 * 1024 * 1024);
    let measured = head(&world, &format!("Connection: close\r\nContent-Length: {}", body.len())) + &body;
    let chunked = head(&world, "Connection: close\r\nTransfer-Encoding: chunked")
        + &format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
    for request in [&measured, &chunked] {
        let answer = server.exchange_whole(request);
        assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
        assert!(answer.contains("/problems/body-too-large"), "{answer}");
        let answer = server.exchange_whole(request.replace(&world.token, "dpt_wrong"));
        assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
    }
    server.stop().join().unwrap().unwrap();
}

#[test]
fn a_refused_request_does_not_cost_its_connection() {
    let world = world();
    let server = running(&world);
    let body = r#"{"object_id":"u1","name":"Jane"}"#;
    let accepted = head(&world, &format!("Content-Length: {}", body.len())) + body;
    let refused = accepted.replace(&world.token, "dpt_wrong");
    let mut connection = server.connect();
    for (request, status) in [(&refused, "401"), (&accepted, "201"), (&refused, "401"), (&accepted, "201")] {
        connection.write_all(request.as_bytes()).unwrap();
        let answer = read_one(&mut connection);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
        assert!(!answer.contains("connection: close"), "{answer}");
    }
    server.stop().join().unwrap().unwrap();
}

#[test]
fn a_refused_request_whose_body_does_not_come_is_answered_all_the_same() {
    let world = world();
    let server = running(&world);
    let refused = head(&world, "Content-Length: 100").replace(&world.token, "dpt_wrong");
    let answer = server.exchange(refused + "{");
    assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
    server.stop().join().unwrap().unwrap();
}

#[test]
fn a_body_that_ends_too_early_is_told_so() {
    let world = world();
    let server = running(&world);
    let mut connection = server.connect();
    connection.write_all((head(&world, "Content-Length: 100") + "{").as_bytes()).unwrap();
    hang_up(&connection);
    let answer = read_all(connection);
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400 "), "{answer}");
    server.stop().join().unwrap().unwrap();
}

#[test]
fn broken_framing_is_refused() {
    let world = world();
    let server = running(&world);
    for request in [
        head(&world, "Content-Length: 2\r\nTransfer-Encoding: chunked") + "0\r\n\r\n",
        head(&world, "Content-Length: 2\r\nContent-Length: 3") + "{}",
        head(&world, "Content-Length: -2") + "{}",
        head(&world, "Transfer-Encoding: chunked") + "ffffffffffffffffff\r\n",
        "GET / HTTP/9.9\r\n\r\n".to_owned(),
        "\0\0\0\r\n\r\n".to_owned(),
    ] {
        let answer = server.exchange(&request);
        assert!(answer.starts_with("HTTP/1.1 400 "), "{request:?} {answer}");
    }
    server.stop().join().unwrap().unwrap();
}

#[test]
fn paths_outside_of_the_faces_are_problems_too() {
    let world = world();
    let server = running(&world);
    let answer = server.exchange("GET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.1 404 "), "{answer}");
    assert!(answer.contains(r#"{"type":"/problems/not-found""#), "{answer}");
    assert!(answer.contains("x-request-id: "), "{answer}");
    server.stop().join().unwrap().unwrap();
}

#[test]
fn a_request_in_work_finishes_after_the_signal_to_stop() {
    let world = world();
    let server = running(&world);
    let mut connection = server.connect();
    connection.write_all(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
    assert!(read_one(&mut connection).starts_with("HTTP/1.1 200 "));
    // The server answers 100 once it has begun to read the body: the request is in work.
    connection.write_all(head(&world, "Expect: 100-continue\r\nContent-Length: 2").as_bytes()).unwrap();
    let mut go_on = [0; 25];
    std::io::Read::read_exact(&mut connection, &mut go_on).unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");

    let _idle = server.connect();
    let thread = server.stop();
    connection.write_all(b"{}").unwrap();
    let answer = read_all(connection);
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
    thread.join().unwrap().unwrap();
}

#[test]
fn a_list_that_breaks_off_has_no_end() {
    let world = crate::failures::a_list_that_breaks_off();
    let options = HttpOptions { page_size: 2.try_into().unwrap(), ..HttpOptions::default() };
    let server = Server::start(&world.helpdesk, options, &ServerOptions::default());
    let answer = server.exchange(format!(
        "GET /api/fin/messages?conversation_id=conv_pricing HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {}\r\n\r\n",
        world.token
    ));
    // Nothing at all, or a part without the chunk that ends a body.
    assert!(!answer.contains("\r\n0\r\n\r\n"), "{answer}");
    server.stop().join().unwrap().unwrap();
}

#[test]
fn a_handler_that_panics_takes_no_other_request_down() {
    let world = World::over_mock(|store| {
        store.expect_agents().returning(|| panic!("by the test"));
    });
    let server = running(&world);
    let mut connection = server.connect();
    for _ in 0..2 {
        let head = "GET /api/fin/agents HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer any\r\n\r\n";
        connection.write_all(head.as_bytes()).unwrap();
        let answer = read_one(&mut connection);
        assert!(answer.starts_with("HTTP/1.1 500 "), "{answer}");
        assert!(answer.contains("/problems/internal-error") && !answer.contains("by the test"), "{answer}");
    }
    server.stop().join().unwrap().unwrap();
}

#[test]
#[cfg(target_os = "linux")]
fn threads_that_serve_requests_work_in_batches() {
    const BATCH: &str = "3";
    let world = world();
    let server = running(&world);
    // An answer shows that the thread has come to serving.
    server.exchange_whole("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    let mut policies = Vec::new();
    for thread in std::fs::read_dir("/proc/self/task").unwrap() {
        let status = std::fs::read_to_string(thread.unwrap().path().join("stat")).unwrap();
        let (name, after_name) = status.rsplit_once(')').unwrap();
        if name.contains("(actix-rt|system") {
            policies.push(after_name.split_whitespace().nth(38).unwrap().to_owned());
        }
    }
    assert!(policies.iter().any(|policy| policy == BATCH), "{policies:?}");
    server.stop().join().unwrap().unwrap();
}
