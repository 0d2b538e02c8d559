//! What a published result recorded, in one shape whichever arithmetic published it.
//!
//! Results of the first two hold less than those of the third; what they do not hold is said and not
//! filled in.

use crate::item::TargetKind;
use crate::quantity::Points;
use crate::refusal::Refusal;
use crate::regime::document::Regime;
use crate::regime::judging::Method;
use crate::regime::who::Who;
use crate::result::engine_3::Program;
use crate::result::engine_3::inputs::{
    Inputs, ItemFacts, Late, NONE, Outcome, Rating, Stated, unknown,
};
use crate::result::{Deferred, ItemInput, PlanResult};
use crate::score::Judgement;

/// Facts as the third arithmetic keeps them, by the places of the old rules.
pub(super) struct Recorded {
    /// The facts.
    pub(super) inputs: Inputs,
    /// Whether targets, lateness, degrees, must and importance are among them, and every rater.
    pub(super) whole: bool,
}

/// Reads what a result recorded. Refuses judgements that its own rules do not know.
pub(super) fn recorded(
    result: &PlanResult,
    old: &Regime,
    program: &Program,
) -> Result<Recorded, Refusal> {
    if let Some(three) = &result.three {
        return Ok(Recorded {
            inputs: three.inputs.clone(),
            whole: true,
        });
    }
    let mut inputs = Inputs::default();
    for input in &result.inputs {
        let facts = of_input(input, old)?;
        inputs
            .items
            .push(stated(facts, &input.judgement, (old, program))?);
    }
    for later in &result.deferred {
        inputs.left_to_next.push(of_deferred(later, old)?);
    }
    inputs.sort();
    Ok(Recorded {
        inputs,
        whole: false,
    })
}

fn of_input(input: &ItemInput, old: &Regime) -> Result<ItemFacts, Refusal> {
    let facts = facts(&input.section, input.weight, input.bonus, old)?;
    Ok(ItemFacts {
        item: input.item,
        outcome: match input.judgement {
            Judgement::NotCarriedOut => Outcome::Undone,
            _ => Outcome::Done,
        },
        ..facts
    })
}

fn of_deferred(later: &Deferred, old: &Regime) -> Result<ItemFacts, Refusal> {
    let facts = facts(&later.section, later.weight, later.bonus, old)?;
    Ok(ItemFacts {
        item: later.item,
        ..facts
    })
}

fn facts(key: &str, weight: Points, bonus: bool, old: &Regime) -> Result<ItemFacts, Refusal> {
    let sections = &old.items.sections;
    // Results of the first arithmetic name no section; their rules look at none.
    let at = match key {
        "" => 0,
        key => sections
            .iter()
            .position(|section| section.key == key)
            .ok_or_else(|| unknown("section", key))?,
    };
    Ok(ItemFacts {
        item: crate::id::ItemId::from_bits(0),
        section: u16::try_from(at).unwrap_or(NONE),
        category: NONE,
        source: NONE,
        target: TargetKind::Done,
        must: false,
        outside: bonus || sections.get(at).is_some_and(|section| section.outside),
        weight,
        importance: Points(0),
        outcome: Outcome::Undone,
        late: Late::default(),
        reached: None,
        stated: Vec::new(),
    })
}

/// The superior's judgement, by the places of the method that judged.
fn stated(
    mut facts: ItemFacts,
    judgement: &Judgement,
    (old, program): (&Regime, &Program),
) -> Result<ItemFacts, Refusal> {
    let mut raters = old.judging.raters.iter();
    let superior = raters.position(|rater| rater.by == Who::Superior);
    let rater = superior.and_then(|at| u16::try_from(at).ok());
    let method = method_of(&facts, old, program);
    if let (Some(rater), Some(method)) = (rater, method) {
        let rating = Rating::of(&method.scoring, judgement)?;
        let off = Vec::new();
        facts.stated.push(Stated { rater, rating, off });
    }
    Ok(facts)
}

/// The method by which an item is judged.
pub(super) fn method_of<'r>(
    facts: &ItemFacts,
    regime: &'r Regime,
    program: &Program,
) -> Option<&'r Method> {
    regime.judging.methods.get(program.method_of(facts)?)
}
