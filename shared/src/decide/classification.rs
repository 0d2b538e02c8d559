//! The rule of classifications: an administrator states them, and what is over stays as it was.

use crate::change::Change;
use crate::classification::{Classification, Classified, LEVELS};
use crate::command::organisation::Classify;
use crate::permission;
use crate::row::Row;
use crate::world::{Case, Stop};

use super::{allow, known, no_earlier, no_less, within};

pub(super) fn classify(case: &Case<'_>, args: &Classify) -> Result<Vec<Change>, Stop> {
    let (organisation, today) = (case.organisation(), case.today());
    let may = permission::may_administer(organisation, case.actor, today);
    allow(may)?;
    match &args.of {
        Classified::Post { assignment, level } => {
            let post = known(organisation.assignments.get(assignment), "assignment")?;
            within("level", level, &LEVELS.0, &LEVELS.1)?;
            let last = post.in_force.to.unwrap_or(crate::moment::Day::MAX);
            within("from", &args.from, &post.in_force.from, &last)?;
        }
        Classified::Person { person, .. } => {
            known(organisation.people.get(person), "person")?;
        }
        Classified::Unit { unit, .. } => {
            let unit = known(organisation.units.get(unit), "unit")?;
            no_less("from", &args.from, &unit.in_force.from)?;
        }
    }
    case.work(organisation.classifications.len())?;
    let stated = organisation.classifications.values();
    let mut stated = stated.filter(|one| one.of.same_subject(&args.of));
    if stated
        .clone()
        .any(|one| one.of == args.of && one.from == args.from)
    {
        return Ok(Vec::new());
    }
    if stated.next().is_some() {
        // What is stated for the first time may be stated late; a change counts no finished month anew.
        no_earlier(case, "from", args.from)?;
    }
    Ok(vec![Change::put(Row::Classification(Classification {
        of: args.of,
        from: args.from,
        by: case.actor,
        times: case.moment.times(),
    }))])
}
