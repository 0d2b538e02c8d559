//! Rules of the company, its units, regimes and periods: each may be shaped only by its office,
//! online, and never so that two things answer to one name.

use crate::canonical;
use crate::change::Change;
use crate::command::organisation::{
    AddUnit, AdoptRegime, EndUnit, FoundCompany, OpenPeriod, RenameUnit,
};
use crate::id::UnitId;
use crate::moment::{Day, InForce};
use crate::organisation::{Appointment, Company, FormerName, Office, Person, Unit};
use crate::period::Period;
use crate::permission;
use crate::refusal::Refusal;
use crate::regime::RegimeVersion;
use crate::row::Row;
use crate::world::{Case, Stop};

use super::people::changed_from;
use super::plan::signature;
use super::{MOST_NAME, allow, fits, known, name, no_earlier, no_less, within};

/// Minutes east of UTC that a zone of the earth can have.
const ZONES: (i32, i32) = (-12 * 60, 14 * 60);

pub(super) fn found(case: &Case<'_>, args: &FoundCompany) -> Result<Vec<Change>, Stop> {
    if case.organisation().company.is_some() {
        return Err(Refusal::AlreadyFounded.into());
    }
    let company_name = name("name", &args.name)?;
    fits("name_en", args.name_en.trim(), MOST_NAME)?;
    let administrator = name("administrator", &args.administrator)?;
    within("utc_offset", &args.utc_offset, &ZONES.0, &ZONES.1)?;
    let in_force = InForce {
        from: args.from,
        to: None,
    };
    Ok(vec![
        Change::put(Row::Company(Company {
            root: args.root,
            utc_offset: args.utc_offset,
        })),
        Change::put(Row::Unit(Unit {
            id: args.root,
            name: company_name,
            name_en: args.name_en.trim().to_owned(),
            parent: None,
            in_force,
            former: Vec::new(),
            successors: Vec::new(),
        })),
        Change::put(Row::Person(Person {
            id: case.actor,
            name: administrator,
        })),
        Change::put(Row::Appointment(Appointment {
            id: args.appointment,
            person: case.actor,
            office: Office::Administrator,
            in_force,
        })),
    ])
}

pub(super) fn add_unit(case: &Case<'_>, args: &AddUnit) -> Result<Vec<Change>, Stop> {
    let organisation = case.organisation();
    allow(permission::may_administer(
        organisation,
        case.actor,
        case.today(),
    ))?;
    if organisation.units.contains_key(&args.unit) {
        return Err(Refusal::already_exists("unit").into());
    }
    let unit_name = name("name", &args.name)?;
    fits("name_en", args.name_en.trim(), MOST_NAME)?;
    if args.parent == args.unit {
        return Err(Refusal::Circular.into());
    }
    let parent = known(organisation.units.get(&args.parent), "unit")?;
    no_less("from", &args.from, &parent.in_force.from)?;
    refuse_taken_name(case, args.unit, &unit_name, args.from)?;
    Ok(vec![Change::put(Row::Unit(Unit {
        id: args.unit,
        name: unit_name,
        name_en: args.name_en.trim().to_owned(),
        parent: Some(args.parent),
        in_force: InForce {
            from: args.from,
            to: None,
        },
        former: Vec::new(),
        successors: Vec::new(),
    }))])
}

/// Refuses the name of another unit that is in force on the day or later.
fn refuse_taken_name(case: &Case<'_>, unit: UnitId, name: &str, from: Day) -> Result<(), Stop> {
    let organisation = case.organisation();
    case.work(organisation.units.len())?;
    let mut others = organisation.units.values();
    let taken = others.any(|other| {
        other.id != unit && other.in_force.to.is_none_or(|to| to >= from) && other.name == name
    });
    if taken {
        return Err(Refusal::already_exists("unit").into());
    }
    Ok(())
}

pub(super) fn rename_unit(case: &Case<'_>, args: &RenameUnit) -> Result<Vec<Change>, Stop> {
    let organisation = case.organisation();
    allow(permission::may_administer(
        organisation,
        case.actor,
        case.today(),
    ))?;
    let mut unit = known(organisation.units.get(&args.unit), "unit")?.clone();
    let new_name = name("name", &args.name)?;
    let new_name_en = args.name_en.trim().to_owned();
    fits("name_en", &new_name_en, MOST_NAME)?;
    no_earlier(case, "from", args.from)?;
    let since = unit.former.last().and_then(|last| last.until.succ_opt());
    let since = since.unwrap_or(unit.in_force.from);
    within(
        "from",
        &args.from,
        &since,
        &unit.in_force.to.unwrap_or(Day::MAX),
    )?;
    refuse_taken_name(case, unit.id, &new_name, args.from)?;
    // A second name from the same day on corrects the first one.
    if let Some(until) = args.from.pred_opt().filter(|_| args.from > since) {
        unit.former.push(FormerName {
            until,
            name: unit.name,
            name_en: unit.name_en,
        });
    }
    unit.name = new_name;
    unit.name_en = new_name_en;
    Ok(vec![Change::put(Row::Unit(unit))])
}

