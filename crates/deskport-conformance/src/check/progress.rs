//! Who is told how far a run has come.

use crate::report::Finding;

/// Told of each rule as soon as it is judged.
pub trait Progress: Send + Sync {
    /// The run begins; so many rules will be judged.
    fn begin(&self, rules: usize);

    /// One more is judged.
    fn judged(&self, finding: &Finding);
}

/// Tells nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _rules: usize) {}

    fn judged(&self, _finding: &Finding) {}
}
