//! The command line of the simulator.

use std::net::SocketAddr;

use clap::{Args, ValueEnum};

use crate::settings::SecretSetting;

const EXAMPLES: &str = "\
Examples:
  deskport simulate                              the demo: a server of its own, and a chat page
  deskport simulate --scenario handover          one of the scenarios that come with it
  deskport simulate --random 7 --steps 500       the same seed makes the same run
  deskport simulate https://helpdesk.example.com/api/fin --scenario day.txt --client-id ID

Secrets are best given in the environment, where no other user of the machine sees them.
The code is 0 if Fin and the server are in step at the end, 1 if not, and 2 if nothing could begin.";

/// What `deskport simulate` is told.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct SimulateArgs {
    /// The server's address, with the path that its endpoints share [default: a server of its own, which is gone afterwards]
    pub(crate) url: Option<String>,

    #[command(flatten)]
    pub(crate) play: PlayFlags,

    /// Which of the published forms to speak: R has GET, PUT and POST, P has POST only
    #[arg(long, value_enum, default_value = "p")]
    pub(crate) variant: SpokenVariant,

    /// How many times faster than life Fin's time passes: at 600, a minute takes a tenth of a second [default: 600; 60 on the page]
    #[arg(long, value_name = "TIMES")]
    pub(crate) speed: Option<f64>,

    /// Where the chat page is
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    pub(crate) page: SocketAddr,

    #[command(flatten)]
    pub(crate) server: ServerFlags,
}

/// What is played.
#[derive(Debug, Args)]
pub(crate) struct PlayFlags {
    /// Play this scenario: a file, or one of handover, lost-answers, expired-token and two-users
    #[arg(long, value_name = "FILE", conflicts_with_all = ["random", "interactive"])]
    pub(crate) scenario: Option<String>,

    /// Play what this seed makes up
    #[arg(long, value_name = "SEED", conflicts_with = "interactive")]
    pub(crate) random: Option<u64>,

    /// How many steps to make up
    #[arg(long, value_name = "NUMBER", default_value_t = 100, requires = "random")]
    pub(crate) steps: usize,

    /// Play by hand on a chat page in the browser; so without a scenario and a seed
    #[arg(long)]
    pub(crate) interactive: bool,

    /// Print what is played, as a scenario, and do nothing else
    #[arg(long, conflicts_with = "interactive")]
    pub(crate) print: bool,
}

/// The published forms, as they are typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SpokenVariant {
    R,
    P,
}

/// How the server is reached, and how it reaches Fin.
#[derive(Debug, Args)]
#[command(next_help_heading = "A server that is there already")]
pub(crate) struct ServerFlags {
    /// A bearer token that stays good
    #[arg(long, env = "DESKPORT_SIMULATE_TOKEN", hide_env_values = true, conflicts_with = "client_id")]
    pub(crate) token: Option<SecretSetting>,

    /// The client's id at the token endpoint: tokens are fetched there, as Fin does
    #[arg(long, value_name = "ID", requires = "client_secret", env = "DESKPORT_SIMULATE_CLIENT_ID")]
    pub(crate) client_id: Option<String>,

    /// The client's secret at the token endpoint
    #[arg(long, value_name = "SECRET", env = "DESKPORT_SIMULATE_CLIENT_SECRET", hide_env_values = true)]
    pub(crate) client_secret: Option<SecretSetting>,

    /// The token endpoint [default: /oauth/token on the server's host]
    #[arg(long, value_name = "URL")]
    pub(crate) token_url: Option<String>,

    /// For a deskport: a token of the role desk, with which people of the helpdesk act
    #[arg(long, value_name = "TOKEN", env = "DESKPORT_SIMULATE_DESK_TOKEN", hide_env_values = true)]
    pub(crate) desk_token: Option<SecretSetting>,

    /// For a deskport: where its desk's API is [default: /api/desk/v1 on the server's host]
    #[arg(long, value_name = "URL", requires = "desk_token")]
    pub(crate) desk_url: Option<String>,

    /// Stand in for Fin's webhook at this address; set the server up to call it. Without it, Fin looks by itself
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) webhook_listen: Option<SocketAddr>,

    /// How many seconds to wait for a notification
    #[arg(long, value_name = "SECONDS", default_value_t = 15, requires = "webhook_listen")]
    pub(crate) webhook_wait: u32,
}
