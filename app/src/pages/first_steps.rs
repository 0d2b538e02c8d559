//! What an administrator does before the first plan is handed in; it goes once that is done.
//!
//! Today lists the steps, and every screen on the way says which is next and leads there, so that
//! nobody has to come back to find out.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::first_steps::{FIRST_STEPS, FirstStep, Told, first_steps};
use shared::id::PersonId;
use shared::moment::Day;
use shared::organisation::Organisation;

use crate::api;
use crate::components::{Badge, Banner, Glyph, Panel, Tone};
use crate::i18n::joining as words;
use crate::navigation::Navigation;
use crate::route::Route;
use crate::session::Session;

/// How far the company has come, as this device and the server know together.
#[derive(Clone, Copy)]
pub(crate) struct Leading {
    session: Session,
    told: RwSignal<Option<Told>>,
}

impl Leading {
    /// Follows it from now on: the server is asked again with each screen, until all is done.
    pub(crate) fn provide(session: Session, navigation: Navigation) {
        let leading = Self {
            session,
            told: RwSignal::new(None),
        };
        provide_context(leading);
        let led = Memo::new(move |_| leading.of(Told::default()).is_some());
        Effect::new(move |_| {
            navigation.route();
            let over = leading
                .told
                .with_untracked(|told| told.is_some_and(|told| told.handed_in));
            if led.get() && !over {
                spawn_local(async move {
                    // Without the server nothing can be done of it either.
                    if let Ok(told) = api::first_steps().await {
                        leading.told.try_set(Some(told));
                    }
                });
            }
        });
    }

    fn of(self, told: Told) -> Option<Vec<(FirstStep, bool)>> {
        let session = self.session;
        first_steps(&session.world(), session.person(), session.today(), told)
    }

    /// The steps while there are any. Observed.
    fn steps(self) -> Option<Vec<(FirstStep, bool)>> {
        let told = self.told.get();
        let steps = self.of(told.unwrap_or_default())?;
        // What rows do not tell is the server's to say: a company that is long under way is not
        // asked to begin.
        let begins = |(step, done): &(FirstStep, bool)| !done && *step < FirstStep::Invitation;
        (told.is_some() || steps.iter().any(begins)).then_some(steps)
    }
}

/// Where a step is done; `None` where others do it.
fn place_of(step: FirstStep, organisation: &Organisation, me: PersonId, day: Day) -> Option<Route> {
    let root = organisation.company.as_ref().map(|company| company.root);
    let below = || {
        organisation
            .units
            .keys()
            .filter(|unit| Some(**unit) != root)
    };
    let is_led = |unit: &_| organisation.head(*unit, day).is_some();
    let plans = || {
        let mut posts = organisation.assignments_of(me, day);
        posts.next().map(|_| Route::Plans)
    };
    match step {
        FirstStep::Units | FirstStep::People => Some(Route::Organisation),
        FirstStep::Heads => {
            let mut vacant = root.iter().chain(below()).filter(|unit| !is_led(unit));
            Some(
                vacant
                    .next()
                    .map_or(Route::Organisation, |unit| Route::Unit(*unit)),
            )
        }
        FirstStep::Period => Some(Route::Periods),
        FirstStep::Invitation => {
            let mut units = below().chain(root.iter());
            let led_by_others = |unit: &&_| {
                organisation
                    .head(**unit, day)
                    .is_some_and(|head| head != me)
            };
            let unit = units.find(led_by_others);
            Some(unit.map_or(Route::Organisation, |unit| Route::Invitations(*unit)))
        }
        FirstStep::Plan | FirstStep::Submission => plans(),
    }
}

