//! Two people take turns at one phone without a network: each unlocks by PIN, both report, and what
//! each wrote is sent as that person's own once he or she is unlocked again.

use serde_json::Value;
use shared::id::PersonId;
use shared::report::Report;
use shared::world::World;

use crate::colleague::Colleague;
use crate::person::{Device, Person};
use crate::server::Server;
use crate::story::{PASSWORD, signs_in, waits_for_the_light};

const SONG_PIN: &str = "2580";
const WANG_PIN: &str = "1357";
const OF_SONG: &str = "完成按键帽色差专项分析";
const OF_WANG: &str = "修订外观件检验样板 9 套";

#[test]
fn two_people_take_turns_at_one_phone_without_a_network() {
    let server = Server::start_with_three_months();
    let office = Colleague::signs_in("linxiaoyun", &server);
    let mut phone = Person::at("shared-phone", Device::Phone, &server.address);
    phone.open("/");
    signs_in(&phone, "songjiaming");
    phone.waits_until_the_app_is_kept();
    shares_the_device(&phone);
    takes_the_first_turn(&phone, "wangxiulan");
    phone.loses_the_network();

    reports(&phone, OF_WANG, "王秀兰在共用手机上报的");
    locks(&phone);
    assert_eq!(waits_for(&phone, "王秀兰"), "1 项未发送");
    refuses_wrong_pins(&phone);
    unlocks(&phone, "宋家明", SONG_PIN);
    reports(&phone, OF_SONG, "宋家明在共用手机上报的");
    locks(&phone);
    phone.photograph("who-waits-for-what");
    for name in ["王秀兰", "宋家明"] {
        assert_eq!(waits_for(&phone, name), "1 项未发送");
    }

    // A cold start offline leads to the tiles, not into anybody's work.
    phone.reload();
    unlocks(&phone, "宋家明", SONG_PIN);
    phone.has_the_network_again();
    waits_for_the_light(&phone, "synced");
    let all = office.world();
    let song = reported(&all, "宋家明在共用手机上报的").expect("it is sent with its author there");
    assert_eq!(name_of(&all, song.by), "宋家明");
    assert!(
        reported(&all, "王秀兰在共用手机上报的").is_none(),
        "nobody else's session sends it"
    );
    locks(&phone);
    assert_eq!(waits_for(&phone, "宋家明"), "");
    unlocks(&phone, "王秀兰", WANG_PIN);
    waits_for_the_light(&phone, "synced");
    let all = office.world();
    let wang = reported(&all, "王秀兰在共用手机上报的").expect("it is sent once she is back");
    assert_eq!(name_of(&all, wang.by), "王秀兰");

    locks_itself_when_idle(&phone);
    unlocks(&phone, "王秀兰", WANG_PIN);
    asks_for_the_password_after_five_wrong_pins(&phone);
    signs_out_without_a_network(&mut phone, wang.by);
    phone.has_no_complaint();
}

/// The first person chooses a PIN, which makes the device a shared one.
fn shares_the_device(phone: &Person) {
    const PICTURE: &str = "localStorage.getItem('jihe-glance')";
    phone.wait_for(&format!("{PICTURE} !== null"));
    phone.goes_to("/me");
    phone.fill_in("[data-part=new-pin] [data-field=pin]", "1234");
    phone.act("save-pin");
    phone.sees("不要全部相同或连续");
    phone.fill_in("[data-part=new-pin] [data-field=pin]", SONG_PIN);
    phone.act("save-pin");
    phone.wait_for("!!document.querySelector('[data-act=make-own]')");
    let picture = phone.eval(PICTURE);
    assert!(
        picture.is_null(),
        "nobody's Today stands before a shared device is unlocked"
    );
    phone.photograph("shares-the-device");
    locks(phone);
}

/// Somebody else signs in and chooses a PIN before going on.
fn takes_the_first_turn(phone: &Person, login: &str) {
    phone.act("sign-in-other");
    phone.fill("login", login);
    phone.fill("password", PASSWORD);
    phone.act("sign-in");
    phone.wait_for("!!document.querySelector('[data-page=choose-pin]')");
    phone.fill("pin", WANG_PIN);
    phone.photograph("chooses-a-pin");
    phone.act("save-pin");
    waits_for_the_light(phone, "synced");
}

fn locks(phone: &Person) {
    phone.tap(".header [data-act=switch-operator]");
    phone.wait_for("!!document.querySelector('[data-list=operators]')");
}

