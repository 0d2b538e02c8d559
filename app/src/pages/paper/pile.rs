//! The forms of several plans on one page, each beginning a sheet: what a clerk prints for a period.

use gloo_storage::{SessionStorage, Storage as _};
use leptos::prelude::*;
use shared::id::PlanId;
use shared::world::World;

use super::{PaperHead, plan_form, result_form};
use crate::components::{Choice, Empty, Glyph, Pick};
use crate::i18n::paper as words;
use crate::route::Route;
use crate::session::Session;

/// Where a tab remembers which plans were chosen, so that loading the page again finds them.
const CHOSEN: &str = "jihe-forms";

/// Remembers which plans' forms are wanted.
pub(crate) fn choose_forms(plans: &[PlanId]) {
    // A tab without room shows no forms, and says how they are chosen.
    let _ = SessionStorage::set(CHOSEN, plans);
}

/// The page.
#[component]
pub(super) fn Pile() -> impl IntoView {
    let session = Session::here();
    let plans: Vec<PlanId> = SessionStorage::get(CHOSEN).unwrap_or_default();
    let plans = StoredValue::new(plans);
    let kind = RwSignal::new("plan".to_owned());
    let picks = vec![
        Pick::new("plan", words::plan_form()),
        Pick::new("result", words::result_form()),
    ];
    let body = move || {
        let world = session.world();
        let results = kind.with(|kind| kind == "result");
        let sheet = |world: &World, id: PlanId| {
            if results {
                result_form::sheet(session, world, id)
            } else {
                plan_form::sheet(session, world, id)
            }
        };
        let (all, sheets) = plans.with_value(|plans| {
            let sheets = plans.iter().filter_map(|id| sheet(&world, *id));
            (plans.len(), sheets.collect::<Vec<_>>())
        });
        if all == 0 {
            return view! {
                <Empty
                    glyph=Glyph::Print
                    title=words::no_forms()
                    words=words::no_forms_words()
                />
            }
            .into_any();
        }
        let missing = all - sheets.len();
        let missing = (missing > 0).then(|| {
            view! {
                <p class="faint no-print" data-part="missing">
                    {words::forms_missing(&missing.to_string())}
                </p>
            }
        });
        view! { {missing}{sheets} }.into_any()
    };
    view! {
        <div class="page" data-page="forms">
            <PaperHead title=words::forms().to_owned() back=Route::Plans.path() />
            <div class="no-print">
                <Choice
                    name="form-kind"
                    label=words::form_kind()
                    picks=picks
                    value=kind
                    on_choose=move |key| kind.set(key)
                />
            </div>
            {body}
        </div>
    }
}
