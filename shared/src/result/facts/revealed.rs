//! What raters stated, with who and why: the very scores that the facts of a result are gathered from.

use crate::id::{PersonId, PlanId};
use crate::moment::Day;
use crate::part_score::PartScore;
use crate::revealed::{ItemFigure, PartFigure, Revealed};
use crate::world::{Stop, World};

use super::Asked;

/// What a publication by this judge reveals to the person; none where the regime reveals nothing.
pub(crate) fn revealed(
    world: &World,
    (plan, version): (PlanId, u32),
    judge: PersonId,
    day: Day,
) -> Result<Option<Revealed>, Stop> {
    let asked = Asked::of(world, plan, judge, day)?;
    if !asked.rules.regime.after.revealed {
        return Ok(None);
    }
    Ok(Some(Revealed {
        plan,
        version,
        items: asked.item_figures(),
        parts: asked.part_figures(),
    }))
}

impl Asked<'_> {
    fn item_figures(&self) -> Vec<ItemFigure> {
        let later = crate::result::deferred(self.rules, self.period, self.document);
        let mut figures = Vec::new();
        for item in self.document.items_in_order() {
            if later.iter().any(|later| later.item == item.id) {
                continue;
            }
            for rater in &self.rules.regime.judging.raters {
                if !self.rules.is_rated(rater, item) {
                    continue;
                }
                let scores = self.scores(item, rater).into_iter();
                figures.extend(scores.map(|score| ItemFigure {
                    item: item.id,
                    rater: rater.key.clone(),
                    by: score.by,
                    judgement: score.judgement.clone(),
                    note: score.note.clone(),
                }));
            }
        }
        figures
    }

    fn part_figures(&self) -> Vec<PartFigure> {
        let mut figures = Vec::new();
        for (part, places) in self.rules.typed() {
            for (_, wanted) in places {
                for rater in &self.rules.regime.judging.raters {
                    let own = self.part_scores((part, wanted), rater).into_iter();
                    figures.extend(own.map(|one: &PartScore| PartFigure {
                        part: one.part.clone(),
                        criterion: one.criterion.clone(),
                        rater: one.rater.clone(),
                        by: one.by,
                        points: one.points,
                        note: one.note.clone(),
                    }));
                }
            }
        }
        figures
    }
}
