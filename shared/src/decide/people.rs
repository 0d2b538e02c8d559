//! Rules of people and their dated ties: what was in force on a day stays so; an end is a date.

use std::collections::BTreeSet;

use crate::change::Change;
use crate::command::organisation::{
    AddPerson, Appoint, Assign, DrawLine, EndAppointment, EndAssignment, EndLine, Leave, Transfer,
};
use crate::id::PersonId;
use crate::moment::{Day, InForce};
use crate::organisation::{
    Appointment, Assignment, Line, Office, Organisation, Person, ReportingLine,
};
use crate::permission;
use crate::refusal::Refusal;
use crate::row::Row;
use crate::world::{Case, Stop};

use super::{allow, known, name, no_earlier, no_less, within};

fn administrator<'c>(case: &'c Case<'_>) -> Result<&'c Organisation, Stop> {
    let organisation = case.organisation();
    allow(permission::may_administer(
        organisation,
        case.actor,
        case.today(),
    ))?;
    Ok(organisation)
}

pub(super) fn add_person(case: &Case<'_>, args: &AddPerson) -> Result<Vec<Change>, Stop> {
    let organisation = administrator(case)?;
    if organisation.people.contains_key(&args.person) {
        return Err(Refusal::already_exists("person").into());
    }
    let name = name("name", &args.name)?;
    Ok(vec![Change::put(Row::Person(Person {
        id: args.person,
        name,
    }))])
}

pub(super) fn assign(case: &Case<'_>, args: &Assign) -> Result<Vec<Change>, Stop> {
    let organisation = administrator(case)?;
    let assignment = assigned(case, args)?;
    refuse_circle_of_posts(case, organisation, &assignment)?;
    Ok(vec![Change::put(Row::Assignment(assignment))])
}

/// The assignment that is asked for, within the days of its unit.
fn assigned(case: &Case<'_>, args: &Assign) -> Result<Assignment, Stop> {
    let organisation = case.organisation();
    if organisation.assignments.contains_key(&args.assignment) {
        return Err(Refusal::already_exists("assignment").into());
    }
    known(organisation.people.get(&args.person), "person")?;
    let unit = known(organisation.units.get(&args.unit), "unit")?;
    let post = name("post", &args.post)?;
    no_less("from", &args.from, &unit.in_force.from)?;
    if let Some(to) = args.to {
        no_less("to", &to, &args.from)?;
    }
    if let Some(last) = unit.in_force.to {
        within("from", &args.from, &unit.in_force.from, &last)?;
        within("to", &args.to.unwrap_or(Day::MAX), &args.from, &last)?;
    }
    Ok(Assignment {
        id: args.assignment,
        person: args.person,
        unit: args.unit,
        post,
        tenure: args.tenure,
        heads: args.heads,
        in_force: InForce {
            from: args.from,
            to: args.to,
        },
    })
}

/// Refuses a post with which two people would judge each other over a reporting line.
///
/// Posts alone close no circle: whoever leads one unit and helps out in another is judged apart in
/// each of them.
fn refuse_circle_of_posts(
    case: &Case<'_>,
    organisation: &Organisation,
    assignment: &Assignment,
) -> Result<(), Stop> {
    let (person, from) = (assignment.person, assignment.in_force.from);
    if administrative(organisation, from).next().is_none() {
        return Ok(());
    }
    case.work(organisation.assignments.len())?;
    let mut after = organisation.clone();
    after.assignments.insert(assignment.id, assignment.clone());
    refuse_circle(case, &after, from, person, vec![(person, false)])
}

pub(super) fn end_assignment(case: &Case<'_>, args: &EndAssignment) -> Result<Vec<Change>, Stop> {
    let organisation = administrator(case)?;
    let assignment = known(organisation.assignments.get(&args.assignment), "assignment")?;
    let in_force = ended(case, assignment.in_force, args.to)?;
    Ok(vec![Change::put(Row::Assignment(Assignment {
        in_force,
        ..assignment.clone()
    }))])
}

