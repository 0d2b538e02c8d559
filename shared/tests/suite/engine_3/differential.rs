//! Regimes of format 1 at random, judged by the second arithmetic and, as format 2, by the third:
//! the exact total, the printed one and the coefficient are the same.

use shared::item::TargetKind;
use shared::quantity::{BasisPoints, Points};
use shared::regime::v1::{Band, EmptySection, Judging, Level, Regime, Section, WeightsPer};
use shared::regime::{Name, document};
use shared::result::engine_3::inputs::{ItemFacts, NONE, Outcome, Rating, Stated};
use shared::result::engine_3::node::Op;
use shared::result::engine_3::{Exact, Inputs, Node, belongs, check, compile};
use shared::result::{Deferred, ItemInput, compute};
use shared::score::Judgement;

use super::computed;
use super::laws::empty;
use crate::format_1;
use crate::prelude::*;

fn number(chance: &mut Chance, bound: i64) -> i64 {
    i64::try_from(chance.below(u64::try_from(bound).unwrap())).unwrap()
}

fn levels(chance: &mut Chance, prefix: &str) -> Vec<Level> {
    let level = |n: u64| Level {
        key: format!("{prefix}{n}"),
        name: Name {
            zh: "级".into(),
            en: "Level".into(),
        },
    };
    (0..=chance.below(4)).map(level).collect()
}

/// A regime of format 1 that may say anything that its arithmetic knows.
fn regime(chance: &mut Chance) -> Regime {
    let mut regime = format_1::three_sections();
    regime.judging = if chance.below(2) == 0 {
        Judging::Points {}
    } else {
        let (efficiency, quality) = (levels(chance, "e"), levels(chance, "q"));
        let mut factor = |_| BasisPoints(number(chance, 12_001));
        let mut row = |_: &Level| quality.iter().map(&mut factor).collect();
        let factors = efficiency.iter().map(&mut row).collect();
        Judging::Matrix {
            not_carried_out: BasisPoints(chance.pick(&[0, 0, 1_500])),
            on_time: "e0".into(),
            late: "e0".into(),
            efficiency,
            quality,
            factors,
        }
    };
    regime.weights.total = Points(chance.pick(&[10_000, 10_000, 12_000, 5_000, 333]));
    regime.weights.per = chance.pick(&[WeightsPer::Plan, WeightsPer::Section, WeightsPer::Free]);
    regime.sections = (0..=chance.below(4))
        .map(|n| Section {
            key: format!("s{n}"),
            name: format_1::three_sections().name,
            share: (chance.below(8) > 0).then(|| BasisPoints(number(chance, 6_000))),
        })
        .collect();
    regime.empty_section = chance.pick(&[
        None,
        Some(EmptySection::DropsOut),
        Some(EmptySection::CountsZero),
    ]);
    regime.bonus = (chance.below(2) == 0).then(|| Points(number(chance, 1_000)));
    let mut from = number(chance, 13_000);
    regime.bands.clear();
    while from >= 0 && chance.below(6) > 0 {
        regime.bands.push(Band {
            from: Points(from),
            coefficient: BasisPoints(number(chance, 13_000)),
        });
        from -= 1 + number(chance, 4_000);
    }
    regime
}

fn judgement(regime: &Regime, weight: i64, chance: &mut Chance) -> Judgement {
    if chance.below(7) == 0 {
        return Judgement::NotCarriedOut;
    }
    match &regime.judging {
        Judging::Matrix {
            efficiency,
            quality,
            ..
        } => {
            let mut of = |levels: &[Level]| {
                let at = usize::try_from(chance.below(levels.len() as u64)).unwrap();
                levels[at].key.clone()
            };
            Judgement::CarriedOut {
                efficiency: of(efficiency),
                quality: of(quality),
            }
        }
        _ => Judgement::points(Points(number(chance, weight + 1))),
    }
}

