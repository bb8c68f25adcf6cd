//! Puts every output of the corpora into a real browser, and says what it did there.
//!
//! Usage: `browser CHROMIUM FOLDER`; the folder is for the page and the browser's profile.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::{env, fs};

use deskport_domain::html::sanitize;
use deskport_html_proof::{corpus, messages};

/// The page that runs the checks; `OUTPUTS` stands for a list of outputs.
const PAGE: &str = include_str!("browser.html");

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [browser, folder] = arguments.as_slice() else { return Err("usage: browser CHROMIUM FOLDER".into()) };
    let outputs = outputs()?;
    let page = Path::new(folder).join("page.html");
    fs::create_dir_all(folder)?;
    fs::write(&page, PAGE.replace("OUTPUTS", &list(&outputs)))?;
    let result = visit(browser, folder, &page)?;
    println!("{} outputs in the browser: {result}", outputs.len());
    Ok(if result == "ok" { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// All different outputs of the corpora.
fn outputs() -> Result<BTreeSet<String>, Box<dyn Error>> {
    let mut inputs = corpus::hostile()?;
    inputs.extend(corpus::mail()?.into_iter().map(|(_, mail)| mail));
    inputs.extend(messages::mails().into_iter().map(|(_, mail)| mail));
    inputs.extend(messages::hostile(40).into_iter().map(|(_, input)| input));
    Ok(inputs.iter().map(|input| sanitize(input).into_owned()).collect())
}

/// The outputs as a list in the page's script.
fn list(outputs: &BTreeSet<String>) -> String {
    let mut list = String::from("[");
    for output in outputs {
        list.push('"');
        for unit in output.encode_utf16() {
            match u8::try_from(unit).ok().filter(|byte| byte.is_ascii_alphanumeric() || b" =/:.".contains(byte)) {
                Some(byte) => list.push(char::from(byte)),
                None => list.push_str(&format!("\\u{unit:04x}")),
            }
        }
        list.push_str("\",");
    }
    list + "]"
}

/// What the page says when it is done.
fn visit(browser: &str, folder: &str, page: &Path) -> Result<String, Box<dyn Error>> {
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"])
        .args(["--host-resolver-rules=MAP * ~NOTFOUND", "--virtual-time-budget=60000", "--dump-dom"])
        .arg(format!("--user-data-dir={folder}/profile"))
        .arg(format!("file://{}", fs::canonicalize(page)?.display()))
        .output()?;
    let page = String::from_utf8_lossy(&output.stdout).into_owned();
    let result = page.split_once("<pre id=\"result\">").and_then(|(_, rest)| rest.split_once("</pre>"));
    Ok(result.map_or_else(|| format!("no result; the page was {} bytes", page.len()), |(text, _)| text.to_owned()))
}
