//! An administrator adds a unit, moves a person into it, notes an absence and sets a calendar; each
//! is a fact on somebody else's device, with the day from which it holds.

use crate::person::{Device, Person};
use crate::server::Server;
use crate::story::somebody;

const UNIT: &str = "精密车间";
const POST: &str = "精密班班长";
const CALENDAR: &str = "四天工作制";

#[test]
fn what_the_administrator_shapes_is_a_fact_for_others() {
    let server = Server::start_with_the_demo();
    let administrator = somebody("zhouwenbo", Device::Desk, &server);
    let engineer = somebody("songjiaming", Device::Phone, &server);

    adds_a_unit(&administrator);
    engineer.goes_to("/organisation");
    let unit = row(&engineer, "units", UNIT);
    let head = engineer.text_of(&format!("[data-list=units] [data-item='{unit}']"));
    assert!(
        head.contains("空缺，由张建军代行"),
        "the head above stands in for a head who is missing: {head}"
    );

    let officer = row(&administrator, "people", "邓磊");
    moves(&administrator, &officer, &unit);
    engineer.goes_to(&format!("/organisation/units/{unit}"));
    engineer.wait_for(&format!(
        "document.querySelector(\"[data-list=members] [data-item='{officer}']\")?.innerText
            .includes('{POST}') === true"
    ));
    // What was in force before stays in sight, with its last day.
    engineer.goes_to(&format!("/organisation/people/{officer}"));
    let earlier = engineer.text_of("[data-list=assignments] [data-state=other]");
    assert!(earlier.contains("安环部 · 安全员"), "{earlier}");

    let other = row(&administrator, "people", "王秀兰");
    notes_an_absence(&administrator, &other);
    engineer.goes_to(&format!("/organisation/people/{other}"));
    engineer.wait_for(
        "document.querySelector('[data-list=absences] [data-state=now]')?.innerText
            .includes('法定假') === true",
    );

    sets_a_calendar(&administrator, &unit);
    engineer.goes_to(&format!("/organisation/units/{unit}"));
    engineer.wait_for(&format!(
        "document.querySelector('[data-part=calendar]')?.innerText.includes('{CALENDAR}') === true"
    ));
    let above = row(&engineer, "units", "生产部");
    assert!(
        !works_on_fridays(&engineer, &unit),
        "its own calendar decides"
    );
    assert!(
        works_on_fridays(&engineer, &above),
        "the unit above keeps its own"
    );
    engineer.photograph("sees-the-calendar");
    administrator.has_no_complaint();
    engineer.has_no_complaint();
}

/// The identity of a row whose words hold these.
fn row(person: &Person, list: &str, words: &str) -> String {
    person.goes_to("/organisation");
    let found = format!(
        "[...document.querySelectorAll('[data-list={list}] [data-item]')]
            .find(one => one.querySelector('th').innerText.includes('{words}'))?.dataset.item"
    );
    person.wait_for(&format!("!!({found})"));
    let id = person.eval(&found);
    id.as_str().expect("a row has an identity").to_owned()
}

/// Writes into a field of the open form, or chooses in it.
fn fills(person: &Person, field: &str, text: &str) {
    person.fill_in(&format!("[data-dialog=form] [data-field={field}]"), text);
}

/// Presses the act of the open form, and waits until it is done.
fn finishes(person: &Person, act: &str) {
    person.act(act);
    person.wait_for("!document.querySelector('[data-dialog=form][open]')");
}

fn adds_a_unit(administrator: &Person) {
    let above = row(administrator, "units", "生产部");
    administrator.act("add-unit");
    // Without a name nothing is added, and the field says so.
    administrator.act("save-unit");
    administrator.wait_for(
        "!!document.querySelector('[data-dialog=form] [data-field=name][aria-invalid=true]')",
    );
    fills(administrator, "name", UNIT);
    fills(administrator, "unit", &above);
    finishes(administrator, "save-unit");
    administrator.wait_for("!!document.querySelector('[data-page=unit]')");
}

fn moves(administrator: &Person, officer: &str, unit: &str) {
    administrator.goes_to(&format!("/organisation/people/{officer}"));
    administrator.act("transfer");
    fills(administrator, "unit", unit);
    fills(administrator, "post", POST);
    finishes(administrator, "save-transfer");
}

fn notes_an_absence(administrator: &Person, person: &str) {
    administrator.goes_to(&format!("/organisation/people/{person}"));
    administrator.act("note-absence");
    finishes(administrator, "save-absence");
}

fn sets_a_calendar(administrator: &Person, unit: &str) {
    administrator.goes_to("/calendars");
    administrator.act("add-calendar");
    fills(administrator, "name", CALENDAR);
    // The cycle begins on a Monday with five working days; the fifth is taken away.
    administrator.tap("[data-dialog=form] .cycle-day:nth-child(5) input");
    finishes(administrator, "save-calendar");
    let calendar = format!(
        "[...document.querySelectorAll('[data-list=calendars] [data-item]')]
            .find(one => one.innerText.includes('{CALENDAR}'))?.dataset.item"
    );
    administrator.wait_for(&format!("!!({calendar})"));
    let calendar = administrator.eval(&calendar);
    let calendar = calendar.as_str().expect("a calendar has an identity");
    administrator.goes_to(&format!("/organisation/units/{unit}"));
    administrator.act("use-calendar");
    fills(administrator, "calendar", calendar);
    finishes(administrator, "save-use");
}

/// Whether a unit works on a Friday of next March, in which no public holiday can fall.
fn works_on_fridays(person: &Person, unit: &str) -> bool {
    person.goes_to("/organisation");
    person.goes_to("/calendars");
    person.fill_in("[data-field=year-unit]", unit);
    let year = person.text_of("[data-part=year]");
    person.act("later-year");
    person.wait_for(&format!(
        "document.querySelector('[data-part=year]').innerText !== '{year}'"
    ));
    let off = person.eval(
        "[...document.querySelectorAll('[data-day]')]
            .filter(one => one.dataset.day.slice(5) >= '03-15' && one.dataset.day.slice(5) <= '03-21')
            .find(one => new Date(one.dataset.day).getUTCDay() === 5).dataset.works === 'off'",
    );
    off == false
}
