//! Golden vectors: results as they were published and sealed, with the regimes that judged them.
//!
//! The file is never edited; every build, native or for the browser, recomputes all of it to the
//! same bytes. `UPDATE_GOLDEN=1 cargo test -p shared golden` writes it where it is missing.

use serde::{Deserialize, Serialize};
use shared::moment::Day;
use shared::quantity::{BasisPoints, Points};
use shared::regime::v1::Regime;
use shared::regime::{Document, RegimeVersion};
use shared::result::{ItemInput, PlanResult, Recomputed, compute_again, recompute};
use shared::row::Row;
use shared::score::Judgement;
use shared::seal::{self, Assessment, SealedResult};

use crate::format_1;
use crate::month::{Month, person, points};
use crate::prelude::*;

/// What the file holds; a seal's parts are among the results.
#[derive(Serialize, Deserialize)]
struct Golden {
    regimes: Vec<Document>,
    results: Vec<PlanResult>,
    sealed: Vec<SealedResult>,
}

impl Golden {
    fn regime(&self, wanted: &str) -> &Document {
        let found = self.regimes.iter().find(|r| r.digest() == wanted);
        found.unwrap()
    }
}

fn golden() -> Golden {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/results.json");
    if !std::path::Path::new(path).exists() && std::env::var_os("UPDATE_GOLDEN").is_some() {
        let text = serde_json::to_string_pretty(&written()).unwrap();
        std::fs::write(path, text + "\n").unwrap();
    }
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn kept(text: &str) -> Row {
    serde_json::from_str(text).unwrap()
}

/// What the first arithmetic published: the first release's own example, and one of every cell.
fn first_arithmetic() -> (RegimeVersion, Vec<PlanResult>) {
    let Row::Regime(version) = kept(include_str!("wire/v1/row/regime.json")) else {
        panic!("a regime");
    };
    let Row::Result(published) = kept(include_str!("wire/v1/row/result.json")) else {
        panic!("a result");
    };
    let mut results = vec![published.clone()];
    let qualities = ["excellent", "good", "qualified", "needs_improvement"];
    let mut judgements = vec![Judgement::NotCarriedOut];
    for efficiency in ["on_time", "late"] {
        judgements.extend(qualities.map(|quality| carried_out(efficiency, quality)));
    }
    for (at, judgement) in (1..).zip(&judgements) {
        let input = |n, weight, judgement: &Judgement| ItemInput {
            item: item_id(n),
            title: format!("事项 {n}"),
            weight: Points(weight),
            judgement: judgement.clone(),
            section: String::new(),
            bonus: false,
        };
        let other = carried_out("on_time", "good");
        let mut result = PlanResult {
            plan: shared::id::PlanId::from_bits(published.plan.bits() + at),
            inputs: vec![input(1, 6_001, judgement), input(2, 3_999, &other)],
            ..published.clone()
        };
        let computed = compute_again(&result, &version.document).unwrap().unwrap();
        result.derivation = computed.derivation;
        (result.total, result.coefficient) = (computed.total, computed.coefficient);
        results.push(result);
    }
    (version, results)
}

/// A month under a regime: a person's plan of the month, a transfer, a late head, and one away.
fn second_arithmetic(regime: &Regime, items: &[(&str, i64)], judged: &[Judgement]) -> Golden {
    let mut month = Month::under(regime.clone());
    let due = |day: Day| -> Vec<(&str, i64, Day)> {
        items
            .iter()
            .map(|(key, weight)| (*key, *weight, day))
            .collect()
    };
    let first = due(day(2026, 11, 13));
    for n in [1, 2, 3, 4] {
        month.plans(n, person(n), LINE, &first);
    }
    month.moves_to_the_store(2, day(2026, 11, 16));
    month.is_away(4, day(2026, 11, 5), day(2026, 11, 30));
    month.on(day(2026, 11, 16));
    month.plans(12, person(2), STORE, &due(day(2026, 11, 24)));
    month.on(day(2026, 12, 2));
    for n in [1, 2, 12] {
        month.judged(n, judged);
        month.signed(n);
    }
    let mut sealed = vec![
        month.sealed(&[1]),
        month.sealed(&[2, 12]),
        month.sealed(&[4]),
    ];
    month.on(day(2026, 12, 9));
    sealed.push(month.sealed(&[3]));
    month.judged(3, judged);
    month.signed(3);
    sealed.push(month.sealed(&[3]));
    let results = [1, 2, 12, 3].map(|n| month.result(n)).to_vec();
    Golden {
        regimes: vec![regime.clone().into()],
        results,
        sealed,
    }
}

fn written() -> Golden {
    let (version, results) = first_arithmetic();
    let mut golden = Golden {
        regimes: vec![version.document],
        results,
        sealed: Vec::new(),
    };
    let levels = [
        carried_out("on_time", "good"),
        carried_out("late", "good"),
        Judgement::NotCarriedOut,
    ];
    let matrix = [
        ("key_work", 3_333),
        ("daily_work", 3_333),
        ("key_work", 3_334),
    ];
    let typed = [8_999, 5_950, 3_333].map(points);
    let sections = [
        ("daily_work", 10_000),
        ("key_work", 6_000),
        ("key_work", 4_000),
    ];
    for more in [
        second_arithmetic(&format_1::smart_monthly(), &matrix, &levels),
        second_arithmetic(&format_1::three_sections(), &sections, &typed),
    ] {
        golden.regimes.extend(more.regimes);
        golden.results.extend(more.results);
        golden.sealed.extend(more.sealed);
    }
    golden
}

#[test]
fn every_kept_result_is_recomputed_to_the_same() {
    let golden = golden();
    for result in &golden.results {
        let regime = golden.regime(&result.regime_digest);
        assert_eq!(recompute(result, regime), Recomputed::Identical);
        let mut raised = result.clone();
        raised.total = Points(raised.total.0 + 1);
        assert!(matches!(recompute(&raised, regime), Recomputed::Differs(_)));
    }
    for engine in [1, 2] {
        let of = |result: &&PlanResult| result.engine_version == engine;
        assert!(golden.results.iter().filter(of).count() >= 8, "{engine}");
    }
}

#[test]
fn every_kept_seal_is_recomputed_to_the_same() {
    let golden = golden();
    let results: Vec<&PlanResult> = golden.results.iter().collect();
    for sealed in &golden.sealed {
        let regime = golden.regime(&sealed.regime_digest);
        let own: Vec<&PlanResult> = results
            .iter()
            .filter(|result| result.regime_digest == sealed.regime_digest)
            .copied()
            .collect();
        let recompute = |sealed: &SealedResult| seal::recompute(sealed, regime, &own);
        assert_eq!(recompute(sealed), Recomputed::Identical);
        let mut raised = sealed.clone();
        raised.coefficient = BasisPoints(raised.coefficient.0 + 1);
        assert!(matches!(recompute(&raised), Recomputed::Differs(_)));
    }
    for assessment in [
        Assessment::Assessed,
        Assessment::NotAssessed,
        Assessment::Provisional,
    ] {
        let found = golden.sealed.iter().any(|s| s.assessment == assessment);
        assert!(found, "{assessment:?}");
    }
}
