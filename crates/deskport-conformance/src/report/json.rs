//! The report for programs.

use serde_json::{Value, json};

use super::{Finding, Report, Verdict};
use crate::client::Exchange;

impl Report {
    /// The whole report as a JSON value.
    pub fn to_json(&self) -> Value {
        let counts = self.counts();
        json!({
            "url": self.url,
            "run": self.run,
            "began_at": self.began_at(),
            "strict": self.strict,
            "conformant": self.is_conformant(),
            "counts": {
                "passed": counts.passed,
                "failed": {"must": counts.failed[0], "should": counts.failed[1], "may": counts.failed[2]},
                "not_judged": counts.not_judged,
            },
            "findings": self.findings.iter().map(finding).collect::<Vec<_>>(),
            "left_behind": self.leftovers.iter().map(|leftover| json!({
                "kind": leftover.kind, "id": leftover.id, "mark": leftover.mark,
            })).collect::<Vec<_>>(),
        })
    }
}

fn finding(finding: &Finding) -> Value {
    let rule = finding.rule;
    let (verdict, note) = match &finding.verdict {
        Verdict::Passed { seen } => ("passed", seen.as_ref()),
        Verdict::Failed { why } => ("failed", Some(why)),
        Verdict::NotJudged { because } => ("not_judged", Some(because)),
    };
    json!({
        "id": finding.id(),
        "rule": rule.id,
        "variant": format!("{:?}", finding.variant),
        "chapter": finding.chapter,
        "level": rule.level.name(),
        "verdict": verdict,
        "note": note,
        "claim": rule.claim,
        "source": rule.source,
        "why": rule.why,
        "fix": rule.fix,
        "exchanges": finding.exchanges.iter().map(exchange).collect::<Vec<_>>(),
    })
}

fn exchange(exchange: &Exchange) -> Value {
    let sent = &exchange.sent;
    let answer = match &exchange.answer {
        Ok(received) => json!({
            "status": received.status, "headers": received.headers, "body": received.body, "millis": received.millis,
        }),
        Err(why) => json!({"missing": why}),
    };
    json!({
        "request": {
            "method": sent.method.as_str(), "url": sent.url, "headers": sent.headers, "body": sent.body,
        },
        "answer": answer,
    })
}
