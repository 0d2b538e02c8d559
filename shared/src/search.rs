//! Search over what this side holds: plans, items, people, units and requests, by characters, by
//! pinyin initials and in English.
//!
//! There is no index: the world is read from end to end for each query, which costs less than
//! keeping one (DECISIONS.md). A device finds what it holds, hence only what its person may see.

use std::cmp::Reverse;
use std::ops::Range;

use chrono::Datelike;

use crate::id::{ChangeRequestId, ItemId, PersonId, PlanId, UnitId};
use crate::item::Item;
use crate::moment::Day;
use crate::organisation::Organisation;
use crate::plan::Plan;
use crate::world::{PlanDocument, World};

mod initials;
mod term;

pub use initials::{COVERED, Initials, MAGIC, Malformed};
pub use term::Query;

use term::Quality;

/// What is found, in the order in which the groups are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Items of plans.
    Item,
    /// Plans.
    Plan,
    /// People.
    Person,
    /// Units.
    Unit,
    /// Requests to change an approved plan.
    Request,
}

/// Where a hit leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// An item of a plan.
    Item(PlanId, ItemId),
    /// A plan.
    Plan(PlanId),
    /// A person.
    Person(PersonId),
    /// A unit.
    Unit(UnitId),
    /// A request of a plan.
    Request(PlanId, ChangeRequestId),
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Where it leads.
    pub target: Target,
    /// The text beside its name in which the words stand; none where the name has them all.
    pub beside: Option<String>,
}

/// What was found of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The kind.
    pub kind: Kind,
    /// The best, as many as were asked for.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub total: usize,
}

/// How good a hit is: the smaller, the better.
type Rank = (Quality, Reverse<Day>, usize, Target);

struct Search<'s> {
    query: &'s Query,
    initials: Option<&'s Initials>,
    found: Vec<(Rank, Option<usize>)>,
}

/// Finds what holds every word of the query; at most `most` of each kind.
///
/// Without initials it finds by characters alone. An empty query finds nothing. The best come
/// first: the name itself, then its beginning, then any part of it, then its initials, then what
/// stands beside the name; of equals the newer period, then the shorter name.
pub fn search(
    world: &World,
    query: &Query,
    initials: Option<&Initials>,
    most: usize,
) -> Vec<Group> {
    if query.is_empty() {
        return Vec::new();
    }
    let kinds = [
        Kind::Item,
        Kind::Plan,
        Kind::Person,
        Kind::Unit,
        Kind::Request,
    ];
    let group = |kind| {
        let mut search = Search {
            query,
            initials,
            found: Vec::new(),
        };
        search.of_kind(world, kind);
        let mut found = search.found;
        let total = found.len();
        if total > most && most > 0 {
            found.select_nth_unstable(most - 1);
        }
        found.truncate(most);
        found.sort_unstable();
        let hit = |((.., target), beside): (Rank, Option<usize>)| Hit {
            target,
            beside: beside.and_then(|at| texts(world, target).into_iter().nth(at)),
        };
        Group {
            kind,
            hits: found.into_iter().map(hit).collect(),
            total,
        }
    };
    let groups = kinds.into_iter().map(group);
    groups.filter(|group| group.total > 0).collect()
}

