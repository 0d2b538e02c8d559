//! One example of every kind of command, each field filled.

use shared::command::organisation::{
    AddPerson, AddUnit, AdoptRegime, Appoint, Assign, DrawLine, EndAppointment, EndAssignment,
    EndLine,
};
use shared::command::plan::{ApprovePlan, EditItem, RemoveItem, ReturnPlan, SubmitPlan, Weigh};
use shared::command::review::{DiscardRefused, PublishResult, ReportItem, ScoreAs, ScorePart};
use shared::command::{Command, MadeCommand};
use shared::id::{AppointmentId, AssignmentId, CommandId, ReportId, ReportingLineId};
use shared::item::{Deduction, Edit, Item, ItemEdit, Rhythm, Target, TargetKind};
use shared::moment::{Made, UtcMillis};
use shared::organisation::{Line, Office, Tenure};
use shared::quantity::{Points, Quantity};
use shared::report::ReportKind;
use shared::score::Judgement::{self, NotCarriedOut};

use crate::prelude::*;

/// The examples; the last one stands in a refused one's place.
pub(super) fn examples() -> Vec<MadeCommand> {
    let made = Made {
        device_wall: UtcMillis(1_794_000_000_000),
        est_server_time: UtcMillis(1_794_000_000_500),
        tz: 480,
    };
    let commands = organisation().into_iter().chain(super::time::commands());
    let commands = commands.chain(super::seal::commands());
    let commands = commands.chain(plan()).chain(super::change::commands());
    let commands = commands.chain(super::unapplied::commands());
    let commands = commands.chain(super::evidence::commands());
    let commands = commands.chain(super::signing::commands());
    let commands = commands.chain(super::ledger::commands());
    let commands = commands.chain(super::closing::commands());
    let commands = commands.chain(super::payroll::commands());
    let commands = commands.chain(super::after::commands());
    let commands = commands.chain(review());
    let mut examples: Vec<MadeCommand> = commands
        .map(|command| MadeCommand {
            command,
            made,
            supersedes: None,
        })
        .collect();
    if let Some(last) = examples.last_mut() {
        last.supersedes = Some(CommandId::from_bits(0xabcd));
    }
    examples
}

fn organisation() -> Vec<Command> {
    let (from, to) = (day(2026, 1, 1), day(2026, 12, 31));
    let assignment = AssignmentId::from_bits(51);
    let appointment = AppointmentId::from_bits(42);
    let line = ReportingLineId::from_bits(61);
    let (name, name_en) = ("一线".to_owned(), "Line".to_owned());
    vec![
        found_company(),
        Command::AddUnit(AddUnit {
            unit: LINE,
            name,
            name_en,
            parent: ROOT,
            from,
        }),
        Command::AddPerson(AddPerson {
            person: WORKER,
            name: "王小明".into(),
        }),
        Command::Assign(Assign {
            assignment,
            person: WORKER,
            unit: LINE,
            post: "操作工".into(),
            tenure: Tenure::Additional,
            heads: false,
            from,
            to: Some(to),
        }),
        Command::EndAssignment(EndAssignment { assignment, to }),
        Command::DrawLine(DrawLine {
            id: line,
            person: WORKER,
            superior: MANAGER,
            line: Line::Functional,
            from,
        }),
        Command::EndLine(EndLine { id: line, to }),
        Command::Appoint(Appoint {
            appointment,
            person: WORKER,
            office: Office::PlanOffice,
            from,
        }),
        Command::EndAppointment(EndAppointment { appointment, to }),
        super::kept_command("adopt_regime_2"),
        Command::AdoptRegime(AdoptRegime {
            id: REGIME,
            regime: super::rule_text(),
        }),
        Command::OpenPeriod(november()),
    ]
}

/// An item with every field filled.
pub(super) fn full_item() -> Item {
    Item {
        helpers: vec![STORE],
        target: target(985_000),
        ..item(1, 3_333)
    }
}

fn target(value: i64) -> Target {
    Target {
        kind: TargetKind::Higher,
        baseline: Some(Quantity(970_000)),
        value: Some(Quantity(value)),
        measure: "%".into(),
        tolerance: None,
    }
}

