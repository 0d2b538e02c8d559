//! The grade of a result 等级: the band or the decided level that its own arithmetic came to.

use super::{PlanResult, Step};
use crate::quantity::Points;
use crate::regime::Regime;
use crate::regime::grades::Band;

/// The lower edge of the band with which a derivation ends, in hundredths of a point; `None` below
/// all bands, and where nothing was graded by points.
pub(crate) fn edge(derivation: &[Step]) -> Option<Points> {
    let mut steps = derivation.iter().rev();
    steps.find_map(|step| match step {
        Step::Band { from, .. } => *from,
        _ => None,
    })
}

/// The band with which a derivation ends.
pub(crate) fn banded<'regime>(
    regime: &'regime Regime,
    derivation: &[Step],
) -> Option<&'regime Band> {
    let from = edge(derivation)?;
    regime.bands().iter().find(|band| band.from == from)
}

impl PlanResult {
    /// Key of the band or of the decided level; `None` below all bands and where the regime does not
    /// grade.
    ///
    /// `regime` is the version by which it was judged.
    pub fn grade(&self, regime: &Regime) -> Option<String> {
        match &self.three {
            Some(three) => three.band.clone(),
            None => banded(regime, &self.derivation).map(|band| band.key.clone()),
        }
    }
}
