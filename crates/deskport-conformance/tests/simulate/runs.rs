//! What a good server makes of scenarios, and what the audience sees.

use std::sync::{Arc, Mutex};

use deskport_conformance::client::Access;
use deskport_conformance::simulate::{
    Audience, Happening, Nobody, Outcome, RandomOptions, Scenario, Side, SimulateOptions, Simulator, demos,
};

use crate::helpdesk::{Helpdesk, Wrong};

/// What an audience saw, a line each.
#[derive(Debug, Default)]
struct Notebook(Mutex<Vec<String>>);

impl Audience for Notebook {
    fn see(&self, happening: &Happening<'_>) {
        let line = match happening {
            Happening::Step(_, step) => format!("step {step}"),
            Happening::Exchange(Side::Webhook, exchange) => format!("told {}", exchange.sent.body),
            Happening::Exchange(side, exchange) => format!("{side:?} {exchange:?}"),
            Happening::AnswerLost => "lost".to_owned(),
            Happening::Repeat(number) => format!("repeat {number}"),
            Happening::Trouble(trouble) => format!("trouble {trouble}"),
            Happening::Compared(comparison) => comparison.to_string(),
        };
        self.0.lock().unwrap().push(line);
    }
}

pub(crate) async fn play(options: SimulateOptions, scenario: &Scenario) -> Outcome {
    play_before(options, scenario, Arc::new(Nobody)).await
}

async fn play_before(options: SimulateOptions, scenario: &Scenario, audience: Arc<dyn Audience>) -> Outcome {
    let mut simulator = Simulator::start(options, audience).await.unwrap();
    simulator.play(scenario).await
}

#[tokio::test]
async fn every_demo_stays_in_step() {
    for (name, text) in demos() {
        let helpdesk = Helpdesk::start(None).await;
        let outcome = play(helpdesk.options(), &text.parse().unwrap()).await;
        assert!(outcome.is_good(), "{name}: {outcome}");
    }
}

#[tokio::test]
async fn whatever_happens_a_good_server_stays_in_step() {
    for seed in 0..20 {
        let helpdesk = Helpdesk::start(None).await;
        let scenario = Scenario::random(seed, &RandomOptions { steps: 60, agents: true, tokens: true });
        let outcome = play(helpdesk.options(), &scenario).await;
        assert!(outcome.is_good(), "seed {seed}: {outcome}\n{scenario}");
    }
}

#[tokio::test]
async fn the_same_seed_gives_the_same_requests() {
    let mut runs = Vec::new();
    for seed in [7, 7, 8] {
        let helpdesk = Helpdesk::start(None).await;
        let scenario = Scenario::random(seed, &RandomOptions { steps: 80, agents: true, tokens: true });
        play(helpdesk.options(), &scenario).await;
        runs.push(helpdesk.calls());
    }
    assert_eq!(runs[0], runs[1]);
    assert_ne!(runs[0], runs[2]);
}

#[tokio::test]
async fn without_an_address_for_notifications_fin_looks_by_itself() {
    let helpdesk = Helpdesk::start(None).await;
    let options = SimulateOptions { inbox: None, ..helpdesk.options() };
    let scenario = Scenario::random(3, &RandomOptions { steps: 60, agents: true, tokens: true });
    let outcome = play(options, &scenario).await;
    assert!(outcome.is_good(), "{outcome}");
    assert_eq!(outcome.notifications, 0);
}

#[tokio::test]
async fn five_lost_answers_are_five_repeats_of_one_request() {
    let helpdesk = Helpdesk::start(None).await;
    let scenario =
        "user Jane jane@example.com\nJane starts: Hello\nthe next 5 answers are lost\nJane says: Hello?";
    let options = helpdesk.options();
    let mut simulator = Simulator::start(options, Arc::new(Nobody)).await.unwrap();
    for (_, step) in &scenario.parse::<Scenario>().unwrap().steps {
        simulator.perform(step).await.unwrap();
    }
    let calls = helpdesk.calls();
    let same = calls.iter().filter(|call| call.0 == "create_message").collect::<Vec<_>>();
    assert_eq!(same.len(), 6, "{calls:?}");
    assert!(same.iter().all(|call| *call == same[0]));
}

