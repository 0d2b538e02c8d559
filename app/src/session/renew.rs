//! Re-applying a refused act: the same wish, on what stands now.
//!
//! Edits get the value that stands now as the value that was seen, which the person has just been
//! shown. A signature is never renewed: it binds content, and must be given again over that.

use shared::change_request::ItemChange;
use shared::command::plan::{EditItem, RemoveItem, RequestChange, Weigh};
use shared::command::review::{ScoreItem, ScorePart};
use shared::command::{Class, Command};
use shared::id::PersonId;
use shared::item::{Edit, Item, ItemEdit};
use shared::result;
use shared::world::World;

use crate::pages::sides;

/// Gives the command to send in place of a refused one; `None` where it must be done anew by hand.
pub(crate) fn renewed(command: &Command, world: &World, person: PersonId) -> Option<Command> {
    if command.class() == Class::Sign {
        return None;
    }
    let document = command.document().and_then(|plan| world.document(plan));
    match command {
        Command::EditItem(args) => {
            let item = document?.items.get(&args.item)?;
            let edits = args.edits.iter().map(|edit| again(item, edit)).collect();
            Some(Command::EditItem(EditItem {
                plan: args.plan,
                item: args.item,
                edits,
            }))
        }
        Command::Weigh(args) => {
            let items = &document?.items;
            let now = |(item, edit): &(_, Edit<_>)| {
                let old = items.get(item)?.weight;
                Some((*item, Edit { old, new: edit.new }))
            };
            let weights = args.weights.iter().filter_map(now).collect();
            Some(Command::Weigh(Weigh {
                plan: args.plan,
                weights,
            }))
        }
        Command::RequestChange(args) => {
            let items = &document?.items;
            let change = |change: &ItemChange| match change {
                ItemChange::Edit(item, edits) => {
                    let now = items.get(item)?;
                    let edits = edits.iter().map(|edit| again(now, edit)).collect();
                    Some(ItemChange::Edit(*item, edits))
                }
                other => Some(other.clone()),
            };
            // An item that is gone meanwhile cannot change any more: the request is made anew.
            let changes: Option<Vec<_>> = args.changes.iter().map(change).collect();
            Some(Command::RequestChange(RequestChange {
                changes: changes?,
                ..args.clone()
            }))
        }
        Command::RemoveItem(args) => {
            let item = Box::new(document?.items.get(&args.item.id)?.clone());
            Some(Command::RemoveItem(RemoveItem {
                plan: args.plan,
                item,
            }))
        }
        Command::ScoreSelf(args) => {
            let now = document?.self_scores.get(&args.item);
            Some(Command::ScoreSelf(rescored(
                args,
                now.map(|score| score.judgement.clone()),
            )))
        }
        Command::ScoreSuperior(args) => {
            let now = result::judged(document?, person).remove(&args.item);
            Some(Command::ScoreSuperior(rescored(
                args,
                now.map(|score| score.judgement.clone()),
            )))
        }
        Command::ScorePart(args) => {
            let mut scores = document?.part_scores.values();
            let mine = scores.find(|one| {
                (&one.part, &one.criterion, &one.rater, one.by)
                    == (&args.part, &args.criterion, &args.rater, person)
            });
            let points = Edit {
                old: mine.map(|one| one.points),
                new: args.points.new,
            };
            let args = args.clone();
            Some(Command::ScorePart(ScorePart { points, ..args }))
        }
        other => Some(other.clone()),
    }
}

fn rescored(args: &ScoreItem, old: Option<shared::score::Judgement>) -> ScoreItem {
    let judgement = Edit {
        old,
        new: args.judgement.new.clone(),
    };
    ScoreItem {
        judgement,
        ..args.clone()
    }
}

fn again(item: &Item, edit: &ItemEdit) -> ItemEdit {
    fn from<T: Clone>(old: &T, edit: &Edit<T>) -> Edit<T> {
        Edit {
            old: old.clone(),
            new: edit.new.clone(),
        }
    }
    match edit {
        ItemEdit::Title(edit) => ItemEdit::Title(from(&item.title, edit)),
        ItemEdit::Section(edit) => ItemEdit::Section(from(&item.section, edit)),
        ItemEdit::Responsible(edit) => ItemEdit::Responsible(from(&item.responsible, edit)),
        ItemEdit::Helpers(edit) => ItemEdit::Helpers(from(&item.helpers, edit)),
        ItemEdit::Target(edit) => ItemEdit::Target(from(&item.target, edit)),
        ItemEdit::Due(edit) => ItemEdit::Due(from(&item.due, edit)),
        ItemEdit::Deliverable(edit) => ItemEdit::Deliverable(from(&item.deliverable, edit)),
        ItemEdit::Standard(edit) => ItemEdit::Standard(from(&item.standard, edit)),
        ItemEdit::Rule(edit) => ItemEdit::Rule(from(&item.rule, edit)),
        ItemEdit::Weight(edit) => ItemEdit::Weight(from(&item.weight, edit)),
        ItemEdit::Position(edit) => ItemEdit::Position(from(&item.position, edit)),
        ItemEdit::Bonus(edit) => ItemEdit::Bonus(from(&item.bonus, edit)),
        ItemEdit::Deduction(edit) => ItemEdit::Deduction(from(&item.deduction, edit)),
        ItemEdit::Rhythm(edit) => ItemEdit::Rhythm(from(&item.rhythm, edit)),
        ItemEdit::Category(edit) => ItemEdit::Category(from(&item.category, edit)),
        ItemEdit::Source(edit) => ItemEdit::Source(from(&item.source, edit)),
        ItemEdit::Importance(edit) => ItemEdit::Importance(from(&item.importance, edit)),
        ItemEdit::Must(edit) => ItemEdit::Must(from(&item.must, edit)),
        ItemEdit::Scheme(edit) => ItemEdit::Scheme(from(&item.scheme, edit)),
    }
}

/// The new value of the first edit, in a few words, to be shown beside the value that stands now.
pub(crate) fn wish(command: &Command, world: &World) -> Option<String> {
    let Command::EditItem(args) = command else {
        return None;
    };
    let organisation = world.organisation();
    let plan = world.document(args.plan).and_then(|of| of.plan.as_ref());
    let period = plan.and_then(|plan| organisation.periods.get(&plan.period));
    let rules = period.and_then(|period| organisation.rules(period));
    let (_, _, new) = sides(organisation, rules, args.edits.first()?);
    Some(new)
}
