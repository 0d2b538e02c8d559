//! Absences: noting one, ending one, and who is away.
//!
//! Everybody may know who is away; which leave it is stays on paper.

use std::sync::Arc;

use leptos::prelude::*;
use shared::command::Command;
use shared::command::organisation::{EndAbsence, NoteAbsence};
use shared::id::{AbsenceId, PersonId};
use shared::moment::Day;
use shared::organisation::{Absence, AbsenceBasis, Organisation};
use shared::permission;

use crate::chance;
use crate::components::{Badge, Banner, Glyph, PageHead, Panel, Person, Pick, Tone, WayBack};
use crate::i18n::{absence as words, common, format, names, organisation};
use crate::pages::form::{Ask, Entry, Form, FormView, Sheet, SheetView};
use crate::pages::order;
use crate::pages::organisation::{administers, picks};
use crate::route::Route;
use crate::session::Session;

/// The basis of an absence in words.
pub(crate) fn basis(basis: AbsenceBasis) -> &'static str {
    match basis {
        AbsenceBasis::Entitled => words::entitled(),
        AbsenceBasis::Personal => words::personal(),
    }
}

/// From when to when.
pub(crate) fn span(absence: &Absence) -> String {
    let from = format::short_day(absence.in_force.from);
    match absence.in_force.to {
        Some(to) if to == absence.in_force.from => from,
        Some(to) => format!("{from} – {}", format::short_day(to)),
        None => format!("{from} – {}", words::open_ended()),
    }
}

/// A badge beside a person who is away on a day.
pub(crate) fn badge(organisation: &Organisation, person: PersonId, day: Day) -> Option<AnyView> {
    let words = said(organisation, person, day)?;
    Some(view! { <Badge words=words tone=Tone::Warn glyph=Glyph::Clock /> }.into_any())
}

/// That somebody is away on a day, and until when, in words.
pub(crate) fn said(organisation: &Organisation, person: PersonId, day: Day) -> Option<String> {
    let absence = organisation.absence(person, day)?;
    Some(match absence.in_force.to {
        Some(to) => words::away_until(&format::short_day(to)),
        None => words::away().to_owned(),
    })
}

/// Notes an absence of one of these people; the only one, or none, is chosen at first.
pub(crate) fn note(organisation: &Organisation, day: Day, of: &[PersonId]) -> Form {
    let people: Vec<Pick> = of
        .iter()
        .map(|person| picks::pick(organisation, *person, day))
        .collect();
    let mut people = order::picks(people);
    let chosen = if let [only] = of {
        only.to_string()
    } else {
        people.insert(0, Pick::new("", common::choose_one()));
        String::new()
    };
    let bases = [AbsenceBasis::Entitled, AbsenceBasis::Personal];
    let bases = bases.map(|one| Pick::new(key(one), basis(one))).to_vec();
    let entries = vec![
        Entry::new("person", organisation::person(), Ask::List(people), chosen),
        Entry::new(
            "basis",
            words::basis(),
            Ask::Few(bases),
            "entitled".to_owned(),
        )
        .hint(words::basis_hint()),
        Entry::day("from", organisation::first_day(), day.to_string()),
        Entry::day("to", organisation::last_day_open(), day.to_string()).optional(),
    ];
    let id = AbsenceId::from_bits(chance::bits());
    Form::new("save-absence", words::note(), entries, move |answers| {
        let absence = NoteAbsence {
            id,
            person: answers.read("person", organisation::person())?,
            basis: if answers.is("basis", key(AbsenceBasis::Personal)) {
                AbsenceBasis::Personal
            } else {
                AbsenceBasis::Entitled
            },
            from: answers.read("from", organisation::first_day())?,
            to: answers.read_if("to", organisation::last_day())?,
        };
        Ok(Command::NoteAbsence(absence).into())
    })
    .offline()
}

const fn key(basis: AbsenceBasis) -> &'static str {
    match basis {
        AbsenceBasis::Entitled => "entitled",
        AbsenceBasis::Personal => "personal",
    }
}

/// Ends an absence; one that was noted by mistake ends before it begins.
pub(crate) fn end(organisation: &Organisation, day: Day, absence: &Absence) -> Form {
    let entries = vec![
        Entry::day("to", organisation::last_day(), day.to_string()).hint(words::take_back_hint()),
    ];
    let (id, person) = (absence.id, absence.person);
    let who = names::person_of(organisation, person);
    Form::new("save-end-absence", words::end(), entries, move |answers| {
        let to = answers.read("to", organisation::last_day())?;
        Ok(Command::EndAbsence(EndAbsence { id, person, to }).into())
    })
    .titled(organisation::title_for(words::end(), &who))
    .offline()
}

