//! Another unit's plan is in no byte that a person's browser receives or keeps.
//!
//! What is looked for was typed on this day by its owner, so that nothing else could hold it; that
//! the superior's browser does hold it shows that the looking works. Nobody loads the page again,
//! because a browser forgets what a page received when the page goes.

use crate::person::{Device, Person};
use crate::server::Server;
use crate::story::{finds_the_plan, item, opens_the_own_plan, somebody, waits_for_the_light};

const TITLE: &str = "一次交验合格率";
const SECRET: &str = "趋势图-7391-不外传";
const SECRET_REASON: &str = "退回原因-5520";

#[test]
fn nothing_of_another_units_plan_reaches_a_device() {
    let server = Server::start_with_the_demo();
    let stranger = somebody("liuzhigang", Device::Desk, &server);
    let superior = somebody("chenguodong", Device::Desk, &server);
    let head = somebody("wangxiulan", Device::Desk, &server);

    let plan = opens_the_own_plan(&head);
    let first = item(&head, TITLE);
    head.tap(&format!("{first} [data-act=edit-item]"));
    head.fill_in(&format!("{first} [data-field=deliverable]"), SECRET);
    head.act("balance-weights");
    head.wait_for("document.querySelector('[data-act=balance-weights]').disabled");
    head.act("submit-plan");
    head.act("sign-submit");
    finds_the_plan(&head, "submitted");
    waits_for_the_light(&head, "synced");

    superior.goes_to(&plan);
    superior.sees(SECRET);
    superior.act("return-plan");
    superior.fill("reason", SECRET_REASON);
    superior.act("sign-return");
    finds_the_plan(&superior, "returned");
    waits_for_the_light(&superior, "synced");
    head.sees(SECRET_REASON);

    // The stranger's own work goes to the server and back after all of that.
    opens_the_own_plan(&stranger);
    stranger.act("balance-weights");
    stranger.wait_for("document.querySelector('[data-act=balance-weights]').disabled");
    waits_for_the_light(&stranger, "synced");
    stranger.goes_to(&plan);
    stranger.wait_for(
        "!!document.querySelector('main') && !document.querySelector('[data-page=plan]')",
    );
    waits_for_the_light(&stranger, "synced");

    let id = plan
        .rsplit('/')
        .next()
        .expect("an address ends with the plan");
    let (received, kept) = everything(&superior);
    for secret in [SECRET, SECRET_REASON, TITLE, id] {
        assert!(received.contains(secret), "the superior received {secret}");
        assert!(kept.contains(secret), "the superior keeps {secret}");
    }
    let (received, kept) = everything(&stranger);
    assert!(received.contains("设备故障停机率") && kept.contains("设备故障停机率"));
    for secret in [SECRET, SECRET_REASON, TITLE, id] {
        assert!(
            !received.contains(secret),
            "{secret} was pulled by a stranger"
        );
        assert!(
            !kept.contains(secret),
            "{secret} is kept by a stranger's browser"
        );
    }
}

/// What a person's browser has received from the server and what it keeps.
fn everything(person: &Person) -> (String, String) {
    (
        person.everything_received("/sync/") + &person.everything_received("/api/"),
        person.everything_kept(),
    )
}
