//! One driver for every regime: it opens a period of each kind, makes plans, and takes them through
//! signing, work, judging, notice, seal and pay, and asks the document at each step what comes next.
//!
//! It names no regime and no key. A preset that would need a line of its own here shows what the model
//! cannot say.

use std::collections::BTreeSet;

use shared::command::Command;
use shared::command::organisation::{AddPerson, AdoptRegime, Appoint, Assign, OpenPeriod};
use shared::command::plan::{AddItem, AnswerHelp, DraftPlan};
use shared::command::review::ReportItem;
use shared::command::signing::{HoldRole, SignPlan};
use shared::id::{AppointmentId, ItemId, PeriodId, PersonId, PlanId, ReportId, RoleHolderId};
use shared::item::{Item, Target, TargetKind};
use shared::moment::Day;
use shared::organisation::{Office, Tenure};
use shared::period::PeriodKind;
use shared::plan::{PlanState, Scope};
use shared::quantity::{Fen, Points, Quantity};
use shared::regime::Document;
use shared::regime::coverage::PlansOf;
use shared::regime::document::Regime;
use shared::regime::items::{Consent, RequiredField};
use shared::regime::judging::Scoring;
use shared::regime::who::Who;
use shared::report::ReportKind;
use shared::weight;
use shared::{signing, who};

use crate::prelude::*;

mod checked;
mod judged;
mod paid;

/// The personnel office, and whoever holds a role that the regime names.
const PERSONNEL: PersonId = PersonId::from_bits(61);
const BODY: PersonId = PersonId::from_bits(62);

/// What is done with a regime, and the plans of it.
struct Run {
    story: Story,
    regime: Regime,
    /// The next free id.
    next: u128,
}

/// One plan on its way.
#[derive(Clone, Copy)]
struct Made {
    plan: PlanId,
    period: PeriodId,
    kind: PeriodKind,
    to: Day,
    /// The last day whose work is assessed.
    due: Day,
}

/// The days of the period of a kind: nested, the first of each in 2026.
fn days(kind: PeriodKind) -> (Day, Day) {
    match kind {
        // A Thursday, the first working day of the year's first whole week that is worked.
        PeriodKind::Day => (day(2026, 1, 8), day(2026, 1, 8)),
        PeriodKind::Week | PeriodKind::Custom => (day(2026, 1, 5), day(2026, 1, 11)),
        PeriodKind::Month => (day(2026, 1, 1), day(2026, 1, 31)),
        PeriodKind::Quarter => (day(2026, 1, 1), day(2026, 3, 31)),
        PeriodKind::HalfYear => (day(2026, 1, 1), day(2026, 6, 30)),
        PeriodKind::Year => (day(2026, 1, 1), day(2026, 12, 31)),
    }
}

impl Run {
    /// A company with everybody whom a regime can name, in the middle of December 2025.
    fn under(regime: Regime) -> Self {
        let mut story = Story::staffed();
        let from = day(2025, 1, 1);
        for (person, name) in [(PERSONNEL, "孙丽"), (BODY, "何平")] {
            let name = name.to_owned();
            story.must(
                ADMINISTRATOR,
                Command::AddPerson(AddPerson { person, name }),
            );
            let assign = Assign {
                assignment: assignment(person),
                person,
                unit: ROOT,
                post: "职员".into(),
                tenure: Tenure::Main,
                heads: false,
                from,
                to: None,
            };
            story.must(ADMINISTRATOR, Command::Assign(assign));
        }
        let appoint = Appoint {
            appointment: AppointmentId::from_bits(43),
            person: PERSONNEL,
            office: Office::Personnel,
            from,
        };
        story.must(ADMINISTRATOR, Command::Appoint(appoint));
        for (holder, role) in (71..).zip(&regime.roles) {
            let hold = HoldRole {
                holder: RoleHolderId::from_bits(holder),
                role: role.key.clone(),
                unit: None,
                person: BODY,
                from,
            };
            story.must(ADMINISTRATOR, Command::HoldRole(hold));
        }
        story.moment = noon(day(2025, 12, 15));
        let adopt = AdoptRegime {
            id: REGIME,
            regime: Document::from(regime.clone()),
        };
        story.must(PLAN_OFFICE, Command::AdoptRegime(adopt));
        Self {
            story,
            regime,
            next: 10_000,
        }
    }

