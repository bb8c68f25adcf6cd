//! Whatever comes in: the output is clean, final and bounded, and `verify` and `sanitize` agree.
#![no_main]

use std::borrow::Cow;

use deskport_domain::html::{HiddenText, Policy, sanitize, verify};
use deskport_domain::MessageBody;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| {
    let output = sanitize(input);
    assert!(verify(&output), "not clean: {output:?}");
    assert!(matches!(Policy::default().clean(&output).html, Cow::Borrowed(same) if same == output), "not final: {output:?}");
    assert!(output.len() <= 8 * input.len() + 256, "too long: {} from {}", output.len(), input.len());

    let kept = Policy { hidden_text: HiddenText::Kept };
    let all = kept.clean(input).html;
    assert!(verify(&all), "not clean: {all:?}");
    assert_eq!(kept.clean(&all).html, all, "not final");
    assert_eq!(verify(input), all == input, "verify and sanitize disagree");

    let body = MessageBody::sanitize(input);
    let text = body.to_text();
    assert!(!text.contains('\x1b'));
    assert!(body.preview(20).chars().all(|character| !character.is_control()));
});
