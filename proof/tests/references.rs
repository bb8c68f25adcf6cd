//! Character references mean what htmlize, an independent reader of the standard's table, says.

use deskport_domain::MessageBody;
use deskport_domain::html::from_text;
use deskport_html_proof::corpus;

#[test]
fn references_in_text_mean_the_same_as_for_another_reader() {
    let mut inputs: Vec<String> = (0..0x2_0000_u32).filter(|code| *code != 0xFEFF).step_by(7).map(|code| format!("&#{code};&#x{code:x}")).collect();
    let table = include_str!("../../crates/deskport-domain/src/html/reference/names.rs");
    for row in table.lines().filter_map(|line| line.trim().strip_prefix("(\"")) {
        let name = row.split('"').next().unwrap();
        inputs.extend([format!("x&{name}y"), format!("x&{name}=1"), format!("x&{}", &name[..name.len() - 1])]);
    }
    inputs.extend(corpus::hostile().unwrap().into_iter().filter(|case| !case.contains(['<', '\r', '\0', '\u{FEFF}'])));
    for input in inputs {
        let meant: String = htmlize::unescape(&input).chars().filter(|it| !is_tag(*it)).collect();
        let shown = MessageBody::sanitize(&input);
        assert_eq!(words(&shown.to_text()), words(&MessageBody::sanitize(&from_text(&meant)).to_text()), "{input:?}");
    }
}

fn is_tag(character: char) -> bool {
    matches!(character, '\u{E0000}'..='\u{E007F}')
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}
