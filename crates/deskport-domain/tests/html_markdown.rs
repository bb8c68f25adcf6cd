//! Markdown as message bodies: what it becomes, and that hostile Markdown is as harmless as hostile HTML.
#![cfg(feature = "markdown")]

use deskport_domain::MessageBody;
use deskport_domain::html::{from_markdown, sanitize, verify};
use proptest::prelude::*;

/// The body that this Markdown becomes, which is clean and final.
#[track_caller]
fn cleaned(markdown: &str) -> String {
    let html = from_markdown(markdown);
    assert!(verify(&html), "not clean: {html:?}");
    assert_eq!(sanitize(&html), html, "not final");
    html
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (markdown, expected) in cases {
        assert_eq!(cleaned(markdown), *expected, "from {markdown:?}");
    }
}

#[test]
fn markdown_becomes_the_supported_set() {
    check(&[
        ("", ""),
        ("one\ntwo\n\nthree", "<p>one\ntwo</p><p>three</p>"),
        ("one  \ntwo", "<p>one<br>two</p>"),
        ("# A\n## B\n### C", "<h1>A</h1><h2>B</h2><h2>C</h2>"),
        ("**b** *i* `c`", "<p><b>b</b> <i>i</i> <code>c</code></p>"),
        ("- a\n- b\n  1. c", "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>"),
        ("```sh\na  < b\n```", "<code>a  &lt; b\n</code>"),
        ("[a](https://e.example/?x=1&y=2)", "<p><a href=\"https://e.example/?x=1&amp;y=2\">a</a></p>"),
        ("<help@e.example>", "<p><a href=\"mailto:help@e.example\">help@e.example</a></p>"),
        ("![a](https://e.example/a.png)", "<p><img src=\"https://e.example/a.png\" alt=\"a\"></p>"),
        ("> quoted", "<p>quoted</p>"),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
    ]);
}

#[test]
fn the_words_of_a_table_stay_apart() {
    let body = MessageBody::from_markdown("| a | b |\n|---|---|\n| c | d |");
    assert_eq!(body.to_text(), "a b\nc d");
}

#[test]
fn html_in_markdown_follows_the_rules_of_all_html() {
    check(&[
        ("a <b onclick=x()>b</b> <script>alert(1)</script>c", "<p>a <b>b</b> c</p>"),
        ("<script>\nalert(1)\n</script>\n\nafter", "<p>after</p>"),
        ("<div style=\"display:none\">\n\n**psst**\n\n</div>\n\nafter", "<p>after</p>"),
        ("`<script>`", "<p><code>&lt;script&gt;</code></p>"),
        ("\\<script>", "<p>&lt;script&gt;</p>"),
        (
            "```\n</code></pre><script>alert(1)</script>",
            "<code>&lt;/code&gt;&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;</code>",
        ),
    ]);
}

#[test]
fn addresses_in_markdown_follow_the_rules_of_all_addresses() {
    check(&[
        ("[a](javascript:alert(1))", "<p>a</p>"),
        ("[a](J&#x41;VASCRIPT:alert(1))", "<p>a</p>"),
        ("[a](<java\tscript:alert(1)>)", "<p>a</p>"),
        ("[a](data:text/html,<script>alert(1)</script>)", "<p>a</p>"),
        ("[a]\n\n[a]: vbscript:x", "<p>a</p>"),
        ("<javascript:alert(1)>", "<p>javascript:alert(1)</p>"),
        ("[a](relative.html)", "<p>a</p>"),
        ("![a](data:image/svg+xml,x)", "<p>a</p>"),
        ("[a](https://bank.example@evil.example/)", "<p><a href=\"https://evil.example/\">a</a></p>"),
        (
            "![\"><img src=x onerror=alert(1)>](https://e.example/)",
            "<p><img src=\"https://e.example/\" alt=\"&quot;&gt;&lt;img src=x onerror=alert(1)&gt;\"></p>",
        ),
        (
            "[a](https://e.example/\"onmouseover=alert(1))",
            "<p><a href=\"https://e.example/%22onmouseover=alert(1)\">a</a></p>",
        ),
    ]);
}

#[test]
fn hostile_markdown_comes_out_clean() {
    for pattern in [
        "[",
        "](",
        "![",
        "*a ",
        "_a_",
        "**a *b ",
        "`",
        "``` ",
        "> ",
        "- ",
        "1. ",
        "<",
        "<b>",
        "</b>",
        "&",
        "\\",
        "|",
        "#",
        "\n- a\n  ",
        "[a]: b\n",
        "[a](",
        "<!--",
        "<![CDATA[",
        "~~",
        "\t",
        "\u{0}",
        "a|b\n-|-\n",
        "<script>",
        "http://",
    ] {
        for suffix in ["", "x", "</p>\n\n<script>alert(1)</script>"] {
            let html = cleaned(&(pattern.repeat(2000) + suffix));
            assert!(!html.contains("<script"), "{pattern:?}");
        }
    }
}

/// Pieces of Markdown and of HTML that stands in it.
const PIECES: &[&str] = &[
    "#",
    "# ",
    "\n",
    "\n\n",
    "    ",
    "*",
    "**",
    "_",
    "`",
    "```\n",
    "- ",
    "1. ",
    "> ",
    "[",
    "](",
    ")",
    "![",
    "<https://e.example>",
    "https://e.example/",
    "javascript:x",
    "[a]: ",
    "|",
    "|-|-|\n",
    "---",
    "\\",
    "&",
    "&lt;",
    "&#106;",
    "a",
    "b c",
    "é\u{A0}",
    "<b>",
    "</b>",
    "<p>",
    "</div>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<pre>",
    "<a href=\"",
    "\">",
    "<svg>",
    "<ul><li>",
    "<span hidden>",
    "\u{FEFF}",
    "\u{0}",
    "\r",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_markdown_comes_out_clean_and_final(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        cleaned(&pieces.concat());
    }
}
