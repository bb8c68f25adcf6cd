//! The checker against servers of known quality: correct ones pass, each broken one fails its own rules only.

mod correct;
mod mutations;
mod reference;
