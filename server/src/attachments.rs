//! Attachments: the bytes of evidence, one file for each digest in a folder beside the database.
//!
//! A file is written under another name, flushed and moved into its place, so that what stands
//! under a digest is whole; and it is never changed. The database says who handed it in.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use shared::evidence::ContentHash;

use crate::{chance, hex};

/// The name of the folder inside the data folder.
const FOLDER: &str = "attachments";

/// The beginning of the names of files that are not whole yet.
const INCOMING: &str = ".incoming-";

/// The folder of attachments of a data folder, or of a backup.
#[derive(Debug, Clone)]
pub struct Attachments {
    folder: PathBuf,
}

impl Attachments {
    /// The one of a data folder.
    pub fn of_data(data: &Path) -> Self {
        Self::at(data.join(FOLDER))
    }

    /// The one at a path of its own.
    pub const fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where a file lies, or would; no folder gets too many of them.
    pub fn path(&self, hash: ContentHash) -> PathBuf {
        let name = hash.to_string();
        self.folder.join(&name[..2]).join(name)
    }

    /// Keeps bytes under their digest; those that are kept already are left as they are.
    pub fn keep(&self, hash: ContentHash, bytes: &[u8]) -> io::Result<()> {
        let path = self.path(hash);
        if path.is_file() && self.read(hash).is_ok() {
            return Ok(());
        }
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder)?;
        let name = hex::encode(&chance::bytes::<8>());
        let incoming = self.folder.join(format!("{INCOMING}{name}"));
        let written = written(&incoming, bytes).and_then(|()| fs::rename(&incoming, &path));
        if let Err(error) = written {
            // What is left of it helps nobody; the error itself is what is told.
            let _ = fs::remove_file(&incoming);
            return Err(error);
        }
        // The name is on the disk when its folder is.
        File::open(folder)?.sync_all()
    }

    /// Reads a file; one that is not what its name says is an error.
    pub fn read(&self, hash: ContentHash) -> io::Result<Vec<u8>> {
        let bytes = fs::read(self.path(hash))?;
        if ContentHash::of(&bytes) == hash {
            Ok(bytes)
        } else {
            let words = format!("{hash} is not what its name says");
            Err(io::Error::new(io::ErrorKind::InvalidData, words))
        }
    }

    /// Takes a file away; one that is gone already is as good as taken.
    pub fn remove(&self, hash: ContentHash) -> io::Result<()> {
        match fs::remove_file(self.path(hash)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Takes away what was begun before a time and never finished; no other file.
    pub fn tidy(&self, before: SystemTime) -> io::Result<()> {
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            let unfinished = entry.file_name().to_string_lossy().starts_with(INCOMING);
            if unfinished && entry.metadata()?.modified()? < before {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

fn written(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
