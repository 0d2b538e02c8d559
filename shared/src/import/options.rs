//! What a preview depends on beside the sheet: the organisation with the chosen units in it, the
//! periods that rows go into, and the plans that are there.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::id::{AssignmentId, PeriodId, PersonId, PlanId, RegimeId, UnitId};
use crate::import::choices::folded;
use crate::import::{Choices, ImportRefusal};
use crate::item::Item;
use crate::moment::{Day, InForce};
use crate::organisation::{Assignment, Organisation, Tenure, Unit};
use crate::period::PeriodKind;
use crate::permission;
use crate::plan::Scope;
use crate::refusal::Refusal;
use crate::regime::{Document, RegimeVersion, Rules};
use crate::world::World;

/// What a preview depends on.
#[derive(Debug, Clone)]
pub struct Options<'w> {
    /// The organisation as it will be once the chosen units are made and led.
    pub(super) organisation: Organisation,
    pub(super) choices: Choices,
    /// Units that are made by the import, in the order of the choices.
    pub(super) made: Vec<UnitId>,
    /// Units to which the import gives a head, and who that is.
    pub(super) headed: Vec<(UnitId, PersonId)>,
    /// Whether the person who imports may make units and give them heads.
    pub(super) administers: bool,
    /// The plans that units already have.
    plans: BTreeMap<(UnitId, PeriodId), Existing<'w>>,
    /// Regimes that the import may adopt where none is there under which a period can be opened.
    offered: Vec<RegimeVersion>,
    /// Heads and posts are those of this day.
    pub(super) today: Day,
}

/// Where rows of one kind of period go.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) kind: PeriodKind,
    pub(super) from: Day,
    pub(super) to: Day,
    /// The period; none where it is to be opened.
    pub(super) period: Option<PeriodId>,
    /// The regime version; none where an offered one is to be adopted.
    pub(super) adopted: Option<RegimeId>,
    /// The version, or the offered document as one.
    pub(super) regime: RegimeVersion,
}

impl Place {
    /// What the regime says of periods of this kind.
    pub(super) fn rules(&self) -> Rules<'_> {
        let rules = self.regime.rules(self.kind);
        rules.expect("a place is only made where the regime has such a cycle")
    }
}

/// The plan that a unit already has for a period.
#[derive(Debug, Clone)]
pub(super) struct Existing<'w> {
    pub(super) plan: PlanId,
    pub(super) owner: PersonId,
    pub(super) editable: bool,
    pub(super) items: Vec<&'w Item>,
}

impl Existing<'_> {
    /// The place that the next item takes.
    pub(super) fn next_position(&self) -> u32 {
        let last = self.items.iter().map(|item| item.position).max();
        last.map_or(0, |last| last.saturating_add(1))
    }
}

impl<'w> Options<'w> {
    /// Takes the options from a world that holds the unit plans of the periods.
    ///
    /// Refuses a period that is not there, and a month that is none.
    pub fn of(
        world: &'w World,
        mut choices: Choices,
        actor: PersonId,
        today: Day,
    ) -> Result<Self, Refusal> {
        let mut organisation = (**world.organisation()).clone();
        if let Some(period) = choices.period {
            let period = organisation.periods.get(&period);
            let period = period.ok_or_else(|| Refusal::not_found("period"))?;
            if choices.month == 0 {
                (choices.year, choices.month) = (period.to.year(), period.to.month());
            }
        }
        if NaiveDate::from_ymd_opt(choices.year, choices.month, 1).is_none() {
            let (field, given) = ("month".to_owned(), choices.month.to_string());
            return Err(Refusal::UnknownValue { field, given });
        }
        let administers = permission::may_administer(&organisation, actor, today);
        let (made, headed) = shape(&mut organisation, &choices, today);
        let plans = world.documents().filter_map(|(_, document)| {
            let plan = document.plan.as_ref()?;
            let existing = Existing {
                plan: plan.id,
                owner: plan.owner,
                editable: plan.is_editable(),
                items: document.items.values().collect(),
            };
            (plan.scope == Scope::Unit).then_some(((plan.unit, plan.period), existing))
        });
        let plans = plans.collect();
        Ok(Self {
            organisation,
            choices,
            made,
            headed,
            administers,
            plans,
            offered: Vec::new(),
            today,
        })
    }

