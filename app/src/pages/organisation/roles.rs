//! Roles that regimes name: who holds which, which a person holds, and giving one.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::signing::{EndRole, HoldRole};
use shared::id::{PersonId, RoleHolderId};
use shared::moment::Day;
use shared::organisation::Organisation;

use super::person::Dated;
use super::picks;
use crate::chance;
use crate::components::{Badge, Glyph, Panel, Pick, Tone};
use crate::i18n::{common, names, signing as words};
use crate::pages::form::{Ask, Entry, Form, Sheet};
use crate::pages::order;
use crate::route::Route;

/// The roles that adopted regimes name, by key, each once.
fn known(organisation: &Organisation) -> Vec<Pick> {
    let mut found: Vec<Pick> = Vec::new();
    for version in organisation.regimes.values() {
        for role in &version.regime().roles {
            if found.iter().all(|pick| pick.key != role.key) {
                found.push(Pick::new(role.key.clone(), names::name(&role.name)));
            }
        }
    }
    found
}

/// The roles that a person holds or held, with their days.
pub(super) fn held(
    sheet: Sheet,
    organisation: &Organisation,
    person: PersonId,
    may: bool,
    today: Day,
) -> Vec<Dated> {
    let names = known(organisation);
    let held = organisation.role_holders.values();
    let held = held.filter(|held| held.person == person);
    held.map(|held| {
        let name = names.iter().find(|pick| pick.key == held.role);
        let unit = held.unit.map_or_else(
            || words::whole_company().to_owned(),
            |unit| names::unit_of(organisation, unit),
        );
        let id = held.id;
        let open = held.in_force.to.is_none_or(|to| to >= today);
        let end = (may && open)
            .then(|| sheet.small("end-role", words::end_role(), move || end(id, today)));
        Dated {
            id: held.id.to_string(),
            title: name.map_or_else(|| held.role.clone(), |pick| pick.label.clone()),
            more: vec![unit],
            badge: None,
            in_force: held.in_force,
            acts: end.into_iter().collect(),
        }
    })
    .collect()
}

/// Who holds each role on a day; nothing where no adopted regime names one.
pub(super) fn holders(organisation: &Organisation, day: Day) -> Option<AnyView> {
    let roles = order::picks(known(organisation));
    let lines: Vec<AnyView> = roles
        .into_iter()
        .map(|role| {
            let held = organisation.role_holders.values();
            let held = held.filter(|held| held.role == role.key && held.in_force.covers(day));
            let people: Vec<AnyView> = held
                .map(|held| {
                    let name = names::person_of(organisation, held.person);
                    let unit = held.unit.map(|unit| names::unit_of(organisation, unit));
                    let words = unit.map_or(name.clone(), |unit| common::with_note(&name, &unit));
                    view! { <a href=Route::Person(held.person).path()>{words}</a> }.into_any()
                })
                .collect();
            // What nobody holds nobody signs or rates: it is said before a plan waits for it.
            let nobody = people.is_empty().then(|| {
                view! { <Badge words=words::nobody() tone=Tone::Warn glyph=Glyph::Warning /> }
            });
            view! {
                <li data-item=role.key>
                    <div class="list-line">
                        <span class="list-title">{role.label}</span>
                        <span class="list-end">{people}{nobody}</span>
                    </div>
                </li>
            }
            .into_any()
        })
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            <Panel title=words::roles()>
                <p class="faint">{words::role_hint()}</p>
                <ul class="list" data-list="role-holders">{lines}</ul>
            </Panel>
        }
        .into_any()
    })
}

/// Gives a person a role.
pub(super) fn hold(organisation: &Organisation, today: Day, person: PersonId) -> Form {
    let roles = known(organisation);
    let none = roles.is_empty();
    let first = roles
        .first()
        .map(|pick| pick.key.clone())
        .unwrap_or_default();
    let mut units = picks::units(organisation, today);
    units.insert(0, Pick::new("", words::whole_company()));
    let entries = vec![
        Entry::new("role", words::role(), Ask::List(roles), first),
        Entry::new("unit", words::role_unit(), Ask::List(units), String::new()).optional(),
        Entry::day("from", words::first_day(), today.to_string()),
    ];
    let holder = RoleHolderId::from_bits(chance::bits());
    let form = Form::new("save-role", words::give_role(), entries, move |answers| {
        let hold = HoldRole {
            holder,
            role: answers.filled("role", words::role())?,
            unit: answers.read_if("unit", words::role_unit())?,
            person,
            from: answers.read("from", words::first_day())?,
        };
        Ok(Command::HoldRole(hold).into())
    });
    if none {
        form.lead("warn", words::no_role_known())
    } else {
        form.lead("quiet", words::role_hint())
    }
}

fn end(holder: RoleHolderId, today: Day) -> Form {
    let entries = vec![Entry::day("to", words::last_day(), today.to_string())];
    Form::new(
        "save-end-role",
        words::end_role(),
        entries,
        move |answers| {
            let to = answers.read("to", words::last_day())?;
            Ok(Command::EndRole(EndRole { holder, to }).into())
        },
    )
}
