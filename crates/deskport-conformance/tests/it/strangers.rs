//! Servers in another language, by other habits: the right ones pass, each wrong one fails its own rules.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use deskport_conformance::client::{Access, DigestEncoding, Signer};
use deskport_conformance::{CheckOptions, Finding, Report, Silent, Trigger, Variant, WebhookOptions, check};

use crate::correct::{broken, not_judged};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/other_language");

/// A running stranger; ends with the test.
struct Stranger {
    process: Child,
    url: String,
}

impl Stranger {
    fn start(program: &str, wrong: &str) -> Self {
        let mut process = Command::new("python3")
            .args([&format!("{FOLDER}/{program}.py"), "--wrong", wrong])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("this test needs python3 in PATH (Debian: python3): {error}"));
        let mut port = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut port).unwrap();
        assert!(!port.is_empty(), "{program}.py ended at once; it needs Python 3.9 or later");
        Self { process, url: format!("http://127.0.0.1:{}", port.trim()) }
    }
}

impl Drop for Stranger {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What one knows of the server with variant R: a token.
async fn judge_r(wrong: &str) -> Report {
    let stranger = Stranger::start("desk_r", wrong);
    let options = CheckOptions::new(&stranger.url).with_variants([Variant::R]).with_token("stranger-token");
    check(&options, &Silent).await.unwrap()
}

/// What one knows of the server with variant P: a client, a key, and how agents reply.
async fn judge_p(wrong: &str) -> Report {
    let stranger = Stranger::start("desk_p", wrong);
    let mut options = CheckOptions::new(&stranger.url).with_variants([Variant::P]);
    options.access = Access::ClientCredentials {
        token_url: format!("{}/token", stranger.url),
        client_id: "fin".to_owned(),
        client_secret: "stranger-secret".to_owned(),
    };
    options.signer = Some(Signer::new("stranger-key", DigestEncoding::Hex));
    options.webhooks = Some(WebhookOptions {
        listen: "127.0.0.1:0".parse().unwrap(),
        key: Some("stranger-webhook-key".to_owned()),
        patience: Duration::from_secs(5),
        trigger: Some(Trigger {
            method: "POST".to_owned(),
            url: format!("{}/reply", stranger.url),
            token: None,
            body: r#"{"conversation_id": "{conversation_id}", "webhook_url": "{webhook_url}/fin"}"#
                .to_owned(),
        }),
        typing: None,
    });
    check(&options, &Silent).await.unwrap()
}

fn failed(report: &Report) -> BTreeSet<String> {
    report.failures().map(Finding::id).collect()
}

/// Fails `own`, may fail `also`, and nothing else.
fn assert_fails(report: &Report, own: &[&str], also: &[&str]) {
    let failed = failed(report);
    let own: BTreeSet<String> = own.iter().map(|id| (*id).to_owned()).collect();
    let unexpected: Vec<&String> =
        failed.iter().filter(|id| !own.contains(*id) && !also.contains(&id.as_str())).collect();
    assert!(own.is_subset(&failed) && unexpected.is_empty(), "{:#?}", broken(report));
}

macro_rules! mistakes {
    ($judge:ident: $($name:ident $wrong:literal fails [$($own:expr),* $(,)?] $(, perhaps [$($also:expr),*])?;)*) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                assert_fails(&$judge($wrong).await, &[$($own),*], &[$($($also),*)?]);
            }
        )*
    };
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_right_server_with_variant_r_passes() {
    let report = judge_r("").await;
    assert_fails(&report, &[], &[]);
    let unknowable = |id: &String| id.contains("SIG-") || id.starts_with("WHK-") || id.contains("TOK-");
    assert!(not_judged(&report).iter().map(|finding| finding.id()).all(|id| unknowable(&id)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_right_server_with_variant_p_passes() {
    let report = judge_p("").await;
    assert_fails(&report, &[], &[]);
    let skipped: Vec<String> = not_judged(&report).iter().map(|finding| finding.id()).collect();
    assert_eq!(skipped, ["P-TOK-05", "P-TOK-07", "WHK-04"]);
}

mistakes! {
    judge_r:
    object_ids_are_forgotten "forgets-object-ids" fails [
        "R-IDE-01", "R-IDE-02", "R-IDE-03", "R-IDE-04", "R-IDE-05", "R-IDE-06", "R-IDE-09"
    ], perhaps ["R-IDE-07"];
    the_list_is_cut_by_time "cuts-by-time" fails ["R-AFT-04"], perhaps ["R-AFT-07"];
    authors_are_ids_only "author-is-an-id" fails ["R-MSG-07"];
    moments_are_local "local-time" fails ["R-TIM-02"];
    html_is_escaped "escapes-html" fails ["R-HTM-10"];
    the_handover_is_ignored "ignores-the-handover" fails ["R-HND-02"];
    errors_look_like_success "errors-are-fine" fails ["R-ERR-01", "R-ERR-02", "R-ERR-03", "R-ERR-06"];
    a_resolved_conversation_takes_no_more "closes-for-good" fails ["R-MSG-14"];
}

mistakes! {
    judge_p:
    html_is_trusted "trusts-html" fails ["P-HTM-12", "P-HTM-13", "P-HTM-14", "P-HTM-15"];
    no_message_is_answered "answers-no-message" fails ["P-CNV-02"];
    what_is_absent_is_cleared "clears-what-is-absent" fails ["P-UPD-04"];
    two_statuses_are_unknown "knows-two-statuses" fails ["P-UPD-07"], perhaps ["P-MSG-14"];
    the_old_state_is_answered "answers-what-was" fails ["P-UPD-13"];
    a_list_is_one_page "shows-one-page" fails ["P-LIM-01"];
    the_key_is_looked_up_too_early "looks-then-writes" fails ["P-IDE-06"], perhaps ["P-IDE-07"];
    attachments_lose_their_names "keeps-only-the-link" fails ["P-ATT-01"];
    errors_are_words "says-error-in-words" fails ["P-ERR-05"];
    there_is_one_token "keeps-one-token" fails ["TOK-12"];
    reading_is_free "reads-need-no-token" fails ["P-TOK-02", "P-TOK-03", "P-TOK-04"];
    the_body_is_printed_again "signs-what-it-parsed" fails ["P-SIG-01"], perhaps ["P-HTM-11"];
    keys_are_camel_case "writes-camel-case" fails ["P-FMT-02"], perhaps ["P-USR-07", "P-USR-10", "P-CNV-08", "P-UPD-08", "P-UPD-11"];
    the_webhook_key_is_a_bearer_token "sends-the-key-as-bearer" fails ["WHK-02"];
}
