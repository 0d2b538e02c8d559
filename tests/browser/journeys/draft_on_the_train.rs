//! The main job from end to end: a head drafts on a train, where the network and then the battery
//! go; the superior approves at a desk, work is reported from a phone, judged, and explained.

use crate::person::{Device, Language, Person};
use crate::server::Server;
use crate::story::{
    comes_back_online, finds_the_plan, item, opens_the_own_plan, somebody_reading,
    waits_for_the_light,
};

const PASSED_FIRST: &str = "一次交验合格率";
const COMPLAINTS: &str = "客诉8D报告";
const DELIVERABLE: &str = "检验月报与趋势图";
const HALF_TYPED: &str = "不低于98.5%，连续三周";

/// On what each of them works, and what they read.
struct Cast {
    head: Device,
    superior: Device,
    engineer: Device,
    language: Language,
}

#[test]
fn a_draft_made_on_the_train_is_approved_reported_judged_and_explained() {
    the_main_job(&Cast {
        head: Device::Desk,
        superior: Device::Tablet,
        engineer: Device::Phone,
        language: Language::Chinese,
    });
}

#[test]
fn the_main_job_is_done_by_touch_alone_in_english() {
    the_main_job(&Cast {
        head: Device::Tablet,
        superior: Device::Phone,
        engineer: Device::Phone,
        language: Language::English,
    });
}

#[test]
fn the_main_job_is_done_with_the_keyboard_alone() {
    the_main_job(&Cast {
        head: Device::Keyboard,
        superior: Device::Keyboard,
        engineer: Device::Keyboard,
        language: Language::Chinese,
    });
}

fn the_main_job(cast: &Cast) {
    let server = Server::start_with_the_demo();
    let joins = |login, device| somebody_reading(cast.language, login, device, &server);
    let mut head = joins("wangxiulan", cast.head);
    let plan = drafts_on_the_train(&mut head);

    comes_back_online(&mut head, "wangxiulan");
    head.open(&plan);
    let first = item(&head, PASSED_FIRST);
    head.tap(&format!("{first} [data-act=edit-item]"));
    let standard = format!("{first} [data-field=standard]");
    assert_eq!(head.value_of(&standard), HALF_TYPED);
    head.fill_in(&standard, "不低于98.5%，连续三周达标");
    head.act("submit-plan");
    head.photograph("signs-the-plan");
    head.act("sign-submit");
    finds_the_plan(&head, "submitted");
    waits_for_the_light(&head, "synced");

    let superior = joins("chenguodong", cast.superior);
    superior.open("/review");
    superior.tap("[data-list=to-approve] [data-act=open-plan]");
    superior.sees(DELIVERABLE);
    superior.act("approve-plan");
    superior.act("sign-approve");
    finds_the_plan(&superior, "approved");
    waits_for_the_light(&superior, "synced");

    let engineer = joins("songjiaming", cast.engineer);
    reports_from_the_phone(&engineer);
    finds_the_plan(&head, "approved");
    head.open("/reports");
    head.tap("[data-list=due] [data-act=open-report]");
    reports_completion(&head, "98.5", "三周平均98.6%");
    scores(&head, "[data-page=report]", "on_time", "excellent");
    waits_for_the_light(&head, "synced");

    judges(&superior);
    head.open(&plan);
    finds_the_plan(&head, "published");
    head.act("open-result");
    // 60 x 0.9 (on time, good) + 40 x 0.6 (late, qualified) = 54 + 24 = 78; from 70 on, 0.80.
    assert_eq!(head.text_of("[data-field=total]"), "78.00");
    assert_eq!(head.text_of("[data-field=coefficient]"), "0.80");
    let derivation = head.eval("document.querySelector('[data-part=explain]').textContent");
    let derivation = derivation.as_str().expect("a derivation is a text");
    for figure in ["54.00", "24.00", "78.00"] {
        assert!(derivation.contains(figure), "{figure} in {derivation}");
    }
    head.act("recompute");
    head.wait_for("!!document.querySelector('.banner[data-state=good]')");
    head.photograph("sees-the-result");
    for person in [&head, &superior, &engineer] {
        person.has_no_complaint();
    }
}

