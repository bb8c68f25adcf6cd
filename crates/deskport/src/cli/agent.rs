//! The command line of agents.

use clap::{Args, Subcommand};
use deskport_domain::{AgentUpdate, Patch, Text};

/// What happens to agents.
#[derive(Debug, Subcommand)]
pub(crate) enum AgentCommand {
    /// Add an agent
    Add {
        #[command(flatten)]
        fields: AgentFields,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// List the agents, disabled ones among them
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Change an agent; what is not named stays
    Update {
        /// The agent's id, as `deskport agent list` shows it
        id: String,
        #[command(flatten)]
        fields: AgentFields,
        #[command(flatten)]
        clear: ClearableFields,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// No longer offer an agent for choice; what the agent wrote stays
    Disable {
        /// The agent's id, as `deskport agent list` shows it
        id: String,
    },
    /// Offer a disabled agent for choice again
    Enable {
        /// The agent's id, as `deskport agent list` shows it
        id: String,
    },
}

/// What can be set.
#[derive(Debug, Args)]
pub(crate) struct AgentFields {
    /// The real name
    #[arg(long)]
    name: Option<String>,
    /// The e-mail address
    #[arg(long)]
    email: Option<String>,
    /// What end users see instead of the real name
    #[arg(long)]
    alias: Option<String>,
    /// The address of a picture
    #[arg(long, value_name = "URL")]
    photo: Option<String>,
}

/// What can be cleared.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "they are flags of the command line")]
pub(crate) struct ClearableFields {
    /// Have no name from now on
    #[arg(long, conflicts_with = "name")]
    clear_name: bool,
    /// Have no e-mail address from now on
    #[arg(long, conflicts_with = "email")]
    clear_email: bool,
    /// Have no alias from now on
    #[arg(long, conflicts_with = "alias")]
    clear_alias: bool,
    /// Have no picture from now on
    #[arg(long, conflicts_with = "photo")]
    clear_photo: bool,
}

impl AgentFields {
    /// Sets what was named and keeps the rest.
    pub(crate) fn into_update(self) -> AgentUpdate {
        AgentUpdate {
            name: set(self.name),
            email: set(self.email),
            alias: set(self.alias),
            photo_url: set(self.photo),
            disabled_at: Patch::Keep,
        }
    }
}

impl ClearableFields {
    /// The same update, which also clears what was named.
    pub(crate) fn apply_to(&self, update: AgentUpdate) -> AgentUpdate {
        let AgentUpdate { name, email, alias, photo_url, disabled_at } = update;
        AgentUpdate {
            name: if self.clear_name { Patch::Clear } else { name },
            email: if self.clear_email { Patch::Clear } else { email },
            alias: if self.clear_alias { Patch::Clear } else { alias },
            photo_url: if self.clear_photo { Patch::Clear } else { photo_url },
            disabled_at,
        }
    }
}

fn set(value: Option<String>) -> Patch<Text> {
    value.map_or(Patch::Keep, |value| Patch::Set(Text::from(value)))
}
