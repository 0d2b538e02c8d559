//! What wakes the loop: the server's pokes, the browser's events, and the other tabs.
//!
//! None of these carries content or promises to arrive; each only says "look again".

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::{document, window};
use shared::id::PersonId;
use shared::sync::schedule::Event;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use web_sys::{BroadcastChannel, EventSource, MessageEvent, VisibilityState};

use crate::session::Session;

const ADDRESS: &str = "/sync/v1/live";
const CHANNEL: &str = "jihe";
/// How long other tabs' words are gathered before memory is read again, in milliseconds.
const GATHER: u32 = 150;

type Listener = Closure<dyn FnMut(web_sys::Event)>;

/// The listeners of one session; dropping it ends them.
pub(crate) struct Live {
    person: PersonId,
    source: Rc<RefCell<Option<EventSource>>>,
    channel: Option<BroadcastChannel>,
    on_window: Vec<(&'static str, Listener)>,
    on_document: Listener,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    on_poke: Rc<Listener>,
}

impl Live {
    /// Listens from now on.
    pub(crate) fn listen(person: PersonId, session: Session) -> Self {
        let on_poke = Rc::new(Listener::new(move |_| session.looping().poke(session)));
        let source = Rc::new(RefCell::new(None));
        let channel = BroadcastChannel::new(CHANNEL).ok();
        let on_message = messages(person, session);
        if let Some(channel) = &channel {
            channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        }
        let wake = |name, event| {
            let listener = Listener::new(move |_| session.looping().browser(session, event));
            let _ =
                window().add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
            (name, listener)
        };
        let on_window = vec![wake("online", Event::Online)];
        let on_document = {
            let (source, on_poke) = (Rc::clone(&source), Rc::clone(&on_poke));
            Listener::new(move |_| {
                if document().visibility_state() == VisibilityState::Visible {
                    source.replace(connect(person, &on_poke));
                    // Browsers close the storage of pages in the background: look first.
                    session.looping().reread(session, Some(Event::Visible));
                } else {
                    // A hidden page holds no connection: browsers allow few for each server.
                    close(&source);
                    session.looping().browser(session, Event::Hidden);
                }
            })
        };
        let _ = document().add_event_listener_with_callback(
            "visibilitychange",
            on_document.as_ref().unchecked_ref(),
        );
        source.replace(connect(person, &on_poke));
        Self {
            person,
            source,
            channel,
            on_window,
            on_document,
            _on_message: on_message,
            on_poke,
        }
    }

    /// Opens the connection again; the server closes it for those who are not signed in.
    pub(crate) fn reconnect(&self) {
        close(&self.source);
        self.source.replace(connect(self.person, &self.on_poke));
        self.say("signed-in");
    }

    /// Tells the other tabs of this person that the storage changed.
    pub(crate) fn tell_tabs(&self) {
        self.say("reread");
    }

    fn say(&self, word: &str) {
        if let Some(channel) = &self.channel {
            // A channel that is gone has nobody to tell.
            let _ = channel.post_message(&format!("{word} {}", self.person).into());
        }
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        close(&self.source);
        if let Some(channel) = &self.channel {
            channel.close();
        }
        for (name, listener) in &self.on_window {
            let _ = window()
                .remove_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
        }
        let _ = document().remove_event_listener_with_callback(
            "visibilitychange",
            self.on_document.as_ref().unchecked_ref(),
        );
    }
}

/// What the other tabs say: that they wrote, or that somebody signed in.
fn messages(person: PersonId, session: Session) -> Closure<dyn FnMut(MessageEvent)> {
    let gathering = Rc::new(Cell::new(false));
    Closure::new(move |event: MessageEvent| {
        let Some(text) = event.data().as_string() else {
            return;
        };
        let Some((word, who)) = text.split_once(' ') else {
            return;
        };
        let mine = who == person.to_string();
        match word {
            "reread" if mine && !gathering.replace(true) => {
                let gathering = Rc::clone(&gathering);
                crate::timer::after(GATHER, move || {
                    gathering.set(false);
                    session.looping().reread(session, None);
                });
            }
            "signed-in" if mine => session.looping().signed_in_elsewhere(session),
            "signed-in" => session.looping().signed_out(session),
            _ => {}
        }
    })
}

fn connect(person: PersonId, on_poke: &Listener) -> Option<EventSource> {
    // The browser sends no header of ours here, so the address says for whom it listens.
    let source = EventSource::new(&format!("{ADDRESS}?person={person}")).ok()?;
    let listener = on_poke.as_ref().unchecked_ref();
    source
        .add_event_listener_with_callback("poke", listener)
        .ok()?;
    source.set_onopen(Some(listener));
    Some(source)
}

fn close(source: &RefCell<Option<EventSource>>) {
    if let Some(open) = source.take() {
        open.close();
    }
}
