//! What is dropped with its content, what people do not see, and the report of both.

use deskport_domain::html::{HiddenText, Policy};

use crate::check;

#[test]
fn what_is_not_text_goes_with_its_content() {
    check(&[
        ("a<script>b</script>c<style>d</style>e", "ace"),
        ("a<script><!--<script></script>b--></script>c", "ac"),
        ("a<SCRIPT/x>b</script\n>c", "ac"),
        ("a<title>b</title><iframe>c</iframe><noscript>d</noscript><noembed>e</noembed>f", "af"),
        ("a<svg><p>b</p>", "a<p>b</p>"),
        ("a<svg><desc><p>b</p></desc><title>c</title></svg>d", "ad"),
        ("a<math><mi>b</mi></math>c", "ac"),
        ("a<template>b<template>c</template>d</template>e", "ae"),
        ("a<!-- b --><!-->c<!--->d<!-- e --!>f<!x>g<?h>i</1>j</>k", "acdfgijk"),
        ("a<!--[if mso]><p>b</p><![endif]--><![if !mso]>c<![endif]>", "ac"),
        ("a<svg><![CDATA[<p>b]]></svg>c<![CDATA[d]]>", "ac"),
        ("a<b", "a"),
        ("a<script>b", "a"),
        ("a<!-- b", "a"),
    ]);
}

#[test]
fn hidden_text_is_removed() {
    check(&[
        ("a<div style='display:none'>b<div>c</div></div>d", "ad"),
        ("<span hidden>b</span>c", "c"),
        ("<div><span style=display:none>b</div>c", "c"),
        ("<p style='visibility:hidden'>b<p>c", "<p>c</p>"),
        (
            "<div style='mso-hide:all'>b</div><a style='mso-hide:all' href=https://e.example/>c</a>",
            "<a href=\"https://e.example/\">c</a>",
        ),
        ("<div style='font-size:0'>b<div style='font-size:12px'>c</div>d</div>e", "c<br>e"),
        ("<div style='opacity:0'></td>b</div>c", "c"),
        ("<ul><li hidden>a<ul><li>b</ul><li>c</ul>", "<ul><li>c</li></ul>"),
        ("<table><tr><td hidden>a<td>b</table>", "<p>b</p>"),
        ("a\u{E0041}\u{E0042}b&#xE0043;", "ab"),
        (
            "\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
            "\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
        ),
        ("<img src=https://e.example/ alt='a\u{E0041}b'>", "<img src=\"https://e.example/\" alt=\"ab\">"),
    ]);
}

#[test]
fn hidden_text_is_kept_if_the_policy_says_so() {
    let policy = Policy { hidden_text: HiddenText::Kept };
    assert_eq!(policy.clean("a<i hidden>b</i>\u{E0041}").html, "a<i>b</i>\u{E0041}");
}

#[test]
fn the_report_says_what_was_removed() {
    let cleaned = Policy::default().clean(
        "<script>x</script><i hidden>y</i><a href=javascript:x>z</a><img src=cid:1>\
         <img src=https://t.example width=1 height=1><a href=https://a@b.example>c</a>\u{E0041}",
    );
    let removed = cleaned.removed;
    assert!(cleaned.changed);
    assert_eq!((removed.elements, removed.hidden, removed.links, removed.images), (1, 1, 1, 1));
    assert_eq!((removed.trackers, removed.credentials, removed.tag_characters), (1, 1, 1));
    assert!(Policy::default().clean("<p>a</p>").removed.is_nothing());
    assert!(!Policy::default().clean("<p>a</p>").changed);
}
