//! Measures what happens to posts when more are offered than can be held: `cargo xtask bench overload`.

mod answers;
mod load;
mod report;

use std::path::Path;
use std::thread;
use std::time::Duration;

use self::answers::{ACCEPTED, Answer};
use self::load::{Load, Sent};
use super::data::Data;
use super::measured::sorted;
use super::server::{self, Place, Server};
use super::wrk::Target;
use super::{http, options};
use crate::failure::{Failure, Outcome};

/// How many connections there are before and after, and for how many seconds.
const CONNECTIONS: u32 = 64;
const SECONDS: u32 = 10;

#[derive(Debug)]
struct Plan {
    database: String,
    seconds: u32,
    /// On how many connections the overload comes: no more requests than these wait at once.
    connections: u32,
    /// How many times the held rate is offered.
    times: u64,
    /// Settings of the server, as variables of its environment.
    settings: Vec<(String, String)>,
}

/// What was measured on one server.
#[derive(Debug)]
struct Measured {
    before: Vec<Answer>,
    /// How many requests a second had to be sent.
    wanted: u64,
    during: Sent,
    after: Vec<Answer>,
    /// What a new server makes of the same data: what is less than before because there is more of it is
    /// less here, too.
    anew: Vec<Answer>,
    /// Messages that are stored, beside those that were there before.
    stored: u64,
}

pub(super) fn run(arguments: &[String]) -> Outcome {
    let plan = Plan::read(arguments)?;
    let program = server::build("--package deskport", "deskport")?;
    let measured = measure(&plan, &program)?;
    println!("{}", report::text(&plan, &measured));
    let accepted = measured.accepted();
    if measured.stored < accepted {
        return Err(Failure::new(format!(
            "{accepted} messages were accepted, but only {} are stored",
            measured.stored
        )));
    }
    Ok(())
}

fn measure(plan: &Plan, program: &Path) -> Result<Measured, Failure> {
    let place = Place::new("overload")?;
    let data = Data::new(&plan.database, &place.0)?;
    let start = || Server::start(program, &data.url(), &place.0, &plan.settings);
    let server = start()?;
    server::write_token(program, &data.url(), &place.0)?;
    let target = Target::new(&server.url, &place.0);
    target.fill(http::CONVERSATIONS, http::MESSAGES)?;
    load::write_bodies(&place.0)?;
    data.rest(&server)?;
    let filled = data.messages()?;

    let before = held(&target, "before")?;
    let wanted = rate(&before, plan.times)?;
    eprintln!("{wanted} requests per second on {} connections for {} s", plan.connections, plan.seconds);
    let during = Load::start(&target, "during", plan.connections, plan.seconds, Some(wanted))?;
    thread::sleep(Duration::from_secs(plan.seconds.into()));
    during.pause()?;
    let after = held(&target, "after")?;
    during.go_on()?;
    let during = during.finish()?;
    drop(server);
    let server = start()?;
    let anew = held(&Target::new(&server.url, &place.0), "anew")?;
    let stored = data.messages()? - filled;
    Ok(Measured { before, wanted, during, after, anew, stored })
}

/// As many posts as are answered, on some connections.
fn held(target: &Target<'_>, name: &str) -> Result<Vec<Answer>, Failure> {
    eprintln!("{CONNECTIONS} connections for {SECONDS} s");
    Ok(Load::start(target, name, CONNECTIONS, SECONDS, None)?.finish()?.answers)
}

/// So many times what was accepted in a second.
fn rate(before: &[Answer], times: u64) -> Result<u64, Failure> {
    let accepted = answers::by_status(before).get(&ACCEPTED).copied().unwrap_or(0);
    match accepted as u64 * times / u64::from(SECONDS) {
        0 => Err(Failure::new("nothing was accepted before the overload")),
        rate => Ok(rate),
    }
}

impl Measured {
    /// How many messages were accepted in all.
    fn accepted(&self) -> u64 {
        let of = |answers: &[Answer]| answers::by_status(answers).get(&ACCEPTED).copied().unwrap_or(0);
        (of(&self.before) + of(&self.during.answers) + of(&self.after) + of(&self.anew)) as u64
    }
}

impl Plan {
    fn read(arguments: &[String]) -> Result<Self, Failure> {
        let mut plan = Self {
            database: "sqlite".into(),
            seconds: 120,
            connections: 2_000,
            times: 3,
            settings: Vec::new(),
        };
        for (name, value) in options::pairs(arguments)? {
            match name {
                "--database" => value.clone_into(&mut plan.database),
                "--seconds" => plan.seconds = options::number(name, value)?,
                "--connections" => plan.connections = options::number(name, value)?,
                "--times" => plan.times = options::number(name, value)?,
                "--setting" => plan.settings.push(options::setting(value)?),
                _ => return Err(Failure::new(super::USAGE)),
            }
        }
        Ok(plan)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offered_rate_is_a_multiple_of_what_was_accepted() {
        let before = answers::read(&"201 0 0 1\n".repeat(100)).unwrap();
        assert_eq!(rate(&before, 3), Ok(30));
        let refused = answers::read("503 0 0 1\n").unwrap();
        assert!(rate(&refused, 3).is_err());
    }
}
