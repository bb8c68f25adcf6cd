//! Slows down those who guess secrets, and nobody else: right secrets from elsewhere still work.

use std::net::{IpAddr, Ipv6Addr};

use deskport_domain::Timestamp;

use crate::{
    limit::{Limiter, Wait},
    problem::{Kind, Problem},
};

/// How many addresses, and how many clients at an address, are remembered.
const REMEMBERED: usize = 10_000;

/// The longest client id that is told apart from others.
const MAX_CLIENT_ID: usize = 128;

/// Failed attempts, by address and by client at an address.
#[derive(Debug)]
pub(crate) struct Throttle {
    by_peer: Limiter<Option<IpAddr>>,
    by_client: Limiter<(Option<IpAddr>, Box<str>)>,
}

/// An address may fail 20 times at once and then every 3 seconds; with one client id 5 times, and
/// then every 10 seconds.
impl Default for Throttle {
    fn default() -> Self {
        Self {
            by_peer: Limiter::spaced(3_000_000, 20, REMEMBERED),
            by_client: Limiter::spaced(10_000_000, 5, REMEMBERED),
        }
    }
}

impl Throttle {
    /// Refuses another attempt after too many failed ones.
    pub(super) fn check(&self, peer: Option<IpAddr>, client: &str, now: Timestamp) -> Result<(), Problem> {
        let peer = neighborhood(peer);
        self.by_peer
            .check(&peer, now)
            .and_then(|()| self.by_client.check(&(peer, short(client)), now))
            .map_err(|Wait(seconds)| Problem::new(Kind::TooManyRequests).retry_after(seconds))
    }

    /// Remembers a failed attempt. One more than the limit does not count, so nothing is to be done.
    pub(super) fn count_failure(&self, peer: Option<IpAddr>, client: &str, now: Timestamp) {
        let peer = neighborhood(peer);
        let _full = self.by_peer.take(&peer, now);
        let _full = self.by_client.take(&(peer, short(client)), now);
    }
}

/// The part of an address that one person does not change at will: of IPv6 the first half.
fn neighborhood(peer: Option<IpAddr>) -> Option<IpAddr> {
    peer.map(|peer| match peer.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        address @ IpAddr::V4(_) => address,
    })
}

fn short(client: &str) -> Box<str> {
    client.chars().take(MAX_CLIENT_ID).collect()
}
