//! From an empty installation to the first submitted plan, by screens alone: the administrator is
//! led from step to step, one person joins by the code on the screen, writes a plan and submits it.
//!
//! Each act is counted: a tap, or a field that is filled. At three seconds each they fit into the
//! five minutes that a newcomer is promised.

use std::cell::Cell;

use crate::person::{Device, Language, Person};
use crate::server::Server;
use crate::story::{finds_the_plan, waits_for_the_light};

const PASSWORD: &str = "a long password";
/// The most acts, of both people together.
const MOST_ACTS: u32 = 100;

/// What a company is called in the language of those who enter it.
struct Company {
    name: &'static str,
    administrator: &'static str,
    units: [&'static str; 3],
    /// Name, unit (none is the company), post, and whether it heads the unit.
    people: [(&'static str, Option<usize>, &'static str, bool); 6],
    item: &'static str,
    standard: &'static str,
}

const CHINESE: Company = Company {
    name: "恒远试装厂",
    administrator: "李娜",
    units: ["生产部", "品管部", "仓库"],
    people: [
        ("陈国栋", None, "厂长", true),
        ("张建军", Some(0), "生产部经理", true),
        ("王秀兰", Some(1), "品管部经理", true),
        ("宋家明", Some(1), "检验员", false),
        ("邓磊", Some(2), "仓库主管", true),
        ("林晓云", Some(2), "仓管员", false),
    ],
    item: "导入条码防错",
    standard: "三条线全部启用，漏扫为零",
};

const ENGLISH: Company = Company {
    name: "Evergreen Assembly",
    administrator: "Li Na",
    units: ["Production", "Quality", "Store"],
    people: [
        ("Chen Guodong", None, "Director", true),
        ("Zhang Jianjun", Some(0), "Production manager", true),
        ("Wang Xiulan", Some(1), "Quality manager", true),
        ("Song Jiaming", Some(1), "Inspector", false),
        ("Deng Lei", Some(2), "Store keeper", true),
        ("Lin Xiaoyun", Some(2), "Clerk", false),
    ],
    item: "Barcodes against mix-ups",
    standard: "In use on all three lines, no scan missed",
};

/// Somebody whose acts are counted.
struct Newcomer<'a> {
    person: Person,
    acts: &'a Cell<u32>,
}

impl Newcomer<'_> {
    fn acts(&self, act: &str) {
        self.acts.set(self.acts.get() + 1);
        self.person.act(act);
    }

    fn taps(&self, selector: &str) {
        self.acts.set(self.acts.get() + 1);
        self.person.tap(selector);
    }

    fn fills(&self, selector: &str, text: &str) {
        self.acts.set(self.acts.get() + 1);
        self.person.fill_in(selector, text);
    }

    /// Fills an entry of the open form.
    fn enters(&self, field: &str, text: &str) {
        self.fills(&format!("[data-dialog=form] [data-field={field}]"), text);
    }

    /// Chooses from a list of the open form by its words.
    fn picks(&self, field: &str, words: &str) {
        let key = format!(
            "[...document.querySelectorAll('[data-dialog=form] [data-field={field}] option')]
                .find(one => one.innerText.trim() === '{words}')?.value ?? null"
        );
        self.person.wait_for(&format!("({key}) !== null"));
        let key = self.person.eval(&key);
        self.enters(field, key.as_str().expect("an option has a key"));
    }

    /// Presses the act of the open form that goes on with the next one, and waits for it.
    fn goes_on(&self) {
        self.acts("save-and-go-on");
        self.person.wait_for(
            "document.querySelector('[data-dialog=form] [data-field=name]')?.value === ''",
        );
    }

    /// Presses the act of the open form, and waits until it is done.
    fn finishes(&self, act: &str) {
        self.acts(act);
        self.person
            .wait_for("!document.querySelector('[data-dialog=form][open]')");
    }

    /// Is led on: waits until this step is next, and goes where it is done.
    fn is_led_to(&self, step: &str) {
        let banner = format!("[data-part=next-step][data-step={step}]");
        self.person
            .wait_for(&format!("!!document.querySelector('{banner}')"));
        self.person.photograph(&format!("is-led-to-{step}"));
        self.taps(&format!("{banner} [data-act=go-to-step]"));
    }
}

#[test]
fn a_company_comes_to_its_first_plan_at_the_desk_and_on_the_phone() {
    to_the_first_plan(Language::Chinese, Device::Desk, Device::Phone);
}

#[test]
fn a_company_comes_to_its_first_plan_by_touch_alone_in_english() {
    to_the_first_plan(Language::English, Device::Phone, Device::Tablet);
}

#[test]
fn a_company_comes_to_its_first_plan_with_the_keyboard_alone() {
    to_the_first_plan(Language::Chinese, Device::Keyboard, Device::Keyboard);
}

