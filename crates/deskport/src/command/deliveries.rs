//! `deskport deliveries`: what Fin was told, and what it has yet to be told.

mod shown;

use deskport_application::{DeliveryState, Redelivery, Standing};
use deskport_domain::ConversationId;

use self::shown::{Shown, ShownAttempt};
use super::store::{failed, open, open_whole};
use crate::cli::{DeliveriesCommand, StateFlags, WhichDeliveries};
use crate::compose::Webhooks;
use crate::failure::{Failure, Outcome};
use crate::output::{self, Form};
use crate::settings::Settings;

/// Lists, shows, repeats or tries notifications.
pub(crate) async fn run(command: DeliveriesCommand, settings: &Settings) -> Outcome {
    match command {
        DeliveriesCommand::List { state, limit, json } => {
            list(standings(&state), limit, Form::json_if(json), settings).await
        }
        DeliveriesCommand::Show { conversation, json } => {
            show(&conversation, Form::json_if(json), settings).await
        }
        DeliveriesCommand::Retry { which } => retry(which, settings).await,
        DeliveriesCommand::Test { conversation, json } => {
            test(&conversation, Form::json_if(json), settings).await
        }
    }
}

fn standings(flags: &StateFlags) -> &'static [Standing] {
    match (flags.parked, flags.pending, flags.delivered) {
        (true, _, _) => &[Standing::Parked],
        (_, true, _) => &[Standing::Pending],
        (_, _, true) => &[Standing::Delivered],
        _ => &[Standing::Parked, Standing::Pending],
    }
}

async fn list(standings: &[Standing], limit: u32, form: Form, settings: &Settings) -> Outcome {
    let deliveries = open(settings).await?.deliveries;
    let mut found: Vec<DeliveryState> = Vec::new();
    for standing in standings {
        found.extend(deliveries.list(*standing, limit).await.map_err(failed)?);
    }
    let shown: Vec<Shown<'_>> = found.iter().map(Shown::from).collect();
    match form {
        Form::Json => output::json(&shown),
        Form::Human => {
            let heading = ["CONVERSATION", "STATE", "SINCE", "NEXT ATTEMPT", "FAILED", "LAST ATTEMPT"];
            output::table(&heading, &shown.iter().map(Shown::row).collect::<Vec<_>>())
        }
    }
}

async fn show(id: &str, form: Form, settings: &Settings) -> Outcome {
    let deliveries = open(settings).await?.deliveries;
    let state = deliveries.of(&known(id)?).await.map_err(failed)?.ok_or_else(|| never_told(id))?;
    let shown = Shown::from(&state);
    if form == Form::Json {
        return output::json(&shown);
    }
    output::pairs(&[
        ("conversation", id),
        ("state", shown.state),
        ("since", shown.due_since.as_deref().unwrap_or("-")),
        ("next attempt", shown.next_attempt_at.as_deref().unwrap_or("-")),
        ("failed attempts", &shown.failed_attempts.to_string()),
    ])?;
    if shown.attempts.is_empty() {
        return Ok(());
    }
    output::line("")?;
    let rows: Vec<_> = shown.attempts.iter().map(ShownAttempt::row).collect();
    output::table(&["ATTEMPT", "STATUS", "TOOK", "ERROR"], &rows)
}

async fn retry(which: WhichDeliveries, settings: &Settings) -> Outcome {
    let deliveries = open(settings).await?.deliveries;
    let Some(id) = which.conversation else {
        let due = deliveries.redeliver(&Redelivery::All).await.map_err(failed)?;
        return output::line(&format!("due now: {due}"));
    };
    let due = deliveries.redeliver(&Redelivery::Of(known(&id)?)).await.map_err(failed)?;
    if due == 0 {
        return Err(never_told(&id));
    }
    output::line(&format!("due now: {id}"))
}

async fn test(id: &str, form: Form, settings: &Settings) -> Outcome {
    let opened = open_whole(settings).await?;
    let Some(notifier) = Webhooks::new(settings)?.notifier(&opened) else {
        return Err(Failure::new("Fin is not notified: set fin.integration_id and fin.webhook_key"));
    };
    let attempt = notifier.test(known(id)?).await;
    let shown = ShownAttempt::from(&attempt);
    match form {
        Form::Json => output::json(&shown)?,
        Form::Human => output::table(&["ATTEMPT", "STATUS", "TOOK", "ERROR"], &[shown.row()])?,
    }
    match attempt.error {
        Some(_) => Err(Failure::new("Fin did not take it")),
        None => Ok(()),
    }
}

fn known(id: &str) -> Outcome<ConversationId> {
    ConversationId::parse(id).map_err(|_| never_told(id))
}

fn never_told(id: &str) -> Failure {
    Failure::new(format!("there is no notification of a conversation {id:?}"))
}
