//! Proposing: from a tariff, or from what the program found; one entry for each who bears it.

use std::collections::BTreeMap;

use chrono::Months;
use shared::command::Command;
use shared::command::ledger::ProposeEntry;
use shared::id::{EntryId, EvidenceId, ItemId, PeriodId, PersonId, PlanId, RegimeId, UnitId};
use shared::ledger::{self, amount};
use shared::moment::{Day, InForce};
use shared::organisation::{Assignment, Organisation};
use shared::period::Period;
use shared::permission;
use shared::plan::Scope;
use shared::quantity::Points;
use shared::regime::charge::Amount;
use shared::regime::tariff::Tariff;
use shared::world::World;

use crate::chance;
use crate::components::{FieldKind, Pick};
use crate::i18n::{common, evidence as evidence_words, format, ledger as words, names};
use crate::pages::form::{Act, Ask, Entry, Form, Sheet, Wrong};
use crate::pages::order;
use crate::session::Session;

/// What an entry shall say; who bears it follows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    pub(super) sheet: RegimeId,
    pub(super) tariff: String,
    pub(super) whose: PersonId,
    pub(super) unit: UnitId,
    pub(super) period: PeriodId,
    pub(super) plan: Option<PlanId>,
    pub(super) item: Option<ItemId>,
    pub(super) happened: Day,
    pub(super) count: u32,
    pub(super) facts: String,
    /// Of the plan.
    pub(super) evidence: Vec<EvidenceId>,
}

impl Draft {
    /// One command for each who bears it.
    fn commands(&self, world: &World, points: Option<Points>, today: Day) -> Vec<Command> {
        let organisation = world.organisation();
        let tariff = ledger::tariff(organisation, self.sheet, &self.tariff);
        let about = (self.whose, self.unit);
        let document = self.plan.and_then(|plan| world.document(plan));
        let item = self.item.and_then(|item| document?.items.get(&item));
        let helpers = item.map_or(&[][..], |item| &item.helpers);
        let borne =
            tariff.map(|tariff| amount::bearers(organisation, tariff, about, helpers, today));
        let one = |(person, _): (PersonId, _)| {
            let plan = self.plan_of(world, person);
            Command::ProposeEntry(Box::new(ProposeEntry {
                entry: EntryId::from_bits(chance::bits()),
                sheet: self.sheet,
                tariff: self.tariff.clone(),
                person,
                about: (person != self.whose).then_some(self.whose),
                unit: self.unit,
                period: self.period,
                plan,
                item: self.item.filter(|_| plan.is_some() && plan == self.plan),
                happened: self.happened,
                facts: self.facts.clone(),
                // Evidence stands with one plan; who bears it by another has no part in it.
                evidence: if plan.is_some() && plan == self.plan {
                    self.evidence.clone()
                } else {
                    Vec::new()
                },
                count: self.count,
                points,
                money: None,
            }))
        };
        borne.into_iter().flatten().map(one).collect()
    }

    /// The plan in whose result the entry counts: of a regime's own tariff, the person's plan here.
    fn plan_of(&self, world: &World, person: PersonId) -> Option<PlanId> {
        let regime = world.organisation().periods.get(&self.period)?.regime;
        let documents = world.documents();
        let plans = documents.filter_map(|(_, document)| document.plan.as_ref());
        let own = plans.filter(|plan| {
            (plan.unit, plan.period, plan.owner) == (self.unit, self.period, person)
        });
        let own = own.filter(|plan| regime == self.sheet || self.plan == Some(plan.id));
        let own = own.min_by_key(|plan| {
            (
                self.plan != Some(plan.id),
                plan.scope != Scope::Personal,
                plan.id,
            )
        });
        own.map(|plan| plan.id)
    }
}

/// Every tariff, with the version of which it is one.
pub(super) fn all(organisation: &Organisation) -> Vec<(RegimeId, &Tariff)> {
    let sheets = organisation.sheets.keys();
    let of = sheets.chain(organisation.regimes.keys());
    of.flat_map(|id| {
        let tariffs = ledger::sheet::tariffs(organisation, *id).unwrap_or_default();
        tariffs.iter().map(|tariff| (*id, tariff))
    })
    .collect()
}

