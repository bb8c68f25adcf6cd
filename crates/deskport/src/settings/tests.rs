//! What may be set, and what is said about what may not.

use std::io::Write as _;

use tempfile::NamedTempFile;

use super::*;

fn load(file: &str, variables: &[(&str, &str)]) -> Result<Settings, String> {
    let mut on_disk = NamedTempFile::new().unwrap();
    on_disk.write_all(file.as_bytes()).unwrap();
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Settings::load(Some(on_disk.path()), &variables)
        .map_err(|problem| without_path(&problem.to_string(), on_disk.path()))
}

/// What was said, with `FILE` for the file, whose path may be told from the directory we are in.
fn without_path(said: &str, file: &Path) -> String {
    let name = file.file_name().unwrap().to_str().unwrap();
    let words = said.split(' ').map(|word| match word.split_once(name) {
        Some((_, after)) => format!("FILE{after}"),
        None => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

fn refusal(file: &str, variables: &[(&str, &str)]) -> String {
    load(file, variables).unwrap_err()
}

#[test]
fn the_defaults_are_valid() {
    let settings = load("", &[]).unwrap();
    assert_eq!(settings.server.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(settings.credentials_file(), Path::new("data/credentials.json"));
    assert_eq!(settings.fin.prefix, "/api/fin");
}

#[test]
fn the_environment_wins_over_the_file_and_the_file_over_the_defaults() {
    let file = "[server]\nworkers = 3\nmax_in_flight = 7\n";
    let settings = load(file, &[("DESKPORT__SERVER__WORKERS", "4")]).unwrap();
    assert_eq!(settings.server.workers.map(std::num::NonZeroUsize::get), Some(4));
    assert_eq!(settings.server.max_in_flight, 7);
    let shown = settings.shown();
    let source = |key| shown.iter().find(|setting| setting.key == key).unwrap().source.as_str();
    assert_eq!(source("server.workers"), "DESKPORT__SERVER__WORKERS");
    assert!(Path::new(source("server.max_in_flight")).is_absolute());
    assert_eq!(source("server.listen"), "default");
}

#[test]
fn credentials_stand_beside_the_sqlite_database() {
    let settings = load("", &[("DESKPORT__DATABASE__URL", "sqlite:///var/lib/desk/desk.db")]).unwrap();
    assert_eq!(settings.credentials_file(), Path::new("/var/lib/desk/credentials.json"));
    let settings = load("", &[("DESKPORT__SERVER__CREDENTIALS_FILE", "/run/secrets.json")]).unwrap();
    assert_eq!(settings.credentials_file(), Path::new("/run/secrets.json"));
}

#[test]
fn several_signature_keys_are_split_at_commas() {
    let keys = [("DESKPORT__FIN__SIGNATURE_KEY", " old, new,"), ("DESKPORT__FIN__SIGNATURE", "Enforce")];
    let settings = load("", &keys).unwrap();
    assert_eq!(settings.fin.signature, Signature::Enforce);
    let keys: Vec<_> = settings.fin.signature_keys.0.iter().map(SecretSetting::reveal).collect();
    assert_eq!(keys, ["old", "new"]);
}

#[test]
fn slashes_around_a_prefix_do_not_matter() {
    for (given, kept) in [("/helpdesk/", "/helpdesk"), ("/", ""), ("", ""), ("/a/b", "/a/b"), ("a", "/a")] {
        assert_eq!(load("", &[("DESKPORT__FIN__PREFIX", given)]).unwrap().fin.prefix, kept);
    }
    for bad in ["/a//b", "/a b", "/{id}", "/ä"] {
        assert!(load("", &[("DESKPORT__FIN__PREFIX", bad)]).is_err(), "{bad:?}");
    }
}

#[test]
fn no_secret_is_shown() {
    let url = "postgres://desk:MARKER@db/desk?sslpassword=MARKER";
    let settings = load(
        "",
        &[
            ("DESKPORT__DATABASE__URL", url),
            ("DESKPORT__FIN__SIGNATURE_KEY", "MARKER"),
            ("DESKPORT__FIN__SIGNATURE", "log"),
            ("DESKPORT__FIN__INTEGRATION_ID", "integration_7"),
            ("DESKPORT__FIN__WEBHOOK_KEY", "MARKER"),
            ("DESKPORT__FIN__WEBHOOK_URL", "https://jane:MARKER@fin.example.com"),
            ("DESKPORT__DESK__WEBHOOK_URL", "https://desk.example.com/hooks?MARKER"),
            ("DESKPORT__DESK__WEBHOOK_SECRET", "MARKER,MARKER"),
        ],
    )
    .unwrap();
    let shown = serde_json::to_string(&settings.shown()).unwrap();
    assert!(shown.contains("postgres://desk:…@db/desk?sslpassword=…"), "{shown}");
    assert!(!shown.contains("MARKER"), "{shown}");
    assert!(shown.contains("(hidden)") && shown.contains("(2 keys, hidden)"), "{shown}");
    assert!(!format!("{settings:?}").contains("MARKER"), "{settings:?}");
}

#[test]
fn a_file_that_cannot_be_parsed_is_not_quoted() {
    let said = refusal("[fin]\nsignature_key = \"MARKER\nsignature = \"log\"\n", &[]);
    assert!(said.contains("FILE") && said.contains("line 2"), "{said}");
    assert!(!said.contains("MARKER") && !said.contains('\n'), "{said}");
}

#[test]
fn a_bad_database_url_is_not_quoted() {
    let said = refusal("", &[("DESKPORT__DATABASE__URL", "postgre://desk:MARKER@db/desk")]);
    assert!(!said.contains("MARKER"), "{said}");
}

#[test]
fn the_example_for_postgres_is_valid_once_it_has_its_secrets() {
    let example = include_str!("../../../../config/example.postgres.toml");
    let secrets = [
        ("DESKPORT__DATABASE__URL", "postgres://desk:secret@db/desk"),
        ("DESKPORT__FIN__SIGNATURE_KEY", "secret"),
    ];
    assert_eq!(load(example, &secrets).unwrap().log.format, Format::Json);
    assert!(load(example, &[]).is_err(), "signatures are enforced, so a key must come");
}

#[test]
fn a_missing_file_is_named() {
    let problem = Settings::load(Some(Path::new("no/such.toml")), &BTreeMap::new()).unwrap_err();
    assert_eq!(problem.to_string(), "no/such.toml: No such file or directory (os error 2)");
}

#[test]
fn every_refusal_names_key_source_fault_and_what_is_allowed() {
    let mut said = String::new();
    for (file, variables) in REFUSED {
        said.push_str(&refusal(file, variables));
        said.push('\n');
    }
    assert!(!said.contains("MARKER"), "{said}");
    insta::assert_snapshot!(said);
}

/// A file and variables.
type Case = (&'static str, &'static [(&'static str, &'static str)]);

const REFUSED: &[Case] = &[
    ("[server]\nlisen = \"127.0.0.1:1\"\n", &[]),
    ("[sever]\nlisten = \"127.0.0.1:1\"\n", &[]),
    ("server = 5\n", &[]),
    ("[server.listen]\nport = 1\n", &[]),
    ("[server]\nlisten = [\"127.0.0.1:1\"]\n", &[]),
    ("", &[("DESKPORT__DATABSE__URL", "memory:")]), // typos: ignore
    ("", &[("DESKPORT__SERVER", "x")]),
    ("", &[("DESKPORT__", "x")]),
    ("[server]\nlisten = 8080\n", &[]),
    ("", &[("DESKPORT__SERVER__LISTEN", "localhost")]),
    ("[server]\nworkers = \"many\"\n", &[]),
    ("", &[("DESKPORT__SERVER__WORKERS", "-1")]),
    ("", &[("DESKPORT__SERVER__SHUTDOWN_TIMEOUT_S", "60")]),
    ("", &[("DESKPORT__SERVER__MESSAGE_BODY_BYTES", "5000000")]),
    ("", &[("DESKPORT__DATABASE__URL", "mysql://localhost/x")]),
    ("", &[("DESKPORT__DATABASE__URL", "sqlite://:memory:")]),
    ("", &[("DESKPORT__FIN__SIGNATURE", "on")]),
    ("", &[("DESKPORT__FIN__SIGNATURE", "enforce")]),
    ("[fin]\nsignature = \"enforce\"\n", &[("DESKPORT__FIN__SIGNATURE_KEY", " , ")]),
    ("[fin]\nshare_private_messages = \"yes\"\n", &[]),
    ("", &[("DESKPORT__FIN__PREFIX", "/api/{fin}")]),
    ("", &[("DESKPORT__FIN__AGENT_ID", "agent fin")]),
    ("", &[("DESKPORT__FIN__REGION", "uk")]),
    ("", &[("DESKPORT__FIN__INTEGRATION_ID", "7")]),
    ("", &[("DESKPORT__FIN__WEBHOOK_KEY", "MARKER")]),
    ("", &[("DESKPORT__FIN__WEBHOOKS_IN_FLIGHT", "0")]),
    ("[desk]\nprefix = \"/api/fin/\"\n", &[]),
    ("", &[("DESKPORT__DESK__EVENT_RETENTION_DAYS", "0")]),
    ("", &[("DESKPORT__DESK__WEBHOOK_URL", "https://jane:MARKER@desk.example.com/?MARKER")]),
    ("", &[("DESKPORT__DESK__WEBHOOK_SECRET", "MARKER")]),
    ("[log]\nfilter = \"loud\"\n", &[]),
    ("", &[("DESKPORT__LOG__FORMAT", "xml")]),
    ("[access]\ntoken_lifetime_s = 1.5\n", &[]),
];
