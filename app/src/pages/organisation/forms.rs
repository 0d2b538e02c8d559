//! Forms that shape the organisation, one for each thing that can be added.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::command::Command;
use shared::command::organisation::{AddPerson, AddUnit, Appoint, Assign, DrawLine};
use shared::id::{AppointmentId, AssignmentId, PersonId, ReportingLineId, UnitId};
use shared::organisation::{Line, Office, Tenure};

use super::form::{Fields, OnlineForm};
use crate::api;
use crate::chance;
use crate::components::{Button, Choice, Field, FieldKind, Look, Pick, Select};
use crate::i18n::{common, names, organisation as words};
use crate::pages::order;
use crate::session::Session;

fn units() -> Vec<Pick> {
    let world = Session::here().world_untracked();
    let picks: Vec<Pick> = world
        .organisation()
        .units
        .values()
        .map(|unit| Pick::new(unit.id.to_string(), names::unit(unit)))
        .collect();
    order::picks(picks)
}

fn people() -> Vec<Pick> {
    let world = Session::here().world_untracked();
    let people = world.organisation().people.values();
    let picks: Vec<Pick> = people
        .map(|person| Pick::new(person.id.to_string(), person.name.clone()))
        .collect();
    let mut picks = order::picks(picks);
    picks.insert(0, Pick::new("", common::choose_one()));
    picks
}

fn today() -> String {
    Session::here().today_untracked().to_string()
}

fn root() -> String {
    let world = Session::here().world_untracked();
    let company = world.organisation().company.as_ref();
    company
        .map(|company| company.root.to_string())
        .unwrap_or_default()
}

/// A list from which one is chosen.
#[component]
fn Chosen(
    name: &'static str,
    label: &'static str,
    picks: Vec<Pick>,
    value: RwSignal<String>,
) -> impl IntoView {
    view! {
        <Select
            name=name
            label=label
            picks=Signal::stored(picks)
            value=value
            on_choose=move |key| value.set(key)
        />
    }
}

/// Adds a unit.
#[component]
pub(super) fn UnitForm(open: RwSignal<bool>) -> impl IntoView {
    let fields = Fields::of([
        String::new(),
        String::new(),
        root(),
        today(),
        String::new(),
        String::new(),
    ]);
    view! {
        <OnlineForm
            act="save-unit"
            label=words::add_unit()
            open=open
            fields=fields
            read=|fields| Ok(Command::AddUnit(AddUnit {
                unit: UnitId::from_bits(chance::bits()),
                name: fields.filled(0, words::unit_name())?,
                name_en: fields.text(1),
                parent: fields.read(2, words::parent())?,
                from: fields.read(3, words::since())?,
            }))
        >
            <Field name="name" label=words::unit_name() value=fields.at(0) />
            <Field name="name-en" label=words::unit_name_en() value=fields.at(1) optional=true />
            <Chosen name="parent" label=words::parent() picks=units() value=fields.at(2) />
            <Field name="from" label=words::since() value=fields.at(3) kind=FieldKind::Day />
        </OnlineForm>
    }
}

/// Adds a person.
#[component]
pub(super) fn PersonForm(open: RwSignal<bool>) -> impl IntoView {
    let fields = Fields::of(std::array::from_fn(|_| String::new()));
    view! {
        <OnlineForm
            act="save-person"
            label=words::add_person()
            open=open
            fields=fields
            read=|fields| Ok(Command::AddPerson(AddPerson {
                person: PersonId::from_bits(chance::bits()),
                name: fields.filled(0, words::person_name())?,
            }))
        >
            <Field name="name" label=words::person_name() value=fields.at(0) />
        </OnlineForm>
    }
}

/// Assigns a person to a post.
#[component]
pub(super) fn AssignForm(open: RwSignal<bool>) -> impl IntoView {
    let fields = Fields::of([
        String::new(),
        root(),
        String::new(),
        "main".to_owned(),
        today(),
        "no".to_owned(),
    ]);
    let tenures = vec![
        Pick::new("main", names::tenure(Tenure::Main)),
        Pick::new("additional", names::tenure(Tenure::Additional)),
        Pick::new("acting", names::tenure(Tenure::Acting)),
    ];
    let heads = vec![
        Pick::new("no", common::no()),
        Pick::new("yes", common::yes()),
    ];
    view! {
        <OnlineForm
            act="save-assignment"
            label=words::assign()
            open=open
            fields=fields
            read=|fields| Ok(Command::Assign(Assign {
                assignment: AssignmentId::from_bits(chance::bits()),
                person: fields.read(0, words::person())?,
                unit: fields.read(1, words::unit_name())?,
                post: fields.filled(2, words::post())?,
                tenure: match fields.text(3).as_str() {
                    "acting" => Tenure::Acting,
                    "additional" => Tenure::Additional,
                    _ => Tenure::Main,
                },
                heads: fields.text(5) == "yes",
                from: fields.read(4, words::since())?,
                to: None,
            }))
        >
            <Chosen name="person" label=words::person() picks=people() value=fields.at(0) />
            <Chosen name="unit" label=words::unit_name() picks=units() value=fields.at(1) />
            <Field name="post" label=words::post() value=fields.at(2) />
            <Choice
                name="heads"
                label=words::heads()
                picks=heads
                value=fields.at(5)
                on_choose=move |key| fields.at(5).set(key)
            />
            <Choice
                name="tenure"
                label=words::tenure()
                picks=tenures
                value=fields.at(3)
                on_choose=move |key| fields.at(3).set(key)
            />
            <Field name="from" label=words::since() value=fields.at(4) kind=FieldKind::Day />
        </OnlineForm>
    }
}

