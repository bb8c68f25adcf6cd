//! What to type for a first call: lines for a terminal, with nothing secret in them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;

use crate::settings::{Fin, Signature};

/// Text for whoever started the server for the first time.
pub(crate) fn hint(address: SocketAddr, credentials: &Path, fin: &Fin) -> String {
    let server = format!("http://{}", reachable(address));
    let file = quoted(&credentials.display().to_string());
    let prefix = &fin.prefix;
    let signed = match fin.signature {
        Signature::Enforce => {
            "\n(fin.signature is `enforce`, so the last line is refused: it is not signed.)\n"
        }
        Signature::Off | Signature::Log => "",
    };
    format!(
        r#"
deskport serves Fin at {server}{prefix}
The secrets of this first start are in {file}, for your eyes only.
To fetch a token as Fin does, and list the agents, paste this into another terminal:

  member() {{ sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p"; }}
  TOKEN=$(curl -s -u "$(member client_id <{file}):$(member client_secret <{file})" -d grant_type=client_credentials {server}/oauth/token | member access_token)
  curl -s -H "Authorization: Bearer $TOKEN" {server}{prefix}/agents
{signed}"#
    )
}

/// An address for this machine: "all addresses" is none to call.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

/// The text as one word for a shell.
fn quoted(text: &str) -> String {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "-_./".contains(character);
    if text.chars().all(is_plain) { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_can_be_called() {
        let cases = [("0.0.0.0:80", "127.0.0.1:80"), ("[::]:80", "[::1]:80"), ("10.0.0.1:80", "10.0.0.1:80")];
        for (bound, called) in cases {
            assert_eq!(reachable(bound.parse().unwrap()), called.parse().unwrap());
        }
    }

    #[test]
    fn a_path_stays_one_word() {
        assert_eq!(quoted("data/credentials.json"), "data/credentials.json");
        assert_eq!(quoted("my data/it's.json"), r"'my data/it'\''s.json'");
    }
}
