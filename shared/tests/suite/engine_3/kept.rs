//! Kept examples of the third arithmetic: every kind of part, method, grade and cohort, computed again to
//! the same bytes by every build.
//!
//! The file is never edited. `UPDATE_GOLDEN=1 cargo test -p shared kept` writes it where it is missing.

use serde_json::json;
use shared::id::{PersonId, UnitId};
use shared::period::PeriodKind;
use shared::quantity::Points;
use shared::regime::document::Regime;
use shared::result::engine_3::Inputs;
use shared::result::engine_3::cohort::CohortKey;
use shared::result::engine_3::conformance::{CohortExample, Example, Examples, Seat};
use shared::result::engine_3::node::Op;

use super::{Rules, entry, measure, name, of_items, part, scored, sum};
use super::{combined, laws, rule_text};
use crate::prelude::*;

/// The digest of ten thousand cases made out of the examples; it changes only with the examples.
const TEN_THOUSAND: &str = include_str!("../../golden/engine_3.digest");

fn kept() -> Examples {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/engine_3.json");
    if !std::path::Path::new(path).exists() && std::env::var_os("UPDATE_GOLDEN").is_some() {
        let written = written();
        std::fs::write(path, lines(&written)).unwrap();
        let digest = written.digest(10_000) + "\n";
        std::fs::write(path.replace(".json", ".digest"), digest).unwrap();
    }
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// One line for each example, so that a file of thousands of nodes can be looked at.
fn lines(examples: &Examples) -> String {
    fn list<T: serde::Serialize>(of: &[T]) -> String {
        let line = |one: &T| serde_json::to_string(one).unwrap();
        of.iter().map(line).collect::<Vec<_>>().join(",\n")
    }
    format!(
        "{{\"regimes\": [\n{}\n], \"people\": [\n{}\n], \"cohorts\": [\n{}\n]}}\n",
        list(&examples.regimes),
        list(&examples.people),
        list(&examples.cohorts)
    )
}

struct Writer(Examples);

impl Writer {
    fn regime(&mut self, rules: &Rules) -> usize {
        let regime: Regime = serde_json::from_value(rules.0.clone()).unwrap();
        let known = self.0.regimes.iter().position(|one| *one == regime);
        known.unwrap_or_else(|| {
            self.0.regimes.push(regime);
            self.0.regimes.len() - 1
        })
    }

    /// Keeps what facts lead to, where the rules do not refuse them.
    fn person(&mut self, name: &str, rules: &Rules, inputs: Inputs) -> bool {
        let regime = self.regime(rules);
        let kind = PeriodKind::Month;
        let Some(told) = self.0.judged(regime, kind, &inputs) else {
            return false;
        };
        self.0.people.push(Example {
            name: name.to_owned(),
            regime,
            kind,
            inputs,
            told,
        });
        true
    }

    fn cohort(&mut self, name: &str, rules: &Rules, people: Vec<Seat>, ties: Vec<Vec<PersonId>>) {
        let example = CohortExample {
            name: name.to_owned(),
            regime: self.regime(rules),
            kind: PeriodKind::Month,
            people,
            ties,
            told: Vec::new(),
            facts: std::collections::BTreeMap::new(),
        };
        let settled = self.0.settled(&example).expect(name);
        self.0.cohorts.push(settled);
    }
}

fn cohort(quotas: serde_json::Value, ceiling: serde_json::Value) -> Rules {
    let cohort = json!({
        "of": "unit", "small": {"below": 10, "then": "pooled"}, "quotas": quotas,
        "ceiling": ceiling, "ties": "indirect_superior", "ranked": true
    });
    Rules::items(json!({"typed": {}}), json!([])).set("/cohort", cohort)
}

/// People of a unit with these points, the first of them with this id.
fn seats(first: u128, unit: u128, points: &[i64]) -> Vec<Seat> {
    let seat = |(n, points): (u128, &i64)| Seat {
        person: PersonId::from_bits(n),
        cohort: CohortKey::Unit(UnitId::from_bits(unit)),
        sisters: Some(CohortKey::Under(PersonId::from_bits(900))),
        department: Some(Points(8_800)),
        exempt: false,
        inputs: of_items([scored(1, 10_000, *points)]),
    };
    (first..).zip(points).map(seat).collect()
}

fn cohorts(writer: &mut Writer) {
    let fifth = json!([{"band": "a", "share": 2_000, "kind": "at_most", "over": "b"}]);
    let mut many: Vec<i64> = (0..6).map(|n| 9_900 - 50 * n).collect();
    many.extend([9_600, 9_600]);
    many.extend([8_500; 27]);
    let order = vec![vec![PersonId::from_bits(8), PersonId::from_bits(7)]];
    let rules = cohort(fifth.clone(), json!(null));
    writer.cohort(
        "seven of thirty-five, two equal",
        &rules,
        seats(1, 1, &many),
        order,
    );
    let mut small = seats(
        1,
        1,
        &[9_900, 9_700, 8_000, 8_000, 8_000, 8_000, 8_000, 8_000],
    );
    small.extend(seats(
        101,
        2,
        &[
            9_800, 9_650, 8_000, 8_000, 8_000, 8_000, 8_000, 8_000, 8_000,
        ],
    ));
    small[7].exempt = true;
    writer.cohort(
        "small units joined, one not assessed",
        &rules,
        small,
        Vec::new(),
    );
    let scaled = json!({"at": {"points": 8_500}, "how": "scaled"});
    let rules = cohort(fifth, scaled);
    let totals = [
        9_900, 9_800, 9_600, 9_200, 8_800, 8_000, 8_000, 8_000, 8_000, 8_000,
    ];
    writer.cohort(
        "a ceiling that scales",
        &rules,
        seats(1, 1, &totals),
        Vec::new(),
    );
    let department = json!({"at": "department_total", "how": "scaled"});
    let bottom = json!([{"band": "d", "share": 1_000, "kind": "at_least", "over": "c"}]);
    let rules = cohort(bottom, department).set("/grades/by/points/looks_at", json!("exact"));
    let totals = [
        9_900, 9_800, 9_600, 9_200, 8_900, 8_850, 8_800, 8_750, 8_700, 8_650,
    ];
    writer.cohort(
        "a department's ceiling and a forced band",
        &rules,
        seats(1, 1, &totals),
        Vec::new(),
    );
}

/// What chance does not make: gates, grades by decision, results that are open, bounds of the total.
fn by_hand(writer: &mut Writer) {
    let ninety_nine = || of_items([scored(1, 10_000, 9_900)]);
    let items = || Rules::items(json!({"typed": {}}), json!([]));
    let gate = |effect: serde_json::Value| {
        json!([{
            "key": "g", "name": name(), "effect": effect,
            "when": {"entries": {"tariff": "complaint", "least": 1}}
        }])
    };
    let complained = || Inputs {
        entries: vec![entry(1, 2, 500)],
        ..ninety_nine()
    };
    let lowered = items().set("/grades/gates", gate(json!({"no_better_than": "c"})));
    assert!(writer.person("a gate lowers the grade", &lowered, complained()));
    let capped = items().set("/grades/gates", gate(json!({"total_at_most": 7_000})));
    assert!(writer.person("a gate caps the total", &capped, complained()));
    let level = |key: &str| json!({"key": key, "name": name(), "coefficient": 10_000});
    let by = json!({"decided": {"levels": [level("good"), level("poor")], "by": ["superior"]}});
    let decided = items().set("/grades/by", by);
    let given = |grade| Inputs {
        decided: grade,
        ..ninety_nine()
    };
    assert!(writer.person("a grade by decision", &decided, given(Some(1))));
    assert!(writer.person("a grade that is open", &decided, given(None)));
    let ungraded = items().set("/cycles/0/ungraded", json!(true));
    assert!(writer.person("a total without a grade", &ungraded, ninety_nine()));
    let department = |open: bool| {
        let mut known = combined::known(0, 1, 9_200, None);
        if open {
            known.known = None;
        }
        Inputs {
            results: vec![known],
            ..ninety_nine()
        }
    };
    let product = combined::with_department();
    assert!(writer.person("a department's factor", &product, department(false)));
    assert!(writer.person("a department that is open", &product, department(true)));
    let (rules, inputs) = combined::by_band();
    assert!(writer.person("the factor of a band", &rules, inputs));
    let trouble = rule_text::with_trouble();
    assert!(writer.person("the rule text with trouble", &Rules::text(), trouble));
    let indicator = json!({"measured": {
        "of": {"indicator": "revenue"},
        "curve": {"linear": {"points": [{"at": 8_000, "factor": 0}, {"at": 10_000, "factor": 10_000}]}}
    }});
    let revenue = part("revenue", json!({"total": 10_000, "source": indicator}));
    let rules = Rules::of(sum([revenue]), json!([]));
    let read = Inputs {
        measures: vec![measure(0, 10_800_000, 12_000_000)],
        ..Inputs::default()
    };
    assert!(writer.person("an indicator on a line", &rules, read));
}

fn written() -> Examples {
    let mut writer = Writer(Examples {
        regimes: Vec::new(),
        people: Vec::new(),
        cohorts: Vec::new(),
    });
    by_hand(&mut writer);
    cohorts(&mut writer);
    let mut chance = Chance(31);
    for nth in 0..24 {
        let rules = laws::rules(&mut chance);
        let scoring = laws::scoring(&rules);
        let inputs = laws::facts(&scoring, &mut chance);
        writer.person(&format!("by chance {nth}"), &rules, inputs);
    }
    writer.0
}

#[test]
fn every_example_is_computed_again_to_the_same_bytes() {
    let examples = kept();
    assert_eq!(
        examples.recompute(),
        Ok(examples.people.len() + examples.cohorts.len())
    );
    assert!(examples.people.len() > 30 && examples.cohorts.len() == 4);
    assert_eq!(examples.digest(10_000), TEN_THOUSAND.trim());
}

/// Each code of a tape stands in an example; a new one has to be added, with a file of its own.
#[test]
fn every_code_is_among_the_examples() {
    let examples = kept();
    let alone = examples.people.iter().map(|one| &one.told);
    let told = alone.chain(examples.cohorts.iter().flat_map(|one| &one.told));
    let mut found: Vec<String> = told
        .flat_map(|told| &told.tape)
        .map(|node| serde_json::to_string(&node.op).unwrap())
        .collect();
    found.sort();
    found.dedup();
    let all = [
        Op::Item,
        Op::Points,
        Op::Undone,
        Op::Off,
        Op::Amount,
        Op::Ratio,
        Op::Short,
        Op::Steps,
        Op::Result,
        Op::Factor,
        Op::Stair,
        Op::Slope,
        Op::Sum,
        Op::Times,
        Op::Product,
        Op::Minus,
        Op::AtLeast,
        Op::AtMost,
        Op::Least,
        Op::Dropped,
        Op::Pending,
        Op::Round,
        Op::Gate,
        Op::Band,
        Op::Lowered,
        Op::Decided,
        Op::Ceiling,
        Op::Quota,
    ];
    let mut all: Vec<String> = all
        .iter()
        .map(|op| serde_json::to_string(op).unwrap())
        .collect();
    all.sort();
    assert_eq!(found, all);
}

/// An example whose facts or figures are changed is found out by its name.
#[test]
fn a_changed_example_is_found_out() {
    let mut examples = kept();
    examples.people[3].told.coefficient.0 += 1;
    assert_eq!(examples.recompute(), Err(examples.people[3].name.clone()));
    let mut examples = kept();
    examples.cohorts[0].ties.clear();
    assert_eq!(examples.recompute(), Err(examples.cohorts[0].name.clone()));
}
