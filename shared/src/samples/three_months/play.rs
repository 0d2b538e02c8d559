//! Playing a beat: the commands that a person sends at that moment, decided one after the other in
//! the world as it stands.

use std::collections::BTreeMap;

use super::timeline::{Beat, What};
use super::{Builder, Cast, Month, Script, ScriptItem, ScriptPlan, Slot};
use crate::carry;
use crate::change_request::ItemChange;
use crate::command::Command;
use crate::command::evidence::AttachEvidence;
use crate::command::organisation::{NoteAbsence, OpenPeriod};
use crate::command::plan::{
    AddItem, AnswerHelp, ApprovePlan, DraftPlan, RequestChange, ReturnPlan, SubmitPlan,
};
use crate::command::review::ReportItem;
use crate::digest;
use crate::evidence::{ContentHash, MediaType};
use crate::id::{
    AbsenceId, ChangeRequestId, EvidenceId, ItemId, PeriodId, PersonId, PlanId, ReportId, UnitId,
};
use crate::item::{Edit, Item, ItemEdit, LineageKind, Target};
use crate::moment::Day;
use crate::permission;
use crate::quantity::{Points, Quantity};
use crate::report::ReportKind;
use crate::samples::{Act, PHOTO, at_once};
use crate::seal::ResultAnswer;
use crate::world::PlanDocument;

mod judged;

/// The factory while its story is played.
pub(super) struct Playing<'b, 'a> {
    builder: Builder<'b>,
    script: &'a Script,
    cast: &'a Cast,
    months: &'a [Month],
    today: Day,
    /// The periods as they were opened.
    periods: BTreeMap<usize, PeriodId>,
    /// The plans by month and place in the script, with their items.
    plans: BTreeMap<(usize, usize), (PlanId, Vec<ItemId>)>,
}

impl<'b, 'a> Playing<'b, 'a> {
    pub(super) const fn new(
        builder: Builder<'b>,
        script: &'a Script,
        cast: &'a Cast,
        months: &'a [Month],
        today: Day,
    ) -> Self {
        Self {
            builder,
            script,
            cast,
            months,
            today,
            periods: BTreeMap::new(),
            plans: BTreeMap::new(),
        }
    }

    pub(super) fn finish(self) -> (Vec<Act>, BTreeMap<usize, PeriodId>) {
        (self.builder.acts, self.periods)
    }

    pub(super) fn play(&mut self, beat: &Beat) {
        self.builder.moment = at_once(beat.at);
        let here = Here {
            at: (beat.month, beat.plan),
            month: &self.months[beat.month],
            plan: &self.script.plans[beat.plan],
        };
        match beat.what {
            What::Open => self.open(&here),
            What::Draft => self.draft(&here),
            What::Submit => self.submit(&here),
            What::Return => self.send_back(&here),
            What::Help => self.help(&here),
            What::Approve => self.approve(&here),
            What::Halfway(item) => self.halfway(&here, item),
            What::Complete(item) => self.complete(&here, item),
            What::ScoreSelf => self.score_self(&here),
            What::Judge => {
                let judge = self.judge(&here);
                self.judge_as(&here, judge);
            }
            What::JudgeInPlace => {
                let indirect = self.indirect(&here);
                self.judge_as(&here, indirect);
            }
            What::Opens => self.opens(&here),
            What::Signs => self.answers(&here, ResultAnswer::Signed),
            What::Objects => {
                let reason = self.script.objection.clone();
                self.answers(&here, ResultAnswer::Objected(reason));
            }
            What::GivesWay => self.gives_way(&here),
            What::Seal => self.seal(&here),
            What::AskChange => self.ask_change(&here),
            What::Absence => self.absence(),
            What::Carry => self.carry(&here),
        }
    }

    fn send(&mut self, actor: PersonId, command: Command) {
        self.builder.send(actor, command);
    }

    fn id(&mut self) -> u128 {
        self.builder.id()
    }

    fn owner(&self, here: &Here<'_>) -> PersonId {
        self.cast.person(&here.plan.owner)
    }

    fn unit(&self, here: &Here<'_>) -> UnitId {
        self.cast.units[&here.plan.unit]
    }

    fn document(&self, here: &Here<'_>) -> (PlanId, &PlanDocument) {
        let (plan, _) = self.plans[&here.at];
        let document = self.builder.world.document(plan);
        (plan, document.expect("it was drafted before"))
    }

    fn judge(&self, here: &Here<'_>) -> PersonId {
        let (_, document) = self.document(here);
        let plan = document.plan.as_ref().expect("a document has its plan");
        let organisation = self.builder.world.organisation();
        let judge = permission::judge_of(organisation, plan, self.builder.moment.today());
        judge.expect("the general manager stands above everybody who plans")
    }

