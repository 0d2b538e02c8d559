//! What is said of a person, for the screen and for the sheet alike.

use shared::organisation::Organisation;
use shared::quantity::{BasisPoints, Points};
use shared::regime::Regime;
use shared::seal::Assessment;
use shared::sheet;
use shared::whatif::{Outcome, Standing};

use super::lacking;
use crate::i18n::{common, names, whatif as words};

/// The grade of somebody: the band's name, or why there is none.
pub(super) fn grade(regime: &Regime, standing: &Standing) -> String {
    match standing.assessment {
        Assessment::NotAssessed => return words::not_assessed().to_owned(),
        Assessment::Provisional => return words::provisional().to_owned(),
        Assessment::Assessed => {}
    }
    let band = standing.band.as_deref();
    band.map_or_else(String::new, |band| names::grade(regime, band))
}

/// The printed total; nothing where nothing was judged.
pub(super) fn total(standing: &Standing) -> String {
    if standing.assessment == Assessment::Assessed {
        standing.total.to_string()
    } else {
        String::new()
    }
}

/// A share of pay in percent.
pub(super) fn percent(share: BasisPoints) -> String {
    format!("{}%", Points(share.0))
}

/// A difference with its sign.
pub(super) fn signed(value: &str) -> String {
    if value.starts_with('-') || value.chars().all(|one| matches!(one, '0' | '.' | '%')) {
        value.replacen('-', "−", 1)
    } else {
        format!("+{value}")
    }
}

/// The whole outcome as CSV.
pub(super) fn csv(
    organisation: &Organisation,
    outcome: &Outcome,
    (old, new): (&Regime, &Regime),
) -> String {
    let pair = |of: &str| {
        let both = [words::then(), words::now()];
        both.map(|which| common::with_note(of, which))
    };
    let mut head = vec![words::unit().to_owned(), words::person().to_owned()];
    for of in [
        words::total(),
        words::grade(),
        words::coefficient(),
        words::pay(),
    ] {
        head.extend(pair(of));
    }
    head.push(common::with_note(words::coefficient(), words::difference()));
    head.push(common::with_note(words::pay(), words::difference()));
    head.push(words::reason().to_owned());
    let mut rows = vec![head];
    for line in &outcome.lines {
        let (_, coefficient, pay) = line.difference();
        let (then, now) = (&line.then, &line.now);
        let reason = if line.converted > 0 {
            words::converted_why().to_owned()
        } else {
            String::new()
        };
        rows.push(vec![
            names::unit_of(organisation, line.unit),
            names::person_of(organisation, line.person),
            total(then),
            total(now),
            grade(old, then),
            grade(new, now),
            then.coefficient.to_string(),
            now.coefficient.to_string(),
            percent(then.pay),
            percent(now.pay),
            coefficient.to_string(),
            percent(pay),
            reason,
        ]);
    }
    for one in &outcome.apart {
        let mut row = vec![
            names::unit_of(organisation, one.unit),
            names::person_of(organisation, one.person),
        ];
        row.resize(12, String::new());
        row.push(lacking::lacks(&one.lacks, (old, new)));
        rows.push(row);
    }
    sheet::csv(&rows)
}
