//! Judges a server, rule by rule.

mod given;
mod options;
mod probe;
mod progress;
mod rule;
mod scene;
mod trigger;

mod after;
mod agent;
mod attachment;
mod connection;
mod conversation;
mod error;
mod format;
mod format_rules;
mod handover;
mod idempotency;
mod idempotency_rules;
mod limit;
mod markup;
mod markup_rules;
mod message;
mod message_rules;
mod shape;
mod signature;
mod token;
mod token_rules;
mod tolerance;
mod update;
mod update_rules;
mod user;
mod webhook;
mod webhook_rules;

use std::sync::atomic::AtomicU32;

use deskport_wire::Variant;
use thiserror::Error;

use crate::client::{Client, ClientError, EndpointsError, Exchange};
use crate::listener::Listener;
use crate::report::{Finding, Report, Verdict};
use crate::run_number::run_number;

pub use options::{CheckOptions, WebhookOptions};
pub use probe::Probe;
pub use progress::{Progress, Silent};
pub use rule::{Chapter, Judge, Judged, Judging, Level, Pass, Rule, Scope, Stop};
pub use scene::Leftover;
use scene::Scene;
pub use trigger::Trigger;

/// Every chapter, in the order in which they are judged: the last ones look back at all that was said.
const CHAPTERS: &[Chapter] = &[
    connection::CHAPTER,
    token::CHAPTER,
    agent::CHAPTER,
    user::CHAPTER,
    conversation::CHAPTER,
    message::CHAPTER,
    after::CHAPTER,
    idempotency::CHAPTER,
    update::CHAPTER,
    handover::CHAPTER,
    attachment::CHAPTER,
    markup::CHAPTER,
    error::CHAPTER,
    tolerance::CHAPTER,
    signature::CHAPTER,
    limit::CHAPTER,
    format::CHAPTER,
    webhook::CHAPTER,
];

/// The most exchanges that are shown with a broken rule, and with any other.
const SHOWN: [usize; 2] = [8, 3];

/// Every rule there is, by chapter.
pub fn chapters() -> &'static [Chapter] {
    CHAPTERS
}

/// Why a run could not begin. Whatever the server does wrong is in the report instead.
#[derive(Debug, Error)]
pub enum CheckError {
    /// An address is none.
    #[error("the server's addresses are not right")]
    Endpoints(#[from] EndpointsError),
    /// The address for webhooks is taken, or not this machine's.
    #[error("nothing can listen for webhooks")]
    Listen(#[from] std::io::Error),
    /// There is no client.
    #[error("no client could be made")]
    Client(#[from] ClientError),
}

/// Judges the server that `options` name, and tells `progress` of each rule.
///
/// # Errors
/// [`CheckError`] when the options are such that nothing can be sent.
pub async fn check(options: &CheckOptions, progress: &dyn Progress) -> Result<Report, CheckError> {
    let (run, counter) = (run_number(), AtomicU32::new(1));
    let mut report = Report::new(options, &run);
    let listener = match &options.webhooks {
        Some(webhooks) => Some(Listener::start(webhooks.listen).await?),
        None => None,
    };
    progress.begin(rule_count(options));
    for variant in &options.variants {
        let client = Client::new(options.client(*variant)?)?;
        if let Some(key) = options.webhooks.as_ref().and_then(|webhooks| webhooks.key.as_deref()) {
            client.secrets().add(key);
        }
        let mut scene = Scene::new(client, options, &run, &counter);
        scene.listener = listener.as_ref();
        judge_variant(&scene, &mut report, progress).await;
        report.leftovers.extend(scene.into_leftovers());
    }
    Ok(report)
}

fn rules() -> impl Iterator<Item = (&'static Chapter, &'static Rule)> {
    CHAPTERS.iter().flat_map(|chapter| chapter.rules.iter().map(move |rule| (chapter, rule)))
}

/// Whether `rule` is judged with this variant; what concerns the whole server is judged once.
fn applies(rule: &Rule, variant: Variant, options: &CheckOptions) -> bool {
    match rule.scope {
        Scope::Once => options.variants.first() == Some(&variant),
        Scope::AtEnd => options.variants.last() == Some(&variant),
        scope => scope.covers(variant),
    }
}

fn rule_count(options: &CheckOptions) -> usize {
    let count = |variant: &Variant| rules().filter(|(_, rule)| applies(rule, *variant, options)).count();
    options.variants.iter().map(count).sum()
}

async fn judge_variant(scene: &Scene<'_>, report: &mut Report, progress: &dyn Progress) {
    let variant = scene.variant();
    let mut obstacle: Option<String> = None;
    let mut last = "";
    for (chapter, rule) in rules().filter(|(_, rule)| applies(rule, variant, scene.options)) {
        if last == token::CHAPTER.name && chapter.name != last && obstacle.is_none() {
            obstacle = no_token(scene).await;
        }
        last = chapter.name;
        let finding = match &obstacle {
            None => judge(chapter, rule, scene).await,
            Some(why) => Finding::not_judged(chapter, rule, scene.variant(), why),
        };
        if let (true, Verdict::Failed { why }) = (rule.id == connection::REACHABLE, &finding.verdict) {
            obstacle = Some(format!("the server cannot be reached (CON-01): {why}"));
        }
        progress.judged(&finding);
        report.findings.push(finding);
    }
}

/// Why nothing that needs a token can be judged, if that is so.
async fn no_token(scene: &Scene<'_>) -> Option<String> {
    let exchange = scene.client.token().await.err()?;
    Some(format!("no token could be fetched (TOK-08): {}", exchange.outcome()))
}

async fn judge(chapter: &'static Chapter, rule: &'static Rule, scene: &Scene<'_>) -> Finding {
    let probe = Probe::new(scene);
    let judged = (rule.judge)(&probe).await;
    let secrets = scene.client.secrets();
    let exchanges = probe.into_exchanges();
    let [broken, other] = SHOWN;
    let limit = if matches!(judged, Err(Stop::Fail(_))) { broken } else { other };
    // The last ones are what the judgment rests on.
    let shown = exchanges.iter().skip(exchanges.len().saturating_sub(limit));
    let exchanges = shown.map(|exchange| secrets.cut_exchange(Exchange::clone(exchange))).collect();
    Finding::new(chapter, rule, scene.variant(), judged, exchanges)
}
