//! What all requests share.

use std::{net::IpAddr, sync::Arc};

use actix_web::{HttpRequest, http::header};
use deskport_application::Helpdesk;

use crate::{HttpOptions, desk::Streams, limit::Limiter, shelf::Shelf, token::Throttle, traffic::Slots};

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
}

impl State {
    pub(crate) fn new(helpdesk: Helpdesk, options: HttpOptions) -> Self {
        let rate = options.rate_limit.map(|rate| Limiter::new(rate, LIMITED_TOKENS));
        let (desk, throttle) = (helpdesk.for_desk(), Throttle::default());
        let streams = Arc::default();
        let shelf = Shelf::new(options.list_cache_bytes);
        Self { helpdesk, desk, options, rate, throttle, streams, shelf }
    }

    /// The places, for one thread.
    pub(crate) fn slots(&self) -> Slots {
        self.options.traffic.slots(self.options.max_in_flight)
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
