//! As whom a person rates a plan: as the superior, and as raters whom the regime names beside; and what
//! the others have handed in, for the superior who publishes it all.

use leptos::prelude::*;
use shared::id::{ItemId, PlanId};
use shared::permission;
use shared::plan::Plan;
use shared::rating::{self, HandedIn};
use shared::regime::Regime;
use shared::regime::judging::{MissingRater, Rater};
use shared::regime::who::Who;
use shared::world::{PlanDocument, World};

use crate::components::{Badge, Glyph, Panel, Tone};
use crate::i18n::{common, names, review};
use crate::pages::plan::{rules_of, stands_in_for};
use crate::pages::regime;
use crate::pages::scoring::judgement_words;
use crate::session::Session;

/// One of this person's ways to rate an item.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ItemSeat {
    /// The rater's key; none for the superior.
    pub(super) rater: Option<String>,
    /// Whose score it is, as a heading.
    pub(super) title: String,
}

/// The raters as whom this person rates a plan; the superior, and who stands in for a late one, first.
pub(super) fn seats<'w>(
    world: &'w World,
    session: Session,
    (plan, document): (&Plan, &PlanDocument),
) -> Vec<&'w Rater> {
    let organisation = world.organisation();
    let Some(rules) = rules_of(world, plan) else {
        return Vec::new();
    };
    let (me, today) = (session.person(), session.today());
    let judges = permission::may_judge(organisation, me, plan, today)
        || stands_in_for(world, session, plan).is_some();
    let raters = rules.regime.judging.raters.iter();
    let superior = raters.filter(|rater| judges && rater.by == Who::Superior);
    let further = rating::of_person(organisation, rules, me, (plan, document), today);
    superior.chain(further).collect()
}

/// This person's ways to rate one item.
pub(super) fn of_item(
    world: &World,
    session: Session,
    plan: PlanId,
    item: ItemId,
) -> Vec<ItemSeat> {
    let found = || {
        let document = world.document(plan)?;
        let plan = document.plan.as_ref()?;
        let (rules, item) = (rules_of(world, plan)?, document.items.get(&item)?);
        let seats = seats(world, session, (plan, document)).into_iter();
        let rates = seats.filter(|rater| rules.is_rated(rater, item));
        let rates = rates.filter(|_| rules.method(item).is_some());
        let seat = |rater: &Rater| {
            let superior = rater.by == Who::Superior;
            ItemSeat {
                rater: (!superior).then(|| rater.key.clone()),
                title: if superior {
                    review::superior_score().to_owned()
                } else {
                    review::score_of(&words(rules.regime, rater))
                },
            }
        };
        Some(rates.map(seat).collect())
    };
    found().unwrap_or_default()
}

/// A rater in words.
pub(super) fn words(of: &Regime, rater: &Rater) -> String {
    regime::who(of, &rater.by)
}

/// What other raters said of an item, for who publishes it.
pub(super) fn others(world: &World, session: Session, plan: PlanId, item: ItemId) -> Vec<AnyView> {
    let found = || {
        let document = world.document(plan)?;
        let rules = rules_of(world, document.plan.as_ref()?)?;
        let method = rules.method(document.items.get(&item)?).cloned();
        let scores = document.rater_scores.values();
        let of = scores.filter(|one| one.score.item == item && one.score.by != session.person());
        let line = |one: &shared::part_score::RaterScore| {
            let mut raters = rules.regime.judging.raters.iter();
            let rater = raters.find(|rater| rater.key == one.rater)?;
            let who = names::person_of(world.organisation(), one.score.by);
            let who = common::with_note(&who, &words(rules.regime, rater));
            let said = judgement_words(method.as_slice(), &one.score.judgement);
            let note = one.score.note.clone();
            Some(
                view! {
                    <li class="list-more" data-part="rater-score">
                        <span>{who}</span>
                        <span class="strong">{said}</span>
                        {(!note.is_empty()).then(|| view! { <span>{note}</span> })}
                    </li>
                }
                .into_any(),
            )
        };
        Some(of.filter_map(line).collect())
    };
    found().unwrap_or_default()
}