impl Search<'_> {
    fn of_kind(&mut self, world: &World, kind: Kind) {
        let organisation = world.organisation();
        match kind {
            Kind::Person => {
                for person in organisation.people.values() {
                    self.look(Target::Person(person.id), Day::MIN, &[&person.name]);
                }
            }
            Kind::Unit => {
                for unit in organisation.units.values() {
                    let former = unit.former.iter().map(|former| former.name.as_str());
                    let names = [unit.name.as_str(), unit.name_en.as_str()].into_iter();
                    let names: Vec<&str> = names.chain(former).collect();
                    self.look(Target::Unit(unit.id), Day::MIN, &names);
                }
            }
            Kind::Item | Kind::Plan | Kind::Request => {
                for (id, document) in world.documents() {
                    self.document(organisation, id, document, kind);
                }
            }
        }
    }

    fn document(
        &mut self,
        organisation: &Organisation,
        id: PlanId,
        document: &PlanDocument,
        kind: Kind,
    ) {
        let period = document.plan.as_ref().map(|plan| plan.period);
        let period = period.and_then(|id| organisation.periods.get(&id));
        let day = period.map_or(Day::MIN, |period| period.from);
        match kind {
            Kind::Plan => {
                if let Some(plan) = &document.plan {
                    let texts = of_plan(organisation, plan);
                    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
                    self.look(Target::Plan(id), day, &texts);
                }
            }
            Kind::Request => {
                for request in document.requests.values() {
                    let texts = [request.by.reason.as_str(), request.evidence.as_str()];
                    self.look(Target::Request(id, request.id), day, &texts);
                }
            }
            _ => {
                for item in document.items.values() {
                    self.look(Target::Item(id, item.id), day, &of_item(item));
                }
            }
        }
    }

    /// Notes a hit where every word stands in one of the texts, the first of which is the name.
    fn look(&mut self, target: Target, day: Day, texts: &[&str]) {
        if let Some((quality, beside)) = self.query.quality(texts, self.initials) {
            let length = texts.first().map_or(0, |name| name.len());
            let rank = (quality, Reverse(day), length, target);
            self.found.push((rank, beside));
        }
    }
}

/// The texts of an item, its title first.
fn of_item(item: &Item) -> [&str; 5] {
    [
        &item.title,
        &item.deliverable,
        &item.standard,
        &item.rule,
        &item.post,
    ]
}

/// The texts of a plan: whose it is, then its unit, its person and its period as people write them.
fn of_plan(organisation: &Organisation, plan: &Plan) -> Vec<String> {
    let unit = organisation.units.get(&plan.unit);
    let person = organisation.people.get(&plan.owner);
    let period = organisation.periods.get(&plan.period);
    let unit_name = unit.map(|unit| unit.name.clone()).unwrap_or_default();
    let name = person.map(|person| person.name.clone()).unwrap_or_default();
    let english = unit.map(|unit| unit.name_en.clone()).unwrap_or_default();
    let (first, second) = match plan.scope {
        crate::plan::Scope::Unit => (unit_name, name),
        crate::plan::Scope::Personal => (name, unit_name),
    };
    let month = period.map(|period| {
        let (year, month) = (period.from.year(), period.from.month());
        format!("{year}年{month}月 {year}-{month:02}")
    });
    vec![first, second, english, month.unwrap_or_default()]
}

/// The texts of what a hit leads to, as they were searched.
fn texts(world: &World, target: Target) -> Vec<String> {
    let organisation = world.organisation();
    match target {
        Target::Item(plan, item) => {
            let document = world.document(plan);
            let item = document.and_then(|document| document.items.get(&item));
            let texts = item.map(|item| of_item(item).map(str::to_owned).to_vec());
            texts.unwrap_or_default()
        }
        Target::Plan(plan) => {
            let plan = world.document(plan).and_then(|found| found.plan.as_ref());
            plan.map(|plan| of_plan(organisation, plan))
                .unwrap_or_default()
        }
        Target::Request(plan, request) => {
            let document = world.document(plan);
            let request = document.and_then(|document| document.requests.get(&request));
            let texts = request.map(|one| vec![one.by.reason.clone(), one.evidence.clone()]);
            texts.unwrap_or_default()
        }
        Target::Unit(unit) => {
            let unit = organisation.units.get(&unit);
            let former = unit.iter().flat_map(|unit| &unit.former);
            let former = former.map(|former| former.name.clone());
            let names = unit.map(|unit| [unit.name.clone(), unit.name_en.clone()]);
            names.into_iter().flatten().chain(former).collect()
        }
        Target::Person(person) => {
            let person = organisation.people.get(&person);
            person
                .map(|person| person.name.clone())
                .into_iter()
                .collect()
        }
    }
}

/// Where the words of a query stand in a text: ranges of bytes, in order, none overlapping.
pub fn marks(query: &Query, text: &str, initials: Option<&Initials>) -> Vec<Range<usize>> {
    query.marks(text, initials)
}