/// The tariffs of which this person may propose an entry about somebody.
pub(super) fn tariffs(organisation: &Organisation, me: PersonId, today: Day) -> Vec<Pick> {
    let may = |tariff: &Tariff| {
        let mut people = organisation.assignments.values();
        people.any(|post| {
            post.in_force.covers(today)
                && permission::may_propose(
                    organisation,
                    me,
                    tariff,
                    (post.person, post.unit),
                    &[],
                    today,
                )
        })
    };
    let picks = all(organisation).into_iter();
    let picks = picks.filter(|(_, tariff)| may(tariff));
    picks
        .map(|(id, tariff)| Pick::new(format!("{id} {}", tariff.key), label(tariff)))
        .collect()
}

/// A tariff's name with what it costs.
fn label(tariff: &Tariff) -> String {
    let cost = match &tariff.points {
        Some(Amount::Fixed(points)) if *points > Points(0) => {
            common::points_of(&points.to_string())
        }
        Some(Amount::Range { least, most }) => {
            common::points_of(&words::range_of(&least.to_string(), &most.to_string()))
        }
        Some(Amount::Escalating(steps)) => {
            let steps: Vec<String> = steps.iter().map(ToString::to_string).collect();
            common::points_of(&steps.join(" / "))
        }
        _ => words::legal_word(tariff.legal).to_owned(),
    };
    common::with_note(names::name(&tariff.name), &cost)
}

/// Chooses the tariff, the person and the rest.
pub(super) fn choose(session: Session, _: Sheet) -> Form {
    let world = session.world_untracked();
    let (me, today) = (session.person(), session.today_untracked());
    let organisation = world.organisation();
    let mut of = tariffs(organisation, me, today);
    of.insert(0, Pick::new("", common::choose_one()));
    let people = people(organisation, today);
    let periods = order::periods(organisation);
    let begun = periods.iter().find(|period| period.from <= today);
    let newest = begun.map(|period| period.id.to_string());
    let periods = periods.into_iter().map(|period| {
        let label = names::period_of(organisation, period.id);
        Pick::new(period.id.to_string(), label)
    });
    let entries = vec![
        Entry::new("tariff", words::tariff(), Ask::List(of), String::new()),
        Entry::new("person", words::about(), Ask::List(people), String::new()),
        Entry::new(
            "period",
            words::filter_period(),
            Ask::List(periods.collect()),
            newest.unwrap_or_default(),
        ),
        Entry::day("happened", words::happened(), today.to_string()),
        Entry::new(
            "count",
            words::count(),
            Ask::Text(FieldKind::Number),
            "1".to_owned(),
        )
        .hint(words::count_hint()),
        points(),
        Entry::lines("facts", words::facts()).hint(words::facts_hint()),
    ];
    Form::new("save-proposal", words::propose(), entries, move |answers| {
        let tariff = answers.filled("tariff", words::tariff())?;
        let person = answers.filled("person", words::about())?;
        let draft = two::<RegimeId, String>(&tariff).zip(two::<PersonId, UnitId>(&person));
        let Some(((sheet, tariff), (whose, unit))) = draft else {
            return Err(Wrong::at("tariff", words::no_tariffs()));
        };
        let period = answers.read("period", words::filter_period())?;
        let world = session.world_untracked();
        let organisation = world.organisation();
        let days = organisation.periods.get(&period).map(Period::days);
        if !days.is_some_and(|days| organisation.was_member(whose, unit, days)) {
            return Err(Wrong::at("person", words::not_there()));
        }
        let draft = Draft {
            sheet,
            tariff,
            whose,
            unit,
            period,
            plan: None,
            item: None,
            happened: answers.read("happened", words::happened())?,
            count: answers.read("count", words::count())?,
            facts: answers.filled("facts", words::facts())?,
            evidence: Vec::new(),
        };
        let points = answers.read_if("points", words::points())?;
        let today = session.today_untracked();
        Ok(Act::Several(draft.commands(&world, points, today)))
    })
    .offline()
}

/// Months back to which somebody who has left or moved since can be chosen.
const MONTHS_BACK: Months = Months::new(3);

