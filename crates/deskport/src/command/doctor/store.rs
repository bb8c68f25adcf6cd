//! Checks of the store and of what is in it.

use deskport_application::{Client, Helpdesk, Role, Standing, StoreError, Token};
use deskport_domain::Agent;

use super::finding::Finding;
use crate::compose::{self, Purpose};
use crate::failure::{Failure, Outcome};
use crate::settings::{DatabaseUrl, Settings};

/// How many notifications are counted; more are "at least" so many.
const COUNTED: u32 = 1_000;
/// After how long a pending notification is worth a look, in milliseconds: 15 minutes.
const LATE_MS: i64 = 15 * 60 * 1_000;
/// How far the newest event may be ahead of this machine's clock, in milliseconds.
const AHEAD_MS: i64 = 60_000;

/// Opens the store and looks around; tells the ids of the clients that Fin may use.
pub(super) async fn examine(settings: &Settings, findings: &mut Vec<Finding>) -> Vec<String> {
    match &settings.database.url {
        DatabaseUrl::Memory => {
            let advice = "set database.url to keep anything";
            findings.push(Finding::warn("store", "in memory: it ends with the server", advice));
            return Vec::new();
        }
        DatabaseUrl::Sqlite(path) if !path.exists() => {
            let advice = "start the server once: the first start makes it";
            findings.push(Finding::fail("store", "there is no database yet", advice));
            return Vec::new();
        }
        DatabaseUrl::Sqlite(_) | DatabaseUrl::Postgres(_) => {}
    }
    let looked = async {
        let helpdesk = compose::open(settings, Purpose::Command).await?.helpdesk;
        look(&helpdesk, settings, findings).await
    };
    looked.await.unwrap_or_else(|failure| {
        findings.push(Finding::fail("store", failure.to_string(), "see database.url, and whether it is up"));
        Vec::new()
    })
}

async fn look(helpdesk: &Helpdesk, settings: &Settings, findings: &mut Vec<Finding>) -> Outcome<Vec<String>> {
    let failed = |error: StoreError| Failure::while_doing("reading the store", &error);
    helpdesk.ready().await.map_err(failed)?;
    findings.push(Finding::ok(
        "store",
        format!("{} answers, and its schema is up to date", settings.database.url),
    ));
    findings.extend(ahead(helpdesk).await.map_err(failed)?);
    let clients = helpdesk.access.clients().await.map_err(failed)?;
    let clients: Vec<Client> = clients.into_iter().filter(|client| client.revoked_at.is_none()).collect();
    let mut tokens = helpdesk.access.tokens().await.map_err(failed)?;
    tokens.retain(|token| token.revoked_at.is_none());
    findings.push(credential_of_fin(&clients, &tokens));
    findings.push(credential_of_desk(&clients, &tokens));
    findings.push(stand_in(&helpdesk.agents.all().await.map_err(failed)?, settings));
    findings.extend(deliveries(helpdesk).await.map_err(failed)?);
    let of_fin = clients.into_iter().filter(|client| client.role == Role::Fin);
    Ok(of_fin.map(|client| client.id.to_string()).collect())
}

/// Whether another instance's clock, or this one's in the past, was ahead of this one.
async fn ahead(helpdesk: &Helpdesk) -> Result<Option<Finding>, StoreError> {
    let newest = helpdesk.events.bounds().await?.newest;
    let events = helpdesk.events.after(newest.saturating_sub(1), 1).await?;
    let now = helpdesk.now().as_millis();
    let is_ahead = events.first().is_some_and(|logged| logged.event.at.as_millis() > now + AHEAD_MS);
    let advice = "set the clocks of all instances by NTP";
    let finding =
        || Finding::fail("clock", "the newest event lies in the future of this machine's clock", advice);
    Ok(is_ahead.then(finding))
}

fn credential_of_fin(clients: &[Client], tokens: &[Token]) -> Finding {
    let subject = "credentials of Fin";
    if clients.iter().any(|client| client.role == Role::Fin) {
        return Finding::ok(subject, "there is a client that fetches tokens");
    }
    let advice = "deskport client create --role fin";
    if tokens.iter().any(|token| token.role == Role::Fin) {
        return Finding::warn(subject, "there is a token, and no client that fetches new ones", advice);
    }
    Finding::fail(subject, "Fin cannot come in: there is neither a client nor a token", advice)
}

fn credential_of_desk(clients: &[Client], tokens: &[Token]) -> Finding {
    let subject = "credentials of the desk";
    let by_client = clients.iter().any(|client| client.role == Role::Desk);
    if by_client || tokens.iter().any(|token| token.role == Role::Desk) {
        return Finding::ok(subject, "there is a token or a client");
    }
    Finding::warn(subject, "the desk cannot come in", "deskport token create --role desk")
}

fn stand_in(agents: &[Agent], settings: &Settings) -> Finding {
    let subject = "agent that stands for Fin";
    let id = &settings.fin.agent_id;
    let Some(agent) = agents.iter().find(|agent| agent.id == *id) else {
        let advice = "set fin.agent_id to one of `deskport agent list`";
        return Finding::fail(subject, format!("there is no agent {id}"), advice);
    };
    if agent.disabled_at.is_some() {
        return Finding::fail(subject, format!("{id} is disabled"), format!("deskport agent enable {id}"));
    }
    if agent.name.is_none() || agent.email.is_none() {
        let advice = format!("deskport agent update {id} --name NAME --email ADDRESS");
        return Finding::warn(subject, format!("{id} has no name or no e-mail address"), advice);
    }
    Finding::ok(subject, format!("{id} has a name and an e-mail address"))
}

async fn deliveries(helpdesk: &Helpdesk) -> Result<Vec<Finding>, StoreError> {
    let parked = helpdesk.deliveries.list(Standing::Parked, COUNTED).await?.len();
    let oldest = helpdesk.deliveries.list(Standing::Pending, 1).await?;
    let now = helpdesk.now().as_millis();
    let since = oldest.first().and_then(|state| state.due_since);
    let is_late = since.is_some_and(|since| now - since.as_millis() > LATE_MS);
    Ok(vec![
        match parked {
            0 => Finding::ok("parked notifications", "none"),
            parked => Finding::warn(
                "parked notifications",
                format!("{parked}{}", if parked < COUNTED as usize { "" } else { " or more" }),
                "deskport deliveries list --parked; once the reason is gone, deskport deliveries retry --all",
            ),
        },
        if is_late {
            let advice = "deskport deliveries list --pending";
            Finding::warn("pending notifications", "the oldest waits for more than 15 minutes", advice)
        } else {
            Finding::ok("pending notifications", "none waits for long")
        },
    ])
}
