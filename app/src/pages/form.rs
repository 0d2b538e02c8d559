//! Forms as data: a list of entries, and what to make of their answers; one sheet draws them all.
//!
//! What is wrong stands at the entry that it is about, whether the device or the server says so.
//! An act that binds or asks the server at once says so before it is done.

use std::pin::Pin;
use std::sync::Arc;

use leptos::prelude::*;
use shared::command::Command;
use shared::id::{PeriodId, UnitId};
use wasm_bindgen::JsCast as _;

use crate::components::{
    Banner, Button, Choice, Cycle, Dialog, Field, FieldKind, Look, Many, Pick, Select,
};
use crate::fetch::FetchError;
use crate::i18n::{organisation as words, refusal};
use crate::navigation::Navigation;
use crate::route::Route;
use crate::session::{Session, Told};

mod answers;
mod perform;

pub(crate) use answers::{Answers, Wrong};
use perform::{lead_on, perform};

/// What is asked, and how.
pub(crate) enum Ask {
    /// Text or a day, in a field of this kind.
    Text(FieldKind),
    /// One of many.
    List(Vec<Pick>),
    /// One of a few, all in sight.
    Few(Vec<Pick>),
    /// Any of some; the answer holds their keys, with spaces between.
    Many(Vec<Pick>),
    /// Working days of a cycle that begins on the day answered under this name.
    Cycle(&'static str),
}

/// One entry of a form.
pub(crate) struct Entry {
    name: &'static str,
    label: &'static str,
    ask: Ask,
    value: String,
    optional: bool,
    hint: Option<String>,
}

impl Entry {
    /// An entry with what stands in it at first.
    pub(crate) const fn new(
        name: &'static str,
        label: &'static str,
        ask: Ask,
        value: String,
    ) -> Self {
        Self {
            name,
            label,
            ask,
            value,
            optional: false,
            hint: None,
        }
    }

    /// A line of text.
    pub(crate) const fn line(name: &'static str, label: &'static str, value: String) -> Self {
        Self::new(name, label, Ask::Text(FieldKind::Line), value)
    }

    /// Several lines of text.
    pub(crate) const fn lines(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Ask::Text(FieldKind::Lines), String::new())
    }

    /// A day.
    pub(crate) const fn day(name: &'static str, label: &'static str, value: String) -> Self {
        Self::new(name, label, Ask::Text(FieldKind::Day), value)
    }

    /// The same, which may stay empty.
    pub(crate) const fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// The same, with words that help.
    pub(crate) fn hint(mut self, words: impl Into<String>) -> Self {
        self.hint = Some(words.into());
        self
    }
}

/// What a form does.
pub(crate) enum Act {
    /// It makes a command.
    Command(Command),
    /// It makes a command, and another that builds on it.
    Both(Box<(Command, Command)>),
    /// It makes several commands, one after another; the first that is refused ends it.
    Several(Vec<Command>),
    /// It seals what is ready of a period in some units, as one job of the server; with the digest
    /// of what was shown.
    Seal(PeriodId, Vec<UnitId>, String),
    /// It asks the server for what is no command: passwords and sessions never enter the history.
    Asked(Pin<Box<dyn Future<Output = Result<(), FetchError>>>>),
}

impl From<Command> for Act {
    fn from(command: Command) -> Self {
        Self::Command(command)
    }
}

type Again = dyn Fn() -> Form + Send + Sync;
type Read = dyn Fn(Answers) -> Result<Act, Wrong> + Send + Sync;

/// A form.
pub(crate) struct Form {
    act: &'static str,
    title: String,
    label: &'static str,
    look: Look,
    leads: Vec<(&'static str, String)>,
    entries: Vec<Entry>,
    read: Box<Read>,
    then: Option<Route>,
    again: Option<Box<Again>>,
    offline: bool,
}

impl Form {
    /// A form of entries with what is made of their answers.
    pub(crate) fn new(
        act: &'static str,
        label: &'static str,
        entries: Vec<Entry>,
        read: impl Fn(Answers) -> Result<Act, Wrong> + Send + Sync + 'static,
    ) -> Self {
        Self {
            act,
            title: label.to_owned(),
            label,
            look: Look::Primary,
            leads: Vec::new(),
            entries,
            read: Box::new(read),
            then: None,
            again: None,
            offline: false,
        }
    }

    /// The same, with another title than its act.
    pub(crate) fn titled(mut self, title: String) -> Self {
        self.title = title;
        self
    }

