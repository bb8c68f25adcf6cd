//! The store, as commands that are not the server open it.

use deskport_application::Helpdesk;

use crate::compose::{self, Opened, Purpose};
use crate::failure::{Failure, Outcome};
use crate::first_start;
use crate::settings::{DatabaseUrl, Settings};

/// Opens the store to read it. A server may have it open at the same time.
pub(crate) async fn open(settings: &Settings) -> Outcome<Helpdesk> {
    Ok(open_whole(settings).await?.helpdesk)
}

/// The same with what else works on the store.
pub(crate) async fn open_whole(settings: &Settings) -> Outcome<Opened> {
    if settings.database.url == DatabaseUrl::Memory {
        return Err(Failure::new(
            "`memory:` lives inside of one server, where no other process can reach it; \
             set database.url to a database that both use",
        ));
    }
    compose::open(settings, Purpose::Command).await
}

/// Opens the store to add to it. An empty one has its first start now, which it could not have
/// afterwards: the server would no longer find it empty, and Fin would have no agent.
pub(crate) async fn open_to_add(settings: &Settings) -> Outcome<Helpdesk> {
    let helpdesk = open(settings).await?;
    first_start::ensure(&helpdesk, settings).await?;
    Ok(helpdesk)
}

/// An id that was typed, found or not.
pub(crate) fn found(found: bool, kind: &str, id: &str) -> Outcome {
    if found { Ok(()) } else { Err(Failure::new(format!("there is no {kind} {id:?}"))) }
}

/// What to say when the store fails.
pub(crate) fn failed(error: impl std::error::Error + 'static) -> Failure {
    Failure::while_doing("the store did not do it", &error)
}
