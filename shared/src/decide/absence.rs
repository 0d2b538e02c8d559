//! Rules of absences: noted by those who answer for the person's work, never by oneself, each day
//! once.

use crate::change::Change;
use crate::command::organisation::{EndAbsence, NoteAbsence};
use crate::moment::InForce;
use crate::organisation::Absence;
use crate::permission;
use crate::refusal::Refusal;
use crate::row::Row;
use crate::world::{Case, Stop};

use super::people::changed_from;
use super::{allow, known, no_earlier, no_less};

pub(super) fn note(case: &Case<'_>, args: &NoteAbsence) -> Result<Vec<Change>, Stop> {
    let organisation = case.organisation();
    allow(permission::may_note_absence(
        organisation,
        case.actor,
        args.person,
        case.today(),
    ))?;
    known(organisation.people.get(&args.person), "person")?;
    if organisation.absences.contains_key(&args.id) {
        return Err(Refusal::already_exists("absence").into());
    }
    no_earlier(case, "from", args.from)?;
    if let Some(to) = args.to {
        no_less("to", &to, &args.from)?;
    }
    put(
        case,
        Absence {
            id: args.id,
            person: args.person,
            basis: args.basis,
            in_force: InForce {
                from: args.from,
                to: args.to,
            },
        },
    )
}

pub(super) fn end(case: &Case<'_>, args: &EndAbsence) -> Result<Vec<Change>, Stop> {
    let organisation = case.organisation();
    allow(permission::may_note_absence(
        organisation,
        case.actor,
        args.person,
        case.today(),
    ))?;
    let noted = organisation.absences.get(&args.id);
    let noted = noted.filter(|absence| absence.person == args.person);
    let absence = known(noted, "absence")?;
    let InForce { from, to } = absence.in_force;
    // The day before its first day takes it back.
    let least = from.pred_opt().unwrap_or(from);
    no_less("to", &args.to, &least)?;
    no_earlier(case, "to", changed_from(to, args.to))?;
    put(
        case,
        Absence {
            in_force: InForce {
                from,
                to: Some(args.to),
            },
            ..absence.clone()
        },
    )
}

/// Puts an absence that shares no day with another of the same person.
fn put(case: &Case<'_>, absence: Absence) -> Result<Vec<Change>, Stop> {
    let organisation = case.organisation();
    case.work(organisation.absences.len())?;
    let mut others = organisation.absences.values();
    let shared = others.any(|other| {
        other.person == absence.person
            && other.id != absence.id
            && other.in_force.meets(&absence.in_force)
    });
    if shared {
        return Err(Refusal::already_exists("absence").into());
    }
    Ok(vec![Change::put(Row::Absence(absence))])
}
