//! The pages on which rules rest, in words.

/// Where the pages are.
pub(super) const PAGES: &str = "developers.intercom.com/docs/guides/fin-custom-helpdesk";

/// What the tags of a rule's source stand for.
pub(super) fn source(tags: &str) -> String {
    if tags == "-" {
        return "no page says it; experience does".to_owned();
    }
    tags.split(", ").map(page).collect::<Vec<_>>().join("; ")
}

fn page(tag: &str) -> String {
    match tag {
        "OV" => "overview".to_owned(),
        "AU" => "authentication".to_owned(),
        "R-index" => "reference of variant R".to_owned(),
        "P-index" => "reference of variant P, with its questions and answers".to_owned(),
        "seed" => "messages pages of variant R".to_owned(),
        _ => match tag.split_once('/') {
            Some((variant, operation)) => format!("{operation} of variant {variant}"),
            None => tag.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_written_out() {
        assert_eq!(source("OV, R/getuser, P/models"), "overview; getuser of variant R; models of variant P");
        assert_eq!(source("every operation page"), "every operation page");
    }
}
