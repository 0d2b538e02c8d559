//! The verdict: what a judge would publish now, and the digest that the signature must carry.
//!
//! The document decides by which arithmetic: plans under one of format 1 are judged by the second to
//! the end of their period, so that no month is judged half and half.

use crate::digest;
use crate::id::{ItemId, PersonId, PlanId};
use crate::item::Item;
use crate::moment::Day;
use crate::period::Period;
use crate::quantity::Points;
use crate::refusal::Refusal;
use crate::regime::judging::Method;
use crate::regime::{RegimeVersion, Rules, v1};
use crate::world::{PlanDocument, Stop, World};

use super::engine_3::{self, inputs::Inputs};
use super::evaluated::{Evaluated, Titled};
use super::facts::{self, Missing};
use super::{Computed, Deferred, ENGINE_2, ItemInput, compute, deferred, inputs};

/// What a judge would publish now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The inputs of the second arithmetic, in the plan's order.
    pub inputs: Vec<ItemInput>,
    /// Items that are scored in the next period.
    pub deferred: Vec<Deferred>,
    /// What they give.
    pub computed: Computed,
    /// Facts and tape of the third arithmetic.
    pub three: Option<Box<Evaluated>>,
    /// The arithmetic's version.
    pub engine_version: u32,
    /// The digest to be signed: the value of `seen`.
    pub seen: String,
}

/// What scores given so far amount to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// How many items are judged.
    pub judged: usize,
    /// Of how many.
    pub all: usize,
    /// What nobody has said yet; only of regimes of format 2.
    pub missing: Missing,
    /// The inputs of the second arithmetic.
    pub inputs: Vec<ItemInput>,
    /// The figures, where anything can be computed.
    pub computed: Option<Computed>,
    /// Facts and tape of the third arithmetic.
    pub three: Option<Box<Evaluated>>,
}

/// A plan on its way to a verdict.
struct Trial<'w> {
    world: &'w World,
    plan: PlanId,
    document: &'w PlanDocument,
    period: &'w Period,
    version: &'w RegimeVersion,
    rules: Rules<'w>,
    judge: PersonId,
    day: Day,
}

impl<'w> Trial<'w> {
    fn of(world: &'w World, plan: PlanId, judge: PersonId, day: Day) -> Result<Self, Stop> {
        let organisation = world.organisation();
        let (found, document) = world.plan(plan).or_not_found("plan")?;
        let (period, version, rules) = organisation.judged(found.period)?;
        Ok(Self {
            world,
            plan,
            document,
            period,
            version,
            rules,
            judge,
            day,
        })
    }

    fn deferred(&self) -> Vec<Deferred> {
        deferred(self.rules, self.period, self.document)
    }

    /// The facts that the third arithmetic judges, with what nobody has said yet.
    fn facts(&self) -> Result<(engine_3::Program, Inputs, Missing), Stop> {
        let program = engine_3::compile(self.rules.regime, self.period.kind);
        let program = program.map_err(|finding| Refusal::RegimeInvalid {
            findings: vec![finding],
        })?;
        let (inputs, missing) =
            facts::gather(self.world, self.plan, self.judge, &program, self.day)?;
        Ok((program, inputs, missing))
    }

    fn titles(&self) -> Vec<Titled> {
        let items = self.document.items_in_order().into_iter();
        items
            .map(|item| Titled {
                item: item.id,
                title: item.title.clone(),
            })
            .collect()
    }

    fn by_engine_3(&self) -> Result<Verdict, Stop> {
        let (program, facts, missing) = self.facts()?;
        if missing.grade {
            return Err(Refusal::GradeOpen.into());
        }
        let kind = self.period.kind;
        let made = Evaluated::of((&program, kind), self.rules.regime, facts, self.titles())?;
        let (three, computed) = made;
        Ok(Verdict {
            inputs: Vec::new(),
            deferred: self.deferred(),
            seen: three.seen(self.plan, computed.total),
            engine_version: engine_3::VERSION,
            computed,
            three: Some(Box::new(three)),
        })
    }

    fn by_engine_2(&self, regime: &v1::Regime) -> Result<Verdict, Stop> {
        let deferred = self.deferred();
        let inputs = inputs(self.document, self.judge, &deferred);
        let there = |item: &Item| {
            let later = deferred.iter().any(|later| later.item == item.id);
            later || inputs.iter().any(|input| input.item == item.id)
        };
        let items = self.document.items_in_order();
        let lacks = |item: &&&Item| item.weight > Points(0) && !there(item);
        let missing: Vec<ItemId> = items.iter().filter(lacks).map(|item| item.id).collect();
        if !missing.is_empty() {
            return Err(Refusal::ScoresMissing { items: missing }.into());
        }
        if !inputs.iter().any(|input| input.weight > Points(0)) {
            return Err(Refusal::NothingToJudge.into());
        }
        let computed = compute(regime, &inputs, &deferred)?;
        let stated = inputs
            .iter()
            .map(|input| (input.item, &input.judgement))
            .collect();
        let later: Vec<ItemId> = deferred.iter().map(|item| item.item).collect();
        let (steps, total) = (&computed.derivation, computed.total);
        let seen = digest::verdict(self.plan, stated, &later, steps, total);
        Ok(Verdict {
            inputs,
            deferred,
            computed,
            three: None,
            engine_version: ENGINE_2,
            seen,
        })
    }
}

/// Computes what the judge would publish on a day; refuses while a score is missing without which
/// nothing is published.
pub fn verdict(world: &World, plan: PlanId, judge: PersonId, day: Day) -> Result<Verdict, Stop> {
    let trial = Trial::of(world, plan, judge, day)?;
    match trial.version.document.v1() {
        Some(regime) => trial.by_engine_2(regime),
        None => trial.by_engine_3(),
    }
}

/// Computes what the judge's scores amount to so far: items without a score are left out.
pub fn running(world: &World, plan: PlanId, judge: PersonId, day: Day) -> Result<Running, Stop> {
    let trial = Trial::of(world, plan, judge, day)?;
    let deferred = trial.deferred();
    let judged = inputs(trial.document, judge, &deferred);
    let all = trial.document.items.len() - deferred.len();
    let mut running = Running {
        judged: judged.len(),
        all,
        missing: Missing::default(),
        inputs: Vec::new(),
        computed: None,
        three: None,
    };
    if let Some(regime) = trial.version.document.v1() {
        running.computed = compute(regime, &judged, &deferred).ok();
        running.inputs = judged;
        return Ok(running);
    }
    let (program, mut facts, missing) = trial.facts()?;
    let open = |item: ItemId| missing.ratings.iter().any(|(_, of)| *of == item);
    running.judged = facts.items.iter().filter(|fact| !open(fact.item)).count();
    facts
        .items
        .retain(|fact| !open(fact.item) || !missing_blocks(&trial, fact.item));
    let kind = trial.period.kind;
    let made = Evaluated::of((&program, kind), trial.rules.regime, facts, trial.titles());
    if let Ok((three, computed)) = made {
        running.computed = Some(computed);
        running.three = Some(Box::new(three));
    }
    running.missing = missing;
    Ok(running)
}

/// Whether an item without a rating would hold the whole figure up.
fn missing_blocks(trial: &Trial<'_>, item: ItemId) -> bool {
    let item = trial.document.items.get(&item);
    let method = item.and_then(|item| trial.rules.method(item));
    method.is_some_and(Method::asks)
}
