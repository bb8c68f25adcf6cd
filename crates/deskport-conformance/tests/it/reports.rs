//! The reports: complete, free of secrets, and well formed.

use deskport_conformance::client::{Exchange, Received, Sent};
use deskport_conformance::{Detail, Report, Silent, TerminalProgress, check, verify};

use crate::correct::{options, with_everything};
use crate::reference::{Behavior, EXPIRED, Fault, KEY, SECRET, Server, TOKEN};

async fn report(faults: &[Fault]) -> Report {
    let behavior = Behavior { faults: faults.to_vec(), verifies: true, ..Behavior::default() };
    let server = Server::start(behavior).await;
    check(&with_everything(&server), &Silent).await.unwrap()
}

#[tokio::test]
async fn no_report_shows_a_secret() {
    let report = report(&[Fault::AnySecretBringsToken, Fault::NoVisibility]).await;
    let texts = [
        report.to_terminal(Detail::EveryRule, true),
        report.to_json().to_string(),
        report.to_junit(),
        report.to_html(),
    ];
    for text in texts {
        for secret in [TOKEN, EXPIRED, SECRET, KEY] {
            assert!(!text.contains(secret), "{secret}");
        }
    }
}

#[tokio::test]
async fn every_report_names_what_is_broken() {
    let report = report(&[Fault::NoVisibility]).await;
    assert!(!report.is_conformant());
    assert!(report.to_terminal(Detail::WhatToLookAt, false).contains("broken must  R-MSG-05, P-MSG-05: "));
    assert!(report.to_junit().contains("<failure message=\"a public message has the visibility null\">"));
    assert!(report.to_html().contains("<details class=\"rule fail must\" id=\"P-MSG-05\""));
    let json = report.to_json();
    let finding =
        json["findings"].as_array().unwrap().iter().find(|finding| finding["id"] == "R-MSG-05").unwrap();
    assert_eq!((finding["verdict"].as_str(), finding["level"].as_str()), (Some("failed"), Some("must")));
    assert!(!finding["exchanges"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn a_broken_should_fails_a_strict_run_only() {
    let server = Server::start(Behavior { faults: vec![Fault::MergesTags], ..Behavior::default() }).await;
    let mut options = options(&server);
    assert!(check(&options, &Silent).await.unwrap().is_conformant());
    options.strict = true;
    let text = verify(&options).await.unwrap_err().to_string();
    assert!(text.contains("is not conformant"), "{text}");
}

#[tokio::test]
async fn a_server_that_is_not_there_breaks_one_rule_for_each_variant() {
    let server = Server::start(Behavior::default()).await;
    let options = options(&server);
    drop(server);
    let report = check(&options, &TerminalProgress::new(Box::new(std::io::sink()), true)).await.unwrap();
    let ids: Vec<String> = report.failures().map(deskport_conformance::Finding::id).collect();
    assert_eq!(ids, ["R-CON-01", "P-CON-01"]);
}

#[tokio::test]
async fn hostile_answers_stay_text_in_the_page() {
    let mut report = report(&[]).await;
    let mut sent = Sent::new("POST".parse().unwrap(), "http://x/<script>".to_owned());
    sent.set_header("x", "</pre><script>alert(1)</script>");
    let body = "</pre><script>alert(2)</script>".to_owned();
    let answer = Ok(Received { status: 200, headers: Vec::new(), body, millis: 1 });
    report.findings[0].exchanges = vec![Exchange { sent, answer }];
    assert_eq!(report.to_html().matches("<script>").count(), 1);
}
