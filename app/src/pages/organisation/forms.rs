//! Forms that shape the organisation: each is a list of entries and the command made of them.
//!
//! To add one: a function here, and a button where its thing is shown.

use shared::command::Command;
use shared::command::organisation::{
    AddPerson, AddUnit, Appoint, Assign, DrawLine, EndAppointment, EndAssignment, EndLine, EndUnit,
    Leave, RenameUnit, Transfer,
};
use shared::id::{AppointmentId, AssignmentId, PersonId, ReportingLineId, UnitId};
use shared::moment::Day;
use shared::organisation::{Assignment, Line, Organisation, Tenure, Unit};

use super::picks;
use crate::api;
use crate::chance;
use crate::components::{FieldKind, Look};
use crate::i18n::{common, names, organisation as words};
use crate::pages::form::{Act, Answers, Ask, Entry, Form, Wrong};
use crate::route::Route;
use crate::session::Session;

/// An entry that asks for a unit.
fn unit_entry(
    label: &'static str,
    organisation: &Organisation,
    day: Day,
    chosen: Option<UnitId>,
) -> Entry {
    let chosen = chosen.or_else(|| picks::root(organisation));
    let chosen = chosen.map(|unit| unit.to_string()).unwrap_or_default();
    Entry::new(
        "unit",
        label,
        Ask::List(picks::units(organisation, day)),
        chosen,
    )
}

/// An entry that asks for a person.
fn person_entry(
    name: &'static str,
    label: &'static str,
    organisation: &Organisation,
    day: Day,
) -> Entry {
    let people = picks::people(organisation, day);
    Entry::new(name, label, Ask::List(people), String::new())
}

fn titled(act: &str, who: &str) -> String {
    words::title_for(act, who)
}

/// From when something holds unless another day is said: today, or from the beginning while a
/// company is still entering how it has been all along.
fn usual_first_day(organisation: &Organisation, day: Day) -> Day {
    let root = picks::root(organisation).and_then(|root| organisation.units.get(&root));
    let beginning = root.filter(|_| organisation.periods.is_empty());
    beginning.map_or(day, |root| root.in_force.from)
}

/// Adds a unit below another.
pub(super) fn add_unit(session: Session, parent: Option<UnitId>) -> Form {
    let world = session.world_untracked();
    let organisation = world.organisation();
    let day = usual_first_day(organisation, session.today_untracked());
    let entries = vec![
        Entry::line("name", words::unit_name(), String::new()),
        Entry::line("name_en", words::unit_name_en(), String::new()).optional(),
        unit_entry(words::parent(), organisation, day, parent),
        Entry::day("from", words::since(), day.to_string()),
    ];
    let unit = UnitId::from_bits(chance::bits());
    Form::new("save-unit", words::add_unit(), entries, move |answers| {
        let unit = AddUnit {
            unit,
            name: answers.filled("name", words::unit_name())?,
            name_en: answers.text("name_en"),
            parent: answers.read("unit", words::parent())?,
            from: answers.read("from", words::since())?,
        };
        Ok(Command::AddUnit(unit).into())
    })
    .then(Route::Unit(unit))
    .again(move || add_unit(session, parent))
}

/// Adds a person, with a first post where one is said.
pub(super) fn add_person(session: Session, unit: Option<UnitId>) -> Form {
    let world = session.world_untracked();
    let organisation = world.organisation();
    let day = usual_first_day(organisation, session.today_untracked());
    let entries = vec![
        Entry::line("name", words::person_name(), String::new()),
        unit_entry(words::unit(), organisation, day, unit),
        Entry::line("post", words::post(), String::new())
            .optional()
            .hint(words::first_post_hint()),
        Entry::new(
            "heads",
            words::heads(),
            Ask::Few(picks::whether()),
            "no".to_owned(),
        ),
    ];
    let person = PersonId::from_bits(chance::bits());
    let assignment = AssignmentId::from_bits(chance::bits());
    Form::new(
        "save-person",
        words::add_person(),
        entries,
        move |answers| {
            let name = answers.filled("name", words::person_name())?;
            let add = Command::AddPerson(AddPerson { person, name });
            let post = answers.text("post");
            if post.is_empty() {
                return Ok(add.into());
            }
            let assign = Command::Assign(Assign {
                assignment,
                person,
                unit: answers.read("unit", words::unit())?,
                post,
                tenure: Tenure::Main,
                heads: answers.is("heads", "yes"),
                from: day,
                to: None,
            });
            Ok(Act::Both(Box::new((add, assign))))
        },
    )
    .again(move || add_person(session, unit))
}

fn post_entries(organisation: &Organisation, day: Day, held: Option<&Assignment>) -> Vec<Entry> {
    let day = usual_first_day(organisation, day);
    let post = held.map(|held| held.post.clone()).unwrap_or_default();
    let tenure = held.map_or("main", |held| picks::tenure_key(held.tenure));
    let heads = String::from("no");
    vec![
        unit_entry(words::unit(), organisation, day, held.map(|held| held.unit)),
        Entry::line("post", words::post(), post),
        Entry::new("heads", words::heads(), Ask::Few(picks::whether()), heads),
        Entry::new(
            "tenure",
            words::tenure(),
            Ask::Few(picks::tenures()),
            tenure.to_owned(),
        ),
        Entry::day("from", words::first_day(), day.to_string()),
    ]
}

