//! The browser's own protocol for being driven: JSON over two pipes, each message ended by a zero.

use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::failure::{Failure, Outcome};

/// How long the browser may take for an answer.
const PATIENCE: Duration = Duration::from_mins(2);

/// The browser reads from descriptor 3 and writes to descriptor 4.
const WIRED: &str = r#"exec "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1"#;

/// A browser with one page, and the way to it.
pub(super) struct DevTools {
    child: Child,
    to_browser: ChildStdin,
    from_browser: Receiver<Value>,
    session: String,
    calls: u64,
    /// Everything that the browser said unasked.
    pub(super) events: Vec<Value>,
}

impl DevTools {
    /// Starts the browser without a window, without the internet, and with one empty page.
    pub(super) fn start(browser: &Path, profile: &Path) -> Result<Self, Failure> {
        let mut command = Command::new("sh");
        command.args(["-c", WIRED, "sh"]).arg(browser);
        // Whoever runs as root, as in containers, has no sandbox.
        command.args(["--headless", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu"]);
        command.args([
            "--no-first-run",
            "--disable-sync",
            "--disable-component-update",
            "--disable-dev-shm-usage",
        ]);
        command.args(["--disable-background-networking", "--hide-scrollbars", "--force-color-profile=srgb"]);
        command.args(["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--lang=en-US"]);
        command.arg(format!("--user-data-dir={}", profile.display()));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut child = command.spawn().map_err(|error| Failure::io(browser.display(), &error))?;
        let (Some(to_browser), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Failure::new("the browser has no pipes"));
        };
        let (session, events) = (String::new(), Vec::new());
        let mut tools = Self { child, to_browser, from_browser: listen(output), session, calls: 0, events };
        tools.attach()?;
        Ok(tools)
    }

    fn attach(&mut self) -> Outcome {
        let target = self.call("Target.createTarget", &json!({"url": "about:blank"}))?;
        let parameters = json!({"targetId": target["targetId"], "flatten": true});
        let attached = self.call("Target.attachToTarget", &parameters)?;
        attached["sessionId"].as_str().unwrap_or_default().clone_into(&mut self.session);
        Ok(())
    }

    /// Makes a call and waits for its answer.
    pub(super) fn call(&mut self, method: &str, parameters: &Value) -> Result<Value, Failure> {
        self.calls += 1;
        let mut message = json!({"id": self.calls, "method": method, "params": parameters});
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        let sent = self.to_browser.write_all(format!("{message}\0").as_bytes());
        sent.map_err(|error| Failure::io(method, &error))?;
        loop {
            let heard = self.from_browser.recv_timeout(PATIENCE);
            let mut heard =
                heard.map_err(|_| Failure::new(format!("the browser does not answer {method}")))?;
            if heard["id"] != self.calls {
                self.events.push(heard);
            } else if heard["error"].is_object() {
                return Err(Failure::new(format!("{method}: {}", heard["error"])));
            } else {
                return Ok(heard["result"].take());
            }
        }
    }

    /// Ends the browser.
    pub(super) fn end(&mut self) {
        // One that has ended already needs nothing more.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads what the browser says until it ends.
fn listen(output: impl Read + Send + 'static) -> Receiver<Value> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for message in BufReader::new(output).split(0) {
            let Some(message) = message.ok().and_then(|text| serde_json::from_slice(&text).ok()) else {
                return;
            };
            if sender.send(message).is_err() {
                return;
            }
        }
    });
    receiver
}
