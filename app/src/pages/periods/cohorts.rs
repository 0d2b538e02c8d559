//! Cohorts of a period: who is still open and why, places used of allowed, equals to be ordered, and
//! settling.
//!
//! What is open and what would be settled come from the rule that settles; the digest of what is
//! shown is what is signed.

use leptos::prelude::*;
use shared::cohort::{self, CohortFacts, CohortKey, CohortOpen, CohortResult, Member, Unsettled};
use shared::command::Command;
use shared::command::cohort::{DecideTie, ReturnResult, SettleCohort};
use shared::id::{PeriodId, PersonId};
use shared::organisation::Organisation;
use shared::permission;
use shared::quantity::Points;
use shared::refusal::Refusal;
use shared::regime::Rules;
use shared::regime::cohort::Cohort;
use shared::seal::Closed;
use shared::world::{Stop, World};

use super::sealing::lacks;
use crate::components::{Badge, Banner, Button, Glyph, Look, Panel, Pick, Select, Tone};
use crate::i18n::{cohort as words, common, coverage, names, period, refusal};
use crate::pages::form::{Ask, Entry, Form, Sheet, SheetView, Wrong};
use crate::session::Session;

/// The panel; nothing where the regime decides nothing from cohorts.
#[component]
pub(super) fn Cohorts(
    /// Which period.
    id: PeriodId,
) -> impl IntoView {
    let session = Session::here();
    let sheet = Sheet::provide();
    let chosen = RwSignal::new(String::new());
    let drawn = move || {
        let world = session.world();
        let organisation = world.organisation();
        let (_, _, rules) = organisation.judged(id).ok()?;
        let rule = rules
            .regime
            .cohort
            .as_ref()
            .filter(|_| rules.is_settled())?;
        // Where this device cannot know who has no plan, those who have one are shown.
        let members = cohort::all(&world, id, session.today_untracked()).unwrap_or_else(|_| {
            let plans = world.documents().filter_map(|(_, d)| d.plan.as_ref());
            cohort::members(organisation, rule, plans, id, session.today_untracked())
        });
        let mut keys: Vec<CohortKey> = members.iter().map(|member| member.cohort).collect();
        keys.dedup();
        let picks: Vec<Pick> = (0..)
            .zip(&keys)
            .map(|(at, key)| {
                let own = members.iter().filter(|member| member.cohort == *key);
                let (all, done) = own.fold((0, 0), |(all, done), member| {
                    (
                        all + 1,
                        done + usize::from(result_of(&world, member).is_some()),
                    )
                });
                let done = words::settled_of(&usize::to_string(&done), &i32::to_string(&all));
                let label = common::with_note(&named(organisation, *key), &done);
                Pick::new(i32::to_string(&at), label)
            })
            .collect();
        let at = chosen.with(|chosen| chosen.parse::<usize>().unwrap_or_default());
        let Some(key) = keys.get(at).or(keys.first()) else {
            return Some(view! { <p class="faint">{words::nothing_here()}</p> }.into_any());
        };
        let shown = Shown {
            session,
            sheet,
            world: &world,
            rules,
            rule,
            period: id,
            cohort: *key,
        };
        let mut own: Vec<&Member> = members
            .iter()
            .filter(|member| member.cohort == *key)
            .collect();
        own.sort_by_key(|member| std::cmp::Reverse(total_of(&world, member)));
        Some(
            view! {
                <Select
                    name="cohort"
                    label=words::cohort()
                    picks=Signal::stored(picks)
                    value=Signal::stored(at.to_string())
                    on_choose=move |key| chosen.set(key)
                />
                {shown.body(&own)}
            }
            .into_any(),
        )
    };
    // Data that arrive draw the panel anew, and leave alone what is being typed.
    view! {
        {move || drawn().map(|drawn| view! {
            <div data-part="cohorts">
                <Panel title=words::cohorts()>
                    <p class="faint">{words::cohorts_words()}</p>
                    {drawn}
                </Panel>
            </div>
        })}
        <SheetView sheet=sheet />
    }
}

/// What closing left of a member.
fn result_of<'w>(world: &'w World, member: &Member) -> Option<&'w CohortResult> {
    let last = member.plans.last()?;
    world.document(*last)?.cohort.as_deref()
}

