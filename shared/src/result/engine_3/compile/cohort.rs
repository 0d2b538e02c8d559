//! The part of compiling that reads what is decided from a whole cohort.

use crate::regime::cohort::QuotaKind;
use crate::regime::validate::Finding;

use super::super::program::{CohortRule, QuotaRule};
use super::Compiler;

impl Compiler<'_> {
    /// Quotas come in the order in which they are filled: what limits the best band first, so that
    /// who finds no place there is counted in the next; then what asks for a least number.
    pub(super) fn cohort(&mut self) -> Result<(), Finding> {
        let Some(cohort) = &self.regime.cohort else {
            return Ok(());
        };
        let mut quotas = Vec::with_capacity(cohort.quotas.len());
        for (nth, quota) in (0..).zip(&cohort.quotas) {
            let at = format!("/cohort/quotas/{nth}");
            quotas.push(QuotaRule {
                place: nth,
                band: self.band(&quota.band, &format!("{at}/band"))?,
                share: quota.share,
                kind: quota.kind,
                over: self.band(&quota.over, &format!("{at}/over"))?,
                lent: quota.lent,
            });
        }
        quotas.sort_by_key(|quota| match quota.kind {
            QuotaKind::AtMost => (0, quota.band),
            QuotaKind::AtLeast => (1, quota.place),
        });
        self.program.cohort = Some(CohortRule {
            small: cohort.small.below,
            then: cohort.small.then,
            round_up: cohort.round_up,
            quotas,
            ceiling: cohort.ceiling,
            ranked: cohort.ranked,
        });
        Ok(())
    }
}
