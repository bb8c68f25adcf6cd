//! The HTML rules, one by one: what goes in, and what must come out.

mod addresses;
mod recognition;
mod removed;
mod structure;
mod text;

use std::borrow::Cow;

use deskport_domain::html::{Policy, sanitize, verify};

/// Checks each pair, and that every output is clean and final.
#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (input, expected) in cases {
        let output = sanitize(input);
        assert_eq!(output, *expected, "from {input:?}");
        assert!(verify(&output), "not clean: {output:?}");
        let again = Policy::default().clean(&output).html;
        assert!(matches!(again, Cow::Borrowed(same) if same == output), "not final: {output:?}");
    }
}
