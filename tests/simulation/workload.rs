//! The workload: what a person would plausibly do next, from what his or her device shows.

use shared::command::plan::{
    AddItem, AnswerHelp, ApprovePlan, DraftPlan, EditItem, RemoveItem, ReturnPlan, SubmitPlan,
    Weigh,
};
use shared::command::review::{PublishResult, ReportItem, ScoreItem};
use shared::command::signing::SignPlan;
use shared::command::{Command, MadeCommand};
use shared::id::{CommandId, ItemId, PeriodId, PersonId, PlanId, ReportId, UnitId};
use shared::item::{Edit, Item, ItemEdit};
use shared::lane::Lane;
use shared::moment::{Day, UtcMillis};
use shared::plan::{Plan, PlanState, Scope};
use shared::quantity::Points;
use shared::regime::Regime;
use shared::report::ReportKind;
use shared::score::Judgement;
use shared::sync::client::{Fold, Replica};
use shared::world::{PlanDocument, World};
use shared::{digest, permission, result, signing, weight};

use crate::chance::Chance;
use crate::people;

mod after;
mod ledger;
mod month;
mod payroll;
mod spot_check;

use month::Deed;

/// What a person does.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    /// A command.
    Send(Command),
    /// A command in place of a refused one.
    Reapply(CommandId, Command),
    /// Gives a refused command up.
    Discard(CommandId),
}

/// A person before a device.
pub(crate) struct Person<'a> {
    pub(crate) replica: &'a Replica,
    pub(crate) today: Day,
    pub(crate) people: &'a [PersonId],
    pub(crate) units: &'a [UnitId],
    pub(crate) periods: &'a [PeriodId],
    /// The true time, as the person's wrist watch has it.
    pub(crate) now: UtcMillis,
    pub(crate) poison: bool,
}

#[derive(Debug, Clone, Copy)]
enum Choice {
    Edit,
    Add,
    Remove,
    Balance,
    Submit,
    Approve,
    Return,
    Report(ItemId),
    ScoreSelf(ItemId),
    Score,
    Publish,
    Deed(Deed),
}