/// Everybody by name and post, whether with a plan or without: those of today, and those who had the post
/// not long ago, for an entry may be about a period that is over.
fn people(organisation: &Organisation, today: Day) -> Vec<Pick> {
    let back = today.checked_sub_months(MONTHS_BACK).unwrap_or(today);
    let posts = organisation.assignments_within(InForce::within(back, today));
    let end = |post: &Assignment| post.in_force.to.unwrap_or(Day::MAX);
    let mut found: BTreeMap<(PersonId, UnitId), &Assignment> = BTreeMap::new();
    for post in posts {
        let last = found.entry((post.person, post.unit)).or_insert(post);
        if end(last) < end(post) {
            *last = post;
        }
    }
    let pick = |post: &Assignment| {
        let name = names::person_of(organisation, post.person);
        let key = format!("{} {}", post.person, post.unit);
        let over = post.in_force.to.filter(|to| *to < today);
        let more = match over {
            Some(to) => words::had_post_until(&post.post, &format::short_day(to)),
            None => post.post.clone(),
        };
        Pick::new(key, common::with_note(&name, &more))
    };
    let mut picks = order::picks(found.into_values().map(pick).collect());
    picks.insert(0, Pick::new("", common::choose_one()));
    picks
}

/// Points of a range.
fn points() -> Entry {
    Entry::new(
        "points",
        words::points(),
        Ask::Text(FieldKind::Number),
        String::new(),
    )
    .optional()
    .hint(words::points_hint())
}

/// Two values of one key.
fn two<A: std::str::FromStr, B: std::str::FromStr>(key: &str) -> Option<(A, B)> {
    let (one, other) = key.split_once(' ')?;
    Some((one.parse().ok()?, other.parse().ok()?))
}

/// What was attached to the item, or to the whole plan where no item is named, and stands.
fn evidence(world: &World, draft: &Draft) -> Vec<Pick> {
    let document = draft.plan.and_then(|plan| world.document(plan));
    let all = document
        .into_iter()
        .flat_map(|document| document.evidence.values());
    let of =
        all.filter(|one| one.withdrawn.is_none() && draft.item.is_none_or(|item| item == one.item));
    of.map(|one| Pick::new(one.id.to_string(), one.name.clone()))
        .collect()
}

/// Proposes what was found: only its words can be changed, and the points where there is a range.
pub(super) fn of_found(session: Session, draft: Draft) -> Form {
    let world = session.world_untracked();
    let organisation = world.organisation();
    let tariff = ledger::tariff(organisation, draft.sheet, &draft.tariff);
    let ranges = tariff.is_some_and(|row| matches!(row.points, Some(Amount::Range { .. })));
    let who = names::person_of(organisation, draft.whose);
    let title = tariff.map_or_else(String::new, label);
    let who = common::named(words::about(), &who);
    let lead = format!("{who} · {}", format::short_day(draft.happened));
    let mut entries = vec![Entry::new(
        "facts",
        words::facts(),
        Ask::Text(FieldKind::Lines),
        draft.facts.clone(),
    )];
    entries.extend(ranges.then(points));
    let of = evidence(&world, &draft);
    let attached = !of.is_empty();
    if attached {
        // What was attached proves what was found, unless somebody leaves a piece out.
        let all: Vec<String> = of.iter().map(|pick| pick.key.clone()).collect();
        let ask = Ask::Many(of);
        entries.push(
            Entry::new("evidence", evidence_words::evidence(), ask, all.join(" ")).optional(),
        );
    }
    Form::new("save-proposal", words::propose(), entries, move |answers| {
        let facts = answers.filled("facts", words::facts())?;
        let points = if ranges {
            Some(answers.read("points", words::points())?)
        } else {
            None
        };
        let evidence = attached.then(|| answers.text("evidence"));
        let evidence = evidence.iter().flat_map(|keys| keys.split_whitespace());
        let draft = Draft {
            facts,
            evidence: evidence.filter_map(|id| id.parse().ok()).collect(),
            ..draft.clone()
        };
        let world = session.world_untracked();
        let today = session.today_untracked();
        Ok(Act::Several(draft.commands(&world, points, today)))
    })
    .titled(title)
    .lead("quiet", lead)
    .offline()
}
