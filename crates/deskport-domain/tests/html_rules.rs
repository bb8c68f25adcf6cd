//! The HTML rules, one by one: what goes in, and what must come out.

use std::borrow::Cow;

use deskport_domain::html::{HiddenText, Policy, sanitize, verify};

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

#[test]
fn clean_html_is_borrowed() {
    let clean = "<h1>Title</h1><p>Hello <b>big <i>bad</i></b> world &amp; all.<br>Next <a href=\"https://example.com/?a=1&amp;b=2\">link</a></p>\
        <ul><li>One</li><li>Two<ol><li>Deep</li></ol></li></ul><code> if (a &lt; b) {\n  x\n} </code>\
        <a href=\"https://example.com\"><img src=\"https://example.com/a.png\" alt=\"A picture\"></a>&nbsp;";
    assert!(verify(clean));
    assert!(matches!(sanitize(clean), Cow::Borrowed(same) if same == clean));
}

#[test]
fn other_names_become_the_supported_ones() {
    check(&[
        ("<h3>a</h3><h6>b</h6>", "<h2>a</h2><h2>b</h2>"),
        ("<strong>a</strong><em>b</em>", "<b>a</b><i>b</i>"),
        ("<pre>\n  a\n  b\n</pre>", "<code>  a\n  b\n</code>"),
        ("x<pre><code>a\n b</code></pre>y", "x<br><code>a\n b</code><br>y"),
        ("<tt>a</tt> <kbd>b</kbd> <samp>c</samp>", "<code>a</code> <code>b</code> <code>c</code>"),
        ("<menu><li>a</menu><dir><li>b</dir>", "<ul><li>a</li></ul><ul><li>b</li></ul>"),
        ("<xmp><b>a</b>&amp;</xmp>b", "<code>&lt;b&gt;a&lt;/b&gt;&amp;amp;</code><br>b"),
    ]);
}

#[test]
fn no_two_words_run_together_and_paragraphs_stay_apart() {
    check(&[
        ("<div>a</div><div>b</div>", "a<br>b"),
        ("a<div>b</div>c", "a<br>b<br>c"),
        ("<div>a<br></div><div><br></div><div>b</div>", "a<br><br>b"),
        ("<blockquote>a</blockquote>b", "<p>a</p><p>b</p>"),
        ("a<blockquote>b<div>c</div></blockquote>d", "a<p>b<br>c</p><p>d</p>"),
        ("<table><tr><td>a<td>b<tr><td>c</table>d", "<p>a b<br>c</p><p>d</p>"),
        ("a<hr>b", "a<p>b</p>"),
        ("<details><summary>a</summary>b</details>c", "a<br>b<br>c"),
        ("<dl><dt>a<dd>b</dl>", "a<br>b"),
        ("<u>a</u><span>b</span><del>c</del>", "abc"),
        ("<p>a<p>b", "<p>a</p><p>b</p>"),
        ("<select><option>a<option>b</select>", "a<br>b"),
        ("a<textarea><b>x</b>&lt;</textarea>b", "a<br>&lt;b&gt;x&lt;/b&gt;&lt;<br>b"),
    ]);
}

#[test]
fn formatting_never_encloses_a_block_and_is_never_empty() {
    check(&[
        ("<b><p>a</p><p>b</p></b>", "<p><b>a</b></p><p><b>b</b></p>"),
        ("<b>a<i>b</b>c</i>", "<b>a<i>b</i></b><i>c</i>"),
        ("<b></b><i> </i>a<p></p>", "a"),
        ("<b> a </b>c<i> d</i>", "<b>a</b> c <i>d</i>"),
        ("<b>a<strong>b</strong>c</b>d", "<b>abc</b>d"),
        ("<b><div>a</b>b</div>", "<b>a</b>b"),
        ("<table><tr><td><b>a<td>b</table>", "<p><b>a</b> b</p>"),
        ("<b style='font-weight:normal'>a <b>b</b> c</b> d", "a <b>b</b> c d"),
        ("<h1><p>a</p></h1>b", "<h1>a</h1>b"),
        ("<div><h1>a</div>b", "<h1>a</h1>b"),
    ]);
}

