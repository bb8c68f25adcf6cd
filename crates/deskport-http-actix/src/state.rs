//! What all requests share.

use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use actix_web::{HttpRequest, http::header};
use deskport_application::Helpdesk;

use crate::{
    HttpOptions,
    desk::Streams,
    limit::Limiter,
    problem::{Kind, Problem},
    shelf::Shelf,
    token::Throttle,
};

/// How many tokens are remembered to hold them to the rate limit.
const LIMITED_TOKENS: usize = 10_000;

/// The helpdesk, the options, and what is counted across requests and workers.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) helpdesk: Helpdesk,
    /// The same helpdesk, of whose changes Fin is told.
    pub(crate) desk: Helpdesk,
    pub(crate) options: HttpOptions,
    pub(crate) rate: Option<Limiter<Box<str>>>,
    pub(crate) throttle: Throttle,
    pub(crate) streams: Arc<Streams>,
    pub(crate) shelf: Option<Shelf>,
    in_flight: Arc<AtomicUsize>,
}

/// The place of one request among those that are worked on; free again when dropped.
#[derive(Debug)]
pub(crate) struct Slot(Arc<AtomicUsize>);

impl State {
    pub(crate) fn new(helpdesk: Helpdesk, options: HttpOptions) -> Self {
        let rate = options.rate_limit.map(|rate| Limiter::new(rate, LIMITED_TOKENS));
        let (desk, throttle) = (helpdesk.for_desk(), Throttle::default());
        let (streams, in_flight) = (Arc::default(), Arc::default());
        let shelf = Shelf::new(options.list_cache_bytes);
        Self { helpdesk, desk, options, rate, throttle, streams, shelf, in_flight }
    }

    /// A place for one more request.
    pub(crate) fn take_slot(&self) -> Result<Slot, Problem> {
        let slot = Slot(Arc::clone(&self.in_flight));
        if self.in_flight.fetch_add(1, Ordering::Relaxed) >= self.options.max_in_flight {
            return Err(Problem::new(Kind::Overloaded));
        }
        Ok(slot)
    }

    /// Who is calling, as far as the network tells.
    pub(crate) fn peer(&self, request: &HttpRequest) -> Option<IpAddr> {
        if !self.options.behind_proxy {
            return request.peer_addr().map(|address| address.ip());
        }
        let forwarded = request.headers().get_all(header::X_FORWARDED_FOR).last()?;
        forwarded.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
