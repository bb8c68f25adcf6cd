//! Measures posts where each flush to disk takes longer: `cargo xtask bench slow-disk`. Linux only.

use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

use super::data::Data;
use super::measured::{self, Measured};
use super::server::{self, Place, Server};
use super::wrk::Target;
use super::{http, options};
use crate::failure::{Failure, Outcome};
use crate::shell;

const CONNECTIONS: [u32; 3] = [1, 64, 256];

pub(super) fn run(arguments: &[String]) -> Outcome {
    let (mut delay_ms, mut seconds, mut rounds) = (4_u32, 3, 3);
    for (name, value) in options::pairs(arguments)? {
        match name {
            "--delay-ms" => delay_ms = options::number(name, value)?,
            "--seconds" => seconds = options::number(name, value)?,
            "--rounds" => rounds = options::number(name, value)?,
            _ => return Err(Failure::new(super::USAGE)),
        }
    }
    let measured = measure(delay_ms, seconds, rounds)?;
    println!("Each flush delayed by {delay_ms} ms:\n\n{}", measured::table(&measured.rows()));
    Ok(())
}

fn measure(delay_ms: u32, seconds: u32, rounds: u32) -> Result<Measured, Failure> {
    let library = compile()?;
    let program = server::build("--package deskport", "deskport")?;
    let place = Place::new("slow-disk")?;
    let data = Data::new("sqlite", &place.0)?;
    let variables = [("LD_PRELOAD", library.display().to_string()), ("BENCH_FLUSH_MS", delay_ms.to_string())];
    let variables = variables.map(|(name, value)| (name.to_owned(), value));
    let server = Server::start(&program, &data.url(), &place.0, &variables)?;
    server::write_token(&program, &data.url(), &place.0)?;
    let target = Target::new(&server.url, &place.0);
    target.fill(http::CONVERSATIONS, http::MESSAGES)?;
    let mut measured = Measured::default();
    for round in 1..=rounds {
        for connections in CONNECTIONS {
            let run = target.phase("post", connections, seconds, &format!("{round}-{connections}"))?;
            eprintln!("round {round}, {connections} connections: {:.0} per second", run.per_second);
            measured.add("post", connections, run);
        }
    }
    Ok(measured)
}

/// Builds the library that delays, into the target folder.
fn compile() -> Result<PathBuf, Failure> {
    if env::consts::OS != "linux" {
        return Err(Failure::new("a slow disk is played with LD_PRELOAD, which needs Linux"));
    }
    let directory = shell::target().join("bench");
    fs::create_dir_all(&directory).map_err(|error| Failure::io(directory.display(), &error))?;
    let library = directory.join("slow_disk.so");
    let mut cc = Command::new("cc");
    cc.args(["-shared", "-fPIC", "-O2", "-Wall", "-o"]).arg(&library);
    shell::run(cc.arg(shell::root().join("xtask/bench/slow_disk.c")).arg("-ldl"))?;
    // The server runs in another directory than we do.
    fs::canonicalize(&library).map_err(|error| Failure::io(library.display(), &error))
}
