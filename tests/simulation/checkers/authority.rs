//! Authority (I9): a command is executed only as its author, who may do it on the day of execution.

use std::collections::BTreeMap;

use shared::change_request::{ChangeRequest, ChangeWindow};
use shared::command::Command;
use shared::deadline::LateAct;
use shared::id::{CommandId, ItemId, PersonId, UnitId};
use shared::ledger::LedgerEntry;
use shared::moment::Day;
use shared::organisation::{Office, Organisation};
use shared::plan::{Plan, Scope};
use shared::seal::DeliveryKind;
use shared::sync::server::store::LogWrite;
use shared::world::{PlanDocument, World};

use super::{Verdict, hearing, ties};

/// Checks the right to an applied command in the world as it stood before it.
pub(crate) fn check(world: &World, actor: PersonId, command: &Command, day: Day) -> Verdict {
    if let Some(entry) = entry_of(world, command) {
        if may_about_entry(world.organisation(), actor, command, entry, day) {
            return Ok(());
        }
        return Err(format!(
            "authority: {actor} had no right on {day} to {command:?}"
        ));
    }
    let document = command.document().and_then(|plan| world.document(plan));
    if may(world.organisation(), actor, command, document, day) {
        return Ok(());
    }
    Err(format!(
        "authority: {actor} had no right on {day} to {command:?}"
    ))
}

/// Checks that the server executed a command as the person whose device made it.
pub(crate) fn check_author(
    author: PersonId,
    made: &[CommandId],
    log: &BTreeMap<CommandId, &LogWrite>,
) -> Verdict {
    let entries = made.iter().filter_map(|id| log.get(id));
    match entries.into_iter().find(|entry| entry.actor != author) {
        None => Ok(()),
        Some(entry) => Err(format!(
            "authority: {} of {author} was executed as of {}",
            entry.cmd_id, entry.actor
        )),
    }
}

/// Says whether the actor may do this on that day.
///
/// `document` is the plan's as it stood before; a new plan has none.
fn may(
    all: &Organisation,
    actor: PersonId,
    command: &Command,
    document: Option<&PlanDocument>,
    day: Day,
) -> bool {
    let Some(document) = document else {
        return may_without_document(all, actor, command, day);
    };
    let Some(plan) = &document.plan else {
        return false;
    };
    let case = Case {
        all,
        actor,
        day,
        plan,
        document,
    };
    match command {
        Command::AddItem(_)
        | Command::EditItem(_)
        | Command::Weigh(_)
        | Command::RemoveItem(_)
        | Command::SettleCarried(_) => {
            may_draft(all, actor, (plan.unit, plan.scope, plan.owner), day)
        }
        Command::SubmitPlan(_) | Command::WithdrawPlan(_) => case.submits(),
        Command::ReturnPlan(_) | Command::ApprovePlan(_) | Command::SignPlan(_) => {
            case.judges() || case.signs_for_the_judge()
        }
        // Past the superior's deadline the one above judges; that it is past is not asked here.
        Command::ScoreSuperior(_) | Command::ScorePart(_) | Command::PublishResult(_) => {
            case.judges() || case.stands_above_the_judge()
        }
        Command::ReportItem(args) => case.enters(args.item, args.of),
        Command::ScoreSelf(args) => case.answers_for(args.item, actor),
        Command::AttachEvidence(args) => {
            let item = document.items.get(&args.item);
            let whose = item.map(|item| item.responsible.unwrap_or(plan.owner));
            whose.is_some_and(|whose| {
                let own = case.enters(args.item, None);
                own || case.enters(args.item, Some(whose)) || case.judges()
            })
        }
        Command::WithdrawEvidence(args) => {
            let evidence = document.evidence.get(&args.evidence);
            evidence.is_some_and(|evidence| evidence.by == actor && evidence.item == args.item)
        }
        Command::ConfirmEntry(args) => {
            let report = document.reports.get(&args.report);
            report.is_some_and(|report| report.of == Some(actor) && report.item == args.item)
        }
        Command::RequestChange(_) => case.submits() || case.judges() || case.heads(),
        Command::WithdrawChange(args) => {
            let asked = document.requests.get(&args.request);
            asked.is_some_and(|a| a.by.by == actor || case.submits() && !a.from_above)
        }
        Command::DecideChange(args) => {
            let asked = document.requests.get(&args.request);
            asked.is_some_and(|asked| case.decides(asked))
        }
        Command::AnswerHelp(args) => answers_for_unit(all, actor, args.unit, day),
        Command::DecideLateness(args) => case.decides_lateness(args.act),
        _ => may_after(&case, command)
            .unwrap_or_else(|| may_without_document(all, actor, command, day)),
    }
}

