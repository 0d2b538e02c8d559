//! Public lists 公示: whose grades are made public before they stand, and the averages of units.
//!
//! A list hangs for as many working days as the regime says, and nobody who is named on it is sealed
//! before. It says nothing but names in the bands that the regime makes public and averages of units in
//! which one figure does not tell another; everybody may read it, and object while it hangs.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::canonical;
use crate::deadline::{self, Deadline};
use crate::id::{ListId, PeriodId, PersonId, PlanId, UnitId};
use crate::moment::{Day, Times, UtcMillis};
use crate::organisation::Organisation;
use crate::part_score::named;
use crate::permission;
use crate::plan::{Plan, Signed};
use crate::quantity::Points;
use crate::refusal::Refusal;
use crate::regime::after::Publication;
use crate::regime::cycle::PeriodAct;
use crate::seal::{self, Missing, ObjectionDecision, Shown, notice};
use crate::world::{PlanDocument, Stop, World};

/// The fewest people of whom an average is made public: of fewer, it would tell somebody's own figure.
pub const FEWEST_AVERAGED: u32 = 3;

/// The most people whom a refusal names.
pub const MOST_TOLD: usize = 20;

/// A list that hangs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicList {
    /// Its identity.
    pub id: ListId,
    /// The period.
    pub period: PeriodId,
    /// The units that it is about; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitId>,
    /// Who is named, by unit and person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub named: Vec<Named>,
    /// The averages of units.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub averages: Vec<UnitAverage>,
    /// Who hung it out, and when.
    pub hung: Signed,
}

/// Somebody who is named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Named {
    /// The unit.
    pub unit: UnitId,
    /// Who.
    pub person: PersonId,
    /// Key of the band or of the decided grade.
    pub band: String,
    /// The plan of the last part, by which an objection finds the result.
    pub plan: PlanId,
    /// The result's version.
    pub version: u32,
}

/// The average of a unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UnitAverage {
    /// The unit.
    pub unit: UnitId,
    /// Over how many people; never fewer than [`FEWEST_AVERAGED`].
    pub heads: u32,
    /// The mean of their printed totals, rounded half up to 0.01.
    pub average: Points,
}

/// An objection to a name on a list. It stands in the document of the plan; the row's key is the list and
/// who objects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListObjection {
    /// The plan of the person who is named.
    pub plan: PlanId,
    /// The result's version, as it is named.
    pub version: u32,
    /// The list.
    pub list: ListId,
    /// Who objects; the person who is named does not see it.
    pub by: PersonId,
    /// Who decides, as of the day of the objection.
    pub deciders: Vec<PersonId>,
    /// Why.
    pub reason: String,
    /// When.
    pub times: Times,
    /// What was decided about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<ObjectionDecision>,
}

/// What would be hung out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drafted {
    /// Who would be named, by unit and person.
    pub named: Vec<Named>,
    /// The averages.
    pub averages: Vec<UnitAverage>,
    /// Who cannot be named yet; no part of what is signed.
    pub open: Vec<Waiting>,
    /// The digest by which it is signed.
    pub digest: String,
}

/// Somebody of whom nothing can be made public yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The unit of the last part.
    pub unit: UnitId,
    /// Who.
    pub person: PersonId,
    /// The plan of the last part.
    pub plan: PlanId,
    /// What is missing.
    pub missing: Vec<Missing>,
}

impl Waiting {
    /// Says whether a result is published, and what the person was told of it is not settled.
    pub fn is_told(&self) -> bool {
        self.missing.iter().copied().any(notice::is_of_notice)
    }
}

impl PublicList {
    /// Says whether it is about a unit.
    pub fn is_about(&self, unit: UnitId) -> bool {
        self.units.is_empty() || self.units.contains(&unit)
    }

    /// Until when it hangs for a unit: the end of the last of its working days there.
    pub fn until(
        &self,
        organisation: &Organisation,
        publication: &Publication,
        unit: UnitId,
    ) -> Deadline {
        let days = organisation.work_days(unit);
        deadline::window(self.hung.times.received, publication.days, &days)
    }

    /// Until when the whole list hangs: for the latest of its units; of a list that names nobody, by the
    /// calendar of the company.
    pub fn until_all(&self, organisation: &Organisation) -> Option<Deadline> {
        let period = organisation.periods.get(&self.period)?;
        let rules = organisation.rules(period)?;
        let publication = rules.regime.after.publication.as_ref()?;
        let root = organisation.company.as_ref()?.root;
        let named = self.named.iter().map(|one| one.unit);
        let units = named.chain(self.averages.iter().map(|one| one.unit));
        let ends = units.map(|unit| self.until(organisation, publication, unit));
        let last = ends.max_by_key(|end| end.at);
        Some(last.unwrap_or_else(|| self.until(organisation, publication, root)))
    }
}

