//! Hostile inputs from several sources: whatever they do, the output is clean, final and bounded.
#![expect(clippy::unwrap_used, reason = "a corpus that cannot be read is a failure")]

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use deskport_domain::html::{HiddenText, Policy, sanitize, verify};

fn cases() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/hostile");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let texts = files.filter(|path| path.extension().is_some_and(|it| it == "txt"));
    texts
        .flat_map(|path| {
            let text = fs::read_to_string(path).unwrap();
            text.split("\n%%\n").map(str::to_owned).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn hostile_inputs_come_out_clean_final_and_bounded() {
    let cases = cases();
    assert!(cases.len() > 10_000);
    for case in cases {
        let output = sanitize(&case);
        assert!(verify(&output), "not clean: {output:?} from {case:?}");
        assert!(
            matches!(Policy::default().clean(&output).html, Cow::Borrowed(same) if same == output),
            "not final: {output:?} from {case:?}"
        );
        assert!(output.len() <= 8 * case.len() + 256, "too long: {output:?}");
        assert_eq!(
            verify(&case),
            Policy { hidden_text: HiddenText::Kept }.clean(&case).html == case,
            "{case:?}"
        );
    }
}

#[test]
fn pairs_of_hostile_inputs_come_out_clean() {
    let cases = cases();
    for (index, case) in cases.iter().enumerate() {
        let other = &cases[(index * 7919 + 13) % cases.len()];
        let half = |text: &str| text.floor_char_boundary(text.len() / 2);
        let spliced = format!("{}{}", &case[..half(case)], &other[half(other)..]);
        let output = sanitize(&spliced);
        assert!(verify(&output), "not clean: {output:?} from {spliced:?}");
        assert_eq!(Policy::default().clean(&output).html, output, "not final: from {spliced:?}");
    }
}
