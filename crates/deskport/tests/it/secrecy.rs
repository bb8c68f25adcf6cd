//! What is logged, and what never is (decision 25).

use std::process::Command;

use serde_json::Value;

use crate::support::{Fin, Sandbox, Store, fetch_token};

#[test]
fn no_secret_is_logged_even_when_everything_is() {
    let sandbox = Sandbox::new(Store::Postgres)
        .with("DESKPORT__LOG__FILTER", "trace")
        .with("DESKPORT__FIN__SIGNATURE", "log")
        .with("DESKPORT__FIN__SIGNATURE_KEY", "MARKER_OF_THE_SIGNATURE_KEY");
    let server = sandbox.start();
    let fin = Fin::of(&sandbox, &server);
    fin.conversation();
    fetch_token(server.address(), "client_x", "MARKER_OF_A_WRONG_SECRET").expect(401);
    let said = server.stop();

    let credentials = sandbox.credentials();
    let database = sandbox.database().url();
    let login = database.trim_start_matches("postgres://").split('@').next().unwrap();
    let password = login.split_once(':').map_or("MARKER", |(_, password)| password);
    let secrets = [
        ("the client's secret", credentials["fin"]["client_secret"].as_str().unwrap()),
        ("the desk's token", credentials["desk"]["token"].as_str().unwrap()),
        ("the fetched token", fin.authorization.trim_start_matches("Bearer ")),
        ("the database's password", password),
        ("markers", "MARKER"),
        ("what people say", "Hello"),
        ("their names", "Jane Doe"),
    ];
    for (what, secret) in secrets {
        let line = said.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{what} was logged");
    }
}

#[test]
fn json_logs_are_one_object_a_line_and_nothing_else() {
    let sandbox = Sandbox::new(Store::Sqlite).with("DESKPORT__LOG__FORMAT", "json");
    let server = sandbox.start();
    Fin::of(&sandbox, &server).get("/user?user_id=user_nobody").expect(404);
    let said = server.stop();
    let lines: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines.iter().all(|line| line["level"].is_string() && line["message"].is_string()), "{said}");
    assert!(lines.iter().any(|line| line["http.route"] == "/api/fin/user"), "{said}");
}

#[test]
fn the_printed_first_call_reads_the_credentials() {
    let sandbox = Sandbox::new(Store::Sqlite);
    let said = sandbox.start().stop();
    let member = said.lines().find(|line| line.contains("member()")).unwrap();
    for (name, value) in sandbox.credentials()["fin"].as_object().unwrap() {
        let script = format!("{member}\nmember {name} <data/credentials.json");
        let output = Command::new("sh").args(["-c", &script]).current_dir(sandbox.path("")).output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap().trim_end(), value.as_str().unwrap());
    }
}