/// A step's key, its name, and what is to be done.
fn told_of(step: FirstStep) -> (&'static str, &'static str, &'static str) {
    match step {
        FirstStep::Units => ("units", words::step_units(), words::step_units_words()),
        FirstStep::People => ("people", words::step_people(), words::step_people_words()),
        FirstStep::Heads => ("heads", words::step_heads(), words::step_heads_words()),
        FirstStep::Period => ("period", words::step_period(), words::step_period_words()),
        FirstStep::Invitation => (
            "invitation",
            words::step_invitation(),
            words::step_invitation_words(),
        ),
        FirstStep::Plan => ("plan", words::step_plan(), words::step_plan_words()),
        FirstStep::Submission => (
            "submission",
            words::step_submission(),
            words::step_submission_words(),
        ),
    }
}

/// The list, for administrators of a company that is not under way yet.
#[component]
pub(crate) fn FirstSteps() -> impl IntoView {
    let session = Session::here();
    let leading = expect_context::<Leading>();
    let steps = Memo::new(move |_| leading.steps());
    move || {
        let steps = steps.get()?;
        let next = steps.iter().position(|(_, done)| !done);
        let world = session.world_untracked();
        let organisation = world.organisation();
        let (me, day) = (session.person(), session.today_untracked());
        let lines = steps
            .into_iter()
            .enumerate()
            .map(|(place, (step, done))| {
                let state = match (done, Some(place) == next) {
                    (true, _) => "done",
                    (false, true) => "next",
                    (false, false) => "later",
                };
                line(step, state, place_of(step, organisation, me, day))
            })
            .collect_view();
        Some(view! {
            <Panel title=words::first_steps()>
                <ol class="list" data-list="first-steps">{lines}</ol>
            </Panel>
        })
    }
}

/// A step that is `done`, `next` or `later`.
fn line(step: FirstStep, state: &'static str, place: Option<Route>) -> impl IntoView + use<> {
    let (key, title, more) = told_of(step);
    let next = state == "next";
    let end = match place {
        _ if state == "done" => {
            view! { <Badge words=words::step_done() tone=Tone::Good glyph=Glyph::Tick /> }
                .into_any()
        }
        Some(place) => {
            let class = if next {
                "button button-primary"
            } else {
                "button"
            };
            view! { <a class=class href=place.path() data-act="go-to-step">{words::step_go()}</a> }
                .into_any()
        }
        None => view! { <Badge words=words::step_of_heads() tone=Tone::Quiet glyph=Glyph::Me /> }
            .into_any(),
    };
    view! {
        <li data-item=key data-state=state aria-current=next.then_some("step")>
            <div class="list-line">
                <span class="stack-tight">
                    <span class="list-title">{title}</span>
                    {next.then(|| view! { <span class="faint">{more}</span> })}
                </span>
                {end}
            </div>
        </li>
    }
}

/// The next step, on the screens on the way; nothing on others, and once all is done.
#[component]
pub(crate) fn NextStep() -> impl IntoView {
    let session = Session::here();
    let leading = expect_context::<Leading>();
    let navigation = expect_context::<Navigation>();
    let next = Memo::new(move |_| {
        let on_the_way = matches!(
            navigation.route().section(),
            Route::Organisation | Route::Plans
        );
        let steps = leading.steps().filter(|_| on_the_way)?;
        let place = steps.iter().position(|(_, done)| !done)?;
        let step = steps[place].0;
        let world = session.world();
        let (me, day) = (session.person(), session.today());
        let there = place_of(step, world.organisation(), me, day);
        Some((place, step, there))
    });
    move || {
        let (place, step, there) = next.get()?;
        let (key, title, more) = told_of(step);
        let (place, of) = ((place + 1).to_string(), FIRST_STEPS.len().to_string());
        let said = words::next_step(&place, &of, title, more);
        // Where it is done, the words say what to press.
        let away = there.filter(|there| *there != navigation.route());
        Some(view! {
            <div data-part="next-step" data-step=key>
                <Banner state="quiet" words=said>
                    {away.map(|there| view! {
                        <a class="button button-primary" href=there.path() data-act="go-to-step">
                            {title}
                        </a>
                    })}
                </Banner>
            </div>
        })
    }
}
