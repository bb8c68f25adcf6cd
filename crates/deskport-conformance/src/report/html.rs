//! The report as one page that needs nothing else: no network, no other file.

mod overview;

use std::fmt::Write as _;

use super::escape::escape;
use super::source::source;
use super::{Counts, Finding, Report, Verdict};
use crate::client::{Exchange, Received};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Longer bodies are cut.
const BODY: usize = 4000;

impl Report {
    /// The report as a self-contained HTML page.
    pub fn to_html(&self) -> String {
        let mut text = String::new();
        self.write_head(&mut text);
        self.write_repairs(&mut text);
        self.write_topic_table(&mut text);
        text.push_str("<h2>Every rule</h2>");
        self.write_filters(&mut text);
        for chapter in self.findings.chunk_by(|one, next| heading(one) == heading(next)) {
            self.write_chapter(&mut text, chapter);
        }
        self.write_readings(&mut text);
        self.write_left(&mut text);
        let _ = write!(text, "</main><script>{SCRIPT}</script></body></html>");
        text
    }

    fn write_head(&self, text: &mut String) {
        let Counts { passed, failed: [must, should, may], not_judged } = self.counts();
        let (class, verdict) =
            if self.is_conformant() { ("good", "Conformant") } else { ("bad", "Not conformant") };
        let (url, began_at) = (escape(&self.url), self.began_at());
        let strict = if self.strict { " · strict" } else { "" };
        let _ = write!(
            text,
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <title>{verdict}: {url}</title><style>{STYLE}</style></head><body><main>\
             <header><p class=\"eyebrow\">Fin Custom Helpdesk API · conformance report{strict} · {began_at}</p>\
             <h1><span class=\"{class}\">{verdict}</span></h1><p class=\"target\">{url}</p>\
             <ul class=\"counts\"><li><b>{passed}</b> hold</li><li class=\"must\"><b>{must}</b> broken must</li>\
             <li class=\"should\"><b>{should}</b> broken should</li><li class=\"may\"><b>{may}</b> broken may</li>\
             <li><b>{not_judged}</b> not judged</li></ul>"
        );
        self.write_lead(text);
        text.push_str("</header>");
    }

    fn write_filters(&self, text: &mut String) {
        let mut chapters: Vec<&str> = self.findings.iter().map(|finding| finding.chapter).collect();
        chapters.dedup();
        chapters.sort_unstable();
        chapters.dedup();
        let options = |values: &[&str]| {
            values.iter().fold(String::new(), |all, value| format!("{all}<option>{}</option>", escape(value)))
        };
        let _ = write!(
            text,
            "<form class=\"filters\" id=\"filters\"><label>Result <select name=\"verdict\"><option value=\"\">all\
             </option>{}</select></label><label>Level <select name=\"level\"><option value=\"\">all</option>{}\
             </select></label><label>Variant <select name=\"variant\"><option value=\"\">all</option>{}</select>\
             </label><label>Topic <select name=\"chapter\"><option value=\"\">all</option>{}</select></label>\
             <label>Search <input type=\"search\" name=\"words\"></label>\
             <output id=\"shown\"></output></form>",
            options(&["broken", "holds", "not judged"]),
            options(&["must", "should", "may"]),
            options(&["R", "P"]),
            options(&chapters)
        );
    }

    fn write_chapter(&self, text: &mut String, chapter: &[Finding]) {
        let Some(first) = chapter.first() else { return };
        let _ = write!(
            text,
            "<section class=\"topic\" id=\"{}\"><h3>{}</h3>",
            overview::anchor(first),
            escape(&heading(first))
        );
        for finding in chapter {
            self.write_finding(text, finding);
        }
        text.push_str("</section>");
    }

    fn write_finding(&self, text: &mut String, finding: &Finding) {
        let rule = finding.rule;
        let (class, word, note) = match &finding.verdict {
            Verdict::Passed { seen: None } => ("pass", "holds", String::new()),
            Verdict::Passed { seen: Some(seen) } => ("pass", "holds", format!("Seen: {seen}")),
            Verdict::Failed { why } => ("fail", "broken", why.clone()),
            Verdict::NotJudged { because } => ("none", "not judged", format!("Not judged: {because}")),
        };
        let open = if finding.failed() && self.counts_against(rule.level) { " open" } else { "" };
        let (id, level) = (finding.id(), rule.level.name());
        let _ = write!(
            text,
            "<details class=\"rule {class} {level}\" id=\"{id}\" data-verdict=\"{word}\" data-level=\"{level}\" \
             data-variant=\"{:?}\" data-chapter=\"{}\"{open}><summary><span class=\"mark\">{word}</span>\
             <code>{id}</code><span class=\"level\">{level}</span><span class=\"claim\">{}</span>",
            finding.variant,
            escape(finding.chapter),
            prose(rule.claim)
        );
        if !note.is_empty() {
            let _ = write!(text, "<span class=\"note\">{}</span>", prose(&note));
        }
        let _ = write!(
            text,
            "</summary><dl><dt>Why it matters</dt><dd>{}</dd><dt>How to repair</dt><dd>{}</dd>\
             <dt>Source</dt><dd>{}</dd></dl>",
            prose(rule.why),
            prose(rule.fix),
            escape(&source(rule.source))
        );
        finding.exchanges.iter().for_each(|exchange| write_exchange(text, exchange));
        text.push_str("</details>");
    }

