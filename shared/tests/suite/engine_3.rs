//! The third arithmetic: equal to the second where both judge, and a tape that anybody re-adds.

mod charged;
mod cohort;
mod combined;
mod differential;
mod edges;
mod graded;
mod judged;
mod kept;
mod laws;
mod rule_text;
mod ten_thousand;

use serde_json::{Value, json};
use shared::id::EntryId;
use shared::item::TargetKind;
use shared::period::PeriodKind;
use shared::quantity::{BasisPoints, Points};
use shared::refusal::Refusal;
use shared::regime::document::Regime;
use shared::result::engine_3::inputs::{
    EntryFact, ItemFacts, Late, MeasureFact, NONE, Outcome, Rating, Stated, TypedFact,
};
use shared::result::engine_3::{Figures, Inputs, Program, Tape, belongs, check, compile, person};

use crate::prelude::*;

/// The written rule text, from which every other regime here is made by changing what it is about.
const TEXT: &str = include_str!("../data/regime/a-b-c-minus-d.json");

/// The places of its raters.
const SELF: u16 = 0;
const SUPERIOR: u16 = 1;

/// Computes figures, and proves by the tape alone that they are those.
pub(crate) fn computed(program: &Program, inputs: &Inputs) -> (Figures, Tape) {
    let mut tape = Tape::default();
    let figures = person(program, inputs, &mut tape).unwrap();
    assert_eq!(check(&tape.nodes), Ok(figures), "{:?}", tape.nodes);
    assert!(belongs(program, inputs, &tape.nodes));
    (figures, tape)
}

/// A regime on its way: a JSON document that tests change by pointer.
#[derive(Clone)]
struct Rules(Value);

impl Rules {
    /// The rule text.
    fn text() -> Self {
        Self(serde_json::from_str(TEXT).unwrap())
    }

    /// One part, judged by one method.
    fn of(parts: Value, methods: Value) -> Self {
        Self::text()
            .set("/cycles/0/total/parts", parts)
            .set("/judging/methods", methods)
    }

    /// Items by weight, scaled to 100.00, judged by one way of scoring.
    fn items(scoring: Value, charges: Value) -> Self {
        Self::of(
            sum([items_part("weight", "scaled", json!("none"))]),
            json!([method(scoring, charges)]),
        )
    }

    fn set(mut self, pointer: &str, value: Value) -> Self {
        let (parent, member) = pointer.rsplit_once('/').unwrap();
        match self.0.pointer_mut(parent).unwrap() {
            Value::Object(members) => drop(members.insert(member.to_owned(), value)),
            Value::Array(list) => list[member.parse::<usize>().unwrap()] = value,
            _ => panic!("{pointer}"),
        }
        self
    }

    /// The program; the document reads back as it was written.
    fn program(&self) -> Program {
        let regime: Regime = serde_json::from_value(self.0.clone()).unwrap();
        let written = serde_json::to_string(&regime).unwrap();
        assert_eq!(serde_json::from_str::<Regime>(&written).unwrap(), regime);
        compile(&regime, PeriodKind::Month).unwrap()
    }

    fn figures(&self, inputs: &Inputs) -> Figures {
        computed(&self.program(), inputs).0
    }

    /// The printed total.
    fn total(&self, inputs: &Inputs) -> i64 {
        self.figures(inputs).total.0
    }

    fn refused(&self, inputs: &Inputs) -> Refusal {
        person(&self.program(), inputs, &mut Tape::default()).unwrap_err()
    }
}

fn name() -> Value {
    json!({"zh": "名", "en": "Name"})
}

/// A JSON object with more members.
fn merged(mut value: Value, more: Value) -> Value {
    let (Value::Object(members), Value::Object(more)) = (&mut value, more) else {
        panic!("two objects");
    };
    members.extend(more);
    value
}

fn part(key: &str, more: Value) -> Value {
    merged(json!({"key": key, "name": name(), "empty": "blocks"}), more)
}

fn combined<const N: usize>(combine: &str, list: [Value; N]) -> Value {
    json!({"combine": combine, "list": list.to_vec()})
}

fn sum<const N: usize>(list: [Value; N]) -> Value {
    combined("sum", list)
}

fn items_part(full: &str, pool: &str, outside: Value) -> Value {
    let groups = json!([{"of": {}, "method": "item"}]);
    let items = json!({
        "groups": groups, "full": full, "pool": pool, "outside": outside, "unscored": "blocks"
    });
    part(
        "items",
        json!({"total": 10_000, "source": {"items": items}}),
    )
}

fn method(scoring: Value, charges: Value) -> Value {
    json!({
        "key": "item", "name": name(), "scoring": scoring, "charges": charges,
        "undone": 0, "floor": 0, "cap": 10_000
    })
}

fn charge(counted: Value, amount: Value) -> Value {
    json!({"key": "charge", "name": name(), "counted": counted, "amount": amount})
}

/// An item that was done in time and about which nobody stated anything.
fn item(n: u128, weight: i64) -> ItemFacts {
    ItemFacts {
        item: item_id(n),
        section: 0,
        category: NONE,
        source: NONE,
        target: TargetKind::Done,
        must: false,
        outside: false,
        weight: Points(weight),
        importance: Points(0),
        outcome: Outcome::Done,
        late: Late::default(),
        reached: None,
        stated: Vec::new(),
    }
}

fn stated(rater: u16, rating: Rating) -> Stated {
    let off = Vec::new();
    Stated { rater, rating, off }
}

/// An item of which the superior stated something.
fn rated(n: u128, weight: i64, rating: Rating) -> ItemFacts {
    ItemFacts {
        stated: vec![stated(SUPERIOR, rating)],
        ..item(n, weight)
    }
}

/// An item to which the superior gave points.
fn scored(n: u128, weight: i64, points: i64) -> ItemFacts {
    rated(n, weight, Rating::Points(Points(points)))
}

fn of_items(items: impl Into<Vec<ItemFacts>>) -> Inputs {
    Inputs {
        items: items.into(),
        ..Inputs::default()
    }
}

fn entry(n: u128, tariff: u16, points: i64) -> EntryFact {
    EntryFact {
        entry: EntryId::from_bits(n),
        tariff,
        item: None,
        happened: day(2026, 11, 3),
        points: Points(points),
        item_zero: false,
    }
}

fn typed(part: u16, criterion: u16, rater: u16, points: i64) -> TypedFact {
    let points = Points(points);
    TypedFact {
        part,
        criterion,
        rater,
        points,
    }
}

fn measure(place: u16, over: i64, under: i64) -> MeasureFact {
    MeasureFact { place, over, under }
}

/// What figures print: the total and the coefficient.
fn printed(figures: &Figures) -> (Points, BasisPoints) {
    (figures.total, figures.coefficient)
}
