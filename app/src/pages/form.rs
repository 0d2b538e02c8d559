//! Forms as data: a list of entries, and what to make of their answers; one sheet draws them all.
//!
//! What is wrong stands at the entry that it is about, whether the device or the server says so.
//! An act that binds or asks the server at once says so before it is done.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::command::{Class, Command};
use shared::id::{CommandId, PeriodId, PersonId, UnitId};

use crate::api;
use crate::chance;
use crate::components::{
    Banner, Button, Choice, Cycle, Dialog, Field, FieldKind, Look, Many, Pick, Select,
};
use crate::fetch::FetchError;
use crate::i18n::{organisation as words, period, refusal};
use crate::navigation::Navigation;
use crate::route::Route;
use crate::session::{NotSent, Session, Told};
use crate::timer;

mod answers;

pub(crate) use answers::{Answers, Wrong};

/// How long a job is left alone before it is asked again where it is.
const LOOK_AGAIN_MILLISECONDS: u32 = 500;

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
    /// It seals what is ready of a period in some units, as one job of the server; with the digest
    /// of what was shown.
    Seal(PeriodId, Vec<UnitId>, String),
    /// It gives a person a sign-in; no command, because passwords never enter the history.
    Account(PersonId, String, String),
}

impl From<Command> for Act {
    fn from(command: Command) -> Self {
        Self::Command(command)
    }
}

type Done = Box<dyn FnOnce(Result<(), Told>)>;
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
    let done = move |done: Result<(), Told>| {
        // The dialog may have been closed while the server was asked.
        busy.try_set(false);
        match done {
            Ok(()) => {
                open.try_set(false);
                session.say(words::saved());
                if let Some(route) = then {
                    navigation.go(route);
                }
            }
            Err(told) => drop(wrong.try_set(Some(told))),
        }
    };
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        wrong.set(None);
        match (form.read)(answers) {
            Ok(act) => {
                busy.set(true);
                perform(session, act, Box::new(done));
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
    };
    let why_not = Signal::derive(move || {
        let unreached = !offline && session.is_offline();
        let words = unreached.then(|| refusal::online_only().to_owned());
        words.or_else(|| busy.get().then(String::new))
    });
    view! {
        <form class="stack" on:submit=send>
            {leads}
            <div class="fields fields-two">{entries}</div>
            {move || error_elsewhere().map(|words| view! {
                <p class="field-error" role="alert" data-part="refusal">{words}</p>
            })}
            <div class="row row-end">
                <Button act=act label=label look=look why_not=why_not />
            </div>
        </form>
    }
}

/// Does what a form asks for: at the server at once where it must, else here.
fn perform(session: Session, act: Act, done: Done) {
    match act {
        Act::Command(command) if command.class() == Class::Power => {
            session.send_online(command, done);
        }
        Act::Both(both) => {
            let (first, second) = *both;
            session.send_online(first, move |sent| match sent {
                // Tried again, because the second was refused, the first is there already.
                Err(told) if !told.exists => done(Err(told)),
                _ => session.send_online(second, done),
            });
        }
        Act::Command(command) => session.send_then(command, move |sent| {
            done(match sent {
                Err(NotSent::Refused(refusal)) => Err(Told::of(&refusal)),
                // What could not be saved was spilled, and the person has been told.
                Ok(()) | Err(NotSent::NotSaved) => Ok(()),
            });
        }),
        Act::Seal(period, units, digest) => spawn_local(async move {
            let id = CommandId::from_bits(chance::bits());
            let sealed = seal(id, period, &units, &digest).await;
            session.looping().now(session);
            done(sealed);
        }),
        Act::Account(person, login, secret) => spawn_local(async move {
            let given = api::give_account(person, &login, &secret).await;
            done(given.map_err(|failed| Told::words(failed.words())));
        }),
    }
}

/// Stages a job, lets it run if it would do what was shown, and waits until it is over.
async fn seal(id: CommandId, of: PeriodId, units: &[UnitId], digest: &str) -> Result<(), Told> {
    let failed = |failed: FetchError| Told::words(failed.words());
    let staged = api::stage_seal(id, of, units).await.map_err(failed)?;
    if staged.digest != digest {
        // One that nobody confirms does nothing; giving it up only tidies.
        let _ = api::cancel_job(id).await;
        return Err(Told::words(refusal::job_changed().to_owned()));
    }
    let mut job = api::confirm_job(id, digest).await.map_err(failed)?;
    while job.state == "running" {
        timer::sleep(LOOK_AGAIN_MILLISECONDS).await;
        job = api::job(id).await.map_err(failed)?;
    }
    if job.sealed == job.of {
        return Ok(());
    }
    let words = period::seal_left(&job.sealed.to_string(), &job.of.to_string());
    Err(Told::words(words))
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
            </div>
        }
        .into_any(),
        Ask::Many(picks) => view! {
            <Many name=name label=label picks=picks.clone() value=value />
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
