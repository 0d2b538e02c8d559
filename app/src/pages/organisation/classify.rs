//! Forms that state what a post, a person or a unit counts as from a day on.

use shared::classification::{Classified, LEVELS};
use shared::command::Command;
use shared::command::organisation::Classify;
use shared::id::{PersonId, UnitId};
use shared::moment::Day;
use shared::organisation::{Assignment, Organisation};
use shared::regime::coverage::{Centre, Employment};

use crate::components::Pick;
use crate::i18n::{coverage as words, names, organisation};
use crate::pages::form::{Answers, Ask, Entry, Form, Wrong};

const EMPLOYMENTS: [(&str, Employment); 3] = [
    ("regular", Employment::Regular),
    ("probation", Employment::Probation),
    ("temporary", Employment::Temporary),
];

const CENTRES: [(&str, Option<Centre>); 5] = [
    ("profit", Some(Centre::Profit)),
    ("revenue", Some(Centre::Revenue)),
    ("cost", Some(Centre::Cost)),
    ("expense", Some(Centre::Expense)),
    ("none", None),
];

fn form(
    act: &'static str,
    (label, who): (&'static str, &str),
    (entry, hint): (Entry, &'static str),
    day: Day,
    read: impl Fn(&Answers) -> Result<Classified, Wrong> + Send + Sync + 'static,
) -> Form {
    let from = Entry::day("from", organisation::since(), day.to_string());
    Form::new(act, label, vec![entry.hint(hint), from], move |answers| {
        let of = read(&answers)?;
        let from = answers.read("from", organisation::since())?;
        Ok(Command::Classify(Classify { of, from }).into())
    })
    .titled(organisation::title_for(label, who))
    .lead("quiet", words::binds())
}

/// Where nothing is stated yet it has been so all along; else it changes today.
fn since(stated: bool, beginning: Day, today: Day) -> Day {
    if stated {
        today.max(beginning)
    } else {
        beginning
    }
}

/// States the level of a post.
pub(super) fn level(organisation: &Organisation, today: Day, post: &Assignment) -> Form {
    let now = organisation.level(post.id, today);
    let picks = (LEVELS.0..=LEVELS.1)
        .map(|level| Pick::new(level.to_string(), words::level_of(&level.to_string())))
        .collect();
    let chosen = now.unwrap_or(LEVELS.0).to_string();
    let entry = Entry::new("level", words::level(), Ask::List(picks), chosen);
    let title = format!(
        "{} · {}",
        names::person_of(organisation, post.person),
        post.post
    );
    let assignment = post.id;
    form(
        "save-level",
        (words::state_level(), &title),
        (entry, words::level_hint()),
        since(now.is_some(), post.in_force.from, today),
        move |answers| {
            let level = answers.read("level", words::level())?;
            Ok(Classified::Post { assignment, level })
        },
    )
}

/// States how a person is employed.
pub(super) fn employment(organisation: &Organisation, today: Day, person: PersonId) -> Form {
    let now = organisation.employment(person, today);
    let picks = EMPLOYMENTS.map(|(key, one)| Pick::new(key, words::employed(one)));
    let chosen = EMPLOYMENTS.iter().find(|(_, one)| *one == now);
    let chosen = chosen.map_or("regular", |(key, _)| key).to_owned();
    let ask = Ask::Few(picks.to_vec());
    let entry = Entry::new("employment", words::employment(), ask, chosen);
    form(
        "save-employment",
        (
            words::state_employment(),
            &names::person_of(organisation, person),
        ),
        (entry, words::employment_hint()),
        today,
        move |answers| {
            let key = answers.text("employment");
            let found = EMPLOYMENTS.iter().find(|(one, _)| *one == key);
            let employment = found.map_or(Employment::Regular, |(_, one)| *one);
            Ok(Classified::Person { person, employment })
        },
    )
}

/// States what kind of responsibility centre a unit is.
pub(super) fn centre(organisation: &Organisation, today: Day, unit: UnitId) -> Form {
    let now = organisation.centre(unit, today);
    let picks = CENTRES.map(|(key, one)| Pick::new(key, words::centre_word(one)));
    let chosen = CENTRES.iter().find(|(_, one)| Some(*one) == now);
    let chosen = chosen.map_or("none", |(key, _)| key).to_owned();
    let ask = Ask::Few(picks.to_vec());
    let entry = Entry::new("centre", words::centre(), ask, chosen);
    let beginning = organisation.units.get(&unit);
    let beginning = beginning.map_or(today, |unit| unit.in_force.from);
    form(
        "save-centre",
        (words::state_centre(), &names::unit_of(organisation, unit)),
        (entry, words::centre_hint()),
        since(now.is_some(), beginning, today),
        move |answers| {
            let key = answers.text("centre");
            let found = CENTRES.iter().find(|(one, _)| *one == key);
            let centre = found.and_then(|(_, one)| *one);
            Ok(Classified::Unit { unit, centre })
        },
    )
}
