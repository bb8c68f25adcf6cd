//! Makes the pictures of the documentation: the chat page after a conversation, and a report of the checker.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::browser::Page;
use crate::chat_page;
use crate::failure::{Failure, Outcome};
use crate::program::{self, Program};
use crate::shell;

/// The window, with room for a whole conversation.
const SIZE: (u32, u32) = (1280, 960);

/// `cargo xtask screenshots`.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    if !arguments.is_empty() {
        return Err(Failure::new("usage: cargo xtask screenshots"));
    }
    let images = shell::root().join("docs").join("images");
    fs::create_dir_all(&images).map_err(|error| Failure::io(images.display(), &error))?;
    chat(&images.join("chat.png"))?;
    report(&images.join("report.png"))
}

fn chat(picture: &Path) -> Outcome {
    let simulator = Program::simulate()?;
    let mut page = Page::open(&simulator.url, SIZE)?;
    chat_page::play(&mut page)?;
    page.save_picture(picture)?;
    drop(page);
    simulator.stop()
}

/// The checker's report about our own server.
fn report(picture: &Path) -> Outcome {
    let place = shell::target().join("screenshots");
    if place.exists() {
        fs::remove_dir_all(&place).map_err(|error| Failure::io(place.display(), &error))?;
    }
    fs::create_dir_all(&place).map_err(|error| Failure::io(place.display(), &error))?;
    let server = Program::serve(&place)?;
    let fin = credentials(&place.join("data").join("credentials.json"))?;
    let text = |name: &str| fin[name].as_str().unwrap_or_default();
    let file = place.join("report.html");
    let token_url = server.url.replace("/api/fin", "/oauth/token");
    let mut check = Command::new(program::built());
    check.args(["check", &server.url, "--token-url", &token_url, "--html"]).arg(&file);
    check.env("DESKPORT_CHECK_CLIENT_ID", text("client_id"));
    check.env("DESKPORT_CHECK_CLIENT_SECRET", text("client_secret"));
    shell::run(&mut check)?;
    server.stop()?;
    Page::open(&format!("file://{}", file.display()), SIZE)?.save_picture(picture)
}

fn credentials(file: &Path) -> Result<Value, Failure> {
    let text = fs::read_to_string(file).map_err(|error| Failure::io(file.display(), &error))?;
    let all: Value = serde_json::from_str(&text).map_err(|error| Failure::new(error.to_string()))?;
    Ok(all["fin"].clone())
}
