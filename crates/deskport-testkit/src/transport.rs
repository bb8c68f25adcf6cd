//! The contract suite for transports: one function for each thing that a transport promises.
//!
//! [`transport_contract!`](crate::transport_contract) turns the whole list into tests. They run against
//! a [`Listener`] on this machine that answers, refuses, hangs and breaks off as a test says.
//!
//! Each behavior panics when the transport does not keep its promise.

mod given;
mod listener;
mod reply;

pub mod answers;
pub mod connections;
pub mod faults;

use std::sync::Arc;
use std::time::Duration;

use deskport_domain::Timestamp;
use deskport_ports::{Accepted, EventTransport, TransportError, WebhookTransport};

pub use listener::{Heard, Listener};
pub use reply::Reply;

/// Stamps out one test for each behavior that the ports promise of a transport.
///
/// `make` is a function that makes a transport for a [`Target`]. It runs within a Tokio runtime. Where
/// one adapter has several kinds of transport, each gets a module with its own `make`.
///
/// ```
/// # #[cfg(any())]
/// fn make(target: &Target) -> Subject {
///     Subject::Webhook(Arc::new(MyTransport::new(&target.url, target.time_limit)))
/// }
///
/// # #[cfg(any())]
/// deskport_testkit::transport_contract!(make);
/// ```
#[macro_export]
macro_rules! transport_contract {
    ($make:path) => {
        $crate::stamp_transport_test! { $make =>
            answers {
                every_success_is_accepted
                an_attempt_is_one_request
                a_refusal_tells_its_status
                a_redirect_is_not_followed
                a_pause_in_seconds_is_told
                a_pause_until_a_date_is_told
                a_date_in_the_past_is_no_pause
                a_pause_that_makes_no_sense_is_left_out
                a_long_answer_is_not_read_to_its_end
                a_long_refusal_keeps_its_status
            }
            connections {
                connections_are_used_again
                attempts_do_not_wait_for_each_other
                a_broken_connection_does_not_break_the_next_attempt
                an_attempt_that_is_given_up_leaves
            }
            faults {
                nobody_there_is_unreachable
                silence_ends_by_the_time_limit
                half_an_answer_ends_by_the_time_limit
                a_connection_that_closes_is_unreachable
                an_answer_that_breaks_off_is_no_success
                a_refusal_that_breaks_off_keeps_its_status
                an_answer_that_is_not_http_is_unreachable
                an_endless_head_is_unreachable
            }
        }
    };
}

/// One module per topic, one test per behavior.
#[doc(hidden)]
#[macro_export]
macro_rules! stamp_transport_test {
    ($make:path => $($topic:ident { $($behavior:ident)* })*) => {
        $crate::stamp_transport_test! { @topics $($topic $make { $($behavior)* })* }
    };
    (@topics $($topic:ident $make:path { $($behavior:ident)* })*) => {
        $(
            mod $topic {
                use super::*;

                $crate::stamp_transport_test! { @tests $topic $($behavior $make,)* }
            }
        )*
    };
    (@tests $topic:ident $($behavior:ident $make:path,)*) => {
        $(
            #[test]
            fn $behavior() {
                $crate::transport::prove($crate::transport::$topic::$behavior(&$make));
            }
        )*
    };
}

/// Makes the transport under test.
pub type Make<'a> = &'a (dyn Fn(&Target) -> Subject + Sync);

/// Where a transport sends to, and how it must do so.
#[derive(Debug, Clone)]
pub struct Target {
    /// The base URL: `http`, an address of this machine, a port, and nothing after it.
    pub url: String,
    /// How long connecting and the whole call may take.
    pub time_limit: Duration,
    /// What the transport's clock shows.
    pub now: Timestamp,
}

/// A transport under test.
#[derive(Clone)]
pub enum Subject {
    /// One that tells Fin.
    Webhook(Arc<dyn WebhookTransport>),
    /// One that tells the desk.
    Event(Arc<dyn EventTransport>),
}

impl Subject {
    /// Sends something.
    ///
    /// # Errors
    /// Those of the transport.
    pub async fn attempt(&self) -> Result<Accepted, TransportError> {
        match self {
            Self::Webhook(transport) => transport.send(&given::notification()).await,
            Self::Event(transport) => transport.send_event(&given::event()).await,
        }
    }
}

impl std::fmt::Debug for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Webhook(_) => "Webhook(…)",
            Self::Event(_) => "Event(…)",
        })
    }
}

/// Runs one behavior; one that hangs fails.
pub fn prove(behavior: impl Future<Output = ()>) {
    const PATIENCE: Duration = Duration::from_mins(1);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let ended = runtime.block_on(async { tokio::time::timeout(PATIENCE, behavior).await });
    assert!(ended.is_ok(), "an attempt did not end");
}
