//! What can be chosen in the forms of the organisation, by the words that people know.

use shared::id::{PersonId, UnitId};
use shared::moment::Day;
use shared::organisation::{Line, Office, Organisation, Tenure};

use crate::components::Pick;
use crate::i18n::{common, names};
use crate::pages::order;

/// Units that exist on a day or later.
pub(crate) fn units(organisation: &Organisation, day: Day) -> Vec<Pick> {
    let there = organisation
        .units
        .values()
        .filter(|unit| unit.in_force.to.is_none_or(|to| to >= day));
    order::picks(
        there
            .map(|unit| Pick::new(unit.id.to_string(), names::unit(unit)))
            .collect(),
    )
}

/// People, each with a post by which namesakes are told apart; nobody is chosen at first.
pub(crate) fn people(organisation: &Organisation, day: Day) -> Vec<Pick> {
    let people = organisation.people.values();
    let picks = people.map(|person| pick(organisation, person.id, day));
    let mut picks = order::picks(picks.collect());
    picks.insert(0, Pick::new("", common::choose_one()));
    picks
}

/// A person to choose, with a post.
pub(crate) fn pick(organisation: &Organisation, person: PersonId, day: Day) -> Pick {
    let name = names::person_of(organisation, person);
    let post = organisation.assignments_of(person, day).next();
    let label = match post {
        Some(post) => common::with_note(&name, &post.post),
        None => name,
    };
    Pick::new(person.to_string(), label)
}

/// The unit at the top.
pub(crate) fn root(organisation: &Organisation) -> Option<UnitId> {
    organisation.company.as_ref().map(|company| company.root)
}

/// Yes and no.
pub(super) fn whether() -> Vec<Pick> {
    vec![
        Pick::new("no", common::no()),
        Pick::new("yes", common::yes()),
    ]
}

/// How a post can be held.
pub(super) fn tenures() -> Vec<Pick> {
    [Tenure::Main, Tenure::Additional, Tenure::Acting]
        .map(|tenure| Pick::new(tenure_key(tenure), names::tenure(tenure)))
        .to_vec()
}

/// The key of a tenure.
pub(super) const fn tenure_key(tenure: Tenure) -> &'static str {
    match tenure {
        Tenure::Main => "main",
        Tenure::Additional => "additional",
        Tenure::Acting => "acting",
    }
}

/// The tenure of a key.
pub(super) fn tenure(key: &str) -> Tenure {
    match key {
        "acting" => Tenure::Acting,
        "additional" => Tenure::Additional,
        _ => Tenure::Main,
    }
}

/// Kinds of reporting line.
pub(super) fn lines() -> Vec<Pick> {
    vec![
        Pick::new("administrative", names::line(Line::Administrative)),
        Pick::new("functional", names::line(Line::Functional)),
    ]
}

/// The offices, by the word that a choice of one carries.
const OFFICES: [(&str, Office); 4] = [
    ("plan_office", Office::PlanOffice),
    ("administrator", Office::Administrator),
    ("personnel", Office::Personnel),
    ("payroll", Office::Payroll),
];

/// The office that a choice carries.
pub(super) fn office(key: &str) -> Office {
    let found = OFFICES.iter().find(|(word, _)| *word == key);
    found.map_or(Office::PlanOffice, |(_, office)| *office)
}

/// Offices.
pub(super) fn offices() -> Vec<Pick> {
    let pick = |(key, office)| Pick::new(key, names::office(office));
    OFFICES.map(pick).to_vec()
}
