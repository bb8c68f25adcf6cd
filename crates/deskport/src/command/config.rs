//! `deskport config`: the settings in effect, and where each came from.

use crate::failure::Outcome;
use crate::output::{self, Form};
use crate::settings::{Settings, Shown};

/// Prints every setting; secrets are hidden.
pub(crate) fn run(settings: &Settings, form: Form) -> Outcome {
    let shown = settings.shown();
    match form {
        Form::Json => output::json(&shown),
        Form::Human => output::line(as_toml(&shown).trim()),
    }
}

/// A settings file: what is hidden must be filled in, the rest can be used as it is.
fn as_toml(settings: &[Shown]) -> String {
    let lines: Vec<(&str, String, &str)> = settings.iter().map(line).collect();
    let width = lines.iter().map(|(_, line, _)| line.chars().count()).max().unwrap_or_default();
    let mut open = "";
    let mut text = Vec::new();
    for (section, line, source) in lines {
        if section != open {
            text.push(format!("\n[{section}]"));
            open = section;
        }
        text.push(format!("{line:width$}  # {source}"));
    }
    text.join("\n")
}

/// The section, the assignment and the source of one setting.
fn line(setting: &Shown) -> (&str, String, &str) {
    let Shown { key, value, source, quoted } = setting;
    let (section, name) = key.split_once('.').unwrap_or(("", key));
    let value = if *quoted { format!("{value:?}") } else { value.clone() };
    (section, format!("{name} = {value}"), source)
}
