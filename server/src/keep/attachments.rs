//! Attachments beside a database: copied with it, brought back with it, and proved.
//!
//! A backup is a file; its attachments lie in a folder that has the backup's name and an ending.

use std::path::{Path, PathBuf};

use shared::evidence::ContentHash;

use super::{Failure, with_ending};
use crate::attachments::Attachments;
use crate::store::sqlite::Sqlite;

/// The ending of a backup's folder of attachments.
const ENDING: &str = ".attachments";

/// The folder that belongs to a backup.
pub(super) fn of_backup(backup: &Path) -> Attachments {
    Attachments::at(with_ending(backup, ENDING))
}

/// The digests that an open database knows.
pub(super) async fn known(store: &Sqlite) -> Result<Vec<ContentHash>, Failure> {
    let listed = store.attachments().await?;
    Ok(listed.into_iter().map(|listed| listed.hash).collect())
}

/// Copies files to another folder; each is read, compared with its digest, and written through.
/// One that stands there already, whole, is not copied again.
pub(super) fn copy(
    hashes: &[ContentHash],
    from: &Attachments,
    to: &Attachments,
) -> Result<(), Failure> {
    for hash in hashes {
        if to.read(*hash).is_err() {
            let bytes = from
                .read(*hash)
                .map_err(|error| unsound(from, *hash, error))?;
            to.keep(*hash, &bytes)?;
        }
    }
    Ok(())
}

/// Reads every file and compares it with its digest.
pub(super) fn prove(hashes: &[ContentHash], folder: &Attachments) -> Result<u64, Failure> {
    for hash in hashes {
        folder
            .read(*hash)
            .map_err(|error| unsound(folder, *hash, error))?;
    }
    Ok(hashes.len() as u64)
}

fn unsound(folder: &Attachments, hash: ContentHash, error: std::io::Error) -> Failure {
    Failure::Attachment(folder.path(hash), error)
}

/// Refuses a backup over a folder that belongs to another one.
pub(super) fn free(backup: &Path) -> Result<(), Failure> {
    let folder: PathBuf = of_backup(backup).folder().to_owned();
    if folder.exists() {
        return Err(Failure::Exists(folder));
    }
    Ok(())
}
