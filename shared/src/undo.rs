//! Taking acts back: the act that compensates another, made over what stands now.
//!
//! Edits of a plan, one's own reports and withdrawals can be taken back so; a signature binds, and
//! ends what can be taken back before it. What somebody else changed meanwhile is not overwritten: the compensating act carries
//! what the first one left behind, and is refused where that no longer stands.

use crate::command::Command;
use crate::command::evidence::WithdrawEvidence;
use crate::command::plan::{AddItem, EditItem, RemoveItem, Weigh};
use crate::command::review::{ConfirmEntry, ReportItem};
use crate::id::{ItemId, PlanId};
use crate::item::{Edit, Item, ItemEdit};
use crate::world::World;

mod steps;

pub use steps::{Step, Steps};

/// Says whether an act can be taken back.
pub const fn can_be_undone(command: &Command) -> bool {
    matches!(
        command,
        Command::AddItem(_)
            | Command::EditItem(_)
            | Command::RemoveItem(_)
            | Command::Weigh(_)
            | Command::ReportItem(ReportItem { of: None, .. })
            | Command::WithdrawEvidence(_)
    )
}

/// The plan whose content an act signs, so that nothing before it can be taken back.
pub const fn binds(command: &Command) -> Option<PlanId> {
    match command {
        Command::SubmitPlan(args) => Some(args.plan),
        Command::ApprovePlan(args) => Some(args.plan),
        Command::ReturnPlan(args) => Some(args.plan),
        _ => None,
    }
}

/// The acts that take others back, the last first; what is gone already needs none.
pub fn undone(world: &World, commands: &[Command]) -> Vec<Command> {
    let back = commands.iter().rev();
    back.filter_map(|command| compensating(world, command))
        .collect()
}

fn compensating(world: &World, command: &Command) -> Option<Command> {
    Some(match command {
        Command::AddItem(args) => {
            let (plan, item) = (args.plan, args.item.id);
            let item = Box::new(world.document(plan)?.items.get(&item)?.clone());
            Command::RemoveItem(RemoveItem { plan, item })
        }
        Command::RemoveItem(args) => Command::AddItem(AddItem {
            plan: args.plan,
            item: args.item.clone(),
        }),
        Command::EditItem(args) => Command::EditItem(EditItem {
            plan: args.plan,
            item: args.item,
            edits: args.edits.iter().map(ItemEdit::turned).collect(),
        }),
        Command::Weigh(args) => Command::Weigh(Weigh {
            plan: args.plan,
            weights: args
                .weights
                .iter()
                .map(|(item, edit)| (*item, edit.turned()))
                .collect(),
        }),
        Command::ReportItem(args) if args.of.is_none() => {
            let report = world.document(args.plan)?.reports.get(&args.report)?;
            report.stands().then_some(())?;
            Command::ConfirmEntry(ConfirmEntry {
                plan: args.plan,
                item: args.item,
                report: args.report,
                agreed: false,
            })
        }
        Command::WithdrawEvidence(args) => Command::WithdrawEvidence(WithdrawEvidence {
            withdrawn: !args.withdrawn,
            ..args.clone()
        }),
        _ => return None,
    })
}

impl<T: Clone> Edit<T> {
    /// The edit that leads back.
    #[must_use]
    pub fn turned(&self) -> Self {
        Self {
            old: self.new.clone(),
            new: self.old.clone(),
        }
    }
}

impl ItemEdit {
    /// The edit that leads back.
    #[must_use]
    pub fn turned(&self) -> Self {
        match self {
            Self::Title(edit) => Self::Title(edit.turned()),
            Self::Section(edit) => Self::Section(edit.turned()),
            Self::Responsible(edit) => Self::Responsible(edit.turned()),
            Self::Helpers(edit) => Self::Helpers(edit.turned()),
            Self::Target(edit) => Self::Target(edit.turned()),
            Self::Due(edit) => Self::Due(edit.turned()),
            Self::Deliverable(edit) => Self::Deliverable(edit.turned()),
            Self::Standard(edit) => Self::Standard(edit.turned()),
            Self::Rule(edit) => Self::Rule(edit.turned()),
            Self::Weight(edit) => Self::Weight(edit.turned()),
            Self::Position(edit) => Self::Position(edit.turned()),
            Self::Bonus(edit) => Self::Bonus(edit.turned()),
            Self::Deduction(edit) => Self::Deduction(edit.turned()),
            Self::Rhythm(edit) => Self::Rhythm(edit.turned()),
            Self::Category(edit) => Self::Category(edit.turned()),
            Self::Source(edit) => Self::Source(edit.turned()),
            Self::Importance(edit) => Self::Importance(edit.turned()),
            Self::Must(edit) => Self::Must(edit.turned()),
            Self::Scheme(edit) => Self::Scheme(edit.turned()),
        }
    }

    /// Puts the new value into an item that is only shown; nothing is checked.
    pub fn put(self, item: &mut Item) {
        match self {
            Self::Title(edit) => item.title = edit.new,
            Self::Section(edit) => item.section = edit.new,
            Self::Responsible(edit) => item.responsible = edit.new,
            Self::Helpers(edit) => item.helpers = edit.new,
            Self::Target(edit) => item.target = edit.new,
            Self::Due(edit) => item.due = edit.new,
            Self::Deliverable(edit) => item.deliverable = edit.new,
            Self::Standard(edit) => item.standard = edit.new,
            Self::Rule(edit) => item.rule = edit.new,
            Self::Weight(edit) => item.weight = edit.new,
            Self::Position(edit) => item.position = edit.new,
            Self::Bonus(edit) => item.bonus = edit.new,
            Self::Deduction(edit) => item.deduction = edit.new,
            Self::Rhythm(edit) => item.rhythm = edit.new,
            Self::Category(edit) => item.category = edit.new,
            Self::Source(edit) => item.source = edit.new,
            Self::Importance(edit) => item.importance = edit.new,
            Self::Must(edit) => item.must = edit.new,
            Self::Scheme(edit) => item.scheme = edit.new,
        }
    }
}

/// The edits that move the item at one place of a list to another; none where nothing moves.
///
/// The places that the items have are kept and handed on, so that only those between both ends
/// change; where several share a place, all are numbered anew.
pub fn moved(items: &[&Item], from: usize, to: usize) -> Vec<(ItemId, Edit<u32>)> {
    let mut order: Vec<&Item> = items.to_vec();
    if from >= order.len() || from == to {
        return Vec::new();
    }
    let item = order.remove(from);
    order.insert(to.min(order.len()), item);
    let apart = items
        .windows(2)
        .all(|two| two[0].position < two[1].position);
    let place = |at: usize| match items.get(at) {
        Some(item) if apart => item.position,
        _ => u32::try_from(at + 1).unwrap_or(u32::MAX),
    };
    let placed = order.into_iter().enumerate();
    placed
        .map(|(at, item)| {
            let (old, new) = (item.position, place(at));
            (item.id, Edit { old, new })
        })
        .filter(|(_, edit)| edit.old != edit.new)
        .collect()
}