/// The expression that finds somebody's tile.
fn tile(name: &str) -> String {
    format!(
        "[...document.querySelectorAll('[data-list=operators] > li')]
            .find(one => one.innerText.includes('{name}'))"
    )
}

/// What the lock screen says waits for somebody.
fn waits_for(phone: &Person, name: &str) -> String {
    let words = phone.eval(&format!(
        "{}.querySelector('.badge')?.innerText ?? ''",
        tile(name)
    ));
    words.as_str().unwrap_or_default().trim().to_owned()
}

fn chooses(phone: &Person, name: &str) {
    let id: Value = phone.eval(&format!("{}.dataset.item", tile(name)));
    let id = id.as_str().expect("everybody has a tile");
    phone.tap(&format!("[data-item='{id}'] [data-act=choose-operator]"));
}

/// Two taps, and the PIN between them.
fn unlocks(phone: &Person, name: &str, pin: &str) {
    phone.wait_for("!!document.querySelector('[data-list=operators]')");
    chooses(phone, name);
    phone.fill("pin", pin);
    phone.act("unlock");
    phone.wait_for("!!document.querySelector('[data-page=home]')");
}

fn refuses_wrong_pins(phone: &Person) {
    chooses(phone, "宋家明");
    phone.fill("pin", WANG_PIN);
    phone.act("unlock");
    phone.sees("还可以试 4 次");
    phone.photograph("refuses-a-wrong-pin");
    phone.act("show-operators");
}

fn reports(phone: &Person, title: &str, note: &str) {
    phone.goes_to("/reports");
    let id = format!(
        "[...document.querySelectorAll('li[data-item]:has([data-act=open-report])')]
            .find(one => one.innerText.includes('{title}'))?.dataset.item ?? null"
    );
    phone.wait_for(&format!("({id}) !== null"));
    let id: Value = phone.eval(&id);
    let id = id.as_str().expect("it was waited for");
    phone.tap(&format!("[data-item='{id}'] [data-act=open-report]"));
    phone.fill_in("[data-page=report] [data-field=note]", note);
    phone.act("send-report");
    waits_for_the_light(phone, "offline");
    phone.sees(note);
}

fn reported(world: &World, note: &str) -> Option<Report> {
    let mut reports = world
        .documents()
        .flat_map(|(_, document)| document.reports.values());
    reports.find(|report| report.note == note).cloned()
}

fn name_of(world: &World, person: PersonId) -> String {
    world.organisation().people[&person].name.clone()
}

/// An hour passes in which nobody touches the device.
fn locks_itself_when_idle(phone: &Person) {
    phone.eval("window.clock = Date.now, Date.now = () => clock() + 36e5");
    phone.wait_for("!!document.querySelector('[data-list=operators]')");
    phone.eval("Date.now = clock");
}

/// Nothing is lost by it: the password opens the same session.
fn asks_for_the_password_after_five_wrong_pins(phone: &Person) {
    locks(phone);
    chooses(phone, "王秀兰");
    for left in (1..5).rev() {
        phone.fill("pin", SONG_PIN);
        phone.act("unlock");
        phone.sees(&format!("还可以试 {left} 次"));
    }
    phone.fill("pin", SONG_PIN);
    phone.act("unlock");
    phone.wait_for("!!document.querySelector('[data-part=sign-in]')");
    assert_eq!(phone.value_of("[data-field=login]"), "wangxiulan");
    phone.photograph("asks-for-the-password");
    phone.fill("password", PASSWORD);
    phone.act("sign-in");
    waits_for_the_light(phone, "synced");
}

/// Signing out with nothing unsent takes the person's rows off the device; the server, which alone
/// can end the session, is told by whoever comes next with a network.
fn signs_out_without_a_network(phone: &mut Person, person: PersonId) {
    phone.loses_the_network();
    phone.goes_to("/me");
    phone.act("sign-out");
    phone.wait_for("!!document.querySelector('[data-list=operators]')");
    phone.wait_for(&format!("{} === undefined", tile("王秀兰")));
    phone.wait_for("document.querySelectorAll('[data-list=operators] > li').length === 1");
    phone.has_the_network_again();
    let status = format!(
        "fetch('/api/v1/session', {{ headers: {{ 'Jihe-Person': '{person}' }} }})
            .then(answer => answer.status)"
    );
    assert_eq!(phone.eval(&status), 200, "the server has not heard of it");
    unlocks(phone, "宋家明", SONG_PIN);
    phone.wait_for(&format!("{status}.then(status => status === 401)"));
}
