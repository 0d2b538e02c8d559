//! The pictures of the README, from the first run to a sealed result: taken from the running
//! product with its demo factory, and kept below target/browser as `readme-…`.

use shared::id::PlanId;
use shared::permission;
use shared::plan::{Plan, PlanState};
use shared::world::World;

use crate::colleague::{Colleague, now};
use crate::person::{Device, Language, Person};
use crate::server::Server;
use crate::story::{signs_in, waits_for_the_light};

#[test]
fn the_readme_shows_the_product_as_it_is() {
    let empty = Server::start();
    let newcomer = Person::reading(Language::English, "readme", Device::Desk, &empty.address);
    newcomer.open("/");
    newcomer.wait_for("!!document.querySelector('[data-act=load-demo]')");
    newcomer.photograph("1-first-run");

    let server = Server::start_with_three_months();
    let joins = |login: &str, device| {
        let colleague = Colleague::signs_in(login, &server);
        let person = Person::reading(Language::English, "readme", device, &server.address);
        person.open("/");
        signs_in(&person, login);
        (person, colleague)
    };

    let (head, colleague) = joins("zhangjianjun", Device::Desk);
    let world = colleague.world();
    let own = |state| {
        let mine = |plan: &Plan| plan.owner == colleague.person && plan.state == state;
        found(&world, mine)
    };
    head.open(&format!("/plans/{}", own(PlanState::Draft)));
    head.wait_for("!!document.querySelector('[data-list=items] [data-item]')");
    head.photograph("2-plan");

    let (worker, _) = joins("songjiaming", Device::Phone);
    worker.wait_for("!!document.querySelector('[data-page=home] [data-item]')");
    worker.photograph("3-today");

    let (superior, colleague) = joins("chenguodong", Device::Tablet);
    let world = colleague.world();
    let organisation = world.organisation();
    let today = now().day(organisation.utc_offset());
    let judged = |plan: &Plan| {
        plan.state == PlanState::Approved
            && permission::may_judge(organisation, colleague.person, plan, today)
    };
    superior.open(&format!("/plans/{}/meeting", found(&world, judged)));
    superior.wait_for("!!document.querySelector('[data-page=meeting] [data-item]')");
    superior.photograph("4-meeting");

    head.open(&format!("/plans/{}/result", own(PlanState::Sealed)));
    head.wait_for("!!document.querySelector('[data-part=explain]')");
    head.act("recompute");
    head.wait_for("!!document.querySelector('.banner[data-state=good]')");
    waits_for_the_light(&head, "synced");
    head.eval("scrollTo(0, 0)");
    head.photograph("5-sealed");
    for person in [&newcomer, &head, &worker, &superior] {
        person.has_no_complaint();
    }
}

/// The first plan that is so.
fn found(world: &World, is: impl Fn(&Plan) -> bool) -> PlanId {
    let mut plans = world
        .documents()
        .filter_map(|(_, document)| document.plan.as_ref());
    plans
        .find(|plan| is(plan))
        .expect("the demo factory has such a plan")
        .id
}