/// Ends a unit that nobody belongs to any more; its plans stay, under its id and its old name.
pub(super) fn end_unit(case: &Case<'_>, args: &EndUnit) -> Result<Vec<Change>, Stop> {
    let organisation = case.organisation();
    allow(permission::may_administer(
        organisation,
        case.actor,
        case.today(),
    ))?;
    let unit = known(organisation.units.get(&args.unit), "unit")?;
    no_less("to", &args.to, &unit.in_force.from)?;
    no_earlier(case, "to", changed_from(unit.in_force.to, args.to))?;
    refuse_taken_name(case, unit.id, &unit.name, args.to)?;
    case.work(organisation.units.len() + organisation.assignments.len())?;
    let below = organisation.units.values();
    let below = below.filter(|other| other.parent == Some(unit.id));
    let below = below.filter(|other| other.in_force.outlasts(args.to));
    let held = organisation.assignments.values();
    let held = held.filter(|held| held.unit == unit.id && held.in_force.outlasts(args.to));
    let count = |counted: usize| u32::try_from(counted).unwrap_or(u32::MAX);
    let (units, assignments) = (count(below.count()), count(held.count()));
    // The company itself is above every unit, and ends with none of them.
    if units > 0 || assignments > 0 || unit.parent.is_none() {
        return Err(Refusal::UnitInUse { units, assignments }.into());
    }
    let first_without = args.to.succ_opt().unwrap_or(args.to);
    for (place, successor) in args.successors.iter().enumerate() {
        let other = known(organisation.units.get(successor), "unit")?;
        let again = args.successors[..place].contains(successor);
        if *successor == unit.id || again || !other.in_force.covers(first_without) {
            let (field, given) = ("successors".to_owned(), other.name.clone());
            return Err(Refusal::UnknownValue { field, given }.into());
        }
    }
    Ok(vec![Change::put(Row::Unit(Unit {
        in_force: InForce {
            from: unit.in_force.from,
            to: Some(args.to),
        },
        successors: args.successors.clone(),
        ..unit.clone()
    }))])
}

pub(super) fn adopt_regime(case: &Case<'_>, args: &AdoptRegime) -> Result<Vec<Change>, Stop> {
    let organisation = case.organisation();
    allow(permission::may_run_plans(
        organisation,
        case.actor,
        case.today(),
    ))?;
    if organisation.regimes.contains_key(&args.id) {
        return Err(Refusal::already_exists("regime").into());
    }
    let findings = args.regime.findings();
    if !findings.is_empty() {
        return Err(Refusal::RegimeInvalid { findings }.into());
    }
    let version = RegimeVersion::new(args.id, args.regime.clone());
    Ok(vec![Change::put(Row::Regime(version))])
}

pub(super) fn open_period(case: &Case<'_>, args: &OpenPeriod) -> Result<Vec<Change>, Stop> {
    let organisation = case.organisation();
    allow(permission::may_run_plans(
        organisation,
        case.actor,
        case.today(),
    ))?;
    if organisation.periods.contains_key(&args.period) {
        return Err(Refusal::already_exists("period").into());
    }
    let version = known(organisation.regimes.get(&args.regime), "regime")?;
    if version.rules(args.kind).is_none() {
        let given = canonical::bytes(&args.kind);
        let given = String::from_utf8_lossy(&given).trim_matches('"').to_owned();
        return Err(Refusal::UnknownValue {
            field: "kind".to_owned(),
            given,
        }
        .into());
    }
    no_less("to", &args.to, &args.from)?;
    case.work(organisation.periods.len())?;
    // Versions of one regime share its key: a month is not opened twice because a rule changed.
    let overlaps = organisation.periods.values().any(|period| {
        let other = organisation.regimes.get(&period.regime);
        period.kind == args.kind
            && other.is_some_and(|other| other.regime().key == version.regime().key)
            && period.from <= args.to
            && args.from <= period.to
    });
    if overlaps {
        return Err(Refusal::already_exists("period").into());
    }
    Ok(vec![Change::put(Row::Period(Period {
        id: args.period,
        kind: args.kind,
        from: args.from,
        to: args.to,
        regime: args.regime,
        opened: Some(Box::new(signature(case, String::new()))),
        marks: Vec::new(),
    }))])
}
