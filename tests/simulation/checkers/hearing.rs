//! Who hears an objection to a list, an appeal, the second instance: practice stated a second time, as
//! the regime of a run has it.

use shared::appeal::Level;
use shared::id::PersonId;
use shared::moment::Day;
use shared::organisation::{Office, Organisation};
use shared::plan::Plan;
use shared::seal::ResultAnswer;
use shared::world::PlanDocument;

use super::authority::{above_the_judge, judge};
use super::ties;

/// Says whether a person may decide about an appeal or in the second instance: the plan office hears
/// the appeal, the panel the second instance, and nobody who had a part in it. Where nobody is left,
/// and past the day by which an appeal was to be decided, which is not asked here, others stand in.
pub(super) fn hears(
    all: &Organisation,
    (plan, document): (&Plan, &PlanDocument),
    (version, level): (u32, Level),
    actor: PersonId,
    day: Day,
) -> bool {
    let Some(result) = document.results.get(&version) else {
        return false;
    };
    let objection = document.answers.get(&version);
    let Some(failed) = objection.and_then(|answer| answer.decided.as_ref()) else {
        return false;
    };
    let objected = objection.is_some_and(|a| matches!(a.answer, ResultAnswer::Objected(_)));
    let mut parties = vec![plan.owner, result.by, failed.by];
    parties.extend(result.on_behalf_of);
    if level == Level::Second {
        let before = document.appeals.get(&(version, Level::Appeal));
        parties.extend(before.and_then(|appeal| Some(appeal.decided.as_ref()?.by)));
    }
    let named = |person| match level {
        Level::Appeal => ties::in_office(all, person, Office::PlanOffice, day),
        Level::Second => ties::on_panel(all, person, day),
    };
    let free = |person: PersonId| !parties.contains(&person);
    let vacant = !all
        .people
        .keys()
        .any(|person| named(*person) && free(*person));
    let others = vacant || level == Level::Appeal;
    let instead = others && stands_in(all, plan, &free, actor, day);
    objected && !failed.upheld && free(actor) && (named(actor) || instead)
}

/// Says whether a person may decide about an objection to a result: the judge of the day and the one
/// above who had no part in it, else whoever stands in. Who published it may give way, and no more.
pub(super) fn hears_objection(
    all: &Organisation,
    of: (&Plan, &PlanDocument),
    upheld: bool,
    actor: PersonId,
    day: Day,
) -> bool {
    let (plan, document) = of;
    let published = document.result().is_some_and(|result| result.by == actor);
    let gives_way = upheld && published && plan.owner != actor;
    gives_way || superiors_hear(all, of, None, actor, day)
}

/// Says whether a person may decide about an objection to a name on a list: the same, without who
/// objected; nobody gives way.
pub(super) fn hears_of_list(
    all: &Organisation,
    of: (&Plan, &PlanDocument),
    objector: PersonId,
    actor: PersonId,
    day: Day,
) -> bool {
    superiors_hear(all, of, Some(objector), actor, day)
}

fn superiors_hear(
    all: &Organisation,
    (plan, document): (&Plan, &PlanDocument),
    objector: Option<PersonId>,
    actor: PersonId,
    day: Day,
) -> bool {
    let parties = parties(plan, document, objector);
    let free = |person: PersonId| !parties.contains(&person);
    let judge = judge(all, plan, day);
    let above = above_the_judge(all, plan, day);
    let named = [judge, above].into_iter().flatten();
    let named: Vec<PersonId> = named.filter(|person| free(*person)).collect();
    if named.is_empty() {
        return stands_in(all, plan, &free, actor, day);
    }
    named.contains(&actor)
}

/// Says whether a person may check a drawn result: the panel, without who had a part in it, else whoever
/// stands in.
pub(super) fn checks(
    all: &Organisation,
    (plan, document): (&Plan, &PlanDocument),
    actor: PersonId,
    day: Day,
) -> bool {
    let parties = parties(plan, document, None);
    let free = |person: PersonId| !parties.contains(&person);
    let mut people = all.people.keys();
    if people.any(|person| free(*person) && ties::on_panel(all, *person, day)) {
        return free(actor) && ties::on_panel(all, actor, day);
    }
    stands_in(all, plan, &free, actor, day)
}

/// Who was judged, who judged, and who objects.
fn parties(plan: &Plan, document: &PlanDocument, objector: Option<PersonId>) -> Vec<PersonId> {
    let result = document.result();
    let mut parties = vec![plan.owner];
    parties.extend(objector);
    parties.extend(result.map(|result| result.by));
    parties.extend(result.and_then(|result| result.on_behalf_of));
    parties
}

/// The one above the judge and the plan office; where they are not free the head of the company; then
/// personnel.
fn stands_in(
    all: &Organisation,
    plan: &Plan,
    free: &dyn Fn(PersonId) -> bool,
    actor: PersonId,
    day: Day,
) -> bool {
    let above = above_the_judge(all, plan, day);
    let root = all.company.as_ref().map(|company| company.root);
    let head = root.and_then(|root| ties::head(all, root, day));
    let first =
        |person| above == Some(person) || ties::in_office(all, person, Office::PlanOffice, day);
    let second = |person| head == Some(person);
    let third = |person| ties::in_office(all, person, Office::Personnel, day);
    let steps: [&dyn Fn(PersonId) -> bool; 3] = [&first, &second, &third];
    let mut steps = steps.into_iter();
    let found = steps.find(|step| all.people.keys().any(|one| free(*one) && step(*one)));
    free(actor) && found.is_some_and(|step| step(actor))
}
