//! The command line of notifications to Fin.

use clap::{Args, Subcommand};

/// What happens to notifications.
#[derive(Debug, Subcommand)]
pub(crate) enum DeliveriesCommand {
    /// List notifications: those that wait and those that are parked, or of one state
    List {
        #[command(flatten)]
        state: StateFlags,
        /// How many to list at most, of each state
        #[arg(long, value_name = "NUMBER", default_value_t = 100)]
        limit: u32,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show where the notification of one conversation stands, and the last attempts
    Show {
        /// The conversation's id
        conversation: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Send again, parked ones too; a running server does it at once
    Retry {
        #[command(flatten)]
        which: WhichDeliveries,
    },
    /// Send a notification now, from here, and print how that went; nothing is stored
    Test {
        /// The conversation's id
        conversation: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

/// The states that can be asked for.
#[derive(Debug, Args)]
#[group(multiple = false)]
pub(crate) struct StateFlags {
    /// Only those that nobody tries any more
    #[arg(long)]
    pub(crate) parked: bool,
    /// Only those that are tried, or will be
    #[arg(long)]
    pub(crate) pending: bool,
    /// Only those that arrived, latest first
    #[arg(long)]
    pub(crate) delivered: bool,
}

/// Which to send again.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct WhichDeliveries {
    /// The conversation's id
    pub(crate) conversation: Option<String>,
    /// Everything that waits or is parked
    #[arg(long)]
    pub(crate) all: bool,
}