impl ListObjection {
    /// The bits of its key.
    pub fn bits(&self) -> u128 {
        key(self.list, self.by)
    }
}

/// The bits of the key of somebody's objection to a list within a plan's document.
pub(crate) fn key(list: ListId, by: PersonId) -> u128 {
    named(&("list_objection", list, by))
}

/// The rule by which lists of a period hang; refuses where nothing is made public.
fn publication(organisation: &Organisation, period: PeriodId) -> Result<&Publication, Refusal> {
    let (_, _, rules) = organisation.judged(period)?;
    let publication = rules.regime.after.publication.as_ref();
    let publication = publication.filter(|_| !rules.cycle.ungraded);
    publication.ok_or(Refusal::NothingToDecide)
}

/// What a list of some units would hold; `units` empty: of all units.
///
/// It names who is ready but for the list and was not named before: where the regime asks for a notice,
/// that is settled; where it does not, the result is published and no objection to it is open. Refuses
/// where that adds nothing to the lists that hang, with who is still open.
pub fn draft(
    world: &World,
    period: PeriodId,
    units: &[UnitId],
    at: UtcMillis,
) -> Result<Drafted, Stop> {
    let organisation = world.organisation();
    let publication = publication(organisation, period)?;
    let before = || {
        organisation
            .lists
            .values()
            .filter(|list| list.period == period)
    };
    let Gathered {
        shown,
        open,
        awaited,
    } = gather(world, period, units, at)?;
    let named = shown.iter().filter_map(|one| {
        let band = one.band.clone()?;
        publication.bands.contains(&band).then_some(Named {
            unit: one.unit,
            person: one.person,
            band,
            plan: one.plan,
            version: one.version,
        })
    });
    let hangs = |one: &Named| before().any(|list| list.named.contains(one));
    let mut named: Vec<Named> = named.filter(|one| !hangs(one)).collect();
    named.sort();
    let averages = if publication.averages {
        averages(&shown, &awaited)?
    } else {
        Vec::new()
    };
    let known = |one: &UnitAverage| {
        let mut lists: Vec<&PublicList> = before().collect();
        lists.sort_by_key(|list| (list.hung.times.recorded, list.id));
        let mut averages = lists.iter().rev().flat_map(|list| &list.averages);
        let last = averages.find(|other| other.unit == one.unit);
        last == Some(one)
    };
    // Where nobody is named the list itself is what hangs, once for its units.
    let first = publication.bands.is_empty()
        && shown
            .iter()
            .any(|one| !before().any(|list| list.is_about(one.unit)));
    if named.is_empty() && !first && averages.iter().all(known) {
        return Err(nothing(&open).into());
    }
    let digest = canonical::digest("jihe/list/1", &(period, units, &named, &averages));
    Ok(Drafted {
        named,
        averages,
        open,
        digest,
    })
}

/// Why a list would say nothing new.
fn nothing(open: &[Waiting]) -> Refusal {
    let told = open.iter().filter(|one| one.is_told());
    let people: Vec<PersonId> = told.map(|one| one.person).collect();
    if people.is_empty() {
        return Refusal::NothingToPublish;
    }
    let count = u32::try_from(people.len()).unwrap_or(u32::MAX);
    let people = people.into_iter().take(MOST_TOLD).collect();
    Refusal::NoticeOpen { people, count }
}

/// Who of a period cannot be named yet, with what is missing, in order of units and people.
///
/// Refuses where the regime makes nothing public.
pub fn waiting(
    world: &World,
    period: PeriodId,
    units: &[UnitId],
    at: UtcMillis,
) -> Result<Vec<Waiting>, Stop> {
    publication(world.organisation(), period)?;
    Ok(gather(world, period, units, at)?.open)
}

/// What is known of the people of a period.
struct Gathered {
    shown: Vec<Shown>,
    open: Vec<Waiting>,
    /// Units of which somebody's figure is still to come.
    awaited: BTreeSet<UnitId>,
}

