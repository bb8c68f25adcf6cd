//! What the flags say about a server that is there already.

use std::time::Duration;

use deskport_conformance::Variant;
use deskport_conformance::client::{Access, EndpointsError};
use deskport_conformance::simulate::{DeskAccess, Inbox, Pace, SimulateOptions};

use crate::cli::{SimulateArgs, SpokenVariant};
use crate::failure::{Failure, Outcome};
use crate::settings::SecretSetting;

/// How fast Fin's time passes: fast enough to wait for, and on the page slowly enough to see.
const SPEED: f64 = 600.0;
const SPEED_ON_PAGE: f64 = 60.0;

/// A simulation against `url`.
pub(super) fn of(args: &SimulateArgs, url: &str) -> Outcome<SimulateOptions> {
    let server = &args.server;
    let desk = server.desk_token.as_ref().map(|token| DeskAccess {
        url: server.desk_url.clone().unwrap_or_else(|| on_host(url, "/api/desk/v1")),
        token: token.reveal().to_owned(),
    });
    let inbox = server.webhook_listen.map(Inbox::bind).transpose();
    let mut inbox = inbox.map_err(|error| Failure::usage(format!("--webhook-listen: {error}")))?;
    if let Some(inbox) = &mut inbox {
        inbox.patience = Duration::from_secs(u64::from(server.webhook_wait));
    }
    base(args, url, access(args, url), desk, inbox)
}

/// What every simulation has.
pub(super) fn base(
    args: &SimulateArgs,
    url: &str,
    access: Access,
    desk: Option<DeskAccess>,
    inbox: Option<Inbox>,
) -> Outcome<SimulateOptions> {
    let variant = match args.variant {
        SpokenVariant::R => Variant::R,
        SpokenVariant::P => Variant::P,
    };
    let is_page = args.play.scenario.is_none() && args.play.random.is_none();
    let speed = args.speed.unwrap_or(if is_page { SPEED_ON_PAGE } else { SPEED });
    let pace =
        Pace::new(speed).ok_or_else(|| Failure::usage("--speed: a number from 0.001 to 1000000000"))?;
    let options = SimulateOptions::new(url, variant, access);
    let options = options.map_err(|error: EndpointsError| Failure::usage(error.to_string()))?;
    Ok(SimulateOptions { desk, inbox, pace, ..options })
}

fn access(args: &SimulateArgs, url: &str) -> Access {
    let server = &args.server;
    let secret = |secret: &SecretSetting| secret.reveal().to_owned();
    match (&server.token, &server.client_id, &server.client_secret) {
        (Some(token), _, _) => Access::Fixed(secret(token)),
        (None, Some(client_id), Some(client_secret)) => Access::ClientCredentials {
            token_url: server.token_url.clone().unwrap_or_else(|| on_host(url, "/oauth/token")),
            client_id: client_id.clone(),
            client_secret: secret(client_secret),
        },
        _ => Access::Open,
    }
}

/// `path` on the host of `url`.
pub(super) fn on_host(url: &str, path: &str) -> String {
    let after_scheme = url.find("://").map_or(0, |place| place + 3);
    let host_end = url[after_scheme..].find('/').map_or(url.len(), |place| after_scheme + place);
    format!("{}{path}", &url[..host_end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_path_on_the_same_host_is_found() {
        let cases =
            [("https://a.example/api/fin", "https://a.example/x"), ("http://[::1]:80", "http://[::1]:80/x")];
        for (url, expected) in cases {
            assert_eq!(on_host(url, "/x"), expected);
        }
    }
}
