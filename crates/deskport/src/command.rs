//! What each command does.

mod agent;
mod check;
mod client;
mod config;
mod deliveries;
mod doctor;
mod migrate;
mod role;
mod sanitize;
mod serve;
mod simulate;
mod store;
mod token;
mod when;

use std::time::Duration;

use tokio::runtime;

use crate::cli::Command;
use crate::failure::{Failure, Outcome};
use crate::output::{self, Form};
use crate::settings::Settings;
use crate::{compose, telemetry};

/// How long work that was given up may take to notice.
const GIVE_UP_AFTER: Duration = Duration::from_secs(1);

/// Runs a command; without one, the server.
pub(crate) fn run(command: Option<Command>, settings: &Settings) -> Outcome {
    let command = command.unwrap_or(Command::Serve);
    telemetry::start(&settings.log, matches!(command, Command::Serve));
    let runtime = runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::while_doing("starting", &error))?;
    let outcome = runtime.block_on(async {
        match command {
            Command::Serve => serve::run(settings).await,
            Command::Migrate => migrate::run(settings).await,
            Command::Token(command) => token::run(command, settings).await,
            Command::Client(command) => client::run(command, settings).await,
            Command::Agent(command) => agent::run(command, settings).await,
            Command::Deliveries(command) => deliveries::run(command, settings).await,
            Command::Doctor(args) => doctor::run(&args, settings).await,
            Command::Config(args) => config::run(settings, Form::json_if(args.json)),
            Command::Sanitize(args) => sanitize::run(&args),
            Command::Check(args) => check::run(&args).await,
            Command::Simulate(args) => simulate::run(&args).await,
            Command::Openapi => output::json(&compose::openapi(settings)?),
        }
    });
    // Whatever is still under way by now was given up.
    runtime.shutdown_timeout(GIVE_UP_AFTER);
    outcome
}
