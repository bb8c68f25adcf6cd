//! What all requests share.

use std::{
    net::IpAddr,
    rc::Rc,
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

/// Where a thread takes places for its requests. The count is everybody's; what each request holds on
/// to is the thread's own, since threads that count one thing all the time wait for one another.
#[derive(Debug, Clone)]
pub(crate) struct Slots {
    in_flight: Rc<InFlight>,
    most: usize,
}

#[derive(Debug)]
struct InFlight(Arc<AtomicUsize>);

/// The place of one request among those that are worked on; free again when dropped.
#[derive(Debug)]
pub(crate) struct Slot(Rc<InFlight>);

impl State {
    pub(crate) fn new(helpdesk: Helpdesk, options: HttpOptions) -> Self {
        let rate = options.rate_limit.map(|rate| Limiter::new(rate, LIMITED_TOKENS));
        let (desk, throttle) = (helpdesk.for_desk(), Throttle::default());
        let (streams, in_flight) = (Arc::default(), Arc::default());
        let shelf = Shelf::new(options.list_cache_bytes);
        Self { helpdesk, desk, options, rate, throttle, streams, shelf, in_flight }
    }

    /// The places, for one thread.
    pub(crate) fn slots(&self) -> Slots {
        Slots { in_flight: Rc::new(InFlight(Arc::clone(&self.in_flight))), most: self.options.max_in_flight }
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

impl Slots {
    /// A place for one more request.
    pub(crate) fn take(&self) -> Result<Slot, Problem> {
        let slot = Slot(Rc::clone(&self.in_flight));
        if slot.0.0.fetch_add(1, Ordering::Relaxed) >= self.most {
            return Err(Problem::new(Kind::Overloaded));
        }
        Ok(slot)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}