/// A plan that could be handed in under a regime, judged; some of it is scored next time.
struct Tried {
    regime: Regime,
    inputs: Vec<ItemInput>,
    deferred: Vec<Deferred>,
}

impl Tried {
    fn add(&mut self, section: &str, weight: i64, bonus: bool, chance: &mut Chance) {
        let n = self.inputs.len() + self.deferred.len() + 1;
        let item = item_id(u128::try_from(n).unwrap());
        let (title, section) = (String::new(), section.to_owned());
        let weight = Points(weight);
        if chance.below(6) == 0 {
            return self.deferred.push(Deferred {
                item,
                title,
                section,
                weight,
                due: day(2026, 11, 28),
                bonus,
            });
        }
        let judgement = judgement(&self.regime, weight.0, chance);
        self.inputs.push(ItemInput {
            item,
            title,
            weight,
            judgement,
            section,
            bonus,
        });
    }

    /// Items whose weights add up to a total.
    fn fill(&mut self, sections: &[String], total: i64, chance: &mut Chance) {
        let mut left = total;
        while left > 0 {
            let weight = (1 + number(chance, total)).min(left);
            left -= weight;
            let at = usize::try_from(chance.below(sections.len() as u64)).unwrap();
            self.add(&sections[at], weight, false, chance);
        }
        if chance.below(4) == 0 {
            self.add(&sections[0], 0, false, chance);
        }
    }
}

fn tried(chance: &mut Chance) -> Tried {
    let regime = regime(chance);
    let sections: Vec<String> = regime.sections.iter().map(|one| one.key.clone()).collect();
    let (total, per) = (regime.weights.total.0, regime.weights.per);
    let mut tried = Tried {
        regime,
        inputs: Vec::new(),
        deferred: Vec::new(),
    };
    match per {
        WeightsPer::Plan => tried.fill(&sections, total, chance),
        WeightsPer::Section => {
            for section in &sections {
                if chance.below(4) > 0 {
                    tried.fill(std::slice::from_ref(section), total, chance);
                }
            }
        }
        WeightsPer::Free => {
            let some = 1 + number(chance, 2 * total);
            tried.fill(&sections, some, chance);
        }
    }
    for _ in 0..chance.below(3) {
        let weight = 1 + number(chance, 900);
        tried.add(&sections[0], weight, true, chance);
    }
    tried
}

/// The same facts as the third arithmetic takes them.
fn facts(regime: &document::Regime, tried: &Tried) -> Inputs {
    let section = |key: &str| {
        let at = regime.items.sections.iter().position(|one| one.key == key);
        u16::try_from(at.unwrap()).unwrap()
    };
    let facts = |item, key: &str, weight, outside, stated| ItemFacts {
        item,
        section: section(key),
        category: NONE,
        source: NONE,
        target: TargetKind::Done,
        must: false,
        outside,
        weight,
        importance: Points(0),
        outcome: Outcome::Done,
        late: shared::result::engine_3::inputs::Late::default(),
        reached: None,
        stated,
    };
    let scoring = &regime.judging.methods[0].scoring;
    let scored = |input: &ItemInput| {
        let stated = Stated {
            rater: 1,
            rating: Rating::of(scoring, &input.judgement).unwrap(),
            off: Vec::new(),
        };
        let (weight, section) = (input.weight, &input.section);
        facts(input.item, section, weight, input.bonus, vec![stated])
    };
    let later = |one: &Deferred| facts(one.item, &one.section, one.weight, one.bonus, Vec::new());
    Inputs {
        items: tried.inputs.iter().map(scored).collect(),
        left_to_next: tried.deferred.iter().map(later).collect(),
        ..Inputs::default()
    }
}

/// A tape with one operand of one node changed.
fn changed(nodes: &[Node], at: usize, second: bool, by: i64) -> Vec<Node> {
    let mut nodes = nodes.to_vec();
    let node = &mut nodes[at];
    let operand = if second { &mut node.b } else { &mut node.a };
    *operand = operand.wrapping_add(by);
    nodes
}