/// Ends one assignment on the day before the other begins.
///
/// Reporting lines stay: a line was drawn for the person and not for the post.
pub(super) fn transfer(case: &Case<'_>, args: &Transfer) -> Result<Vec<Change>, Stop> {
    let organisation = administrator(case)?;
    let left = organisation.assignments.get(&args.ended);
    let left = known(
        left.filter(|left| left.person == args.assign.person),
        "assignment",
    )?;
    let next = |day: Day| day.succ_opt().unwrap_or(day);
    let latest = left.in_force.to.map_or(Day::MAX, next);
    let from = args.assign.from;
    within("from", &from, &next(left.in_force.from), &latest)?;
    let left = Assignment {
        in_force: ended(case, left.in_force, from.pred_opt().unwrap_or(from))?,
        ..left.clone()
    };
    let assignment = assigned(case, &args.assign)?;
    let mut after = organisation.clone();
    after.assignments.insert(left.id, left.clone());
    refuse_circle_of_posts(case, &after, &assignment)?;
    Ok(vec![
        Change::put(Row::Assignment(left)),
        Change::put(Row::Assignment(assignment)),
    ])
}

/// Ends all that ties a person to the company; the person's row stays, and with it what is one's
/// own.
pub(super) fn leave(case: &Case<'_>, args: &Leave) -> Result<Vec<Change>, Stop> {
    let organisation = administrator(case)?;
    known(organisation.people.get(&args.person), "person")?;
    let Leave { person, to } = *args;
    no_earlier(case, "to", to)?;
    case.work(organisation.assignments.len() + organisation.lines.len())?;
    let leaving =
        |other: &Appointment| other.person == person && other.office == Office::Administrator;
    if organisation.appointments.values().any(leaving) {
        refuse_nobody_left(case, to, leaving)?;
    }
    let cut = |span: InForce| InForce {
        from: span.from,
        // What was to begin later never does.
        to: Some(to.max(span.from.pred_opt().unwrap_or(to))),
    };
    let mut changes = Vec::new();
    for held in organisation.assignments.values() {
        if held.person == person && held.in_force.outlasts(to) {
            let in_force = cut(held.in_force);
            changes.push(Change::put(Row::Assignment(Assignment {
                in_force,
                ..held.clone()
            })));
        }
    }
    for line in organisation.lines.values() {
        if (line.person == person || line.superior == person) && line.in_force.outlasts(to) {
            let in_force = cut(line.in_force);
            changes.push(Change::put(Row::ReportingLine(ReportingLine {
                in_force,
                ..line.clone()
            })));
        }
    }
    for held in organisation.appointments.values() {
        if held.person == person && held.in_force.outlasts(to) {
            let in_force = cut(held.in_force);
            changes.push(Change::put(Row::Appointment(Appointment {
                in_force,
                ..held.clone()
            })));
        }
    }
    Ok(changes)
}

pub(super) fn draw_line(case: &Case<'_>, args: &DrawLine) -> Result<Vec<Change>, Stop> {
    let organisation = administrator(case)?;
    if organisation.lines.contains_key(&args.id) {
        return Err(Refusal::already_exists("reporting_line").into());
    }
    known(organisation.people.get(&args.person), "person")?;
    known(organisation.people.get(&args.superior), "person")?;
    if args.person == args.superior {
        return Err(Refusal::Circular.into());
    }
    if args.line == Line::Administrative {
        refuse_second_superior(case, args)?;
        let start = vec![(args.superior, true)];
        refuse_circle(case, organisation, args.from, args.person, start)?;
    }
    Ok(vec![Change::put(Row::ReportingLine(ReportingLine {
        id: args.id,
        person: args.person,
        superior: args.superior,
        line: args.line,
        in_force: InForce {
            from: args.from,
            to: None,
        },
    }))])
}

/// Administrative lines that are in force on the first day of a new one or later.
fn administrative(organisation: &Organisation, from: Day) -> impl Iterator<Item = &ReportingLine> {
    organisation.lines.values().filter(move |line| {
        line.line == Line::Administrative && line.in_force.to.is_none_or(|to| to >= from)
    })
}

fn refuse_second_superior(case: &Case<'_>, args: &DrawLine) -> Result<(), Stop> {
    let organisation = case.organisation();
    case.work(organisation.lines.len())?;
    if administrative(organisation, args.from).any(|line| line.person == args.person) {
        return Err(Refusal::already_exists("reporting_line").into());
    }
    Ok(())
}

