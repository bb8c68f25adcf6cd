//! A headless Chromium, driven as a person would drive it.

mod base64;
mod devtools;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};
use std::{env, fs};

use serde_json::{Value, json};

use self::devtools::DevTools;
use crate::failure::{Failure, Outcome};
use crate::shell;

/// How long something may take to show on a page.
const PATIENCE: Duration = Duration::from_mins(1);

/// How often to look.
const LOOK: Duration = Duration::from_millis(50);

/// Chromium, which is installed where that can be done.
pub(crate) fn program() -> Result<PathBuf, Failure> {
    if find().is_none() && shell::has_program("apt-get") {
        let arguments = ["install", "--yes", "--no-install-recommends", "chromium"];
        shell::run(Command::new("apt-get").args(arguments))?;
    }
    find().ok_or_else(|| Failure::new("no Chromium in PATH; install the package `chromium`"))
}

fn find() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(shell::find_program)
}

/// One page in a browser of its own; both end when it is dropped.
pub(crate) struct Page {
    tools: DevTools,
    profile: PathBuf,
}

impl Page {
    /// Opens `url` in a window of this size.
    pub(crate) fn open(url: &str, size: (u32, u32)) -> Result<Self, Failure> {
        let profile = env::temp_dir().join(format!("deskport-browser-{}", std::process::id()));
        let tools = DevTools::start(&program()?, &profile)?;
        let mut page = Self { tools, profile };
        for domain in ["Page.enable", "Runtime.enable", "Log.enable", "Network.enable"] {
            page.tools.call(domain, &json!({}))?;
        }
        page.resize(size)?;
        page.tools.call("Page.navigate", &json!({"url": url}))?;
        page.wait_for(
            "the page is loaded",
            "document.readyState === 'complete' && location.href !== 'about:blank'",
        )?;
        Ok(page)
    }

    /// Makes the window this large; two pixels of the screen for each of the page.
    pub(crate) fn resize(&mut self, (width, height): (u32, u32)) -> Outcome {
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 2, "mobile": false});
        self.tools.call("Emulation.setDeviceMetricsOverride", &metrics).map(drop)
    }

    /// Shows the page as to somebody who likes it dark.
    pub(crate) fn darken(&mut self) -> Outcome {
        let features = json!({"features": [{"name": "prefers-color-scheme", "value": "dark"}]});
        self.tools.call("Emulation.setEmulatedMedia", &features).map(drop)
    }

    /// What `script` gives.
    pub(crate) fn evaluate(&mut self, script: &str) -> Result<Value, Failure> {
        let parameters = json!({"expression": script, "awaitPromise": true, "returnByValue": true});
        let mut answer = self.tools.call("Runtime.evaluate", &parameters)?;
        match answer.get("exceptionDetails") {
            Some(details) => Err(Failure::new(format!("`{script}` failed: {details}"))),
            None => Ok(answer["result"]["value"].take()),
        }
    }

    /// Waits until `script` gives something that counts as true.
    pub(crate) fn wait_for(&mut self, what: &str, script: &str) -> Outcome {
        let start = Instant::now();
        while self.evaluate(&format!("Boolean({script})"))? != true {
            if start.elapsed() > PATIENCE {
                let text = self.evaluate("document.body.innerText")?;
                return Err(Failure::new(format!("not so: {what}; the page says {text}")));
            }
            sleep(LOOK);
        }
        Ok(())
    }

    /// Clicks in the middle of what `selector` finds, with the mouse.
    pub(crate) fn click(&mut self, selector: &str) -> Outcome {
        let selector = json!(selector);
        let place = self.evaluate(&format!(
            "(() => {{ const it = document.querySelector({selector}); it.scrollIntoView({{block: 'nearest'}}); \
             const box = it.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; }})()"
        ))?;
        for kind in ["mousePressed", "mouseReleased"] {
            let event =
                json!({"type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1});
            self.tools.call("Input.dispatchMouseEvent", &event)?;
        }
        Ok(())
    }

    /// Types where the cursor is.
    pub(crate) fn write(&mut self, text: &str) -> Outcome {
        self.tools.call("Input.insertText", &json!({"text": text})).map(drop)
    }

    /// Presses the key that sends.
    pub(crate) fn press_enter(&mut self) -> Outcome {
        for kind in ["keyDown", "keyUp"] {
            let event = json!({"type": kind, "key": "Enter", "code": "Enter", "text": "\r", "windowsVirtualKeyCode": 13});
            self.tools.call("Input.dispatchKeyEvent", &event)?;
        }
        Ok(())
    }

    /// Addresses that the page asked for.
    pub(crate) fn requests(&self) -> Vec<String> {
        let sent = self.tools.events.iter().filter(|event| event["method"] == "Network.requestWillBeSent");
        let urls = sent.filter_map(|event| event["params"]["request"]["url"].as_str());
        urls.map(str::to_owned).collect()
    }

    /// What the browser complained about: scripts that failed, and what the page's policy forbids.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let thrown = |event: &&Value| {
            event["method"] == "Runtime.exceptionThrown"
                || (event["method"] == "Log.entryAdded" && event["params"]["entry"]["level"] == "error")
                || event["method"] == "Page.javascriptDialogOpening"
        };
        self.tools.events.iter().filter(thrown).map(ToString::to_string).collect()
    }

    /// Writes what the window shows into a file.
    pub(crate) fn save_picture(&mut self, file: &Path) -> Outcome {
        let answer = self.tools.call("Page.captureScreenshot", &json!({"format": "png"}))?;
        let picture = answer["data"].as_str().and_then(base64::decode);
        let picture = picture.ok_or_else(|| Failure::new("the browser gave no picture"))?;
        fs::write(file, picture).map_err(|error| Failure::io(file.display(), &error))
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.tools.end();
        // What stays of it is in a directory for such things.
        let _ = fs::remove_dir_all(&self.profile);
    }
}
