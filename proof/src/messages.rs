//! What is measured: messages of the kinds that servers see, and hostile ones of any size.

#[path = "../../crates/deskport-domain/src/html/families.rs"]
mod families;

pub use families::{Named, hostile};

/// A message as a chat client sends it, in canonical form: about 300 bytes.
pub const CLEAN: &str = "<p>Hello Robin,</p><p>thank you for your <b>patience</b>. Please try <i>these</i> steps:</p><ul><li>Open the <a href=\"https://help.example.com/export?step=1\">export page</a></li><li>Choose <code>CSV</code></li></ul><p>It works for most people &amp; takes a minute.<br>Best regards, Dana</p>";

/// The same, as an editor writes it.
pub const NEAR: &str = "<div>Hello Robin,</div><h3>Thank you</h3><p class=\"x\">for your <strong>patience</strong>. Please try&nbsp;<em>these</em> steps:</p><ul><li>Open the <a target=\"_blank\" href=\"https://help.example.com/export?step=1\">export page</a></li><li>Choose <code>CSV</code></li></ul><p>It works for most people & takes a minute.<br />Best regards, Dana</p>";

/// Four kinds of mail of about 20 KB.
#[must_use]
pub fn mails() -> Vec<Named> {
    vec![("Outlook", outlook()), ("newsletter", newsletter()), ("Gmail quotes", gmail()), ("Google Docs", docs())]
}

/// Text without markup: English and Japanese, about 2000 bytes each, and 64 KB.
#[must_use]
pub fn plain() -> Vec<Named> {
    let english = "The export stops at row 4096, and the log says nothing about it. I tried it twice.\n";
    let japanese = "エクスポートが途中で止まります。ログには何も出ていません。二度試しました。\n";
    vec![
        ("English", english.repeat(24)),
        ("Japanese", japanese.repeat(18)),
        ("English, 64 KB", english.repeat(770)),
    ]
}

fn fill(head: &str, block: &str, tail: &str) -> String {
    let mut mail = head.to_owned();
    let mut number = 0;
    while mail.len() < 20_000 {
        number += 1;
        mail.push_str(&block.replace("{n}", &number.to_string()));
    }
    mail + tail
}

fn outlook() -> String {
    let head = "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><meta name=Generator content=\"Microsoft Word 15\"><!--[if !mso]><style>v\\:* {behavior:url(#default#VML);}</style><![endif]--><style><!--\n@font-face\n\t{font-family:Calibri;\n\tpanose-1:2 15 5 2 2 2 4 3 2 4;}\np.MsoNormal, li.MsoNormal\n\t{margin:0cm;\n\tfont-size:11.0pt;}\n--></style><!--[if gte mso 9]><xml><o:shapedefaults v:ext=\"edit\" spidmax=\"1026\" /></xml><![endif]--></head><body lang=EN-GB><div class=WordSection1>";
    let block = "<p class=MsoNormal style='margin-bottom:12.0pt'><span style='font-size:11.0pt;font-family:\"Calibri\",sans-serif;mso-fareast-language:EN-US'>Paragraph {n} of the report says that the export <b>stops</b> at row 4096.<o:p></o:p></span></p>\n<p class=MsoNormal><o:p>&nbsp;</o:p></p>\n<!--[if gte mso 9]><xml><w:data>{n}</w:data></xml><![endif]--><p class=MsoListParagraph style='margin-left:36.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>{n}.<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span><![endif]>See <a href=\"https://status.example.com/{n}\">the page</a><o:p></o:p></p>\n";
    fill(head, block, "</div></body></html>")
}

fn newsletter() -> String {
    let head = "<!DOCTYPE html><html><head><title>News</title><style>.a{padding:8px} @media only screen{.b{width:100%!important}}</style></head><body style=\"margin:0\"><span style=\"display:none;font-size:1px;mso-hide:all\">Preheader</span><table width=\"100%\"><tr><td align=\"center\">";
    let block = "<table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" width=\"600\" style=\"border-collapse:collapse;mso-table-lspace:0pt\"><tbody><tr><td valign=\"top\" style=\"padding:10px 25px;font-family:Helvetica,Arial,sans-serif;font-size:14px\"><img src=\"https://cdn.example.com/{n}.jpg\" alt=\"Picture {n}\" width=\"260\" style=\"display:block;border:0\"><br>A product that <strong>everybody</strong> wants for 10&euro;.</td><td style=\"padding:10px 25px\"><!--[if mso]><v:roundrect xmlns:v=\"urn:schemas-microsoft-com:vml\" href=\"https://shop.example.com/{n}\" style=\"height:40px;v-text-anchor:middle;width:200px\" arcsize=\"10%\" fillcolor=\"#d62828\"><center>Buy</center></v:roundrect><![endif]--><a href=\"https://shop.example.com/{n}?utm=a&amp;u=9\" style=\"background-color:#d62828;border-radius:4px;color:#ffffff;display:inline-block\">Buy now</a></td></tr></tbody></table>\n";
    fill(head, block, "</td></tr></table><img src=\"https://t.example.com/o.gif\" width=\"1\" height=\"1\"></body></html>")
}

fn gmail() -> String {
    let head = "<div dir=\"ltr\">Thanks!<br></div><br><div class=\"gmail_quote\">";
    let block = "<div dir=\"ltr\" class=\"gmail_attr\">On Mon, 3 Nov 2025 at 17:{n}, Lee &lt;<a href=\"mailto:lee@acme.example\">lee@acme.example</a>&gt; wrote:<br></div><blockquote class=\"gmail_quote\" style=\"margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex\"><div dir=\"ltr\"><div>Hi Sam,</div><div><br></div><div>open <b>Settings</b> and choose <font color=\"#ff0000\">Merge</font> again.</div><ul><li>Pick the first record</li><li>Pick the second</li></ul></div>\n";
    fill(head, block, "</blockquote></div>")
}

fn docs() -> String {
    let head = "<meta charset=\"utf-8\"><b style=\"font-weight:normal;\" id=\"docs-internal-guid-1\"><h1 dir=\"ltr\"><span style=\"font-size:20pt\">Title</span></h1>";
    let block = "<p dir=\"ltr\" style=\"line-height:1.38;margin-top:0pt;margin-bottom:0pt;\"><span style=\"font-size:11pt;font-family:Arial,sans-serif;color:#000000;background-color:transparent;font-weight:400;font-style:normal;font-variant:normal;text-decoration:none;vertical-align:baseline;white-space:pre;white-space:pre-wrap;\">Paragraph {n} is a little longer than the others. </span><span style=\"font-size:11pt;font-family:Arial,sans-serif;color:#000000;background-color:transparent;font-weight:700;font-style:normal;font-variant:normal;text-decoration:none;vertical-align:baseline;white-space:pre;white-space:pre-wrap;\">Bold part</span></p><ul style=\"margin-top:0;margin-bottom:0;padding-inline-start:48px;\"><li dir=\"ltr\" style=\"list-style-type:disc;font-size:11pt;font-family:Arial,sans-serif;color:#000000;\" aria-level=\"1\"><p dir=\"ltr\" role=\"presentation\"><span style=\"font-size:11pt;font-family:Arial,sans-serif;\">Item {n}</span></p></li></ul>";
    fill(head, block, "</b>")
}

