//! The checker as people run it, and what it says of our own server.

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::support::{Sandbox, Server, Store, WEBHOOK_KEY, fetch_token};

const SIGNING_KEY: &str = "the-signing-key";

/// A server that verifies signatures and tells `listen` in place of Fin.
fn judged_sandbox(store: Store, listen: &str) -> Sandbox {
    Sandbox::new(store)
        .with("DESKPORT__FIN__SIGNATURE", "enforce")
        .with("DESKPORT__FIN__SIGNATURE_KEY", SIGNING_KEY)
        .with("DESKPORT__FIN__WEBHOOK_URL", &format!("http://{listen}"))
        .with("DESKPORT__FIN__INTEGRATION_ID", "integration_7")
        .with("DESKPORT__FIN__WEBHOOK_KEY", WEBHOOK_KEY)
        .with("DESKPORT_CHECK_SIGNING_KEY", SIGNING_KEY)
}

fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

fn url(server: &Server) -> String {
    format!("http://{}/api/fin", server.address())
}

fn fin_token(sandbox: &Sandbox, server: &Server) -> String {
    let credentials = sandbox.credentials();
    let text = |name: &str| credentials["fin"][name].as_str().unwrap();
    let answer = fetch_token(server.address(), text("client_id"), text("client_secret")).expect(200);
    answer["access_token"].as_str().unwrap().to_owned()
}

/// Judges our server with this store: each variant alone, and both with the notifications, all at the same time.
fn assert_conformant(store: Store, may_be_unjudged: &[&str]) {
    let listen = free_address();
    let sandbox = judged_sandbox(store, &listen);
    let server = sandbox.start();
    let (url, token_url) = (url(&server), format!("http://{}/oauth/token", server.address()));
    let credentials = sandbox.credentials();
    let secret = |face: &str, name: &str| credentials[face][name].as_str().unwrap().to_owned();
    let (client_id, client_secret) = (secret("fin", "client_id"), secret("fin", "client_secret"));
    let (token, desk_token) = (fin_token(&sandbox, &server), secret("desk", "token"));
    let mut access =
        vec!["--token-url", &token_url, "--client-id", &client_id, "--client-secret", &client_secret];
    // In memory, no other process can make a token.
    let expired = (store != Store::Memory).then(|| expired_token(&sandbox));
    if let Some(expired) = &expired {
        access.extend(["--expired-token", expired]);
    }
    let webhooks =
        ["--webhook-listen", &listen, "--webhook-key", WEBHOOK_KEY, "--desk-token", desk_token.as_str()];
    let common = ["check", &url, "--strict", "--json", "-"];
    thread::scope(|scope| {
        for variant in ["r", "p"] {
            let arguments = [&common[..], &["--variant", variant, "--token", &token]].concat();
            let sandbox = &sandbox;
            scope.spawn(move || assert_holds(sandbox, &arguments, &["TOK-", "WHK-"]));
        }
        assert_holds(&sandbox, &[&common[..], &access, &webhooks].concat(), may_be_unjudged);
    });
}

fn expired_token(sandbox: &Sandbox) -> String {
    let made = sandbox.print(&["token", "create", "--role", "fin", "--expires-in", "1s", "--quiet"]);
    thread::sleep(Duration::from_millis(1100));
    made.trim().to_owned()
}

/// Runs a check and expects that nothing is broken; what is not judged is of these chapters or rules.
fn assert_holds(sandbox: &Sandbox, arguments: &[&str], may_be_unjudged: &[&str]) {
    let finished = sandbox.run(arguments);
    assert_eq!(finished.code, 0, "{arguments:?}\n{}", ids(&finished.stdout, "failed").join(", "));
    let report: Value = serde_json::from_str(&finished.stdout).unwrap();
    assert_eq!(report["counts"]["failed"]["may"], 0, "{:?}", ids(&finished.stdout, "failed"));
    let unjudged: BTreeSet<String> = ids(&finished.stdout, "not_judged").into_iter().collect();
    let allowed = |id: &String| may_be_unjudged.iter().any(|part| id.contains(part));
    assert!(unjudged.iter().all(allowed), "{unjudged:?}");
}

/// The ids of the findings with this verdict, and their notes.
fn ids(json: &str, verdict: &str) -> Vec<String> {
    let report: Value = serde_json::from_str(json).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .filter(|finding| finding["verdict"] == verdict)
        .map(|finding| format!("{}: {}", finding["id"].as_str().unwrap(), finding["note"]))
        .collect()
}

