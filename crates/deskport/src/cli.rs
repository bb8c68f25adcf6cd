//! The command line: commands and flags, and the help that people read first.

mod agent;
mod check;
mod credential;
mod delivery;
mod simulate;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

pub(crate) use self::{
    agent::AgentCommand,
    check::{AccessFlags, CheckArgs, Digest, ReportFlags, SignatureFlags, VariantName, WebhookFlags},
    credential::{ClientCommand, Lifetime, RoleName, TokenCommand},
    delivery::{DeliveriesCommand, StateFlags, WhichDeliveries},
    simulate::{PlayFlags, SimulateArgs, SpokenVariant},
};

/// A ready helpdesk backend for the AI agent Fin.
///
/// Without a command it starts the server. The first start creates the database, an
/// agent and credentials, and says where they are.
#[derive(Debug, Parser)]
#[command(name = "deskport", version, verbatim_doc_comment, after_help = SETTINGS_HELP)]
pub(crate) struct Cli {
    /// A file with settings, in TOML
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

const SETTINGS_HELP: &str = "Settings come from a file (--config) and from the environment, as in
DESKPORT__SERVER__LISTEN=0.0.0.0:8080. `deskport config` lists them all.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run the server (also without a command)
    Serve,
    /// Bring the database's schema up to date
    Migrate,
    /// Make, list and revoke bearer tokens
    #[command(subcommand)]
    Token(TokenCommand),
    /// Make, list and revoke OAuth clients, which fetch tokens by themselves
    #[command(subcommand)]
    Client(ClientCommand),
    /// Add, list, change and disable agents
    #[command(subcommand)]
    Agent(AgentCommand),
    /// Show what Fin was told and what it has yet to be told, and send it again
    #[command(subcommand)]
    Deliveries(DeliveriesCommand),
    /// Check this deployment, and print what to type into Fin's deployment screen
    Doctor(DoctorArgs),
    /// Print the settings in effect, and where each came from; no secrets
    Config(ConfigArgs),
    /// Clean HTML from standard input, as messages are cleaned
    Sanitize(SanitizeArgs),
    /// Judge any server of the contract, in whatever language, rule by rule
    Check(Box<CheckArgs>),
    /// Play Fin and its Messenger against a server; without arguments, against one of its own
    Simulate(Box<SimulateArgs>),
    /// Print the OpenAPI description of the server
    Openapi,
}

#[derive(Debug, Args)]
pub(crate) struct ConfigArgs {
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct DoctorArgs {
    /// Where Fin reaches this server: `https://` and a host
    #[arg(long, value_name = "URL")]
    pub(crate) public_url: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct SanitizeArgs {
    /// Read lines {"id": …, "html": …} and write lines {"id": …, "html": …, "out": …}
    #[arg(long)]
    pub(crate) jsonl: bool,
}
