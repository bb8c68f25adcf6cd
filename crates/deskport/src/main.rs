//! The program: settings, logs, and one command.

mod cli;
mod command;
mod compose;
mod credentials_file;
mod failure;
mod first_start;
mod output;
mod settings;
mod system;
mod telemetry;
mod worker;

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

use self::cli::Cli;
use self::failure::Outcome;
use self::settings::Settings;

/// Posts are allocated in one thread and freed in another: decision 28.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::complain(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}

fn run(cli: Cli) -> Outcome {
    let variables = settings::variables(std::env::vars_os())?;
    let settings = Settings::load(cli.config.as_deref(), &variables)?;
    command::run(cli.command, &settings)
}
