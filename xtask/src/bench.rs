//! `cargo xtask bench`: what is measured, each beside what limits it.

mod html;
mod http;
mod measured;
mod plot;
mod server;
mod store;
mod wrk;

use crate::failure::{Failure, Outcome};

const USAGE: &str = "usage: cargo xtask bench html [messages] [hostile]
       cargo xtask bench store
       cargo xtask bench http [--database sqlite|postgres] [--against URL --token TOKEN]
                              [--connections 1,16,64,256] [--seconds 3] [--rounds 3] [--phases post,mix]";

/// `cargo xtask bench html|http|store`.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    match arguments.split_first() {
        Some((what, rest)) if what == "html" => html::run(rest),
        Some((what, rest)) if what == "http" => http::run(rest),
        Some((what, [])) if what == "store" => store::run(),
        _ => Err(Failure::new(USAGE)),
    }
}
