//! Folding pending commands into the view, and surviving one at which folding dies.
//!
//! In a browser a panic ends the program. What is about to be folded is noted first, outside of it;
//! a start that finds such a note leaves the command's lanes unfolded, and their commands can still
//! be pushed and exported.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fmt;
use std::rc::Rc;

use crate::change::Change;
use crate::command::MadeCommand;
use crate::id::{CommandId, PersonId};
use crate::lane::Lane;
use crate::moment::Moment;
use crate::sync::client::kept::OutboxRow;
use crate::sync::client::replica::{Fold, Replica};
use crate::unapplied;
use crate::world::{Stop, World};

/// Where it is noted what is being folded, and what an earlier start died of.
#[derive(Clone, Default)]
pub struct Watch {
    note: Option<Rc<dyn Fn(Option<CommandId>)>>,
    died: Rc<BTreeSet<CommandId>>,
    /// Commands that this start has folded: one note for each is enough.
    folded: Rc<RefCell<BTreeSet<CommandId>>>,
    is_noted: Rc<Cell<bool>>,
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch")
            .field("died", &self.died)
            .finish_non_exhaustive()
    }
}

impl Watch {
    /// Makes a watch: `note` keeps what is being folded until it is told `None`, and `died` are the
    /// commands at which earlier starts died.
    pub fn new(note: impl Fn(Option<CommandId>) + 'static, died: BTreeSet<CommandId>) -> Self {
        Self {
            note: Some(Rc::new(note)),
            died: Rc::new(died),
            ..Self::default()
        }
    }

    /// Folds one command, unless its lane is barred.
    pub(super) fn fold(
        &self,
        barred: &BTreeSet<Lane>,
        row: &OutboxRow,
        view: &mut World,
        made: &MadeCommand,
    ) -> Fold {
        if row.lanes.iter().any(|lane| barred.contains(lane)) {
            return Fold::Unfolded;
        }
        if let Some(note) = &self.note
            && self.folded.borrow_mut().insert(row.cmd_id)
        {
            note(Some(row.cmd_id));
            self.is_noted.set(true);
        }
        fold_one(view, made, row.actor)
    }

    /// Says that folding went well.
    pub(super) fn ended(&self) {
        if let Some(note) = &self.note
            && self.is_noted.take()
        {
            note(None);
        }
    }
}

impl Replica {
    /// The lanes of the pending commands at which an earlier start died.
    pub(super) fn barred(&self) -> BTreeSet<Lane> {
        let died = &self.watch.died;
        if died.is_empty() {
            return BTreeSet::new();
        }
        let rows = self.pending().map(|pending| &pending.row);
        let rows = rows.filter(|row| died.contains(&row.cmd_id));
        rows.flat_map(|row| row.lanes.iter().copied()).collect()
    }
}

/// Folds one command into the view, with the times at which it was made.
pub(super) fn fold_one(view: &mut World, made: &MadeCommand, actor: PersonId) -> Fold {
    let decided = decide_one(view, made, actor);
    carry_out(view, made, actor, &decided);
    decided.0
}

/// What folding a command gives, and what it changes.
pub(super) fn decide_one(view: &World, made: &MadeCommand, actor: PersonId) -> (Fold, Vec<Change>) {
    let moment = Moment {
        made: made.made,
        received: made.made.est_server_time,
        recorded: made.made.est_server_time,
        utc_offset: view.organisation().utc_offset(),
    };
    match view.decide(&made.command, actor, &moment) {
        Ok(changes) => (Fold::Folded, changes),
        Err(Stop::NotHeld) => (Fold::ToBeChecked, Vec::new()),
        Err(Stop::Refused(refusal)) => (Fold::Refused(refusal), Vec::new()),
        Err(Stop::StepLimit) => (Fold::Unreadable, Vec::new()),
    }
}

/// Changes the view as a command was decided.
pub(super) fn carry_out(
    view: &mut World,
    made: &MadeCommand,
    actor: PersonId,
    (fold, changes): &(Fold, Vec<Change>),
) {
    if *fold != Fold::Folded {
        return;
    }
    for change in changes {
        view.apply(change);
    }
    let settled = made.supersedes;
    if let Some(settled) = settled.and_then(|old| unapplied::settle(view, old, actor)) {
        view.apply(&settled);
    }
}
