//! What is clean already, and what is not.

use std::borrow::Cow;

use deskport_domain::html::{sanitize, verify};

#[test]
fn clean_html_is_borrowed() {
    let clean = "<h1>Title</h1><p>Hello <b>big <i>bad</i></b> world &amp; all.<br>Next <a href=\"https://example.com/?a=1&amp;b=2\">link</a></p>\
        <ul><li>One</li><li>Two<ol><li>Deep</li></ol></li></ul><code> if (a &lt; b) {\n  x\n} </code>\
        <a href=\"https://example.com\"><img src=\"https://example.com/a.png\" alt=\"A picture\"></a>&nbsp;";
    assert!(verify(clean));
    assert!(matches!(sanitize(clean), Cow::Borrowed(same) if same == clean));
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