fn gather(
    world: &World,
    period: PeriodId,
    units: &[UnitId],
    at: UtcMillis,
) -> Result<Gathered, Stop> {
    let organisation = world.organisation();
    let (span, _, _) = organisation.judged(period)?;
    let mut people: BTreeMap<PersonId, Vec<&Plan>> = BTreeMap::new();
    let all = world.documents().filter_map(|(_, d)| d.plan.as_ref());
    for plan in all.filter(|plan| plan.period == period) {
        people.entry(plan.owner).or_default().push(plan);
    }
    let mut found = Gathered {
        shown: Vec::new(),
        open: Vec::new(),
        awaited: BTreeSet::new(),
    };
    let wanted = |unit: UnitId| units.is_empty() || units.contains(&unit);
    for (person, plans) in people {
        let ordered = seal::in_order(organisation, person, period, plans.clone());
        let last = plans.iter().find(|plan| Some(&plan.id) == ordered.last());
        let Some((unit, plan)) = last.map(|plan| (plan.unit, plan.id)) else {
            continue;
        };
        match seal::shown(world, &ordered, at) {
            Ok(one) => found.shown.extend(one.filter(|one| wanted(one.unit))),
            // Whoever lacks something stands on a later list.
            Err(Stop::Refused(Refusal::SealNotReady { missing })) if wanted(unit) => {
                // Who did not hand in while one could is not waited for any more.
                let over = span.done(PeriodAct::SubmissionClosed, unit).is_some();
                if !(over && plans.iter().all(|plan| plan.is_editable())) {
                    found.awaited.insert(unit);
                }
                found.open.push(Waiting {
                    unit,
                    person,
                    plan,
                    missing,
                });
            }
            Err(Stop::Refused(_)) => {}
            Err(stop) => return Err(stop),
        }
    }
    found.open.sort_by_key(|one| (one.unit, one.person));
    Ok(found)
}

/// The means of the units in which one figure does not tell another, and nobody is awaited: two means,
/// of some and of one more, would tell the figure of that one.
fn averages(shown: &[Shown], awaited: &BTreeSet<UnitId>) -> Result<Vec<UnitAverage>, Refusal> {
    let mut units: BTreeMap<UnitId, (u32, i64)> = BTreeMap::new();
    for one in shown {
        let (heads, sum) = units.entry(one.unit).or_default();
        *heads += 1;
        *sum = sum.saturating_add(one.total.0);
    }
    let mut averages = Vec::new();
    for (unit, (heads, sum)) in units {
        if heads >= FEWEST_AVERAGED && !awaited.contains(&unit) {
            let average = crate::result::engine_3::Exact::ratio(sum, i64::from(heads) * 100)?;
            let average = average.rounded(crate::result::engine_3::exact::Way::HalfUp)?;
            averages.push(UnitAverage {
                unit,
                heads,
                average,
            });
        }
    }
    Ok(averages)
}

/// Who decides about an objection to a name: those whom the regime names for objections, but never the
/// person, who judged, or who objects.
pub fn deciders(
    organisation: &Organisation,
    (plan, document): (&Plan, &PlanDocument),
    objector: PersonId,
    day: Day,
) -> Vec<PersonId> {
    let rules = organisation.periods.get(&plan.period);
    let rules = rules.and_then(|period| organisation.rules(period));
    let by = rules.map(|rules| rules.regime.after.objection.by.as_slice());
    let result = document.result();
    let judged = result.map(|result| [Some(result.by), result.on_behalf_of]);
    let mut without: Vec<PersonId> = judged.into_iter().flatten().flatten().collect();
    without.extend([plan.owner, objector]);
    let items = document.items.values();
    permission::hearers(
        organisation,
        by.unwrap_or_default(),
        (plan, items),
        &without,
        day,
    )
}

/// The day after which a person may be sealed who waits for a list: the last on which it hangs; none
/// while no list names the result.
pub(crate) fn hung(
    organisation: &Organisation,
    publication: &Publication,
    period: PeriodId,
    shown: &Shown,
) -> Option<Deadline> {
    let about = |list: &&PublicList| {
        let named = || {
            let mut named = list.named.iter();
            named.any(|one| {
                (one.person, one.plan, one.version) == (shown.person, shown.plan, shown.version)
                    && Some(&one.band) == shown.band.as_ref()
            })
        };
        let whole = publication.bands.is_empty() && list.is_about(shown.unit);
        list.period == period && (whole || named())
    };
    let lists = organisation.lists.values().filter(about);
    let first = lists.min_by_key(|list| list.hung.times.received)?;
    Some(first.until(organisation, publication, shown.unit))
}

/// Says whether a person may be asked to read a list still: it hangs today.
pub fn hangs(organisation: &Organisation, list: &PublicList, at: UtcMillis) -> bool {
    let until = list.until_all(organisation);
    until.is_some_and(|until| at <= until.at)
}

/// Says whether a person decides about an objection to a list today.
pub fn decides(
    organisation: &Organisation,
    of: (&Plan, &PlanDocument),
    objection: &ListObjection,
    person: PersonId,
    day: Day,
) -> bool {
    deciders(organisation, of, objection.by, day).contains(&person)
}
