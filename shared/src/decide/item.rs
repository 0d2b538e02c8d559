//! Rules of items: a plan is changed while it is drafted, field by field, and no edit overwrites
//! what its author did not see.

use std::collections::BTreeSet;

use crate::change::Change;
use crate::command::plan::{AddItem, EditItem, RemoveItem, Weigh};
use crate::id::PlanId;
use crate::item::{Item, ItemEdit};
use crate::permission;
use crate::plan::{Plan, PlanState};
use crate::quantity::{Points, Quantity};
use crate::refusal::Refusal;
use crate::regime::Rules;
use crate::regime::weights::Importance;
use crate::row::Row;
use crate::world::{Case, PlanDocument, Stop};

use super::change::next_baseline;
use super::{
    MOST_EXTRA, MOST_HELPERS, MOST_ITEMS, MOST_NAME, MOST_TEXT, MOST_TITLE, allow, carry, fill,
    fits, in_state, known, malformed, no_less, period_of, set, unchanged, within,
};

/// A plan that the actor may change now, with the rules that it is made under.
pub(super) fn drafted<'c>(
    case: &'c Case<'_>,
    plan: PlanId,
) -> Result<(&'c Plan, &'c PlanDocument, Rules<'c>), Stop> {
    let (plan, document) = case.plan(plan)?;
    allow(may_draft(case, plan))?;
    in_state(plan, &[PlanState::Draft, PlanState::Returned])?;
    let (_, rules) = period_of(case, plan)?;
    Ok((plan, document, rules))
}

fn may_draft(case: &Case<'_>, plan: &Plan) -> bool {
    let Plan {
        unit, scope, owner, ..
    } = *plan;
    let (organisation, today) = (case.organisation(), case.today());
    permission::may_draft(organisation, case.actor, unit, scope, owner, today)
}

pub(super) fn add(case: &Case<'_>, args: &AddItem) -> Result<Vec<Change>, Stop> {
    let (plan, document) = case.plan(args.plan)?;
    let (_, rules) = period_of(case, plan)?;
    let after = fill::may_add(case, (plan, document), rules, &args.item)?;
    if document.items.contains_key(&args.item.id) {
        return Err(Refusal::already_exists("item").into());
    }
    fits_in(document.items.len() + 1)?;
    check(case, plan, rules, &args.item)?;
    let item = carry::placed(case, plan, document, &args.item)?;
    let mut changes = vec![Change::put(Row::Item(item.clone()))];
    if after {
        // What is entered after the fact stands in the plan from now on.
        let mut items = document.items.clone();
        items.insert(item.id, item);
        changes.extend(next_baseline(case, plan, document, &items, Vec::new()));
    }
    Ok(changes)
}

/// Refuses more items than a plan takes.
pub(super) fn fits_in(items: usize) -> Result<(), Stop> {
    if items > MOST_ITEMS {
        let (limit, most) = ("items_per_plan".to_owned(), MOST_ITEMS as u64);
        return Err(Refusal::LimitPassed { limit, most }.into());
    }
    Ok(())
}

pub(super) fn edit(case: &Case<'_>, args: &EditItem) -> Result<Vec<Change>, Stop> {
    let (plan, document, rules) = drafted(case, args.plan)?;
    let current = case.item(document, args.item)?;
    let item = edited(current, &args.edits)?;
    if (&item.section, &item.source) != (&current.section, &current.source) {
        fill::may_fill(case, (plan, document), rules, &item)?;
    }
    if item == *current {
        return Ok(Vec::new());
    }
    check(case, plan, rules, &item)?;
    let mut changes = vec![Change::put(Row::Item(item.clone()))];
    follow(case, document, current, Some(&item), &mut changes)?;
    Ok(changes)
}

/// The item with its edits; refuses a field that is neither what the person saw nor what it shall be.
pub(super) fn edited(current: &Item, edits: &[ItemEdit]) -> Result<Item, Stop> {
    let fields: BTreeSet<&str> = edits.iter().map(field).collect();
    if fields.is_empty() || fields.len() != edits.len() {
        return Err(malformed("edits"));
    }
    let mut item = current.clone();
    for edit in edits {
        apply(&mut item, edit)?;
    }
    Ok(item)
}

