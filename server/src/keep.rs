//! Keeping the data: backups while serving, restoring one, and proving what is kept.
//!
//! A restored database is another life: its epoch is new, so that every device hands in again what
//! the backup may lack. Whoever serves holds the data folder's lock together with others; restoring
//! wants it alone.

use std::fmt;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use shared::id::Epoch;
use shared::moment::UtcMillis;
use shared::sync::server::replay::{Difference, Replayed, replay};

use crate::attachments::Attachments;
use crate::clock::Clock;
use crate::serve;
use crate::store::sqlite::Sqlite;
use crate::store::{self, backup};

mod attachments;
mod noted;

pub use noted::Noted;

/// The name of the lock inside the data folder.
const LOCK: &str = "jihe.lock";

/// Why the data was not kept, restored or proved.
#[derive(Debug)]
pub enum Failure {
    /// The data folder is in use.
    InUse,
    /// Something stands already where the copy should go.
    Exists(PathBuf),
    /// There is nothing to copy.
    Missing(PathBuf),
    /// The store, or a copy of it, is not sound.
    Store(store::Error),
    /// A file could not be read or written.
    File(std::io::Error),
    /// The log does not give what is kept.
    Different(Difference),
    /// A file that was handed in is gone, or is not what its name says.
    Attachment(PathBuf, std::io::Error),
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::File(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InUse => f.write_str(
                "数据正在使用，请先停止服务。 The data is in use; stop the server first.",
            ),
            Self::Exists(path) => write!(
                f,
                "{0} 已存在。 {0} exists already; choose another name, or --replace to set the old \
                 database aside.",
                path.display()
            ),
            Self::Missing(path) => write!(f, "没有 {0}。 There is no {0}.", path.display()),
            Self::Store(error) => write!(f, "数据库出错 The database failed: {error}"),
            Self::File(error) => write!(f, "文件出错 A file failed: {error}"),
            Self::Attachment(path, error) => write!(
                f,
                "附件损坏或缺失 An attachment is missing or broken: {}: {error}",
                path.display()
            ),
            Self::Different(difference) => {
                write!(
                    f,
                    "日志与数据不一致 The log does not give the data: {difference}"
                )
            }
        }
    }
}

/// A finished backup.
#[derive(Debug)]
pub struct BackedUp {
    file: PathBuf,
    sound: backup::Sound,
    attachments: usize,
}

impl fmt::Display for BackedUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let backup::Sound { commands, rows, .. } = self.sound;
        let (file, attachments) = (self.file.display(), self.attachments);
        write!(
            f,
            "已备份到 {file}，校验通过：{commands} 条记录，{rows} 行，{attachments} 个附件（在 \
             {file}.attachments）。\n\
             Backed up to {file} and checked: {commands} commands, {rows} rows, {attachments} \
             attachments (in {file}.attachments)."
        )
    }
}

/// A finished restore.
#[derive(Debug)]
pub struct Restored {
    sound: backup::Sound,
    /// The life that the backup was of.
    pub before: Epoch,
    /// The life that begins.
    pub epoch: Epoch,
    /// Where the database that stood there was set aside.
    pub aside: Option<PathBuf>,
}

impl fmt::Display for Restored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            sound,
            before,
            epoch,
            aside,
        } = self;
        let commands = sound.commands;
        writeln!(
            f,
            "已恢复 {commands} 条记录。数据库开始新的周期 {epoch}（原为 {before}）：各设备将重新提交\
             备份之后的工作；所有人需要重新登录。\n\
             Restored {commands} commands. A new epoch {epoch} begins (it was {before}): devices \
             hand in again what the backup lacks, and everybody signs in anew."
        )?;
        if let Some(aside) = aside {
            let aside = aside.display();
            write!(
                f,
                "原数据库保存在 {aside}。 The old database is kept as {aside}."
            )?;
        }
        Ok(())
    }
}

/// A finished proof.
#[derive(Debug)]
pub struct Checked {
    replayed: Replayed,
    attachments: u64,
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Replayed {
            entries,
            decided,
            partitions,
            rows,
        } = self.replayed;
        let attachments = self.attachments;
        write!(
            f,
            "一致：重放 {entries} 条记录，其中 {decided} 条重新判定；核对 {partitions} 个分区、{rows} 行、\
             {attachments} 个附件。\n\
             The same: {entries} commands replayed, {decided} of them decided again; {partitions} \
             partitions, {rows} rows and {attachments} attachments compared."
        )
    }
}