    fn id(&mut self) -> u128 {
        self.next += 1;
        self.next
    }

    /// Makes plans in a period of each kind, the longest first; the unit's before a member's.
    fn plans(&mut self) -> Vec<Made> {
        let mut kinds: Vec<PeriodKind> = self.regime.cycles.iter().map(|one| one.kind).collect();
        kinds.sort_unstable();
        let scopes: &[(Scope, PersonId)] = match self.regime.coverage.plans {
            PlansOf::Unit => &[(Scope::Unit, LINE_HEAD)],
            PlansOf::Personal => &[(Scope::Personal, WORKER)],
            PlansOf::Both => &[(Scope::Unit, LINE_HEAD), (Scope::Personal, WORKER)],
        };
        let mut plans = Vec::new();
        for kind in kinds.into_iter().rev() {
            let period = PeriodId::from_bits(self.id());
            let (from, to) = days(kind);
            let open = OpenPeriod {
                period,
                kind,
                from,
                to,
                regime: REGIME,
            };
            self.story.must(PLAN_OFFICE, Command::OpenPeriod(open));
            for (scope, owner) in scopes {
                let plan = PlanId::from_bits(self.id());
                let draft = DraftPlan {
                    plan,
                    unit: LINE,
                    period,
                    scope: *scope,
                    owner: *owner,
                };
                self.story.must(*owner, Command::DraftPlan(draft));
                let organisation = self.story.world.organisation();
                let opened = &organisation.periods[&period];
                let (_, due) = self.regime.rules(kind).unwrap().assessed_days(opened);
                let made = Made {
                    plan,
                    period,
                    kind,
                    to,
                    due: due.min(to),
                };
                self.fill(made);
                self.hand_in(made);
                plans.push(made);
            }
        }
        // Parts first: what a longer period takes of shorter ones is there when it is judged.
        plans.sort_by_key(|made| made.kind);
        plans
    }

    fn owner(&self, plan: PlanId) -> PersonId {
        self.plan(plan).owner
    }

    fn plan(&self, plan: PlanId) -> &shared::plan::Plan {
        self.story.document_of(plan).plan.as_ref().unwrap()
    }

    /// The people whom a `Who` means for a plan today.
    fn people(&self, plan: PlanId, who: &Who) -> Vec<PersonId> {
        let document = self.story.document_of(plan);
        let organisation = self.story.world.organisation();
        let today = self.story.moment.today();
        let items = document.items.values();
        let seats = who::seats(organisation, who, self.plan(plan), items, today);
        seats.concat()
    }

    /// Who fills a section: the plan's owner, unless the regime gives it to others.
    fn filler(&self, plan: PlanId, by: &[Who]) -> PersonId {
        let owner = self.owner(plan);
        let named: BTreeSet<PersonId> = by.iter().flat_map(|who| self.people(plan, who)).collect();
        if named.is_empty() || named.contains(&owner) {
            return owner;
        }
        *named.first().unwrap()
    }

    /// One item in each section that is filled beforehand, weighed to what the cycle asks.
    fn fill(&mut self, made: Made) {
        let items = self.regime.items.clone();
        let (_, cycle) = self.regime.cycle(made.kind).unwrap();
        let weights = cycle.weights.clone();
        let sections = items.sections.iter().filter(|one| !one.filled_after);
        let (outside, inside): (Vec<_>, Vec<_>) = sections.partition(|one| one.outside);
        let ids: Vec<ItemId> = inside
            .iter()
            .map(|_| ItemId::from_bits(self.id()))
            .collect();
        let per_section = weights.per == shared::regime::weights::WeightsPer::Section;
        let even: Vec<(ItemId, Points)> = ids.iter().map(|id| (*id, Points(1))).collect();
        let shares = weight::balance_weights(&even, weights.total);
        for (section, (id, share)) in inside.iter().zip(shares) {
            let weight = if per_section { weights.total } else { share };
            let by = self.filler(made.plan, &section.filled_by);
            let item = self.item(made, id, &section.key, weight);
            self.add(by, item);
        }
        for section in outside {
            let by = self.filler(made.plan, &section.filled_by);
            if by == self.owner(made.plan) {
                let id = ItemId::from_bits(self.id());
                let item = self.item(made, id, &section.key, Points(1_000));
                self.add(by, item);
            }
        }
    }

