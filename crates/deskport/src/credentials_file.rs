//! The file with the secrets of the first start (decision 25): one owner, one writer, no accidents.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use deskport_application::FirstSecrets;
use serde::Serialize;
use tracing::warn;

use crate::failure::{Failure, Outcome};

/// Secrets that are on disk, under a name that nobody looks for yet.
#[derive(Debug)]
pub(crate) struct Draft {
    temporary: PathBuf,
    target: PathBuf,
    text: String,
}

/// The file in its place.
#[derive(Debug)]
pub(crate) struct CredentialsFile {
    path: PathBuf,
    text: String,
}

#[derive(Serialize)]
struct Contents<'a> {
    fin: FinContents<'a>,
    desk: DeskContents<'a>,
}

#[derive(Serialize)]
struct FinContents<'a> {
    client_id: &'a str,
    client_secret: &'a str,
    agent_id: &'a str,
}

#[derive(Serialize)]
struct DeskContents<'a> {
    token: &'a str,
}

impl Draft {
    /// Writes the secrets beside `target`, readable by the owner alone. `mark` keeps drafts apart.
    pub(crate) fn write(target: &Path, mark: u128, secrets: &FirstSecrets) -> Outcome<Self> {
        let failed = |error: &(dyn std::error::Error + 'static)| {
            Failure::while_doing(format!("writing the credentials file {}", target.display()), error)
        };
        let text = text_of(secrets).map_err(|error| failed(&error))?;
        let temporary = with_ending(target, &format!(".{mark:032x}.new"));
        let draft = Self { temporary, target: target.to_owned(), text };
        match draft.store() {
            Ok(()) => Ok(draft),
            Err(error) => {
                draft.discard();
                Err(failed(&error))
            }
        }
    }

    /// Where the secrets are until they are in their place.
    pub(crate) fn temporary(&self) -> &Path {
        &self.temporary
    }

    /// Puts the file in its place. One that is there already is moved aside, never destroyed: its
    /// secrets may belong to another database.
    pub(crate) fn put_in_place(self) -> Outcome<CredentialsFile> {
        let Self { temporary, target, text } = self;
        let moved = move_aside(&target).and_then(|()| fs::rename(&temporary, &target));
        match moved.and_then(|()| sync_directory(&target)) {
            Ok(()) => Ok(CredentialsFile { path: target, text }),
            Err(error) => {
                let (from, to) = (temporary.display(), target.display());
                Err(Failure::while_doing(format!("the secrets stay in {from}: moving them to {to}"), &error))
            }
        }
    }

    /// Removes the draft: its secrets open nothing.
    pub(crate) fn discard(self) {
        if let Err(error) = fs::remove_file(&self.temporary)
            && error.kind() != io::ErrorKind::NotFound
        {
            warn!(path = %self.temporary.display(), %error, "A void credentials file stays behind");
        }
    }

    fn store(&self) -> io::Result<()> {
        if self.target.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        DirBuilder::new().recursive(true).mode(0o700).create(directory(&self.target))?;
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&self.temporary)?;
        file.write_all(self.text.as_bytes())?;
        file.sync_all()
    }
}

impl CredentialsFile {
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Removes the file, if it still holds what was written: the store that knew the secrets is gone.
    pub(crate) fn remove(self) {
        if fs::read_to_string(&self.path).is_ok_and(|text| text == self.text)
            && let Err(error) = fs::remove_file(&self.path)
        {
            warn!(path = %self.path.display(), %error, "A void credentials file stays behind");
        }
    }
}

/// Indented, one member a line, so that `sed` can read it too.
fn text_of(secrets: &FirstSecrets) -> Result<String, serde_json::Error> {
    let contents = Contents {
        fin: FinContents {
            client_id: &secrets.fin_client_id,
            client_secret: secrets.fin_client_secret.reveal(),
            agent_id: secrets.fin_agent_id.as_str(),
        },
        desk: DeskContents { token: secrets.desk_token.reveal() },
    };
    serde_json::to_string_pretty(&contents).map(|text| text + "\n")
}

fn move_aside(target: &Path) -> io::Result<()> {
    if !target.try_exists()? {
        return Ok(());
    }
    let names = (1_u32..).map(|number| with_ending(target, &format!(".old-{number}")));
    for aside in names {
        if !aside.try_exists()? {
            warn!(
                from = %target.display(), to = %aside.display(),
                "Moved aside the credentials file of another database"
            );
            return fs::rename(target, aside);
        }
    }
    Ok(())
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    PathBuf::from(name)
}

fn directory(path: &Path) -> &Path {
    path.parent().filter(|directory| !directory.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes the new name last: a name is in the directory, not in the file.
fn sync_directory(path: &Path) -> io::Result<()> {
    File::open(directory(path))?.sync_all()
}
