//! The table of CI's steps: the quick ones first, so that a slip is known in seconds.

use crate::failure::{Failure, Outcome};
use crate::postgres::{self, Server};
use crate::{chat_page, html_browser, html_proof, layers, shell, tidy, tools};

/// One step of CI.
pub(super) struct Step {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) run: fn(&mut Session) -> Outcome,
}

/// Every step; a new one is a line here.
#[rustfmt::skip]
pub(super) const STEPS: &[Step] = &[
    Step { name: "fmt", about: "the code is formatted", run: fmt },
    Step { name: "layers", about: "no crate depends on one it must not know", run: |_| layers::run(&[]) },
    Step { name: "tidy", about: "what no compiler checks", run: |_| tidy::run(&[]) },
    Step { name: "typos", about: "words are spelled right", run: typos },
    Step { name: "unused", about: "every dependency is used", run: unused },
    Step { name: "deny", about: "licenses, sources and bans of dependencies", run: deny },
    Step { name: "clippy", about: "lints, warnings denied", run: clippy },
    Step { name: "alone", about: "the crates that others take build by themselves", run: alone },
    Step { name: "test", about: "every test, on memory, SQLite and PostgreSQL", run: test },
    Step { name: "html-proof", about: "other parsers read clean HTML as it was meant", run: |_| html_proof::run(&[]) },
    Step { name: "html-browser", about: "a browser finds nothing to run in clean HTML", run: |_| html_browser::run(&[]) },
    Step { name: "chat-page", about: "a browser plays a conversation on the simulator's page", run: |_| chat_page::run(&[]) },
    Step { name: "doc", about: "the documentation builds, warnings denied", run: doc },
];

/// The crates that people build into programs of their own.
const PUBLISHED: [&str; 4] = ["deskport-domain", "deskport-wire", "deskport-ports", "deskport-testkit"];

/// What the steps of one run share.
#[derive(Debug, Default)]
pub(super) struct Session {
    postgres: Option<Server>,
}

impl Session {
    /// PostgreSQL, started when the first step asks and stopped when the run ends.
    fn postgres(&mut self) -> Result<&Server, Failure> {
        if self.postgres.is_none() {
            self.postgres = Some(Server::obtain()?);
        }
        self.postgres.as_ref().ok_or_else(|| Failure::new("PostgreSQL was not started"))
    }
}

fn fmt(_: &mut Session) -> Outcome {
    shell::run(&mut shell::cargo("fmt --all --check"))
}

fn typos(_: &mut Session) -> Outcome {
    shell::run(tools::command("typos")?.args(["--format", "brief"]))
}

fn unused(_: &mut Session) -> Outcome {
    shell::run(&mut tools::command("cargo-shear")?)
}

/// Not `advisories`: their database lives outside the package registries, and a check that
/// depends on today's news belongs in a scheduled job, not between a change and its landing.
fn deny(_: &mut Session) -> Outcome {
    shell::run(tools::command("cargo-deny")?.args(["--all-features", "check", "bans", "licenses", "sources"]))
}

fn clippy(_: &mut Session) -> Outcome {
    // Warnings are denied behind `--`: RUSTFLAGS would build every dependency a second time.
    shell::run(&mut shell::cargo("clippy --workspace --all-targets --all-features -- -D warnings"))
}

/// Built with the whole workspace, a crate gets every feature that anyone asks for, and hides what it lacks.
fn alone(_: &mut Session) -> Outcome {
    let packages = PUBLISHED.map(|name| format!("--package {name}")).join(" ");
    shell::run(&mut shell::cargo(&format!("clippy --lib {packages} -- -D warnings")))
}

fn test(session: &mut Session) -> Outcome {
    let url = session.postgres()?.url();
    let mut command = shell::cargo("test --workspace --all-features --no-fail-fast");
    shell::run(command.env(postgres::URL_VARIABLE, url))
}

fn doc(_: &mut Session) -> Outcome {
    let mut command = shell::cargo("doc --workspace --all-features --no-deps --document-private-items");
    shell::run(command.env("RUSTDOCFLAGS", "-D warnings"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workflow_has_a_job_for_every_step() {
        let workflow = std::fs::read_to_string(shell::root().join(".github/workflows/ci.yml")).unwrap();
        let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        assert!(workflow.contains(&format!("step: [{}]", names.join(", "))), "{names:?}");
    }
}
