//! Why somebody cannot be compared, in words: what the rules call by a key is called by its name.

use std::collections::BTreeMap;

use shared::regime::judging::Scoring;
use shared::regime::total::Source;

use shared::regime::{Name, Regime, walk};
use shared::whatif::Lack;

use crate::i18n::{names, refusal, whatif as words};
use crate::pages::regime;

/// All reasons in one sentence; what nobody typed is listed once.
pub(super) fn lacks(all: &[Lack], (old, new): (&Regime, &Regime)) -> String {
    let mut said = Vec::new();
    let mut untyped = Vec::new();
    for one in all {
        match one {
            Lack::Typed(key) => untyped.push(asked(new, key)),
            other => said.push(lack(other, (old, new))),
        }
    }
    if !untyped.is_empty() {
        said.push(words::typed(&untyped.join(words::also())));
    }
    said.join(words::also())
}

fn lack(lack: &Lack, (old, new): (&Regime, &Regime)) -> String {
    let plain = match lack {
        // The item's section and the given level are of the rules of that time.
        Lack::Section(key) => return words::section(&names::section(old, key)),
        Lack::Level(key) => return words::level(&level(old, key)),
        Lack::Rater(key) => return words::rater(&rater(new, key)),
        Lack::Judgement(key) => return words::judgement(&method(new, key)),
        Lack::Typed(key) => return words::typed(&asked(new, key)),
        Lack::Refused(refused) => return refusal::words(refused),
        Lack::NoResult => words::no_result(),
        Lack::NotCovered => words::not_covered(),
        Lack::Absence => words::absence(),
        Lack::Parts => words::parts(),
        Lack::AssessedDays => words::assessed_days(),
        Lack::Weights => words::weights(),
        Lack::Category => words::category(),
        Lack::Source => words::source(),
        Lack::Must => words::must(),
        Lack::Target => words::target(),
        Lack::Importance => words::importance(),
        Lack::Outside => words::outside(),
        Lack::Lateness => words::lateness(),
        Lack::Reached => words::reached(),
        Lack::Measure => words::measure(),
        Lack::Step => words::step(),
        Lack::Result => words::result(),
        Lack::Grade => words::decided(),
        Lack::Cohort => words::cohort(),
        Lack::Tie => words::tie(),
        Lack::Ceiling => words::ceiling(),
    };
    plain.to_owned()
}

/// The name that belongs to a key; the key where no rule knows it.
fn called<'r>(mut of: impl Iterator<Item = (&'r String, &'r Name)>, key: &str) -> String {
    let found = of.find(|(one, _)| *one == key);
    found.map_or_else(|| key.to_owned(), |(_, name)| names::name(name).to_owned())
}

fn rater(regime: &Regime, key: &str) -> String {
    let mut raters = regime.judging.raters.iter();
    let found = raters.find(|one| one.key == key);
    found.map_or_else(|| key.to_owned(), |one| regime::who(regime, &one.by))
}

fn method(regime: &Regime, key: &str) -> String {
    let methods = regime.judging.methods.iter();
    called(methods.map(|one| (&one.key, &one.name)), key)
}

fn level(regime: &Regime, key: &str) -> String {
    let methods = regime.judging.methods.iter();
    let levels: BTreeMap<&String, &Name> = methods
        .flat_map(|method| match &method.scoring {
            Scoring::Matrix {
                efficiency,
                quality,
                ..
            } => {
                let both = efficiency.iter().chain(quality);
                both.map(|one| (&one.key, &one.name)).collect()
            }
            Scoring::Levels { levels } => {
                let levels = levels.iter().map(|one| (&one.key, &one.name));
                levels.collect::<Vec<_>>()
            }
            _ => Vec::new(),
        })
        .collect();
    called(levels.into_iter(), key)
}

/// What is typed: a criterion or a charge of a part, or a charge of a method.
fn asked(regime: &Regime, key: &str) -> String {
    let methods = regime.judging.methods.iter();
    let mut found: Vec<(&String, &Name)> = methods
        .flat_map(|method| &method.charges)
        .map(|one| (&one.key, &one.name))
        .collect();
    for placed in walk::parts(regime) {
        match &placed.part.source {
            Source::Typed { criteria } => {
                found.extend(criteria.iter().map(|one| (&one.key, &one.name)));
            }
            Source::Charges { charges, .. } => {
                found.extend(charges.iter().map(|one| (&one.key, &one.name)));
            }
            _ => {}
        }
    }
    called(found.into_iter(), key)
}
