//! What to paste into Fin's deployment screen; nothing in it is secret.

use std::fmt::Write as _;

use crate::settings::Settings;

/// What each action is called, and where it is in the variants P and R.
const ACTIONS: [(&str, &str, &str, &str); 9] = [
    ("load end user", "/get_user", "GET ", "/user"),
    ("update end user", "/update_user", "PUT ", "/user"),
    ("create end user", "/create_user", "POST", "/user"),
    ("list agents", "/get_agents", "GET ", "/agents"),
    ("load conversation", "/get_conversation", "GET ", "/conversation"),
    ("update conversation", "/update_conversation", "PUT ", "/conversation"),
    ("create conversation", "/create_conversation", "POST", "/conversation"),
    ("list messages", "/get_messages", "GET ", "/messages"),
    ("create message", "/create_message", "POST", "/messages"),
];

/// The values, for the address that Fin calls.
pub(super) fn values(public_url: Option<&str>, client_ids: &[String], settings: &Settings) -> String {
    let host = public_url.unwrap_or("https://YOUR-HOST");
    let api = format!("{host}{}", settings.fin.prefix);
    let clients = if client_ids.is_empty() { "(none yet)".to_owned() } else { client_ids.join("  or  ") };
    let file = settings.credentials_file();
    let secret = if file.exists() {
        format!("fin.client_secret in {}", file.display())
    } else {
        "shown once by `deskport client create --role fin`".to_owned()
    };
    let mut text = format!(
        "For Fin's deployment screen:\n\n  \
         authentication       OAuth 2.0, client credentials\n  \
         token URL            {host}/oauth/token\n  \
         client id            {clients}\n  \
         client secret        {secret}\n  \
         agent id of Fin      {}\n",
        settings.fin.agent_id
    );
    text.push_str("\nEach action's URL in variant P, where every call is a POST:\n\n");
    for (action, path, ..) in ACTIONS {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {action:20} {api}{path}");
    }
    text.push_str("\nor in variant R:\n\n");
    for (action, _, method, path) in ACTIONS {
        let _ = writeln!(text, "  {action:20} {method} {api}{path}");
    }
    let _ = write!(
        text,
        "\nFrom that screen into the settings here:\n\n  \
         integration id       fin.integration_id\n  \
         webhook key          DESKPORT__FIN__WEBHOOK_KEY\n  \
         signing key          DESKPORT__FIN__SIGNATURE_KEY\n\n\
         For the helpdesk's own system: {host}{}, with a token of the role desk.",
        settings.desk.prefix
    );
    text
}