#[test]
fn lists_hold_items_and_items_hold_anything() {
    check(&[
        ("<li>a<li>b", "<ul><li>a</li><li>b</li></ul>"),
        ("<li>a</li>b", "<ul><li>a</li></ul>b"),
        ("<ul>\n <li>a</li>\n <li>b</li>\n</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ul>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ul><ol><li>a</ol></ul>", "<ul><li><ol><li>a</li></ol></li></ul>"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li><p>a</p><p>b</p></li></ul>"),
        ("<ul></ul><ol><li></ol>", "<ol><li></li></ol>"),
        ("<p>a<ul><li>b</ul>c", "<p>a</p><ul><li>b</li></ul>c"),
        ("<ul><li><b>a</b></li></ul>", "<ul><li><b>a</b></li></ul>"),
    ]);
}

#[test]
fn links_are_resolved_as_a_browser_resolves_them() {
    let link = |url: &str| sanitize(&format!("<a href='{url}'>x</a>")).into_owned();
    for (url, expected) in [
        ("https://example.com/a?b=c&d", "https://example.com/a?b=c&amp;d"),
        (" \tHTTPS:\\\\example.com\\a", "https://example.com/a"),
        ("ht\ntps:/example.com", "https://example.com"),
        ("//example.com/x", "https://example.com/x"),
        ("https://apple.com@evil.example/", "https://evil.example/"),
        ("https://a:b@c@evil.example:8080/", "https://evil.example:8080/"),
        ("https://bücher.example/ä", "https://bücher.example/ä"),
        ("https://example.com/a b\"c<d>`", "https://example.com/a%20b%22c%3Cd%3E%60"),
        ("https&colon;&sol;&#x2f;example.com", "https://example.com"),
        ("MAILTO:a@example.com", "mailto:a@example.com"),
        ("tel:+49 30 1", "tel:+49%2030%201"),
        ("https://[2001:db8::1]:443/", "https://[2001:db8::1]:443/"),
        ("https://example.com:/", "https://example.com/"),
    ] {
        let expected = format!("<a href=\"{expected}\">x</a>");
        assert_eq!(link(url), expected, "{url:?}");
        check(&[(&expected, &expected)]);
    }
    for url in [
        "javascript:alert(1)",
        "java&Tab;script:alert(1)",
        "&#106avascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "/relative",
        "relative",
        "#top",
        "?q",
        "",
        "https:",
        "https://",
        "https://a b/",
        "https://exa%6dple.com",
        "https://a:99999/",
        "https://a:b/",
        "https://[::1",
        "https://a\u{202E}b/",
        "tel:",
        "blob:https://a/",
        "\u{1}javascript:x",
        "https://a\u{FF0F}b.example/",
        "java\0script:x",
        "jav\u{212A}script:x",
        "file:///etc/passwd",
        "cid:x",
    ] {
        assert_eq!(link(url), "x", "{url:?}");
    }
}

#[test]
fn images_need_an_address_and_leave_their_text_without() {
    check(&[
        (
            "<img alt='A \"b\" <c>' src=https://e.example/a.png width=600>",
            "<img src=\"https://e.example/a.png\" alt=\"A &quot;b&quot; &lt;c&gt;\">",
        ),
        (
            "<img src=\"https://e.example/a.png\" alt=\"a\" />",
            "<img src=\"https://e.example/a.png\" alt=\"a\">",
        ),
        ("a<img src='data:image/png;base64,AAAA' alt='Logo'>b", "a Logo b"),
        ("<img src=cid:1>", ""),
        ("a<img src='https://t.example/p' width=1 height=1>b", "ab"),
        ("<image src=https://e.example/>", "<img src=\"https://e.example/\">"),
    ]);
}

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
fn text_is_escaped_one_way() {
    check(&[
        ("a < b > c & d \"e\"", "a &lt; b &gt; c &amp; d \"e\""),
        ("&lt;script&gt;&amp;amp;&#60;&copy&notin;&unknown;", "&lt;script&gt;&amp;amp;&lt;©∉&amp;unknown;"),
        ("a\u{A0}b&nbsp;c&#xA0;d", "a&nbsp;b&nbsp;c&nbsp;d"),
        ("a\r\nb\rc\0d&#13;e", "a\nb cd e"),
        ("&l<x>t;", "&amp;lt;"),
        ("\u{FEFF} \u{FEFF}a&#xFEFF;b", "a\u{FEFF}b"),
        ("<p>\u{FEFF}a</p>", "<p>\u{FEFF}a</p>"),
        ("  a  b \n <p> c </p> ", "a  b<p>c</p>"),
        ("&#32;a&#32;&#32;b", "a b"),
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

#[test]
fn what_is_not_clean_is_not_recognized() {
    for html in [
        " ",
        "a ",
        " a",
        "<p>",
        "</p>",
        "<p></p>",
        "<p> a</p>",
        "<p>a </p>",
        "<b></b>",
        "<b>a",
        "a</b>",
        "<b>a</i>",
        "<b><b>a</b></b>",
        "<b><p>a</p></b>",
        "<p><p>a</p></p>",
        "<ul></ul>",
        "<ul>a</ul>",
        "<ul><li>a</ul>",
        "<li>a</li>",
        "<ul><li>a</li></ol>",
        "<h3>a</h3>",
        "<B>a</B>",
        "<br/>",
        "<br >",
        "<p class=\"x\">a</p>",
        "<a>x</a>",
        "<a href='https://e.example'>x</a>",
        "<a href=\"javascript:x\">x</a>",
        "<a href=\"https://e.example\" >x</a>",
        "<a href=\"HTTPS://e.example\">x</a>",
        "<a href=\"https://u@e.example\">x</a>",
        "<a href=\"https://e.example\"></a>",
        "<img src=\"mailto:x\">",
        "<img src=\"https://e.example\"/>",
        "<img alt=\"\" src=\"https://e.example\">",
        "<script>",
        "&",
        "&copy;",
        "&amp",
        ">",
        "<",
        "a\0",
        "a\r",
        "\u{A0}",
        "\u{FEFF}",
        "a<br> b",
        "a <br>b",
        "<b><br>a</b>",
        "<!-- -->",
        "<a href=\"https://e.example\"><i><a href=\"https://e.example\">x</a></i></a>",
        "<ul><li>a</li>b</ul>",
        "<ul><li>a</li> </ul>",
    ] {
        assert!(!verify(html), "{html:?}");
        assert_ne!(sanitize(html), html);
    }
}

#[test]
fn what_browsers_disagree_about_does_not_matter() {
    check(&[
        ("<p title=\"</noscript><img src=x onerror=alert(1)>\">a", "<p>a</p>"),
        (
            "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
            "",
        ),
        ("<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">", "\"&gt;"),
        ("<a href=\"https://e.example/\"onclick=alert(1)>x</a>", "<a href=\"https://e.example/\">x</a>"),
        ("<img/src=\"https://e.example/\"/onerror=alert(1)>", "<img src=\"https://e.example/\">"),
        ("<a a=\">\" href=https://e.example/>x", "<a href=\"https://e.example/\">x</a>"),
        ("<<script>alert(1)</script>", "&lt;"),
        ("<scr<script>ipt>alert(1)</script>", "ipt&gt;alert(1)"),
    ]);
}

#[test]
fn formatting_beyond_its_budget_is_given_up_but_the_text_stays() {
    let long = format!("<i><b><code><a href=\"https://e.example/{}\">", "x".repeat(90));
    let input = format!("{long}{}", "<p>\n a</p><p> </p>".repeat(60));
    let output = sanitize(&input);
    assert!(verify(&output), "not clean: {output:?}");
    assert!(output.ends_with("<p>a</p>"), "{output:?}");
}
