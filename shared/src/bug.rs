//! Deliberate bugs, one of each kind that real products had, chosen at run time.
//!
//! They can be chosen only under the feature `deliberate-bugs`: the simulator proves with them that
//! it would notice. Without the feature the question is a constant, and no bug is compiled in.

/// A deliberate bug.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bug {
    /// A device takes what it does not hold for absent.
    NotHeldIsAbsent,
    /// The server executes a command id that it has already executed.
    NoIdempotence,
    /// A device shows "kept" before the row is durable.
    RelaxedAck,
    /// A command leaves the view when it is acknowledged, before its effect is pulled.
    DropOnAck,
    /// A device applies any pull, whatever its base.
    PullNoCas,
    /// A device applies a pull with older grants than it has seen.
    NoGrantVer,
    /// A device keeps partitions that are no longer granted.
    NoRevoke,
    /// One refusal clears the whole queue.
    RejectWipesQueue,
    /// Later commands of a lane run on a refused base.
    LaneContinues,
    /// A signature binds whatever stands there.
    SubmitNoHash,
    /// A panic while deciding stops everything behind it.
    PoisonBlocks,
    /// A failed push is not tried again.
    UploadNotRetried,
    /// The server does not check rights when it executes.
    NoPermission,
    /// A device drops what is settled, and has nothing for a server that went back to a backup.
    NoArchive,
    /// A device waits for ever for a predecessor that is lost on both sides.
    NoGapRepair,
    /// Commands are known by their device and number, which a copied storage shares.
    SeqDedupe,
    /// The server executes as whoever is signed in, whoever made the command.
    WrongSession,
    /// The server takes nothing from a device whose clock is off.
    DriftBlocks,
    /// Versions are given out before it is known that nobody else takes the same.
    VersionBeforeCommit,
    /// A build with another cache throws the outbox away together with it.
    SchemaDropsOutbox,
    /// A device shows each page of a pull as it comes.
    ShowPages,
}

impl Bug {
    /// All of them.
    pub const ALL: [Self; 21] = [
        Self::NotHeldIsAbsent,
        Self::NoIdempotence,
        Self::RelaxedAck,
        Self::DropOnAck,
        Self::PullNoCas,
        Self::NoGrantVer,
        Self::NoRevoke,
        Self::RejectWipesQueue,
        Self::LaneContinues,
        Self::SubmitNoHash,
        Self::PoisonBlocks,
        Self::UploadNotRetried,
        Self::NoPermission,
        Self::NoArchive,
        Self::NoGapRepair,
        Self::SeqDedupe,
        Self::WrongSession,
        Self::DriftBlocks,
        Self::VersionBeforeCommit,
        Self::SchemaDropsOutbox,
        Self::ShowPages,
    ];
}

#[cfg(feature = "deliberate-bugs")]
mod chosen {
    use std::cell::Cell;

    use super::Bug;

    thread_local! {
        static CHOSEN: Cell<Option<Bug>> = const { Cell::new(None) };
    }

    /// Chooses the bug that this thread's programs have from now on.
    pub fn choose(bug: Option<Bug>) {
        CHOSEN.set(bug);
    }

    pub(crate) fn is(bug: Bug) -> bool {
        CHOSEN.get() == Some(bug)
    }
}

#[cfg(feature = "deliberate-bugs")]
pub use chosen::choose;
#[cfg(feature = "deliberate-bugs")]
pub(crate) use chosen::is;

/// Says whether the program has the bug: never, without the feature.
#[cfg(not(feature = "deliberate-bugs"))]
pub(crate) const fn is(_: Bug) -> bool {
    false
}