/// One person's share of what a rater is asked for.
#[derive(Debug, Clone, PartialEq)]
struct Line {
    who: String,
    role: String,
    missing: String,
    share: HandedIn,
}

fn lines(world: &World, session: Session, plan: PlanId) -> Vec<Line> {
    let found = || {
        let document = world.document(plan)?;
        let found = document.plan.as_ref()?;
        let organisation = world.organisation();
        let (rules, period) = (
            rules_of(world, found)?,
            organisation.periods.get(&found.period)?,
        );
        let all = rules.regime.judging.raters.iter();
        let all = all.filter(|rater| rater.by != Who::Superior);
        let of = |rater: &Rater| {
            let role = words(rules.regime, rater);
            let missing = missing(rules.regime, rater);
            let (of, on) = ((rules, period), (found, document));
            let shares = rating::handed_in(organisation, of, on, rater, session.today());
            if shares.is_empty() {
                // Nobody holds the role: what that means is what must be known.
                let share = HandedIn {
                    person: found.owner,
                    done: 0,
                    all: 0,
                };
                let who = review::nobody_rates().to_owned();
                return vec![Line {
                    who,
                    role,
                    missing,
                    share,
                }];
            }
            let line = |share: HandedIn| Line {
                who: names::person_of(organisation, share.person),
                role: role.clone(),
                missing: missing.clone(),
                share,
            };
            let asked = shares.into_iter().filter(|share| share.all > 0);
            asked.map(line).collect::<Vec<_>>()
        };
        Some(all.flat_map(of).collect::<Vec<_>>())
    };
    found().unwrap_or_default()
}

/// What it means that a rater states nothing, in words.
fn missing(of: &Regime, rater: &Rater) -> String {
    if rater.weight.0 == 0 {
        return review::weighs_nothing().to_owned();
    }
    match &rater.missing {
        MissingRater::CountsZero => review::missing_zero().to_owned(),
        MissingRater::LeftOut => review::missing_left_out().to_owned(),
        MissingRater::Blocks => review::missing_blocks().to_owned(),
        MissingRater::Provisional => review::missing_provisional().to_owned(),
        MissingRater::Instead(key) => {
            let mut raters = of.judging.raters.iter();
            let other = raters.find(|rater| rater.key == *key);
            review::missing_instead(&other.map(|other| words(of, other)).unwrap_or_default())
        }
    }
}

/// Who has handed in how much; nothing where nobody but the superior rates.
#[component]
pub(crate) fn Raters(
    /// The plan.
    id: PlanId,
) -> impl IntoView {
    let session = Session::here();
    let lines = Memo::new(move |_| lines(&session.world(), session, id));
    move || {
        let lines = lines.get();
        if lines.is_empty() {
            return None;
        }
        let lines: Vec<AnyView> = lines.into_iter().map(line).collect();
        Some(view! {
            <Panel title=review::raters()>
                <ul class="list" data-list="raters">{lines}</ul>
            </Panel>
        })
    }
}

fn line(line: Line) -> AnyView {
    let (done, all) = (line.share.done, line.share.all);
    let whole = all > 0 && done == all;
    let (tone, glyph) = if whole {
        (Tone::Good, Glyph::Tick)
    } else {
        (Tone::Warn, Glyph::Clock)
    };
    let words = if all == 0 {
        review::not_scored().to_owned()
    } else {
        review::items_judged(&done.to_string(), &all.to_string())
    };
    let missing = (!whole).then(|| view! { <span>{line.missing}</span> });
    view! {
        <li data-state=if whole { "whole" } else { "open" }>
            <div class="list-line">
                <span class="stack-tight">
                    <span class="list-title">{line.who}</span>
                    <span class="list-more"><span>{line.role}</span>{missing}</span>
                </span>
                <Badge words=words tone=tone glyph=glyph />
            </div>
        </li>
    }
    .into_any()
}
