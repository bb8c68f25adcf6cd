//! The first start on an empty store: an agent, a client and a token, and a file that tells them.

use deskport_application::Helpdesk;
use deskport_domain::{AgentUpdate, Patch};
use deskport_ports::IdSource;
use tracing::info;

use crate::credentials_file::{CredentialsFile, Draft};
use crate::failure::{Failure, Outcome};
use crate::settings::Settings;
use crate::system::SystemIds;

/// Makes the first credentials if the store is empty; `None` if it is not.
///
/// The secrets are on disk before they count, and in their place only once they do.
pub(crate) async fn ensure(helpdesk: &Helpdesk, settings: &Settings) -> Outcome<Option<CredentialsFile>> {
    let failed = |error| Failure::while_doing("making the first credentials", &error);
    let fin = settings.fin.agent_id.clone();
    let Some(prepared) = helpdesk.setup.prepare(fin, &fin_profile()).await.map_err(failed)? else {
        return Ok(None);
    };
    let draft = Draft::write(&settings.credentials_file(), SystemIds.uuid(), &prepared.secrets)?;
    match helpdesk.setup.complete(&prepared).await {
        Ok(true) => {
            let file = draft.put_in_place()?;
            info!("The credentials of this first start are in {}", file.path().display());
            Ok(Some(file))
        }
        Ok(false) => {
            draft.discard();
            Ok(None)
        }
        // The database may have stored them all the same, so the draft stays.
        Err(error) => {
            let place = draft.temporary().display().to_string();
            Err(Failure::while_doing(format!("storing the first credentials, which are in {place}"), &error))
        }
    }
}

/// What is known of Fin at first; `deskport agent update` changes it. One published variant wants a
/// name and an address of every agent, and nobody can register a name below `invalid`.
fn fin_profile() -> AgentUpdate {
    AgentUpdate {
        name: Patch::Set("Fin AI Agent".into()),
        email: Patch::Set("fin@deskport.invalid".into()),
        alias: Patch::Set("Fin".into()),
        ..AgentUpdate::default()
    }
}