/// Says whether the actor may do what follows a published result; nothing of another command.
fn may_after(case: &Case<'_>, command: &Command) -> Option<bool> {
    let Case {
        all,
        actor,
        day,
        plan,
        document,
    } = *case;
    Some(match command {
        Command::DeliverResult(args) => case.delivers(&args.how),
        Command::DeliverDecision(args) => case.delivers(&args.how),
        Command::AnswerResult(_) | Command::AcceptDecision(_) | Command::AppealResult(_) => {
            plan.owner == actor
        }
        Command::DecideAppeal(args) => {
            let of = (plan, document);
            hearing::hears(all, of, (args.version, args.level), actor, day)
        }
        Command::ObjectToList(_) => plan.owner != actor && all.people.contains_key(&actor),
        Command::DecideListObjection(args) => {
            let of = (plan, document);
            hearing::hears_of_list(all, of, args.by, actor, day)
        }
        Command::DecideObjection(args) => {
            hearing::hears_objection(all, (plan, document), args.upheld, actor, day)
        }
        Command::CheckResult(_) => hearing::checks(all, (plan, document), actor, day),
        Command::SealResult(_) => case.in_office(),
        _ => return None,
    })
}

/// Says whether the actor may do what is about no plan that exists.
fn may_without_document(all: &Organisation, actor: PersonId, command: &Command, day: Day) -> bool {
    match command {
        Command::FoundCompany(_) => all.company.is_none(),
        Command::AddUnit(_)
        | Command::AddPerson(_)
        | Command::Assign(_)
        | Command::EndAssignment(_)
        | Command::DrawLine(_)
        | Command::EndLine(_)
        | Command::Appoint(_)
        | Command::EndAppointment(_)
        | Command::RenameUnit(_)
        | Command::EndUnit(_)
        | Command::Transfer(_)
        | Command::Leave(_) => ties::in_office(all, actor, Office::Administrator, day),
        Command::AdoptRegime(_)
        | Command::AdoptTariffs(_)
        | Command::OpenPeriod(_)
        | Command::AddCalendar(_)
        | Command::UseCalendar(_)
        | Command::AdoptNotice(_)
        | Command::HoldRole(_)
        | Command::EndRole(_)
        | Command::HangList(_)
        | Command::MarkPeriod(_) => runs_plans(all, actor, day),
        Command::Delegate(args) => {
            actor == args.from || ties::in_office(all, actor, Office::Administrator, day)
        }
        Command::EndDelegation(args) => {
            let given = all.delegations.get(&args.delegation);
            let party = given.is_some_and(|given| given.from == actor || given.to == actor);
            party || ties::in_office(all, actor, Office::Administrator, day)
        }
        Command::Payroll(_) => ties::in_office(all, actor, Office::Payroll, day),
        Command::DrawSample(_) => {
            let mut people = all.people.keys();
            if people.any(|person| ties::on_panel(all, *person, day)) {
                ties::on_panel(all, actor, day)
            } else {
                ties::in_office(all, actor, Office::PlanOffice, day)
            }
        }
        Command::NoteAbsence(args) => answers_for_person(all, actor, args.person, day),
        Command::EndAbsence(args) => answers_for_person(all, actor, args.person, day),
        Command::DraftPlan(args) => may_draft(all, actor, (args.unit, args.scope, args.owner), day),
        Command::DiscardRefused(_) => true,
        Command::ProposeEntry(args) => {
            let superior = ties::superior(all, args.person, args.unit, day) == Some(actor);
            let office = ties::in_office(all, actor, Office::PlanOffice, day);
            args.person == actor || superior || office
        }
        // Nobody may what this checker has no second opinion of.
        _ => false,
    }
}

/// The entry of the ledger that a command is about.
fn entry_of<'w>(world: &'w World, command: &Command) -> Option<&'w LedgerEntry> {
    let (unit, period, entry) = match command {
        Command::DecideEntry(args) => (args.unit, args.period, args.entry),
        Command::AnswerEntry(args) => (args.unit, args.period, args.entry),
        Command::ReverseEntry(args) => (args.unit, args.period, args.entry),
        _ => return None,
    };
    world.ledger(unit, period)?.get(&entry)
}

