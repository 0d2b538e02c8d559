//! What stands between a publication and the seal: results of others that were still open then, and
//! what closing the cohort decided.
//!
//! Kept with the sealed result, so that whoever may see it recomputes it from its own parts and these
//! facts, and from nothing of anybody else.

use serde::{Deserialize, Serialize};

use crate::canonical;
use crate::id::{PeriodId, PersonId, PlanId};
use crate::quantity::BasisPoints;
use crate::refusal::Refusal;
use crate::regime::grades::GradeBy;
use crate::regime::{Document, Regime};
use crate::result::engine_3::cohort::{self as engine, CohortFacts, Settled};
use crate::result::engine_3::inputs::ResultFact;
use crate::result::engine_3::{self, Figures, Node, Program, Tape};
use crate::result::{Computed, PlanResult, Step};
use crate::world::{Stop, World};

use super::Assessment;

/// Results of others that were open when a part was published, as they are now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    /// The part's plan.
    pub plan: PlanId,
    /// The results, each known.
    pub results: Vec<ResultFact>,
}

/// What closing decided about a person's result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// The cohort's facts; none where nothing is decided from a cohort.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<CohortFacts>,
    /// Their digest; empty where there are none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub digest: String,
    /// What was open at publication.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filled: Vec<Filled>,
    /// The quota that gave the grade, by its place in the regime.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota: Option<u16>,
    /// Whether the person was judged, or judged again, after the places were filled, and stands in a
    /// band beyond them 超额.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub over_quota: bool,
    /// Whether the figures were settled by facts that stood before them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub late: bool,
    /// The place among all of the cohort, from 1, where ranks are shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
    /// Key of the band or the decided grade.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band: Option<String>,
    /// The derivation, to its end.
    pub tape: Vec<Node>,
    /// Digest of the tape.
    pub root: String,
}

/// A person's figures before the cohort is looked at.
#[derive(Debug, Clone)]
pub(crate) struct Stand {
    pub(crate) assessment: Assessment,
    /// The plan of the last part.
    pub(crate) plan: PlanId,
    pub(crate) period: PeriodId,
    /// The published results: plan, version and digest.
    pub(crate) of: Vec<(PlanId, u32, String)>,
    pub(crate) filled: Vec<Filled>,
    pub(crate) figures: Figures,
    pub(crate) tape: Tape,
}

impl Closed {
    /// What a cohort decided about somebody, with the derivation to its end.
    pub(crate) fn of(
        world: &World,
        program: &Program,
        stand: &Stand,
        (settled, facts, late): (&Settled, &CohortFacts, bool),
    ) -> Result<Self, Stop> {
        let (_, _, rules) = world.organisation().judged(stand.period)?;
        let mut tape = stand.tape.clone();
        let figures = engine::finish(program, &stand.figures, settled, &mut tape)?;
        let full = engine::is_full(program, facts, settled.band);
        Ok(Self {
            digest: facts.digest(),
            facts: Some(facts.clone()),
            quota: settled.quota,
            over_quota: late && full,
            late,
            rank: settled.rank,
            ..Self::ended(rules.regime, &figures, tape, stand.filled.clone())
        })
    }

    /// What results of others left of somebody about whom no cohort decides.
    pub(super) fn ended(
        regime: &Regime,
        figures: &Figures,
        tape: Tape,
        filled: Vec<Filled>,
    ) -> Self {
        let band = figures.band.and_then(|at| regime.grades.key(at.into()));
        Self {
            facts: None,
            digest: String::new(),
            filled,
            quota: None,
            over_quota: false,
            late: false,
            rank: None,
            band: band.map(str::to_owned),
            root: root(&tape.nodes),
            tape: tape.nodes,
        }
    }
}

/// Digest of a closing tape.
fn root(tape: &[Node]) -> String {
    canonical::digest("jihe/tape/3", &tape)
}

/// What the facts that stand make of somebody who was judged after them: no quota moves the person,
/// and a band whose places are taken is beyond its quota.
pub(crate) fn beyond(
    program: &Program,
    person: PersonId,
    figures: &Figures,
    facts: &CohortFacts,
) -> Result<Settled, Stop> {
    let settled = engine::alone(program, person, figures, facts, (None, true))?;
    settled.ok_or_else(|| Refusal::NothingToDecide.into())
}

/// A published result with what was open in it filled in; itself where nothing was.
pub(super) fn filled(
    document: &Document,
    result: &PlanResult,
    filled: &[Filled],
) -> Result<PlanResult, Refusal> {
    let here = filled.iter().find(|filled| filled.plan == result.plan);
    match here {
        Some(here) => result.filled(&document.read(), &here.results),
        None => Ok(result.clone()),
    }
}

/// The figures of a person with their tape: that of the only part, or one that begins with the mean
/// of several.
pub(super) fn figures(
    regime: &Regime,
    program: &Program,
    parts: &[(u32, &PlanResult)],
    computed: &Computed,
) -> Result<(Figures, Tape), Refusal> {
    if let [(_, result)] = parts
        && let Some(three) = &result.three
    {
        let mut tape = Tape::default();
        let figures = engine_3::person(program, &three.inputs, &mut tape)?;
        return Ok((figures, tape));
    }
    let band = band(regime, computed);
    let tape = engine::begun(program, computed.total, (band, computed.coefficient))?;
    let open = |result: &PlanResult| result.three.as_ref().is_some_and(|three| three.preliminary);
    let figures = Figures {
        exact: computed.exact.exact()?,
        total: computed.total,
        band,
        coefficient: computed.coefficient,
        preliminary: parts.iter().any(|(_, result)| open(result)),
    };
    Ok((figures, tape))
}

/// The band that the last step names, by its place.
fn band(regime: &Regime, computed: &Computed) -> Option<u16> {
    let Some(Step::Band {
        from: Some(from),
        coefficient,
    }) = computed.derivation.last()
    else {
        return None;
    };
    let GradeBy::Points { bands, .. } = &regime.grades.by else {
        return None;
    };
    let meant = |band: &BasisPoints| band == coefficient;
    let mut bands = bands.iter();
    let at = bands.position(|band| band.from == *from && meant(&band.coefficient));
    at.and_then(|at| u16::try_from(at).ok())
}

/// What a person's figures come to under what closing decided; `None` where the two do not belong
/// together, or the tape is not the one that leads there.
pub(super) fn again(
    document: &Document,
    (person, closed): (PersonId, &Closed),
    parts: &[(u32, &PlanResult)],
    computed: Computed,
) -> Option<Computed> {
    let regime = document.read();
    let kind = parts
        .iter()
        .find_map(|(_, result)| Some(result.three.as_ref()?.kind))?;
    let program = engine_3::compile(&regime, kind).ok()?;
    let (figures, mut tape) = self::figures(&regime, &program, parts, &computed).ok()?;
    let mut after = figures;
    if let Some(facts) = &closed.facts {
        let told = (closed.quota, closed.late);
        let settled = engine::alone(&program, person, &figures, facts, told).ok()??;
        after = engine::finish(&program, &figures, &settled, &mut tape).ok()?;
        let over = closed.late && engine::is_full(&program, facts, settled.band);
        if (closed.over_quota && !over) || facts.digest() != closed.digest {
            return None;
        }
    }
    let ended = Closed::ended(&regime, &after, tape, closed.filled.clone());
    let same =
        (&ended.tape, &ended.root, &ended.band) == (&closed.tape, &closed.root, &closed.band);
    (same && !after.preliminary).then_some(Computed {
        total: after.total,
        coefficient: after.coefficient,
        ..computed
    })
}
