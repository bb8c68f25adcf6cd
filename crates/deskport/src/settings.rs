//! What can be set, from where, and what is allowed: typed and checked before anything starts.

mod access;
mod database;
mod desk;
mod fin;
mod layers;
mod log;
mod nearest;
mod notify;
mod problem;
mod secret;
mod server;
mod values;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use self::values::Values;
pub(crate) use self::{
    access::Access,
    database::{Database, DatabaseUrl},
    desk::Desk,
    fin::{Fin, Signature},
    log::{Format, Log},
    notify::{FinTarget, Notify},
    problem::Problem,
    secret::{SecretList, SecretSetting},
    server::Server,
};

/// Every setting, at its default and explained.
const DEFAULTS: &str = include_str!("../../../config/deskport.toml");

/// How every variable begins that sets something.
const PREFIX: &str = "DESKPORT__";

/// All settings, checked.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) server: Server,
    pub(crate) database: Database,
    pub(crate) fin: Fin,
    pub(crate) desk: Desk,
    pub(crate) access: Access,
    pub(crate) log: Log,
    values: Values,
}

/// One setting, as it may be shown to anybody.
#[derive(Debug, serde::Serialize)]
pub(crate) struct Shown {
    pub(crate) key: String,
    pub(crate) value: String,
    pub(crate) source: String,
    /// Whether TOML wants the value in quotes.
    #[serde(skip)]
    pub(crate) quoted: bool,
}

/// The variables of `environment` that set something.
///
/// # Errors
/// [`Problem`] when one of them is not Unicode.
pub(crate) fn variables(
    environment: impl Iterator<Item = (std::ffi::OsString, std::ffi::OsString)>,
) -> Result<BTreeMap<String, String>, Problem> {
    environment
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
        .filter(|(name, _)| name.starts_with(PREFIX))
        .map(|(name, value)| match value.into_string() {
            Ok(value) => Ok((name, value)),
            Err(_) => Err(Problem::unreadable(&name, "it is not UTF-8")),
        })
        .collect()
}

impl Settings {
    /// The compiled-in settings, then those of `file`, then those of the environment.
    ///
    /// # Errors
    /// [`Problem`] that names the first key that is unknown or has a bad value.
    pub(crate) fn load(file: Option<&Path>, variables: &BTreeMap<String, String>) -> Result<Self, Problem> {
        let values = layers::collect(file, variables)?;
        let settings = Self {
            server: Server::read(&values)?,
            database: Database::read(&values)?,
            fin: Fin::read(&values)?,
            desk: Desk::read(&values)?,
            access: Access::read(&values)?,
            log: Log::read(&values)?,
            values,
        };
        Ok(settings)
    }

    /// Where the first start writes its secrets: as set, or beside the database.
    pub(crate) fn credentials_file(&self) -> PathBuf {
        let beside = || self.database.url.directory().join("credentials.json");
        self.server.credentials_file.clone().unwrap_or_else(beside)
    }

    /// Every setting in the order of the documented file, without secrets.
    pub(crate) fn shown(&self) -> Vec<Shown> {
        self.values
            .iter()
            .map(|(key, value)| Shown {
                key: key.to_owned(),
                value: self.shown_value(key, &value.text),
                source: value.source.to_string(),
                quoted: value.quoted,
            })
            .collect()
    }

    /// The value in effect, or a stand-in for it.
    fn shown_value(&self, key: &str, text: &str) -> String {
        match key {
            "server.credentials_file" => self.credentials_file().display().to_string(),
            "database.url" => self.database.url.to_string(),
            "fin.signature_key" => self.fin.signature_keys.to_string(),
            "fin.webhook_key" if !text.is_empty() => "(hidden)".to_owned(),
            "desk.webhook_secret" => self.desk.secrets.to_string(),
            "fin.webhook_url" | "desk.webhook_url" => secret::without_secrets(text),
            _ => text.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
