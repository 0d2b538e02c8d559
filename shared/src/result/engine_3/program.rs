//! The program: a regime's rules of one cycle with every key resolved to a place.
//!
//! It is made once for a regime and a cycle and judges any number of people; nothing in it is
//! looked up by text.

use std::ops::Range;

use crate::item::TargetKind;
use crate::quantity::{BasisPoints, Points};
use crate::regime::charge::{Amount, DayCount, Each, HourCount};
use crate::regime::cohort::{Ceiling, QuotaKind, SmallThen};
use crate::regime::curve::{Curve, CurvePoint, Measure};
use crate::regime::grades::LooksAt;
use crate::regime::judging::Several;
use crate::regime::total::{
    ChargeFrom, Combine, Empty, Full, Outside, Pool, ResultOf, Rounding, Unscored,
};

use super::inputs::ItemFacts;

/// The rules of one cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    pub(super) total: Option<TotalRule>,
    pub(super) parts: Vec<PartRule>,
    pub(super) methods: Vec<MethodRule>,
    pub(super) raters: Vec<RaterRule>,
    pub(super) charges: Vec<ChargeRule>,
    pub(super) gates: Vec<GateRule>,
    pub(super) grading: Grading,
    pub(super) cohort: Option<CohortRule>,
    /// The coefficient while a decided grade is open.
    pub(super) provisional: BasisPoints,
    pub(super) places: Places,
    /// What is measured, by place.
    pub(super) measured: Vec<Measure>,
    /// Whose results are taken, by place, with the keys of bands where their factors count.
    pub(super) taken: Vec<(ResultOf, Vec<String>)>,
}

impl Program {
    /// The place of the method by which an item is judged; `None` where no part holds it.
    pub(crate) fn method_of(&self, item: &ItemFacts) -> Option<usize> {
        self.parts.iter().find_map(|part| match &part.source {
            SourceRule::Items(rule) if rule.takes(item) => rule.method(item),
            _ => None,
        })
    }
}