/// Adds what goes along when an item changes or goes: reports and evidence stand where its helpers
/// see them, evidence also with who answers for it, and a unit that helps no more has no answer.
pub(super) fn follow(
    case: &Case<'_>,
    document: &PlanDocument,
    before: &Item,
    now: Option<&Item>,
    changes: &mut Vec<Change>,
) -> Result<(), Stop> {
    let helpers = now.map(|item| item.helpers.as_slice()).unwrap_or_default();
    let same_helpers = before.helpers == helpers;
    if !same_helpers || before.responsible != now.and_then(|item| item.responsible) {
        case.work(document.evidence.len())?;
        let evidence = document.evidence.values();
        let of = evidence.filter(|one| one.item == before.id).cloned();
        changes.extend(of.map(|one| Change::put(Row::Evidence(one))));
    }
    if same_helpers {
        return Ok(());
    }
    case.work(document.reports.len() + document.helps.len())?;
    let reports = document.reports.values();
    let of = reports.filter(|report| report.item == before.id).cloned();
    changes.extend(of.map(|report| Change::put(Row::Report(report))));
    let helps = document.helps.values();
    let gone = helps.filter(|help| help.item == before.id && !helpers.contains(&help.unit));
    changes.extend(gone.map(|help| Change::Remove {
        key: Row::Help(help.clone()).key(),
        document: Some(help.plan),
    }));
    Ok(())
}

pub(super) fn weigh(case: &Case<'_>, args: &Weigh) -> Result<Vec<Change>, Stop> {
    let (plan, document, rules) = match fill::weighed_by_signer(case, args.plan)? {
        Some(signing) => signing,
        None => drafted(case, args.plan)?,
    };
    let items: BTreeSet<_> = args.weights.iter().map(|(item, _)| item).collect();
    if items.is_empty() || items.len() != args.weights.len() {
        return Err(malformed("weights"));
    }
    let mut changes = Vec::new();
    for (id, weight) in &args.weights {
        let current = case.item(document, *id)?;
        unchanged(&current.weight, weight, *id, "weight")?;
        if current.weight != weight.new {
            let item = Item {
                weight: weight.new,
                ..current.clone()
            };
            check(case, plan, rules, &item)?;
            changes.push(Change::put(Row::Item(item)));
        }
    }
    Ok(changes)
}

pub(super) fn remove(case: &Case<'_>, args: &RemoveItem) -> Result<Vec<Change>, Stop> {
    let (plan, document, _) = drafted(case, args.plan)?;
    let Some(current) = document.items.get(&args.item.id) else {
        return Ok(Vec::new());
    };
    if *current != *args.item {
        let (item, field) = (Some(current.id), "item".to_owned());
        let current = serde_json::to_value(current).expect("an item serialises");
        return Err(Refusal::ChangedMeanwhile {
            item,
            field,
            current,
        }
        .into());
    }
    let key = Row::Item(current.clone()).key();
    let mut changes = vec![Change::Remove {
        key,
        document: Some(plan.id),
    }];
    follow(case, document, current, None, &mut changes)?;
    Ok(changes)
}

/// The name of the field that an edit changes.
const fn field(edit: &ItemEdit) -> &'static str {
    match edit {
        ItemEdit::Title(_) => "title",
        ItemEdit::Section(_) => "section",
        ItemEdit::Responsible(_) => "responsible",
        ItemEdit::Helpers(_) => "helpers",
        ItemEdit::Target(_) => "target",
        ItemEdit::Due(_) => "due",
        ItemEdit::Deliverable(_) => "deliverable",
        ItemEdit::Standard(_) => "standard",
        ItemEdit::Rule(_) => "rule",
        ItemEdit::Weight(_) => "weight",
        ItemEdit::Position(_) => "position",
        ItemEdit::Bonus(_) => "bonus",
        ItemEdit::Deduction(_) => "deduction",
        ItemEdit::Rhythm(_) => "rhythm",
        ItemEdit::Category(_) => "category",
        ItemEdit::Source(_) => "source",
        ItemEdit::Importance(_) => "importance",
        ItemEdit::Must(_) => "must",
        ItemEdit::Scheme(_) => "scheme",
    }
}

fn apply(item: &mut Item, edit: &ItemEdit) -> Result<(), Stop> {
    let (id, field) = (item.id, field(edit));
    match edit {
        ItemEdit::Title(edit) => set(&mut item.title, edit, id, field),
        ItemEdit::Section(edit) => set(&mut item.section, edit, id, field),
        ItemEdit::Responsible(edit) => set(&mut item.responsible, edit, id, field),
        ItemEdit::Helpers(edit) => set(&mut item.helpers, edit, id, field),
        ItemEdit::Target(edit) => set(&mut item.target, edit, id, field),
        ItemEdit::Due(edit) => set(&mut item.due, edit, id, field),
        ItemEdit::Deliverable(edit) => set(&mut item.deliverable, edit, id, field),
        ItemEdit::Standard(edit) => set(&mut item.standard, edit, id, field),
        ItemEdit::Rule(edit) => set(&mut item.rule, edit, id, field),
        ItemEdit::Weight(edit) => set(&mut item.weight, edit, id, field),
        ItemEdit::Position(edit) => set(&mut item.position, edit, id, field),
        ItemEdit::Bonus(edit) => set(&mut item.bonus, edit, id, field),
        ItemEdit::Deduction(edit) => set(&mut item.deduction, edit, id, field),
        ItemEdit::Rhythm(edit) => set(&mut item.rhythm, edit, id, field),
        ItemEdit::Category(edit) => set(&mut item.category, edit, id, field),
        ItemEdit::Source(edit) => set(&mut item.source, edit, id, field),
        ItemEdit::Importance(edit) => set(&mut item.importance, edit, id, field),
        ItemEdit::Must(edit) => set(&mut item.must, edit, id, field),
        ItemEdit::Scheme(edit) => set(&mut item.scheme, edit, id, field),
    }
}

