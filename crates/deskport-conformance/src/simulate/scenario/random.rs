//! Makes up scenarios from a seed.

use super::step::{AgentAct, FinAct, Role, Step, UserAct};
use crate::simulate::dice::Dice;

/// What a made-up scenario may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RandomOptions {
    /// How many steps, beside those that bring people in.
    pub steps: usize,
    /// Whether people of the helpdesk act.
    pub agents: bool,
    /// Whether tokens expire.
    pub tokens: bool,
}

const USERS: [&str; 3] = ["Ann", "Ben", "Cleo"];
const AGENTS: [&str; 2] = ["Sarah", "Tom"];
const STATUSES: [&str; 3] = ["open", "resolved", "closed"];
const TAGS: [&str; 4] = ["billing", "pricing", "shipping", "urgent"];

/// What people say: plain, long, in other scripts, as HTML, and as what must not be taken for HTML.
const TEXTS: [&str; 8] = [
    "Where is my order?",
    "I would like to know more about your pricing plans.",
    "1 < 2 && 3 > 2",
    "Grüße aus Köln, 東京 и Москвы 👋🏽",
    "<p>This is <b>important</b>.</p>",
    "<p>See <a href=\"https://example.com/guide\">the guide</a>.</p><ul><li>One</li><li>Two</li></ul>",
    "Thank you",
    "It says: error 42 — what now?",
];

pub(super) fn steps(seed: u64, options: &RandomOptions) -> Vec<Step> {
    let mut author = Author { dice: Dice::new(seed), options: *options, started: Vec::new(), texts: 0 };
    let mut steps: Vec<Step> = USERS.iter().map(|name| enter(Role::User, name)).collect();
    if options.agents {
        steps.extend(AGENTS.iter().map(|name| enter(Role::Agent, name)));
    }
    for _ in 0..options.steps {
        steps.push(author.step());
    }
    steps
}

fn enter(role: Role, name: &str) -> Step {
    let email = format!("{}@example.com", name.to_lowercase());
    Step::Enter { role, name: name.to_owned(), email }
}

struct Author {
    dice: Dice,
    options: RandomOptions,
    /// Whose conversation has begun.
    started: Vec<&'static str>,
    texts: u32,
}

impl Author {
    fn step(&mut self) -> Step {
        if self.started.is_empty() {
            return self.start();
        }
        match self.dice.roll(100) {
            0..4 => self.start(),
            4..28 => Step::Fin(FinAct::Says(self.text())),
            28..36 => self.fin(),
            36..40 => Step::AnswersLost(u32::try_from(self.dice.roll(5)).unwrap_or_default() + 1),
            40..42 => Step::MinutesPass(u32::try_from(self.dice.roll(3)).unwrap_or_default() + 1),
            42..44 => Step::Compare,
            44..47 if self.options.tokens => Step::TokenExpires,
            47..70 if self.options.agents => self.agent(),
            _ => self.user(),
        }
    }

    fn start(&mut self) -> Step {
        let name = self.dice.pick(&USERS).copied().unwrap_or(USERS[0]);
        self.started.push(name);
        Step::User(name.to_owned(), UserAct::Starts(self.text()))
    }

    fn user(&mut self) -> Step {
        let name = self.dice.pick(&self.started).copied().unwrap_or(USERS[0]);
        let act = if self.dice.roll(5) == 0 { UserAct::Reads } else { UserAct::Says(self.text()) };
        Step::User(name.to_owned(), act)
    }

    fn fin(&mut self) -> Step {
        Step::Fin(match self.dice.roll(5) {
            0 => FinAct::Titles(self.text()),
            1 => FinAct::Tags(self.dice.pick(&TAGS).map(|tag| (*tag).to_owned()).into_iter().collect()),
            2 => FinAct::Marks(self.dice.pick(&STATUSES).copied().unwrap_or(STATUSES[0]).to_owned()),
            3 => FinAct::HandsOver,
            _ => FinAct::TurnsTo(self.dice.pick(&self.started).copied().unwrap_or(USERS[0]).to_owned()),
        })
    }

    fn agent(&mut self) -> Step {
        let name = self.dice.pick(&AGENTS).copied().unwrap_or(AGENTS[0]);
        let act = match self.dice.roll(10) {
            0..5 => AgentAct::Replies(self.text()),
            5 => AgentAct::Notes(self.text()),
            6 => AgentAct::Types,
            7 => AgentAct::TakesOver,
            8 => AgentAct::GivesBack,
            _ => AgentAct::Closes,
        };
        Step::Agent(name.to_owned(), act)
    }

    /// Words, some of them with a number so that they differ, and some the same as before.
    fn text(&mut self) -> String {
        let text = self.dice.pick(&TEXTS).copied().unwrap_or(TEXTS[0]);
        self.texts += 1;
        match self.dice.roll(4) {
            0 => text.to_owned(),
            _ if text.starts_with('<') => format!("{text}<p>({})</p>", self.texts),
            _ => format!("{text} ({})", self.texts),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Scenario;
    use super::*;

    #[test]
    fn what_is_made_up_can_be_written_down_and_read_back() {
        for seed in 0..50 {
            let options = RandomOptions { steps: 200, agents: true, tokens: true };
            let scenario = Scenario::random(seed, &options);
            assert_eq!(scenario.to_string().parse(), Ok(scenario), "seed {seed}");
        }
    }

    #[test]
    fn nobody_of_the_helpdesk_acts_where_nobody_can() {
        let options = RandomOptions { steps: 500, agents: false, tokens: false };
        let scenario = Scenario::random(7, &options);
        assert!(!scenario.needs_desk());
        assert!(scenario.steps.iter().all(|(_, step)| *step != Step::TokenExpires));
    }
}
