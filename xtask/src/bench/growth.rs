//! Measures what grows with the database: `cargo xtask bench growth`, a small and a large one in turn.
//! `--conversations 1 --messages 100000` makes one long conversation of the large one, and `--used 1000`
//! asks for as many conversations of the large one as of the small.

mod ratios;

use std::fs;
use std::path::Path;

use self::ratios::Pairs;
use super::data::Data;
use super::server::{self, Place, Server};
use super::wrk::Target;
use super::{http, options};
use crate::failure::{Failure, Outcome};

const CONNECTIONS: u32 = 64;
/// What is compared. Posts come first: search is then behind in both alike.
const PHASES: [&str; 5] = ["post", "page_of_10", "page_of_50", "nothing_new", "conversation"];
/// What comes after all rounds of these, since lists are longer then.
const LAST_PHASE: &str = "post_to_read";
/// The fewest messages of a conversation of which ten can be asked for.
const FEWEST_MESSAGES: u32 = 12;

#[derive(Debug)]
struct Plan {
    database: String,
    /// How many conversations of the large side have messages; as many again get the posts.
    conversations: u32,
    messages: u32,
    /// How many of the large side's conversations are in use, if not all.
    used: Option<u32>,
    seconds: u32,
    rounds: u32,
    /// What both servers are told, for their environment.
    settings: Vec<(String, String)>,
}

/// One of the two servers. What is first here ends first.
#[derive(Debug)]
struct Side {
    server: Server,
    data: Data,
    place: Place,
}

pub(super) fn run(arguments: &[String]) -> Outcome {
    let plan = Plan::read(arguments)?;
    let program = server::build("--package deskport", "deskport")?;
    let small = Side::new("small", &program, &plan, http::CONVERSATIONS, http::MESSAGES)?;
    let large = Side::new("large", &program, &plan, plan.conversations, plan.messages)?;
    let pairs = measure(&plan, &small, &large)?;
    println!("{}", pairs.table());
    for (name, side) in [("small", &small), ("large", &large)] {
        println!("{}", side.stored(name)?);
    }
    Ok(())
}

fn measure(plan: &Plan, small: &Side, large: &Side) -> Result<Pairs, Failure> {
    let mut pairs = Pairs::default();
    let rounds = |phases: &'static [&'static str]| {
        (1..=plan.rounds).flat_map(move |round| phases.iter().map(move |phase| (round, *phase)))
    };
    for (round, phase) in rounds(&PHASES).chain(rounds(&[LAST_PHASE])) {
        let of = |side: &Side, used: Option<u32>| {
            let target = Target { used, ..side.target() };
            let run = target.phase(phase, CONNECTIONS, plan.seconds, &format!("{round}-{phase}"))?;
            if run.failed > 0 {
                eprintln!("{phase}: {} requests failed", run.failed);
            }
            Ok(run.per_second)
        };
        let (small, large) = (of(small, None)?, of(large, plan.used)?);
        eprintln!("round {round}, {phase}: small {small:.0}, large {large:.0} per second");
        pairs.add(phase, small, large);
    }
    Ok(pairs)
}

impl Side {
    /// A filled server that has come to rest.
    fn new(
        name: &str,
        program: &Path,
        plan: &Plan,
        conversations: u32,
        length: u32,
    ) -> Result<Self, Failure> {
        let place = Place::new(name)?;
        let data = Data::new(&plan.database, &place.0)?;
        let server = Server::start(program, &data.url(), &place.0, &plan.settings)?;
        server::write_token(program, &data.url(), &place.0)?;
        let side = Self { server, data, place };
        let messages = u64::from(conversations) * u64::from(length + 1);
        eprintln!("Filling the {name} one: {} conversations, {messages} messages", 2 * conversations);
        side.target().fill(conversations, length)?;
        side.data.rest(&side.server)?;
        Ok(side)
    }

    fn target(&self) -> Target<'_> {
        Target::new(&self.server.url, &self.place.0)
    }

    /// What a message takes, with its part of all that is beside messages.
    fn stored(&self, name: &str) -> Result<String, Failure> {
        self.data.rest(&self.server)?;
        let (bytes, messages) = (self.data.bytes()?, self.data.messages()?);
        let file = self.place.0.join("payload");
        let sent = fs::read_to_string(&file).map_err(|error| Failure::io(file.display(), &error))?;
        Ok(format!(
            "{name}: {} MB for {messages} messages, {} bytes each with conversations, events and search; \
             one was sent as {} bytes of JSON",
            bytes / 1_000_000,
            bytes / messages.max(1),
            sent.trim(),
        ))
    }
}

impl Plan {
    fn read(arguments: &[String]) -> Result<Self, Failure> {
        let mut plan = Self {
            database: "sqlite".into(),
            conversations: 20_000,
            messages: 50,
            used: None,
            seconds: 3,
            rounds: 3,
            settings: Vec::new(),
        };
        for (name, value) in options::pairs(arguments)? {
            match name {
                "--database" => value.clone_into(&mut plan.database),
                "--conversations" => plan.conversations = options::number(name, value)?,
                "--messages" => plan.messages = options::number(name, value)?,
                "--used" => plan.used = Some(options::number(name, value)?),
                "--seconds" => plan.seconds = options::number(name, value)?,
                "--rounds" => plan.rounds = options::number(name, value)?,
                "--setting" => plan.settings.push(options::setting(value)?),
                _ => return Err(Failure::new(super::USAGE)),
            }
        }
        if plan.messages < FEWEST_MESSAGES || plan.conversations == 0 || plan.rounds == 0 {
            return Err(Failure::new(format!(
                "--messages is {FEWEST_MESSAGES} or more, --conversations and --rounds 1 or more"
            )));
        }
        if plan.used.is_some_and(|used| used == 0 || used > plan.conversations) {
            return Err(Failure::new("--used is 1 to as many as there are conversations"));
        }
        Ok(plan)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(words: &str) -> Result<Plan, Failure> {
        Plan::read(&words.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn a_plan_that_cannot_be_measured_is_refused() {
        for words in
            ["--messages 11", "--rounds 0", "--conversations 0", "--phases post", "--used 0", "--used 20001"]
        {
            assert!(plan(words).is_err(), "{words}");
        }
        assert_eq!(plan("--messages 12").unwrap().messages, 12);
    }
}