#[test]
fn the_third_arithmetic_gives_what_the_second_gives() {
    let mut chance = Chance(3);
    let (mut bonus, mut later, mut dropped, mut scaled) = (0, 0, 0, 0);
    let mut compared = 0;
    for case in 0..10_000 {
        let tried = tried(&mut chance);
        let second = compute(&tried.regime, &tried.inputs, &tried.deferred).unwrap();
        let regime = document::Regime::from(&tried.regime);
        let program = compile(&regime, tried.regime.period).unwrap();
        let mut inputs = facts(&regime, &tried);
        if empty(&program, &inputs) {
            // The second leaves it to whoever publishes to refuse a plan with nothing to judge.
            assert_eq!(second.total, Points(0), "case {case}");
            continue;
        }
        let (third, tape) = computed(&program, &inputs);
        let said = (third.total, third.coefficient, third.preliminary);
        assert_eq!(
            said,
            (second.total, second.coefficient, false),
            "case {case}: {:?}",
            tape.nodes
        );
        assert_eq!(
            third.exact.whole(),
            second.exact.millionths(),
            "case {case}"
        );
        // A fraction of many sections can be longer than the second arithmetic keeps.
        if let Ok((over, under)) = second.exact.kept() {
            let exact = Exact::points(Points(over)).times(1, under).unwrap();
            assert_eq!(third.exact, exact, "case {case}");
            compared += 1;
        }
        bonus += u32::from(tried.inputs.iter().any(|input| input.bonus));
        later += u32::from(!tried.deferred.is_empty());
        dropped += u32::from(tape.nodes.iter().any(|node| node.op == Op::Dropped));
        scaled += u32::from(tape.nodes.iter().any(|node| node.op == Op::Times));
        // The order of the facts is not part of them.
        inputs.items.reverse();
        let (turned, _) = computed(&program, &inputs);
        assert_eq!(turned, third);
        let at = usize::try_from(chance.below(tape.nodes.len() as u64)).unwrap();
        inputs.items.reverse();
        for second in [false, true] {
            let other = changed(&tape.nodes, at, second, chance.pick(&[-1, 1, 1_000]));
            let refused = check(&other).is_err() || !belongs(&program, &inputs, &other);
            assert!(refused, "case {case}: {:?}", other[at]);
        }
    }
    assert!(compared > 9_500, "{compared}");
    // The walk met what it is for.
    for met in [bonus, later, dropped, scaled] {
        assert!(met > 500, "{bonus} {later} {dropped} {scaled}");
    }
}

/// What an operand gives is seen by the tape alone, without the rules and the facts.
#[test]
fn a_changed_operand_does_not_re_add() {
    let mut chance = Chance(4);
    let mut tampered = 0;
    for _ in 0..300 {
        let tried = tried(&mut chance);
        let regime = document::Regime::from(&tried.regime);
        let program = compile(&regime, tried.regime.period).unwrap();
        let inputs = facts(&regime, &tried);
        if empty(&program, &inputs) {
            continue;
        }
        let (_, tape) = computed(&program, &inputs);
        for (at, node) in tape.nodes.iter().enumerate() {
            let gives = match node.op {
                Op::Item | Op::Undone => [node.b != 0, node.a != 0],
                Op::Points | Op::AtMost => [true, false],
                Op::Times => [node.value != 0, false],
                _ => [false, false],
            };
            for second in [false, true] {
                if gives[usize::from(second)] {
                    let other = changed(&tape.nodes, at, second, 1);
                    assert_eq!(check(&other), Err(at), "{node:?}");
                    tampered += 1;
                }
            }
            let mut other = tape.nodes.clone();
            if !matches!(node.op, Op::Dropped) {
                other[at].value += 1;
                assert_eq!(check(&other), Err(at), "{node:?}");
            }
        }
        assert!(check(&tape.nodes[..tape.nodes.len() - 2]).is_err());
    }
    assert!(tampered > 1_000);
}
