//! `deskport token`: bearer tokens.

use deskport_application::{NewCredential, Token};
use deskport_ports::Clock;
use serde::Serialize;

use super::role;
use super::store::{failed, found, open, open_to_add};
use super::when::{state, when};
use crate::cli::{Lifetime, RoleName, TokenCommand};
use crate::failure::Outcome;
use crate::output::{self, Form};
use crate::settings::Settings;
use crate::system::SystemClock;

/// A token as it is shown.
#[derive(Serialize)]
struct Shown<'a> {
    id: &'a str,
    role: &'static str,
    label: &'a str,
    client_id: Option<&'a str>,
    created_at: String,
    expires_at: Option<String>,
    revoked_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<&'a str>,
}

/// Makes, lists or revokes tokens.
pub(crate) async fn run(command: TokenCommand, settings: &Settings) -> Outcome {
    match command {
        TokenCommand::Create { role, label, expires_in, quiet, json } => {
            let made = create(role, label, expires_in, settings).await?;
            if quiet { output::line(made.secret.reveal()) } else { print(&made, Form::json_if(json)) }
        }
        TokenCommand::List { json } => list(Form::json_if(json), settings).await,
        TokenCommand::Revoke { id } => {
            let helpdesk = open(settings).await?;
            found(helpdesk.access.revoke_token(&id).await.map_err(failed)?, "token", &id)?;
            output::line(&format!("revoked {id}"))
        }
    }
}

async fn create(
    role: RoleName,
    label: String,
    expires_in: Option<Lifetime>,
    settings: &Settings,
) -> Outcome<NewCredential<Token>> {
    let helpdesk = open_to_add(settings).await?;
    let expires_at = expires_in.map(|Lifetime(millis)| SystemClock.now().plus_millis(millis));
    helpdesk.access.create_token(role.into(), label.into(), expires_at).await.map_err(failed)
}

fn print(made: &NewCredential<Token>, form: Form) -> Outcome {
    let NewCredential { credential, secret } = made;
    let shown = Shown { token: Some(secret.reveal()), ..Shown::from(credential) };
    match form {
        Form::Json => output::json(&shown),
        Form::Human => output::pairs(&[
            ("id", shown.id),
            ("role", shown.role),
            ("expires", shown.expires_at.as_deref().unwrap_or("never")),
            ("token", secret.reveal()),
        ]),
    }
}

async fn list(form: Form, settings: &Settings) -> Outcome {
    let tokens = open(settings).await?.access.tokens().await.map_err(failed)?;
    let shown: Vec<Shown<'_>> = tokens.iter().map(Shown::from).collect();
    match form {
        Form::Json => output::json(&shown),
        Form::Human => {
            let rows: Vec<_> = tokens.iter().zip(&shown).map(|(token, shown)| row(token, shown)).collect();
            output::table(&["ID", "ROLE", "STATE", "CREATED", "EXPIRES", "CLIENT", "LABEL"], &rows)
        }
    }
}

fn row(token: &Token, shown: &Shown<'_>) -> Vec<String> {
    vec![
        shown.id.to_owned(),
        shown.role.to_owned(),
        state(token.revoked_at, "revoked"),
        shown.created_at.clone(),
        shown.expires_at.clone().unwrap_or_else(|| "never".to_owned()),
        shown.client_id.unwrap_or("-").to_owned(),
        shown.label.to_owned(),
    ]
}

impl<'a> From<&'a Token> for Shown<'a> {
    fn from(token: &'a Token) -> Self {
        Self {
            id: &token.id,
            role: role::name(token.role),
            label: &token.label,
            client_id: token.client_id.as_deref(),
            created_at: when(token.created_at),
            expires_at: token.expires_at.map(when),
            revoked_at: token.revoked_at.map(when),
            token: None,
        }
    }
}
