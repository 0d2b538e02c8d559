//! From an empty server to a colleague who joined by a link on the phone: the administrator is led,
//! invites, and the newcomer lands on Today; the link works once.

use shared::command::Command;
use shared::command::organisation::{AddPerson, AddUnit, Assign};
use shared::id::{AssignmentId, PersonId, UnitId};
use shared::organisation::Tenure;

use crate::colleague::{Colleague, fresh};
use crate::person::{Device, Person};
use crate::server::Server;
use crate::story::waits_for_the_light;

#[test]
fn a_newcomer_joins_by_a_link() {
    let server = Server::start();
    let desk = Person::at("founder", Device::Desk, &server.address);
    desk.open("/");
    desk.fill("company", "恒远试装厂");
    desk.fill("name", "李娜");
    desk.fill_in("[data-part=administrator] [data-field=login]", "lina");
    desk.fill_in(
        "[data-part=administrator] [data-field=password]",
        "a long password",
    );
    desk.act("create-administrator");
    waits_for_the_light(&desk, "synced");
    desk.wait_for("document.querySelector('[data-list=first-steps] [data-state=next]').dataset.item === 'units'");
    desk.photograph("is-led-through-the-first-steps");

    let (unit, person) = adds_a_unit_with_somebody(&server);
    desk.knows("the newcomer", |world| {
        world.organisation().people.get(&person).cloned()
    });
    desk.wait_for("document.querySelector('[data-list=first-steps] [data-state=next]').dataset.item === 'period'");
    desk.goes_to(&format!("/organisation/units/{unit}/invitations"));
    desk.act("invite-all");
    desk.wait_for("!!document.querySelector('.invitation svg')");
    desk.photograph("invites");
    let link = desk.text_of("[data-field=link]");
    let (_, code) = link
        .split_once('#')
        .expect("the code stands behind the hash");

    let phone = Person::at("newcomer-phone", Device::Phone, &server.address);
    phone.open(&format!("/join#{code}"));
    phone.sees("加入恒远试装厂");
    phone.sees("周小雨，您好");
    phone.fill("login", "xiaoyu");
    phone.fill("password", "a long password");
    phone.fill("pin", "1111");
    phone.act("join");
    phone.sees("不要全部相同或连续");
    phone.fill("pin", "2580");
    phone.photograph("joins");
    phone.act("join");
    waits_for_the_light(&phone, "synced");
    phone.wait_for("!!document.querySelector('[data-page=home]') && location.pathname === '/'");
    assert_eq!(phone.eval("location.hash"), "");
    phone.sees("周小雨，您好");
    phone.has_no_complaint();

    let other = Person::at("other-phone", Device::Phone, &server.address);
    other.open(&format!("/join#{code}"));
    other.sees("这个邀请已经用过");
    other.photograph("is-told-that-the-link-was-used");
    desk.has_no_complaint();
}

/// Adds a unit that somebody leads, below a company that the administrator leads.
fn adds_a_unit_with_somebody(server: &Server) -> (UnitId, PersonId) {
    let administrator = Colleague::signs_in_with("lina", "a long password", server);
    let world = administrator.world();
    let root = world
        .organisation()
        .company
        .as_ref()
        .expect("it was founded")
        .root;
    let from = world.organisation().units[&root].in_force.from;
    let (unit, person) = (UnitId::from_bits(fresh()), PersonId::from_bits(fresh()));
    let assign = |person, unit, post: &str| {
        Command::Assign(Assign {
            assignment: AssignmentId::from_bits(fresh()),
            person,
            unit,
            post: post.to_owned(),
            tenure: Tenure::Main,
            heads: true,
            from,
            to: None,
        })
    };
    administrator.does(Command::AddUnit(AddUnit {
        unit,
        name: "装配部".to_owned(),
        name_en: String::new(),
        parent: root,
        from,
    }));
    let name = "周小雨".to_owned();
    administrator.does(Command::AddPerson(AddPerson { person, name }));
    administrator.does(assign(person, unit, "装配部主管"));
    administrator.does(assign(administrator.person, root, "厂长"));
    (unit, person)
}
