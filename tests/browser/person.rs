//! A person at a device: opens pages, reads, taps, types, loses the network, comes back.
//!
//! Taps and keys go through the browser's own input, so what covers a button or disables a field
//! stops a journey as it would stop a person. Every wait is for a condition.

use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine;
use serde_json::{Value, json};
use shared::sync::client::{KeptRows, kept_rows};
use shared::world::World;

use crate::browser::Browser;
use crate::colleague::world_of;
pub(crate) use crate::device::{Device, Language};
use crate::devtools::{Answer, Target};

/// The longest that a person waits for anything to come true.
const PATIENCE: Duration = Duration::from_secs(45);

/// The page is there, and is no picture that gives way to the program.
const STANDS: &str = "document.readyState === 'complete'
    && !('glance' in document.documentElement.dataset)";

/// A person with a device and a browser of their own.
pub(crate) struct Person {
    name: String,
    address: String,
    pub(crate) device: Device,
    browser: Browser,
    page: Target,
    offline: bool,
}

impl Person {
    /// Gives a person a device on which nothing of the server at `address` was ever opened.
    pub(crate) fn at(name: &str, device: Device, address: &str) -> Self {
        Self::knowing(name, device, address, Vec::new())
    }

    /// The same, for somebody who reads a language.
    pub(crate) fn reading(language: Language, name: &str, device: Device, address: &str) -> Self {
        Self::knowing(name, device, address, vec![language.flag()])
    }

    /// The same, with flags by which the browser knows more of the world than others do.
    pub(crate) fn knowing(
        name: &str,
        device: Device,
        address: &str,
        mut flags: Vec<String>,
    ) -> Self {
        if !flags.iter().any(|flag| flag.starts_with("--accept-lang")) {
            flags.push(Language::Chinese.flag());
        }
        let browser = Browser::start(flags);
        let page = first_page(&browser);
        let (name, address) = (name.to_owned(), address.to_owned());
        let person = Self {
            name,
            address,
            device,
            browser,
            page,
            offline: false,
        };
        person.begins();
        person
    }

    /// A new page: where the person is, and on what device.
    fn begins(&self) {
        let zone = json!({"timezoneId": "Asia/Shanghai"});
        self.must("Emulation.setTimezoneOverride", zone);
        self.hold();
    }

    /// Makes the page what the device shows: its size, its touch.
    fn hold(&self) {
        self.must("Emulation.setDeviceMetricsOverride", self.device.screen());
        let fingers = if self.device.is_touched() { 5 } else { 1 };
        let touch = json!({"enabled": self.device.is_touched(), "maxTouchPoints": fingers});
        self.must("Emulation.setTouchEmulationEnabled", touch);
    }

    /// Takes another device in the hand, with the same page on it.
    pub(crate) fn takes(&mut self, device: Device) {
        self.device = device;
        self.hold();
    }

    fn ask(&self, method: &str, parameters: Value) -> Answer {
        self.browser
            .devtools
            .ask(Some(&self.page.session), method, parameters)
    }

    pub(crate) fn must(&self, method: &str, parameters: Value) -> Value {
        self.ask(method, parameters)
            .unwrap_or_else(|error| self.give_up(&error))
    }

    /// Ends the journey with what the person last saw.
    pub(crate) fn give_up(&self, why: &str) -> ! {
        let seen = self.try_eval("document.body.innerText").unwrap_or_default();
        let place = self.try_eval("location.href").unwrap_or_default();
        let file = self
            .picture("gave-up")
            .map(|file| file.display().to_string());
        panic!(
            "{}, at {place}: {why}\ncomplaints: {:#?}\npicture: {}\nscreen:\n{}",
            self.name,
            self.browser.devtools.take_complaints(),
            file.unwrap_or_default(),
            seen.as_str().unwrap_or_default()
        )
    }

    /// Opens a path of the server, and waits until the page is there, drawn by the program.
    pub(crate) fn open(&self, path: &str) {
        let url = format!("{}{path}", self.address);
        let answer = self.must("Page.navigate", json!({"url": url}));
        if let Some(error) = answer["errorText"].as_str() {
            self.give_up(&format!("{url}: {error}"));
        }
        self.wait_for(STANDS);
    }