    fn indirect(&self, here: &Here<'_>) -> PersonId {
        let (_, document) = self.document(here);
        let plan = document.plan.as_ref().expect("a document has its plan");
        let organisation = self.builder.world.organisation();
        let above = permission::indirect_judge_of(organisation, plan, self.builder.moment.today());
        above.expect("somebody stands above a judge who is late")
    }

    fn content(&self, here: &Here<'_>) -> (PlanId, String) {
        let (id, document) = self.document(here);
        let plan = document.plan.as_ref().expect("a document has its plan");
        (id, digest::plan_content(plan, document))
    }

    fn open(&mut self, here: &Here<'_>) {
        let period = PeriodId::from_bits(self.id());
        self.periods.insert(here.at.0, period);
        let open = OpenPeriod {
            period,
            kind: here.month.period.kind,
            from: here.month.period.from,
            to: here.month.period.to,
            regime: here.month.period.regime,
        };
        self.send(self.cast.office, Command::OpenPeriod(open));
    }

    fn draft(&mut self, here: &Here<'_>) {
        let plan = PlanId::from_bits(self.id());
        let owner = self.owner(here);
        let draft = DraftPlan {
            plan,
            unit: self.unit(here),
            period: self.periods[&here.at.0],
            scope: here.plan.scope,
            owner,
        };
        self.send(owner, Command::DraftPlan(draft));
        let mut items = Vec::new();
        for (position, item) in (0..).zip(&here.plan.items) {
            if here.month.slot == Slot::Next && item.once {
                continue;
            }
            let id = ItemId::from_bits(self.id());
            let item = self.item(here, item, (id, plan, position));
            let item = Box::new(item);
            self.send(owner, Command::AddItem(AddItem { plan, item }));
            items.push(id);
        }
        self.plans.insert(here.at, (plan, items));
    }

    fn item(
        &self,
        here: &Here<'_>,
        item: &ScriptItem,
        (id, plan, position): (ItemId, PlanId, u32),
    ) -> Item {
        let quantity = |text: &Option<String>| text.as_deref().map(quantity);
        let helpers = item.helpers.iter().map(|key| self.cast.units[key]);
        Item {
            position,
            title: item.title.clone(),
            section: item.section.clone(),
            responsible: Some(self.owner(here)),
            helpers: helpers.collect(),
            target: Target {
                kind: item.kind,
                baseline: quantity(&item.baseline),
                value: quantity(&item.value),
                measure: item.measure.clone(),
                tolerance: None,
            },
            due: Some(item.due(&here.month.period)),
            deliverable: item.deliverable.clone(),
            standard: item.standard.clone(),
            rule: item.rule.clone(),
            weight: points(&item.weight),
            ..Item::blank(id, plan)
        }
    }

    fn submit(&mut self, here: &Here<'_>) {
        let (plan, seen) = self.content(here);
        let owner = self.owner(here);
        self.send(owner, Command::SubmitPlan(SubmitPlan { plan, seen }));
    }

    fn send_back(&mut self, here: &Here<'_>) {
        let (plan, seen) = self.content(here);
        let reason = self.script.returned.clone();
        let judge = self.judge(here);
        self.send(
            judge,
            Command::ReturnPlan(ReturnPlan { plan, seen, reason }),
        );
    }

    fn help(&mut self, here: &Here<'_>) {
        let (plan, items) = self.plans[&here.at].clone();
        let running = here.month.slot == Slot::Running;
        for (item, scripted) in items.into_iter().zip(&here.plan.items) {
            let open = usize::from(running && scripted.asks);
            for key in scripted.helpers.iter().skip(open) {
                let unit = self.cast.units[key];
                let organisation = self.builder.world.organisation();
                let head = organisation.head(unit, self.builder.moment.today());
                let head = head.expect("every unit of the factory has a head");
                let answer = AnswerHelp {
                    plan,
                    item,
                    unit,
                    agreed: true,
                    reason: String::new(),
                    mirrored: None,
                };
                self.send(head, Command::AnswerHelp(answer));
            }
        }
    }

    fn approve(&mut self, here: &Here<'_>) {
        let (plan, seen) = self.content(here);
        let judge = self.judge(here);
        self.send(judge, Command::ApprovePlan(ApprovePlan { plan, seen }));
    }

    fn report(&mut self, here: &Here<'_>, item: usize, report: ReportItem) {
        let owner = self.owner(here);
        let (plan, items) = &self.plans[&here.at];
        let (plan, item) = (*plan, items[item]);
        let report = ReportItem {
            plan,
            item,
            ..report
        };
        self.send(owner, Command::ReportItem(report));
    }

