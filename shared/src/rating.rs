//! Raters 评分人: who rates a plan beside the responsible person and the superior, and who of them has
//! handed in what.
//!
//! The regime names them, and who is meant is asked for a day. What each of them states stands with
//! the superior, who publishes what all gave together.

use crate::id::{ItemId, PersonId};
use crate::item::Item;
use crate::moment::Day;
use crate::organisation::Organisation;
use crate::period::Period;
use crate::plan::Plan;
use crate::regime::Rules;
use crate::regime::judging::{Method, Rater};
use crate::regime::who::Who;
use crate::result;
use crate::who;
use crate::world::PlanDocument;

/// How much of what a rater is asked for a person has handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedIn {
    /// Who.
    pub person: PersonId,
    /// How many ratings are there.
    pub done: usize,
    /// Of how many.
    pub all: usize,
}

/// Says whether a rater is somebody beside the responsible person and the superior, whose scores are
/// rows of their own.
pub const fn is_further(rater: &Rater) -> bool {
    !matches!(rater.by, Who::Responsible | Who::Superior)
}

/// The raters beside the responsible person and the superior.
pub fn further(rules: Rules<'_>) -> impl Iterator<Item = &Rater> {
    let raters = rules.regime.judging.raters.iter();
    let judged = rules.is_judged();
    raters.filter(move |rater| judged && is_further(rater))
}

/// The people whom a rater means for a plan on a day, none twice.
pub fn people<'i>(
    organisation: &Organisation,
    rater: &Rater,
    (plan, items): (&Plan, impl Iterator<Item = &'i Item>),
    day: Day,
) -> Vec<PersonId> {
    let mut people = who::seats(organisation, &rater.by, plan, items, day).concat();
    people.sort_unstable();
    people.dedup();
    people
}

/// The further raters as whom a person rates a plan on a day.
pub fn of_person<'r>(
    organisation: &Organisation,
    rules: Rules<'r>,
    person: PersonId,
    (plan, document): (&Plan, &PlanDocument),
    day: Day,
) -> Vec<&'r Rater> {
    let meant = |rater: &&Rater| {
        let items = document.items.values();
        people(organisation, rater, (plan, items), day).contains(&person)
    };
    further(rules).filter(meant).collect()
}

/// The items that a rater is asked about, in the plan's order; what facts alone give, and what the
/// next period scores, is asked of nobody.
pub fn items(
    rules: Rules<'_>,
    period: &Period,
    document: &PlanDocument,
    rater: &Rater,
) -> Vec<ItemId> {
    let later = result::deferred(rules, period, document);
    let asked = |item: &&Item| {
        let method = rules.method(item);
        rules.is_rated(rater, item)
            && method.is_some_and(Method::asks)
            && later.iter().all(|later| later.item != item.id)
    };
    let items = document.items_in_order().into_iter().filter(asked);
    items.map(|item| item.id).collect()
}

/// What a rater types for parts of the total: each part's key with that of the criterion or charge.
///
/// A rater of some items alone types nothing for parts, and the responsible person scores items alone.
pub fn criteria<'r>(rules: Rules<'r>, rater: &Rater) -> Vec<(&'r str, &'r str)> {
    let typed = rules
        .typed()
        .into_iter()
        .filter(|_| rater.of.is_none() && rater.by != Who::Responsible);
    typed
        .flat_map(|(part, typed)| typed.into_iter().map(move |(_, one)| (part, one)))
        .collect()
}

/// Who of a rater's people has handed in how much of a plan, by a day.
pub fn handed_in(
    organisation: &Organisation,
    (rules, period): (Rules<'_>, &Period),
    (plan, document): (&Plan, &PlanDocument),
    rater: &Rater,
    day: Day,
) -> Vec<HandedIn> {
    let (items, typed) = (
        items(rules, period, document, rater),
        criteria(rules, rater),
    );
    let one = |person: PersonId| {
        let judged = items
            .iter()
            .filter(|item| is_rated(document, **item, rater, person));
        let given = typed.iter().filter(|(part, criterion)| {
            let mut scores = document.part_scores.values();
            scores.any(|one| {
                (one.part.as_str(), one.criterion.as_str()) == (*part, *criterion)
                    && (one.rater == rater.key, one.by) == (true, person)
            })
        });
        HandedIn {
            person,
            done: judged.count() + given.count(),
            all: items.len() + typed.len(),
        }
    };
    let people = people(organisation, rater, (plan, document.items.values()), day);
    people.into_iter().map(one).collect()
}

/// What a person has handed in of a plan as a further rater, and of how much; `None` where nothing is
/// asked of that person on a day.
pub fn of(
    organisation: &Organisation,
    of: (Rules<'_>, &Period),
    (plan, document): (&Plan, &PlanDocument),
    person: PersonId,
    day: Day,
) -> Option<HandedIn> {
    let mut found: Option<HandedIn> = None;
    for rater in of_person(organisation, of.0, person, (plan, document), day) {
        let all = handed_in(organisation, of, (plan, document), rater, day);
        let own = all
            .into_iter()
            .find(|one| one.person == person && one.all > 0);
        found = match (found, own) {
            (Some(before), Some(own)) => Some(HandedIn {
                person,
                done: before.done + own.done,
                all: before.all + own.all,
            }),
            (before, own) => before.or(own),
        };
    }
    found
}

/// Whether a person has rated an item as a rater.
fn is_rated(document: &PlanDocument, item: ItemId, rater: &Rater, person: PersonId) -> bool {
    match rater.by {
        Who::Responsible => {
            let own = document.self_scores.get(&item);
            own.is_some_and(|score| score.by == person)
        }
        Who::Superior => document.superior_scores.contains_key(&(item, person)),
        _ => {
            let mut scores = document.rater_scores.values();
            scores.any(|one| {
                one.rater == rater.key && one.score.item == item && one.score.by == person
            })
        }
    }
}
