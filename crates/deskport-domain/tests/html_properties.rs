//! What must hold for every input, checked on random markup.

use std::borrow::Cow;

use deskport_domain::html::{HiddenText, Policy, sanitize, verify};
use proptest::prelude::*;

/// Pieces that random markup is made of: tags of all kinds, broken ones, references, odd characters.
const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<h1>",
    "</h1>",
    "<h2>",
    "<h4>",
    "</h3>",
    "<b>",
    "</b>",
    "<strong>",
    "</strong>",
    "<i>",
    "</i>",
    "<em>",
    "<code>",
    "</code>",
    "<pre>",
    "</pre>",
    "\n",
    "<a href=\"https://e.example/?a=1&amp;b\">",
    "<a href='javascript:x'>",
    "<a>",
    "</a>",
    "<br>",
    "</br>",
    "<img src=\"https://e.example/a.png\" alt=\"x\">",
    "<img src=cid:1 alt=\" y&quot;\">",
    "<ul>",
    "</ul>",
    "<ol>",
    "</ol>",
    "<li>",
    "</li>",
    "<div>",
    "</div>",
    "<span>",
    "</span>",
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<blockquote>",
    "</blockquote>",
    "<hr>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<svg>",
    "</svg>",
    "<math>",
    "<mi>",
    "<template>",
    "</template>",
    "<textarea>",
    "</textarea>",
    "<xmp>",
    "</xmp>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<",
    ">",
    "&",
    "&amp;",
    "&lt;",
    "&nbsp;",
    "&#13;",
    "&#x1F3F4;",
    "&copy",
    "\u{A0}",
    "\r",
    "\r\n",
    "\0",
    "\u{FEFF}",
    "\u{E0061}",
    "\u{1F3F4}",
    "\u{E007F}",
    " ",
    "  ",
    "a",
    "b c",
    "x",
    " y ",
    "\"",
    "'",
    "=",
    "/",
    "<span hidden>",
    "<p style=\"display:none\">",
    "<div style='font-size:0'>",
    "<i style=font-size:9px>",
    "<b style='font-weight:normal'>",
    "<a hidden href=https://e.example>",
    "<li hidden>",
    "<td hidden>",
    "\t",
    "<img width=1 height=1 src=https://e.example>",
    "<plaintext>",
    "é",
    "日本",
    "\u{202E}",
    "\x0C",
    "<o:p>",
    "</o:p>",
    "<p",
    "<a href=\"",
];

/// Tags whose attributes count, and tags whose attributes do not, without their `>`.
const TAGS: &[&str] = &[
    "<span style=\"color:red\"",
    "<span style=\"color:rad\"",
    "<span style=\"display:none\"",
    "<span style=\"font-size:0\"",
    "<span style=\"font-size:9px\"",
    "<SPAN style=\"color:red\"",
    "<font size=2",
    "<font color=red",
    "<b style=\"font-weight:normal\"",
    "<b style=\"color:red\"",
    "<p class=x",
    "<p hidden",
    "<div class=x",
    "<td class=x",
    "<table class=x",
    "<h3 class=x",
    "<li class=x",
    "<ul class=x",
    "<pre class=x",
    "<br class=x",
    "<a class=x href=https://e.example",
    "<a class=x href=javascript:x",
    "<img class=x alt=y",
    "<script class=x",
    "</span",
    "</p",
    "</div",
    "</b",
    "</td",
    "</table",
    "</li",
    "</ul",
    "</script",
];

fn markup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

fn check(input: &str) -> Result<(), TestCaseError> {
    let output = sanitize(input);
    prop_assert!(verify(&output), "not clean: {output:?}");
    prop_assert!(
        matches!(Policy::default().clean(&output).html, Cow::Borrowed(same) if same == output),
        "not final: {output:?}"
    );
    prop_assert!(output.len() <= 8 * input.len() + 256);
    let kept = Policy { hidden_text: HiddenText::Kept };
    prop_assert_eq!(verify(input), kept.clean(input).html == input);
    let output = kept.clean(input).html;
    prop_assert!(verify(&output), "not clean: {output:?}");
    prop_assert_eq!(&kept.clean(&output).html, &output);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 700, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_markup_comes_out_clean_and_final(input in markup()) {
        check(&input)?;
    }

    #[test]
    fn random_markup_over_and_over_comes_out_clean_and_final(input in markup()) {
        check(&input.repeat(9))?;
    }

    #[test]
    fn a_tag_that_is_said_again_means_the_same_again(tags in prop::collection::vec(prop::sample::select(TAGS), 0..60)) {
        let (mut repeated, mut each_new) = (String::new(), String::new());
        for (number, tag) in (1000..).zip(tags) {
            repeated += &[tag, " n=1000>x "].concat();
            each_new += &[tag, " n=", &i32::to_string(&number), ">x "].concat();
        }
        for hidden_text in [HiddenText::Removed, HiddenText::Kept] {
            let (repeated, each_new) = (Policy { hidden_text }.clean(&repeated), Policy { hidden_text }.clean(&each_new));
            prop_assert_eq!(repeated.html, each_new.html);
            prop_assert_eq!(repeated.removed, each_new.removed);
        }
    }

    #[test]
    fn random_text_comes_out_clean_and_final(input in "\\PC{0,60}") {
        check(&input)?;
    }

    #[test]
    fn random_bytes_come_out_clean_and_final(input in prop::collection::vec(any::<char>(), 0..40)) {
        check(&input.into_iter().collect::<String>())?;
    }

    #[test]
    fn random_links_come_out_clean_and_final(url in "[ \\t]?(https?|HTTP|mailto|tel|java\tscript|//)?:?[/\\\\]{0,3}[a-z@:.%\\[\\]0-9&é\u{AD}\u{FF0F}]{0,9}[/?#\\\\]?[ -~é\u{A0}\u{202E}]{0,9}") {
        check(&format!("<a href='{url}'>x</a><img alt='{url}' src=\"{url}\">"))?;
    }
}
