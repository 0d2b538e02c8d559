//! Payroll hand-over 工资移交: what a month's pay gives or takes for results and entries, in whole fen.
//!
//! A batch is drawn from what is known ([`draft`]), looked through, and handed over under the digest of
//! its file; from then on it never changes. What turns out otherwise later is a line of a later batch
//! that names the batch which it corrects. The program deducts nothing, it exports; what a person loses
//! is bounded by a share of the month's pay and by the minimum wage, and what is above stays open.
//!
//! Who pays sees no scores: of a sealed result a [`Payable`] is kept beside it, which says whose,
//! for which period, and which coefficient.

use sha2::{Digest, Sha256};

use crate::id::{PeriodId, PlanId};
use crate::moment::Day;

mod base;
mod batch;
mod book;
mod draft;
mod due;
mod file;
mod lines;
mod payable;
mod term;

pub use base::{MinimumWage, PayBase};
pub use batch::{ControlTotals, LineOf, PayBatch, PayLine, PaySlip, Scope, SealRef, Spot};
pub use book::{Book, base_of, bases, batches, former, minimums, slips_of};
pub use draft::{Draft, LeftOut, WhyOut, draft, ledgers, reads, terms};
pub use due::{Due, EntryDue, ResultDue};
pub use file::{digest, file, month_word};
pub use lines::lines;
pub use payable::Payable;
pub use term::{House, Term, carried, pays, share_of_month, term};

/// Months back to which a correction reaches: as long as records of pay have to be kept (Interim
/// Provisions on Payment of Wages, art. 6: two years).
pub const MOST_MONTHS: u32 = 24;

/// The document in which pay bases, minimum wages and batches stand.
pub fn book() -> PlanId {
    named(b"jihe/payroll/1\n", &[])
}

/// The document of what payroll learns of a period's sealed results.
pub fn payables(period: PeriodId) -> PlanId {
    named(b"jihe/payables/1\n", &period.bits().to_be_bytes())
}

/// The document of the slips of a pay month, given by its first day.
pub fn month(month: Day) -> PlanId {
    named(b"jihe/payslips/1\n", month.to_string().as_bytes())
}

/// A document like a plan's, whose identity follows from what names it and is the id of no plan that
/// anybody makes.
fn named(kind: &[u8], name: &[u8]) -> PlanId {
    let mut hash = Sha256::new();
    hash.update(kind);
    hash.update(name);
    let mut bits = [0; 16];
    bits.copy_from_slice(&hash.finalize()[..16]);
    PlanId::from_bits(u128::from_be_bytes(bits))
}
