//! The command line of tokens and clients.

use std::str::FromStr;
use std::time::Duration;

use clap::{Subcommand, ValueEnum};

/// What happens to tokens.
#[derive(Debug, Subcommand)]
pub(crate) enum TokenCommand {
    /// Make a token and print it, once
    Create {
        /// Whose face the token opens
        #[arg(long)]
        role: RoleName,
        /// What it is for, in your words
        #[arg(long, default_value = "", hide_default_value = true)]
        label: String,
        /// How long it works, such as 90d, 12h, 30m or 45s [default: until it is revoked]
        #[arg(long, value_name = "TIME")]
        expires_in: Option<Lifetime>,
        /// Print the token and nothing else
        #[arg(long, short, conflicts_with = "json")]
        quiet: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// List the tokens that have not expired
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Revoke a token; running servers refuse it within 5 seconds
    Revoke {
        /// The token's id, as `deskport token list` shows it
        id: String,
    },
}

/// What happens to clients.
#[derive(Debug, Subcommand)]
pub(crate) enum ClientCommand {
    /// Make a client and print its id and secret, once
    Create {
        /// Whose face the client's tokens open
        #[arg(long)]
        role: RoleName,
        /// What it is for, in your words
        #[arg(long, default_value = "", hide_default_value = true)]
        label: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// List the clients
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Revoke a client and the tokens it fetched; running servers refuse them within 5 seconds
    Revoke {
        /// The client's id, as `deskport client list` shows it
        id: String,
    },
}

/// What a credential opens, as it is typed: the face for Fin, the helpdesk's own, or the one for
/// operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RoleName {
    Fin,
    Desk,
    Admin,
}

/// A time span in milliseconds, at least a second and at most ten years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lifetime(pub(crate) i64);

impl Lifetime {
    /// The span itself.
    pub(crate) fn duration(self) -> Duration {
        Duration::from_millis(self.0.unsigned_abs())
    }
}

impl FromStr for Lifetime {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const DAY: i64 = 24 * 60 * 60;
        const WANTED: &str = "a number and one of s, m, h or d, at most 3650d";
        let unit = |ending| text.strip_suffix(ending);
        let (number, seconds) = unit('s')
            .map(|number| (number, 1))
            .or_else(|| unit('m').map(|number| (number, 60)))
            .or_else(|| unit('h').map(|number| (number, 60 * 60)))
            .or_else(|| unit('d').map(|number| (number, DAY)))
            .ok_or(WANTED)?;
        let number: u32 = number.parse().map_err(|_| WANTED)?;
        let span = i64::from(number) * seconds;
        if (1..=3650 * DAY).contains(&span) { Ok(Self(span * 1_000)) } else { Err(WANTED) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lifetime_is_a_number_and_a_unit() {
        assert_eq!("45s".parse(), Ok(Lifetime(45_000)));
        assert_eq!("30m".parse(), Ok(Lifetime(1_800_000)));
        assert_eq!("12h".parse(), Ok(Lifetime(43_200_000)));
        assert_eq!("3650d".parse(), Ok(Lifetime(315_360_000_000)));
    }

    #[test]
    fn what_is_no_lifetime_is_refused() {
        for text in ["", "d", "90", "-1d", "1w", "1.5h", "0s", "3651d", "99999999999d"] {
            assert!(text.parse::<Lifetime>().is_err(), "{text:?}");
        }
    }
}
