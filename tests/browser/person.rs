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
use shared::world::World;

use crate::browser::Browser;
use crate::colleague::world_of;
use crate::devtools::{Answer, Target};

/// The longest that a person waits for anything to come true.
const PATIENCE: Duration = Duration::from_secs(45);

/// What a person holds in the hand, or sits before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Device {
    /// 1280 by 800, with a mouse.
    Desk,
    /// 390 by 844 at three device pixels to one, with a finger.
    Phone,
}

/// A person with a device and a browser of their own.
pub(crate) struct Person {
    name: String,
    address: String,
    device: Device,
    browser: Browser,
    page: Target,
    offline: bool,
}

impl Person {
    /// Gives a person a device on which nothing of the server at `address` was ever opened.
    pub(crate) fn at(name: &str, device: Device, address: &str) -> Self {
        Self::knowing(name, device, address, Vec::new())
    }

    /// The same, with flags by which the browser knows more of the world than others do.
    pub(crate) fn knowing(name: &str, device: Device, address: &str, flags: Vec<String>) -> Self {
        let browser = Browser::start(flags);
        let page = first_page(&browser);
        let (name, address) = (name.to_owned(), address.to_owned());
        let mut person = Self {
            name,
            address,
            device,
            browser,
            page,
            offline: false,
        };
        person.hold();
        person
    }

    /// Makes the page what the device shows: its size, its touch.
    fn hold(&mut self) {
        let phone = self.device == Device::Phone;
        let (width, height, scale) = if phone { (390, 844, 3) } else { (1280, 800, 1) };
        let screen =
            json!({"width": width, "height": height, "deviceScaleFactor": scale, "mobile": phone});
        self.must("Emulation.setDeviceMetricsOverride", screen);
        if phone {
            self.must(
                "Emulation.setTouchEmulationEnabled",
                json!({"enabled": true, "maxTouchPoints": 5}),
            );
        }
        let zone = json!({"timezoneId": "Asia/Shanghai"});
        self.must("Emulation.setTimezoneOverride", zone);
    }

    fn ask(&self, method: &str, parameters: Value) -> Answer {
        self.browser
            .devtools
            .ask(Some(&self.page.session), method, parameters)
    }

    fn must(&self, method: &str, parameters: Value) -> Value {
        self.ask(method, parameters)
            .unwrap_or_else(|error| self.give_up(&error))
    }

