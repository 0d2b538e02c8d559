//! Rules of people and their dated ties: what was in force on a day stays so; an end is a date.

use std::collections::BTreeSet;

use crate::change::Change;
use crate::command::organisation::{
    AddPerson, Appoint, Assign, DrawLine, EndAppointment, EndAssignment, EndLine,
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

use super::{allow, known, name, no_less};

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
    Ok(vec![Change::put(Row::Assignment(Assignment {
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
    }))])
}

pub(super) fn end_assignment(case: &Case<'_>, args: &EndAssignment) -> Result<Vec<Change>, Stop> {
    let organisation = administrator(case)?;
    let assignment = known(organisation.assignments.get(&args.assignment), "assignment")?;
    let in_force = ended(assignment.in_force, args.to)?;
    Ok(vec![Change::put(Row::Assignment(Assignment {
        in_force,
        ..assignment.clone()
    }))])
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
        refuse_circle(case, args)?;
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

/// Refuses a line with which two people would judge each other, directly or through others.
///
/// The walk goes where judging goes: over lines, and over the heads above each post.
fn refuse_circle(case: &Case<'_>, args: &DrawLine) -> Result<(), Stop> {
    let organisation = case.organisation();
    let mut above: BTreeSet<PersonId> = BTreeSet::new();
    let mut open = vec![args.superior];
    while let Some(person) = open.pop() {
        if person == args.person {
            return Err(Refusal::Circular.into());
        }
        if above.insert(person) {
            case.work(organisation.lines.len() + organisation.assignments.len())?;
            let lines = administrative(organisation, args.from);
            let lines: Vec<PersonId> = lines
                .filter(|line| line.person == person)
                .map(|line| line.superior)
                .collect();
            if lines.is_empty() {
                let posts = organisation.assignments_of(person, args.from);
                open.extend(
                    posts.filter_map(|post| organisation.superior(person, post.unit, args.from)),
                );
            }
            open.extend(lines);
        }
    }
    Ok(())
}

pub(super) fn end_line(case: &Case<'_>, args: &EndLine) -> Result<Vec<Change>, Stop> {
    let organisation = administrator(case)?;
    let line = known(organisation.lines.get(&args.id), "reporting_line")?;
    let in_force = ended(line.in_force, args.to)?;
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
    let in_force = ended(ending.in_force, args.to)?;
    if ending.office == Office::Administrator {
        case.work(organisation.appointments.len())?;
        // From the day after the end on, and today, somebody must be able to appoint others.
        let first_without = args.to.succ_opt().unwrap_or(args.to).max(case.today());
        let remains = organisation.appointments.values().any(|other| {
            other.id != ending.id
                && other.office == Office::Administrator
                && other.in_force.to.is_none()
                && other.in_force.from <= first_without
        });
        if !remains {
            return Err(Refusal::Forbidden.into());
        }
    }
    Ok(vec![Change::put(Row::Appointment(Appointment {
        in_force,
        ..ending.clone()
    }))])
}

/// Ends a span, never before it began.
fn ended(span: InForce, to: Day) -> Result<InForce, Stop> {
    no_less("to", &to, &span.from)?;
    Ok(InForce {
        from: span.from,
        to: Some(to),
    })
}
