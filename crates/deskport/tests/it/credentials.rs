//! Credentials and agents on the command line, beside a running server.

use serde_json::json;

use crate::support::{Fin, Sandbox, Store, fetch_token, wait_until};

fn a_made_token_works_at_once_and_a_revoked_one_soon_not(store: Store) {
    let sandbox = Sandbox::new(store);
    let server = sandbox.start();
    let made = sandbox.json(&["token", "create", "--role", "fin", "--label", "try", "--json"]);
    let fin = Fin::with_token(server.address(), made["token"].as_str().unwrap());
    fin.get("/agents").expect(200);

    sandbox.print(&["token", "revoke", made["id"].as_str().unwrap()]);
    wait_until("the token is refused", || fin.get("/agents").status == 401);
    let tokens = sandbox.json(&["token", "list", "--json"]);
    let listed = tokens.as_array().unwrap().iter().find(|token| token["id"] == made["id"]).unwrap();
    assert!(listed["revoked_at"].is_string() && listed.get("token").is_none(), "{listed}");
}

#[test]
fn tokens_on_sqlite_come_and_go_while_the_server_runs() {
    a_made_token_works_at_once_and_a_revoked_one_soon_not(Store::Sqlite);
}

#[test]
fn tokens_on_postgres_come_and_go_while_the_server_runs() {
    a_made_token_works_at_once_and_a_revoked_one_soon_not(Store::Postgres);
}

#[test]
fn a_quiet_token_is_the_token_and_nothing_else() {
    let sandbox = Sandbox::new(Store::Sqlite);
    let server = sandbox.start();
    let token = sandbox.print(&["token", "create", "--role", "fin", "--quiet"]);
    Fin::with_token(server.address(), token.trim_end()).get("/agents").expect(200);
}

#[test]
fn a_revoked_client_fetches_no_token_and_its_tokens_stop() {
    let sandbox = Sandbox::new(Store::Sqlite);
    let server = sandbox.start();
    let made = sandbox.json(&["client", "create", "--role", "fin", "--json"]);
    let text = |name: &str| made[name].as_str().unwrap();
    let fetch = || fetch_token(server.address(), text("client_id"), text("client_secret"));
    let token = fetch().expect(200)["access_token"].as_str().unwrap().to_owned();
    let fin = Fin::with_token(server.address(), &token);
    fin.get("/agents").expect(200);

    sandbox.print(&["client", "revoke", text("client_id")]);
    fetch().expect(401);
    wait_until("the token is refused", || fin.get("/agents").status == 401);
    let listed = sandbox.print(&["client", "list"]);
    assert!(
        listed.lines().any(|line| line.contains(text("client_id")) && line.contains("revoked")),
        "{listed}"
    );
}

#[test]
fn agents_are_added_changed_and_disabled() {
    let sandbox = Sandbox::new(Store::Sqlite);
    let server = sandbox.start();
    let fin = Fin::of(&sandbox, &server);
    let jane = ["--name", "Jane Doe", "--email", "jane@example.com", "--alias", "Support Jane", "--json"];
    let added = sandbox.json(&[&["agent", "add"][..], &jane[..]].concat());
    let id = added["id"].as_str().unwrap();
    assert_eq!(fin.get("/agents").expect(200)[1]["alias"], "Support Jane");

    let changed = sandbox.json(&["agent", "update", id, "--name", "Jane Roe", "--clear-alias", "--json"]);
    let expected = (json!("Jane Roe"), json!(null), json!("jane@example.com"));
    assert_eq!((changed["name"].clone(), changed["alias"].clone(), changed["email"].clone()), expected);

    sandbox.print(&["agent", "disable", id]);
    assert_eq!(fin.get("/agents").expect(200).as_array().unwrap().len(), 1);
    assert!(sandbox.print(&["agent", "list"]).contains("disabled"));
    sandbox.print(&["agent", "enable", id]);
    assert_eq!(fin.get("/agents").expect(200).as_array().unwrap().len(), 2);
}

#[test]
fn who_is_not_there_cannot_be_changed() {
    let sandbox = Sandbox::new(Store::Sqlite);
    for (arguments, said) in [
        (["token", "revoke", "token_x"], "deskport: there is no token \"token_x\"\n"),
        (["client", "revoke", "client_x"], "deskport: there is no client \"client_x\"\n"),
        (["agent", "disable", "agent_x"], "deskport: there is no agent \"agent_x\"\n"),
        (["agent", "disable", "no id"], "deskport: there is no agent \"no id\"\n"),
    ] {
        let finished = sandbox.run(&arguments);
        assert_eq!((finished.code, finished.stderr.as_str()), (1, said));
    }
}

#[test]
fn an_agent_that_is_added_before_the_first_start_does_not_prevent_it() {
    let sandbox = Sandbox::new(Store::Sqlite);
    sandbox.print(&["agent", "add", "--name", "Jane Doe"]);
    let server = sandbox.start();
    let agents = Fin::of(&sandbox, &server).get("/agents").expect(200);
    assert_eq!(agents.as_array().unwrap().len(), 2);
}

#[test]
fn the_memory_store_cannot_be_reached_from_another_process() {
    let sandbox = Sandbox::new(Store::Memory);
    for arguments in [&["token", "create", "--role", "fin"][..], &["agent", "list"], &["migrate"]] {
        let finished = sandbox.run(arguments);
        assert_eq!(finished.code, 1);
        assert!(finished.stderr.contains("memory:"), "{finished:?}");
    }
}