/// The person alone answers; who has no part in it and is named by the tariffs of a run decides: the
/// plan office, or the unit's head, for whom the next one above stands in; where that is the person
/// alone, somebody above.
fn may_about_entry(
    all: &Organisation,
    actor: PersonId,
    command: &Command,
    entry: &LedgerEntry,
    day: Day,
) -> bool {
    if matches!(command, Command::AnswerEntry(_)) {
        return entry.person == actor;
    }
    let named = |person| {
        if ["late", "unfair"].contains(&entry.tariff.as_str()) {
            return ties::in_office(all, person, Office::PlanOffice, day);
        }
        let mut chain = ties::chain(all, entry.unit).into_iter();
        chain.find_map(|unit| ties::head(all, unit, day)) == Some(person)
    };
    let mut others = all.people.keys().filter(|person| **person != entry.person);
    let vacant = !others.any(|person| named(*person));
    let superior = ties::superior(all, entry.person, entry.unit, day) == Some(actor);
    actor != entry.person && (named(actor) || vacant && superior)
}

/// A command about a plan.
struct Case<'a> {
    all: &'a Organisation,
    actor: PersonId,
    day: Day,
    plan: &'a Plan,
    document: &'a PlanDocument,
}

impl Case<'_> {
    fn submits(&self) -> bool {
        let Self {
            all,
            actor,
            day,
            plan,
            ..
        } = *self;
        match plan.scope {
            Scope::Unit => ties::leads(all, actor, plan.unit, day),
            Scope::Personal => plan.owner == actor && ties::belongs(all, actor, plan.unit, day),
        }
    }

    /// Says for oneself that one has read it, or for another that it was handed over.
    fn delivers(&self, how: &DeliveryKind) -> bool {
        let own = self.plan.owner == self.actor;
        match how {
            DeliveryKind::Opened | DeliveryKind::Pin => own,
            DeliveryKind::Paper | DeliveryKind::Refused(_) => !own,
        }
    }

    fn judges(&self) -> bool {
        self.plan.owner != self.actor && judge(self.all, self.plan, self.day) == Some(self.actor)
    }

    /// Signs in the judge's place, and nothing of his or her own.
    fn signs_for_the_judge(&self) -> bool {
        let judge = judge(self.all, self.plan, self.day);
        let handed_in = self.plan.submitted.as_ref().map(|signed| signed.by);
        let own = self.plan.owner == self.actor || handed_in == Some(self.actor);
        let mut given = ties::delegated(self.all, self.actor, self.day);
        !own && judge != Some(self.plan.owner) && given.any(|from| judge == Some(from))
    }

    fn heads(&self) -> bool {
        let leads = ties::leads(self.all, self.actor, self.plan.unit, self.day);
        self.plan.scope == Scope::Personal && self.plan.owner != self.actor && leads
    }

    fn in_office(&self) -> bool {
        ties::in_office(self.all, self.actor, Office::PlanOffice, self.day)
    }

    /// Is the one above the plan's judge, and neither its owner nor a leader of its unit.
    fn stands_above_the_judge(&self) -> bool {
        self.actor != self.plan.owner
            && above_the_judge(self.all, self.plan, self.day) == Some(self.actor)
    }

    fn answers_for(&self, item: ItemId, person: PersonId) -> bool {
        let item = self.document.items.get(&item);
        item.is_some_and(|item| item.responsible.unwrap_or(self.plan.owner) == person)
    }

    /// Reports for oneself, or as a head above, or as the plan office, for who answers for it.
    fn enters(&self, item: ItemId, of: Option<PersonId>) -> bool {
        let Some(whose) = of else {
            return self.answers_for(item, self.actor);
        };
        let Self {
            all,
            actor,
            day,
            plan,
            ..
        } = *self;
        let posts = all.assignments.values();
        let posts = posts.filter(|a| a.person == whose && a.in_force.covers(day));
        let mut units = posts.map(|a| a.unit).chain([plan.unit]);
        let leads_above = |unit| {
            let mut led = ties::chain(all, unit).into_iter();
            led.any(|unit| {
                ties::leads(all, actor, unit, day) && !ties::leads(all, whose, unit, day)
            })
        };
        self.answers_for(item, whose)
            && actor != whose
            && (self.in_office()
                || ties::by_line(all, whose, day) == Some(actor)
                || units.any(leads_above))
    }

    /// Speaks for the other side than the one that asked; after a due day, from above the judge,
    /// unless it was the one above who asked.
    fn decides(&self, asked: &ChangeRequest) -> bool {
        let judge = judge(self.all, self.plan, self.day);
        let last = above_the_judge(self.all, self.plan, self.day).or(judge);
        let asked_last = last == Some(asked.by.by);
        let last = last == Some(self.actor) && self.plan.owner != self.actor;
        let other_side = if asked.window == ChangeWindow::AfterDue && !asked_last {
            last
        } else if asked.from_above {
            self.submits() || last
        } else {
            self.judges()
        };
        asked.by.by != self.actor && other_side
    }

    /// Has no part in the act, and judges the plan, stands above its judge, or runs plans.
    fn decides_lateness(&self, act: LateAct) -> bool {
        let whose = match act {
            LateAct::Submission => self.plan.submitted.as_ref().map(|signed| signed.by),
            LateAct::Report(_, report) => {
                let report = self.document.reports.get(&report);
                report.map(|report| report.of.unwrap_or(report.by))
            }
            LateAct::SelfScore(item) => {
                let score = self.document.self_scores.get(&item);
                score.map(|score| score.by)
            }
        };
        let party = whose == Some(self.actor) || self.plan.owner == self.actor;
        !party && (self.judges() || self.stands_above_the_judge() || self.in_office())
    }
}