#[test]
fn deskport_on_sqlite_breaks_no_rule() {
    assert_conformant(Store::Sqlite, &[]);
}

#[test]
fn deskport_on_postgresql_breaks_no_rule() {
    assert_conformant(Store::Postgres, &[]);
}

#[test]
fn deskport_in_memory_breaks_no_rule() {
    assert_conformant(Store::Memory, &["TOK-05"]);
}

#[test]
fn a_server_that_breaks_a_must_ends_the_check_with_code_1_and_says_which() {
    let sandbox = Sandbox::new(Store::Memory);
    let server = sandbox.start();
    let finished = sandbox.run(&["check", &url(&server), "--variant", "p", "--token", "not-the-token"]);
    assert_eq!(finished.code, 1, "{finished:?}");
    assert!(finished.stdout.contains("broken must  P-TOK-01: "), "{}", finished.stdout);
    assert_eq!(finished.stderr, "deskport: not conformant: 1 rule of the level must broken\n");
    assert!(!finished.stdout.contains("not-the-token"), "{}", finished.stdout);
}

#[test]
fn every_report_is_written_where_it_is_wanted_and_shows_no_secret() {
    let sandbox = Sandbox::new(Store::Memory);
    let server = sandbox.start();
    let token = fin_token(&sandbox, &server);
    let sandbox = sandbox.with("DESKPORT_CHECK_TOKEN", &token);
    let files = ["--html", "report.html", "--json", "report.json", "--junit", "report.xml"];
    let finished = sandbox.run(&[&["check", &url(&server), "--variant", "r"], &files[..]].concat());
    assert_eq!((finished.code, finished.stderr.as_str()), (0, ""), "{}", finished.stdout);
    assert!(finished.stdout.ends_with(" not judged\n"), "{}", finished.stdout);
    let read = |name: &str| std::fs::read_to_string(sandbox.path(name)).unwrap();
    let (html, json, junit) = (read("report.html"), read("report.json"), read("report.xml"));
    assert!(html.starts_with("<!doctype html>") && html.contains("R-MSG-01"), "{html}");
    assert_eq!(serde_json::from_str::<Value>(&json).unwrap()["conformant"], true);
    assert!(junit.contains("<testsuite name="), "{junit}");
    for text in [html, json, junit, finished.stdout] {
        assert!(!text.contains(&token));
    }
}

#[test]
fn endpoints_are_read_from_a_file() {
    let sandbox = Sandbox::new(Store::Memory);
    let server = sandbox.start();
    let token = fin_token(&sandbox, &server);
    let sandbox = sandbox.with("DESKPORT_CHECK_TOKEN", &token);
    let file = format!("[p]\nget_agents = \"{}/get_agents\"\n", url(&server));
    std::fs::write(sandbox.path("endpoints.toml"), file).unwrap();
    let elsewhere = format!("http://{}/elsewhere", server.address());
    let arguments = ["check", elsewhere.as_str(), "--variant", "p", "--endpoints", "endpoints.toml"];
    let finished = sandbox.run(&[&arguments[..], &["--json", "-"]].concat());
    let broken = ids(&finished.stdout, "failed");
    assert!(broken.iter().any(|id| id.starts_with("P-USR-01")), "{broken:?}");
    assert!(!broken.iter().any(|id| id.contains("AGT-")), "{broken:?}");
}

#[test]
fn what_cannot_be_begun_ends_with_code_2() {
    let sandbox = Sandbox::new(Store::Memory);
    std::fs::write(sandbox.path("wrong.toml"), "[q]\n").unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let url = "http://127.0.0.1:9";
    for (arguments, said) in [
        (vec!["helpdesk"], "URL"),
        (vec![url, "--endpoints", "wrong.toml"], "--endpoints"),
        (vec![url, "--endpoints", "missing.toml"], "missing.toml"),
        (vec![url, "--webhook-listen", &address], "--webhook-listen"),
        (vec![url, "--desk-token", "secret"], "--webhook-listen"),
        (vec![url, "--token-url", url], "--client-id"),
    ] {
        let finished = sandbox.run(&[&["check"], &arguments[..]].concat());
        assert_eq!((finished.code, finished.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(finished.stderr.contains(said), "{arguments:?}: {}", finished.stderr);
    }
}