impl Person<'_> {
    /// Proposes what this person might do now; sometimes there is nothing to do.
    pub(crate) fn propose(&self, chance: &mut Chance) -> Option<Act> {
        if let Some(entry) = self.replica.attention().first()
            && chance.permille(400)
        {
            return Some(self.settle(chance, entry.row.cmd_id, &entry.row.bytes));
        }
        if chance.permille(60)
            && let Some(command) = self.draft(chance)
        {
            return Some(Act::Send(command));
        }
        if chance.permille(30)
            && let Some(command) = self.absence(chance)
        {
            return Some(Act::Send(command));
        }
        if chance.permille(60)
            && let Some(command) = self.ledger(chance)
        {
            return Some(Act::Send(command));
        }
        if chance.permille(60)
            && let Some(command) = self.payroll(chance)
        {
            return Some(Act::Send(command));
        }
        if chance.permille(40)
            && let Some(command) = self.unfair(chance)
        {
            return Some(Act::Send(command));
        }
        if chance.permille(15)
            && let Some(command) = self.object(chance)
        {
            return Some(Act::Send(command));
        }
        let documents: Vec<(PlanId, &PlanDocument)> = self.view().documents().collect();
        for _ in 0..6 {
            let (id, document) = chance.pick(&documents)?;
            if let Some(command) = self.on_document(chance, *id, document) {
                return Some(Act::Send(command));
            }
        }
        None
    }

    /// Acts on an item that the person only heard of.
    pub(crate) fn on_hearsay(&self, chance: &mut Chance, (plan, item): (PlanId, ItemId)) -> Act {
        let (old, new) = ("Work".to_owned(), format!("Heard {}", chance.below(99)));
        let edits = vec![ItemEdit::Title(Edit { old, new })];
        Act::Send(if chance.permille(500) {
            self.report(chance, plan, item)
        } else {
            Command::EditItem(EditItem { plan, item, edits })
        })
    }

    const fn me(&self) -> PersonId {
        self.replica.person()
    }

    const fn view(&self) -> &World {
        self.replica.view()
    }

    /// Deals with a refused command: does it again on what stands now, or gives it up.
    fn settle(&self, chance: &mut Chance, refused: CommandId, bytes: &str) -> Act {
        let Ok(made) = MadeCommand::read(bytes) else {
            return Act::Discard(refused);
        };
        if bytes.contains("poisoned") || chance.permille(400) {
            return Act::Discard(refused);
        }
        match made.command {
            Command::EditItem(args) => {
                let document = self.view().document(args.plan);
                let item = document.and_then(|document| document.items.get(&args.item));
                let edit = item.map(|item| self.edit(chance, item));
                edit.map_or(Act::Discard(refused), |edit| Act::Reapply(refused, edit))
            }
            Command::SubmitPlan(args) => match self.content(args.plan) {
                Some(seen) => {
                    let plan = args.plan;
                    Act::Reapply(refused, Command::SubmitPlan(SubmitPlan { plan, seen }))
                }
                None => Act::Discard(refused),
            },
            // Whose plan took no item of it agrees without one.
            Command::AnswerHelp(args) => {
                let mirrored = None;
                Act::Reapply(
                    refused,
                    Command::AnswerHelp(AnswerHelp { mirrored, ..args }),
                )
            }
            command => Act::Reapply(refused, command),
        }
    }

    fn content(&self, plan: PlanId) -> Option<String> {
        let document = self.view().document(plan)?;
        Some(digest::plan_content(document.plan.as_ref()?, document))
    }

    fn draft(&self, chance: &mut Chance) -> Option<Command> {
        let unit = *chance.pick(self.units)?;
        let scope = if chance.permille(500) {
            Scope::Unit
        } else {
            Scope::Personal
        };
        let organisation = self.view().organisation();
        let owner = match scope {
            Scope::Unit => organisation.head(unit, self.today)?,
            Scope::Personal => self.me(),
        };
        let member = organisation.is_member(owner, unit, self.today);
        let may = permission::may_draft(organisation, self.me(), unit, scope, owner, self.today);
        let plan = PlanId::from_bits(chance.wide());
        // Most plan the month that runs; some are early with the next.
        let period = self.periods[usize::from(chance.permille(300))];
        (may && member).then_some(Command::DraftPlan(DraftPlan {
            plan,
            unit,
            period,
            scope,
            owner,
        }))
    }

    fn on_document(
        &self,
        chance: &mut Chance,
        id: PlanId,
        document: &PlanDocument,
    ) -> Option<Command> {
        let mut choices: Vec<(Choice, usize)> = Vec::new();
        if let Some(plan) = &document.plan {
            self.choices(&mut choices, plan, document);
            self.deeds(&mut choices, plan, document);
        } else {
            self.choices_in_part(&mut choices, document);
            let mut add = |deed, weight| choices.push((Choice::Deed(deed), weight));
            self.helps(&mut add, document);
        }
        let whole = choices.iter().map(|(_, weight)| weight).sum::<usize>();
        if whole == 0 {
            return None;
        }
        let mut at = chance.below(whole);
        let (choice, _) = choices.iter().find(|(_, weight)| {
            let here = at < *weight;
            at = at.wrapping_sub(*weight);
            here
        })?;
        self.command(chance, *choice, id, document)
    }

    /// What one may do on a document of which the device holds the plan.
    fn choices(&self, choices: &mut Vec<(Choice, usize)>, plan: &Plan, document: &PlanDocument) {
        let (organisation, today) = (self.view().organisation(), self.today);
        let Plan {
            unit, scope, owner, ..
        } = *plan;
        let drafts = permission::may_draft(organisation, self.me(), unit, scope, owner, today);
        if plan.is_editable() && drafts {
            let full = document.items.len() >= 6;
            let add = if full { 0 } else { 3 };
            choices.extend([(Choice::Edit, 6), (Choice::Add, add), (Choice::Remove, 1)]);
        }
        if plan.is_editable() && permission::may_submit(organisation, self.me(), plan, today) {
            let is = document
                .items
                .values()
                .map(|item| item.weight.0)
                .sum::<i64>();
            let complete = is == 10_000 && !document.items.is_empty();
            if !complete {
                choices.push((Choice::Balance, 5));
            } else if self.is_shown_whole(plan.id) {
                choices.push((Choice::Submit, 5));
            }
        }
        let judges = permission::may_judge(organisation, self.me(), plan, today);
        match plan.state {
            PlanState::Submitted if judges || self.signs(plan, document) => {
                choices.extend([(Choice::Approve, 8), (Choice::Return, 4)]);
            }
            PlanState::Approved => {
                if judges {
                    let publish = if self.is_received(plan.id) { 6 } else { 0 };
                    choices.extend([(Choice::Score, 8), (Choice::Publish, publish)]);
                }
                self.choices_in_part(choices, document);
            }
            _ => {}
        }
    }

    /// Says whether a plan waits for this person's signature, as superior or in the superior's place.
    fn signs(&self, plan: &Plan, document: &PlanDocument) -> bool {
        let organisation = self.view().organisation();
        let period = organisation.periods.get(&plan.period);
        let rules = period.and_then(|period| organisation.rules(period));
        rules.is_some_and(|rules| {
            let items = document.items.values();
            let standing = signing::of_plan(organisation, rules, plan, items, self.today);
            standing.awaits(self.me()).is_some()
        })
    }

    /// Says whether the view shows all that this device did to a plan: nobody signs what is still to
    /// be checked by the server.
    fn is_shown_whole(&self, plan: PlanId) -> bool {
        let mut pending = self.replica.pending();
        !pending
            .any(|one| one.fold == Fold::ToBeChecked && one.row.lanes.contains(&Lane::Plan(plan)))
    }

    /// What one may do on items alone, as their responsible person or the plan's owner.
    fn choices_in_part(&self, choices: &mut Vec<(Choice, usize)>, document: &PlanDocument) {
        for item in document.items.values() {
            let responsible = item
                .responsible
                .or_else(|| document.plan.as_ref().map(|plan| plan.owner));
            if responsible == Some(self.me()) {
                choices.push((Choice::Report(item.id), 3));
                choices.push((Choice::ScoreSelf(item.id), 2));
            }
        }
    }

    fn command(
        &self,
        chance: &mut Chance,
        choice: Choice,
        plan: PlanId,
        document: &PlanDocument,
    ) -> Option<Command> {
        let items: Vec<&Item> = document.items.values().collect();
        let seen = || self.content(plan);
        Some(match choice {
            Choice::Edit => {
                let item = *chance.pick(&items)?;
                self.edit(chance, item)
            }
            Choice::Add => {
                let person = *chance.pick(self.people)?;
                let mut item = people::item(chance, plan, person, items.len());
                if self.poison {
                    "poisoned on purpose".clone_into(&mut item.title);
                }
                Command::AddItem(AddItem {
                    plan,
                    item: Box::new(item),
                })
            }
            Choice::Remove => {
                let item = Box::new((*chance.pick(&items)?).clone());
                Command::RemoveItem(RemoveItem { plan, item })
            }
            Choice::Balance => balance(plan, &items)?,
            Choice::Submit => Command::SubmitPlan(SubmitPlan {
                plan,
                seen: seen()?,
            }),
            // Both words of one act: programs of before know the first alone.
            Choice::Approve if chance.permille(500) => Command::SignPlan(SignPlan {
                plan,
                step: "approve".to_owned(),
                seen: seen()?,
            }),
            Choice::Approve => Command::ApprovePlan(ApprovePlan {
                plan,
                seen: seen()?,
            }),
            Choice::Return => {
                let reason = "Not yet".to_owned();
                Command::ReturnPlan(ReturnPlan {
                    plan,
                    seen: seen()?,
                    reason,
                })
            }
            Choice::Report(item) => self.report(chance, plan, item),
            Choice::ScoreSelf(item) => {
                let old = document
                    .self_scores
                    .get(&item)
                    .map(|score| score.judgement.clone());
                Command::ScoreSelf(score(chance, plan, item, old))
            }
            Choice::Score => self.judge(chance, plan, document)?,
            Choice::Deed(deed) => self.deed(chance, deed, plan, document)?,
            Choice::Publish => {
                let verdict = result::verdict(self.view(), plan, self.me(), self.today).ok()?;
                Command::PublishResult(PublishResult {
                    plan,
                    seen: verdict.seen,
                })
            }
        })
    }

    /// Scores an item, one without a score of this judge first.
    fn judge(&self, chance: &mut Chance, plan: PlanId, document: &PlanDocument) -> Option<Command> {
        let items: Vec<&Item> = document.items.values().collect();
        let given = result::judged(document, self.me());
        let open = items.iter().filter(|item| !given.contains_key(&item.id));
        let open: Vec<&&Item> = open.collect();
        let item = match chance.pick(&open) {
            Some(item) => item.id,
            None => chance.pick(&items)?.id,
        };
        let old = given.get(&item).map(|score| score.judgement.clone());
        Some(Command::ScoreSuperior(score(chance, plan, item, old)))
    }

    fn regime(&self, period: PeriodId) -> Option<&Regime> {
        let organisation = self.view().organisation();
        let period = organisation.periods.get(&period)?;
        Some(organisation.regimes.get(&period.regime)?.regime())
    }

    fn report(&self, chance: &mut Chance, plan: PlanId, item: ItemId) -> Command {
        let done = chance.permille(300);
        Command::ReportItem(ReportItem {
            report: ReportId::from_bits(chance.wide()),
            plan,
            item,
            kind: if done {
                ReportKind::Completion
            } else {
                ReportKind::Progress
            },
            percent: if done {
                100
            } else {
                u8::try_from(chance.below(100)).unwrap_or(0)
            },
            quantity: None,
            note: String::new(),
            happened: self.today,
            of: None,
            reason: String::new(),
            paper: false,
        })
    }

    /// Changes one field of an item, or two.
    fn edit(&self, chance: &mut Chance, item: &Item) -> Command {
        let word = format!("{}", chance.below(1000));
        let text = |old: &String| Edit {
            old: old.clone(),
            new: word.clone(),
        };
        let first = match chance.below(6) {
            0 | 1 => ItemEdit::Title(text(&item.title)),
            2 => ItemEdit::Deliverable(text(&item.deliverable)),
            3 => {
                let new = chance.pick(self.people).copied();
                ItemEdit::Responsible(Edit {
                    old: item.responsible,
                    new,
                })
            }
            4 => {
                let new = chance
                    .pick(&self.units[2..])
                    .copied()
                    .filter(|_| chance.permille(700));
                ItemEdit::Helpers(Edit {
                    old: item.helpers.clone(),
                    new: new.into_iter().collect(),
                })
            }
            _ => {
                let new = Points(chance.between(0, 50) * 100);
                ItemEdit::Weight(Edit {
                    old: item.weight,
                    new,
                })
            }
        };
        let standard = ItemEdit::Standard(text(&item.standard));
        let second = chance.permille(200).then_some(standard);
        let edits = [first].into_iter().chain(second).collect();
        Command::EditItem(EditItem {
            plan: item.plan,
            item: item.id,
            edits,
        })
    }
}

fn balance(plan: PlanId, items: &[&Item]) -> Option<Command> {
    let weights: Vec<(ItemId, Points)> = items.iter().map(|item| (item.id, item.weight)).collect();
    let shares = weight::balance_weights(&weights, Points(10_000));
    let pairs = weights.iter().zip(shares);
    let weights = pairs.map(|((item, old), (_, new))| (*item, Edit { old: *old, new }));
    let weights: Vec<_> = weights.collect();
    (!weights.is_empty()).then_some(Command::Weigh(Weigh { plan, weights }))
}

fn score(chance: &mut Chance, plan: PlanId, item: ItemId, old: Option<Judgement>) -> ScoreItem {
    let quality = ["excellent", "good", "qualified"][chance.below(3)].to_owned();
    let efficiency = ["on_time", "late"][chance.below(2)].to_owned();
    let new = match chance.below(8) {
        0 => Some(Judgement::NotCarriedOut),
        1 => None,
        _ => Some(Judgement::CarriedOut {
            efficiency,
            quality,
        }),
    };
    ScoreItem {
        plan,
        item,
        judgement: Edit { old, new },
        note: String::new(),
    }
}
