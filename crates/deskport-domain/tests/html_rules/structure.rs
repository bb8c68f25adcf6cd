//! What becomes of elements: names, lines and paragraphs, formatting, lists.

use deskport_domain::html::{sanitize, verify};

use crate::check;

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
        ("<div><li>a</li></div><li>b", "<ul><li>a</li></ul><ul><li>b</li></ul>"),
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
fn formatting_beyond_its_budget_is_given_up_but_the_text_stays() {
    let long = format!("<i><b><code><a href=\"https://e.example/{}\">", "x".repeat(90));
    let input = format!("{long}{}", "<p>\n a</p><p> </p>".repeat(60));
    let output = sanitize(&input);
    assert!(verify(&output), "not clean: {output:?}");
    assert!(output.ends_with("<p>a</p>"), "{output:?}");
}

#[test]
fn white_space_in_code_goes_with_code_that_a_gap_closes_and_the_budget_keeps_closed() {
    for paragraphs in 1..60 {
        let input = format!("<b>{}<hr></b><i><code>x<form> ", "<p>x".repeat(paragraphs));
        let output = sanitize(&input);
        assert!(verify(&output), "not clean: {output:?}");
    }
}
