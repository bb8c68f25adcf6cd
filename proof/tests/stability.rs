//! html5ever reads every output as the tree that was meant, in every place it may be put.

use deskport_domain::html::sanitize;
use deskport_html_proof::{corpus, messages, stability};
use proptest::prelude::*;

#[test]
fn hostile_inputs_come_out_as_the_tree_that_was_meant() {
    for case in corpus::hostile().unwrap() {
        stability::check(&sanitize(&case)).unwrap();
    }
}

#[test]
fn mail_comes_out_as_the_tree_that_was_meant() {
    for (_, mail) in corpus::mail().unwrap() {
        stability::check(&sanitize(&mail)).unwrap();
    }
    for (_, mail) in messages::mails() {
        stability::check(&sanitize(&mail)).unwrap();
    }
}

#[test]
fn families_of_repeated_markup_come_out_as_the_tree_that_was_meant() {
    for (_, input) in messages::hostile(40) {
        stability::check(&sanitize(&input)).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spliced_hostile_inputs_come_out_as_the_tree_that_was_meant(pieces in prop::collection::vec((any::<usize>(), 0..80_usize), 1..6)) {
        let cases = CASES.get_or_init(|| corpus::hostile().unwrap());
        let input: String = pieces.iter().map(|(index, length)| cases[index % cases.len()].chars().take(*length).collect::<String>()).collect();
        prop_assert_eq!(stability::check(&sanitize(&input)), Ok(()));
    }
}

static CASES: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