    /// The same, with words above its entries: `quiet`, `good`, `warn`, `bad`, or `binds` for what
    /// the act binds.
    pub(crate) fn lead(mut self, state: &'static str, words: impl Into<String>) -> Self {
        self.leads.push((state, words.into()));
        self
    }

    /// The same, whose act looks otherwise.
    pub(crate) const fn look(mut self, look: Look) -> Self {
        self.look = look;
        self
    }

    /// The same, which works without the server, too.
    pub(crate) const fn offline(mut self) -> Self {
        self.offline = true;
        self
    }

    /// The same, beside whose act stands another that goes on with such a form when it is done.
    pub(crate) fn again(mut self, again: impl Fn() -> Self + Send + Sync + 'static) -> Self {
        self.again = Some(Box::new(again));
        self
    }

    /// The same, which leads on to a screen when it is done.
    pub(crate) const fn then(mut self, route: Route) -> Self {
        self.then = Some(route);
        self
    }
}

/// Where a page's forms are shown, one at a time.
#[derive(Clone, Copy)]
pub(crate) struct Sheet {
    form: RwSignal<Option<Arc<Form>>>,
    open: RwSignal<bool>,
}

impl Sheet {
    /// Makes the page's own; the page draws it with [`SheetView`].
    pub(crate) fn provide() -> Self {
        let sheet = Self {
            form: RwSignal::new(None),
            open: RwSignal::new(false),
        };
        provide_context(sheet);
        sheet
    }

    /// Shows a form.
    pub(crate) fn ask(self, form: Form) {
        self.form.set(Some(Arc::new(form)));
        self.open.set(true);
    }

    /// Whether a form is shown. Observed.
    pub(crate) fn is_open(self) -> bool {
        self.open.get()
    }

    /// Shows the form that goes on after one.
    fn go_on(self, done: &Form) {
        if let Some(again) = &done.again {
            self.ask(again());
            focus_first();
        }
    }

    /// A button that shows a form, which is made when it is pressed.
    pub(crate) fn button(
        self,
        act: &'static str,
        label: &'static str,
        form: impl Fn() -> Form + Send + Sync + 'static,
    ) -> AnyView {
        view! { <Button act=act label=label on_press=move |()| self.ask(form()) /> }.into_any()
    }

