//! Scenarios that come with the program.

const DEMOS: &[(&str, &str)] = &[
    ("handover", include_str!("../../../scenarios/handover.txt")),
    ("lost-answers", include_str!("../../../scenarios/lost-answers.txt")),
    ("expired-token", include_str!("../../../scenarios/expired-token.txt")),
    ("two-users", include_str!("../../../scenarios/two-users.txt")),
];

/// The scenarios that come with the program: names and texts.
pub fn demos() -> &'static [(&'static str, &'static str)] {
    DEMOS
}

#[cfg(test)]
mod tests {
    use super::super::Scenario;
    use super::*;

    #[test]
    fn every_demo_can_be_read() {
        for (name, text) in demos() {
            assert!(text.parse::<Scenario>().is_ok_and(|scenario| !scenario.steps.is_empty()), "{name}");
        }
    }
}
