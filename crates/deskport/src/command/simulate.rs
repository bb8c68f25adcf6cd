//! `deskport simulate`: Fin and its Messenger, played against a server.

mod demo;
mod narrator;
mod options;

use std::fs;
use std::io::{IsTerminal, stdout};
use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::sync::Arc;

use deskport_conformance::simulate::{
    Page, PageOptions, RandomOptions, Scenario, SimulateOptions, Simulator, demos,
};
use deskport_ports::IdSource as _;

use self::demo::Demo;
use self::narrator::Narrator;
use super::serve::signals;
use crate::cli::{PlayFlags, SimulateArgs};
use crate::failure::{Failure, Outcome};
use crate::output;
use crate::system::SystemIds;

/// Plays against the server that was named, or against one of its own.
pub(crate) async fn run(args: &SimulateArgs) -> Outcome {
    let scenario = scenario(args)?;
    if args.play.print {
        return match scenario {
            Some(scenario) => output::text(&scenario.to_string()),
            None => Err(Failure::usage("there is nothing to print without --scenario or --random")),
        };
    }
    if let Some(url) = &args.url {
        let options = options::of(args, url)?;
        return Box::pin(play(scenario, options, args.page)).await;
    }
    let (demo, options) = Demo::prepare(args).await?;
    demo.around(Box::pin(play(scenario, options, args.page))).await
}

/// What is to be played; nothing, if that is up to the page.
fn scenario(args: &SimulateArgs) -> Outcome<Option<Scenario>> {
    let PlayFlags { scenario, random, steps, .. } = &args.play;
    let server = &args.server;
    let is_demo = args.url.is_none();
    if let Some(seed) = random {
        let agents = is_demo || server.desk_token.is_some();
        let tokens = is_demo || server.client_id.is_some();
        return Ok(Some(Scenario::random(*seed, &RandomOptions { steps: *steps, agents, tokens })));
    }
    let Some(name) = scenario else { return Ok(None) };
    let text = match demos().iter().find(|(known, _)| known == name) {
        Some((_, text)) => (*text).to_owned(),
        None => fs::read_to_string(name).map_err(|error| Failure::usage(format!("{name}: {error}")))?,
    };
    let scenario = text.parse().map_err(|error| Failure::usage(format!("{name}: {error}")))?;
    Ok(Some(scenario))
}

/// Plays until the end, or until a signal says to stop: that is how a page ends, and no scenario should.
async fn play(scenario: Option<Scenario>, options: SimulateOptions, page: SocketAddr) -> Outcome {
    let stop = signals::stop()?;
    let Some(scenario) = scenario else { return open_page(options, page, stop).await };
    tokio::select! {
        played = play_out(&scenario, options) => played,
        () = stop => Err(Failure::new("stopped before the end")),
    }
}

async fn play_out(scenario: &Scenario, options: SimulateOptions) -> Outcome {
    let mut simulator =
        Simulator::start(options, Arc::new(Narrator)).await.map_err(|error| no_start(&error))?;
    let outcome = simulator.play(scenario).await;
    output::line(&format!("{} calls, {} notifications", outcome.calls, outcome.notifications))?;
    let steps = outcome.troubles.len();
    match (outcome.comparison.is_in_step(), steps) {
        (true, 0) => Ok(()),
        (true, _) => Err(Failure::new(format!("{steps} of the steps could not be done"))),
        (false, _) => Err(Failure::new("Fin and the server are out of step")),
    }
}

async fn open_page(options: SimulateOptions, listen: SocketAddr, stop: impl Future<Output = ()>) -> Outcome {
    let key = format!("{:032x}", key());
    let page = Page::open(options, PageOptions { listen, key }).await.map_err(|error| no_start(&error))?;
    output::line(&format!("The chat page: {}\nCtrl-C ends it.", page.url()))?;
    if stdout().is_terminal() {
        show_in_browser(page.url());
    }
    stop.await;
    Ok(())
}

/// The first half of a secret: 128 bits that nobody can guess.
fn key() -> u128 {
    let secret = SystemIds.secret();
    secret.iter().take(16).fold(0, |key, byte| key << 8 | u128::from(*byte))
}

/// Opens the page where there is a browser; the address has been said already.
fn show_in_browser(url: &str) {
    let program = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let _ = Command::new(program)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
}

fn no_start(error: &(dyn std::error::Error + 'static)) -> Failure {
    Failure::usage(Failure::while_doing("starting the simulation", error).to_string())
}
