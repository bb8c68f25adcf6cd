//! Reads scenarios, and says what is wrong with one, and where.

use std::collections::BTreeMap;

use thiserror::Error;

use super::step::{AgentAct, FinAct, Role, Step, UserAct};

/// The statuses that a conversation may have.
const STATUSES: [&str; 4] = ["open", "resolved", "closed", "ended"];

/// Words that begin sentences of their own.
const TAKEN: [&str; 5] = ["Fin", "user", "agent", "the", "compare"];

/// More at once is a slip of the pen.
const MOST: u32 = 1000;

/// Why a text is no scenario.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {why}")]
pub struct ScenarioError {
    /// The number of the line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub why: String,
}

pub(super) fn steps(text: &str) -> Result<Vec<(usize, Step)>, ScenarioError> {
    let mut cast = Cast::default();
    let mut steps = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let step = cast.read(line).map_err(|why| ScenarioError { line: number, why })?;
        steps.push((number, step));
    }
    Ok(steps)
}

/// Who is there, and whose conversation has begun.
#[derive(Debug, Default)]
struct Cast {
    people: BTreeMap<String, Role>,
    started: Vec<String>,
}

impl Cast {
    fn read(&mut self, line: &str) -> Result<Step, String> {
        let (head, text) = match line.split_once(':') {
            Some((head, text)) => (head, Some(text.trim())),
            None => (line, None),
        };
        let words: Vec<&str> = head.split_whitespace().collect();
        match (words.as_slice(), text) {
            (["user", name, email], None) => self.enter(Role::User, name, email),
            (["agent", name, email], None) => self.enter(Role::Agent, name, email),
            (["the", rest @ ..], None) => circumstance(rest).ok_or_else(|| unknown(line)),
            (["compare"], None) => Ok(Step::Compare),
            ([minutes, "minute" | "minutes", "passes" | "pass"], None) => {
                Ok(Step::MinutesPass(number(minutes)?))
            }
            (["Fin", verb @ ..], text) => self.fin(verb, text, line).map(Step::Fin),
            ([name, verb @ ..], text) => self.person(name, verb, text, line),
            ([], _) => Err(unknown(line)),
        }
    }

    fn enter(&mut self, role: Role, name: &str, email: &str) -> Result<Step, String> {
        if TAKEN.contains(&name) || name.starts_with(|first: char| !first.is_alphabetic()) {
            return Err(format!("`{name}` cannot be a name"));
        }
        if !email.contains('@') {
            return Err(format!("`{email}` is no e-mail address"));
        }
        if self.people.insert(name.to_owned(), role).is_some() {
            return Err(format!("`{name}` is there already"));
        }
        Ok(Step::Enter { role, name: name.to_owned(), email: email.to_owned() })
    }

    fn fin(&self, verb: &[&str], text: Option<&str>, line: &str) -> Result<FinAct, String> {
        if let (["turns", "to", name], None) = (verb, text) {
            self.expect_started(name)?;
            return Ok(FinAct::TurnsTo((*name).to_owned()));
        }
        if self.started.is_empty() {
            return Err("nobody has started a conversation yet".to_owned());
        }
        match (verb, text) {
            (["says"], text) => Ok(FinAct::Says(words(text)?)),
            (["titles"], text) => Ok(FinAct::Titles(words(text)?)),
            (["tags"], Some(list)) => {
                let tags = list.split(',').map(str::trim).filter(|tag| !tag.is_empty());
                Ok(FinAct::Tags(tags.map(str::to_owned).collect()))
            }
            (["marks"], Some(status)) if STATUSES.contains(&status) => Ok(FinAct::Marks(status.to_owned())),
            (["marks"], _) => Err(format!("a status is one of {}", STATUSES.join(", "))),
            (["hands", "over"], None) => Ok(FinAct::HandsOver),
            _ => Err(unknown(line)),
        }
    }

    fn person(&mut self, name: &str, verb: &[&str], text: Option<&str>, line: &str) -> Result<Step, String> {
        let Some(role) = self.people.get(name) else {
            let known: Vec<&str> = self.people.keys().map(String::as_str).collect();
            let known = if known.is_empty() { "nobody".to_owned() } else { known.join(", ") };
            return Err(format!("nobody is called `{name}`; there: {known}, and Fin"));
        };
        match role {
            Role::User => self.user(name, verb, text, line).map(|act| Step::User(name.to_owned(), act)),
            Role::Agent => self.agent(verb, text, line).map(|act| Step::Agent(name.to_owned(), act)),
        }
    }