    fn add(&mut self, by: PersonId, item: Item) {
        let (plan, item) = (item.plan, Box::new(item));
        self.story
            .must(by, Command::AddItem(AddItem { plan, item }));
    }

    /// An item with every field that the regime can ask for.
    fn item(&self, made: Made, id: ItemId, section: &str, weight: Points) -> Item {
        let items = &self.regime.items;
        let requires = |field| items.required.contains(&field);
        let helped = requires(RequiredField::Helpers) || requires(RequiredField::HelpersConsent);
        let methods = &self.regime.judging.methods;
        let measured = methods
            .iter()
            .any(|method| matches!(method.scoring, Scoring::Reached { .. }));
        let measured = measured || requires(RequiredField::Target);
        let sources = items.sources.iter().filter(|one| one.filled_by.is_empty());
        let source = sources.map(|one| one.key.clone()).next();
        let category = items.categories.first().map(|one| one.key.clone());
        Item {
            title: "事项".into(),
            section: section.to_owned(),
            responsible: Some(self.owner(made.plan)),
            helpers: if helped { vec![STORE] } else { Vec::new() },
            target: Target {
                kind: if measured {
                    TargetKind::Count
                } else {
                    TargetKind::Done
                },
                value: measured.then_some(Quantity(200_000)),
                measure: "件".into(),
                ..Item::blank(id, made.plan).target
            },
            due: Some(made.due),
            deliverable: "记录".into(),
            standard: "全部完成".into(),
            rule: "每漏一处扣1分".into(),
            scheme: "分三步".into(),
            source: source.unwrap_or_default(),
            category: category.unwrap_or_default(),
            weight,
            ..Item::blank(id, made.plan)
        }
    }

    /// Helpers answer where the plan waits for them, the owner hands in, and everybody signs in turn.
    fn hand_in(&mut self, made: Made) {
        let document = self.story.document_of(made.plan);
        let asked = self.regime.items.consent == Consent::BeforeSubmission;
        let helped = document
            .items
            .values()
            .filter(|item| !item.helpers.is_empty());
        let helped: Vec<ItemId> = helped.map(|item| item.id).collect();
        for item in helped.into_iter().filter(|_| asked) {
            let answer = AnswerHelp {
                plan: made.plan,
                item,
                unit: STORE,
                agreed: true,
                reason: String::new(),
                mirrored: None,
            };
            self.story.must(STORE_HEAD, Command::AnswerHelp(answer));
        }
        let submit = self.story.submit_of(made.plan);
        self.story.must(self.owner(made.plan), submit);
        while let Some((step, by)) = self.awaited(made) {
            self.add_while_signing(made, &step, by);
            let sign = SignPlan {
                plan: made.plan,
                step,
                seen: self.story.seen_of(made.plan),
            };
            self.story.must(by, Command::SignPlan(sign));
        }
        let state = self.plan(made.plan).state;
        assert_eq!(
            state,
            PlanState::Approved,
            "{} {:?}",
            self.regime.key,
            made.kind
        );
    }

    /// The step that waits for a signature, and who gives it.
    fn awaited(&self, made: Made) -> Option<(String, PersonId)> {
        let document = self.story.document_of(made.plan);
        let organisation = self.story.world.organisation();
        let rules = self.regime.rules(made.kind).unwrap();
        let (plan, items) = (self.plan(made.plan), document.items.values());
        let today = self.story.moment.today();
        let standing = signing::of_plan(organisation, rules, plan, items, today);
        let step = standing.awaited()?;
        let seat = step.open().next().unwrap();
        let by = *seat.people.first().expect("somebody sits on every seat");
        Some((step.rule.key.clone(), by))
    }

