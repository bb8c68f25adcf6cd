//! Links and images: which addresses stay, and how they are written.

use deskport_domain::html::sanitize;

use crate::check;

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
