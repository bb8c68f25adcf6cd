//! The workspace's crates and their dependencies, as `cargo metadata` tells them.

use serde_json::Value;

use crate::failure::Failure;

/// A crate of the workspace.
#[derive(Debug)]
pub(super) struct Package {
    pub(super) name: String,
    pub(super) dependencies: Vec<Dependency>,
}

/// A line of its manifest.
#[derive(Debug)]
pub(super) struct Dependency {
    pub(super) name: String,
    pub(super) kind: Kind,
}

/// Whether a dependency is part of what ships.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Needed by the code itself or by its build script.
    Shipped,
    /// Needed by tests only.
    Test,
}

impl Package {
    pub(super) fn names(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.dependencies
            .iter()
            .filter(move |dependency| dependency.kind == kind)
            .map(|dependency| dependency.name.as_str())
    }
}

/// Reads what `cargo metadata --no-deps` wrote.
pub(super) fn parse(metadata: &str) -> Result<Vec<Package>, Failure> {
    let value: Value =
        serde_json::from_str(metadata).map_err(|error| Failure::new(format!("cargo metadata: {error}")))?;
    let packages = array(&value, "packages")?;
    packages
        .iter()
        .map(|package| {
            let dependencies =
                array(package, "dependencies")?.iter().map(dependency).collect::<Result<_, _>>()?;
            Ok(Package { name: text(package, "name")?, dependencies })
        })
        .collect()
}

fn dependency(value: &Value) -> Result<Dependency, Failure> {
    let kind = if value["kind"] == "dev" { Kind::Test } else { Kind::Shipped };
    Ok(Dependency { name: text(value, "name")?, kind })
}

fn array<'a>(value: &'a Value, member: &str) -> Result<&'a Vec<Value>, Failure> {
    value[member].as_array().ok_or_else(|| Failure::new(format!("cargo metadata has no list `{member}`")))
}

fn text(value: &Value, member: &str) -> Result<String, Failure> {
    value[member]
        .as_str()
        .map(str::to_owned)
        .ok_or_else(|| Failure::new(format!("cargo metadata has no text `{member}`")))
}
