//! Notifications are judged, and so is their absence.

use std::collections::BTreeSet;
use std::time::Duration;

use deskport_conformance::{CheckOptions, Finding, Silent, Trigger, Variant, WebhookOptions, check};

use crate::correct::{broken, options};
use crate::reference::{Behavior, Fault, KEY, Server};

fn with_webhooks(server: &Server) -> CheckOptions {
    let mut options = options(server).with_variants([Variant::P]);
    options.webhooks = Some(WebhookOptions {
        listen: "127.0.0.1:0".parse().unwrap(),
        key: Some(KEY.to_owned()),
        patience: Duration::from_secs(2),
        trigger: Some(Trigger {
            method: "POST".to_owned(),
            url: server.desk_url(),
            token: None,
            body: r#"{"conversation_id": "{conversation_id}", "webhook_url": "{webhook_url}/hook/1"}"#
                .to_owned(),
        }),
        typing: None,
    });
    options
}

async fn failed(faults: &[Fault]) -> (BTreeSet<String>, Vec<String>) {
    let server = Server::start(Behavior { faults: faults.to_vec(), ..Behavior::default() }).await;
    let report = check(&with_webhooks(&server), &Silent).await.unwrap();
    (report.failures().map(Finding::id).collect(), broken(&report))
}

macro_rules! mutations {
    ($($name:ident: $fault:ident fails [$($own:expr),*];)*) => {
        /// The rules that these servers fail.
        pub(crate) const PROVEN: &[&[&str]] = &[$(&[$($own),*]),*];
        $(
            #[tokio::test]
            async fn $name() {
                let (failed, broken) = failed(&[Fault::$fault]).await;
                assert_eq!(failed, BTreeSet::from([$($own.to_owned()),*]), "{broken:#?}");
            }
        )*
    };
}

#[tokio::test]
async fn a_server_that_notifies_rightly_passes() {
    assert_eq!(failed(&[]).await.1, Vec::<String>::new());
}

mutations! {
    nobody_is_told: NeverNotifies fails ["WHK-06"];
    nothing_is_repeated: NotifiesOnce fails ["WHK-07"];
    the_conversation_is_not_named: NotifiesWithoutId fails ["WHK-01", "WHK-06"];
    the_key_is_missing: NotifiesWithoutKey fails ["WHK-02"];
    the_event_is_unknown: NotifiesUnknownEvent fails ["WHK-03"];
    typing_lacks_the_email: TypingWithoutEmail fails ["WHK-04"];
    fin_is_told_of_itself: EchoesFin fails ["WHK-05"];
}
