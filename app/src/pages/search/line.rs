//! A hit in words: its name, where it stands, and where it leads.

use shared::moment::Day;
use shared::search::{Hit, Target};
use shared::world::{PlanDocument, World};

use crate::i18n::{change, names, plan, refusal};
use crate::route::Route;

/// The words of one hit.
pub(super) struct Line {
    /// Its name.
    pub(super) title: String,
    /// What stands beside the name and was found.
    pub(super) beside: Option<String>,
    /// Where it stands.
    pub(super) more: Vec<String>,
    /// Where it leads.
    pub(super) route: Route,
}

/// Puts a hit into words; none for what is gone meanwhile.
pub(super) fn line(world: &World, today: Day, hit: &Hit) -> Option<Line> {
    let organisation = world.organisation();
    let of_plan = |document: &PlanDocument| {
        let found = document.plan.as_ref();
        let found = found.map(|found| {
            let period = names::period_of(organisation, found.period);
            plan::plan_title(&names::plan_of(organisation, found), &period)
        });
        found.unwrap_or_default()
    };
    let beside = hit.beside.clone();
    let (title, more, route) = match hit.target {
        Target::Item(id, item) => {
            let document = world.document(id)?;
            let item = document.items.get(&item)?;
            let responsible = names::responsible(organisation, item);
            let more = vec![of_plan(document), responsible];
            (item.title.clone(), more, Route::Plan(id))
        }
        Target::Plan(id) => {
            let document = world.document(id)?;
            let found = document.plan.as_ref()?;
            let more = vec![
                names::unit_of(organisation, found.unit),
                names::person_of(organisation, found.owner),
                refusal::state_word(found.state).to_owned(),
            ];
            (of_plan(document), more, Route::Plan(id))
        }
        Target::Person(person) => {
            let posts = organisation.assignments_of(person, today);
            let posts = posts.map(|post| {
                let unit = names::unit_of(organisation, post.unit);
                format!("{unit} · {}", post.post)
            });
            let name = names::person_of(organisation, person);
            (name, posts.collect(), Route::Person(person))
        }
        Target::Unit(unit) => {
            let found = organisation.units.get(&unit)?;
            let above = found
                .parent
                .map(|parent| names::unit_of(organisation, parent));
            let name = names::unit_of(organisation, unit);
            (name, above.into_iter().collect(), Route::Unit(unit))
        }
        Target::Request(id, request) => {
            let document = world.document(id)?;
            let request = document.requests.get(&request)?;
            let more = vec![change::ask_title().to_owned(), of_plan(document)];
            (request.by.reason.clone(), more, Route::Plan(id))
        }
    };
    let beside = beside.filter(|text| *text != title && !more.contains(text));
    let more = more.into_iter().filter(|text| !text.is_empty()).collect();
    Some(Line {
        title,
        beside,
        more,
        route,
    })
}
