//! The shipped presets: each reads, compiles, and judges as somebody with paper and pencil would.
//!
//! One file for each preset holds its worked examples. The figures stand in the comments, computed by
//! hand; nothing of the code under test gave them.

mod centres_monthly;
mod daily_weekly_monthly;
mod deadlines;
mod documents;
mod goal_management;
mod month_quarter_year;
mod public_service;
mod responsibility_centres;
mod run;
mod sales_daily;
mod sixty_forty;
mod smart_monthly;
mod software_company;
mod three_class_monthly;
mod three_sections;
mod twentieth_twentyfifth;
mod weekly_120;
mod weekly_all_staff;

use shared::id::{EntryId, PlanId};
use shared::item::TargetKind;
use shared::period::PeriodKind;
use shared::quantity::{BasisPoints, Points};
use shared::refusal::Refusal;
use shared::regime::document::Regime;
use shared::regime::grades::GradeBy;
use shared::regime::preset::{Preset, shelf};
use shared::regime::total::{Parts, Source};
use shared::result::engine_3::inputs::{
    EntryFact, ItemFacts, KnownResult, Late, NONE, Outcome, Rating, ResultFact, Stated, TypedFact,
};
use shared::result::engine_3::{Figures, Inputs, Program, Tape, compile, person};

use crate::engine_3::computed;
use crate::prelude::*;

/// The preset of a key.
fn preset(key: &str) -> Preset {
    let mut all = shelf::all().into_iter();
    all.find(|preset| preset.regime.key == key).unwrap()
}

/// One plan in one period under a preset, with its facts named by key as the document names them.
struct Case {
    regime: Regime,
    kind: PeriodKind,
    program: Program,
    inputs: Inputs,
}

impl Case {
    fn of(key: &str, kind: PeriodKind) -> Self {
        Self::with(key, &[], kind)
    }

    fn with(key: &str, alternatives: &[&str], kind: PeriodKind) -> Self {
        let regime = preset(key).with(alternatives).unwrap();
        let program = compile(&regime, kind).unwrap();
        let inputs = Inputs::default();
        Self {
            regime,
            kind,
            program,
            inputs,
        }
    }

    /// An item that was done in time, and of which nobody stated anything; the last one counts.
    fn item(&mut self, section: &str, weight: i64) -> &mut ItemFacts {
        let items = &self.regime.items;
        let section = items.sections.iter().position(|one| one.key == section);
        let is_outside = section.is_some_and(|at| items.sections[at].outside);
        let n = self.inputs.items.len() as u128 + 1;
        self.inputs.items.push(ItemFacts {
            item: item_id(n),
            section: place(section),
            category: NONE,
            source: NONE,
            target: TargetKind::Done,
            must: false,
            outside: is_outside,
            weight: Points(weight),
            importance: Points(0),
            outcome: Outcome::Done,
            late: Late::default(),
            reached: None,
            stated: Vec::new(),
        });
        self.inputs.items.last_mut().unwrap()
    }

    /// An item to which the superior gave points.
    fn scored(&mut self, section: &str, weight: i64, points: i64) {
        let stated = self.stated("superior", Rating::Points(Points(points)));
        self.item(section, weight).stated.push(stated);
    }

    /// An item that the superior says was not carried out.
    fn undone(&mut self, section: &str, weight: i64) {
        let stated = self.stated("superior", Rating::Undone);
        let item = self.item(section, weight);
        item.outcome = Outcome::Undone;
        item.stated.push(stated);
    }

    /// A statement of the rater of a key.
    fn stated(&self, rater: &str, rating: Rating) -> Stated {
        let raters = &self.regime.judging.raters;
        let rater = raters.iter().position(|one| one.key == rater);
        Stated {
            rater: place(rater),
            rating,
            off: Vec::new(),
        }
    }

    /// A confirmed entry of the ledger.
    fn entry(&mut self, tariff: &str, points: i64) -> &mut EntryFact {
        let mut tariffs = self.regime.tariffs.iter();
        let tariff = tariffs.position(|one| one.key == tariff);
        let n = self.inputs.entries.len() as u128 + 1;
        self.inputs.entries.push(EntryFact {
            entry: EntryId::from_bits(n),
            tariff: place(tariff),
            item: None,
            happened: day(2026, 11, 3),
            points: Points(points),
            item_zero: false,
        });
        self.inputs.entries.last_mut().unwrap()
    }

    /// Points that a rater typed for a criterion of a part.
    fn typed(&mut self, part: &str, criterion: u16, rater: &str, points: i64) {
        let keys = self.parts();
        let rater = self.stated(rater, Rating::Whole).rater;
        self.inputs.typed.push(TypedFact {
            part: place(keys.iter().position(|key| key == part)),
            criterion,
            rater,
            points: Points(points),
        });
    }

    /// Another result, which a part takes; `None` while it is open.
    fn result(&mut self, part: &str, total: Option<i64>) {
        let document = serde_json::to_value(&self.regime).unwrap();
        let at = |place: &String| {
            let parent = place.trim_end_matches("/source");
            document.pointer(parent).unwrap()["key"] == part
        };
        let n = self.inputs.results.len() as u128 + 1;
        let known = |total| KnownResult {
            version: 1,
            digest: String::new(),
            total: Points(total),
            band: None,
        };
        self.inputs.results.push(ResultFact {
            place: place(self.program.results().iter().position(at)),
            plan: PlanId::from_bits(n),
            known: total.map(known),
        });
    }

    /// The keys of the parts of the cycle that was compiled, depth first.
    fn parts(&self) -> Vec<String> {
        fn walk(parts: &Parts, keys: &mut Vec<String>) {
            for part in &parts.list {
                keys.push(part.key.clone());
                if let Source::Parts(parts) = &part.source {
                    walk(parts, keys);
                }
            }
        }
        let mut keys = Vec::new();
        let (_, cycle) = self.regime.cycle(self.kind).unwrap();
        walk(&cycle.total.as_ref().unwrap().parts, &mut keys);
        keys
    }

    fn figures(&self) -> Figures {
        computed(&self.program, &self.inputs).0
    }

    /// The printed total in hundredths, and the coefficient in ten-thousandths.
    fn is(&self) -> (i64, i64) {
        let Figures {
            total: Points(total),
            coefficient: BasisPoints(coefficient),
            ..
        } = self.figures();
        (total, coefficient)
    }

    /// The key of the band or grade.
    fn band(&self) -> Option<&str> {
        let at = usize::from(self.figures().band?);
        Some(match &self.regime.grades.by {
            GradeBy::Points { bands, .. } => &bands[at].key,
            GradeBy::Decided { levels, .. } => &levels[at].key,
            GradeBy::None {} => return None,
        })
    }

    fn refused(&self) -> Refusal {
        person(&self.program, &self.inputs, &mut Tape::default()).unwrap_err()
    }
}

/// A key that the document does not have is a mistake of the test.
fn place(at: Option<usize>) -> u16 {
    u16::try_from(at.expect("the document has the key")).unwrap()
}
