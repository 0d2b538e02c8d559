//! Format 1 read as format 2: what an old document means in the words of the new one.
//!
//! Nothing is written back: the old document keeps its bytes and its digest. What format 1 leaves
//! to the product becomes a value of its own here, and its place joins the house defaults.

use crate::deadline::{DeadlineMonth, DeadlineRule, DeadlineStep, LatenessDecider, Shift};
use crate::quantity::{BasisPoints, Points};

use super::after::{After, Instance};
use super::changes::{AfterDue, Changes, Inside, Window};
use super::coverage::{Coverage, PlansOf};
use super::cycle::{AssessedRange, Cycle};
use super::deadlines::{CountedTime, Deadline, Lateness, On, PlanStep, Undecided};
use super::document::{FORMAT, Regime};
use super::grades::{Band, GradeBy, Grades, LooksAt};
use super::items::{Advice, AdvisedSection, Carry, Consent, ItemRules, RequiredField, Section};
use super::judging::{Judging, Level, Method, MissingRater, Rater, Scoring};
use super::money::Money;
use super::people::{GroupItems, NoPlan, People};
use super::signing::{SignKind, SignStep, Signing};
use super::total::{
    Combine, Empty, Filter, Full, Group, ItemScores, Outside, Part, Parts, Pool, Rounding, Source,
    Total, Unscored,
};
use super::weights::{WeightRules, WeightsPer};
use super::who::Who;
use super::{Name, v1};

mod pointers;

/// The section that hints of format 1 wanted to stay small, and the most of the weight for it.
const SMALL: (&str, BasisPoints) = ("temporary_work", BasisPoints(1_000));

/// The key of the one method of a document of format 1.
const METHOD: &str = "item";

impl From<&v1::Regime> for Regime {
    fn from(old: &v1::Regime) -> Self {
        Self {
            format: FORMAT,
            key: old.key.clone(),
            name: old.name.clone(),
            source: old.source.clone(),
            coverage: Coverage {
                plans: PlansOf::Both,
                units: Vec::new(),
                without_units: Vec::new(),
                levels: Vec::new(),
                people: Vec::new(),
                without_people: Vec::new(),
                employment: Vec::new(),
                centres: Vec::new(),
            },
            roles: Vec::new(),
            items: items(old),
            signing: signing(),
            lateness: lateness(old),
            changes: changes(old),
            judging: judging(old),
            cycles: vec![cycle(old)],
            grades: Grades {
                by: grades(old),
                gates: Vec::new(),
            },
            cohort: None,
            people: people(old),
            money: Money {
                floating_share: old.floating_share,
                pay_month: 1,
                cut_off_days: 3,
                most_deducted: BasisPoints(2_000),
                fund: None,
            },
            tariffs: Vec::new(),
            after: After {
                notice: true,
                revealed: false,
                objection: Instance {
                    days: old.objection_days(),
                    by: vec![Who::Superior],
                    decided_in: None,
                },
                appeal: None,
                second: None,
                publication: None,
                spot_checks: None,
                archive_years: None,
            },
            house_defaults: pointers::house_defaults(old),
        }
    }
}

fn name(zh: &str, en: &str) -> Name {
    Name {
        zh: zh.to_owned(),
        en: en.to_owned(),
    }
}

fn items(old: &v1::Regime) -> ItemRules {
    let section = |section: &v1::Section| Section {
        key: section.key.clone(),
        name: section.name.clone(),
        filled_by: Vec::new(),
        filled_after: false,
        outside: false,
    };
    let required = |field: &v1::RequiredField| match field {
        v1::RequiredField::Responsible => RequiredField::Responsible,
        v1::RequiredField::Due => RequiredField::Due,
        v1::RequiredField::Deliverable => RequiredField::Deliverable,
        v1::RequiredField::Standard => RequiredField::Standard,
    };
    ItemRules {
        sections: old.sections.iter().map(section).collect(),
        categories: Vec::new(),
        sources: Vec::new(),
        required: old.required.iter().map(required).collect(),
        consent: Consent::Asked,
        carry: Carry::Offered,
        advice: advised(old),
    }
}

/// The hints of format 1, which stood in the program; none beside the house's where no section is
/// meant by them.
fn advised(old: &v1::Regime) -> Option<Advice> {
    let mut sections = old.sections.iter();
    let small = sections.find(|section| section.key == SMALL.0)?;
    Some(Advice {
        temporary: Some(AdvisedSection {
            section: small.key.clone(),
            most: SMALL.1,
        }),
        ..Advice::default()
    })
}

