//! The load: oha, with one thread, which holds a rate on many connections and notes every request.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::answers::{self, Answer};
use crate::bench::wrk::Target;
use crate::failure::{Failure, Outcome};
use crate::shell;

const ADVICE: &str = "oha is not on this machine; install it (cargo install --locked oha)";
/// A request that was sent without a schedule was due when it was sent.
const ANSWERS: &str = "SELECT printf('%d %.6f %.6f %.6f', status, coalesce(start_latency_correction, start), \
                       start, end) FROM oha";

/// oha at work.
#[derive(Debug)]
pub(super) struct Load {
    process: Child,
    told: PathBuf,
    noted: PathBuf,
}

/// What became of the requests.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) answers: Vec<Answer>,
    /// Requests without an answer, by what oha says of them.
    pub(super) failed: BTreeMap<String, u64>,
}

impl Load {
    /// Begins to post. With a rate each request has its time, whether or not others were answered;
    /// without one each connection posts again as soon as it is answered.
    pub(super) fn start(
        target: &Target<'_>,
        name: &str,
        connections: u32,
        seconds: u32,
        rate: Option<u64>,
    ) -> Result<Self, Failure> {
        let program = shell::find_program("oha").ok_or_else(|| Failure::new(ADVICE))?;
        let place = |end: &str| target.directory.join(format!("{name}.{end}"));
        let (told, noted) = (place("json"), place("oha"));
        let mut command = Command::new(program);
        command.args(["--no-tui", "--output-format", "json", "--worker-threads", "1", "-m", "POST"]);
        command.args(["-c", &connections.to_string(), "-z", &format!("{seconds}s")]);
        if let Some(rate) = rate {
            command.args(["--latency-correction", "-q", &rate.to_string()]);
        }
        command.arg("-Z").arg(target.directory.join("bodies")).arg("--db-url").arg(&noted);
        command.args(["-T", "application/json", "-H", &format!("Authorization: Bearer {}", token(target)?)]);
        command.arg("--output").arg(&told).arg(format!("{}/api/fin/messages", target.url));
        let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let process = command.spawn().map_err(|error| Failure::io("starting oha", &error))?;
        Ok(Self { process, told, noted })
    }

    /// Halts it: once its time is over it still writes down what it noted, on the same cores.
    pub(super) fn pause(&self) -> Outcome {
        self.signal("-STOP")
    }

    /// Lets it go on.
    pub(super) fn go_on(&self) -> Outcome {
        self.signal("-CONT")
    }

    fn signal(&self, signal: &str) -> Outcome {
        shell::run(Command::new("kill").args([signal, &self.process.id().to_string()]))
    }

    /// Waits until it has ended.
    pub(super) fn finish(mut self) -> Result<Sent, Failure> {
        let status = self.process.wait().map_err(|error| Failure::io("oha", &error))?;
        if !status.success() {
            return Err(Failure::new(format!("oha ended with {status}")));
        }
        let told =
            fs::read_to_string(&self.told).map_err(|error| Failure::io(self.told.display(), &error))?;
        let program = shell::find_program("sqlite3")
            .ok_or_else(|| Failure::new("sqlite3 is not on this machine; install it to measure this"))?;
        let noted = shell::read(Command::new(program).arg(&self.noted).arg(ANSWERS))?;
        Ok(Sent { answers: answers::read(&noted)?, failed: failed(&told)? })
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        // It has ended, unless something else failed meanwhile.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Writes what is posted, in turn by chance: a message to each conversation that has no others. Without
/// an id of Fin's own, since each is posted many times.
pub(super) fn write_bodies(directory: &Path) -> Result<(), Failure> {
    let failed = |error| Failure::io("writing what is posted", &error);
    let read = |name: &str| fs::read_to_string(directory.join(name)).map_err(failed);
    let (user, conversations) = (read("user")?, read("conversations")?);
    let all: Vec<&str> = conversations.lines().collect();
    let bodies: Vec<String> =
        all[all.len() / 2..].iter().map(|conversation| body(conversation, user.trim()) + "\n").collect();
    fs::write(directory.join("bodies"), bodies.concat()).map_err(failed)
}

fn body(conversation: &str, user: &str) -> String {
    let html = "<p>Hi! I'd like to know more about your <b>pricing plans</b>: see <a \
                href=\"https://example.com/plans?a=1\">this page</a>, and tell me which of them fits a team of \
                twelve that writes four hundred messages a day.</p>";
    serde_json::json!({
        "conversation_id": conversation, "message_type": "comment", "body": html,
        "author": {"id": user, "user_type": "end_user"}, "visibility": "public",
        "created_at": "2025-10-27T14:30:00.000Z",
        "attachments": [{"url": "https://example.com/files/pricing-guide.pdf", "filetype": "pdf",
            "filename": "Pricing Guide 2025"}],
    })
    .to_string()
}

fn token(target: &Target<'_>) -> Result<String, Failure> {
    let file = target.directory.join("token");
    let token = fs::read_to_string(&file).map_err(|error| Failure::io(file.display(), &error))?;
    Ok(token.trim().to_owned())
}

/// Reads which requests got no answer from what oha tells.
fn failed(told: &str) -> Result<BTreeMap<String, u64>, Failure> {
    let unreadable = || Failure::new(format!("oha did not say what failed:\n{told}"));
    let told: Value = serde_json::from_str(told).map_err(|_| unreadable())?;
    let errors = told["errorDistribution"].as_object().ok_or_else(unreadable)?;
    errors.iter().map(|(what, count)| Ok((what.clone(), count.as_u64().ok_or_else(unreadable)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failed_is_read_by_its_reason() {
        let told = r#"{"statusCodeDistribution":{"201":5},"errorDistribution":{"connection refused":3}}"#;
        assert_eq!(failed(told), Ok(BTreeMap::from([("connection refused".to_owned(), 3)])));
        assert_eq!(failed(r#"{"errorDistribution":{}}"#), Ok(BTreeMap::new()));
    }

    #[test]
    fn an_output_without_errors_is_not_taken_for_one_without_failures() {
        assert!(failed("{}").is_err());
        assert!(failed("oha: something went wrong").is_err());
    }
}
