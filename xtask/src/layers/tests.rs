//! The layers check finds what it is there to find.

use super::*;

/// Metadata of a workspace in which `owner` depends on `names`, each of them a crate of its own.
fn workspace(owner: &str, kind: &str, names: &[&str], others: &[&str]) -> Vec<Package> {
    let dependencies: Vec<String> =
        names.iter().map(|name| format!(r#"{{"name":"{name}","kind":{kind}}}"#)).collect();
    let mut packages = vec![format!(r#"{{"name":"{owner}","dependencies":[{}]}}"#, dependencies.join(","))];
    packages.extend(others.iter().map(|name| format!(r#"{{"name":"{name}","dependencies":[]}}"#)));
    packages::parse(&format!(r#"{{"packages":[{}]}}"#, packages.join(","))).unwrap()
}

#[test]
fn an_edge_of_the_table_is_fine() {
    let packages = workspace("deskport-wire", "null", &["deskport-domain", "serde"], &["deskport-domain"]);
    assert_eq!(check(&packages, LAYERS), Vec::<String>::new());
}

#[test]
fn an_edge_outside_the_table_says_which_line_to_change() {
    let packages = workspace("deskport-http-actix", "null", &["deskport-ports"], &["deskport-ports"]);
    assert_eq!(
        check(&packages, LAYERS),
        [
            "deskport-http-actix must not depend on deskport-ports: remove it from crates/deskport-http-actix/Cargo.toml, \
             or discuss deskport-http-actix's `may_use` in xtask/src/layers/table.rs"
        ]
    );
}

#[test]
fn a_build_script_is_shipped_code_too() {
    let packages = workspace("deskport-domain", r#""build""#, &["deskport-wire"], &["deskport-wire"]);
    assert_eq!(check(&packages, LAYERS).len(), 1);
}

#[test]
fn tests_of_a_face_may_name_ports() {
    let others = ["deskport-ports", "deskport-testkit"];
    let packages = workspace("deskport-http-actix", r#""dev""#, &others, &others);
    assert_eq!(check(&packages, LAYERS), Vec::<String>::new());
}

#[test]
fn a_banned_package_is_found() {
    let packages = workspace("deskport-domain", "null", &["serde_json"], &[]);
    assert!(check(&packages, LAYERS)[0].contains("must not depend on serde_json (the domain has no format"));
}

#[test]
fn a_ban_with_a_star_covers_a_family() {
    let packages = workspace("deskport-application", "null", &["diesel-async", "actix-web", "tokio"], &[]);
    assert_eq!(check(&packages, LAYERS).len(), 3);
}

#[test]
fn a_crate_without_a_line_is_found() {
    let packages = workspace("deskport-surprise", "null", &[], &[]);
    assert_eq!(
        check(&packages, LAYERS),
        ["deskport-surprise has no line in xtask/src/layers/table.rs: add one"]
    );
}

#[test]
fn tests_that_need_a_crate_above_are_a_cycle() {
    let metadata = r#"{"packages":[
        {"name":"deskport-ports","dependencies":[{"name":"deskport-testkit","kind":"dev"}]},
        {"name":"deskport-testkit","dependencies":[{"name":"deskport-ports","kind":null}]}]}"#;
    let findings = check(&packages::parse(metadata).unwrap(), LAYERS);
    assert_eq!(
        findings,
        [
            "deskport-ports tests with deskport-testkit, which depends on deskport-ports: move those tests to deskport-testkit or above"
        ]
    );
}

#[test]
fn a_small_domain_tree_is_fine() {
    assert_eq!(
        check_domain_tree("deskport-domain v0.1.0\nthiserror v2.0.0 (*)\n\nthiserror v2.0.0\n"),
        Vec::<String>::new()
    );
}

#[test]
fn a_large_domain_tree_is_found() {
    let lines: Vec<String> =
        (0..=DOMAIN_TREE_LIMIT).map(|number| format!("package-{number} v1.0.0")).collect();
    assert!(
        check_domain_tree(&lines.join("\n"))[0]
            .starts_with("deskport-domain pulls in 21 packages, 20 are allowed")
    );
}

#[test]
fn a_banned_package_deep_in_the_domain_tree_is_found() {
    assert!(
        check_domain_tree("deskport-domain v0.1.0\nserde v1.0.0\n")[0]
            .starts_with("deskport-domain pulls in serde:")
    );
}
