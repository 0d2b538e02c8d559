//! The desk's tables: narrowed as one types, sorted, with columns put away and rows chosen, by the
//! keyboard; remembered by the device, and handed out as a sheet.

use crate::person::{Device, Person};
use crate::server::Server;
use crate::story::{somebody, waits_for_the_light};

const PEOPLE: &str = "[data-table=people]";

/// The names that stand in the rows of a table, in order.
fn names(person: &Person, table: &str) -> Vec<String> {
    let found = person.eval(&format!(
        "[...document.querySelectorAll('{table} tbody th .person > span:last-child')]
            .map(one => one.innerText.trim())"
    ));
    let found = found.as_array().expect("a list of names");
    let found = found.iter().filter_map(|name| name.as_str());
    found.map(str::to_owned).collect()
}

fn waits_for_rows(person: &Person, table: &str, count: usize) {
    person.wait_for(&format!(
        "document.querySelectorAll('{table} tbody th').length === {count}"
    ));
}

/// Sorts by a column, once more each time.
fn sorts(person: &Person, table: &str, column: &str, order: &str) {
    person.tap(&format!("{table} [data-act=sort][data-column={column}]"));
    person.wait_for(&format!(
        "document.querySelector('{table} th:has([data-column={column}])').ariaSort === '{order}'"
    ));
}

fn narrows_and_sorts(office: &Person) {
    let all = names(office, PEOPLE).len();
    assert!(all > 5, "the factory has people: {all}");
    // 宋家明 by the first letters of the syllables.
    office.fill_in(&format!("{PEOPLE} [data-field=filter]"), "sjm");
    waits_for_rows(office, PEOPLE, 1);
    assert!(names(office, PEOPLE)[0].contains("宋家明"));
    office.fill_in(&format!("{PEOPLE} [data-field=filter]"), "没有这个人");
    office.sees("没有符合的行");
    office.fill_in(&format!("{PEOPLE} [data-field=filter]"), "");
    waits_for_rows(office, PEOPLE, all);

    let came = names(office, PEOPLE);
    sorts(office, PEOPLE, "name", "ascending");
    let rises = names(office, PEOPLE);
    sorts(office, PEOPLE, "name", "descending");
    let falls = names(office, PEOPLE);
    assert!(falls.iter().rev().eq(rises.iter()), "{rises:?} {falls:?}");
    // Readers sort by pinyin: chén before lín before sòng before wáng, whatever their code points.
    let place = |name: &str| {
        let at = rises.iter().position(|one| one.contains(name));
        at.unwrap_or_else(|| panic!("{name} in {rises:?}"))
    };
    let places = ["陈国栋", "林晓云", "宋家明", "王秀兰"].map(place);
    assert!(places.is_sorted(), "{places:?} in {rises:?}");
    sorts(office, PEOPLE, "name", "none");
    assert_eq!(names(office, PEOPLE), came);
}

fn chooses_by_keys(office: &Person) {
    let is_chosen = |words: &str| {
        office.wait_for(&format!(
            "document.querySelector('{PEOPLE} [data-part=chosen]')?.innerText === '{words}'"
        ));
    };
    office.eval(&format!(
        "document.querySelector('{PEOPLE} tbody th a').focus()"
    ));
    office.press("Space");
    is_chosen("已选 1 行");
    office.press("ArrowDown");
    office.press("Space");
    is_chosen("已选 2 行");
    office.photograph("chooses-rows");

    // The sheet is caught where the browser would keep it.
    office.eval(
        "window.caught = null; window.made = URL.createObjectURL;
         URL.createObjectURL = blob => (window.caught = blob, window.made.call(URL, blob))",
    );
    office.tap(&format!("{PEOPLE} [data-act=save-sheet]"));
    office.wait_for("window.caught !== null");
    let sheet = office.eval("window.caught.text()");
    let lines: Vec<&str> = sheet.as_str().expect("a text").lines().collect();
    let chosen_names = &names(office, PEOPLE)[..2];
    assert_eq!(lines.len(), 3, "a head and what was chosen: {lines:?}");
    for (line, name) in lines[1..].iter().zip(chosen_names) {
        assert!(line.starts_with(name.as_str()), "{name} begins {line}");
    }
    assert_eq!(
        lines[0].split(',').count(),
        3,
        "a column was put away: {lines:?}"
    );
    office.eval("URL.createObjectURL = window.made");

    office.eval(&format!(
        "document.querySelector('{PEOPLE} tbody th a').focus()"
    ));
    office.press("Escape");
    office.wait_for(&format!(
        "!document.querySelector('{PEOPLE} [data-part=chosen]')"
    ));
    office.press("End");
    office.wait_for(&format!(
        "document.activeElement.closest('tr') === document.querySelector('{PEOPLE} tbody tr:last-child')"
    ));
    office.press("Enter");
    office.wait_for("!!document.querySelector('[data-page=person]')");
}