fn read_post(
    answers: Answers,
    assignment: AssignmentId,
    person: PersonId,
) -> Result<Assign, Wrong> {
    Ok(Assign {
        assignment,
        person,
        unit: answers.read("unit", words::unit())?,
        post: answers.filled("post", words::post())?,
        tenure: picks::tenure(&answers.text("tenure")),
        heads: answers.is("heads", "yes"),
        from: answers.read("from", words::first_day())?,
        to: None,
    })
}

/// Assigns a person to a post.
pub(super) fn assign(organisation: &Organisation, day: Day, person: PersonId) -> Form {
    let entries = post_entries(organisation, day, None);
    let id = AssignmentId::from_bits(chance::bits());
    let who = names::person_of(organisation, person);
    Form::new(
        "save-assignment",
        words::assign(),
        entries,
        move |answers| Ok(Command::Assign(read_post(answers, id, person)?).into()),
    )
    .titled(titled(words::assign(), &who))
}

/// Assigns somebody to a post in a unit.
pub(super) fn assign_here(organisation: &Organisation, day: Day, unit: UnitId) -> Form {
    let mut entries = post_entries(organisation, day, None);
    entries[0] = unit_entry(words::unit(), organisation, day, Some(unit));
    // A unit without a head wants one first.
    let vacant = organisation.head(unit, day).is_none();
    let heads = if vacant { "yes" } else { "no" };
    let whether = Ask::Few(picks::whether());
    entries[2] = Entry::new("heads", words::heads(), whether, heads.to_owned());
    entries.insert(
        0,
        person_entry("person", words::person(), organisation, day),
    );
    let id = AssignmentId::from_bits(chance::bits());
    Form::new(
        "save-assignment",
        words::assign(),
        entries,
        move |answers| {
            let person = answers.read("person", words::person())?;
            Ok(Command::Assign(read_post(answers, id, person)?).into())
        },
    )
}

/// Moves a person from one post to another.
pub(super) fn transfer(organisation: &Organisation, day: Day, held: &Assignment) -> Form {
    let id = AssignmentId::from_bits(chance::bits());
    let (ended, person) = (held.id, held.person);
    let who = names::person_of(organisation, person);
    let unit = names::unit_of(organisation, held.unit);
    let from = common::named(words::transfer_from(), &format!("{unit} · {}", held.post));
    let entries = post_entries(organisation, day, Some(held));
    Form::new(
        "save-transfer",
        words::transfer(),
        entries,
        move |answers| {
            let assign = read_post(answers, id, person)?;
            Ok(Command::Transfer(Transfer { ended, assign }).into())
        },
    )
    .titled(titled(words::transfer(), &who))
    .lead("quiet", from)
    .lead("quiet", words::transfer_hint())
}

/// A form that asks for nothing but a last day.
fn ending(
    act: &'static str,
    label: &'static str,
    on: &str,
    day: Day,
    make: impl Fn(Day) -> Command + Send + Sync + 'static,
) -> Form {
    let entries = vec![Entry::day("to", words::last_day(), day.to_string())];
    Form::new(act, label, entries, move |answers| {
        Ok(make(answers.read("to", words::last_day())?).into())
    })
    .titled(titled(label, on))
}

/// Ends an assignment.
pub(super) fn end_assignment(on: &str, day: Day, assignment: AssignmentId) -> Form {
    ending("save-end", words::end_assignment(), on, day, move |to| {
        Command::EndAssignment(EndAssignment { assignment, to })
    })
}

/// Ends a reporting line.
pub(super) fn end_line(on: &str, day: Day, id: ReportingLineId) -> Form {
    ending("save-end", words::end_line(), on, day, move |to| {
        Command::EndLine(EndLine { id, to })
    })
}

/// Ends an appointment.
pub(super) fn end_appointment(on: &str, day: Day, appointment: AppointmentId) -> Form {
    ending("save-end", words::end_appointment(), on, day, move |to| {
        Command::EndAppointment(EndAppointment { appointment, to })
    })
}

/// Draws a reporting line.
pub(super) fn draw_line(organisation: &Organisation, day: Day, person: PersonId) -> Form {
    let who = names::person_of(organisation, person);
    let kind = String::from("administrative");
    let entries = vec![
        person_entry("superior", words::superior(), organisation, day),
        Entry::day("from", words::first_day(), day.to_string()),
        Entry::new("line", words::line_kind(), Ask::Few(picks::lines()), kind)
            .hint(words::line_hint()),
    ];
    let id = ReportingLineId::from_bits(chance::bits());
    Form::new("save-line", words::draw_line(), entries, move |answers| {
        let line = DrawLine {
            id,
            person,
            superior: answers.read("superior", words::superior())?,
            line: if answers.is("line", "functional") {
                Line::Functional
            } else {
                Line::Administrative
            },
            from: answers.read("from", words::first_day())?,
        };
        Ok(Command::DrawLine(line).into())
    })
    .titled(titled(words::draw_line(), &who))
}

