//! A person's hands: a mouse, a finger, or the keyboard alone.
//!
//! Each goes through the browser's own input. A finger and a mouse need the place to be free; the
//! keyboard needs every stop on the way, and to see where it is.

use serde_json::{Value, json};

use crate::person::{Device, Person};

/// How many stops a person passes on a page before giving up.
const MOST_STEPS: usize = 400;

impl Person {
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
        if self.device == Device::Keyboard {
            return self.reach_and_press(element, what);
        }
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
        self.touch_at(&point[0], &point[1]);
    }

    fn touch_at(&self, x: &Value, y: &Value) {
        if self.device.is_touched() {
            let touch = json!({"type": "touchStart", "touchPoints": [{"x": x, "y": y}]});
            self.must("Input.dispatchTouchEvent", touch);
            self.must(
                "Input.dispatchTouchEvent",
                json!({"type": "touchEnd", "touchPoints": []}),
            );
            return;
        }
        for kind in ["mouseMoved", "mousePressed", "mouseReleased"] {
            let count = i32::from(kind != "mouseMoved");
            let button = if count == 1 { "left" } else { "none" };
            let event =
                json!({"type": kind, "x": x, "y": y, "button": button, "clickCount": count});
            self.must("Input.dispatchMouseEvent", event);
        }
    }

    /// Goes to an element as one does without a mouse, and moves it with a key.
    ///
    /// What stands there must show that it has the focus.
    fn reach_and_press(&self, element: &str, what: &str) {
        let goal = format!(
            "(() => {{
                const one = {element};
                if (!one || one.disabled || one.ariaDisabled === 'true') return null;
                return one.matches('label') ? one.control ?? one : one;
            }})()"
        );
        self.wait_for(&format!("!!{goal}"));
        // One of several choices is one stop: arrows go on from there.
        let stop = format!(
            "(goal => {{
                const here = document.activeElement;
                const radio = goal?.type === 'radio';
                const same = radio && here?.type === 'radio' && here.name === goal.name;
                return here === goal ? 'here' : same ? 'beside' : goal ? 'away' : 'gone';
            }})({goal})"
        );
        for step in 0..MOST_STEPS {
            match self.eval(&stop).as_str() {
                Some("here") => break,
                Some("beside") => self.press("ArrowDown"),
                // The page may be drawn anew while one is on the way.
                Some("gone") => self.wait_for(&format!("!!{goal}")),
                _ => self.press("Tab"),
            }
            if step + 1 == MOST_STEPS {
                self.give_up(&format!("{what} cannot be reached with the keyboard"));
            }
        }
        let shows = format!(
            "(one => {{
                const shown = one.closest('label') ?? one;
                const drawn = style => style.outlineStyle !== 'none' || style.boxShadow !== 'none';
                return [one, shown, one.nextElementSibling]
                    .some(one => one && drawn(getComputedStyle(one)));
            }})({goal})"
        );
        if self.eval(&shows) != true {
            self.give_up(&format!("{what} does not show that it has the focus"));
        }
        let kind = self.eval(&format!("({goal}).type ?? ''"));
        match kind.as_str() {
            // An arrow has chosen it, unless it was chosen from the start or none was.
            Some("radio") if self.eval(&format!("({goal}).checked")) == true => {}
            Some("checkbox" | "radio") => self.press("Space"),
            _ => self.press("Enter"),
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

    /// Presses one key by its name, such as `Enter` or `/`, or with another held: `Alt+ArrowUp`.
    pub(crate) fn press(&self, chord: &str) {
        let (held, key) = match chord.split_once('+') {
            Some(("Alt", key)) => (1, key),
            Some(("Control", key)) => (2, key),
            _ => (0, chord),
        };
        let (code, text) = match key {
            "Enter" => (13, "\r"),
            "Tab" => (9, ""),
            "Delete" => (46, ""),
            "Escape" => (27, ""),
            "Space" => (32, " "),
            "End" => (35, ""),
            "ArrowLeft" => (37, ""),
            "ArrowUp" => (38, ""),
            "ArrowDown" => (40, ""),
            "/" => (191, "/"),
            "?" => (191, "?"),
            "y" => (89, ""),
            "z" => (90, ""),
            other => panic!("add the key {other} here"),
        };
        let name = if key == "Space" { " " } else { key };
        let down = json!({
            "type": if text.is_empty() { "rawKeyDown" } else { "keyDown" }, "modifiers": held,
            "key": name, "code": key, "windowsVirtualKeyCode": code, "text": text
        });
        self.must("Input.dispatchKeyEvent", down);
        let up = json!({"type": "keyUp", "key": name, "code": key, "windowsVirtualKeyCode": code});
        self.must("Input.dispatchKeyEvent", up);
    }

    /// Types a text where the cursor stands, in place of what is selected there.
    pub(crate) fn types(&self, text: &str) {
        self.must("Input.insertText", json!({"text": text}));
    }

    /// Pastes a text as the browser tells a page of it.
    pub(crate) fn pastes(&self, text: &str) {
        self.eval(&format!(
            "(() => {{
                const clipboardData = new DataTransfer();
                clipboardData.setData('text/plain', {});
                const told = {{ clipboardData, bubbles: true, cancelable: true }};
                document.activeElement.dispatchEvent(new ClipboardEvent('paste', told));
            }})()",
            json!(text)
        ));
    }
}
