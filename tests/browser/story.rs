//! What every journey at the demo factory does: signing in, finding a plan, waiting for the light.

use crate::person::{Device, Language, Person};
use crate::server::Server;

/// The password of everybody at the demo factory.
pub(crate) const PASSWORD: &str = "jihe-demo";

/// Gives somebody of the demo factory a device and signs them in on it.
pub(crate) fn somebody(login: &str, device: Device, server: &Server) -> Person {
    somebody_reading(Language::Chinese, login, device, server)
}

/// The same, for somebody who reads a language.
pub(crate) fn somebody_reading(
    language: Language,
    login: &str,
    device: Device,
    server: &Server,
) -> Person {
    let name = format!("{login}-{}-{}", device.name(), language.name());
    let person = Person::reading(language, &name, device, &server.address);
    person.open("/");
    signs_in(&person, login);
    person
}

/// Signs somebody of the demo factory in, on a device that shows the form.
pub(crate) fn signs_in(person: &Person, login: &str) {
    person.fill("login", login);
    person.fill("password", PASSWORD);
    person.act("sign-in");
    waits_for_the_light(person, "synced");
}

/// Gets the network back, signs in again if the browser lost the session, and waits for the light.
///
/// A browser keeps cookies of its last half minute in memory alone; killed, it forgets them.
pub(crate) fn comes_back_online(person: &mut Person, login: &str) {
    person.has_the_network_again();
    let light = "document.querySelector('[data-act=open-sync]')?.dataset.state";
    person.wait_for(&format!("['synced', 'attention'].includes({light})"));
    if person.eval(light) == "attention" {
        person.act("open-sync");
        signs_in(person, login);
    }
    waits_for_the_light(person, "synced");
}

/// Waits until the sync light says this.
pub(crate) fn waits_for_the_light(person: &Person, state: &str) {
    person.wait_for(&format!(
        "document.querySelector('[data-act=open-sync]')?.dataset.state === '{state}'"
    ));
}

/// Waits until what a person wrote has come back from the server as a confirmed row.
///
/// The light alone would not tell: it still says "synced" in the moment before an act is kept.
pub(crate) fn waits_until_confirmed(person: &Person, text: &str) {
    person.wait_until(text, || {
        let kept: serde_json::Value =
            serde_json::from_str(&person.everything_kept()).expect("the dump is JSON");
        let stores = kept.as_object().expect("the dump names stores").iter();
        stores
            .filter(|(name, _)| name.starts_with("jihe-cache"))
            .any(|(_, pairs)| pairs.to_string().contains(text))
    });
}

/// Opens a person's own plan from the first screen and returns its address.
pub(crate) fn opens_the_own_plan(person: &Person) -> String {
    person.tap(".brand");
    person.tap("[data-list=own-plans] [data-act=open-plan]");
    person.wait_for("!!document.querySelector('[data-page=plan]')");
    person
        .eval("location.pathname")
        .as_str()
        .expect("a page has an address")
        .to_owned()
}

/// Waits until the open plan stands in a state.
pub(crate) fn finds_the_plan(person: &Person, state: &str) {
    person.wait_for(&format!(
        "document.querySelector('[data-page=plan]')?.dataset.state === '{state}'"
    ));
}

/// The selector of the item on the screen whose title holds these words.
pub(crate) fn item(person: &Person, title: &str) -> String {
    let found = format!(
        "[...document.querySelectorAll('[data-list=items] > [data-item]')]
            .find(one => one.querySelector('.item-title').innerText.includes('{title}'))
            ?.dataset.item ?? null"
    );
    person.wait_for(&format!("({found}) !== null"));
    let id = person.eval(&found);
    format!(
        "[data-list=items] > [data-item='{}']",
        id.as_str().expect("an item has an identity")
    )
}