    /// What was seen where the contract leaves a choice, in one table.
    fn write_readings(&self, text: &mut String) {
        text.push_str("<section><h2>Where the contract leaves a choice</h2><table><thead><tr><th>Rule</th><th>Question</th><th>Seen</th></tr></thead><tbody>");
        for finding in &self.findings {
            let Verdict::Passed { seen: Some(seen) } = &finding.verdict else { continue };
            let _ = write!(
                text,
                "<tr><td><a href=\"#{0}\">{0}</a></td><td>{1}</td><td>{2}</td></tr>",
                finding.id(),
                prose(finding.rule.claim),
                prose(seen)
            );
        }
        text.push_str("</tbody></table></section>");
    }

    fn write_left(&self, text: &mut String) {
        let _ = write!(
            text,
            "<section><h2>Left behind</h2><p>The contract has no way to delete. This run made {} objects; their \
             names and titles begin with <code>Conformance {}</code>, if they have any.</p><details><summary>\
             All of them</summary><table><thead><tr><th>Kind</th><th>Id</th><th>Name or title</th></tr></thead><tbody>",
            self.leftovers.len(),
            escape(&self.run)
        );
        for left in &self.leftovers {
            let (id, mark) = (escape(&left.id), escape(&left.mark));
            let _ = write!(text, "<tr><td>{}</td><td><code>{id}</code></td><td>{mark}</td></tr>", left.kind);
        }
        text.push_str("</tbody></table></details></section>");
    }
}

fn heading(finding: &Finding) -> String {
    format!("{} · variant {:?}", finding.chapter, finding.variant)
}

/// A sentence of ours, with what stands between backticks as code.
fn prose(sentence: &str) -> String {
    let mut text = String::new();
    let mut parts = sentence.split('`').map(escape).peekable();
    while let Some(words) = parts.next() {
        text.push_str(&words);
        match (parts.next(), parts.peek()) {
            (Some(code), Some(_)) => text = format!("{text}<code>{code}</code>"),
            (Some(rest), None) => text = format!("{text}`{rest}"),
            (None, _) => {}
        }
    }
    text
}

fn write_exchange(text: &mut String, exchange: &Exchange) {
    let sent = &exchange.sent;
    let _ = write!(
        text,
        "<div class=\"exchange\"><div><h4>Sent</h4><pre>{} {}\n{}\n{}</pre></div><div><h4>Came back</h4>",
        escape(sent.method.as_str()),
        escape(&sent.url),
        headers(&sent.headers),
        body(&sent.body)
    );
    let _ = match &exchange.answer {
        Ok(Received { status, headers: found, body: text_body, millis }) => write!(
            text,
            "<pre>status {status}, after {millis} ms\n{}\n{}</pre>",
            headers(found),
            body(text_body)
        ),
        Err(why) => write!(text, "<pre>no answer: {}</pre>", escape(why)),
    };
    text.push_str("</div></div>");
}

fn headers(headers: &[(String, String)]) -> String {
    let line = |(name, value): &(String, String)| format!("{}: {}\n", escape(name), escape(value));
    headers.iter().map(line).collect()
}

/// The body, indented if it is JSON, cut if it is long.
fn body(body: &str) -> String {
    let value = serde_json::from_str::<serde_json::Value>(body).ok();
    let text = value.map_or_else(|| body.to_owned(), |value| format!("{value:#}"));
    let mut short: String = text.chars().take(BODY).collect();
    if short.len() < text.len() {
        short.push_str("\n… (cut)");
    }
    escape(&short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_shown_as_code_and_a_lone_backtick_as_it_is() {
        assert_eq!(prose("a `b` & `c`"), "a <code>b</code> &amp; <code>c</code>");
        assert_eq!(prose("a `b"), "a `b");
    }
}
