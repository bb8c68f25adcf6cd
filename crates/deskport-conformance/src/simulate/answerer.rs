//! What Fin answers when nobody writes in its place: enough for a demonstration.

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Answer {
    /// The message, as HTML.
    pub(super) html: &'static str,
    /// Whether Fin hands over after it.
    pub(super) hands_over: bool,
}

/// Words that a message may hold, and the answer to the first that does.
const ANSWERS: &[(&[&str], &str)] = &[
    (
        &["price", "pricing", "plan", "cost", "much"],
        "<p>There are two plans:</p><ul><li><b>Small</b>, 9 dollars a month</li>\
         <li><b>Large</b>, 29 dollars a month, with phone support</li></ul>\
         <p>Both can be canceled at any time.</p>",
    ),
    (
        &["refund", "money", "cancel"],
        "<p>You can cancel within <b>30 days</b> and get everything back. Shall I call a person to do it?</p>",
    ),
    (
        &["order", "shipping", "delivery", "deliver"],
        "<p>Orders leave our warehouse within a day. You find yours under \
         <a href=\"https://example.com/orders\">your orders</a>.</p>",
    ),
    (&["thank", "thanks", "bye"], "<p>You are welcome!</p>"),
    (&["hello", "hi", "hey", "morning"], "<p>Hello! I am Fin. Ask me about prices, orders or refunds.</p>"),
];

const PERSON: &[&str] = &["person", "human", "someone", "somebody", "colleague", "call"];

const HANDOVER: &str = "<p>Of course. I am handing you over to a colleague, who can read all of this.</p>";

const UNSURE: &str =
    "<p>I am not sure about that. Ask me about prices, orders or refunds, or ask for a <b>person</b>.</p>";

/// The answer to what an end user said.
pub(super) fn answer(text: &str) -> Answer {
    let text = text.to_lowercase();
    let words: Vec<&str> =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has_any = |known: &[&str]| {
        words
            .iter()
            .any(|word| known.iter().any(|known| word == known || word.strip_suffix('s') == Some(known)))
    };
    if has_any(PERSON) {
        return Answer { html: HANDOVER, hands_over: true };
    }
    let known = ANSWERS.iter().find(|(words, _)| has_any(words));
    Answer { html: known.map_or(UNSURE, |(_, html)| html), hands_over: false }
}

#[cfg(test)]
mod tests {
    use deskport_domain::html::verify;

    use super::*;

    #[test]
    fn whoever_asks_for_a_person_gets_one() {
        assert!(answer("Can I talk to a HUMAN, please?").hands_over);
        assert!(!answer("Which plans are there?").hands_over);
    }

    #[test]
    fn a_word_counts_only_as_a_whole() {
        assert_eq!(answer("This is shiny").html, UNSURE);
    }

    #[test]
    fn every_answer_is_clean() {
        for html in ANSWERS.iter().map(|(_, html)| *html).chain([HANDOVER, UNSURE]) {
            assert!(verify(html), "{html}");
        }
    }
}
