//! Plays Fin, its Messenger and the people of the helpdesk against a server, and compares what Fin believes in the end
//! with what the server holds: every message once, in order, nothing missing.
//!
//! ```no_run
//! use std::sync::Arc;
//!
//! use deskport_conformance::Variant;
//! use deskport_conformance::client::Access;
//! use deskport_conformance::simulate::{Nobody, Scenario, SimulateOptions, Simulator};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let scenario: Scenario = "user Jane jane@example.com\nJane starts: Hello!".parse()?;
//! let access = Access::Fixed("secret".to_owned());
//! let options = SimulateOptions::new("https://helpdesk.example.com/api/fin", Variant::P, access)?;
//! let mut simulator = Simulator::start(options, Arc::new(Nobody)).await?;
//! let outcome = simulator.play(&scenario).await;
//! assert!(outcome.is_good(), "{outcome}");
//! # Ok(())
//! # }
//! ```

mod answerer;
mod audience;
mod belief;
mod clock;
mod compare;
mod desk;
mod dice;
mod fin;
mod news;
mod options;
mod page;
mod scenario;
mod simulator;

pub use audience::{Audience, Happening, Nobody, Side};
pub use clock::Pace;
pub use compare::{Comparison, Difference, Flaw};
pub use options::{Begin, DeskAccess, Inbox, SimulateOptions};
pub use page::{Page, PageOptions};
pub use scenario::{AgentAct, FinAct, RandomOptions, Role, Scenario, ScenarioError, Step, UserAct, demos};
pub use simulator::{Outcome, SimulateError, Simulator, Trouble};