#[tokio::test]
async fn a_sixth_failure_is_given_up_and_said() {
    let helpdesk = Helpdesk::start(Some(Wrong::FailsAlways)).await;
    let scenario = "user Jane jane@example.com\nJane starts: Hello\nJane says: Hello?".parse().unwrap();
    let outcome = play(helpdesk.options(), &scenario).await;
    assert_eq!(
        outcome.troubles[0].to_string(),
        "line 3: Jane says: Hello?: `create_message` failed 6 times; at last: status 500"
    );
    let tries = helpdesk.calls().iter().filter(|call| call.0 == "create_message").count();
    assert_eq!(tries, 6);
}

#[tokio::test]
async fn what_arrived_without_an_answer_is_no_difference() {
    let helpdesk = Helpdesk::start(None).await;
    let scenario =
        "user Jane jane@example.com\nJane starts: Hello\nthe next 6 answers are lost\nJane says: Hello?";
    let outcome = play(helpdesk.options(), &scenario.parse().unwrap()).await;
    assert!(outcome.troubles[0].why.ends_with("at last: the answer was lost"), "{outcome}");
    assert!(outcome.comparison.is_in_step() && !outcome.is_good(), "{outcome}");
}

#[tokio::test]
async fn an_expired_token_is_replaced_and_the_call_repeated() {
    let helpdesk = Helpdesk::start(None).await;
    let scenario =
        "user Jane jane@example.com\nJane starts: Hello\nthe token expires\nJane reads".parse().unwrap();
    let outcome = play(helpdesk.options(), &scenario).await;
    assert!(outcome.is_good(), "{outcome}");
    let updates = helpdesk.calls().iter().filter(|call| call.0 == "update_conversation").count();
    assert_eq!(updates, 2, "refused once, and taken once");
}

#[tokio::test]
async fn steps_that_cannot_be_done_are_named_and_the_others_go_on() {
    let helpdesk = Helpdesk::start(None).await;
    let options = SimulateOptions { desk: None, ..helpdesk.options() };
    let mut fixed = options.clone();
    fixed.client.access = Access::Fixed("the-good-token".to_owned());
    let scenario =
        "user Jane jane@example.com\nagent Sarah sarah@example.com\nthe token expires\nJane starts: Hello";
    let outcome = play(fixed, &scenario.parse().unwrap()).await;
    let troubles: Vec<String> = outcome.troubles.iter().map(ToString::to_string).collect();
    assert_eq!(
        troubles,
        [
            "line 2: agent Sarah sarah@example.com: there is no token for the desk's API",
            "line 3: the token expires: a fixed token cannot be fetched again",
        ]
    );
    assert_eq!((outcome.comparison.conversations, outcome.comparison.messages), (1, 1));
}

#[tokio::test]
async fn the_audience_sees_everything_but_secrets() {
    let helpdesk = Helpdesk::start(None).await;
    let notebook = Arc::new(Notebook::default());
    let handover = demos().iter().find(|(name, _)| *name == "handover").unwrap().1;
    let mut scenario: Scenario = "the token expires\nthe next answer is lost".parse().unwrap();
    scenario.steps.extend(handover.parse::<Scenario>().unwrap().steps);
    let outcome = play_before(helpdesk.options(), &scenario, notebook.clone()).await;
    assert!(outcome.is_good(), "{outcome}");
    let seen = notebook.0.lock().unwrap().join("\n");
    for wanted in
        ["step Sarah types", "told {", "agent_typing", "lost", "repeat 1", "In step: ", "Desk ", "Fin "]
    {
        assert!(seen.contains(wanted), "{wanted}");
    }
    for secret in ["the-good-token", "the-secret-of-fin", "the-token-of-the-desk", "the-webhook-key"] {
        assert!(!seen.contains(secret), "{secret}");
    }
}
