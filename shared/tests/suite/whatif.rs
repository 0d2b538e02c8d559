//! A period under another regime: what was published, judged anew, by hand and by laws.

mod access;
mod cohorts;
mod facts;
mod laws;
mod months;

use serde_json::{Value, json};
use shared::command::Command;
use shared::command::organisation::{AddPerson, Assign};
use shared::id::{AssignmentId, PersonId, PlanId, UnitId};
use shared::organisation::Tenure;
use shared::plan::{Plan, PlanState, Scope};
use shared::quantity::{BasisPoints, Points};
use shared::refusal::Refusal;
use shared::regime::Document;
use shared::regime::document::Regime;
use shared::regime::preset::shelf;
use shared::result::engine_3::inputs::{ItemFacts, Rating, Stated};
use shared::result::engine_3::{Inputs, Tape, compile, person};
use shared::result::{Evaluated, PlanResult};
use shared::row::Row;
use shared::whatif::{Lack, Line, Outcome, WhatIf, plans_of};

use crate::prelude::*;

/// A regime as JSON, which tests change by pointer.
fn changed(regime: &Regime, pointer: &str, value: Value) -> Regime {
    let mut tree = serde_json::to_value(regime).unwrap();
    *tree.pointer_mut(pointer).expect(pointer) = value;
    read(tree)
}

/// The same, judging everybody alone.
fn alone(regime: &Regime) -> Regime {
    let mut tree = serde_json::to_value(regime).unwrap();
    tree.as_object_mut().unwrap().remove("cohort");
    read(tree)
}

