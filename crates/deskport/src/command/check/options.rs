//! From the command line to what the checker is told.

use std::path::Path;
use std::time::Duration;

use deskport_conformance::client::{Access, DigestEncoding, EndpointFile, Signer};
use deskport_conformance::{CheckOptions, Trigger, Variant, WebhookOptions};

use crate::cli::{AccessFlags, CheckArgs, Digest, Lifetime, SignatureFlags, VariantName, WebhookFlags};
use crate::failure::{Failure, Outcome};
use crate::settings::SecretSetting;

/// Where a deskport has the desk's API, unless it was set up otherwise.
const DESK_PATH: &str = "/api/desk/v1";

pub(super) fn read(args: &CheckArgs) -> Outcome<CheckOptions> {
    let endpoints = match &args.endpoints {
        None => EndpointFile::default(),
        Some(path) => EndpointFile::parse(&text_of(path, "--endpoints")?)
            .map_err(|error| Failure::in_setting("--endpoints", &error))?,
    };
    Ok(CheckOptions {
        variants: match args.variant {
            VariantName::R => vec![Variant::R],
            VariantName::P => vec![Variant::P],
            VariantName::Both => vec![Variant::R, Variant::P],
        },
        access: access(&args.access),
        endpoints,
        signer: signer(&args.signature),
        expired_token: args.access.expired_token.as_ref().map(revealed),
        expiry_wait: args.access.expiry_wait.map_or(Duration::ZERO, Lifetime::duration),
        timeout: args.timeout.duration(),
        webhooks: webhooks(&args.webhooks, &args.url),
        roots: args.roots.as_deref().map(|path| text_of(path, "--roots")).transpose()?,
        strict: args.strict,
        ..CheckOptions::new(args.url.clone())
    })
}

fn access(flags: &AccessFlags) -> Access {
    match (&flags.token, &flags.token_url, &flags.client_id, &flags.client_secret) {
        (Some(token), ..) => Access::Fixed(revealed(token)),
        (None, Some(token_url), Some(client_id), Some(client_secret)) => Access::ClientCredentials {
            token_url: token_url.clone(),
            client_id: client_id.clone(),
            client_secret: revealed(client_secret),
        },
        _ => Access::Open,
    }
}

fn signer(flags: &SignatureFlags) -> Option<Signer> {
    let encoding = match flags.signing_digest {
        Digest::Hex => DigestEncoding::Hex,
        Digest::Base64 => DigestEncoding::Base64,
    };
    flags.signing_key.as_ref().map(|key| Signer::new(key.reveal(), encoding))
}

fn webhooks(flags: &WebhookFlags, url: &str) -> Option<WebhookOptions> {
    let desk = flags.desk_token.as_ref().map(|token| Desk {
        url: flags.desk_url.clone().unwrap_or_else(|| format!("{}{DESK_PATH}", origin(url))),
        token: revealed(token),
    });
    let change = flags.change_url.as_ref().map(|url| Trigger {
        method: flags.change_method.clone(),
        url: url.clone(),
        token: flags.change_token.as_ref().map(revealed),
        body: flags.change_body.clone(),
    });
    Some(WebhookOptions {
        listen: flags.webhook_listen?,
        key: flags.webhook_key.as_ref().map(revealed),
        patience: flags.webhook_wait.duration(),
        trigger: change.or_else(|| desk.as_ref().map(Desk::reply)),
        typing: desk.as_ref().map(Desk::typing),
    })
}

/// The desk's API of a deskport.
struct Desk {
    url: String,
    token: String,
}

impl Desk {
    fn reply(&self) -> Trigger {
        self.post("messages", r#"{"agent_id": "{agent_id}", "body": "<p>Conformance: a reply</p>"}"#)
    }

    fn typing(&self) -> Trigger {
        self.post("typing", r#"{"agent_id": "{agent_id}"}"#)
    }

    fn post(&self, what: &str, body: &str) -> Trigger {
        Trigger {
            method: "POST".to_owned(),
            url: format!("{}/conversations/{{conversation_id}}/{what}", self.url.trim_end_matches('/')),
            token: Some(self.token.clone()),
            body: body.to_owned(),
        }
    }
}

/// Scheme, host and port of `url`.
fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |scheme| scheme + "://".len());
    url[host..].find('/').map_or(url, |path| &url[..host + path])
}

fn revealed(secret: &SecretSetting) -> String {
    secret.reveal().to_owned()
}

fn text_of(path: &Path, flag: &str) -> Outcome<String> {
    std::fs::read_to_string(path)
        .map_err(|error| Failure::in_setting(&format!("{flag} {}", path.display()), &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_desk_is_on_the_same_host() {
        assert_eq!(origin("https://desk.example.com:8443/api/fin"), "https://desk.example.com:8443");
        assert_eq!(origin("http://127.0.0.1:8080"), "http://127.0.0.1:8080");
    }
}