/// The forms of what was chosen, each on a sheet of its own; loading the page again finds them.
fn prints_forms(office: &Person) {
    for row in 1..=2 {
        office.tap(&format!(
            "[data-table=plans] tbody tr:nth-child({row}) [data-act=choose-row]"
        ));
    }
    office.act("print-forms");
    office.wait_for("document.querySelectorAll('[data-page=forms] article.paper').length === 2");
    office.photograph("prints-forms");
    office.reload();
    office.wait_for("document.querySelectorAll('[data-page=forms] article.paper').length === 2");
    let breaks = "(() => {
        const [, second] = document.querySelectorAll('article.paper');
        return getComputedStyle(second).breakBefore;
    })()";
    office.must(
        "Emulation.setEmulatedMedia",
        serde_json::json!({"media": "print"}),
    );
    assert_eq!(office.eval(breaks), "page");
    office.must(
        "Emulation.setEmulatedMedia",
        serde_json::json!({"media": ""}),
    );
}

#[test]
fn a_clerk_works_in_tables_at_the_desk() {
    let server = Server::start_with_the_demo();
    let office = somebody("linxiaoyun", Device::Desk, &server);
    waits_for_the_light(&office, "synced");
    office.goes_to("/organisation");
    office.wait_for(&format!("!!document.querySelector('{PEOPLE} tbody th')"));
    narrows_and_sorts(&office);

    office.tap(&format!("{PEOPLE} [data-part=columns] summary"));
    office.tap(&format!(
        "{PEOPLE} [data-part=columns] label:has([value=superior])"
    ));
    let columns = format!("document.querySelectorAll('{PEOPLE} thead th').length");
    office.wait_for(&format!("{columns} === 3"));
    sorts(&office, PEOPLE, "name", "ascending");
    let sorted = names(&office, PEOPLE);
    office.reload();
    office.wait_for(&format!("!!document.querySelector('{PEOPLE} tbody th')"));
    assert_eq!(office.eval(&columns), 3, "the device remembers");
    assert_eq!(names(&office, PEOPLE), sorted);
    chooses_by_keys(&office);

    office.goes_to("/plans");
    office.wait_for("!!document.querySelector('[data-table=plans] tbody [data-act=open-plan]')");
    sorts(&office, "[data-table=plans]", "weight", "ascending");
    office.photograph("sorts-plans");
    prints_forms(&office);
    office.goes_to("/plans");
    office.wait_for("!!document.querySelector('[data-table=plans] tbody th')");
    office.act("show-otherwise");
    office.wait_for("!!document.querySelector('ul[data-list=plans] [data-act=open-plan]')");
    office.reload();
    office.wait_for("!!document.querySelector('ul[data-list=plans]')");
    office.act("show-otherwise");
    office.wait_for("!!document.querySelector('[data-table=plans]')");

    office.press("?");
    office.wait_for("document.querySelector('[data-dialog=keys]').open");
    office.sees("撤销、重做");
    office.photograph("reads-the-keys");
    office.press("Escape");
    office.wait_for("!document.querySelector('[data-dialog=keys]').open");
    office.has_no_complaint();
}