/// Draws a reporting line.
#[component]
pub(super) fn LineForm(open: RwSignal<bool>) -> impl IntoView {
    let fields = Fields::of([
        String::new(),
        String::new(),
        "administrative".to_owned(),
        today(),
        String::new(),
        String::new(),
    ]);
    let kinds = vec![
        Pick::new("administrative", names::line(Line::Administrative)),
        Pick::new("functional", names::line(Line::Functional)),
    ];
    view! {
        <OnlineForm
            act="save-line"
            label=words::draw_line()
            open=open
            fields=fields
            read=|fields| Ok(Command::DrawLine(DrawLine {
                id: ReportingLineId::from_bits(chance::bits()),
                person: fields.read(0, words::person())?,
                superior: fields.read(1, words::superior())?,
                line: match fields.text(2).as_str() {
                    "functional" => Line::Functional,
                    _ => Line::Administrative,
                },
                from: fields.read(3, words::since())?,
            }))
        >
            <Chosen name="person" label=words::person() picks=people() value=fields.at(0) />
            <Chosen name="superior" label=words::superior() picks=people() value=fields.at(1) />
            <Choice
                name="line"
                label=words::line_kind()
                picks=kinds
                value=fields.at(2)
                on_choose=move |key| fields.at(2).set(key)
            />
            <Field name="from" label=words::since() value=fields.at(3) kind=FieldKind::Day />
        </OnlineForm>
    }
}

/// Appoints a person to an office.
#[component]
pub(super) fn AppointForm(open: RwSignal<bool>) -> impl IntoView {
    let fields = Fields::of([
        String::new(),
        "plan_office".to_owned(),
        today(),
        String::new(),
        String::new(),
        String::new(),
    ]);
    let offices = vec![
        Pick::new("plan_office", names::office(Office::PlanOffice)),
        Pick::new("administrator", names::office(Office::Administrator)),
    ];
    view! {
        <OnlineForm
            act="save-appointment"
            label=words::appoint()
            open=open
            fields=fields
            read=|fields| Ok(Command::Appoint(Appoint {
                appointment: AppointmentId::from_bits(chance::bits()),
                person: fields.read(0, words::person())?,
                office: match fields.text(1).as_str() {
                    "administrator" => Office::Administrator,
                    _ => Office::PlanOffice,
                },
                from: fields.read(2, words::since())?,
            }))
        >
            <Chosen name="person" label=words::person() picks=people() value=fields.at(0) />
            <Choice
                name="office"
                label=words::office()
                picks=offices
                value=fields.at(1)
                on_choose=move |key| fields.at(1).set(key)
            />
            <Field name="from" label=words::since() value=fields.at(2) kind=FieldKind::Day />
        </OnlineForm>
    }
}

/// Gives a person a sign-in; no command, because passwords never enter the history.
#[component]
pub(super) fn AccountForm(open: RwSignal<bool>) -> impl IntoView {
    let session = Session::here();
    let fields = Fields::of(std::array::from_fn(|_| String::new()));
    let error = RwSignal::new(None::<String>);
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let person = match fields.read::<PersonId>(0, words::person()) {
            Ok(person) => person,
            Err(words) => return error.set(Some(words)),
        };
        spawn_local(async move {
            let secret = fields.at(2).get_untracked();
            match api::give_account(person, &fields.text(1), &secret).await {
                Ok(()) => {
                    open.try_set(false);
                    session.say(words::account_saved());
                }
                Err(failed) => drop(error.try_set(Some(failed.words()))),
            }
        });
    };
    view! {
        <form class="stack" on:submit=send>
            <Chosen name="person" label=words::person() picks=people() value=fields.at(0) />
            <Field name="login" label=words::login() value=fields.at(1) kind=FieldKind::Login />
            <Field
                name="password"
                label=words::password()
                value=fields.at(2)
                kind=FieldKind::Password
            />
            {move || error.get().map(|words| view! {
                <p class="field-error" role="alert" data-part="refusal">{words}</p>
            })}
            <div class="row row-end">
                <Button
                    act="save-account"
                    label=words::give_account()
                    look=Look::Primary
                />
            </div>
        </form>
    }
}