    /// Tries to open an address that the browser does not trust; says why it does not.
    pub(crate) fn is_kept_from(&self, url: &str) -> String {
        let answer = self.must("Page.navigate", json!({"url": url}));
        answer["errorText"].as_str().unwrap_or_default().to_owned()
    }

    /// Goes to a path as the browser's own buttons do, without loading the page again.
    pub(crate) fn goes_to(&self, path: &str) {
        self.eval(&format!(
            "history.pushState(null, '', {}); dispatchEvent(new PopStateEvent('popstate'))",
            json!(path)
        ));
    }

    /// Loads the open page again.
    pub(crate) fn reload(&self) {
        drop(self.ask(
            "Runtime.evaluate",
            json!({"expression": "window.stale = true"}),
        ));
        self.must("Page.reload", json!({}));
        self.wait_for(&format!("!window.stale && {STANDS}"));
    }

    /// The value of a JavaScript expression in the page; a promise is awaited.
    pub(crate) fn eval(&self, expression: &str) -> Value {
        self.try_eval(expression)
            .unwrap_or_else(|error| self.give_up(&error))
    }

    pub(crate) fn try_eval(&self, expression: &str) -> Answer {
        let parameters =
            json!({"expression": expression, "awaitPromise": true, "returnByValue": true});
        let answer = self.ask("Runtime.evaluate", parameters)?;
        match answer.get("exceptionDetails") {
            Some(details) => Err(format!(
                "{expression}: {}",
                details["exception"]["description"]
            )),
            None => Ok(answer["result"]["value"].clone()),
        }
    }

    /// Waits until an expression is true.
    pub(crate) fn wait_for(&self, expression: &str) {
        self.wait_until(expression, || {
            self.try_eval(expression).is_ok_and(|value| value == true)
        });
    }

    /// Waits until something holds that the page alone cannot tell.
    pub(crate) fn wait_until(&self, what: &str, mut holds: impl FnMut() -> bool) {
        let begin = Instant::now();
        while !holds() {
            if begin.elapsed() > PATIENCE {
                self.give_up(&format!("waited in vain for {what}"));
            }
            thread::sleep(Duration::from_millis(25));
        }
    }

    /// Waits until a text stands on the screen.
    pub(crate) fn sees(&self, text: &str) {
        self.wait_for(&format!(
            "document.body.innerText.includes({})",
            json!(text)
        ));
    }