    /// The same, small, within a line.
    pub(crate) fn small(
        self,
        act: &'static str,
        label: &'static str,
        form: impl Fn() -> Form + Send + Sync + 'static,
    ) -> AnyView {
        let press = move |()| self.ask(form());
        view! { <Button act=act label=label look=Look::Quiet on_press=press /> }.into_any()
    }
}

/// The dialog in which a page's forms stand.
#[component]
pub(crate) fn SheetView(
    /// The page's own.
    sheet: Sheet,
) -> impl IntoView {
    let title = Signal::derive(move || {
        let form = sheet.form.get();
        form.map(|form| form.title.clone()).unwrap_or_default()
    });
    view! {
        <Dialog name="form" title=title open=sheet.open>
            {move || sheet.form.get().map(|form| view! { <FormView form=form open=sheet.open /> })}
        </Dialog>
    }
}

/// A form as it stands in a sheet, or on a page of its own.
#[component]
pub(crate) fn FormView(
    /// The form.
    form: Arc<Form>,
    /// Closed when the act is done.
    open: RwSignal<bool>,
) -> impl IntoView {
    let session = Session::here();
    let navigation = expect_context::<Navigation>();
    let answers = Answers::of(form.entries.iter().map(|entry| (entry.name, &*entry.value)));
    let wrong = RwSignal::new(None::<Told>);
    let busy = RwSignal::new(false);
    let known: Vec<&'static str> = form.entries.iter().map(|entry| entry.name).collect();
    let error_of = move |name: &'static str| {
        Signal::derive(move || wrong.with(|told| told.as_ref()?.at(name).map(str::to_owned)))
    };
    let error_elsewhere = move || {
        wrong.with(|told| {
            let told = told.as_ref()?;
            let placed = known.iter().any(|name| told.at(name).is_some());
            (!placed).then(|| told.words.clone())
        })
    };
    let entries = form.entries.iter();
    let entries = entries
        .map(|entry| entry_view(entry, answers, error_of(entry.name)))
        .collect_view();
    let leads = form.leads.iter();
    let leads = leads
        .map(|(state, words)| lead_view(state, words.clone()))
        .collect_view();
    let (act, label, look, then) = (form.act, form.label, form.look, form.then);
    let offline = form.offline;
    let next = StoredValue::new(form.clone());
    let sheet = use_context::<Sheet>();
    let done = move |done: Result<(), Told>, again: bool| {
        // The dialog may have been closed while the server was asked.
        busy.try_set(false);
        match (done, sheet.filter(|_| again)) {
            (Ok(()), Some(sheet)) => {
                session.say(words::saved());
                next.try_with_value(|form| sheet.go_on(form));
            }
            (Ok(()), None) => {
                open.try_set(false);
                session.say(words::saved());
                if let Some(route) = then {
                    lead_on(session, navigation, route);
                }
            }
            (Err(told), _) => drop(wrong.try_set(Some(told))),
        }
    };
    let goes_on = form.again.is_some();
    let send = Callback::new(move |again: bool| {
        if busy.get_untracked() {
            return;
        }
        wrong.set(None);
        match (form.read)(answers) {
            Ok(act) => {
                busy.set(true);
                perform(session, act, Box::new(move |told| done(told, again)));
            }
            Err(Wrong { field, words }) => {
                let field = Some(field.to_owned());
                let exists = false;
                wrong.set(Some(Told {
                    field,
                    words,
                    exists,
                }));
            }
        }
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        send.run(false);
    };
    let why_not = Signal::derive(move || {
        let unreached = !offline && session.is_offline();
        let words = unreached.then(|| refusal::online_only().to_owned());
        words.or_else(|| busy.get().then(String::new))
    });
    view! {
        <form class="stack" on:submit=submit>
            {leads}
            <div class="fields fields-two">{entries}</div>
            {move || error_elsewhere().map(|words| view! {
                <p class="field-error" role="alert" data-part="refusal">{words}</p>
            })}
            <div class="row row-end">
                {goes_on.then(|| view! {
                    <Button
                        act="save-and-go-on"
                        label=words::save_and_go_on()
                        // Why it cannot be now stands at the other.
                        why_not=Signal::derive(move || why_not.get().map(|_| String::new()))
                        on_press=move |()| send.run(true)
                    />
                })}
                <Button act=act label=label look=look why_not=why_not />
            </div>
        </form>
    }
}

/// Puts the cursor into the first entry of a form that has just taken another's place, unless somebody
/// is quick and has it in an entry already.
fn focus_first() {
    request_animation_frame(|| {
        let held = document().active_element();
        if held.is_some_and(|one| one.matches("[data-dialog=form] [data-field]") == Ok(true)) {
            return;
        }
        let first = document().query_selector("[data-dialog=form] [data-field]");
        if let Some(first) = first.ok().flatten()
            && let Some(first) = first.dyn_ref::<web_sys::HtmlElement>()
        {
            // What cannot be focused is reached with one key more.
            let _ = first.focus();
        }
    });
}

fn lead_view(state: &'static str, words: String) -> AnyView {
    if state == "binds" {
        return view! { <p class="binds">{words}</p> }.into_any();
    }
    view! { <Banner state=state words=words /> }.into_any()
}

fn entry_view(entry: &Entry, answers: Answers, error: Signal<Option<String>>) -> AnyView {
    let value = answers.signal(entry.name);
    let (name, label) = (entry.name, entry.label);
    let hint = entry.hint.clone();
    let choose = move |key: String| value.set(key);
    match &entry.ask {
        Ask::Text(kind) => {
            let (kind, optional) = (*kind, entry.optional);
            let whole = kind == FieldKind::Lines;
            view! {
                <div class:fields-whole=whole>
                    <Field
                        name=name label=label value=value kind=kind optional=optional
                        hint=hint error=error
                    />
                </div>
            }
            .into_any()
        }
        Ask::List(picks) => {
            let picks = Signal::stored(picks.clone());
            view! {
                <Select name=name label=label picks=picks value=value error=error on_choose=choose />
            }
            .into_any()
        }
        Ask::Few(picks) => view! {
            <div class="fields-whole stack-tight">
                <Choice name=name label=label picks=picks.clone() value=value on_choose=choose />
                {hint.map(|words| view! { <p class="field-hint">{words}</p> })}
                {move || error.get().map(|words| view! {
                    <p class="field-error" role="alert">{words}</p>
                })}
            </div>
        }
        .into_any(),
        Ask::Many(picks) => view! {
            <Many name=name label=label picks=picks.clone() value=value error=error />
        }
        .into_any(),
        Ask::Cycle(anchor) => {
            let anchor = answers.signal(anchor);
            view! { <Cycle name=name label=label value=value anchor=anchor error=error /> }
                .into_any()
        }
    }
}

/// Says what a field lacks, for a form.
pub(crate) fn missing(label: &str) -> String {
    refusal::field_missing(label)
}
