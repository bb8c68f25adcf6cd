//! Who is shown a simulation while it runs.

use std::fmt::Debug;
use std::sync::Arc;

use super::{Comparison, Step, Trouble};
use crate::client::{Exchange, Secrets, Watch};

/// Whose call it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Fin calls the helpdesk.
    Fin,
    /// A person of the helpdesk works there.
    Desk,
    /// The helpdesk tells Fin.
    Webhook,
}

/// One thing to be seen.
#[derive(Debug)]
pub enum Happening<'h> {
    /// A step begins; in a scenario, on this line.
    Step(Option<usize>, &'h Step),
    /// A request was answered, or not; no secrets are in it.
    Exchange(Side, &'h Exchange),
    /// The last answer got lost before it reached Fin.
    AnswerLost,
    /// Fin waits a minute and repeats the call, for the so-manieth time.
    Repeat(u32),
    /// A step could not be done.
    Trouble(&'h Trouble),
    /// Fin's belief was compared with the server.
    Compared(&'h Comparison),
}

/// Is shown a simulation while it runs.
pub trait Audience: Debug + Send + Sync {
    /// One more thing happened.
    fn see(&self, happening: &Happening<'_>);
}

/// Looks away.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nobody;

impl Audience for Nobody {
    fn see(&self, _happening: &Happening<'_>) {}
}

/// Shows the exchanges of one side to the audience.
#[derive(Debug)]
pub(super) struct Reporter {
    pub(super) side: Side,
    pub(super) audience: Arc<dyn Audience>,
    pub(super) secrets: Secrets,
}

impl Watch for Reporter {
    fn exchange(&self, exchange: &Exchange) {
        let exchange = self.secrets.cut_exchange(exchange.clone());
        self.audience.see(&Happening::Exchange(self.side, &exchange));
    }
}
