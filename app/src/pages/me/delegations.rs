//! Delegating a person's signatures for some days, and what others delegated to that person: one's own,
//! and by the administrator those of somebody who cannot.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::signing::{Delegate, EndDelegation};
use shared::id::{DelegationId, PersonId};
use shared::moment::Day;
use shared::organisation::Organisation;
use shared::permission;
use shared::signing::Delegation;

use crate::chance;
use crate::components::Panel;
use crate::i18n::{format, names, signing as words};
use crate::pages::form::{Ask, Entry, Form, Sheet, SheetView};
use crate::pages::organisation::picks;
use crate::session::Session;

/// The panel.
#[component]
pub(crate) fn Delegations(
    /// Whose.
    person: PersonId,
) -> impl IntoView {
    let session = Session::here();
    let sheet = Sheet::provide();
    let own = person == session.person();
    let may = Memo::new(move |_| {
        let (world, today) = (session.world(), session.today());
        permission::may_delegate(world.organisation(), session.person(), person, today)
    });
    let beside = ViewFn::from(move || {
        may.get().then(|| {
            sheet.button("delegate", words::delegate(), move || {
                let world = session.world_untracked();
                let today = session.today_untracked();
                form(person, world.organisation(), today)
            })
        })
    });
    view! {
        <Panel title=words::delegations() beside=beside>
            {own.then(|| view! { <p class="faint">{words::delegations_words()}</p> })}
            {move || {
                let world = session.world();
                list((person, may.get()), sheet, world.organisation(), session.today())
            }}
        </Panel>
        <SheetView sheet=sheet />
    }
}

/// What runs or is to come, the next first.
fn list(
    (me, may): (PersonId, bool),
    sheet: Sheet,
    organisation: &Organisation,
    today: Day,
) -> AnyView {
    let given = organisation.delegations.values();
    let mut mine: Vec<&Delegation> = given
        .filter(|given| given.from == me || given.to == me)
        .filter(|given| {
            let last = given.in_force.to.unwrap_or(Day::MAX);
            last >= today && last >= given.in_force.from
        })
        .collect();
    mine.sort_by_key(|given| (given.in_force.from, given.id));
    if mine.is_empty() {
        return view! { <p>{words::no_delegations()}</p> }.into_any();
    }
    let lines: Vec<_> = mine
        .into_iter()
        .map(|given| {
            let name = |person| names::person_of(organisation, person);
            let day = |day: Day| format::short_day(day);
            let last = given.in_force.to.map(day).unwrap_or_default();
            let words = words::delegated(
                &name(given.from),
                &name(given.to),
                &day(given.in_force.from),
                &last,
            );
            let delegation = given.id;
            // What somebody else delegated ends by that person's own act.
            let end = (may && given.from == me).then(|| {
                sheet.button("end-delegation", words::end(), move || {
                    end(delegation, today)
                })
            });
            view! {
                <li data-item=given.id.to_string()>
                    <div class="list-line">
                        <span class="stack-tight">
                            <span class="list-title">{words}</span>
                            <span class="list-more"><span>{given.reason.clone()}</span></span>
                        </span>
                        {end}
                    </div>
                </li>
            }
        })
        .collect();
    view! { <ul class="list" data-list="delegations">{lines}</ul> }.into_any()
}

fn form(me: PersonId, organisation: &Organisation, today: Day) -> Form {
    let mut people = picks::people(organisation, today);
    people.retain(|pick| pick.key != me.to_string());
    let entries = vec![
        Entry::new("to", words::delegate_to(), Ask::List(people), String::new()),
        Entry::day("first", words::first_day(), today.to_string()),
        Entry::day("last", words::last_day(), today.to_string()),
        Entry::line("reason", words::reason(), String::new()),
    ];
    let delegation = DelegationId::from_bits(chance::bits());
    Form::new(
        "save-delegation",
        words::delegate(),
        entries,
        move |answers| {
            let delegate = Delegate {
                delegation,
                from: me,
                to: answers.read("to", words::delegate_to())?,
                first: answers.read("first", words::first_day())?,
                last: answers.read("last", words::last_day())?,
                reason: answers.filled("reason", words::reason())?,
            };
            Ok(Command::Delegate(delegate).into())
        },
    )
    .lead("quiet", words::delegations_words())
}

fn end(delegation: DelegationId, today: Day) -> Form {
    let yesterday = today.pred_opt().unwrap_or(today);
    let entries = vec![Entry::day("to", words::last_day(), yesterday.to_string())];
    Form::new("save-end", words::end(), entries, move |answers| {
        let to = answers.read("to", words::last_day())?;
        Ok(Command::EndDelegation(EndDelegation { delegation, to }).into())
    })
}