    /// A signer who may add items adds one to each section that the step names.
    fn add_while_signing(&mut self, made: Made, step: &str, by: PersonId) {
        let mut steps = self.regime.signing.plan.iter();
        let adds = steps.find(|one| one.key == step).unwrap().adds.clone();
        for section in self.regime.items.sections.clone() {
            if section.outside && adds.contains(&section.key) {
                let id = ItemId::from_bits(self.id());
                let item = self.item(made, id, &section.key, Points(1_000));
                self.add(by, item);
            }
        }
    }

    /// On the last day that is assessed: what is entered after the fact is, and everything is reported done.
    fn work(&mut self, made: Made) {
        self.story.moment = noon(made.due);
        for section in self.regime.items.sections.clone() {
            if section.filled_after {
                let by = self.filler(made.plan, &section.filled_by);
                let id = ItemId::from_bits(self.id());
                let item = self.item(made, id, &section.key, Points(500));
                self.add(by, item);
            }
        }
        let items: Vec<Item> = self.items(made);
        for item in items {
            let measured = item.target.value.is_some();
            let report = ReportItem {
                report: ReportId::from_bits(self.id()),
                plan: made.plan,
                item: item.id,
                kind: ReportKind::Completion,
                percent: 100,
                quantity: item.target.value.filter(|_| measured),
                note: String::new(),
                happened: made.due,
                of: None,
                reason: String::new(),
                paper: false,
            };
            let by = item.responsible.unwrap();
            self.story.must(by, Command::ReportItem(report));
        }
    }

    fn items(&self, made: Made) -> Vec<Item> {
        self.story
            .document_of(made.plan)
            .items
            .values()
            .cloned()
            .collect()
    }
}

/// Walks a regime through one period of each kind; gives the kinds that were judged with the totals, and
/// what was paid.
fn walk(regime: Regime) -> (Vec<(PeriodKind, Points)>, Option<Fen>) {
    let mut run = Run::under(regime);
    let plans = run.plans();
    let mut judged = Vec::new();
    for together in plans.chunk_by(|one, other| one.period == other.period) {
        for made in together {
            run.work(*made);
        }
        let kind = together[0].kind;
        if !run.regime.rules(kind).unwrap().is_judged() {
            continue;
        }
        for made in together {
            run.judge(*made);
        }
        for made in together {
            run.answer(*made);
        }
        run.close(together);
        run.check(together);
        judged.extend(together.iter().map(|made| (kind, run.seal(*made))));
    }
    let paid = run.pay(&plans);
    (judged, paid)
}

/// Everybody does everything fully and in time, so every total is full: 100.00, or more where rules
/// give more than full. Where a grade is decided there are no points.
#[test]
fn every_preset_runs_from_draft_to_pay() {
    for preset in shared::regime::preset::shelf::all() {
        let alternatives = preset.alternatives.iter();
        let one = alternatives.map(|one| vec![one.key.as_str()]);
        for choice in std::iter::once(Vec::new()).chain(one) {
            let regime = preset.with(&choice).unwrap();
            let judged: BTreeSet<PeriodKind> = regime
                .cycles
                .iter()
                .map(|cycle| cycle.kind)
                .filter(|kind| regime.rules(*kind).unwrap().is_judged())
                .collect();
            let (totals, paid) = walk(regime.clone());
            let floats = regime.money.floating_share.0 > 0;
            assert_eq!(paid.is_some(), !judged.is_empty(), "{}", regime.key);
            assert_eq!(paid.is_some_and(|fen| fen.0 > 0), floats, "{}", regime.key);
            let kinds: BTreeSet<PeriodKind> = totals.iter().map(|(kind, _)| *kind).collect();
            assert_eq!(kinds, judged, "{} {choice:?}", regime.key);
            for (kind, total) in totals {
                let (_, cycle) = regime.cycle(kind).unwrap();
                let cohort = regime.cohort.as_ref();
                let ceiling = cohort.is_some_and(|cohort| cohort.ceiling.is_some());
                let is_full = match cycle.total {
                    // Nobody stands above a ceiling, and nobody far below it.
                    Some(_) if ceiling => total >= Points(9_900),
                    Some(_) => total >= Points(10_000),
                    None => total == Points(0),
                };
                assert!(is_full, "{} {choice:?} {kind:?}: {total:?}", regime.key);
            }
        }
    }
}
