//! The first start: who gets which secrets, and where.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::support::{Fin, Sandbox, Server, Store};

#[test]
fn the_first_start_writes_the_credentials_for_their_owner_alone() {
    let sandbox = Sandbox::new(Store::Sqlite);
    let said = sandbox.start().stop();

    let mode = |name: &str| fs::metadata(sandbox.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("data"), 0o700);
    assert_eq!(mode("data/credentials.json"), 0o600);
    assert_eq!(mode("data/deskport.db"), 0o600);

    let credentials = sandbox.credentials();
    let fin = credentials["fin"].as_object().unwrap();
    assert_eq!(fin.keys().collect::<Vec<_>>(), ["agent_id", "client_id", "client_secret"]);
    assert_eq!(fin["agent_id"], "agent_fin");
    assert_eq!(credentials["desk"].as_object().unwrap().keys().collect::<Vec<_>>(), ["token"]);

    assert!(said.contains("data/credentials.json"), "{said}");
    for secret in [&fin["client_secret"], &credentials["desk"]["token"]] {
        assert!(!said.contains(secret.as_str().unwrap()), "{said}");
    }
}

#[test]
fn a_later_start_writes_none() {
    let sandbox = Sandbox::new(Store::Sqlite);
    sandbox.start().stop();
    let before = sandbox.credentials();
    sandbox.start().stop();
    assert_eq!(sandbox.credentials(), before);

    fs::remove_file(sandbox.credentials_path()).unwrap();
    let said = sandbox.start().stop();
    assert!(!sandbox.credentials_path().exists());
    assert!(!said.contains("member()"), "{said}");
}

#[test]
fn the_credentials_of_another_database_are_moved_aside() {
    let sandbox = Sandbox::new(Store::Sqlite);
    fs::create_dir(sandbox.path("data")).unwrap();
    fs::write(sandbox.credentials_path(), "others").unwrap();
    let said = sandbox.start().stop();
    assert_eq!(fs::read_to_string(sandbox.path("data/credentials.json.old-1")).unwrap(), "others");
    assert!(said.contains("credentials.json.old-1"), "{said}");
    assert_eq!(sandbox.credentials()["fin"]["agent_id"], "agent_fin");
}

#[test]
fn credentials_go_where_the_settings_say() {
    let sandbox =
        Sandbox::new(Store::Memory).with("DESKPORT__SERVER__CREDENTIALS_FILE", "secrets/of/fin.json");
    let _server = sandbox.start();
    assert!(sandbox.path("secrets/of/fin.json").exists());
}

#[test]
fn credentials_of_the_memory_store_end_with_it() {
    let sandbox = Sandbox::new(Store::Memory);
    let server = sandbox.start();
    assert!(sandbox.credentials_path().exists());
    let said = server.stop();
    assert!(!sandbox.credentials_path().exists());
    assert!(said.contains("everything is forgotten"), "{said}");
}

#[test]
fn a_directory_that_cannot_be_written_to_stops_the_first_start_before_it_counts() {
    let sandbox = Sandbox::new(Store::Sqlite);
    fs::create_dir_all(sandbox.credentials_path()).unwrap();
    let finished = sandbox.run(&[]);
    assert_eq!(finished.code, 1, "{}", finished.stderr);
    assert!(finished.stderr.contains("credentials.json"), "{}", finished.stderr);

    fs::remove_dir(sandbox.credentials_path()).unwrap();
    sandbox.start().stop();
    assert_eq!(sandbox.credentials()["fin"]["agent_id"], "agent_fin");
}

fn starts_at_once(store: Store) {
    let sandbox = Sandbox::new(store);
    let starting: Vec<Server> = (0..4).map(|_| Server::spawn(sandbox.command(&[]))).collect();
    let servers: Vec<Server> = starting.into_iter().map(Server::listening).collect();
    for server in &servers {
        assert_eq!(Fin::of(&sandbox, server).get("/agents").expect(200)[0]["id"], "agent_fin");
    }
    let said: String = servers.into_iter().map(Server::stop).collect();
    assert_eq!(said.matches("The credentials of this first start").count(), 1, "{said}");
    let files = fs::read_dir(sandbox.path("data")).unwrap().map(|entry| entry.unwrap().file_name());
    let files: Vec<_> = files.filter(|name| name.to_string_lossy().starts_with("credentials")).collect();
    assert_eq!(files, ["credentials.json"]);
}

#[test]
fn of_several_starts_at_once_on_sqlite_one_is_the_first() {
    starts_at_once(Store::Sqlite);
}

#[test]
fn of_several_starts_at_once_on_postgres_one_is_the_first() {
    starts_at_once(Store::Postgres);
}