/// Format 1 knows one way: the superior approves plans and agrees to changes.
fn signing() -> Signing {
    let step = |key: &str, name| SignStep {
        key: key.to_owned(),
        name,
        by: vec![Who::Superior],
        kind: SignKind::Approve,
        approve_only: false,
        weighs: false,
        adds: Vec::new(),
        in_person: false,
    };
    Signing {
        plan: vec![step("approve", name("审批", "Approve"))],
        change: vec![step("agree", name("同意调整", "Agree"))],
        result: Vec::new(),
    }
}

fn lateness(old: &v1::Regime) -> Lateness {
    let lateness = old.lateness.clone().unwrap_or_default();
    Lateness {
        grace_minutes: lateness.grace_minutes,
        receipt_only: lateness.receipt_only,
        decider: match lateness.decider {
            LatenessDecider::Superior => Who::Superior,
            LatenessDecider::PlanOffice => Who::PlanOffice,
        },
        counts: CountedTime::Received,
        undecided: Undecided::Late,
    }
}

fn changes(old: &v1::Regime) -> Changes {
    let changes = old.changes.clone().unwrap_or(v1::ChangeRules {
        free_until_days: 3,
        force_majeure: true,
    });
    Changes {
        kinds: Vec::new(),
        window: Window::Until {
            days: changes.free_until_days,
        },
        inside: Inside::Flagged,
        after_due: if changes.force_majeure {
            AfterDue::ForceMajeure {
                by: Who::IndirectSuperior,
            }
        } else {
            AfterDue::Refused
        },
        one_sided: false,
    }
}

fn judging(old: &v1::Regime) -> Judging {
    let rater = |key: &str, by, weight, missing| Rater {
        key: key.to_owned(),
        by,
        weight: BasisPoints(weight),
        missing,
        several: None,
        of: None,
    };
    Judging {
        raters: vec![
            rater("self", Who::Responsible, 0, MissingRater::LeftOut),
            rater("superior", Who::Superior, 10_000, MissingRater::Provisional),
        ],
        methods: method(&old.judging).into_iter().collect(),
    }
}

fn method(judging: &v1::Judging) -> Option<Method> {
    let level = |level: &v1::Level| Level {
        key: level.key.clone(),
        name: level.name.clone(),
    };
    let (scoring, undone, cap) = match judging {
        v1::Judging::Matrix {
            efficiency,
            quality,
            factors,
            not_carried_out,
            on_time,
            late,
        } => {
            let best = factors.iter().flatten().max().copied();
            let scoring = Scoring::Matrix {
                efficiency: efficiency.iter().map(level).collect(),
                quality: quality.iter().map(level).collect(),
                factors: factors.clone(),
                on_time: on_time.clone(),
                late: late.clone(),
            };
            (scoring, *not_carried_out, best.unwrap_or_default())
        }
        v1::Judging::Points {} => (Scoring::OwnRule {}, BasisPoints(0), BasisPoints(10_000)),
        v1::Judging::Tracked {} => return None,
    };
    Some(Method {
        key: METHOD.to_owned(),
        name: name("事项", "Item"),
        scoring,
        charges: Vec::new(),
        undone,
        floor: BasisPoints(0),
        cap,
    })
}

fn cycle(old: &v1::Regime) -> Cycle {
    let listed = |rule: &DeadlineRule| Deadline {
        step: match rule.step {
            DeadlineStep::Submission => PlanStep::Submission,
            DeadlineStep::SelfScore => PlanStep::SelfScore,
            DeadlineStep::SuperiorScore => PlanStep::SuperiorScore,
            DeadlineStep::Filing => PlanStep::Filing,
        },
        on: On::DayOfMonth {
            month: rule.month,
            day: rule.day_of_month,
        },
        minute: rule.minute,
        shift: rule.shift,
        counts: None,
    };
    let mut deadlines: Vec<Deadline> = old.deadlines.iter().map(listed).collect();
    if pointers::submission_is_put_first(old) {
        let submission = Deadline {
            step: PlanStep::Submission,
            on: On::DayOfMonth {
                month: DeadlineMonth::Before,
                day: old.submission.day_of_month,
            },
            minute: Some(old.submission.minute),
            shift: Shift::Back,
            counts: None,
        };
        deadlines.insert(0, submission);
    }
    Cycle {
        kind: old.period,
        within: None,
        splits_into: None,
        assessed: old.assessed.as_ref().map(|range| AssessedRange {
            from_day: range.from_day,
            to_day: range.to_day,
        }),
        weights: WeightRules {
            total: old.weights.total,
            per: match old.weights.per {
                v1::WeightsPer::Plan => WeightsPer::Plan,
                v1::WeightsPer::Section => WeightsPer::Section,
                v1::WeightsPer::Free => WeightsPer::Free,
            },
            importance: None,
        },
        deadlines,
        timers: Vec::new(),
        total: (old.judging != v1::Judging::Tracked {}).then(|| total(old)),
        ungraded: false,
    }
}