/// Leads the unit, or the nearest one above that has a head.
fn answers_for_unit(all: &Organisation, actor: PersonId, unit: UnitId, day: Day) -> bool {
    let mut chain = ties::chain(all, unit).into_iter();
    let nearest = chain.find_map(|unit| ties::head(all, unit, day));
    ties::leads(all, actor, unit, day) || nearest == Some(actor)
}

/// Is the person's superior in one of the posts of that day, or runs plans; never the person.
fn answers_for_person(all: &Organisation, actor: PersonId, person: PersonId, day: Day) -> bool {
    let posts = all.assignments.values();
    let mut posts = posts.filter(|a| a.person == person && a.in_force.covers(day));
    let over = posts.any(|a| ties::superior(all, person, a.unit, day) == Some(actor));
    actor != person && (over || runs_plans(all, actor, day))
}

/// Who judges a plan: the owner's superior; of a unit's plan, nobody who leads that unit. Whoever
/// moved on has the superior by line of the last day in the unit.
pub(super) fn judge(all: &Organisation, plan: &Plan, day: Day) -> Option<PersonId> {
    if plan.scope == Scope::Personal {
        return ties::superior_of_part(all, plan.owner, plan.unit, day);
    }
    let outside = |judge: &PersonId| !ties::leads(all, *judge, plan.unit, day);
    let line = ties::by_line(all, plan.owner, day).filter(outside);
    let above = ties::chain(all, plan.unit).split_off(1);
    line.or_else(|| {
        ties::heads_over(all, plan.owner, above, day)
            .into_iter()
            .find(outside)
    })
}

/// Who is above a plan's judge: above the highest unit that the judge leads over the plan's, else
/// above the judge's own main post.
pub(super) fn above_the_judge(all: &Organisation, plan: &Plan, day: Day) -> Option<PersonId> {
    let judge = judge(all, plan, day)?;
    let led = ties::chain(all, plan.unit)
        .into_iter()
        .rfind(|unit| ties::leads(all, judge, *unit, day));
    let posts = all.assignments.values();
    let posts = posts.filter(|a| a.person == judge && a.in_force.covers(day));
    let main = posts.min_by_key(|a| (a.tenure, a.in_force.from, a.id));
    let unit = led.or_else(|| main.map(|a| a.unit))?;
    let found = ties::superior(all, judge, unit, day)?;
    let leads = plan.scope == Scope::Unit && ties::leads(all, found, plan.unit, day);
    (found != plan.owner && !leads).then_some(found)
}

fn runs_plans(all: &Organisation, actor: PersonId, day: Day) -> bool {
    ties::in_office(all, actor, Office::PlanOffice, day)
        || ties::in_office(all, actor, Office::Administrator, day)
}

fn may_draft(
    all: &Organisation,
    actor: PersonId,
    (unit, scope, owner): (UnitId, Scope, PersonId),
    day: Day,
) -> bool {
    let own = scope == Scope::Personal && owner == actor && ties::belongs(all, actor, unit, day);
    own || ties::leads(all, actor, unit, day) || runs_plans(all, actor, day)
}
