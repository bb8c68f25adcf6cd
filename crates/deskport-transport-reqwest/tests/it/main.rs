//! Both transports against a real listener.

#![expect(clippy::unwrap_used, reason = "what goes wrong in a helper must fail the test that called")]

mod desk;
mod fin;
