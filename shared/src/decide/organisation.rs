//! Rules of the company, its units, regimes and periods: each may be shaped only by its office,
//! online, and never so that two things answer to one name.

use crate::canonical;
use crate::change::Change;
use crate::command::organisation::{AddUnit, AdoptRegime, FoundCompany, OpenPeriod};
use crate::digest;
use crate::moment::InForce;
use crate::organisation::{Appointment, Company, Office, Person, Unit};
use crate::period::Period;
use crate::permission;
use crate::refusal::Refusal;
use crate::regime::{RegimeVersion, validate};
use crate::row::Row;
use crate::world::{Case, Stop};

use super::{MOST_NAME, allow, fits, known, name, no_less, within};

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
    case.work(organisation.units.len())?;
    let mut in_force = organisation
        .units
        .values()
        .filter(|unit| unit.in_force.to.is_none_or(|to| to >= args.from));
    if in_force.any(|unit| unit.name == unit_name) {
        return Err(Refusal::already_exists("unit").into());
    }
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
    let findings = validate::validate(&args.regime);
    if !findings.is_empty() {
        return Err(Refusal::RegimeInvalid { findings }.into());
    }
    Ok(vec![Change::put(Row::Regime(RegimeVersion {
        id: args.id,
        digest: digest::regime(&args.regime),
        regime: (*args.regime).clone(),
    }))])
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
    let regime = &known(organisation.regimes.get(&args.regime), "regime")?.regime;
    if args.kind != regime.period {
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
            && other.is_some_and(|other| other.regime.key == regime.key)
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
    }))])
}
