//! Figures as lines: the median and the range, beside the goal.

/// What a figure shall be.
#[derive(Clone, Copy)]
pub(super) enum Goal {
    /// Told for comparison.
    None,
    /// So much at most.
    Most(f64),
    /// So much at least.
    Least(f64),
}

impl Goal {
    fn words(self, is: f64) -> String {
        let met = |met| if met { "met" } else { "MISSED" };
        match self {
            Self::None => String::new(),
            Self::Most(most) => format!("; goal <= {most}: {}", met(is <= most)),
            Self::Least(least) => format!("; goal >= {least}: {}", met(is >= least)),
        }
    }
}

/// Tells milliseconds that were taken several times.
#[expect(clippy::print_stdout, reason = "the figures are what the bench is for")]
pub(super) fn figure(what: &str, rows: f64, taken: &[f64], goal: Goal) {
    let (least, middle, most) = range(taken);
    let goal = goal.words(middle);
    println!(
        "BENCH {middle:>8.1} ms ({least:.1} to {most:.1})  {what}; {rows} rows on the device{goal}"
    );
}

/// Tells how figures stand to others that were taken in turns with them: the median of each.
#[expect(clippy::print_stdout, reason = "the figures are what the bench is for")]
pub(super) fn ratio(what: &str, these: &[f64], others: &[f64], goal: Goal) {
    let is = range(these).1 / range(others).1;
    println!("BENCH {is:>8.2} x  {what}{}", goal.words(is));
}

/// The least, the middle and the most.
fn range(taken: &[f64]) -> (f64, f64, f64) {
    let mut sorted = taken.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len() - 1;
    (sorted[0], sorted[sorted.len() / 2], sorted[last])
}
