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
    let packages = packages::parse(&cargo("metadata --format-version 1 --no-deps")?)?;
    let tree = cargo(&format!("tree --package {DOMAIN} --edges normal --prefix none"))?;
    let mut findings = check(&packages, LAYERS);
    findings.extend(check_domain_tree(&tree));
    Failure::unless_empty("a crate knows what it must not know", &findings)?;
    println!("{} crates depend on what they may know", packages.len());
    Ok(())
}

fn cargo(arguments: &str) -> Result<String, Failure> {
    shell::read(&mut shell::cargo(arguments))
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
    let owner = &package.name;
    let advice = |column| {
        format!("remove it from crates/{owner}/Cargo.toml, or discuss {owner}'s `{column}` in {TABLE}")
    };
    let mut findings = Vec::new();
    for name in package.names(Kind::Shipped) {
        let is_ours = internal.contains(name);
        if is_ours && !layer.may_use.contains(&name) {
            findings.push(format!("{owner} must not depend on {name}: {}", advice("may_use")));
        }
        if !is_ours && layer.bans(name) {
            findings.push(format!(
                "{owner} must not depend on {name} ({}): {}",
                layer.reason,
                advice("banned")
            ));
        }
    }
    findings
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
