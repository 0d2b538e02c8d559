//! Items that several parts score: people state one judgement of an item, so one method reads it, and
//! what is typed is out of one full score.

use std::collections::BTreeSet;

use crate::item::TargetKind;
use crate::regime::document::Regime;
use crate::regime::finding::{Findings, Problem};
use crate::regime::judging::Scoring;
use crate::regime::total::{Filter, Full, ItemScores, Source};
use crate::regime::walk;

/// Kinds of items that are told apart by more filters than any company has are not computed.
const MOST_KINDS: usize = 100_000;

/// A kind of item, as filters tell them apart; `None` is whatever no filter names.
#[derive(Clone, Copy)]
struct Kind<'r> {
    section: Option<&'r str>,
    category: Option<&'r str>,
    source: Option<&'r str>,
    target: Option<TargetKind>,
    must: bool,
    outside: bool,
}

impl Kind<'_> {
    fn is_of(&self, filter: &Filter) -> bool {
        let named = |list: &[String], one: Option<&str>| {
            list.is_empty() || one.is_some_and(|one| list.iter().any(|key| key == one))
        };
        let target = filter.targets.is_empty()
            || self.target.is_some_and(|one| filter.targets.contains(&one));
        named(&filter.sections, self.section)
            && named(&filter.categories, self.category)
            && named(&filter.sources, self.source)
            && target
            && filter.must.is_none_or(|must| must == self.must)
    }
}

/// What a part that scores items does with a kind of item.
struct Read<'r> {
    /// Where its method stands.
    at: String,
    method: &'r str,
    /// Where its full score stands.
    full_at: String,
    full: Full,
}

pub(super) fn check(found: &mut Findings, regime: &Regime) {
    let parts = walk::parts(regime);
    for (nth, _, _) in walk::totals(regime) {
        let own = parts.iter().filter(|placed| placed.cycle == nth);
        let scores = own.filter_map(|placed| match &placed.part.source {
            Source::Items(scores) => Some((format!("{}/source/items", placed.at), scores)),
            _ => None,
        });
        let scores: Vec<(String, &ItemScores)> = scores.collect();
        if scores.len() > 1 {
            check_cycle(found, regime, nth, &scores);
        }
    }
}

fn check_cycle(
    found: &mut Findings,
    regime: &Regime,
    nth: usize,
    scores: &[(String, &ItemScores)],
) {
    let Some(kinds) = kinds(scores) else {
        let most = u32::try_from(MOST_KINDS).unwrap_or(u32::MAX);
        found.add(format!("/cycles/{nth}/total"), Problem::TooMany { most });
        return;
    };
    let mut seen = BTreeSet::new();
    let mut told = |found: &mut Findings, place: String, other: &str| {
        let other = other.to_owned();
        if seen.insert((place.clone(), other.clone())) {
            found.add(place, Problem::Contradicts { other });
        }
    };
    for kind in kinds {
        let mut reads = scores
            .iter()
            .filter_map(|(at, scores)| read(at, scores, kind));
        let Some(first) = reads.next() else { continue };
        for other in reads {
            if other.method != first.method {
                told(found, other.at, &first.at);
            } else if other.full != first.full && is_typed(regime, first.method) {
                told(found, other.full_at, &first.full_at);
            }
        }
    }
}

/// How a part reads what is stated of a kind of item, where it scores it.
fn read<'r>(at: &str, scores: &'r ItemScores, kind: Kind<'_>) -> Option<Read<'r>> {
    let mut groups = scores.groups.iter().filter(|_| scores.counts(kind.outside));
    let place = scores
        .groups
        .iter()
        .position(|group| kind.is_of(&group.of))?;
    let group = groups.find(|group| kind.is_of(&group.of))?;
    Some(Read {
        at: format!("{at}/groups/{place}/method"),
        method: &group.method,
        full_at: format!("{at}/full"),
        full: scores.full,
    })
}

/// Whether people type points by a method.
fn is_typed(regime: &Regime, method: &str) -> bool {
    let mut methods = regime.judging.methods.iter();
    let method = methods.find(|one| one.key == method);
    method.is_some_and(|method| {
        matches!(
            method.scoring,
            Scoring::Typed {} | Scoring::OwnRule {} | Scoring::Reached { .. }
        )
    })
}

/// All kinds of items that the filters of a cycle tell apart; none where they are too many.
fn kinds<'r>(scores: &[(String, &'r ItemScores)]) -> Option<Vec<Kind<'r>>> {
    let groups = scores.iter().flat_map(|(_, scores)| &scores.groups);
    let filters: Vec<&Filter> = groups.map(|group| &group.of).collect();
    let named = |list: fn(&Filter) -> &[String]| {
        let keys = filters.iter().flat_map(|filter| list(filter));
        and_other(keys.map(String::as_str))
    };
    let sections = named(|filter| &filter.sections);
    let categories = named(|filter| &filter.categories);
    let sources = named(|filter| &filter.sources);
    let targets = filters.iter().flat_map(|filter| &filter.targets);
    let targets = and_other(targets.copied());
    let lists = [
        sections.len(),
        categories.len(),
        sources.len(),
        targets.len(),
    ];
    if lists.into_iter().fold(4, usize::saturating_mul) > MOST_KINDS {
        return None;
    }
    let mut kinds = Vec::new();
    for section in &sections {
        for category in &categories {
            for source in &sources {
                for target in &targets {
                    kinds.extend([0, 1, 2, 3].map(|flags| Kind {
                        section: *section,
                        category: *category,
                        source: *source,
                        target: *target,
                        must: flags & 1 == 1,
                        outside: flags & 2 == 2,
                    }));
                }
            }
        }
    }
    Some(kinds)
}

/// Each of some values once, and whatever is none of them.
fn and_other<T: Ord>(values: impl Iterator<Item = T>) -> Vec<Option<T>> {
    let values: BTreeSet<T> = values.collect();
    values.into_iter().map(Some).chain([None]).collect()
}
