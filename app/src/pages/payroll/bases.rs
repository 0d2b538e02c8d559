//! Pay bases and minimum wages: what is in force, and entering what is from a day on.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::payroll::{EnterBase, EnterMinimum, PayrollAct};
use shared::id::{MinimumWageId, PayBaseId, PersonId, UnitId};
use shared::moment::Day;
use shared::payroll::{self, MinimumWage, PayBase};
use shared::quantity::Fen;

use crate::chance;
use crate::components::{FieldKind, Panel, Pick};
use crate::i18n::{format, names, payroll as words};
use crate::pages::form::{Act, Answers, Ask, Entry, Form, Sheet, Wrong};
use crate::pages::order;
use crate::session::Session;

/// Pay bases of everybody.
#[component]
pub(super) fn Bases(sheet: Sheet) -> impl IntoView {
    let session = Session::here();
    let lines = move || {
        let world = session.world();
        let organisation = world.organisation();
        let today = session.today();
        let mut named: Vec<(String, AnyView)> = payroll::bases(&world)
            .into_iter()
            .map(|(person, mut bases)| {
                bases.sort_by_key(|base| {
                    std::cmp::Reverse((base.from, base.entered.times.recorded))
                });
                let name = names::person_of(organisation, person);
                let now = payroll::base_of(&world, person, today);
                (name.clone(), base_line(&name, now, &bases))
            })
            .collect();
        named.sort_by(|one, other| one.0.cmp(&other.0));
        if named.is_empty() {
            return view! { <p class="faint">{words::no_bases()}</p> }.into_any();
        }
        let lines: Vec<_> = named.into_iter().map(|(_, line)| line).collect();
        view! { <ul class="list" data-list="bases">{lines}</ul> }.into_any()
    };
    view! {
        <Panel title=words::bases()>
            <p class="faint">{words::bases_words()}</p>
            <div class="row no-print">
                {sheet.button("enter-base", words::enter_base(), move || one(session))}
                {sheet.button("enter-bases", words::enter_bases(), move || many(session))}
            </div>
            {lines}
        </Panel>
    }
}

fn base_line(name: &str, now: Option<&PayBase>, bases: &[&PayBase]) -> AnyView {
    let entered: Vec<_> = bases
        .iter()
        .map(|base| {
            let from = words::from_day(&format::day(base.from));
            let amount = words::yuan(&base.amount.to_string());
            let note = base.entered.reason.clone();
            view! { <span>{from}" "{amount}" "{note}</span> }
        })
        .collect();
    let amount = now.map(|base| words::yuan(&base.amount.to_string()));
    view! {
        <li>
            <div class="list-line">
                <span class="stack-tight">
                    <span class="list-title">{name.to_owned()}</span>
                    <span class="list-more">{entered}</span>
                </span>
                <strong class="figure">{amount}</strong>
            </div>
        </li>
    }
    .into_any()
}

/// Minimum wages of all places.
#[component]
pub(super) fn Minimums(sheet: Sheet) -> impl IntoView {
    let session = Session::here();
    let lines = move || {
        let world = session.world();
        let organisation = world.organisation();
        let mut wages: Vec<&MinimumWage> = payroll::minimums(&world);
        wages.sort_by_key(|wage| std::cmp::Reverse((wage.from, wage.entered.times.recorded)));
        let line = |wage: &MinimumWage| {
            let unit = names::unit_of(organisation, wage.unit);
            let from = words::from_day(&format::day(wage.from));
            let note = wage.entered.reason.clone();
            view! {
                <li>
                    <div class="list-line">
                        <span class="stack-tight">
                            <span class="list-title">{unit}</span>
                            <span class="list-more"><span>{from}</span><span>{note}</span></span>
                        </span>
                        <strong class="figure">{words::yuan(&wage.amount.to_string())}</strong>
                    </div>
                </li>
            }
        };
        let lines: Vec<_> = wages.into_iter().map(line).collect();
        if lines.is_empty() {
            return view! { <p class="faint">{words::no_minimums()}</p> }.into_any();
        }
        view! { <ul class="list" data-list="minimums">{lines}</ul> }.into_any()
    };
    view! {
        <Panel title=words::minimum()>
            <p class="faint">{words::minimums_words()}</p>
            <div class="row no-print">
                {sheet.button("enter-minimum", words::enter_minimum(), move || minimum(session))}
            </div>
            {lines}
        </Panel>
    }
}

