//! The address of a store, which shows itself without its password.

use std::fmt;
use std::path::{Path, PathBuf};

use super::super::SecretSetting;

/// Which store, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DatabaseUrl {
    /// A file.
    Sqlite(PathBuf),
    /// A PostgreSQL database; the whole URL, password and all.
    Postgres(SecretSetting),
    /// Nowhere.
    Memory,
}

/// The parameters of a PostgreSQL URL that are no secrets.
const HARMLESS: &[&str] =
    &["application_name", "connect_timeout", "dbname", "host", "port", "sslmode", "user"];

impl DatabaseUrl {
    /// Reads a URL; the error is a reason that quotes none of it.
    pub(super) fn parse(raw: &str) -> Result<Self, &'static str> {
        if raw == "memory:" {
            return Ok(Self::Memory);
        }
        if raw.starts_with("postgres://") || raw.starts_with("postgresql://") {
            return Ok(Self::Postgres(SecretSetting::new(raw)));
        }
        match raw.strip_prefix("sqlite://") {
            Some("") => Err("the path is missing"),
            Some(path) if path.starts_with(':') => Err("SQLite in memory is not offered; `memory:` is"),
            Some(path) if path.contains('\0') => Err("a path holds no NUL"),
            Some(path) if path.ends_with('/') => Err("the path is a directory"),
            Some(path) => Ok(Self::Sqlite(PathBuf::from(path))),
            None => Err("it does not begin like the address of a known database"),
        }
    }

    /// The directory for what belongs beside the database.
    pub(crate) fn directory(&self) -> &Path {
        match self {
            Self::Sqlite(file) => file.parent().unwrap_or(Path::new("")),
            Self::Postgres(_) | Self::Memory => Path::new("data"),
        }
    }
}

/// Without anything that might be a password.
impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite://{}", path.display()),
            Self::Postgres(url) => f.write_str(&without_password(url.reveal())),
            Self::Memory => f.write_str("memory:"),
        }
    }
}

/// Hides what stands between the user's name and the last `@`, and what parameters say. It rather
/// hides too much: an unescaped `@`, `/` or `?` in a password must not let the rest slip out.
fn without_password(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", ""));
    let (user, place) = match rest.rsplit_once('@') {
        Some((user, place)) => {
            (user.split_once(':').map_or(user.to_owned(), |(name, _)| format!("{name}:…")), place)
        }
        None => (String::new(), rest),
    };
    let at = if user.is_empty() { "" } else { "@" };
    match place.split_once('?') {
        Some((place, parameters)) => {
            let shown: Vec<String> = parameters.split('&').map(shown_parameter).collect();
            format!("{scheme}://{user}{at}{place}?{}", shown.join("&"))
        }
        None => format!("{scheme}://{user}{at}{place}"),
    }
}

fn shown_parameter(parameter: &str) -> String {
    let name = parameter.split('=').next().unwrap_or_default();
    if HARMLESS.contains(&name) { parameter.to_owned() } else { format!("{name}=…") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(url: &str) -> String {
        DatabaseUrl::parse(url).unwrap().to_string()
    }

    #[test]
    fn a_path_may_be_relative_or_absolute() {
        assert_eq!(DatabaseUrl::parse("sqlite://data/a.db"), Ok(DatabaseUrl::Sqlite("data/a.db".into())));
        assert_eq!(DatabaseUrl::parse("sqlite:///var/a.db"), Ok(DatabaseUrl::Sqlite("/var/a.db".into())));
    }

    #[test]
    fn what_is_no_database_is_refused_with_a_reason() {
        for raw in ["", "sqlite://", "sqlite://:memory:", "sqlite://data/", "mysql://x", "data/a.db"] {
            assert!(DatabaseUrl::parse(raw).is_err(), "{raw:?}");
        }
    }

    #[test]
    fn a_url_without_a_password_is_shown_whole() {
        let url = "postgresql://desk@db.internal:5432/desk?sslmode=require&application_name=desk";
        assert_eq!(shown(url), url);
    }

    #[test]
    fn a_password_is_hidden_wherever_it_stands() {
        assert_eq!(shown("postgres://desk:MARK@db/desk"), "postgres://desk:…@db/desk");
        let urls = [
            "postgres://desk:MA@RK@db/desk",
            "postgres://desk:/MARK@db/desk",
            "postgres://desk:?MARK@db/desk",
            "postgres://db/desk?user=desk&password=MARK",
            "postgres://db/desk?passfile=MARK",
        ];
        for url in urls {
            let shown = shown(url);
            assert!(!shown.contains("MARK") && !shown.contains("RK@"), "{shown}");
        }
    }
}