/// Takes the data folder's lock, beside others or alone, for as long as the file is open.
pub fn lock(data: &Path, alone: bool) -> Result<File, Failure> {
    fs::create_dir_all(data)?;
    let mut options = File::options();
    let options = options.create(true).truncate(false).write(true);
    let file = options.open(data.join(LOCK))?;
    let taken = if alone {
        file.try_lock()
    } else {
        file.try_lock_shared()
    };
    match taken {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Failure::InUse),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// Copies the database of a data folder to a file, and its attachments to a folder beside that file,
/// while it may be served, and checks the copies.
///
/// Beside the database it is noted, for whoever looks after it.
pub async fn back_up(data: &Path, to: &Path, clock: &dyn Clock) -> Result<BackedUp, Failure> {
    let database = existing(data)?;
    let copy = free(with_ending(to, ".part"))?;
    let to = free(to.to_owned())?;
    attachments::free(&to)?;
    let made = async {
        backup::copy(&database, &copy).await?;
        let sound = backup::sound(&copy).await?;
        let known = backup::attachments(&copy).await?;
        let folder = Attachments::of_data(data);
        attachments::copy(&known, &folder, &attachments::of_backup(&to))?;
        Ok::<_, Failure>((sound, known.len()))
    };
    match made.await {
        Ok((sound, attachments)) => {
            File::open(&copy)?.sync_all()?;
            fs::rename(&copy, &to)?;
            let file = to;
            let noted = Noted {
                at: clock.now(),
                file: file.display().to_string(),
                bytes: fs::metadata(&file)?.len(),
                commands: sound.commands,
            };
            if let Err(error) = noted.write(data) {
                // The backup is good all the same; the server only goes on naming an older one.
                tracing::warn!(%error, "the backup could not be noted");
            }
            Ok(BackedUp {
                file,
                sound,
                attachments,
            })
        }
        Err(failure) => {
            // What is left of a failed copy helps nobody; the failure itself is what is told.
            let _ = fs::remove_file(&copy);
            let _ = fs::remove_dir_all(attachments::of_backup(&to).folder());
            Err(failure)
        }
    }
}

/// Puts a backup in the place of a data folder's database, as a new life of it.
pub async fn restore(
    backup: &Path,
    data: &Path,
    replace: bool,
    clock: &dyn Clock,
) -> Result<Restored, Failure> {
    let _alone = lock(data, true)?;
    if !backup.is_file() {
        return Err(Failure::Missing(backup.to_owned()));
    }
    let database = data.join(serve::DATABASE);
    if database.exists() && !replace {
        return Err(Failure::Exists(database));
    }
    let sound = backup::sound(backup).await?;
    let fresh = with_ending(&database, ".new");
    let now = clock.now();
    clear(&fresh)?;
    backup::copy(backup, &fresh).await?;
    let store = Sqlite::open(&fresh, now).await?;
    let known = attachments::known(&store).await?;
    let folder = Attachments::of_data(data);
    attachments::copy(&known, &attachments::of_backup(backup), &folder)?;
    let before = store.server_epoch();
    let epoch = store.begin_life(now).await?;
    store.close().await;
    drop(store);
    File::open(&fresh)?.sync_all()?;
    let aside = if database.exists() {
        Some(set_aside(&database, now)?)
    } else {
        None
    };
    for ending in ["-wal", "-shm"] {
        let _ = fs::remove_file(with_ending(&database, ending));
    }
    fs::rename(&fresh, &database)?;
    Ok(Restored {
        sound,
        before,
        epoch,
        aside,
    })
}

/// Executes the log of a data folder's database from zero and compares what comes of it with what
/// is kept; works on a snapshot, so it may be served meanwhile.
pub async fn check(data: &Path, clock: &dyn Clock) -> Result<Checked, Failure> {
    let database = existing(data)?;
    let snapshot = with_ending(&database, ".check");
    clear(&snapshot)?;
    let done = async {
        backup::copy(&database, &snapshot).await?;
        backup::sound(&snapshot).await?;
        let store = Sqlite::open(&snapshot, clock.now()).await?;
        let log = store.log().await?;
        let replayed = replay(&store, &log).await;
        let known = attachments::known(&store).await?;
        store.close().await;
        let replayed = replayed.map_err(Failure::Different)?;
        let attachments = attachments::prove(&known, &Attachments::of_data(data))?;
        Ok(Checked {
            replayed,
            attachments,
        })
    };
    let done = done.await;
    clear(&snapshot)?;
    done
}

fn existing(data: &Path) -> Result<PathBuf, Failure> {
    let database = data.join(serve::DATABASE);
    if database.is_file() {
        Ok(database)
    } else {
        Err(Failure::Missing(database))
    }
}

fn free(path: PathBuf) -> Result<PathBuf, Failure> {
    if path.exists() {
        Err(Failure::Exists(path))
    } else {
        Ok(path)
    }
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Removes what an interrupted run left under a name.
fn clear(path: &Path) -> Result<(), Failure> {
    for ending in ["", "-wal", "-shm", "-journal"] {
        match fs::remove_file(with_ending(path, ending)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}

/// Moves a database with its side files to another name beside it.
fn set_aside(database: &Path, now: UtcMillis) -> Result<PathBuf, Failure> {
    let aside = free(with_ending(database, &format!(".before-{}", now.0)))?;
    for ending in ["-wal", "-shm", ""] {
        let from = with_ending(database, ending);
        if from.exists() {
            fs::rename(from, with_ending(&aside, ending))?;
        }
    }
    Ok(aside)
}
