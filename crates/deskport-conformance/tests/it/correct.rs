//! Correct servers pass, however they differ in what the contract leaves open.

use deskport_conformance::client::{Access, DigestEncoding, EndpointFile, Signer};
use deskport_conformance::{CheckOptions, Finding, Report, Silent, Variant, Verdict, check};

use crate::reference::{Behavior, Choice, EXPIRED, KEY, SECRET, Server, TOKEN};

/// What the checker is told about a server with a fixed token.
pub(crate) fn options(server: &Server) -> CheckOptions {
    let mut options = CheckOptions::new(server.url()).with_token(TOKEN);
    options.expired_token = Some(EXPIRED.to_owned());
    options
}

pub(crate) fn broken(report: &Report) -> Vec<String> {
    report.failures().map(|finding| format!("{}: {:?}", finding.id(), finding.verdict)).collect()
}

pub(crate) fn not_judged(report: &Report) -> Vec<&Finding> {
    report.findings.iter().filter(|finding| matches!(finding.verdict, Verdict::NotJudged { .. })).collect()
}

async fn assert_passes(choices: &[Choice]) -> Report {
    let server = Server::start(Behavior { choices: choices.to_vec(), ..Behavior::default() }).await;
    let report = check(&options(&server), &Silent).await.unwrap();
    assert_eq!(broken(&report), Vec::<String>::new(), "{choices:?}");
    assert!(report.is_conformant());
    report
}

#[tokio::test]
async fn the_reference_passes_every_rule() {
    let report = assert_passes(&[]).await;
    let skipped: Vec<String> = not_judged(&report).iter().map(|finding| finding.id()).collect();
    // Without a token endpoint, a signing key and an address to listen at, nobody can judge these.
    let unknowable = |id: &String| id.contains("SIG-") || id.starts_with("TOK-") || id.starts_with("WHK-");
    assert!(skipped.iter().all(unknowable), "{skipped:?}");
}

#[tokio::test]
async fn a_server_with_other_choices_passes_too() {
    use Choice::*;
    assert_passes(&[
        WrapsCreatesInP,
        CreatesAnswer200,
        ErrorsInEnvelope,
        CharsetInContentType,
        Forbidden,
        WholeListAlways,
        ReplacesAttributes,
        NullsLeftOut,
        AttachmentsLeftOut,
        HeadingsBecomeH2,
        OwnClock,
        WholeSeconds,
        ExtraMembers,
        HumanTakesOver,
    ])
    .await;
}

#[tokio::test]
async fn a_third_set_of_choices_passes_too() {
    use Choice::*;
    assert_passes(&[
        BothFormsInP,
        EscapesHostile,
        MessageInsideConversation,
        PrivateIsHidden,
        HtmlUntouchedWithinTheSet,
    ])
    .await;
}

#[tokio::test]
async fn a_server_with_a_token_endpoint_and_signatures_passes() {
    for choices in [vec![], vec![Choice::SecretInForm]] {
        let server = Server::start(Behavior { choices, verifies: true, ..Behavior::default() }).await;
        let report = check(&with_everything(&server), &Silent).await.unwrap();
        assert_eq!(broken(&report), Vec::<String>::new());
        let skipped: Vec<String> = not_judged(&report).iter().map(|finding| finding.id()).collect();
        assert!(skipped.iter().all(|id| id.starts_with("WHK-")), "{skipped:?}");
    }
}

/// What the checker is told about a server with a token endpoint and a signing key.
pub(crate) fn with_everything(server: &Server) -> CheckOptions {
    let mut options = options(server);
    options.access = Access::ClientCredentials {
        token_url: server.token_url(),
        client_id: "fin".to_owned(),
        client_secret: SECRET.to_owned(),
    };
    options.signer = Some(Signer::new(KEY, DigestEncoding::Hex));
    options
}

#[tokio::test]
async fn endpoints_may_be_anywhere() {
    let server = Server::start(Behavior::default()).await;
    let names = ["get_user", "update_user", "create_user", "get_agents", "get_conversation"];
    let more = ["update_conversation", "create_conversation", "get_messages", "create_message"];
    let lines = names.iter().chain(&more).map(|name| format!("{name} = \"{}/{name}\"\n", server.url()));
    let mut options = options(&server).with_variants([Variant::P]);
    options.url = "http://127.0.0.1:9/nowhere".to_owned();
    options.endpoints = EndpointFile::parse(&format!("[p]\n{}", lines.collect::<String>())).unwrap();
    assert_eq!(broken(&check(&options, &Silent).await.unwrap()), Vec::<String>::new());
}