/// Refuses an item that could not stand in the plan even as a draft.
///
/// Empty fields are no fault of a draft: what the regime requires is asked at submission.
pub(super) fn check(
    case: &Case<'_>,
    plan: &Plan,
    rules: Rules<'_>,
    item: &Item,
) -> Result<(), Stop> {
    case.work(1 + rules.sections().len())?;
    let organisation = case.organisation();
    if item.plan != plan.id {
        return Err(malformed("item.plan"));
    }
    fits("title", &item.title, MOST_TITLE)?;
    for (field, text) in [
        ("post", &item.post),
        ("target", &item.target.measure),
        ("deliverable", &item.deliverable),
        ("standard", &item.standard),
        ("rule", &item.rule),
        ("scheme", &item.scheme),
    ] {
        fits(field, text, MOST_TEXT)?;
    }
    if !rules
        .sections()
        .iter()
        .any(|section| section.key == item.section)
    {
        let (field, given) = ("section".to_owned(), item.section.clone());
        return Err(Refusal::UnknownValue { field, given }.into());
    }
    weighs(rules, item)?;
    classed(rules, item)?;
    imported(item)?;
    if let Some(person) = item.responsible {
        known(organisation.people.get(&person), "person")?;
    }
    let mut helpers = BTreeSet::new();
    for helper in &item.helpers {
        known(organisation.units.get(helper), "unit")?;
        if *helper == plan.unit || !helpers.insert(helper) {
            let (field, given) = ("helpers".to_owned(), helper.to_string());
            return Err(Refusal::UnknownValue { field, given }.into());
        }
    }
    if item.helpers.len() > MOST_HELPERS {
        let (limit, most) = ("helpers_per_item".to_owned(), MOST_HELPERS as u64);
        return Err(Refusal::LimitPassed { limit, most }.into());
    }
    Ok(())
}

/// Refuses a weight or a scoring rule in figures that the regime cannot reckon with.
fn weighs(rules: Rules<'_>, item: &Item) -> Result<(), Stop> {
    let total = rules.total();
    let most = match rules.outside() {
        Some(bonus) if item.bonus => bonus,
        None if item.bonus => {
            let (field, given) = ("bonus".to_owned(), true.to_string());
            return Err(Refusal::UnknownValue { field, given }.into());
        }
        _ => total,
    };
    if item.weight < Points(0) || item.weight > most {
        return Err(Refusal::WeightOutOfRange {
            item: item.id,
            most,
        }
        .into());
    }
    if let Some(deduction) = &item.deduction {
        no_less("deduction.per", &deduction.per, &Quantity(1))?;
        no_less("deduction.points", &deduction.points, &Points(0))?;
        no_less("deduction.floor", &deduction.floor, &Points(0))?;
    }
    Ok(())
}

/// Refuses a category or a source that the regime does not have, and an importance that it does not
/// let anybody type.
fn classed(rules: Rules<'_>, item: &Item) -> Result<(), Stop> {
    let items = &rules.regime.items;
    let mut categories = items.categories.iter().map(|one| &one.key);
    let mut sources = items.sources.iter().map(|one| &one.key);
    for (field, given, known) in [
        (
            "category",
            &item.category,
            categories.any(|key| *key == item.category),
        ),
        (
            "source",
            &item.source,
            sources.any(|key| *key == item.source),
        ),
    ] {
        if !given.is_empty() && !known {
            let (field, given) = (field.to_owned(), given.clone());
            return Err(Refusal::UnknownValue { field, given }.into());
        }
    }
    let Some(importance) = &item.importance else {
        return Ok(());
    };
    match rules.cycle.weights.importance {
        Some(Importance::Typed { least, most }) => within("importance", importance, &least, &most),
        Some(Importance::ByCategory {}) | None => {
            let (field, given) = ("importance".to_owned(), importance.to_string());
            Err(Refusal::UnknownValue { field, given }.into())
        }
    }
}

/// Refuses more columns of an imported sheet than are kept.
fn imported(item: &Item) -> Result<(), Stop> {
    if item.extra.len() > MOST_EXTRA {
        let (limit, most) = ("extra_columns".to_owned(), MOST_EXTRA as u64);
        return Err(Refusal::LimitPassed { limit, most }.into());
    }
    for (column, cell) in &item.extra {
        fits("extra", column, MOST_NAME)?;
        fits("extra", cell, MOST_TEXT)?;
    }
    Ok(())
}
