//! Proves who may depend on whom: the table is `layers/table.rs`, the facts come from cargo.

mod packages;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use crate::failure::{Failure, Outcome};
use crate::shell;
use packages::{Kind, Package};
use table::{DOMAIN, DOMAIN_TREE_LIMIT, LAYERS, Layer, TABLE};

/// `cargo xtask layers`.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    if let Some(unknown) = arguments.first() {
        return Err(Failure::new(format!("layers does not know `{unknown}`")));
    }
    let metadata = shell::read(&mut shell::cargo(["metadata", "--format-version", "1", "--no-deps"]))?;
    let packages = packages::parse(&metadata)?;
    let tree = shell::read(&mut shell::cargo([
        "tree",
        "--package",
        DOMAIN,
        "--edges",
        "normal",
        "--prefix",
        "none",
    ]))?;
    let mut findings = check(&packages, LAYERS);
    findings.extend(check_domain_tree(&tree));
    Failure::unless_empty("a crate knows what it must not know", &findings)
}

/// Every finding about the workspace's own crates.
fn check(packages: &[Package], layers: &[Layer]) -> Vec<String> {
    let internal: BTreeSet<&str> = packages.iter().map(|package| package.name.as_str()).collect();
    let mut findings = Vec::new();
    for package in packages {
        match layers.iter().find(|layer| layer.name == package.name) {
            Some(layer) => findings.extend(check_package(package, layer, &internal)),
            None => findings.push(format!("{} has no line in {TABLE}: add one", package.name)),
        }
    }
    findings.extend(check_cycles(packages));
    findings
}

fn check_package(package: &Package, layer: &Layer, internal: &BTreeSet<&str>) -> Vec<String> {
    let shipped = package.dependencies.iter().filter(|dependency| dependency.kind == Kind::Shipped);
    shipped
        .filter_map(|dependency| {
            let (owner, name) = (&package.name, dependency.name.as_str());
            if internal.contains(name) {
                return (!layer.may_use.contains(&name)).then(|| {
                    format!("{owner} must not depend on {name}: remove it from crates/{owner}/Cargo.toml, or discuss {owner}'s `may_use` in {TABLE}")
                });
            }
            layer.bans(name).then(|| {
                format!("{owner} must not depend on {name} ({}): remove it from crates/{owner}/Cargo.toml, or discuss {owner}'s `banned` in {TABLE}", layer.reason)
            })
        })
        .collect()
}

/// A test-only dependency on a crate that needs us makes cargo build us twice, with two sets of types.
fn check_cycles(packages: &[Package]) -> Vec<String> {
    let edges: BTreeMap<&str, Vec<&str>> = packages
        .iter()
        .map(|package| (package.name.as_str(), package.names(Kind::Shipped).collect()))
        .collect();
    let mut findings = Vec::new();
    for package in packages {
        for name in package.names(Kind::Test).filter(|name| reaches(&edges, name, &package.name)) {
            let owner = &package.name;
            findings.push(format!(
                "{owner} tests with {name}, which depends on {owner}: move those tests to {name} or above"
            ));
        }
    }
    findings
}

fn reaches(edges: &BTreeMap<&str, Vec<&str>>, from: &str, to: &str) -> bool {
    from == to || edges.get(from).is_some_and(|next| next.iter().any(|name| reaches(edges, name, to)))
}

/// What `cargo tree` says of the domain: few packages, and none that is banned, however deep.
fn check_domain_tree(tree: &str) -> Vec<String> {
    let packages: BTreeSet<&str> =
        tree.lines().filter_map(|line| line.split(' ').next()).filter(|name| !name.is_empty()).collect();
    let mut findings = Vec::new();
    if packages.len() > DOMAIN_TREE_LIMIT {
        let list = packages.iter().copied().collect::<Vec<_>>().join(" ");
        findings.push(format!(
            "{DOMAIN} pulls in {} packages, {DOMAIN_TREE_LIMIT} are allowed: {list}",
            packages.len()
        ));
    }
    let layer = LAYERS.iter().find(|layer| layer.name == DOMAIN);
    let banned = packages.into_iter().filter(|name| layer.is_some_and(|layer| layer.bans(name)));
    findings.extend(banned.map(|name| {
        format!("{DOMAIN} pulls in {name}: `cargo tree --package {DOMAIN} --invert {name}` says through whom")
    }));
    findings
}

#[cfg(test)]
mod tests;
