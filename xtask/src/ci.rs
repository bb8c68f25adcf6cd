//! Runs the steps of CI one after another and says how each of them went.

mod steps;

use std::time::{Duration, Instant};

use crate::failure::{Failure, Outcome};
use steps::{STEPS, Session, Step};

/// `cargo xtask ci [STEP…] [--keep-going]`.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let request = Request::parse(arguments)?;
    let results = execute(&request, &mut Session::default());
    print_summary(&results);
    let bad: Vec<&str> =
        results.iter().filter(|result| result.outcome != Went::Well).map(|result| result.name).collect();
    if bad.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("not passed: {}; repeat one with `cargo xtask ci STEP`", bad.join(", "))))
}

/// Whether `ci` has a step of this name.
pub(crate) fn has_step(name: &str) -> bool {
    STEPS.iter().any(|step| step.name == name)
}

/// Name and purpose of every step, in the order in which they run.
pub(crate) fn steps() -> impl Iterator<Item = (&'static str, &'static str)> {
    STEPS.iter().map(|step| (step.name, step.about))
}

/// Which steps to run, and what to do when one fails.
struct Request {
    steps: Vec<&'static Step>,
    keep_going: bool,
}

impl Request {
    fn parse(arguments: &[String]) -> Result<Self, Failure> {
        let (options, names): (Vec<&String>, Vec<&String>) =
            arguments.iter().partition(|argument| argument.starts_with('-'));
        if let Some(unknown) = options.iter().find(|option| **option != "--keep-going") {
            return Err(Failure::new(format!("ci does not know the option `{unknown}`")));
        }
        if let Some(unknown) = names.iter().find(|name| !has_step(name)) {
            let known: Vec<&str> = steps().map(|(name, _)| name).collect();
            return Err(Failure::new(format!("ci has no step `{unknown}`; it has: {}", known.join(", "))));
        }
        let wanted = |step: &&Step| names.is_empty() || names.iter().any(|name| *name == step.name);
        Ok(Self { steps: STEPS.iter().filter(wanted).collect(), keep_going: !options.is_empty() })
    }
}

/// How a step went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Went {
    Well,
    Wrong,
    NotRun,
}

struct StepResult {
    name: &'static str,
    outcome: Went,
    took: Duration,
}

fn execute(request: &Request, session: &mut Session) -> Vec<StepResult> {
    let mut stopped = false;
    let mut results = Vec::new();
    for step in &request.steps {
        if stopped {
            results.push(StepResult { name: step.name, outcome: Went::NotRun, took: Duration::ZERO });
            continue;
        }
        println!("\n=== {}: {}", step.name, step.about);
        let start = Instant::now();
        let outcome = (step.run)(session);
        let result = StepResult { name: step.name, outcome: judge(outcome), took: start.elapsed() };
        println!("=== {} {} ({:.1} s)", result.name, verdict(result.outcome), result.took.as_secs_f64());
        stopped = result.outcome == Went::Wrong && !request.keep_going;
        results.push(result);
    }
    results
}

fn judge(outcome: Outcome) -> Went {
    match outcome {
        Ok(()) => Went::Well,
        Err(failure) => {
            eprintln!("{failure}");
            Went::Wrong
        }
    }
}

fn verdict(outcome: Went) -> &'static str {
    match outcome {
        Went::Well => "passed",
        Went::Wrong => "FAILED",
        Went::NotRun => "not run",
    }
}

fn print_summary(results: &[StepResult]) {
    println!("\nSummary");
    for result in results {
        println!("  {:<10} {:<8} {:>7.1} s", result.name, verdict(result.outcome), result.took.as_secs_f64());
    }
    let total: Duration = results.iter().map(|result| result.took).sum();
    println!("  {:<10} {:<8} {:>7.1} s", "total", "", total.as_secs_f64());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fails(_: &mut Session) -> Outcome {
        Err(Failure::new("broken on purpose"))
    }

    const BROKEN: Step = Step { name: "broken", about: "fails", run: fails };
    const FINE: Step = Step { name: "fine", about: "passes", run: |_| Ok(()) };

    fn outcomes(keep_going: bool) -> Vec<Went> {
        let request = Request { steps: vec![&BROKEN, &FINE], keep_going };
        execute(&request, &mut Session::default()).iter().map(|result| result.outcome).collect()
    }

    #[test]
    fn a_failure_stops_the_steps_after_it() {
        assert_eq!(outcomes(false), [Went::Wrong, Went::NotRun]);
    }

    #[test]
    fn keep_going_runs_the_steps_after_a_failure() {
        assert_eq!(outcomes(true), [Went::Wrong, Went::Well]);
    }

    #[test]
    fn no_name_means_every_step() {
        assert_eq!(Request::parse(&[]).unwrap().steps.len(), STEPS.len());
    }

    #[test]
    fn an_unknown_step_is_refused() {
        let failure = Request::parse(&["nonsense".to_owned()]).err().unwrap();
        assert!(failure.to_string().starts_with("ci has no step `nonsense`"));
    }
}