/// Refuses ties with which two people would judge each other, directly or through others.
///
/// The walk goes where judging goes: over lines, and over the heads above each post. It begins at
/// `open`, each with whether a line led there, and must not come to `person` over a line.
fn refuse_circle(
    case: &Case<'_>,
    organisation: &Organisation,
    from: Day,
    person: PersonId,
    mut open: Vec<(PersonId, bool)>,
) -> Result<(), Stop> {
    let mut above: BTreeSet<(PersonId, bool)> = BTreeSet::new();
    while let Some((here, by_line)) = open.pop() {
        if here == person && by_line {
            return Err(Refusal::Circular.into());
        }
        if above.insert((here, by_line)) {
            case.work(organisation.lines.len() + organisation.assignments.len())?;
            let before = open.len();
            let lines = administrative(organisation, from).filter(|line| line.person == here);
            open.extend(lines.map(|line| (line.superior, true)));
            if open.len() == before {
                let posts = organisation.assignments_of(here, from);
                open.extend(posts.filter_map(|post| {
                    let superior = organisation.superior(here, post.unit, from)?;
                    Some((superior, by_line))
                }));
            }
        }
    }
    Ok(())
}

pub(super) fn end_line(case: &Case<'_>, args: &EndLine) -> Result<Vec<Change>, Stop> {
    let organisation = administrator(case)?;
    let line = known(organisation.lines.get(&args.id), "reporting_line")?;
    let in_force = ended(case, line.in_force, args.to)?;
    Ok(vec![Change::put(Row::ReportingLine(ReportingLine {
        in_force,
        ..line.clone()
    }))])
}

pub(super) fn appoint(case: &Case<'_>, args: &Appoint) -> Result<Vec<Change>, Stop> {
    let organisation = administrator(case)?;
    if organisation.appointments.contains_key(&args.appointment) {
        return Err(Refusal::already_exists("appointment").into());
    }
    known(organisation.people.get(&args.person), "person")?;
    Ok(vec![Change::put(Row::Appointment(Appointment {
        id: args.appointment,
        person: args.person,
        office: args.office,
        in_force: InForce {
            from: args.from,
            to: None,
        },
    }))])
}

pub(super) fn end_appointment(case: &Case<'_>, args: &EndAppointment) -> Result<Vec<Change>, Stop> {
    let organisation = administrator(case)?;
    let ending = known(
        organisation.appointments.get(&args.appointment),
        "appointment",
    )?;
    let in_force = ended(case, ending.in_force, args.to)?;
    if ending.office == Office::Administrator {
        refuse_nobody_left(case, args.to, |other| other.id == ending.id)?;
    }
    Ok(vec![Change::put(Row::Appointment(Appointment {
        in_force,
        ..ending.clone()
    }))])
}

/// Refuses the end of those administrators with whom nobody would be left to appoint others, from
/// the day after on and today.
fn refuse_nobody_left(
    case: &Case<'_>,
    to: Day,
    ending: impl Fn(&Appointment) -> bool,
) -> Result<(), Stop> {
    let organisation = case.organisation();
    case.work(organisation.appointments.len())?;
    let first_without = to.succ_opt().unwrap_or(to).max(case.today());
    let remains = organisation.appointments.values().any(|other| {
        !ending(other)
            && other.office == Office::Administrator
            && other.in_force.to.is_none()
            && other.in_force.from <= first_without
    });
    if remains {
        Ok(())
    } else {
        Err(Refusal::LastAdministrator.into())
    }
}

/// Ends a span, never before it began, and not so that finished months change.
pub(super) fn ended(case: &Case<'_>, span: InForce, to: Day) -> Result<InForce, Stop> {
    no_less("to", &to, &span.from)?;
    no_earlier(case, "to", changed_from(span.to, to))?;
    Ok(InForce {
        from: span.from,
        to: Some(to),
    })
}

/// The first day that changes when a span ends on another day than before.
pub(super) fn changed_from(before: Option<Day>, after: Day) -> Day {
    let last = before.map_or(after, |before| before.min(after));
    last.succ_opt().unwrap_or(last)
}