/// Edits and balances the imported plan without a network, loses the browser, and finds it all.
fn drafts_on_the_train(head: &mut Person) -> String {
    head.waits_until_the_app_is_kept();
    head.loses_the_network();
    let plan = opens_the_own_plan(head);
    waits_for_the_light(head, "offline");
    let first = item(head, PASSED_FIRST);
    head.tap(&format!("{first} [data-act=edit-item]"));
    head.fill_in(&format!("{first} [data-field=deliverable]"), DELIVERABLE);
    head.act("balance-weights");
    head.wait_for(&format!(
        "document.querySelector(\"{first} [data-field=weight]\").value === '60.00'"
    ));
    head.wait_for("document.querySelector('[data-act=balance-weights]').disabled");
    head.photograph("drafts-offline");
    // The cursor still stands in the field when the battery dies.
    head.begins_to_write(&format!("{first} [data-field=standard]"), HALF_TYPED);
    head.wait_until("what was typed to be kept", || {
        head.everything_kept().contains(HALF_TYPED)
    });

    head.battery_dies();
    head.open(&plan);
    waits_for_the_light(head, "offline");
    let first = item(head, PASSED_FIRST);
    assert_eq!(
        head.value_of(&format!("{first} [data-field=weight]")),
        "60.00"
    );
    assert_eq!(
        head.value_of(&format!("{} [data-field=weight]", item(head, COMPLAINTS))),
        "40.00"
    );
    assert_eq!(
        head.value_of(&format!("{first} [data-field=deliverable]")),
        DELIVERABLE
    );
    assert_eq!(
        head.value_of(&format!("{first} [data-field=standard]")),
        HALF_TYPED
    );
    head.photograph("comes-back-offline");
    plan
}

fn reports_from_the_phone(engineer: &Person) {
    engineer.open("/reports");
    engineer.sees(COMPLAINTS);
    engineer.tap("[data-list=due] [data-act=open-report]");
    reports_completion(engineer, "100", "八份报告均在五日内关闭");
    engineer.photograph("reports");
    scores(engineer, "[data-page=report]", "on_time", "good");
    waits_for_the_light(engineer, "synced");
}

fn reports_completion(person: &Person, quantity: &str, note: &str) {
    person.tap("[data-field=kind] label:has([value=completion])");
    person.fill("quantity", quantity);
    person.fill_in("[data-page=report] [data-field=note]", note);
    person.act("send-report");
    person.wait_for(&format!(
        "document.querySelector('[data-list=reports]')?.innerText.includes('{note}') ?? false"
    ));
}

/// Chooses both levels of a score; a whole choice is a score.
fn scores(person: &Person, place: &str, efficiency: &str, quality: &str) {
    for (field, level) in [("efficiency", efficiency), ("quality", quality)] {
        let choice = format!("{place} [data-field={field}] label:has([value={level}])");
        person.tap(&choice);
        person.wait_for(&format!(
            "document.querySelector(\"{choice} input\").checked"
        ));
    }
}

/// Judges both items beside what their people say of them, and publishes.
fn judges(superior: &Person) {
    superior.open("/review");
    superior.tap("[data-list=to-judge] [data-act=open-judging]");
    superior.sees("八份报告均在五日内关闭");
    let (first, second) = (item(superior, PASSED_FIRST), item(superior, COMPLAINTS));
    superior.wait_for(&format!(
        "!!document.querySelector(\"{first} [data-part=self-score]\")"
    ));
    scores(superior, &first, "on_time", "good");
    scores(superior, &second, "late", "qualified");
    superior.wait_for("document.querySelector('[data-field=running-total]').innerText === '78.00'");
    superior.photograph("judges");
    superior.act("publish-result");
    superior.act("sign-publish");
    superior.wait_for("!!document.querySelector('[data-page=result]')");
    waits_for_the_light(superior, "synced");
}
