//! Realistic mail: what comes out, as HTML and as text, is kept beside it and reviewed by eye.
//!
//! Run with `DESKPORT_UPDATE=1` to write the outputs anew, then review the difference.
#![expect(clippy::unwrap_used, reason = "a corpus that cannot be read is a failure")]

use std::fs;
use std::path::{Path, PathBuf};

use deskport_domain::MessageBody;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/mail")
}

fn mails() -> Vec<PathBuf> {
    let files = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut mails: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|it| it == "html")).collect();
    mails.sort();
    mails
}

/// The output beside the mail, with a line break before each block so that differences can be read.
fn snapshot(body: &MessageBody) -> String {
    let mut html = body.as_html().to_owned();
    for tag in ["<p>", "<h1>", "<h2>", "<ul>", "<ol>", "<li>", "</ul>", "</ol>"] {
        html = html.replace(tag, &format!("\n{tag}"));
    }
    format!("{}\n\n---- text\n{}\n\n---- preview\n{}\n", html.trim_start(), body.to_text(), body.preview(80))
}

#[test]
fn every_mail_comes_out_as_reviewed() {
    let mut changed = Vec::new();
    for mail in mails() {
        let body = MessageBody::sanitize(&fs::read_to_string(&mail).unwrap());
        let expected = mail.with_extension("clean");
        if std::env::var_os("DESKPORT_UPDATE").is_some() {
            fs::write(&expected, snapshot(&body)).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != snapshot(&body) {
            changed.push(mail.file_name().unwrap().to_owned());
        }
    }
    assert!(changed.is_empty(), "changed: {changed:?}; DESKPORT_UPDATE=1 writes them anew");
}

#[test]
fn there_are_at_least_ten_mails() {
    assert!(mails().len() >= 10);
}
