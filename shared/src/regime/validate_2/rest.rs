//! The rest: whom the regime covers, how late acts and changes are treated, what it says about
//! people and money, and what follows judging.

use crate::regime::after::Instance;
use crate::regime::changes::{AfterDue, Window};
use crate::regime::coverage::Coverage;
use crate::regime::document::Regime;
use crate::regime::finding::{Findings, Problem};

use super::{MOST_FACTOR, WHOLE, keys};

pub(super) fn check(found: &mut Findings, regime: &Regime) {
    check_coverage(found, &regime.coverage);
    let lateness = &regime.lateness;
    // A month: a later claim would meet the next result.
    let grace = lateness.grace_minutes.into();
    found.between("/lateness/grace_minutes", grace, (0, 43_200));
    found.who("/lateness/decider", &lateness.decider, regime);
    check_changes(found, regime);
    check_people(found, regime);
    check_money(found, regime);
    check_after(found, regime);
}

fn check_coverage(found: &mut Findings, coverage: &Coverage) {
    for (nth, level) in coverage.levels.iter().enumerate() {
        let place = format!("/coverage/levels/{nth}");
        found.between(place, (*level).into(), (1, 9));
    }
    found.once("/coverage/levels", &coverage.levels);
    found.once("/coverage/employment", &coverage.employment);
    found.once("/coverage/centres", &coverage.centres);
    let contradicts = |found: &mut Findings, name: &str, both: bool, nth: usize| {
        if both {
            let other = format!("/coverage/{name}");
            let place = format!("/coverage/without_{name}/{nth}");
            found.add(place, Problem::Contradicts { other });
        }
    };
    for (nth, unit) in coverage.without_units.iter().enumerate() {
        contradicts(found, "units", coverage.units.contains(unit), nth);
    }
    for (nth, person) in coverage.without_people.iter().enumerate() {
        contradicts(found, "people", coverage.people.contains(person), nth);
    }
}

fn check_changes(found: &mut Findings, regime: &Regime) {
    let changes = &regime.changes;
    found.once("/changes/kinds", &changes.kinds);
    match changes.window {
        Window::Until { days } => {
            found.between("/changes/window/until/days", days.into(), (0, 366));
        }
        Window::OnlyWithin { days: 0 } => {
            found.add("/changes/window/only_within/days", Problem::WindowNever);
        }
        Window::OnlyWithin { days } => {
            found.between("/changes/window/only_within/days", days.into(), (1, 366));
        }
        Window::Always => {}
    }
    if let AfterDue::ForceMajeure { by } = &changes.after_due {
        found.who("/changes/after_due/force_majeure/by", by, regime);
    }
}

fn check_people(found: &mut Findings, regime: &Regime) {
    let people = &regime.people;
    found.between("/people/absent_share", people.absent_share.0, (0, WHOLE));
    found.between("/people/least_days", people.least_days.into(), (0, 31));
    for (name, coefficient) in [
        ("not_assessed", people.not_assessed),
        ("provisional", people.provisional),
    ] {
        let place = format!("/people/{name}");
        found.between(place, coefficient.0, (0, MOST_FACTOR));
    }
}

fn check_money(found: &mut Findings, regime: &Regime) {
    let money = &regime.money;
    found.between("/money/floating_share", money.floating_share.0, (0, WHOLE));
    found.between("/money/pay_month", money.pay_month.into(), (0, 12));
    found.between("/money/cut_off_days", money.cut_off_days.into(), (0, 31));
    found.between("/money/most_deducted", money.most_deducted.0, (0, WHOLE));
    if let Some(fund) = &money.fund {
        found.name("/money/fund/name", &fund.name);
        found.who("/money/fund/kept_by", &fund.kept_by, regime);
        found.who("/money/fund/published_by", &fund.published_by, regime);
    }
}

fn check_after(found: &mut Findings, regime: &Regime) {
    let after = &regime.after;
    let instances = [
        ("objection", Some(&after.objection)),
        ("appeal", after.appeal.as_ref()),
        ("second", after.second.as_ref()),
    ];
    for (name, instance) in instances {
        if let Some(instance) = instance {
            check_instance(found, &format!("/after/{name}"), instance, regime);
        }
    }
    if after.second.is_some() && after.appeal.is_none() {
        let other = "/after/appeal".to_owned();
        found.add("/after/second", Problem::WithoutUse { other });
    }
    if let Some(publication) = &after.publication {
        let at = "/after/publication";
        let grades = keys::of_grades(regime);
        found.all_among(&format!("{at}/bands"), &publication.bands, &grades);
        found.between(format!("{at}/days"), publication.days.into(), (1, 366));
    }
    if let Some(checks) = &after.spot_checks {
        let at = "/after/spot_checks";
        found.between(format!("{at}/share"), checks.share.0, (1, WHOLE));
        found.some_who(&format!("{at}/by"), &checks.by, regime);
        if let Some(unfair) = &checks.unfair {
            let tariffs = keys::of(&regime.tariffs);
            found.among(format!("{at}/unfair"), unfair, &tariffs);
        }
    }
    if let Some(years) = after.archive_years {
        found.between("/after/archive_years", years.into(), (1, 100));
    }
}

fn check_instance(found: &mut Findings, at: &str, instance: &Instance, regime: &Regime) {
    found.between(format!("{at}/days"), instance.days.into(), (1, 366));
    found.some_who(&format!("{at}/by"), &instance.by, regime);
    if let Some(days) = instance.decided_in {
        found.between(format!("{at}/decided_in"), days.into(), (1, 366));
    }
}