/// Reads a changed document; what is no longer there is no house default.
fn read(mut tree: Value) -> Regime {
    let defaults = tree["house_defaults"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let there = |pointer: &Value| tree.pointer(pointer.as_str().unwrap()).is_some();
    let left: Vec<Value> = defaults.into_iter().filter(there).collect();
    tree["house_defaults"] = json!(left);
    serde_json::from_value(tree).unwrap()
}

/// A shipped regime.
fn preset(key: &str, alternatives: &[&str]) -> Regime {
    let mut all = shelf::all().into_iter();
    let preset = all.find(|one| one.regime.key == key).expect(key);
    preset.with(alternatives).expect(key)
}

/// The n-th of those who were judged.
const fn someone(n: u128) -> PersonId {
    PersonId::from_bits(1_000 + n)
}

/// A past November under a regime, in which people were judged.
struct Past {
    story: Story,
    regime: Regime,
}

impl Past {
    fn under(regime: Regime) -> Self {
        let story = Story::founded_under(regime.clone().into());
        Self { story, regime }
    }

    /// Somebody works in a unit.
    fn hire(&mut self, n: u128, unit: UnitId) {
        let (person, name) = (someone(n), format!("员工{n}"));
        let add = AddPerson { person, name };
        self.story.must(ADMINISTRATOR, Command::AddPerson(add));
        let assign = Assign {
            assignment: AssignmentId::from_bits(1_100 + n),
            person,
            unit,
            post: "操作工".into(),
            tenure: Tenure::Main,
            heads: false,
            from: day(2025, 1, 1),
            to: None,
        };
        self.story.must(ADMINISTRATOR, Command::Assign(assign));
    }

    /// The place of the first rater whose word counts, mostly the superior.
    fn superior(&self) -> u16 {
        let raters = &self.regime.judging.raters;
        let at = raters.iter().position(|rater| rater.weight.0 > 0);
        u16::try_from(at.unwrap()).unwrap()
    }

    /// An item of which the superior stated something.
    fn rated(&self, n: u128, weight: i64, rating: Rating) -> ItemFacts {
        let value = json!({
            "item": item_id(n), "section": 0, "category": 65_535, "source": 65_535,
            "target": "done", "weight": weight, "importance": 0, "outcome": "done"
        });
        let mut facts: ItemFacts = serde_json::from_value(value).unwrap();
        facts.stated.push(Stated {
            rater: self.superior(),
            rating,
            off: Vec::new(),
        });
        facts
    }

    /// A plan's result is published with these facts.
    fn published(&mut self, plan: u128, of: (PersonId, UnitId, Scope), inputs: Inputs) {
        let (owner, unit, scope) = of;
        let period = self.story.world.organisation().periods[&NOVEMBER].clone();
        let program = compile(&self.regime, period.kind).unwrap();
        let mut tape = Tape::default();
        let figures = person(&program, &inputs, &mut tape).unwrap();
        let band = figures
            .band
            .and_then(|at| self.regime.grades.key(at.into()));
        let judge = if scope == Scope::Unit {
            MANAGER
        } else {
            LINE_HEAD
        };
        let id = PlanId::from_bits(2_000 + plan);
        let moment = noon(day(2026, 12, 2));
        let three = Evaluated {
            kind: period.kind,
            inputs_digest: inputs.digest(),
            titles: Vec::new(),
            tape: tape.nodes,
            root: String::new(),
            band: band.map(str::to_owned),
            preliminary: false,
            house: Vec::new(),
            inputs,
        };
        let result = PlanResult {
            plan: id,
            version: 1,
            unit,
            period: NOVEMBER,
            owner,
            by: judge,
            times: moment.times(),
            engine_version: 3,
            regime: REGIME,
            regime_digest: self.regime.digest(),
            inputs: Vec::new(),
            derivation: Vec::new(),
            total: figures.total,
            coefficient: figures.coefficient,
            deferred: Vec::new(),
            on_behalf_of: None,
            three: Some(Box::new(three)),
        };
        let plan: Plan = serde_json::from_value(json!({
            "id": id, "unit": unit, "period": NOVEMBER, "scope": scope, "owner": owner,
            "state": PlanState::Published, "judge": judge
        }))
        .unwrap();
        self.story.world.put(&Row::Plan(plan));
        self.story.world.put(&Row::Result(result));
    }

    /// One of the line is judged by the line's head with one item of 100.00.
    fn scored(&mut self, n: u128, rating: Rating) {
        self.hire(n, LINE);
        let inputs = Inputs {
            items: vec![self.rated(n, 10_000, rating)],
            ..Inputs::default()
        };
        self.published(n, (someone(n), LINE, Scope::Personal), inputs);
    }

    fn tried(&self, other: impl Into<Document>) -> Outcome {
        self.tried_by(PLAN_OFFICE, other)
    }

    fn tried_by(&self, reader: PersonId, other: impl Into<Document>) -> Outcome {
        tried(&self.story, reader, other.into()).unwrap()
    }
}

/// November tried by a reader on the day of the story.
fn tried(story: &Story, reader: PersonId, other: Document) -> Result<Outcome, Refusal> {
    let world = &story.world;
    let when = (reader, story.moment.today());
    let mut tried = WhatIf::new(world.organisation(), when, NOVEMBER, other)?;
    for plan in plans_of(world, NOVEMBER) {
        tried.add(world.document(plan).unwrap());
    }
    // A few at a time gives what all at once would.
    while tried.go_on(1) {}
    Ok(tried.finish())
}

/// Total, coefficient and share of pay, then and now.
fn shown(line: &Line) -> [(Points, BasisPoints, BasisPoints); 2] {
    [&line.then, &line.now].map(|one| (one.total, one.coefficient, one.pay))
}

fn figures(total: i64, coefficient: i64, pay: i64) -> (Points, BasisPoints, BasisPoints) {
    (Points(total), BasisPoints(coefficient), BasisPoints(pay))
}

fn line(outcome: &Outcome, person: PersonId) -> &Line {
    let mut lines = outcome.lines.iter();
    lines.find(|line| line.person == person).expect("a line")
}

fn lacks(outcome: &Outcome, person: PersonId) -> &[Lack] {
    let mut apart = outcome.apart.iter();
    &apart.find(|one| one.person == person).expect("apart").lacks
}