/// JSON pointers into the regime, by the places that subjects name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Places {
    pub(super) total: String,
    pub(super) parts: Vec<String>,
    pub(super) criteria: Vec<String>,
    pub(super) charges: Vec<String>,
    pub(super) measures: Vec<String>,
    pub(super) results: Vec<String>,
    /// Where bands or levels of a grade stand.
    pub(super) bands: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TotalRule {
    pub(super) combine: Combine,
    pub(super) list: Vec<u16>,
    pub(super) floor: Points,
    pub(super) cap: Option<Points>,
    pub(super) rounding: Rounding,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PartRule {
    /// Its key, which a refusal names.
    pub(super) key: String,
    pub(super) minus: bool,
    pub(super) weight: BasisPoints,
    pub(super) total: Option<Points>,
    pub(super) source: SourceRule,
    pub(super) floor: Option<Points>,
    pub(super) cap: Option<Points>,
    pub(super) empty: Empty,
}

impl PartRule {
    /// Whether its figure is a factor as it is, whatever its full points are.
    pub(super) const fn is_factor(&self) -> bool {
        match &self.source {
            SourceRule::Result { take, .. } => !matches!(take, TakeRule::Total),
            SourceRule::Measured { .. } => self.total.is_none(),
            _ => false,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SourceRule {
    Items(ItemsRule),
    Typed {
        /// The place of the first criterion among all.
        first: u32,
        most: Vec<Points>,
    },
    Charges {
        from: ChargeFrom,
        charges: Range<u16>,
    },
    Measured {
        place: u16,
        curve: Curve,
    },
    Result {
        place: u16,
        take: TakeRule,
    },
    Parts {
        combine: Combine,
        list: Vec<u16>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ItemsRule {
    pub(super) groups: Vec<(FilterRule, u16)>,
    pub(super) full: Full,
    pub(super) pool: Pool,
    pub(super) outside: Outside,
    pub(super) unscored: Unscored,
}

impl ItemsRule {
    /// Whether an item counts here at all, by where its weight stands.
    pub(super) const fn takes(&self, item: &ItemFacts) -> bool {
        match self.outside {
            Outside::None => !item.outside,
            Outside::Only { .. } => item.outside,
            Outside::Pooled | Outside::Bonus { .. } | Outside::Extra { .. } => true,
        }
    }

    /// The method by which an item is judged here; `None` where the part does not hold it.
    pub(super) fn method(&self, item: &ItemFacts) -> Option<usize> {
        let mut groups = self.groups.iter();
        let group = groups.find(|(filter, _)| filter.holds(item))?;
        Some(group.1.into())
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TakeRule {
    Total,
    Factor(Vec<CurvePoint>),
    FactorOfBand(Vec<BasisPoints>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MethodRule {
    pub(super) scoring: ScoringRule,
    pub(super) charges: Range<u16>,
    pub(super) undone: BasisPoints,
    pub(super) floor: BasisPoints,
    pub(super) cap: BasisPoints,
    /// Whether some charge is typed, so that a rater has to say something.
    pub(super) typed: bool,
}

impl MethodRule {
    /// Whether facts alone say what an item gives, before anything typed is taken off.
    pub(super) fn by_facts(&self, item: &ItemFacts) -> bool {
        match self.scoring {
            ScoringRule::Whole => true,
            ScoringRule::Reached(_) => item.reached.is_some_and(|(_, under)| under > 0),
            _ => false,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ScoringRule {
    Matrix(Vec<Vec<BasisPoints>>),
    Levels(Vec<BasisPoints>),
    /// Typed points, also where the item's own rule proposes them.
    Typed,
    Whole,
    Reached(Curve),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RaterRule {
    pub(super) weight: BasisPoints,
    pub(super) missing: MissingRule,
    pub(super) several: Option<Several>,
    pub(super) of: Option<FilterRule>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MissingRule {
    CountsZero,
    LeftOut,
    /// Nothing is published, whether something provisional is paid meanwhile or not.
    Blocks,
    Instead(u16),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ChargeRule {
    pub(super) counted: CountedRule,
    pub(super) amount: Option<Amount>,
    pub(super) most: Option<Points>,
}

impl ChargeRule {
    /// The least and the most that is typed of it.
    pub(super) const fn typed(&self) -> (Points, Points) {
        match &self.amount {
            Some(Amount::Fixed(most)) => (Points(0), *most),
            Some(Amount::Range { least, most }) => (*least, *most),
            Some(Amount::Escalating(_)) | None => (Points(0), Points(i64::MAX)),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CountedRule {
    Entries { tariff: u16 },
    Days { of: LateRule, days: DayCount },
    Hours { of: LateRule, hours: HourCount },
    StepsShort { place: u16, target: i64, each: Each },
    ShortOfTarget { each: Each },
    Typed,
    Undone,
}

/// Whose lateness: the item's own, or that of the step of this deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LateRule {
    Due,
    Step(u16),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GateRule {
    /// Its place in the regime: a gate of another cycle is no rule of this one.
    pub(super) place: u16,
    pub(super) when: ConditionRule,
    pub(super) effect: EffectRule,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ConditionRule {
    Entries { tariff: u16, least: u32 },
    PartBelow { part: u16, points: Points },
    MustUndone { least: u32 },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EffectRule {
    NoBetterThan(u16),
    TotalAtMost(Points),
    ItemZero,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Grading {
    Bands {
        looks_at: LooksAt,
        bands: Vec<BandRule>,
    },
    Decided(Vec<BasisPoints>),
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BandRule {
    pub(super) from: Points,
    pub(super) below: Option<Points>,
    pub(super) coefficient: BasisPoints,
}

/// What is decided from a whole cohort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CohortRule {
    /// Below so many heads a cohort is small.
    pub(super) small: u32,
    pub(super) then: SmallThen,
    pub(super) round_up: bool,
    pub(super) quotas: Vec<QuotaRule>,
    pub(super) ceiling: Option<Ceiling>,
    pub(super) ranked: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct QuotaRule {
    /// Its place in the regime.
    pub(super) place: u16,
    pub(super) band: u16,
    pub(super) share: BasisPoints,
    pub(super) kind: QuotaKind,
    pub(super) over: u16,
    pub(super) lent: bool,
}

/// Which items, as bits of places; no bits restrict nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct FilterRule {
    pub(super) sections: u64,
    pub(super) categories: u64,
    pub(super) sources: u64,
    pub(super) targets: u64,
    pub(super) must: Option<bool>,
}

impl FilterRule {
    /// Whether an item is among those that are meant.
    pub(super) fn holds(&self, item: &ItemFacts) -> bool {
        // A filter names none of the places that have no bit.
        let has = |bits: u64, place: u16| bits == 0 || (place < 64 && bits & bit(place) != 0);
        has(self.sections, item.section)
            && has(self.categories, item.category)
            && has(self.sources, item.source)
            && has(self.targets, target(item.target))
            && self.must.is_none_or(|must| must == item.must)
    }
}

/// The bit of a place; lists that filters name are shorter than 64.
pub(super) const fn bit(place: u16) -> u64 {
    1 << (place & 63)
}

/// The place of a target kind.
pub(super) const fn target(kind: TargetKind) -> u16 {
    kind as u16
}
