//! Three layers of settings, laid over each other: compiled in, file, environment.

use std::collections::BTreeMap;
use std::fs::File as OsFile;
use std::path::Path;

use config::{Config, ConfigError, Environment, File, FileFormat, Value as Raw, ValueKind};

use super::values::{Source, Value, Values};
use super::{DEFAULTS, PREFIX, Problem};

/// What is set, with the layer that set it.
pub(super) fn collect(file: Option<&Path>, variables: &BTreeMap<String, String>) -> Result<Values, Problem> {
    let mut known = leaves(build(Config::builder().add_source(File::from_str(DEFAULTS, FileFormat::Toml)))?);
    known.sort_by_cached_key(|(key, _)| place(key));
    let keys: Vec<&str> = known.iter().map(|(key, _)| key.as_str()).collect();
    let named = name_variables(variables, &keys)?;

    let mut layers = Config::builder().add_source(File::from_str(DEFAULTS, FileFormat::Toml));
    if let Some(path) = file {
        layers = layers.add_source(readable(path)?);
    }
    let environment = Environment::with_prefix("DESKPORT").separator("__");
    let environment =
        environment.source(Some(variables.iter().map(|(k, v)| (k.clone(), v.clone())).collect()));
    let merged = build(layers.add_source(environment))?;

    let mut found = BTreeMap::new();
    for (key, raw) in leaves(merged) {
        let source = source_of(&key, &raw, file, &named);
        if !keys.contains(&key.as_str()) {
            return Err(Problem::unknown(&key, &source, &keys));
        }
        found.insert(key, (raw, source));
    }
    let value = |(key, default): (String, Raw)| {
        let quoted = matches!(default.kind, ValueKind::String(_));
        let (raw, source) = found.remove(&key).unwrap_or((default, Source::Default));
        let text = text(&key, raw, &source)?;
        Ok((key, Value { text, source, quoted }))
    };
    Ok(Values::new(known.into_iter().map(value).collect::<Result<_, Problem>>()?))
}

/// Where the documented file sets `key`: a table does not keep the order of its keys.
fn place(key: &str) -> Option<usize> {
    let (section, name) = key.split_once('.')?;
    let section = DEFAULTS.find(&format!("\n[{section}]\n"))?;
    DEFAULTS[section..].find(&format!("\n{name} = ")).map(|offset| section + offset)
}

/// Each key that the environment sets, with the variable's name.
fn name_variables<'a>(
    variables: &'a BTreeMap<String, String>,
    keys: &[&str],
) -> Result<BTreeMap<String, &'a str>, Problem> {
    let mut named = BTreeMap::new();
    for name in variables.keys() {
        let key = name.strip_prefix(PREFIX).unwrap_or(name).to_lowercase().replace("__", ".");
        if !keys.contains(&key.as_str()) {
            return Err(Problem::unknown(&key, &Source::Variable(name.clone()), keys));
        }
        named.insert(key, name.as_str());
    }
    Ok(named)
}

fn source_of(key: &str, raw: &Raw, file: Option<&Path>, named: &BTreeMap<String, &str>) -> Source {
    match (named.get(key), raw.origin(), file) {
        (Some(name), _, _) => Source::Variable((*name).to_owned()),
        (None, Some(_), Some(path)) => Source::File(path.to_owned()),
        (None, _, _) => Source::Default,
    }
}

/// The file as a layer, once it is clear that it can be opened.
fn readable(path: &Path) -> Result<File<config::FileSourceFile, FileFormat>, Problem> {
    let name = path.display().to_string();
    let is_file = OsFile::open(path).and_then(|file| file.metadata()).map(|about| about.is_file());
    match is_file {
        Ok(true) => Ok(File::from(path.to_owned()).format(FileFormat::Toml)),
        Ok(false) => Err(Problem::unreadable(&name, "it is not a file")),
        Err(error) => Err(Problem::unreadable(&name, error.to_string())),
    }
}

fn build(layers: config::ConfigBuilder<config::builder::DefaultState>) -> Result<Raw, Problem> {
    layers.build().map(|config| config.cache).map_err(|error| match error {
        ConfigError::FileParse { uri, cause } => Problem::unreadable(
            uri.as_deref().unwrap_or("the settings"),
            place_and_reason(&cause.to_string()),
        ),
        other => Problem::unreadable("the settings", other.to_string()),
    })
}

/// The first and the last line of a parser's report. Those between quote the file, secrets and all.
fn place_and_reason(report: &str) -> String {
    let mut lines = report.lines().filter(|line| !line.contains('|'));
    let place = lines.next().unwrap_or_default();
    lines.next_back().map_or_else(|| place.to_owned(), |reason| format!("{place}: {reason}"))
}

/// The values at the ends of a tree of tables, each with its dotted key.
fn leaves(root: Raw) -> Vec<(String, Raw)> {
    let mut found = Vec::new();
    descend("", root, &mut found);
    found
}

fn descend(path: &str, value: Raw, found: &mut Vec<(String, Raw)>) {
    match value.kind {
        ValueKind::Table(table) => {
            for (key, value) in table {
                let path = if path.is_empty() { key } else { format!("{path}.{key}") };
                descend(&path, value, found);
            }
        }
        _ => found.push((path.to_owned(), value)),
    }
}

/// Every value has a text; what it means is for its section to say.
fn text(key: &str, raw: Raw, source: &Source) -> Result<String, Problem> {
    raw.into_string()
        .map_err(|_| Problem::bad_value(key, "it is a list or a table", source, "one value, not several"))
}
