//! The built program, from outside: what an operator types, and what Fin sends.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod check;
mod commands;
mod crash;
mod credentials;
mod deliveries;
mod doctor;
mod durability;
mod first_start;
mod follow;
mod notify;
mod secrecy;
mod session;
mod shutdown;
mod simulate;
mod start;
mod support;