    fn user(&mut self, name: &str, verb: &[&str], text: Option<&str>, line: &str) -> Result<UserAct, String> {
        if verb == ["starts"] {
            self.started.push(name.to_owned());
            return Ok(UserAct::Starts(words(text)?));
        }
        match (verb, text) {
            (["says"], text) => {
                self.expect_started(name)?;
                Ok(UserAct::Says(words(text)?))
            }
            (["reads"], None) => {
                self.expect_started(name)?;
                Ok(UserAct::Reads)
            }
            _ => Err(unknown(line)),
        }
    }

    fn agent(&self, verb: &[&str], text: Option<&str>, line: &str) -> Result<AgentAct, String> {
        if self.started.is_empty() {
            return Err("nobody has started a conversation yet".to_owned());
        }
        match (verb, text) {
            (["replies"], text) => Ok(AgentAct::Replies(words(text)?)),
            (["notes"], text) => Ok(AgentAct::Notes(words(text)?)),
            (["types"], None) => Ok(AgentAct::Types),
            (["takes", "over"], None) => Ok(AgentAct::TakesOver),
            (["gives", "back"], None) => Ok(AgentAct::GivesBack),
            (["closes"], None) => Ok(AgentAct::Closes),
            _ => Err(unknown(line)),
        }
    }

    fn expect_started(&self, name: &str) -> Result<(), String> {
        let has_started = self.started.iter().any(|user| user == name);
        if has_started { Ok(()) } else { Err(format!("`{name}` has not started a conversation yet")) }
    }
}

fn circumstance(words: &[&str]) -> Option<Step> {
    match words {
        ["token", "expires"] => Some(Step::TokenExpires),
        ["next", "answer", "is", "lost"] => Some(Step::AnswersLost(1)),
        ["next", count, "answers", "are", "lost"] => number(count).ok().map(Step::AnswersLost),
        ["next", "notification", "is", "refused"] => Some(Step::NotificationsRefused(1)),
        ["next", count, "notifications", "are", "refused"] => {
            number(count).ok().map(Step::NotificationsRefused)
        }
        _ => None,
    }
}

fn number(text: &str) -> Result<u32, String> {
    let number = text.parse().ok().filter(|number| (1..=MOST).contains(number));
    number.ok_or_else(|| format!("`{text}` is no number from 1 to {MOST}"))
}

fn words(text: Option<&str>) -> Result<String, String> {
    let text = text.filter(|text| !text.is_empty());
    text.map(str::to_owned).ok_or_else(|| "a colon and some words are missing".to_owned())
}

fn unknown(line: &str) -> String {
    format!("`{line}` is no step; the steps are in docs/TESTING_YOUR_INTEGRATION.md")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        steps(text).unwrap_err().to_string()
    }

    #[test]
    fn comments_and_empty_lines_keep_their_numbers() {
        let found = steps("# A comment\n\nuser Jane jane@example.com\n").unwrap();
        assert_eq!(found[0].0, 3);
    }

    #[test]
    fn every_refusal_names_the_line_and_the_reason() {
        let jane = "user Jane jane@example.com\n";
        let cases = [
            ("Jane says: Hello", "line 1: nobody is called `Jane`; there: nobody, and Fin"),
            (&format!("{jane}Jan says: Hello"), "line 2: nobody is called `Jan`; there: Jane, and Fin"),
            (&format!("{jane}Jane says: Hello"), "line 2: `Jane` has not started a conversation yet"),
            (&format!("{jane}Fin says: Hello"), "line 2: nobody has started a conversation yet"),
            (&format!("{jane}Jane starts"), "line 2: a colon and some words are missing"),
            (&format!("{jane}{jane}"), "line 2: `Jane` is there already"),
            ("user Fin fin@example.com", "line 1: `Fin` cannot be a name"),
            ("user Jane nowhere", "line 1: `nowhere` is no e-mail address"),
            ("0 minutes pass", "line 1: `0` is no number from 1 to 1000"),
            (
                &format!("{jane}Jane starts: Hi\nFin marks: done"),
                "line 3: a status is one of open, resolved, closed, ended",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(refusal(text), expected);
        }
        assert!(refusal("the sky falls").starts_with("line 1: `the sky falls` is no step"));
    }

    #[test]
    fn a_text_may_hold_colons() {
        let found = steps("user Jane jane@example.com\nJane starts: Note: this").unwrap();
        assert_eq!(found[1].1, Step::User("Jane".into(), UserAct::Starts("Note: this".into())));
    }
}