    /// The same with regimes that the import may adopt where it opens a period and the organisation
    /// has none that judges nothing. A device has none to offer; who confirms an import does.
    #[must_use]
    pub fn offering(mut self, documents: impl IntoIterator<Item = Document>) -> Self {
        let nowhere = RegimeId::from_bits(0);
        let version = |document| RegimeVersion::new(nowhere, document);
        self.offered = documents.into_iter().map(version).collect();
        self
    }

    /// The plan that a unit already has in a place.
    pub(super) fn existing(&self, unit: UnitId, place: &Place) -> Option<&Existing<'w>> {
        self.plans.get(&(unit, place.period?))
    }

    /// The kind of period that a cell names; an empty one means the chosen period's, else a month.
    pub(super) fn kind(&self, given: &str) -> Result<PeriodKind, ImportRefusal> {
        let chosen = self.choices.period.and_then(|id| self.periods().get(&id));
        if given.is_empty() {
            return Ok(chosen.map_or(PeriodKind::Month, |period| period.kind));
        }
        let word = serde_json::Value::from(given.to_lowercase().replace('-', "_"));
        serde_json::from_str(&word.to_string()).map_err(|_| ImportRefusal::UnknownPeriodKind {
            given: given.to_owned(),
        })
    }

    /// The assignment with which the import gives a unit its head.
    pub(super) fn head_assignment(&self, unit: UnitId) -> Option<&Assignment> {
        let id = AssignmentId::from_bits(unit.bits());
        self.organisation.assignments.get(&id)
    }

    const fn periods(&self) -> &BTreeMap<PeriodId, crate::period::Period> {
        &self.organisation.periods
    }

    /// Where rows of a kind go: the chosen period, the one of the chosen year and month that is
    /// open, or one that the import opens under a regime that judges nothing.
    pub(super) fn place(&self, kind: PeriodKind) -> Option<Place> {
        let open = places(&self.organisation, &self.choices, kind).next();
        if let Some(period) = open.and_then(|id| self.periods().get(&id)) {
            self.organisation.rules(period)?;
            return Some(Place {
                kind,
                from: period.from,
                to: period.to,
                period: Some(period.id),
                adopted: Some(period.regime),
                regime: self.organisation.regimes.get(&period.regime)?.clone(),
            });
        }
        let (from, to) = span(kind, self.choices.year, self.choices.month)?;
        let tracks =
            |version: &RegimeVersion| version.rules(kind).is_some_and(|rules| !rules.is_judged());
        let versions = self.organisation.regimes.values();
        let tracking = versions.filter(|version| tracks(version));
        // A pool before the tracked period of a regime that judges others.
        let adopted = tracking.min_by_key(|version| (judges(version), version.id));
        let (adopted, regime) = if let Some(version) = adopted {
            (Some(version.id), version.clone())
        } else {
            let offered = self.offered.iter().find(|version| tracks(version));
            (None, offered?.clone())
        };
        Some(Place {
            kind,
            from,
            to,
            period: None,
            adopted,
            regime,
        })
    }
}

/// Whether a regime judges periods of any kind.
fn judges(version: &RegimeVersion) -> bool {
    let mut cycles = version.regime().cycles.iter();
    cycles.any(|cycle| {
        let rules = version.rules(cycle.kind);
        rules.is_some_and(Rules::is_judged)
    })
}

/// Names the open periods into which rows of any kind may go, so that their plans can be fetched.
pub fn wanted_periods(organisation: &Organisation, choices: &Choices) -> Vec<PeriodId> {
    let kinds = [
        PeriodKind::Day,
        PeriodKind::Week,
        PeriodKind::Month,
        PeriodKind::Quarter,
        PeriodKind::HalfYear,
        PeriodKind::Year,
        PeriodKind::Custom,
    ];
    let mut resolved = choices.clone();
    let chosen = choices.period.and_then(|id| organisation.periods.get(&id));
    if let (Some(period), 0) = (chosen, choices.month) {
        (resolved.year, resolved.month) = (period.to.year(), period.to.month());
    }
    let places = |kind| places(organisation, &resolved, kind).next();
    kinds.into_iter().filter_map(places).collect()
}

