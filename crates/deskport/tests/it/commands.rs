//! Commands that need no server: help, settings, HTML.

use serde_json::json;

use crate::support::{Sandbox, Store};

#[test]
fn the_version_is_one_line() {
    let version = Sandbox::new(Store::Sqlite).print(&["--version"]);
    assert_eq!(version, format!("deskport {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn help_reads_well() {
    let sandbox = Sandbox::new(Store::Sqlite);
    for command in [
        "",
        "token",
        "token create",
        "client",
        "client create",
        "agent",
        "agent update",
        "sanitize",
        "deliveries",
        "deliveries list",
        "deliveries retry",
        "doctor",
        "check",
    ] {
        let arguments: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
        let name = format!("help_{}", command.replace(' ', "_")).trim_end_matches('_').to_owned();
        insta::assert_snapshot!(name, sandbox.print(&arguments));
    }
}

#[test]
fn a_mistyped_command_line_is_refused_with_code_2() {
    let finished = Sandbox::new(Store::Sqlite).run(&["token", "crate"]);
    assert_eq!((finished.code, finished.stdout.as_str()), (2, ""));
    assert!(finished.stderr.contains("create"), "{finished:?}");
}

#[test]
fn the_settings_are_printed_with_their_sources_and_without_secrets() {
    let sandbox = Sandbox::new(Store::Sqlite)
        .with("DESKPORT__DATABASE__URL", "postgres://desk:MARKER@db.internal/desk")
        .with("DESKPORT__FIN__SIGNATURE_KEY", "MARKER,MARKER2");
    std::fs::write(sandbox.path("my.toml"), "[server]\nworkers = 3\n").unwrap();
    let printed = sandbox.print(&["--config", "my.toml", "config"]);
    let directory = sandbox.path("").canonicalize().unwrap();
    let here = printed.replace(&format!("{}/", directory.display()), "");
    assert!(!printed.contains("MARKER"), "{printed}");
    insta::assert_snapshot!(here);

    let settings = sandbox.json(&["config", "--json"]);
    assert!(!settings.to_string().contains("MARKER"), "{settings}");
    let url = json!({"key": "database.url", "value": "postgres://desk:…@db.internal/desk",
        "source": "DESKPORT__DATABASE__URL"});
    assert!(settings.as_array().unwrap().contains(&url), "{settings}");
}

#[test]
fn what_config_prints_can_be_used_as_a_file() {
    let sandbox = Sandbox::new(Store::Sqlite);
    std::fs::write(sandbox.path("printed.toml"), sandbox.print(&["config"])).unwrap();
    let again = sandbox.json(&["--config", "printed.toml", "config", "--json"]);
    assert!(again.to_string().contains("printed.toml"), "{again}");
}

#[test]
fn bad_settings_stop_every_command_with_code_2() {
    let cases = [
        ("DESKPORT__SERVER__LISTEN", "localhost"),
        ("DESKPORT__DATABSE__URL", "memory:"), // typos: ignore
        ("DESKPORT__FIN__SIGNATURE", "enforce"),
    ];
    let mut said = String::new();
    for (name, value) in cases {
        let finished = Sandbox::new(Store::Sqlite).with(name, value).run(&["serve"]);
        assert_eq!((finished.code, finished.stdout.as_str()), (2, ""));
        said.push_str(&finished.stderr);
    }
    insta::assert_snapshot!(said);
}

#[test]
fn html_is_cleaned_as_a_filter() {
    let finished =
        Sandbox::new(Store::Sqlite).run_with(&["sanitize"], "<p onclick=a()>Hi<script>x</script></p>");
    assert_eq!((finished.code, finished.stdout.as_str()), (0, "<p>Hi</p>"));
}

#[test]
fn lines_of_html_are_cleaned_in_order() {
    let input = "{\"id\": 1e400, \"html\": \"<b>a</b>\"}\n{\"html\":\"<p onclick=a()>b\",\"id\":[\"x\"]}\n";
    let finished = Sandbox::new(Store::Sqlite).run_with(&["sanitize", "--jsonl"], input);
    let expected = "{\"id\":1e400,\"html\":\"<b>a</b>\",\"out\":\"<b>a</b>\"}\n\
                    {\"id\":[\"x\"],\"html\":\"<p onclick=a()>b\",\"out\":\"<p>b</p>\"}\n";
    assert_eq!((finished.code, finished.stdout.as_str()), (0, expected), "{}", finished.stderr);
}

#[test]
fn a_bad_line_ends_the_filter_with_its_number() {
    let input = "{\"id\":1,\"html\":\"a\"}\nnonsense\n";
    let finished = Sandbox::new(Store::Sqlite).run_with(&["sanitize", "--jsonl"], input);
    assert_eq!(finished.code, 1);
    assert_eq!(finished.stdout, "{\"id\":1,\"html\":\"a\",\"out\":\"a\"}\n");
    assert!(finished.stderr.starts_with("deskport: line 2: "), "{}", finished.stderr);
}

#[test]
fn the_openapi_description_is_printed() {
    let description = Sandbox::new(Store::Sqlite).json(&["openapi"]);
    assert!(description["openapi"].as_str().unwrap().starts_with("3.1"), "{description}");
    assert!(description["paths"]["/api/fin/messages"]["post"].is_object());
    assert!(description["paths"]["/api/desk/v1/users/{user_id}"]["put"].is_object());
}
