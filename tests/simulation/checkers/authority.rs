//! Authority: a command is executed only for somebody who may do it on the day of execution.

use shared::command::Command;
use shared::id::{PersonId, UnitId};
use shared::moment::Day;
use shared::organisation::{Office, Organisation};
use shared::plan::{Plan, Scope};
use shared::world::PlanDocument;

use super::ties;

/// Says whether the actor may do this on that day.
///
/// `document` is the plan's as it stood before; a new plan has none.
pub(crate) fn may(
    all: &Organisation,
    actor: PersonId,
    command: &Command,
    document: Option<&PlanDocument>,
    day: Day,
) -> bool {
    let plan = document.and_then(|document| document.plan.as_ref());
    let drafts = |plan: &Plan| may_draft(all, actor, (plan.unit, plan.scope, plan.owner), day);
    let judges = |plan: &Plan| plan.owner != actor && judge(all, plan, day) == Some(actor);
    let reports = |plan: &Plan, item| {
        let item = document.and_then(|document| document.items.get(item));
        item.is_some_and(|item| item.responsible.unwrap_or(plan.owner) == actor)
    };
    match command {
        Command::FoundCompany(_) => all.company.is_none(),
        Command::AddUnit(_)
        | Command::AddPerson(_)
        | Command::Assign(_)
        | Command::EndAssignment(_)
        | Command::DrawLine(_)
        | Command::EndLine(_)
        | Command::Appoint(_)
        | Command::EndAppointment(_) => ties::in_office(all, actor, Office::Administrator, day),
        Command::AdoptRegime(_) | Command::OpenPeriod(_) => runs_plans(all, actor, day),
        Command::DraftPlan(args) => may_draft(all, actor, (args.unit, args.scope, args.owner), day),
        Command::AddItem(_) | Command::EditItem(_) | Command::Weigh(_) | Command::RemoveItem(_) => {
            plan.is_some_and(drafts)
        }
        Command::SubmitPlan(_) => plan.is_some_and(|plan| match plan.scope {
            Scope::Unit => ties::leads(all, actor, plan.unit, day),
            Scope::Personal => plan.owner == actor && ties::belongs(all, actor, plan.unit, day),
        }),
        Command::ReturnPlan(_)
        | Command::ApprovePlan(_)
        | Command::ScoreSuperior(_)
        | Command::PublishResult(_) => plan.is_some_and(judges),
        Command::ReportItem(args) => plan.is_some_and(|plan| reports(plan, &args.item)),
        Command::ScoreSelf(args) => plan.is_some_and(|plan| reports(plan, &args.item)),
        Command::DiscardRefused(_) => true,
        // Nobody may what this checker has no second opinion of.
        _ => false,
    }
}

/// Who judges a plan: the owner's superior; of a unit's plan, nobody who leads that unit.
fn judge(all: &Organisation, plan: &Plan, day: Day) -> Option<PersonId> {
    if plan.scope == Scope::Personal {
        return ties::superior_of_part(all, plan.owner, plan.unit, day);
    }
    let outside = |judge: &PersonId| !ties::leads(all, *judge, plan.unit, day);
    let line = ties::by_line(all, plan.owner, day).filter(outside);
    let above = ties::chain(all, plan.unit).split_off(1);
    line.or_else(|| {
        ties::heads_over(all, plan.owner, above, day)
            .into_iter()
            .find(outside)
    })
}

fn runs_plans(all: &Organisation, actor: PersonId, day: Day) -> bool {
    ties::in_office(all, actor, Office::PlanOffice, day)
        || ties::in_office(all, actor, Office::Administrator, day)
}

fn may_draft(
    all: &Organisation,
    actor: PersonId,
    (unit, scope, owner): (UnitId, Scope, PersonId),
    day: Day,
) -> bool {
    let own = scope == Scope::Personal && owner == actor && ties::belongs(all, actor, unit, day);
    own || ties::leads(all, actor, unit, day) || runs_plans(all, actor, day)
}