/// The open periods for rows of a kind, the chosen one first; longer ones only where they are pools.
fn places(
    organisation: &Organisation,
    choices: &Choices,
    kind: PeriodKind,
) -> impl Iterator<Item = PeriodId> {
    let span = span(kind, choices.year, choices.month);
    let periods = organisation.periods.values();
    let chosen = choices.period.filter(|id| {
        let period = organisation.periods.get(id);
        period.is_some_and(|period| period.kind == kind)
    });
    let matching = periods.filter(move |period| {
        let rules = || organisation.rules(period);
        let pool = || rules().is_some_and(|rules| !rules.is_judged());
        let within = span.is_some_and(|(from, to)| from <= period.to && period.to <= to);
        period.kind == kind && within && (kind == PeriodKind::Month || pool())
    });
    chosen
        .into_iter()
        .chain(matching.map(|period| period.id).collect::<Vec<_>>())
}

/// First and last day of the period of a kind in which a month lies.
fn span(kind: PeriodKind, year: i32, month: u32) -> Option<(Day, Day)> {
    let months = match kind {
        PeriodKind::Month => 1,
        PeriodKind::Quarter => 3,
        PeriodKind::HalfYear => 6,
        PeriodKind::Year => 12,
        _ => return None,
    };
    let first = month.checked_sub(1)? / months * months + 1;
    let last = first + months - 1;
    let from = NaiveDate::from_ymd_opt(year, first, 1)?;
    let to = (28..=31)
        .rev()
        .find_map(|day| NaiveDate::from_ymd_opt(year, last, day))?;
    Some((from, to))
}

/// Puts the chosen units and heads into the organisation, as the import will; names them.
fn shape(
    organisation: &mut Organisation,
    choices: &Choices,
    today: Day,
) -> (Vec<UnitId>, Vec<(UnitId, PersonId)>) {
    let in_force = InForce {
        from: today,
        to: None,
    };
    let (mut made, mut headed) = (Vec::new(), Vec::new());
    for choice in &choices.units {
        let named =
            |unit: &Unit| unit.in_force.covers(today) && folded(&unit.name) == folded(&choice.name);
        let there =
            organisation.units.contains_key(&choice.unit) || organisation.units.values().any(named);
        let parent = choice
            .parent
            .filter(|parent| organisation.units.contains_key(parent));
        if let (Some(parent), false) = (parent, there) {
            let unit = Unit {
                id: choice.unit,
                name: choice.name.trim().to_owned(),
                name_en: String::new(),
                parent: Some(parent),
                in_force,
                former: Vec::new(),
                successors: Vec::new(),
            };
            organisation.units.insert(unit.id, unit);
            made.push(choice.unit);
        }
        let headless = organisation.head(choice.unit, today).is_none();
        let head = choice
            .head
            .filter(|head| headless && organisation.people.contains_key(head));
        if let (Some(person), true) = (head, organisation.units.contains_key(&choice.unit)) {
            let id = AssignmentId::from_bits(choice.unit.bits());
            let tenure = tenure(organisation, person, today);
            let assignment = Assignment {
                id,
                person,
                unit: choice.unit,
                post: String::new(),
                tenure,
                heads: true,
                in_force,
            };
            organisation.assignments.insert(id, assignment);
            headed.push((choice.unit, person));
        }
    }
    (made, headed)
}

/// Who has a main post already leads a further unit additionally.
fn tenure(organisation: &Organisation, person: PersonId, today: Day) -> Tenure {
    let mut posts = organisation.assignments_of(person, today);
    if posts.any(|assignment| assignment.tenure == Tenure::Main) {
        Tenure::Additional
    } else {
        Tenure::Main
    }
}
