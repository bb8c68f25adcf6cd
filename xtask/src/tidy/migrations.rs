//! Migrations come in pairs, never change once recorded, and use portable SQL only.

mod hashes;
mod sql;

use std::collections::BTreeSet;

use super::SourceFile;

pub(super) use hashes::bless;

/// One directory of migrations per database, side by side.
const DATABASES: [&str; 2] = ["migrations/sqlite/", "migrations/postgres/"];

/// What every migration consists of.
const PARTS: [&str; 2] = ["up.sql", "down.sql"];

/// Findings about the migrations among `files`.
pub(super) fn check(files: &[SourceFile]) -> Vec<String> {
    let mut findings = check_pairs(files);
    findings.extend(hashes::check(files));
    findings.extend(scripts(files).flat_map(sql::check));
    findings
}

/// The SQL of all migrations.
fn scripts(files: &[SourceFile]) -> impl Iterator<Item = &SourceFile> {
    files.iter().filter(|file| file.is("sql") && DATABASES.iter().any(|start| file.path.starts_with(start)))
}

/// Every migration is there for both databases, with its way up and its way down.
fn check_pairs(files: &[SourceFile]) -> Vec<String> {
    let paths: BTreeSet<&str> = scripts(files).map(|file| file.path.as_str()).collect();
    let names: BTreeSet<&str> = paths.iter().filter_map(|path| path.split('/').nth(2)).collect();
    if names.is_empty() {
        return vec!["migrations/ holds no migration".to_owned()];
    }
    let mut wanted = BTreeSet::new();
    for name in names {
        wanted.extend(DATABASES.iter().flat_map(|start| PARTS.map(|part| format!("{start}{name}/{part}"))));
    }
    let missing =
        wanted.iter().filter(|path| !paths.contains(path.as_str())).map(|path| format!("{path} is missing"));
    let surplus = paths.iter().filter(|path| !wanted.contains(**path));
    missing
        .chain(surplus.map(|path| format!("{path}: a migration is a directory with up.sql and down.sql")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    fn complete() -> Vec<SourceFile> {
        let paths = DATABASES.iter().flat_map(|start| PARTS.map(|part| format!("{start}0001_create/{part}")));
        paths.map(|path| file(&path, "SELECT 1;")).collect()
    }

    #[test]
    fn a_complete_pair_is_fine() {
        assert_eq!(check_pairs(&complete()), Vec::<String>::new());
    }

    #[test]
    fn a_missing_half_is_found() {
        let mut files = complete();
        let gone = files.pop().unwrap();
        assert_eq!(check_pairs(&files), [format!("{} is missing", gone.path)]);
    }

    #[test]
    fn another_name_on_the_other_side_is_found() {
        let mut files = complete();
        files.push(file("migrations/sqlite/0002_more/up.sql", ""));
        assert_eq!(check_pairs(&files).len(), 3);
    }

    #[test]
    fn a_stray_script_is_found() {
        let mut files = complete();
        files.push(file("migrations/sqlite/0001_create/extra.sql", ""));
        assert_eq!(
            check_pairs(&files),
            ["migrations/sqlite/0001_create/extra.sql: a migration is a directory with up.sql and down.sql"]
        );
    }

    #[test]
    fn no_migration_at_all_is_found() {
        assert_eq!(check_pairs(&[]), ["migrations/ holds no migration"]);
    }
}