/// The people whose absence this person may note.
fn led(organisation: &Organisation, actor: PersonId, day: Day) -> Vec<PersonId> {
    let people = organisation.people.keys().copied();
    people
        .filter(|person| permission::may_note_absence(organisation, actor, *person, day))
        .filter(|person| organisation.assignments_of(*person, day).next().is_some())
        .collect()
}

/// Who is away today, for those who lead; nothing for the others.
#[component]
pub(crate) fn AwayToday() -> impl IntoView {
    let session = Session::here();
    let led = led_by(session);
    let beside = ViewFn::from(|| {
        view! {
            <a class="button" href=Route::Absences.path() data-act="note-absence">{words::note()}</a>
        }
    });
    move || {
        let beside = beside.clone();
        (!led.with(Vec::is_empty)).then(|| {
            view! {
                <Panel title=words::away_today() beside=beside>
                    <div data-passing="">{move || led.with(|led| away(session, led, None))}</div>
                </Panel>
            }
        })
    }
}

/// The people whose absence the signed-in person may note. Observed.
fn led_by(session: Session) -> Memo<Vec<PersonId>> {
    Memo::new(move |_| {
        let world = session.world();
        led(world.organisation(), session.person(), session.today())
    })
}

/// The page: noting an absence, and who is away.
#[component]
pub(crate) fn Absences() -> impl IntoView {
    let session = Session::here();
    let sheet = Sheet::provide();
    let led = led_by(session);
    // A form that was done makes room for the next one.
    let open = RwSignal::new(true);
    let form = move || {
        open.track();
        let world = session.world_untracked();
        let today = session.today_untracked();
        let form = led.with(|led| note(world.organisation(), today, led));
        view! { <FormView form=Arc::new(form) open=open /> }
    };
    let back = WayBack {
        href: Route::Home.path(),
        words: common::today().to_owned(),
    };
    let leads = move || !led.with(Vec::is_empty);
    view! {
        <div class="page" data-page="absences">
            <PageHead title=words::absences() back=back />
            <Show when=move || !leads()>
                {move || if administers(session).get() {
                    view! {
                        <Banner state="quiet" words=words::nobody_yet()>
                            <a class="button" href=Route::Organisation.path()>
                                {common::organisation()}
                            </a>
                        </Banner>
                    }
                    .into_any()
                } else {
                    view! { <Banner state="quiet" words=words::may_not() /> }.into_any()
                }}
            </Show>
            <div class="columns columns-two">
                <Show when=leads>
                    <Panel title=words::note()>{form}</Panel>
                </Show>
                <Panel title=words::away_now_and_later()>
                    {move || led.with(|led| away(session, led, Some(sheet)))}
                </Panel>
            </div>
            <SheetView sheet=sheet />
        </div>
    }
}

/// Who of these is away today; with a sheet, later absences too, and ending them.
fn away(session: Session, led: &[PersonId], sheet: Option<Sheet>) -> AnyView {
    let (world, today) = (session.world(), session.today());
    let organisation = world.organisation();
    let mut found: Vec<&Absence> = organisation
        .absences
        .values()
        .filter(|absence| led.contains(&absence.person))
        .filter(|absence| absence.in_force.to.is_none_or(|to| to >= today))
        .filter(|absence| sheet.is_some() || absence.in_force.from <= today)
        .collect();
    if found.is_empty() {
        return view! { <p class="faint">{words::nobody_away()}</p> }.into_any();
    }
    found.sort_by_key(|absence| (absence.in_force.from, absence.person));
    let lines: Vec<_> = found
        .into_iter()
        .map(|absence| {
            let name = names::person_of(organisation, absence.person);
            let id = absence.id;
            let end = sheet.map(|sheet| end_button(session, sheet, id));
            view! {
                <li data-item=id.to_string()>
                    <div class="list-line">
                        <span class="stack-tight">
                            <Person name=name />
                            <span class="list-more">
                                <span>{span(absence)}</span>
                                <span>{basis(absence.basis)}</span>
                            </span>
                        </span>
                        {end}
                    </div>
                </li>
            }
        })
        .collect();
    view! { <ul class="list" data-list="away">{lines}</ul> }.into_any()
}

fn end_button(session: Session, sheet: Sheet, id: AbsenceId) -> AnyView {
    sheet.small("end-absence", words::end(), move || {
        let world = session.world_untracked();
        let organisation = world.organisation();
        let absence = &organisation.absences[&id];
        end(organisation, session.today_untracked(), absence)
    })
}