    /// Ends the journey with what the person last saw.
    fn give_up(&self, why: &str) -> ! {
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

    /// Opens a path of the server, and waits until the page is there.
    pub(crate) fn open(&self, path: &str) {
        let url = format!("{}{path}", self.address);
        let answer = self.must("Page.navigate", json!({"url": url}));
        if let Some(error) = answer["errorText"].as_str() {
            self.give_up(&format!("{url}: {error}"));
        }
        self.wait_for("document.readyState === 'complete'");
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
        self.wait_for("!window.stale && document.readyState === 'complete'");
    }

    /// The value of a JavaScript expression in the page; a promise is awaited.
    pub(crate) fn eval(&self, expression: &str) -> Value {
        self.try_eval(expression)
            .unwrap_or_else(|error| self.give_up(&error))
    }

    fn try_eval(&self, expression: &str) -> Answer {
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

    /// Taps what is marked with `data-act`.
    pub(crate) fn act(&self, act: &str) {
        self.tap(&format!("[data-act='{act}']"));
    }

    /// Taps a button, a link or a choice by its words.
    pub(crate) fn choose(&self, words: &str) {
        let found = format!(
            "[...document.querySelectorAll('button, a[href], [role], summary, label')]
                .find(one => one.innerText.trim() === {} && one.checkVisibility())",
            json!(words)
        );
        self.tap_found(&found, words);
    }

    /// Taps the first visible element of a selector.
    pub(crate) fn tap(&self, selector: &str) {
        let found = format!(
            "[...document.querySelectorAll({})].find(one => one.checkVisibility())",
            json!(selector)
        );
        self.tap_found(&found, selector);
    }

    /// Taps where an element stands, once it stands still, is enabled, and nothing covers it.
    fn tap_found(&self, element: &str, what: &str) {
        let place = format!(
            "(async () => {{
                const one = {element};
                if (!one || one.disabled || one.ariaDisabled === 'true') return null;
                one.scrollIntoView({{ block: 'center', behavior: 'instant' }});
                const before = one.getBoundingClientRect();
                await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
                const now = one.getBoundingClientRect();
                if (before.x !== now.x || before.y !== now.y) return null;
                const x = now.x + now.width / 2, y = now.y + now.height / 2;
                const top = document.elementFromPoint(x, y);
                return top && (one.contains(top) || top.contains(one)) ? [x, y] : null;
            }})()"
        );
        let mut point = Value::Null;
        self.wait_until(&format!("{what} to be there to tap"), || {
            point = self.try_eval(&place).unwrap_or_default();
            point.is_array()
        });
        let (x, y) = (&point[0], &point[1]);
        if self.device == Device::Phone {
            let touch = json!({"type": "touchStart", "touchPoints": [{"x": x, "y": y}]});
            self.must("Input.dispatchTouchEvent", touch);
            self.must(
                "Input.dispatchTouchEvent",
                json!({"type": "touchEnd", "touchPoints": []}),
            );
        } else {
            for kind in ["mouseMoved", "mousePressed", "mouseReleased"] {
                let count = i32::from(kind != "mouseMoved");
                let button = if count == 1 { "left" } else { "none" };
                let event =
                    json!({"type": kind, "x": x, "y": y, "button": button, "clickCount": count});
                self.must("Input.dispatchMouseEvent", event);
            }
        }
    }

    /// Writes into the field marked with `data-field`, in place of what it held, and leaves it.
    pub(crate) fn fill(&self, field: &str, text: &str) {
        self.fill_in(&format!("[data-field='{field}']"), text);
    }

    /// Writes into the first visible field of a selector, in place of what it held, and leaves it.
    pub(crate) fn fill_in(&self, selector: &str, text: &str) {
        self.begins_to_write(selector, text);
        self.eval("document.activeElement.blur()");
    }

    /// Writes into a field and stays in it.
    pub(crate) fn begins_to_write(&self, selector: &str, text: &str) {
        let field = format!(
            "[...document.querySelectorAll({})].find(one => one.checkVisibility())",
            json!(selector)
        );
        self.wait_for(&format!(
            "(one => !!one && !one.disabled && !one.readOnly)({field})"
        ));
        let picked = self.eval(&format!(
            "(one => {{
                one.scrollIntoView({{ block: 'center', behavior: 'instant' }});
                const typed = one.matches('textarea, input:not([type=date], [type=month])');
                one.focus();
                if (typed) {{ one.select(); return false; }}
                one.value = {0};
                one.dispatchEvent(new Event('input', {{ bubbles: true }}));
                one.dispatchEvent(new Event('change', {{ bubbles: true }}));
                return one.value === {0};
            }})({field})",
            json!(text)
        ));
        if picked != true {
            self.must("Input.insertText", json!({"text": text}));
            // An empty text is inserted as nothing; what is selected must still go.
            if text.is_empty() {
                self.press("Delete");
            }
        }
        self.wait_for(&format!("({field})?.value === {}", json!(text)));
    }

    /// Presses one key by its name, such as `Enter`, `Tab` or `Delete`.
    pub(crate) fn press(&self, key: &str) {
        let (code, text) = match key {
            "Enter" => (13, "\r"),
            "Tab" => (9, ""),
            "Delete" => (46, ""),
            "Escape" => (27, ""),
            other => panic!("add the key {other} here"),
        };
        let down = json!({
            "type": if text.is_empty() { "rawKeyDown" } else { "keyDown" },
            "key": key, "code": key, "windowsVirtualKeyCode": code, "text": text
        });
        self.must("Input.dispatchKeyEvent", down);
        let up = json!({"type": "keyUp", "key": key, "code": key, "windowsVirtualKeyCode": code});
        self.must("Input.dispatchKeyEvent", up);
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
        self.hold();
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
        let kept: Value = serde_json::from_str(&self.everything_kept()).expect("the dump is JSON");
        let stores = kept.as_object().expect("the dump names stores").iter();
        let rows = stores
            .filter(|(name, _)| name.starts_with("jihe-cache") && name.ends_with("/rows"))
            .flat_map(|(_, pairs)| pairs.as_array().into_iter().flatten())
            .map(|pair| {
                let text = pair[1].as_str().expect("a row is kept as a text");
                let kept: Value = serde_json::from_str(text).expect("a kept row is JSON");
                kept["row"].to_string()
            });
        world_of(rows)
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
        let shot = self.ask("Page.captureScreenshot", json!({"format": "png"}))?;
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
