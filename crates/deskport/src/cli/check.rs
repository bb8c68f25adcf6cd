//! The command line of the conformance check.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Lifetime;
use crate::settings::SecretSetting;

const EXAMPLES: &str = "\
Examples:
  deskport check https://helpdesk.example.com/api/fin --variant p --html report.html
  deskport check http://127.0.0.1:8080/api/fin --client-id ID \\
    --token-url http://127.0.0.1:8080/oauth/token

Secrets are best given in the environment, where no other user of the machine sees them.
A run makes some 30 end users and 200 conversations that nobody can delete: use a test system.
The code is 0 if no rule of the level must is broken, 1 if one is, and 2 if nothing could be judged.";

/// What an agent's change may be called with.
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// What `deskport check` is told.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CheckArgs {
    /// The server's address, with the path that its endpoints share, such as `https://HOST/api/fin`
    pub(crate) url: String,

    /// The published form to judge: r (GET, PUT and POST), p (POST only) or both
    #[arg(long, value_name = "r|p|both", value_enum, hide_possible_values = true, default_value = "both")]
    pub(crate) variant: VariantName,

    /// TOML with endpoints whose paths are not the published ones, in tables named r and p
    #[arg(long, value_name = "FILE")]
    pub(crate) endpoints: Option<PathBuf>,

    /// Count a broken should like a broken must
    #[arg(long)]
    pub(crate) strict: bool,

    /// How long to wait for an answer, such as 30s
    #[arg(long, value_name = "TIME", default_value = "30s")]
    pub(crate) timeout: Lifetime,

    /// Root certificates to trust as well, in PEM
    #[arg(long, value_name = "FILE")]
    pub(crate) roots: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) access: AccessFlags,

    #[command(flatten)]
    pub(crate) signature: SignatureFlags,

    #[command(flatten)]
    pub(crate) webhooks: WebhookFlags,

    #[command(flatten)]
    pub(crate) reports: ReportFlags,
}

/// The published forms, as they are typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum VariantName {
    R,
    P,
    Both,
}

/// How tokens are obtained.
#[derive(Debug, Args)]
#[command(next_help_heading = "Access")]
pub(crate) struct AccessFlags {
    /// A bearer token that stays good
    #[arg(long, env = "DESKPORT_CHECK_TOKEN", hide_env_values = true, conflicts_with = "token_url")]
    pub(crate) token: Option<SecretSetting>,

    /// The token endpoint: tokens are fetched there, as Fin does
    #[arg(long, value_name = "URL", requires_all = ["client_id", "client_secret"])]
    pub(crate) token_url: Option<String>,

    /// The client's id at the token endpoint
    #[arg(
        long,
        value_name = "ID",
        requires = "token_url",
        env = "DESKPORT_CHECK_CLIENT_ID",
        hide_env_values = true
    )]
    pub(crate) client_id: Option<String>,

    /// The client's secret at the token endpoint
    #[arg(
        long,
        value_name = "SECRET",
        requires = "token_url",
        env = "DESKPORT_CHECK_CLIENT_SECRET",
        hide_env_values = true
    )]
    pub(crate) client_secret: Option<SecretSetting>,

    /// A token that was good once
    #[arg(long, value_name = "TOKEN", env = "DESKPORT_CHECK_EXPIRED_TOKEN", hide_env_values = true)]
    pub(crate) expired_token: Option<SecretSetting>,

    /// Without one: how long to wait until a fetched token expires
    #[arg(long, value_name = "TIME", requires = "token_url")]
    pub(crate) expiry_wait: Option<Lifetime>,
}

/// How requests are signed.
#[derive(Debug, Args)]
#[command(next_help_heading = "Signatures of requests")]
pub(crate) struct SignatureFlags {
    /// The key to sign with, if the server verifies signatures
    #[arg(long, value_name = "KEY", env = "DESKPORT_CHECK_SIGNING_KEY", hide_env_values = true)]
    pub(crate) signing_key: Option<SecretSetting>,

    /// How a signature is written, which the contract leaves open: hex or base64
    #[arg(long, value_name = "FORM", value_enum, hide_possible_values = true, default_value = "hex")]
    pub(crate) signing_digest: Digest,
}

/// How a digest is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Digest {
    Hex,
    Base64,
}

/// How the server's notifications are received and brought about.
#[derive(Debug, Args)]
#[command(next_help_heading = "Notifications of the server to Fin")]
pub(crate) struct WebhookFlags {
    /// Be Fin's webhook at this address, such as 127.0.0.1:9000, which the server must know
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) webhook_listen: Option<SocketAddr>,

    /// The X-Webhook-Key that the server was given
    #[arg(
        long,
        value_name = "KEY",
        requires = "webhook_listen",
        env = "DESKPORT_CHECK_WEBHOOK_KEY",
        hide_env_values = true
    )]
    pub(crate) webhook_key: Option<SecretSetting>,

    /// How long to wait for a notification
    #[arg(long, value_name = "TIME", default_value = "15s")]
    pub(crate) webhook_wait: Lifetime,

    /// For a deskport: a token of the role desk, to reply as an agent
    #[arg(
        long,
        value_name = "TOKEN",
        requires = "webhook_listen",
        conflicts_with = "change_url",
        env = "DESKPORT_CHECK_DESK_TOKEN",
        hide_env_values = true
    )]
    pub(crate) desk_token: Option<SecretSetting>,

    /// For a deskport: its desk's API [default: /api/desk/v1 on the server's host]
    #[arg(long, value_name = "URL", requires = "desk_token")]
    pub(crate) desk_url: Option<String>,

    /// For others: what to call so that a conversation changes as if by an agent
    #[arg(long, value_name = "URL", requires = "webhook_listen")]
    pub(crate) change_url: Option<String>,

    /// The method of that call
    #[arg(long, value_name = "METHOD", default_value = "POST", value_parser = METHODS, hide_possible_values = true)]
    pub(crate) change_method: String,

    /// The body of that call; like the URL it may hold `{conversation_id}` and `{agent_id}`
    #[arg(
        long,
        value_name = "JSON",
        requires = "change_url",
        default_value = "{}",
        hide_default_value = true
    )]
    pub(crate) change_body: String,

    /// The bearer token of that call
    #[arg(
        long,
        value_name = "TOKEN",
        requires = "change_url",
        env = "DESKPORT_CHECK_CHANGE_TOKEN",
        hide_env_values = true
    )]
    pub(crate) change_token: Option<SecretSetting>,
}

/// Where reports go; `-` is the standard output, in place of the report for people.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reports, beside the one on the terminal, or in its place where FILE is -")]
pub(crate) struct ReportFlags {
    /// Write one HTML page that needs no network and no other file
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,

    /// Write JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,

    /// Write XML in the form of `JUnit`, which build servers read
    #[arg(long, value_name = "FILE")]
    pub(crate) junit: Option<PathBuf>,

    /// Name every rule on the terminal, not only those that need a look
    #[arg(long)]
    pub(crate) all: bool,
}
