//! The simulator against the real server: scripted, made up, in both variants, and against one that is there already.

use crate::support::{Receiver, Sandbox, Store};

fn in_step(said: &str) -> bool {
    said.contains("In step: ") && !said.contains("Out of step")
}

#[test]
fn every_scenario_that_comes_with_it_stays_in_step() {
    let sandbox = Sandbox::new(Store::Sqlite);
    for scenario in ["handover", "lost-answers", "expired-token", "two-users"] {
        let said = sandbox.print(&["simulate", "--scenario", scenario, "--speed", "60000"]);
        assert!(in_step(&said), "{scenario}: {said}");
    }
    assert!(!sandbox.path("data").exists(), "the demo leaves nothing behind");
}

#[test]
fn what_a_seed_makes_up_stays_in_step_in_both_variants() {
    let sandbox = Sandbox::new(Store::Sqlite);
    for variant in ["p", "r"] {
        let random = ["simulate", "--random", "7", "--steps", "60", "--speed", "60000", "--variant", variant];
        let said = sandbox.print(&random);
        assert!(in_step(&said), "{variant}: {said}");
    }
}

#[test]
fn a_server_that_is_there_already_is_played_with() {
    for store in [Store::Sqlite, Store::Memory] {
        let sandbox = Sandbox::new(store);
        let server = sandbox.start();
        let credentials = sandbox.credentials();
        let text = |face: &str, name: &str| credentials[face][name].as_str().unwrap().to_owned();
        let user = sandbox
            .with("DESKPORT_SIMULATE_CLIENT_ID", &text("fin", "client_id"))
            .with("DESKPORT_SIMULATE_CLIENT_SECRET", &text("fin", "client_secret"))
            .with("DESKPORT_SIMULATE_DESK_TOKEN", &text("desk", "token"));
        let url = format!("http://{}/api/fin", server.address());
        let random = ["simulate", &url, "--random", "11", "--steps", "80", "--speed", "60000"];
        let said = user.print(&random);
        assert!(in_step(&said), "{store:?}: {said}");
        for secret in [text("fin", "client_secret"), text("desk", "token")] {
            assert!(!said.contains(&secret), "{said}");
        }
        server.stop();
    }
}

#[test]
fn a_server_that_tells_somebody_else_is_out_of_step() {
    let elsewhere = Receiver::start([]);
    let sandbox = Sandbox::new(Store::Memory).telling(&elsewhere);
    let server = sandbox.start();
    let credentials = sandbox.credentials();
    let text = |face: &str, name: &str| credentials[face][name].as_str().unwrap().to_owned();
    std::fs::write(
        sandbox.path("short.txt"),
        "user Jane jane@example.com\nagent Sarah sarah@example.com\nJane starts: Hello\nSarah replies: Hi\n",
    )
    .unwrap();
    let user = sandbox
        .with("DESKPORT_SIMULATE_CLIENT_ID", &text("fin", "client_id"))
        .with("DESKPORT_SIMULATE_CLIENT_SECRET", &text("fin", "client_secret"))
        .with("DESKPORT_SIMULATE_DESK_TOKEN", &text("desk", "token"));
    let url = format!("http://{}/api/fin", server.address());
    let listen = ["--webhook-listen", "127.0.0.1:0", "--webhook-wait", "1"];
    let finished = user.run(&[&["simulate", &url, "--scenario", "short.txt"][..], &listen].concat());
    assert_eq!(finished.code, 1, "{}", finished.stdout);
    assert!(finished.stdout.contains("which Fin was never shown"), "{}", finished.stdout);
    assert_eq!(finished.stderr, "deskport: Fin and the server are out of step\n");
    server.stop();
}

#[test]
fn what_is_made_up_can_be_printed_and_played_again() {
    let sandbox = Sandbox::new(Store::Memory);
    let printed = sandbox.print(&["simulate", "--random", "7", "--steps", "30", "--print"]);
    std::fs::write(sandbox.path("made-up.txt"), &printed).unwrap();
    assert_eq!(sandbox.print(&["simulate", "--scenario", "made-up.txt", "--print"]), printed);
}

#[test]
fn a_mistake_in_a_scenario_is_named_with_its_line() {
    let sandbox = Sandbox::new(Store::Memory);
    std::fs::write(sandbox.path("bad.txt"), "user Jane jane@example.com\nJan starts: Hello\n").unwrap();
    let finished = sandbox.run(&["simulate", "--scenario", "bad.txt"]);
    assert_eq!(finished.code, 2);
    assert_eq!(finished.stderr, "deskport: bad.txt: line 2: nobody is called `Jan`; there: Jane, and Fin\n");
}
