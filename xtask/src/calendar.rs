//! Checks the product's working days, every day of the published years, against a source of
//! Chinese working days that other people keep: a package of the Python registry.
//!
//! Both sides print one line a day; a day on which they disagree is named.

use std::process::Command;

use anyhow::bail;

use crate::{python, tools};

/// The independent source, and the version that knows the years of the product.
const PACKAGE: &str = "chinesecalendar==1.11.0";

/// Prints every day of the years given as arguments, as the example of the domain does.
const PRINT: &str = "
import sys, datetime, chinese_calendar
for year in map(int, sys.argv[1:]):
    day = datetime.date(year, 1, 1)
    while day.year == year:
        print(day, 'work' if chinese_calendar.is_workday(day) else 'off')
        day += datetime.timedelta(days=1)
";

/// Compares both sides.
pub(crate) fn check() -> anyhow::Result<()> {
    let mut example = tools::cargo();
    example.args(["run", "--quiet", "-p", "shared", "--example"]);
    let ours = tools::output(example.arg("working_days"))?;
    let mut years: Vec<&str> = ours.lines().filter_map(|line| line.get(..4)).collect();
    years.dedup();
    let mut python = Command::new(python::with(PACKAGE)?);
    let theirs = tools::output(python.args(["-c", PRINT]).args(&years))?;
    let different = differences(&ours, &theirs);
    if !different.is_empty() {
        bail!(
            "{PACKAGE} disagrees about these days:\n{}",
            different.join("\n")
        );
    }
    eprintln!(
        "{} days of {} agree with {PACKAGE}.",
        ours.lines().count(),
        years.join(" and ")
    );
    Ok(())
}

/// Lists the days on which both sides differ; a day that one side lacks is one of them.
fn differences(ours: &str, theirs: &str) -> Vec<String> {
    let mut theirs = theirs.lines();
    let mut different = Vec::new();
    for line in ours.lines() {
        let other = theirs.next().unwrap_or("nothing");
        if line != other {
            different.push(format!("the product: {line}, the package: {other}"));
        }
    }
    different.extend(theirs.map(|line| format!("the product: nothing, the package: {line}")));
    if ours.is_empty() {
        different.push("the product: nothing at all".to_owned());
    }
    different
}

#[cfg(test)]
mod tests {
    use super::differences;

    #[test]
    fn a_day_that_differs_or_is_missing_is_named() {
        let ours = "2026-01-01 off\n2026-01-02 off\n";
        assert!(differences(ours, ours).is_empty());
        assert_eq!(
            differences(ours, "2026-01-01 off\n2026-01-02 work\n"),
            ["the product: 2026-01-02 off, the package: 2026-01-02 work"]
        );
        assert_eq!(differences(ours, "2026-01-01 off\n").len(), 1);
        assert_eq!(differences("2026-01-01 off\n", ours).len(), 1);
        assert_eq!(differences("", "").len(), 1);
    }
}
