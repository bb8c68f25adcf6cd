//! `cargo xtask bench`: what is measured, each beside what limits it.

mod data;
mod growth;
mod html;
mod http;
mod measured;
mod options;
mod overload;
mod plot;
mod server;
mod slow_disk;
mod store;
mod wrk;

use crate::failure::{Failure, Outcome};

const USAGE: &str = "usage: cargo xtask bench html [messages] [hostile]
       cargo xtask bench store
       cargo xtask bench http [--database sqlite|postgres] [--against URL --token TOKEN]
                              [--connections 1,16,64,256] [--seconds 3] [--rounds 3] [--phases post,mix]
       cargo xtask bench growth [--database sqlite|postgres] [--conversations 20000] [--messages 50]
                                [--used 1000] [--seconds 3] [--rounds 3]
                                [--setting server.list_cache_bytes=0]…
       cargo xtask bench slow-disk [--delay-ms 4] [--seconds 3] [--rounds 3]
       cargo xtask bench overload [--database sqlite|postgres] [--seconds 120] [--connections 2000]
                                  [--times 3] [--setting server.max_in_flight=64]…";

/// `cargo xtask bench html|http|store|growth|slow-disk|overload`.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    match arguments.split_first() {
        Some((what, rest)) if what == "html" => html::run(rest),
        Some((what, rest)) if what == "http" => http::run(rest),
        Some((what, rest)) if what == "growth" => growth::run(rest),
        Some((what, rest)) if what == "slow-disk" => slow_disk::run(rest),
        Some((what, rest)) if what == "overload" => overload::run(rest),
        Some((what, [])) if what == "store" => store::run(),
        _ => Err(Failure::new(USAGE)),
    }
}
