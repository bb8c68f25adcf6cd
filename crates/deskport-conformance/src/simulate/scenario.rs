//! What happens in a simulation, as sentences: one step a line.

mod demo;
mod parse;
mod random;
mod step;

use std::fmt;
use std::str::FromStr;

pub use demo::demos;
pub use parse::ScenarioError;
pub use random::RandomOptions;
pub use step::{AgentAct, FinAct, Role, Step, UserAct};

/// Steps, each with its line.
///
/// ```
/// use deskport_conformance::simulate::Scenario;
///
/// let scenario: Scenario = "
///     user Jane jane.doe@example.com
///     Jane starts: Hello! What does the small plan cost?
///     Fin says: Nine dollars a month.
/// ".parse()?;
/// assert_eq!(scenario.steps.len(), 3);
/// assert_eq!(scenario.steps[2].1.to_string(), "Fin says: Nine dollars a month.");
/// # Ok::<(), deskport_conformance::simulate::ScenarioError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scenario {
    /// The number of the line, and the step on it.
    pub steps: Vec<(usize, Step)>,
}

impl Scenario {
    /// Makes up a scenario. The same seed and the same options give the same one.
    pub fn random(seed: u64, options: &RandomOptions) -> Self {
        let steps = random::steps(seed, options);
        Self { steps: (1..).zip(steps).collect() }
    }

    /// Whether somebody of the helpdesk acts in it.
    pub fn needs_desk(&self) -> bool {
        self.steps.iter().any(|(_, step)| matches!(step, Step::Agent(..)))
    }
}

impl FromStr for Scenario {
    type Err = ScenarioError;

    fn from_str(text: &str) -> Result<Self, ScenarioError> {
        Ok(Self { steps: parse::steps(text)? })
    }
}

/// As it would be written in a file.
impl fmt::Display for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.steps.iter().try_for_each(|(_, step)| writeln!(f, "{step}"))
    }
}