/// The total that stands for a member: what closing left, else what is published.
fn total_of(world: &World, member: &Member) -> Option<Points> {
    let published = || {
        let document = world.document(*member.plans.last()?)?;
        document.result().map(|result| result.total)
    };
    let kept = result_of(world, member).map(|result| result.total);
    let zero = member.plans.is_empty().then_some(Points(0));
    kept.or_else(published).or(zero)
}

fn named(organisation: &Organisation, key: CohortKey) -> String {
    match key {
        CohortKey::Unit(unit) => names::unit_of(organisation, unit),
        CohortKey::Superior(person) => words::people_of(&names::person_of(organisation, person)),
        CohortKey::Under(person) => words::under(&names::person_of(organisation, person)),
        CohortKey::Company => words::company().to_owned(),
    }
}

/// One cohort as it is shown.
struct Shown<'w> {
    session: Session,
    sheet: Sheet,
    world: &'w World,
    rules: Rules<'w>,
    rule: &'w Cohort,
    period: PeriodId,
    cohort: CohortKey,
}

impl Shown<'_> {
    fn may_settle(&self) -> bool {
        let (person, today) = (self.session.person(), self.session.today_untracked());
        permission::may_settle(self.world.organisation(), person, today)
    }

    fn body(&self, own: &[&Member]) -> AnyView {
        // Drawn for what stands, and not with every minute that passes.
        let (now, actor) = (untrack(|| self.session.now()), self.session.person());
        let draft = cohort::draft(self.world, self.period, self.cohort, now, actor);
        let (open, settlement, why_not) = match draft {
            Ok(settlement) if settlement.results.is_empty() => {
                (Vec::new(), None, Some(words::is_settled().to_owned()))
            }
            Ok(settlement) => (Vec::new(), Some(settlement), None),
            Err(Stop::Refused(Refusal::CohortOpen { open })) => {
                (open, None, Some(words::open_first().to_owned()))
            }
            Err(Stop::Refused(refused)) => (Vec::new(), None, Some(refusal::words(&refused))),
            Err(_) => (Vec::new(), None, Some(words::not_held().to_owned())),
        };
        let why_not = if self.may_settle() {
            why_not
        } else {
            Some(words::settle_office().to_owned())
        };
        let drafted = settlement.iter().flat_map(|settlement| &settlement.results);
        let drafted: Vec<&CohortResult> = drafted.collect();
        let kept: Vec<&CohortResult> = own
            .iter()
            .filter_map(|member| result_of(self.world, member))
            .collect();
        let first = kept.first().or(drafted.first()).copied();
        let facts = first.and_then(|result| result.closed.facts.as_ref());
        let passed = open
            .iter()
            .any(|one| matches!(one, Unsettled::Cohort(CohortOpen::CeilingPassed { .. })));
        let lines: Vec<AnyView> = own
            .iter()
            .map(|member| {
                let mut all = drafted.iter().copied();
                let result = result_of(self.world, member)
                    .or_else(|| all.find(|result| result.person == member.person));
                self.line(member, result, passed)
            })
            .collect();
        let open: Vec<AnyView> = open.iter().map(|open| self.open(open)).collect();
        let open = (!open.is_empty())
            .then(|| view! { <ul class="list" data-list="cohort-open">{open}</ul> });
        let form = settlement.as_ref().map(|settlement| {
            let moved = settlement
                .results
                .iter()
                .filter(|one| is_moved(&one.closed));
            let (count, moved) = (settlement.results.len(), moved.count());
            let lead = words::binds(&count.to_string(), &moved.to_string());
            (lead, settlement.digest.clone())
        });
        let (sheet, period, cohort) = (self.sheet, self.period, self.cohort);
        let settle = move |()| {
            if let Some((lead, seen)) = form.clone() {
                let settle = SettleCohort {
                    period,
                    cohort,
                    seen,
                };
                let form = Form::new("sign-settle", words::settle_sign(), Vec::new(), move |_| {
                    Ok(Command::SettleCohort(settle.clone()).into())
                });
                let form = form.titled(words::settle().to_owned()).look(Look::Sign);
                sheet.ask(form.lead("binds", lead));
            }
        };
        view! {
            {facts.map(|facts| self.facts(facts))}
            {open}
            <ul class="list" data-list="cohort">{lines}</ul>
            <div class="row row-end">
                <Button
                    act="settle-cohort"
                    label=words::settle()
                    look=Look::Sign
                    why_not=Signal::stored(why_not)
                    on_press=settle
                />
            </div>
        }
        .into_any()
    }

    /// The name of a band or a decided grade, by its key.
    fn band(&self, key: &str) -> String {
        names::grade(self.rules.regime, key)
    }

    fn facts(&self, facts: &CohortFacts) -> AnyView {
        let mut said = vec![words::heads_of(&facts.heads.to_string())];
        for places in &facts.places {
            let quota = self.rule.quotas.get(usize::from(places.quota));
            let band = quota
                .map(|quota| self.band(&quota.band))
                .unwrap_or_default();
            let (used, of) = (places.used.to_string(), places.of.to_string());
            said.push(words::places(&band, &used, &of));
            said.extend(
                places
                    .cut_off
                    .map(|cut_off| words::cut_off(&cut_off.to_string())),
            );
        }
        if facts.places.is_empty() && !self.rule.quotas.is_empty() {
            said.push(words::too_small().to_owned());
        }
        if let Some(ceiling) = facts.ceiling {
            let average = average(ceiling.sum, ceiling.heads);
            said.push(words::average_of(&average, &ceiling.ceiling.to_string()));
        }
        let said: Vec<_> = said
            .into_iter()
            .map(|words| view! { <span>{words}</span> })
            .collect();
        view! { <p class="list-more" data-part="cohort-facts">{said}</p> }.into_any()
    }

    fn line(&self, member: &Member, result: Option<&CohortResult>, passed: bool) -> AnyView {
        let organisation = self.world.organisation();
        let name = names::person_of(organisation, member.person);
        let is_kept = result_of(self.world, member).is_some();
        let last = member.plans.last().copied();
        let published = last.and_then(|plan| self.world.document(plan)?.result());
        let total = result.map(|result| result.total);
        let total = total.or(published.map(|published| published.total));
        let band = result.and_then(|result| result.closed.band.as_deref());
        let own = published.and_then(|published| published.three.as_ref()?.band.as_deref());
        let band = band.or(own).map(|band| self.band(band));
        let closed = result.map(|result| &result.closed);
        let total = total.or_else(|| member.plans.is_empty().then_some(Points(0)));
        let badges: Vec<_> = [
            (member.plans.is_empty(), coverage::counts_zero(), Tone::Warn),
            (is_kept, words::settled(), Tone::Good),
            (closed.is_some_and(is_moved), words::by_quota(), Tone::Warn),
            (
                closed.is_some_and(|one| one.over_quota),
                words::over_quota(),
                Tone::Warn,
            ),
        ]
        .into_iter()
        .filter(|(has, ..)| *has)
        .map(|(_, words, tone)| view! { <Badge words=words tone=tone /> })
        .collect();
        let back = published.filter(|_| passed && self.may_settle());
        let back = back.map(|published| {
            let (plan, version) = (published.plan, published.version);
            self.sheet
                .small("return-result", words::give_back(), move || {
                    give_back(plan, version)
                })
        });
        view! {
            <li data-item=member.person.to_string()>
                <div class="list-line">
                    <span class="stack-tight">
                        <span class="list-title">{name}</span>
                        <span class="list-more">
                            {total.map(|total| view! {
                                <span class="figure">{common::points_of(&total.to_string())}</span>
                            })}
                            {band.map(|band| view! { <span>{band}</span> })}
                        </span>
                    </span>
                    <span class="list-end">{badges}{back}</span>
                </div>
            </li>
        }
        .into_any()
    }

    /// One open thing, with the act that settles it where there is one here.
    fn open(&self, open: &Unsettled) -> AnyView {
        let organisation = self.world.organisation();
        let person = |person: &PersonId| names::person_of(organisation, *person);
        let (what, note, act) = match open {
            Unsettled::Lacks(who, missing) => {
                (person(who), lacks(organisation, self.world, missing), None)
            }
            Unsettled::Department(plan) => {
                let found = self.world.document(*plan).and_then(|d| d.plan.as_ref());
                let title = found.map(|found| names::plan_of(organisation, found));
                (
                    title.unwrap_or_default(),
                    words::department_open().to_owned(),
                    None,
                )
            }
            Unsettled::Cohort(CohortOpen::Preliminary { person: who }) => {
                (person(who), period::missing_other().to_owned(), None)
            }
            Unsettled::Cohort(CohortOpen::CeilingPassed {
                cohort,
                sum,
                heads,
                ceiling,
            }) => {
                let average = average(*sum, *heads);
                let note = words::passed(&average, &ceiling.to_string());
                (named(organisation, *cohort), note, None)
            }
            Unsettled::Cohort(CohortOpen::Tie {
                cohort,
                places,
                people,
                ..
            }) => {
                let all: Vec<String> = people.iter().map(person).collect();
                let note = words::tie(&all.join(common::between()), &places.to_string());
                (named(organisation, *cohort), note, Some(self.tie(people)))
            }
        };
        view! {
            <li>
                <div class="list-line">
                    <span class="stack-tight">
                        <span class="list-title">{what}</span>
                        <span class="list-more"><span>{note}</span></span>
                    </span>
                    <span class="list-end">
                        {act.unwrap_or_else(|| {
                            view! { <Badge words=words::open() tone=Tone::Warn glyph=Glyph::Hint /> }
                                .into_any()
                        })}
                    </span>
                </div>
            </li>
        }
        .into_any()
    }

    /// The act that orders equals, or who does it.
    fn tie(&self, people: &[PersonId]) -> AnyView {
        let organisation = self.world.organisation();
        let (actor, today) = (self.session.person(), self.session.today_untracked());
        let may = permission::may_decide_tie(organisation, actor, &self.rule.ties, people, today);
        if !may {
            return view! { <Banner state="quiet" words=words::others_order() /> }.into_any();
        }
        let picks: Vec<Pick> = people
            .iter()
            .map(|person| Pick::new(person.to_string(), names::person_of(organisation, *person)))
            .collect();
        let period = self.period;
        self.sheet
            .small("decide-tie", words::order(), move || order(period, &picks))
    }
}