fn total(old: &v1::Regime) -> Total {
    let parts = match old.weights.per {
        v1::WeightsPer::Section => by_sections(old),
        v1::WeightsPer::Plan => by_plan(old, Pool::Scaled),
        v1::WeightsPer::Free => by_plan(old, Pool::Sum),
    };
    Total {
        parts,
        floor: Points(0),
        cap: None,
        rounding: match old.rounding {
            v1::Rounding::TotalHalfUp => Rounding::TotalHalfUp,
        },
    }
}

/// One part of items, judged by the one method.
fn part(key: &str, name: Name, total: Points, scores: ItemScores, empty: Empty) -> Part {
    Part {
        key: key.to_owned(),
        name,
        minus: false,
        weight: None,
        total: Some(total),
        source: Source::Items(scores),
        floor: None,
        cap: None,
        empty,
    }
}

fn scores(of: Filter, pool: Pool, outside: Outside) -> ItemScores {
    let method = METHOD.to_owned();
    ItemScores {
        groups: vec![Group { of, method }],
        full: Full::Weight,
        pool,
        outside,
        unscored: Unscored::Blocks,
    }
}

fn by_plan(old: &v1::Regime, pool: Pool) -> Parts {
    let most = old.bonus.unwrap_or_default();
    let scores = scores(Filter::default(), pool, Outside::Bonus { most });
    let name = name("计划得分", "Plan");
    let plan = part("plan", name, old.weights.total, scores, Empty::Blocks);
    Parts {
        combine: Combine::Sum,
        list: vec![plan],
    }
}

/// Sections by their shares; bonus items stand beside them as a part of their own.
fn by_sections(old: &v1::Regime) -> Parts {
    let full = old.weights.total;
    let empty = match old.empty_section {
        Some(v1::EmptySection::CountsZero) => Empty::CountsZero,
        Some(v1::EmptySection::DropsOut) | None => Empty::DropsOut,
    };
    let section = |section: &v1::Section| {
        let of = Filter {
            sections: vec![section.key.clone()],
            ..Filter::default()
        };
        let scores = scores(of, Pool::Scaled, Outside::None);
        let mut part = part(&section.key, section.name.clone(), full, scores, empty);
        part.weight = Some(section.share.unwrap_or_default());
        part
    };
    let sections = Parts {
        combine: Combine::Weighted,
        list: old.sections.iter().map(section).collect(),
    };
    let Some(most) = old.bonus else {
        return sections;
    };
    let only = Outside::Only { most };
    let scores = scores(Filter::default(), Pool::Sum, only);
    let bonus = part(
        "bonus",
        name("加分", "Bonus"),
        most,
        scores,
        Empty::DropsOut,
    );
    let together = Part {
        source: Source::Parts(sections),
        key: "sections".to_owned(),
        name: name("各类得分", "Sections"),
        total: Some(full),
        empty: Empty::CountsZero,
        ..bonus.clone()
    };
    Parts {
        combine: Combine::Sum,
        list: vec![together, bonus],
    }
}

/// Bands from the highest to the lowest; what lies below all of them has a band of its own.
fn grades(old: &v1::Regime) -> GradeBy {
    if old.judging == (v1::Judging::Tracked {}) {
        return GradeBy::None {};
    }
    let mut bands = Vec::with_capacity(old.bands.len() + 1);
    let mut below = None;
    let last = v1::Band {
        from: Points(0),
        coefficient: BasisPoints(0),
    };
    let lowest = old.bands.last().map(|band| band.from);
    let more = lowest.is_none_or(|from| from > Points(0)).then_some(&last);
    for (nth, band) in (1..).zip(old.bands.iter().chain(more)) {
        bands.push(Band {
            key: format!("b{nth}"),
            name: name(&format!("第 {nth} 档"), &format!("Band {nth}")),
            from: band.from,
            below,
            coefficient: band.coefficient,
        });
        below = Some(band.from);
    }
    GradeBy::Points {
        looks_at: LooksAt::Printed,
        bands,
    }
}

fn people(old: &v1::Regime) -> People {
    let part = old.part_period();
    People {
        absent_share: part.absent_share,
        least_days: part.least_days,
        not_assessed: part.coefficient,
        provisional: old.provisional(),
        no_plan: NoPlan::NotAssessed,
        group_items: GroupItems::OneScore,
    }
}