    /// What stands in the first element of a selector.
    pub(crate) fn text_of(&self, selector: &str) -> String {
        let expression = format!(
            "document.querySelector({})?.innerText ?? null",
            json!(selector)
        );
        self.wait_for(&format!("({expression}) !== null"));
        self.eval(&expression)
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// What a field holds.
    pub(crate) fn value_of(&self, selector: &str) -> String {
        let expression = format!("document.querySelector({})?.value ?? null", json!(selector));
        self.wait_for(&format!("({expression}) !== null"));
        self.eval(&expression)
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Gives a file to the first file input of a selector.
    pub(crate) fn attach(&self, selector: &str, file: &std::path::Path) {
        self.wait_for(&format!("!!document.querySelector({})", json!(selector)));
        let document = self.must("DOM.getDocument", json!({}));
        let query = json!({"nodeId": document["root"]["nodeId"], "selector": selector});
        let node = self.must("DOM.querySelector", query);
        let files = json!({"files": [file], "nodeId": node["nodeId"]});
        self.must("DOM.setFileInputFiles", files);
    }

    /// Whether the network was taken away.
    pub(crate) const fn is_offline(&self) -> bool {
        self.offline
    }

    /// Loses the network, on every page and in the service worker.
    pub(crate) fn loses_the_network(&mut self) {
        self.offline = true;
        self.browser.devtools.set_offline(true);
    }

    /// Has the network again.
    pub(crate) fn has_the_network_again(&mut self) {
        self.offline = false;
        self.browser.devtools.set_offline(false);
    }

    /// Waits until the service worker has kept the app and serves this page.
    pub(crate) fn waits_until_the_app_is_kept(&self) {
        self.wait_for(
            "navigator.serviceWorker.ready.then(ready => ready.active.state === 'activated')",
        );
        // A page that was loaded before its worker is served by it from the next load on.
        self.wait_for("!!navigator.serviceWorker.controller");
    }

    /// The browser dies under the person's hands, and is started again with the same network.
    pub(crate) fn battery_dies(&mut self) {
        self.browser.kill_and_restart(self.offline);
        self.page = first_page(&self.browser);
        self.begins();
    }

    /// The person closes the browser, and opens it again with the same network.
    pub(crate) fn closes_and_opens_the_browser(&mut self) {
        self.browser.close_and_restart(self.offline);
        self.page = first_page(&self.browser);
        self.begins();
    }

    /// Everything that this person's browser keeps in its databases, as text.
    pub(crate) fn everything_kept(&self) -> String {
        let dump = include_str!("dump_databases.js");
        self.eval(dump)
            .as_str()
            .expect("the dump is a text")
            .to_owned()
    }

    /// The confirmed rows that this person's browser keeps, as the domain's own world.
    pub(crate) fn world(&self) -> World {
        world_of(self.kept_rows().into_values().map(|(_, text)| text))
    }

    /// The confirmed rows that this person's browser keeps.
    pub(crate) fn kept_rows(&self) -> KeptRows {
        let kept: Value = serde_json::from_str(&self.everything_kept()).expect("the dump is JSON");
        let pairs = |store: &str| -> Vec<(String, String)> {
            let stores = kept.as_object().expect("the dump names stores").iter();
            let wanted =
                stores.filter(|(name, _)| name.starts_with("jihe-cache") && name.ends_with(store));
            wanted
                .flat_map(|(_, pairs)| pairs.as_array().into_iter().flatten())
                .map(|pair| {
                    let text = |place: usize| pair[place].as_str().expect("a text").to_owned();
                    (text(0), text(1))
                })
                .collect()
        };
        kept_rows(&pairs("/packs"), &pairs("/rows")).expect("what is kept reads")
    }

    /// Waits until a fact stands among the confirmed rows of this person's browser; gives it.
    pub(crate) fn knows<T>(&self, what: &str, fact: impl Fn(&World) -> Option<T>) -> T {
        let mut found = None;
        self.wait_until(what, || {
            found = fact(&self.world());
            found.is_some()
        });
        found.expect("it was waited for")
    }

    /// Every byte that fetches of addresses holding `part` brought since the last call, as text.
    pub(crate) fn everything_received(&self, part: &str) -> String {
        let bodies = self.browser.devtools.take_received(part);
        bodies
            .unwrap_or_else(|error| self.give_up(&error))
            .join("\n")
    }

    /// Fails when a page or a worker reported an error since the last call.
    pub(crate) fn has_no_complaint(&self) {
        let complaints = self.browser.devtools.take_complaints();
        assert!(complaints.is_empty(), "{}: {complaints:#?}", self.name);
    }

    /// Keeps a picture of the screen below target/browser, named after the person and the moment.
    pub(crate) fn photograph(&self, moment: &str) {
        self.picture(moment)
            .unwrap_or_else(|error| self.give_up(&error));
    }

    fn picture(&self, moment: &str) -> Result<PathBuf, String> {
        let shot = self.ask(
            "Page.captureScreenshot",
            json!({"format": "png", "optimizeForSpeed": true}),
        )?;
        let data = shot["data"].as_str().ok_or("a picture without data")?;
        let data = base64::engine::general_purpose::STANDARD.decode(data);
        let folder = crate::server::built().join("browser");
        let file = folder.join(format!("{}-{moment}.png", self.name));
        fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        fs::write(&file, data.map_err(|error| error.to_string())?)
            .map_err(|error| error.to_string())?;
        Ok(file)
    }
}

fn first_page(browser: &Browser) -> Target {
    let begin = Instant::now();
    loop {
        if let Some(page) = browser.devtools.targets("page").into_iter().next() {
            return page;
        }
        assert!(begin.elapsed() < PATIENCE, "the browser opens no page");
        thread::sleep(Duration::from_millis(20));
    }
}