/// Whether a cohort changed what a person's own points gave.
fn is_moved(closed: &Closed) -> bool {
    let scaled = |node: &shared::result::engine_3::Node| {
        node.op == shared::result::engine_3::node::Op::Ceiling
    };
    closed.quota.is_some() || closed.tape.iter().any(scaled)
}

/// The printed mean of so many totals.
fn average(sum: Points, heads: u32) -> String {
    let heads = i64::from(heads.max(1));
    Points((sum.0 * 2 + heads).div_euclid(heads * 2)).to_string()
}

/// The form that orders equals: a list for each place.
fn order(period: PeriodId, picks: &[Pick]) -> Form {
    const NAMES: [&str; 8] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
    ];
    let labels = [
        words::first(),
        words::second(),
        words::third(),
        words::fourth(),
        words::fifth(),
        words::sixth(),
        words::seventh(),
        words::eighth(),
    ];
    let asked = NAMES.into_iter().zip(labels).zip(picks);
    let entries = asked.map(|((name, label), pick)| {
        Entry::new(name, label, Ask::List(picks.to_vec()), pick.key.clone())
    });
    let mut entries: Vec<Entry> = entries.collect();
    entries.push(Entry::lines("reason", words::reason()));
    let all: Vec<PersonId> = picks
        .iter()
        .filter_map(|pick| pick.key.parse().ok())
        .collect();
    let many = picks.len().min(NAMES.len());
    let form = Form::new("sign-order", words::order_sign(), entries, move |answers| {
        let mut people: Vec<PersonId> = Vec::new();
        for (name, label) in NAMES.into_iter().zip(labels).take(many) {
            let person = answers.read(name, label)?;
            if people.contains(&person) {
                return Err(Wrong::at(name, words::same_twice()));
            }
            people.push(person);
        }
        let rest: Vec<_> = all.iter().filter(|one| !people.contains(one)).collect();
        people.extend(rest);
        let reason = answers.filled("reason", words::reason())?;
        let decide = DecideTie {
            period,
            people,
            reason,
        };
        Ok(Command::DecideTie(decide).into())
    });
    form.titled(words::order().to_owned())
        .look(Look::Sign)
        .offline()
}

/// The form that gives a result back to its judge.
fn give_back(plan: shared::id::PlanId, version: u32) -> Form {
    let reason = Entry::lines("reason", words::reason());
    let form = Form::new(
        "sign-return",
        words::give_back_sign(),
        vec![reason],
        move |answers| {
            let back = ReturnResult {
                plan,
                version,
                reason: answers.filled("reason", words::reason())?,
            };
            Ok(Command::ReturnResult(back).into())
        },
    );
    let form = form.titled(words::give_back().to_owned()).look(Look::Sign);
    form.lead("binds", words::give_back_words())
}