/// One point off per half percent, down to 5.
pub(super) fn deduction() -> Deduction {
    Deduction {
        per: Quantity(5_000),
        points: Points(100),
        started: true,
        floor: Points(500),
    }
}

fn both<T>(old: T, new: T) -> Edit<T> {
    Edit { old, new }
}

fn texts(old: &str, new: &str) -> Edit<String> {
    both(old.to_owned(), new.to_owned())
}

fn plan() -> Vec<Command> {
    let (plan, seen) = (PLAN, "5".repeat(64));
    let edits = vec![
        ItemEdit::Title(texts("旧", "新")),
        ItemEdit::Section(texts("key_work", "daily_work")),
        ItemEdit::Responsible(both(Some(WORKER), None)),
        ItemEdit::Helpers(both(vec![], vec![STORE, ROOT])),
        ItemEdit::Target(both(target(980_000), target(985_000))),
        ItemEdit::Due(both(None, Some(day(2026, 11, 20)))),
        ItemEdit::Deliverable(texts("", "月报")),
        ItemEdit::Standard(texts("", "不低于98.5%")),
        ItemEdit::Rule(texts("", "每低0.1个百分点扣1分")),
        ItemEdit::Weight(both(Points(3_000), Points(3_333))),
        ItemEdit::Position(both(1, 2)),
        ItemEdit::Bonus(both(false, true)),
        ItemEdit::Deduction(both(None, Some(deduction()))),
        ItemEdit::Rhythm(both(Some(Rhythm::Daily), None)),
        ItemEdit::Category(texts("", "major")),
        ItemEdit::Source(texts("", "order")),
        ItemEdit::Importance(both(None, Some(Points(150)))),
        ItemEdit::Must(both(false, true)),
        ItemEdit::Scheme(texts("", "分三步实施")),
    ];
    let weights = vec![(item_id(1), both(Points(3_000), Points(3_333)))];
    vec![
        Command::DraftPlan(line_plan()),
        add(full_item()),
        Command::EditItem(EditItem {
            plan,
            item: item_id(1),
            edits,
        }),
        Command::Weigh(Weigh { plan, weights }),
        Command::RemoveItem(RemoveItem {
            plan,
            item: Box::new(full_item()),
        }),
        Command::SubmitPlan(SubmitPlan {
            plan,
            seen: seen.clone(),
        }),
        Command::ReturnPlan(ReturnPlan {
            plan,
            seen: seen.clone(),
            reason: "指标偏低".into(),
        }),
        Command::ApprovePlan(ApprovePlan { plan, seen }),
    ]
}

fn review() -> Vec<Command> {
    let good = carried_out("on_time", "good");
    vec![
        Command::ReportItem(ReportItem {
            report: ReportId::from_bits(71),
            plan: PLAN,
            item: item_id(1),
            kind: ReportKind::Completion,
            percent: 100,
            quantity: Some(Quantity(987_000)),
            note: "已验收".into(),
            happened: day(2026, 11, 19),
            of: Some(WORKER),
            reason: "本人无手机".into(),
            paper: true,
        }),
        Command::ScoreSelf(score(1, None, Some(good.clone()))),
        Command::ScoreSuperior(score(1, Some(good), Some(NotCarriedOut))),
        Command::ScorePart(ScorePart {
            plan: PLAN,
            part: "a".into(),
            criterion: "format".into(),
            rater: "superior".into(),
            points: Edit {
                old: Some(Points(100)),
                new: Some(Points(200)),
            },
            note: "两处格式错误".into(),
        }),
        Command::ScoreAs(ScoreAs {
            plan: PLAN,
            item: item_id(1),
            rater: "panel".into(),
            judgement: Edit {
                old: None,
                new: Some(Judgement::Whole {
                    off: [("quality".to_owned(), Points(20))].into(),
                }),
            },
            note: String::new(),
        }),
        Command::PublishResult(PublishResult {
            plan: PLAN,
            seen: "5".repeat(64),
        }),
        Command::DiscardRefused(DiscardRefused {
            refused: CommandId::from_bits(0xfedc),
        }),
    ]
}