    fn blank_report(&mut self, kind: ReportKind, percent: u8) -> ReportItem {
        ReportItem {
            report: ReportId::from_bits(self.id()),
            plan: PlanId::from_bits(0),
            item: ItemId::from_bits(0),
            kind,
            percent,
            quantity: None,
            note: String::new(),
            happened: self.builder.moment.today(),
            of: None,
            reason: String::new(),
            paper: false,
        }
    }

    fn halfway(&mut self, here: &Here<'_>, item: usize) {
        let note = here.plan.items[item].halfway.clone().unwrap_or_default();
        let report = ReportItem {
            note,
            ..self.blank_report(ReportKind::Progress, 50)
        };
        self.report(here, item, report);
    }

    fn complete(&mut self, here: &Here<'_>, item: usize) {
        let scripted = &here.plan.items[item];
        if let Some(name) = &scripted.photo {
            self.attach(here, item, name);
        }
        let report = ReportItem {
            quantity: scripted.reached.as_deref().map(quantity),
            note: scripted.deliverable.clone(),
            ..self.blank_report(ReportKind::Completion, 100)
        };
        self.report(here, item, report);
    }

    fn attach(&mut self, here: &Here<'_>, item: usize, name: &str) {
        let owner = self.owner(here);
        let evidence = EvidenceId::from_bits(self.id());
        let (plan, items) = &self.plans[&here.at];
        let attach = AttachEvidence {
            evidence,
            plan: *plan,
            item: items[item],
            report: None,
            name: name.to_owned(),
            media: MediaType::Jpeg,
            bytes: u32::try_from(PHOTO.len()).expect("the photo is small"),
            hash: ContentHash::of(PHOTO),
        };
        self.send(owner, Command::AttachEvidence(attach));
    }

    fn ask_change(&mut self, here: &Here<'_>) {
        let asked = &self.script.change;
        let (plan, items) = &self.plans[&here.at];
        let (plan, item) = (*plan, items[asked.item]);
        let (_, document) = self.document(here);
        let old = document.items[&item].due;
        let new = Some(here.month.period.to);
        let edit = ItemEdit::Due(Edit { old, new });
        let request = RequestChange {
            request: ChangeRequestId::from_bits(self.id()),
            plan,
            changes: vec![ItemChange::Edit(item, vec![edit])],
            reason: asked.reason.clone(),
            evidence: asked.evidence.clone(),
        };
        let owner = self.owner(here);
        self.send(owner, Command::RequestChange(request));
    }

    fn absence(&mut self) {
        let absent = &self.script.absent;
        let last = self.today + chrono::Days::new(absent.days - 1);
        let note = NoteAbsence {
            id: AbsenceId::from_bits(self.id()),
            person: self.cast.person(&absent.login),
            basis: absent.basis,
            from: self.today,
            to: Some(last),
        };
        let by = self.cast.person(&absent.by);
        self.send(by, Command::NoteAbsence(note));
    }

    /// Carries what is not finished into the plan of the next month, provisionally.
    fn carry(&mut self, here: &Here<'_>) {
        let into = self.plans.iter().find(|((month, plan), _)| {
            let next = &self.months[*month];
            next.slot == Slot::Next
                && next.regime.regime().key == here.plan.regime
                && *plan == here.at.1
        });
        let Some((&(month, _), &(plan, _))) = into else {
            return;
        };
        let due = self.months[month].period.from + chrono::Days::new(6);
        let (_, items) = &self.plans[&here.at];
        let open: Vec<ItemId> = items
            .iter()
            .zip(&here.plan.items)
            .filter(|(_, scripted)| scripted.stuck && scripted.once)
            .map(|(item, _)| *item)
            .collect();
        let owner = self.owner(here);
        for item in open {
            let id = ItemId::from_bits(self.id());
            let (_, document) = self.document(here);
            let source = &document.items[&item];
            let kind = LineageKind::CarriedOver;
            let carried = Item {
                due: Some(due),
                ..carry::continued(kind, source, (id, plan), true)
            };
            let item = Box::new(carried);
            self.send(owner, Command::AddItem(AddItem { plan, item }));
        }
    }
}

/// Where a beat is played.
struct Here<'a> {
    at: (usize, usize),
    month: &'a Month,
    plan: &'a ScriptPlan,
}

fn quantity(text: &str) -> Quantity {
    text.parse().expect("a test reads the script's numbers")
}

fn points(text: &str) -> Points {
    text.parse().expect("a test reads the script's numbers")
}
