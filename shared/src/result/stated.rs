//! What was judged of each item, read back from what a published result holds.

use std::collections::BTreeMap;

use super::PlanResult;
use super::engine_3::inputs::{Rating, Stated};
use crate::id::ItemId;
use crate::regime::Rules;
use crate::regime::judging::{Method, Scoring};
use crate::score::Judgement;
use crate::world::PlanDocument;

impl Stated {
    /// The judgement that this was made of, by the keys of the method that asked for it; `None` where
    /// the method has no such place.
    pub fn judgement(&self, method: &Method) -> Option<Judgement> {
        let off = self.off.iter().map(|(at, points)| {
            let charge = method.charges.get(usize::from(*at))?;
            Some((charge.key.clone(), *points))
        });
        let off: BTreeMap<_, _> = off.collect::<Option<_>>()?;
        let at = usize::from;
        Some(match (self.rating, &method.scoring) {
            (Rating::Undone, _) => Judgement::NotCarriedOut,
            (
                Rating::Cell(row, column),
                Scoring::Matrix {
                    efficiency,
                    quality,
                    ..
                },
            ) => Judgement::CarriedOut {
                efficiency: efficiency.get(at(row))?.key.clone(),
                quality: quality.get(at(column))?.key.clone(),
            },
            (Rating::Level(level), Scoring::Levels { levels }) => Judgement::Level {
                level: levels.get(at(level))?.key.clone(),
                off,
            },
            (Rating::Points(points), _) => Judgement::Points { points, off },
            (Rating::Whole, _) => Judgement::Whole { off },
            (Rating::Cell(..) | Rating::Level(_), _) => return None,
        })
    }
}

impl PlanResult {
    /// What was judged of each item on which one rater alone decided; items whose points several
    /// ratings gave are left out, for none of these is the judgement. A rating that weighs nothing,
    /// as one's own often does, is none of them.
    ///
    /// `rules` are those by which it was judged; `document` is the plan's, for its items say which
    /// method asked.
    pub fn judged(&self, rules: Rules<'_>, document: &PlanDocument) -> BTreeMap<ItemId, Judgement> {
        let Some(three) = &self.three else {
            let inputs = self.inputs.iter();
            return inputs
                .map(|one| (one.item, one.judgement.clone()))
                .collect();
        };
        let raters = &rules.regime.judging.raters;
        let items = three.inputs.items.iter();
        let judged = items.filter_map(|facts| {
            let mut counting = facts.stated.iter().filter(|one| {
                let rater = raters.get(usize::from(one.rater));
                rater.is_some_and(|rater| rater.weight.0 > 0)
            });
            let (Some(stated), None) = (counting.next(), counting.next()) else {
                return None;
            };
            let method = rules.method(document.items.get(&facts.item)?)?;
            Some((facts.item, stated.judgement(method)?))
        });
        judged.collect()
    }
}
