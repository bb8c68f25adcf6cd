//! `deskport migrate`: the schema, without the server.

use crate::failure::Outcome;
use crate::settings::Settings;
use crate::{compose, output};

/// Brings the schema up to date and says what that took.
pub(crate) async fn run(settings: &Settings) -> Outcome {
    let applied = compose::migrate(&settings.database).await?;
    for migration in &applied {
        output::line(&format!("applied {migration}"))?;
    }
    output::line(&format!("the schema of {} is up to date", settings.database.url))
}
