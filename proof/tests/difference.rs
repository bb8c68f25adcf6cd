//! ammonia, set to the same elements, shows the same text; every difference has a reason in our rules.

use std::collections::BTreeMap;

use deskport_domain::html::{HiddenText, Policy, sanitize};
use deskport_html_proof::{corpus, messages, rivals, text};

/// A reason for other text: its name, and the pieces of markup of which one must be in the input.
type Reason = (&'static str, &'static [&'static str]);

/// Why our text may differ. docs/HTML.md explains each.
const REASONS: [Reason; 10] = [
    ("hidden text is dropped", &["hidden", "none", "font-size", "opacity", "\u{E0041}", "&#xe00", "mso-hide"]),
    ("images without an address leave their text", &["<img", "<image"]),
    ("fields and literal text are kept as text", &["<textarea", "<xmp", "<plaintext", "<listing", "<select", "<option", "<button", "<input", "<keygen"]),
    ("text loose in tables stays where it is", &["<table", "<td", "<tr", "<th", "<tbody", "<caption", "<col", "<thead", "<tfoot"]),
    ("documents and frames are only unwrapped", &["<frameset", "<head", "<html", "<body", "<!doctype", "<frame"]),
    ("SVG, MathML and templates go whole", &["<svg", "<math", "<template", "<datalist", "<object", "<applet", "<video", "<audio"]),
    ("text elements end only at their own end tags", &["<script", "<style", "<title", "<iframe", "<noembed", "<noframes", "<noscript"]),
    ("names of SVG and MathML elements mean nothing outside", &[
        "<g>", "<path", "<desc", "<foreignobject", "<mi", "<mo", "<mn", "<ms", "<mtext", "<mglyph", "<malignmark", "<annotation-xml",
        "<animate", "<use", "<set", "<g ", "<circle", "<rect", "<mfenced", "<figure",
    ]),
    ("control characters", &["\0", "\u{FEFF}", "\r", "&#"]),
    ("tags that the end of the input cuts off", &["<"]),
];

#[test]
fn every_difference_from_ammonia_has_a_reason() {
    let ammonia = rivals::ammonia();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    let mut same = 0;
    let mut unexplained = Vec::new();
    for input in corpus::hostile().unwrap() {
        if text::letters(&sanitize(&input)) == text::letters(&ammonia.clean(&input).to_string()) {
            same += 1;
            continue;
        }
        let lower = input.to_lowercase();
        let cut = lower.rfind('<').is_some_and(|at| !lower[at..].contains('>'));
        let reason = REASONS.iter().find(|(name, marks)| {
            marks.iter().any(|mark| lower.contains(mark)) && (*name != "tags that the end of the input cuts off" || cut)
        });
        match reason {
            Some((name, _)) => *kinds.entry(name).or_default() += 1,
            None => unexplained.push((sanitize(&input).into_owned(), ammonia.clean(&input).to_string(), input)),
        }
    }
    let shown = &unexplained[..unexplained.len().min(25)];
    assert!(unexplained.is_empty(), "{} without a reason: {shown:#?}", unexplained.len());
    println!("{same} the same; {kinds:#?}");
}

#[test]
fn mail_keeps_all_that_ammonia_keeps() {
    let ammonia = rivals::ammonia();
    let mails = corpus::mail().unwrap().into_iter().filter(|(name, _)| name != "phishing");
    for (name, mail) in mails.chain(messages::mails().into_iter().map(|(name, mail)| (name.to_owned(), mail))) {
        let ours = text::letters(&Policy { hidden_text: HiddenText::Kept }.clean(&mail).html);
        for word in text::words(&ammonia.clean(&mail).to_string()) {
            // ammonia joins words where block elements were; ours are found letter by letter.
            assert!(ours.contains(&word), "{name} lost {word:?}");
        }
    }
}

#[test]
fn mail_keeps_its_links_images_headings_and_items() {
    for (name, mail) in corpus::mail().unwrap() {
        let clean = sanitize(&mail);
        let kept = text::count(&clean);
        let there = text::count_wanted(&mail);
        assert_eq!(kept, there, "{name}: {clean}");
    }
}
