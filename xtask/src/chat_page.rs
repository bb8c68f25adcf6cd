//! Plays a conversation on the simulator's chat page, in a real browser, and looks at what it shows.

use std::fs;
use std::path::Path;

use serde_json::json;

use crate::browser::Page;
use crate::failure::{Failure, Outcome};
use crate::program::Program;
use crate::shell;

/// A window on a desk, and one in a hand.
const WIDE: (u32, u32) = (1280, 800);
const NARROW: (u32, u32) = (390, 844);

/// `cargo xtask chat-page`; pictures of what it saw are in `chat-page` below the target directory.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    if !arguments.is_empty() {
        return Err(Failure::new("usage: cargo xtask chat-page"));
    }
    let pictures = shell::target().join("chat-page");
    fs::create_dir_all(&pictures).map_err(|error| Failure::io(pictures.display(), &error))?;
    let simulator = Program::simulate()?;
    let mut page = Page::open(&simulator.url, WIDE)?;
    let seen = look(&mut page, &simulator.url, &pictures);
    if seen.is_err() {
        page.save_picture(&pictures.join("failed.png"))?;
    }
    drop(page);
    seen?;
    simulator.stop()
}

fn look(page: &mut Page, url: &str, pictures: &Path) -> Outcome {
    page.save_picture(&pictures.join("start.png"))?;
    play(page)?;
    page.save_picture(&pictures.join("chat.png"))?;
    hostile_words_stay_words(page)?;
    bodies_hold_no_secrets(page)?;
    page.save_picture(&pictures.join("bodies.png"))?;
    fits_into_a_hand(page)?;
    page.save_picture(&pictures.join("narrow.png"))?;
    page.resize(WIDE)?;
    page.darken()?;
    page.save_picture(&pictures.join("dark.png"))?;
    stays_at_home(page, url)
}

/// A whole conversation: question, lost answer, handover, a person who types, notes and replies; in step at the end.
pub(crate) fn play(page: &mut Page) -> Outcome {
    page.wait_for("the page is live", "document.getElementById('link').textContent === 'live'")?;
    page.click("#start button")?;
    shows(page, ".message.user", "pricing plans")?;
    shows(page, ".message.fin", "two plans")?;

    page.click("#lose")?;
    page.wait_for("the next answer will be lost", "document.getElementById('lose').ariaPressed === 'true'")?;
    say(page, "say", "Thank you! One more thing: I would like to talk to a person.")?;
    shows(page, "#exchanges .lost", "answer lost")?;
    shows(page, "#exchanges .pause", "repeat 1 of 5")?;
    shows(page, ".mark", "Fin handed over to a person")?;
    let once = "[...document.querySelectorAll('.message.user:not(.pending)')].filter((one) => one.textContent.includes('One more thing')).length === 1";
    page.wait_for("the message is there once", once)?;

    page.click("[data-do=take_over]")?;
    shows(page, ".mark", "Sarah took over")?;
    say(page, "note", "A reseller; they called last week as well.")?;
    shows(page, ".message.note", "private note")?;
    choose(page, "reply")?;
    page.click("#text")?;
    page.write("Hello Jane, Sarah here. ")?;
    shows(page, ".message.typing", "is typing")?;
    page.write("What can I do for you?")?;
    page.press_enter()?;
    shows(page, ".message.agent:not(.unseen, .pending)", "Sarah here")?;

    page.click("#compare")?;
    shows(page, "#verdict.good", "each once and in order")
}

fn choose(page: &mut Page, kind: &str) -> Outcome {
    page.click(&format!("label:has([value={kind}])"))
}

fn say(page: &mut Page, kind: &str, words: &str) -> Outcome {
    choose(page, kind)?;
    page.click("#text")?;
    page.write(words)?;
    page.press_enter()
}

/// Waits until some element that `selector` finds holds these words.
fn shows(page: &mut Page, selector: &str, words: &str) -> Outcome {
    let (found, wanted) = (json!(selector), json!(words));
    let script =
        format!("[...document.querySelectorAll({found})].some((one) => one.textContent.includes({wanted}))");
    page.wait_for(&format!("`{selector}` says \u{201c}{words}\u{201d}"), &script)
}

fn hostile_words_stay_words(page: &mut Page) -> Outcome {
    let words = "<img src=x onerror=alert(1)><script>alert(2)</script>";
    say(page, "say", words)?;
    shows(page, ".message.user:not(.pending)", words)?;
    page.wait_for("no element came of it", "!document.querySelector('#log img, #log script')")
}

fn bodies_hold_no_secrets(page: &mut Page) -> Outcome {
    page.click("#unfold")?;
    shows(page, "#exchanges pre.head", "authorization: [cut]")?;
    shows(page, "#exchanges pre.head", "x-webhook-key: [cut]")?;
    page.wait_for("no token is shown", "!/dp[a-z]_[A-Za-z0-9_-]{20}/.test(document.body.textContent)")
}

fn fits_into_a_hand(page: &mut Page) -> Outcome {
    page.resize(NARROW)?;
    page.wait_for("nothing is wider than the window", "document.documentElement.scrollWidth <= innerWidth")
}

/// The page asks nobody but its own server, and the browser has nothing to complain about.
fn stays_at_home(page: &Page, url: &str) -> Outcome {
    let away = page
        .requests()
        .into_iter()
        .filter(|request| !request.starts_with(url) && !request.starts_with("data:"));
    Failure::unless_empty("the page asked elsewhere", &away.collect::<Vec<_>>())?;
    Failure::unless_empty("the browser complained", &page.complaints())
}