/// Appoints a person to an office.
pub(super) fn appoint(organisation: &Organisation, day: Day, person: PersonId) -> Form {
    let who = names::person_of(organisation, person);
    let office = String::from("plan_office");
    let entries = vec![
        Entry::new(
            "office",
            words::office(),
            Ask::Few(picks::offices()),
            office,
        ),
        Entry::day("from", words::first_day(), day.to_string()),
    ];
    let appointment = AppointmentId::from_bits(chance::bits());
    Form::new(
        "save-appointment",
        words::appoint(),
        entries,
        move |answers| {
            let appointment = Appoint {
                appointment,
                person,
                office: picks::office(&answers.text("office")),
                from: answers.read("from", words::first_day())?,
            };
            Ok(Command::Appoint(appointment).into())
        },
    )
    .titled(titled(words::appoint(), &who))
}

/// Gives a person a sign-in.
pub(super) fn give_account(name: &str, person: PersonId) -> Form {
    let field = |name, label, kind| Entry::new(name, label, Ask::Text(kind), String::new());
    let entries = vec![
        field("login", words::login(), FieldKind::Login),
        field("password", words::password(), FieldKind::Password),
    ];
    Form::new(
        "save-account",
        words::give_account(),
        entries,
        move |answers| {
            let login = answers.filled("login", words::login())?;
            let secret = answers.filled("password", words::password())?;
            Ok(Act::Asked(Box::pin(async move {
                api::give_account(person, &login, &secret).await
            })))
        },
    )
    .titled(titled(words::give_account(), name))
    .lead("quiet", words::account_hint())
}

/// Gives a unit another name from a day on.
pub(super) fn rename(unit: &Unit, day: Day) -> Form {
    let entries = vec![
        Entry::line("name", words::new_name(), unit.name.clone()),
        Entry::line("name_en", words::unit_name_en(), unit.name_en.clone()).optional(),
        Entry::day("from", words::since(), day.to_string()),
    ];
    let id = unit.id;
    Form::new("save-name", words::rename_unit(), entries, move |answers| {
        let name = RenameUnit {
            unit: id,
            name: answers.filled("name", words::new_name())?,
            name_en: answers.text("name_en"),
            from: answers.read("from", words::since())?,
        };
        Ok(Command::RenameUnit(name).into())
    })
    .titled(titled(words::rename_unit(), names::unit(unit)))
}

/// Ends a unit that is split, merged or closed.
pub(super) fn end_unit(organisation: &Organisation, unit: &Unit, day: Day) -> Form {
    let mut successors = picks::units(organisation, day);
    let id = unit.id;
    successors.retain(|pick| pick.key != id.to_string());
    let entries = vec![
        Entry::day("to", words::last_day(), day.to_string()),
        Entry::new(
            "successors",
            words::successors(),
            Ask::Many(successors),
            String::new(),
        ),
    ];
    let form = Form::new(
        "save-end-unit",
        words::end_unit(),
        entries,
        move |answers| {
            let end = EndUnit {
                unit: id,
                to: answers.read("to", words::last_day())?,
                successors: answers.all("successors"),
            };
            Ok(Command::EndUnit(end).into())
        },
    );
    let members = organisation.assignments.values();
    let members = members
        .filter(|post| post.unit == id && post.in_force.to.is_none_or(|to| to > day))
        .count();
    let form = form
        .titled(titled(words::end_unit(), names::unit(unit)))
        .look(Look::Danger)
        .lead("quiet", words::successors_hint());
    if members == 0 {
        return form;
    }
    form.lead("warn", words::end_unit_members(&members.to_string()))
}

/// Lets a person leave; says what is left open.
pub(super) fn leave(
    organisation: &Organisation,
    day: Day,
    person: PersonId,
    open: &[String],
) -> Form {
    let who = names::person_of(organisation, person);
    let led: Vec<String> = organisation
        .assignments_of(person, day)
        .filter(|post| post.heads)
        .map(|post| names::unit_of(organisation, post.unit))
        .collect();
    let entries = vec![Entry::day("to", words::last_day(), day.to_string())];
    let form = Form::new("save-leave", words::leave(), entries, move |answers| {
        let to = answers.read("to", words::last_day())?;
        Ok(Command::Leave(Leave { person, to }).into())
    });
    let mut form = form
        .titled(titled(words::leave(), &who))
        .look(Look::Danger)
        .lead("warn", words::leave_binds());
    if !led.is_empty() {
        form = form.lead("warn", words::leads_units(&led.join(common::between())));
    }
    if open.is_empty() {
        return form.lead("good", words::leave_nothing_open());
    }
    let list = format!(
        "{}{}",
        words::leave_open(&open.len().to_string()),
        open.join(common::between())
    );
    form.lead("warn", list)
        .lead("quiet", words::open_items_words())
}
