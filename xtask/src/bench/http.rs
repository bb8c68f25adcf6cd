//! Measures the whole server over HTTP: `cargo xtask bench http`.

use std::fs;

use serde_json::json;

use super::data::Data;
use super::measured::{self, Measured, Row};
use super::options;
use super::plot;
use super::server::{self, Place, Server};
use super::wrk::Target;
use crate::failure::{Failure, Outcome};
use crate::shell;

pub(super) const CONVERSATIONS: u32 = 1_000;
pub(super) const MESSAGES: u32 = 50;
/// What Fin asks, and what is done about it.
const PHASES: [&str; 8] =
    ["post", "repeated", "page_of_10", "page_of_50", "nothing_new", "conversation", "user", "mix"];
/// What actix answers without a store.
const LIMITS: [&str; 3] = ["limit_nothing", "limit_page", "limit_post"];

/// What is measured, and how.
#[derive(Debug)]
struct Plan {
    database: String,
    against: Option<(String, String)>,
    connections: Vec<u32>,
    seconds: u32,
    rounds: u32,
    phases: Vec<&'static str>,
}

pub(super) fn run(arguments: &[String]) -> Outcome {
    let plan = Plan::read(arguments)?;
    let place = Place::new("http")?;
    let (measured, resident) = match &plan.against {
        Some((url, token)) => {
            let file = place.0.join("token");
            fs::write(&file, token).map_err(|error| Failure::io(file.display(), &error))?;
            (measure(&plan, &Target::new(url, &place.0), None)?, None)
        }
        None => measure_own(&plan, &place)?,
    };
    report(&plan, &measured.rows(), resident)
}

/// Measures this workspace's server and, in the same rounds, actix alone.
fn measure_own(plan: &Plan, place: &Place) -> Result<(Measured, Option<u64>), Failure> {
    let program = server::build("--package deskport", "deskport")?;
    let limit = server::build("--package deskport-http-actix --example limit", "examples/limit")?;
    let data = Data::new(&plan.database, &place.0)?;
    let server = Server::start(&program, &data.url(), &place.0, &[])?;
    server::write_token(&program, &data.url(), &place.0)?;
    let limits = Place::new("limit")?;
    let limit = Server::limit(&limit, &limits.0)?;
    let target = Target::new(&server.url, &place.0);
    let beside = Target::new(&limit.url, &place.0);
    let measured = measure(plan, &target, Some(&Limits { target: beside, server: &server, data: &data }))?;
    Ok((measured, server.resident_mib()))
}

/// What is measured beside.
struct Limits<'a> {
    target: Target<'a>,
    /// What must not be at work meanwhile.
    server: &'a Server,
    data: &'a Data,
}

fn measure(plan: &Plan, target: &Target<'_>, limits: Option<&Limits<'_>>) -> Result<Measured, Failure> {
    eprintln!("Filling: {} conversations, {} messages", 2 * CONVERSATIONS, CONVERSATIONS * (MESSAGES + 1));
    target.fill(CONVERSATIONS, MESSAGES)?;
    let mut measured = Measured::default();
    for round in 1..=plan.rounds {
        for connections in &plan.connections {
            let mut measure_phase = |target: &Target<'_>, phase: &'static str| -> Outcome {
                let name = format!("{round}-{connections}-{phase}");
                let run = target.phase(phase, *connections, plan.seconds, &name)?;
                eprintln!(
                    "round {round}, {connections} connections, {phase}: {:.0} per second",
                    run.per_second
                );
                measured.add(phase, *connections, run);
                Ok(())
            };
            plan.phases.iter().try_for_each(|phase| measure_phase(target, phase))?;
            if let Some(limits) = limits {
                limits.data.rest(limits.server)?;
                LIMITS.iter().try_for_each(|phase| measure_phase(&limits.target, phase))?;
            }
        }
    }
    Ok(measured)
}

/// Prints the table, and writes JSON and a plot beside each other.
fn report(plan: &Plan, rows: &[Row], resident: Option<u64>) -> Outcome {
    println!("{}", measured::table(rows));
    if let Some(resident) = resident {
        println!("Resident memory at the end: {resident} MiB");
    }
    let directory = shell::target().join("bench");
    let write = |name: &str, text: String| {
        let file = directory.join(format!("http-{}.{name}", plan.database));
        fs::create_dir_all(&directory)
            .and_then(|()| fs::write(&file, text))
            .map_err(|error| Failure::io(file.display(), &error))
    };
    let json = json!({"rounds": plan.rounds, "seconds": plan.seconds, "resident_mib": resident, "rows": measured::json(rows)});
    write("json", format!("{json:#}\n"))?;
    let shown = plan.connections.iter().copied().find(|connections| *connections == 64);
    let shown = shown.or_else(|| plan.connections.last().copied()).unwrap_or(64);
    write("svg", plot::svg(rows, shown))?;
    println!("JSON and plot: {}", directory.display());
    Ok(())
}

impl Plan {
    fn read(arguments: &[String]) -> Result<Self, Failure> {
        let mut plan = Self {
            database: "sqlite".to_owned(),
            against: None,
            connections: vec![1, 16, 64, 256],
            seconds: 3,
            rounds: 3,
            phases: PHASES.to_vec(),
        };
        let (mut url, mut token) = (None, None);
        for (name, value) in options::pairs(arguments)? {
            let number = |text: &str| options::number(name, text);
            match name {
                "--database" => value.clone_into(&mut plan.database),
                "--against" => url = Some(value.to_owned()),
                "--token" => token = Some(value.to_owned()),
                "--connections" => {
                    plan.connections = value.split(',').map(number).collect::<Result<_, _>>()?;
                }
                "--seconds" => plan.seconds = number(value)?,
                "--rounds" => plan.rounds = number(value)?,
                "--phases" => plan.phases = phases(value)?,
                _ => return Err(Failure::new(super::USAGE)),
            }
        }
        plan.against = match (url, token) {
            (Some(url), Some(token)) => Some((url, token)),
            (None, None) => None,
            _ => return Err(Failure::new("--against and --token go together")),
        };
        Ok(plan)
    }
}

fn phases(list: &str) -> Result<Vec<&'static str>, Failure> {
    let known = |name: &str| PHASES.into_iter().find(|phase| *phase == name);
    let phase = |name: &str| {
        known(name).ok_or_else(|| Failure::new(format!("{name}: no phase; there are {PHASES:?}")))
    };
    list.split(',').map(phase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(words: &str) -> Result<Plan, Failure> {
        Plan::read(&words.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn what_is_not_said_is_measured_whole() {
        let plan = plan("").unwrap();
        assert_eq!(
            (plan.connections, plan.phases.len(), plan.rounds),
            (vec![1, 16, 64, 256], PHASES.len(), 3)
        );
    }

    #[test]
    fn a_word_that_nobody_knows_is_refused() {
        for words in
            ["--phases dance", "--connections many", "--seconds", "--against http://127.0.0.1", "--what 1"]
        {
            assert!(plan(words).is_err(), "{words}");
        }
    }
}
