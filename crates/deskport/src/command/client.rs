//! `deskport client`: OAuth clients.

use deskport_application::{Client, NewCredential};
use serde::Serialize;

use super::role;
use super::store::{failed, found, open, open_to_add};
use super::when::{state, when};
use crate::cli::ClientCommand;
use crate::failure::Outcome;
use crate::output::{self, Form};
use crate::settings::Settings;

/// A client as it is shown.
#[derive(Serialize)]
struct Shown<'a> {
    client_id: &'a str,
    role: &'static str,
    label: &'a str,
    created_at: String,
    revoked_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_secret: Option<&'a str>,
}

/// Makes, lists or revokes clients.
pub(crate) async fn run(command: ClientCommand, settings: &Settings) -> Outcome {
    match command {
        ClientCommand::Create { role, label, json } => {
            let helpdesk = open_to_add(settings).await?;
            let made = helpdesk.access.create_client(role.into(), label.into()).await.map_err(failed)?;
            print(&made, Form::json_if(json))
        }
        ClientCommand::List { json } => list(Form::json_if(json), settings).await,
        ClientCommand::Revoke { id } => {
            let helpdesk = open(settings).await?;
            found(helpdesk.access.revoke_client(&id).await.map_err(failed)?, "client", &id)?;
            output::line(&format!("revoked {id} and the tokens it fetched"))
        }
    }
}

fn print(made: &NewCredential<Client>, form: Form) -> Outcome {
    let NewCredential { credential, secret } = made;
    let shown = Shown { client_secret: Some(secret.reveal()), ..Shown::from(credential) };
    match form {
        Form::Json => output::json(&shown),
        Form::Human => output::pairs(&[
            ("role", shown.role),
            ("client_id", shown.client_id),
            ("client_secret", secret.reveal()),
        ]),
    }
}

async fn list(form: Form, settings: &Settings) -> Outcome {
    let clients = open(settings).await?.access.clients().await.map_err(failed)?;
    let shown: Vec<Shown<'_>> = clients.iter().map(Shown::from).collect();
    match form {
        Form::Json => output::json(&shown),
        Form::Human => {
            let row = |(client, shown): (&Client, &Shown<'_>)| {
                let state = state(client.revoked_at, "revoked");
                let (id, role, label) = (shown.client_id, shown.role, shown.label);
                vec![id.to_owned(), role.to_owned(), state, shown.created_at.clone(), label.to_owned()]
            };
            let rows: Vec<_> = clients.iter().zip(&shown).map(row).collect();
            output::table(&["CLIENT ID", "ROLE", "STATE", "CREATED", "LABEL"], &rows)
        }
    }
}

impl<'a> From<&'a Client> for Shown<'a> {
    fn from(client: &'a Client) -> Self {
        Self {
            client_id: &client.id,
            role: role::name(client.role),
            label: &client.label,
            created_at: when(client.created_at),
            revoked_at: client.revoked_at.map(when),
            client_secret: None,
        }
    }
}
