//! How much memory the HTML rules ask for, counted by an allocator.

mod counter;

use counter::count;
use deskport_domain::html::{sanitize, verify};
use deskport_html_proof::messages::Named;
use deskport_html_proof::{corpus, messages};

/// What may be held besides the output: room for the start of it, and lists that nest deep.
const BESIDES: usize = 2048;

/// Messages of all kinds: what people send, what attackers send, and what makes parsers large.
fn inputs() -> Vec<String> {
    let mut inputs = corpus::hostile().unwrap();
    inputs.extend(corpus::mail().unwrap().into_iter().map(|(_, mail)| mail));
    inputs.extend([messages::CLEAN.to_owned(), messages::NEAR.to_owned()]);
    let mut named = [messages::mails(), messages::plain(), messages::hostile(40), messages::hostile(5000)].concat();
    named.retain(|input| !is_one_attribute(input));
    inputs.extend(named.into_iter().map(|(_, input)| input));
    inputs
}

/// Whether it is a family of hostile inputs that are the value of one attribute.
fn is_one_attribute((name, _): &Named) -> bool {
    ["style of", "alt of", "url of"].iter().any(|start| name.starts_with(start))
}

#[test]
fn a_clean_message_asks_for_no_memory() {
    for input in inputs() {
        let clean = sanitize(&input).into_owned();
        assert_eq!(count(|| drop(sanitize(&clean))).1.times, 0, "{clean:?}");
        assert_eq!(count(|| verify(&clean)).1.times, 0, "{clean:?}");
    }
}

#[test]
fn memory_is_at_most_twice_the_output() {
    for input in inputs() {
        let (output, asked) = count(|| sanitize(&input));
        assert!(asked.peak <= 2 * output.len() + BESIDES, "{asked:?} for {} bytes from {input:?}", output.len());
    }
}

#[test]
fn an_attribute_that_is_read_is_held_at_most_twice() {
    let families: Vec<Named> = messages::hostile(5000).into_iter().filter(is_one_attribute).collect();
    assert!(families.len() > 5);
    for (name, input) in families {
        let (output, asked) = count(|| sanitize(&input));
        assert!(asked.peak <= 2 * (output.len() + input.len()) + BESIDES, "{name}: {asked:?} for {}", output.len());
    }
}
