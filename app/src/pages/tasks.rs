//! What waits for this person: items to report on, plans to approve, plans to judge.
//!
//! Who may do what is asked of the shared policy; this file only gathers.

use shared::id::{ItemId, PersonId, PlanId};
use shared::moment::Day;
use shared::permission;
use shared::plan::PlanState;
use shared::regime::Rules;
use shared::report::ReportKind;
use shared::world::{PlanDocument, World};

use crate::i18n::names;
use crate::pages::plan::{ItemFacts, awaits, newest_report, rules_of};
pub(crate) use crate::pages::plans::PlanLine;

/// An item that this person answers for, in a plan that is being carried out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DueItem {
    /// The plan.
    pub(crate) plan: PlanId,
    /// The item.
    pub(crate) item: ItemId,
    /// The item in words.
    pub(crate) facts: ItemFacts,
    /// Whose plan it is, and the period.
    pub(crate) of: String,
    /// The due day.
    pub(crate) due: Option<Day>,
    /// How far it is, in percent, and the newest report in words.
    pub(crate) progress: Option<(u8, String)>,
    /// Whether completion was reported.
    pub(crate) done: bool,
}

/// All items that a person answers for in those plans, the unfinished ones first, by due day.
pub(crate) fn due_for(
    world: &World,
    person: PersonId,
    wanted: impl Fn(&PlanDocument) -> bool,
) -> Vec<DueItem> {
    let organisation = world.organisation();
    let mut due = Vec::new();
    for (plan, document) in world.documents() {
        let Some(found) = &document.plan else {
            continue;
        };
        if found.state != PlanState::Approved || !wanted(document) {
            continue;
        }
        let rules = rules_of(world, found);
        let items = document.items.values();
        for item in items.filter(|item| permission::may_report(person, found, item)) {
            let reports = || {
                document
                    .reports
                    .values()
                    .filter(|report| report.item == item.id && report.stands())
            };
            let period = names::period_of(organisation, found.period);
            due.push(DueItem {
                plan,
                item: item.id,
                facts: ItemFacts::of(organisation, rules, item),
                of: format!("{} · {period}", names::plan_of(organisation, found)),
                due: item.due,
                progress: newest_report(reports()),
                done: reports().any(|report| report.kind == ReportKind::Completion),
            });
        }
    }
    due.sort_unstable_by_key(|item| (item.done, item.due.is_none(), item.due, item.item));
    due
}

/// Those plans in a state that wait for this person as the superior.
pub(crate) fn waiting(
    world: &World,
    person: PersonId,
    today: Day,
    state: PlanState,
    wanted: impl Fn(&PlanDocument) -> bool,
) -> Vec<PlanLine> {
    let organisation = world.organisation();
    let documents = world.documents();
    let mine = documents.filter(|(_, document)| {
        let plan = document.plan.as_ref().filter(|_| wanted(document));
        plan.is_some_and(|plan| {
            plan.state == state
                && match state {
                    PlanState::Submitted => awaits(world, person, today, plan).is_some(),
                    // What is only tracked waits for nobody's judgement.
                    _ => {
                        permission::may_judge(organisation, person, plan, today)
                            && rules_of(world, plan).is_none_or(Rules::is_judged)
                    }
                }
        })
    });
    let mut lines: Vec<PlanLine> = mine
        .filter_map(|(_, document)| PlanLine::of(organisation, document))
        .collect();
    lines.sort_unstable_by(|a, b| a.title.cmp(&b.title));
    lines
}

/// Plans for which this person answers, newest period first.
pub(crate) fn own(world: &World, person: PersonId) -> Vec<PlanLine> {
    crate::pages::plans::lines_of(world, |plan| plan.owner == person)
}
