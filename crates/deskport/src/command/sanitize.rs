//! `deskport sanitize`: the HTML rules as a filter.

use std::io::{BufRead, BufReader, BufWriter, Read, Write, stdin, stdout};

use deskport_domain::MessageBody;
use deskport_wire::ParseError;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::cli::SanitizeArgs;
use crate::failure::{Failure, Outcome};

/// How much is read and written at once.
const BUFFER: usize = 64 * 1024;

/// A line of input. Raw parts come out as they went in, whatever numbers they hold.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    id: &'a RawValue,
    #[serde(borrow)]
    html: &'a RawValue,
}

/// The same line, where its text is all that counts.
#[derive(Deserialize)]
struct Html {
    html: String,
}

/// A line of output.
#[derive(Serialize)]
struct Answer<'a> {
    id: &'a RawValue,
    html: &'a RawValue,
    out: &'a str,
}

/// Cleans standard input onto standard output.
pub(crate) fn run(args: &SanitizeArgs) -> Outcome {
    let (input, output) = (stdin().lock(), stdout().lock());
    if args.jsonl { lines(input, output) } else { whole(input, output) }
}

/// Cleans all of `input` as one document.
fn whole(mut input: impl Read, mut output: impl Write) -> Outcome {
    let mut html = Vec::new();
    input.read_to_end(&mut html).map_err(|error| Failure::while_doing("reading the input", &error))?;
    let clean = MessageBody::sanitize(&String::from_utf8_lossy(&html));
    output.write_all(clean.as_html().as_bytes())?;
    Ok(output.flush()?)
}

/// Cleans line by line. What was answered is written out before waiting for more.
fn lines(input: impl Read, output: impl Write) -> Outcome {
    let mut input = BufReader::with_capacity(BUFFER, input);
    let mut output = BufWriter::with_capacity(BUFFER, output);
    let mut line = Vec::new();
    for number in 1_u64.. {
        if !input.buffer().contains(&b'\n') {
            output.flush()?;
        }
        line.clear();
        let read = input.read_until(b'\n', &mut line);
        if read.map_err(|error| Failure::while_doing("reading the input", &error))? == 0 {
            break;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        if let Err(failure) = answer(&line, &mut output) {
            output.flush()?;
            return Err(failure.on_line(number));
        }
    }
    Ok(output.flush()?)
}

/// What is wrong with a line, or with writing its answer.
enum LineError {
    Json(serde_json::Error),
    Html(ParseError),
    Output(std::io::Error),
}

impl LineError {
    fn refuse(number: u64, reason: &str) -> Failure {
        Failure::new(format!("line {number}: {reason}; wanted {{\"id\": …, \"html\": \"…\"}}"))
    }

    fn on_line(self, number: u64) -> Failure {
        match self {
            Self::Output(error) => error.into(),
            Self::Json(error) if error.is_io() => std::io::Error::from(error).into(),
            Self::Json(error) => Self::refuse(number, &without_place(&error)),
            Self::Html(error) => Self::refuse(number, &error.to_string()),
        }
    }
}

fn answer(line: &[u8], output: &mut impl Write) -> Result<(), LineError> {
    let Line { id, html } = serde_json::from_slice(line).map_err(LineError::Json)?;
    let text: String = match serde_json::from_str(html.get()) {
        Ok(text) => text,
        // The server forgives half of a surrogate pair, and so does this.
        Err(_) => deskport_wire::parse::<Html>(line).map_err(LineError::Html)?.html,
    };
    let clean = MessageBody::sanitize(&text);
    let answer = Answer { id, html, out: clean.as_html() };
    serde_json::to_writer(&mut *output, &answer).map_err(LineError::Json)?;
    output.write_all(b"\n").map_err(LineError::Output)
}

/// The error's text without serde's own "at line 1", which would contradict ours.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split_once(" at line ").map_or(text.clone(), |(reason, _)| reason.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(input: &str) -> Result<String, (String, String)> {
        let mut output = Vec::new();
        let outcome = lines(input.as_bytes(), &mut output);
        let output = String::from_utf8(output).unwrap();
        outcome.map(|()| output.clone()).map_err(|failure| (output, failure.to_string()))
    }

    #[test]
    fn ids_of_any_kind_come_back_as_they_were() {
        for id in ["1", "\"a\"", "null", "[1, {\"b\":2}]", "1e999", "123456789012345678901234567890"] {
            let line = format!("{{\"id\": {id}, \"html\": \"x\"}}\n");
            assert_eq!(cleaned(&line), Ok(format!("{{\"id\":{id},\"html\":\"x\",\"out\":\"x\"}}\n")));
        }
    }

    #[test]
    fn the_html_comes_back_as_it_was_beside_the_clean_one() {
        let line = r#"{"html": "\u003cp onclick=a()\u003eA", "id": 1, "other": true}"#;
        let answer = cleaned(line).unwrap();
        assert!(answer.starts_with(r#"{"id":1,"html":"\u003cp onclick=a()\u003eA","out":""#), "{answer}");
    }

    #[test]
    fn half_a_surrogate_pair_is_forgiven() {
        let line = r#"{"id":1,"html":"a\ud800b"}"#;
        let expected = format!("{},\"out\":\"a\u{fffd}b\"}}\n", line.trim_end_matches('}'));
        assert_eq!(cleaned(line), Ok(expected));
    }

    #[test]
    fn html_that_is_no_text_is_refused() {
        let (_, failure) = cleaned("{\"id\":1,\"html\":5}").unwrap_err();
        assert!(failure.starts_with("line 1: ") && failure.contains("html"), "{failure}");
    }

    #[test]
    fn a_bad_line_is_named_after_what_came_before_it() {
        let (output, failure) = cleaned("{\"id\":1,\"html\":\"a\"}\n\n{\"id\":2}\n").unwrap_err();
        assert_eq!(output, "{\"id\":1,\"html\":\"a\",\"out\":\"a\"}\n");
        assert_eq!(failure, "line 3: missing field `html`; wanted {\"id\": …, \"html\": \"…\"}");
    }

    #[test]
    fn a_document_need_not_be_utf_8() {
        let mut output = Vec::new();
        whole(&b"caf\xe9"[..], &mut output).unwrap();
        assert_eq!(String::from_utf8(output).unwrap(), "caf\u{fffd}");
    }
}