fn to_the_first_plan(language: Language, office: Device, floor: Device) {
    let server = Server::start();
    let company = match language {
        Language::Chinese => CHINESE,
        Language::English => ENGLISH,
    };
    let acts = Cell::new(0);
    let joins = |who: &str, device: Device| {
        let name = format!("newcomer-{who}-{}-{}", device.name(), language.name());
        Newcomer {
            person: Person::reading(language, &name, device, &server.address),
            acts: &acts,
        }
    };
    let administrator = joins("administrator", office);
    begins(&administrator, &company);
    enters_the_organisation(&administrator, &company);
    opens_a_period(&administrator);
    let code = invites(&administrator);

    let head = joins("head", floor);
    joins_by(&head, &code);
    writes_the_plan(&head, &company);
    // The administrator, who may not see the plan, is led no more.
    administrator.person.tap(".brand");
    administrator
        .person
        .wait_for("!!document.querySelector('[data-page=home]')");
    administrator
        .person
        .wait_for("!document.querySelector('[data-list=first-steps]')");
    for newcomer in [&administrator, &head] {
        newcomer.person.has_no_complaint();
    }
    let acts = acts.get();
    assert!(acts <= MOST_ACTS, "it took {acts} acts");
}

/// Creates the administrator on the first-run page.
fn begins(administrator: &Newcomer<'_>, company: &Company) {
    administrator.person.open("/");
    administrator
        .person
        .wait_for("!!document.querySelector('[data-act=create-administrator]')");
    administrator.person.photograph("first-run");
    for (field, text) in [
        ("company", company.name),
        ("name", company.administrator),
        ("login", "lina"),
        ("password", PASSWORD),
    ] {
        administrator.fills(
            &format!("[data-part=administrator] [data-field={field}]"),
            text,
        );
    }
    administrator.acts("create-administrator");
    waits_for_the_light(&administrator.person, "synced");
    administrator
        .person
        .wait_for("!!document.querySelector('[data-list=first-steps] [data-state=next]')");
    administrator.person.photograph("sees-the-first-steps");
    administrator.taps("[data-list=first-steps] [data-state=next] [data-act=go-to-step]");
}

/// Adds the units one after the other, and then the people with their posts.
fn enters_the_organisation(administrator: &Newcomer<'_>, company: &Company) {
    administrator.acts("add-unit");
    for (place, unit) in company.units.iter().enumerate() {
        administrator.enters("name", unit);
        if place == 1 {
            administrator.person.photograph("adds-units");
        }
        if place + 1 < company.units.len() {
            administrator.goes_on();
        }
    }
    administrator.finishes("save-unit");
    administrator.is_led_to("people");
    administrator.acts("add-person");
    for (place, (name, unit, post, heads)) in company.people.iter().enumerate() {
        administrator.enters("name", name);
        if let Some(unit) = unit {
            administrator.picks("unit", company.units[*unit]);
        }
        administrator.enters("post", post);
        if *heads {
            administrator.taps("[data-dialog=form] [data-field=heads] label:has([value=yes])");
        }
        if place == 1 {
            administrator.person.photograph("adds-people");
        }
        if place + 1 < company.people.len() {
            administrator.goes_on();
        }
    }
    administrator.finishes("save-person");
}

fn opens_a_period(administrator: &Newcomer<'_>) {
    administrator.is_led_to("period");
    administrator.acts("open-period");
    administrator.person.photograph("opens-a-period");
    administrator.finishes("save-period");
}

/// Invites the head of a unit; gives what stands behind the hash of the link, which is also in the
/// code to scan.
fn invites(administrator: &Newcomer<'_>) -> String {
    administrator.is_led_to("invitation");
    administrator.acts("invite-all");
    administrator
        .person
        .wait_for("!!document.querySelector('.invitation svg')");
    administrator.person.photograph("invites");
    let link = administrator.person.text_of("[data-field=link]");
    let (_, code) = link
        .split_once('#')
        .expect("the code stands behind the hash");
    code.to_owned()
}

fn joins_by(head: &Newcomer<'_>, code: &str) {
    head.person.open(&format!("/join#{code}"));
    head.person
        .wait_for("!!document.querySelector('[data-act=join]')");
    for (field, text) in [("login", "head"), ("password", PASSWORD), ("pin", "2580")] {
        head.fills(&format!("[data-part=join] [data-field={field}]"), text);
    }
    head.person.photograph("joins");
    head.acts("join");
    waits_for_the_light(&head.person, "synced");
    head.person
        .wait_for("!!document.querySelector('[data-page=home] [data-act=new-plan]')");
    head.person.photograph("sees-today");
}

fn writes_the_plan(head: &Newcomer<'_>, company: &Company) {
    head.acts("new-plan");
    head.acts("draft-plan");
    finds_the_plan(&head.person, "draft");
    head.person.photograph("begins-the-plan");
    head.acts("add-item");
    let item = "[data-list=items] > [data-item]";
    let due = head.person.eval(
        "(day => new Date(day.getTime() + 864e5 * 3).toISOString().slice(0, 10))(new Date())",
    );
    let due = due.as_str().expect("a day is a text").to_owned();
    for (field, text) in [
        ("title", company.item),
        ("standard", company.standard),
        ("due", &due),
    ] {
        head.fills(&format!("{item} [data-field={field}]"), text);
    }
    head.acts("balance-weights");
    head.person
        .wait_for("!document.querySelector('[data-act=submit-plan]').disabled");
    head.person.photograph("has-written-the-plan");
    head.acts("submit-plan");
    head.person
        .wait_for("!!document.querySelector('[data-act=sign-submit]')");
    head.person.photograph("signs-the-plan");
    head.acts("sign-submit");
    finds_the_plan(&head.person, "submitted");
    waits_for_the_light(&head.person, "synced");
    head.person.photograph("has-submitted");
}
