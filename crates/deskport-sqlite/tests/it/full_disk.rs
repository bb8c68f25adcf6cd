//! A disk that gets full in the middle of a transaction.

use std::{env, process::Command};

use diesel::connection::SimpleConnection;
use tempfile::TempDir;

use crate::{
    given::{SCHEMA, through_the_vfs, without_the_vfs},
    transactions::all,
};

/// Set where no file may get longer than some hundred KiB.
const IS_LIMITED: &str = "DESKPORT_TEST_FILES_ARE_LIMITED";
/// Begins this test anew, in a process whose files are limited.
const LIMITED: &str = "trap '' XFSZ && ulimit -f 500 && exec \"$0\" --exact \"$1\"";
const NAME: &str = "full_disk::a_transaction_that_did_not_fit_is_gone_when_others_write";

#[test]
fn a_transaction_that_did_not_fit_is_gone_when_others_write() {
    if env::var_os(IS_LIMITED).is_none() {
        let test = env::current_exe().unwrap();
        let mut limited = Command::new("sh");
        limited.arg("-c").arg(LIMITED).arg(test).arg(NAME).env(IS_LIMITED, "yes");
        let output = limited.output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.contains("1 passed"), "{said}");
        return;
    }
    let directory = TempDir::new().unwrap();
    let mut connection = through_the_vfs(directory.path(), &format!("PRAGMA cache_size = 4; {SCHEMA}"));
    let mut other = without_the_vfs(directory.path(), "");
    let too_much = "BEGIN IMMEDIATE;
        WITH RECURSIVE numbers(number) AS
            (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < 1000)
        INSERT INTO said SELECT number, randomblob(3000) FROM numbers";
    connection.batch_execute(too_much).unwrap_err();
    // SQLite may have done so itself.
    drop(connection.batch_execute("ROLLBACK"));

    other.batch_execute("INSERT INTO said VALUES (1, 'What does it cost?')").unwrap();
    assert_eq!(all(&mut connection), all(&mut other));
    connection.batch_execute("INSERT INTO said VALUES (2, 'And for ten?')").unwrap();
    assert_eq!(all(&mut other).len(), 2);
}
