//! Text, and markup that other readers have been fooled by.

use crate::check;

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