fn amount() -> Entry {
    let ask = Ask::Text(FieldKind::Number);
    Entry::new("amount", words::amount(), ask, String::new())
}

/// The first day of the running month.
fn from(session: Session) -> Entry {
    let first = format::first_of_month(session.today_untracked());
    Entry::day("from", words::from(), first.to_string())
}

fn note() -> Entry {
    Entry::line("note", words::grounds(), String::new()).optional()
}

/// The act that enters a base, on what is in force now.
fn enter(session: Session, person: PersonId, amount: Fen, from: Day, note: String) -> Command {
    let world = session.world_untracked();
    let old = payroll::base_of(&world, person, from).map(|base| base.amount);
    Command::Payroll(Box::new(PayrollAct::EnterBase(EnterBase {
        base: PayBaseId::from_bits(chance::bits()),
        person,
        amount,
        from,
        old,
        note,
    })))
}

fn one(session: Session) -> Form {
    let world = session.world_untracked();
    let organisation = world.organisation();
    let people = organisation.people.keys();
    let pick = |person: &PersonId| {
        let name = names::person_of(organisation, *person);
        Pick::new(person.to_string(), name)
    };
    let people = order::picks(people.map(pick).collect());
    let first = people.first().map(|pick| pick.key.clone());
    let entries = vec![
        Entry::new(
            "person",
            words::person(),
            Ask::List(people),
            first.unwrap_or_default(),
        ),
        amount(),
        from(session),
        note(),
    ];
    let read = move |answers: Answers| {
        let person = answers.read("person", words::person())?;
        let amount = answers.read("amount", words::amount())?;
        let from = answers.read("from", words::from())?;
        Ok(enter(session, person, amount, from, answers.text("note")).into())
    };
    let form = Form::new("save-base", words::enter(), entries, read);
    let form = form.titled(words::enter_base().to_owned());
    form.offline().again(move || one(session))
}

fn many(session: Session) -> Form {
    let entries = vec![
        Entry::lines("bases", words::paste()).hint(words::paste_hint()),
        from(session),
        note(),
    ];
    let read = move |answers: Answers| {
        let text = answers.filled("bases", words::paste())?;
        let from = answers.read("from", words::from())?;
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let commands = lines.map(|line| {
            let found = named(session, line);
            let wrong = || Wrong::at("bases", words::unknown_line(line.trim()));
            let (person, amount) = found.ok_or_else(wrong)?;
            Ok(enter(session, person, amount, from, answers.text("note")))
        });
        let commands: Result<Vec<Command>, Wrong> = commands.collect();
        Ok(Act::Several(commands?))
    };
    let form = Form::new("save-bases", words::enter(), entries, read);
    form.titled(words::enter_bases().to_owned()).offline()
}

/// Reads a line of a name and an amount; nothing where it names nobody, or several people.
fn named(session: Session, line: &str) -> Option<(PersonId, Fen)> {
    let split = line.rsplit_once(['\t', ',', '，']);
    let (name, amount) = split.or_else(|| line.trim().rsplit_once(' '))?;
    let amount: Fen = amount.trim().parse().ok()?;
    let world = session.world_untracked();
    let people = world.organisation().people.values();
    let mut own = people.filter(|person| person.name == name.trim());
    let found = own.next()?;
    own.next().is_none().then_some((found.id, amount))
}

fn minimum(session: Session) -> Form {
    let world = session.world_untracked();
    let organisation = world.organisation();
    let root = organisation.company.as_ref().map(|company| company.root);
    let units = organisation.units.keys();
    let pick = |unit: &UnitId| Pick::new(unit.to_string(), names::unit_of(organisation, *unit));
    let units = order::picks(units.map(pick).collect());
    let root = root.map(|root| root.to_string());
    let entries = vec![
        Entry::new(
            "unit",
            words::unit(),
            Ask::List(units),
            root.unwrap_or_default(),
        ),
        amount(),
        from(session),
        note(),
    ];
    let read = move |answers: Answers| {
        let enter = EnterMinimum {
            wage: MinimumWageId::from_bits(chance::bits()),
            unit: answers.read("unit", words::unit())?,
            amount: answers.read("amount", words::amount())?,
            from: answers.read("from", words::from())?,
            note: answers.text("note"),
        };
        Ok(Command::Payroll(Box::new(PayrollAct::EnterMinimum(enter))).into())
    };
    let form = Form::new("save-minimum", words::enter(), entries, read);
    form.titled(words::enter_minimum().to_owned()).offline()
}
