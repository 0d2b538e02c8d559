//! Points that a person types for parts of the total, as the superior or as another rater: criteria, and
//! charges without an entry.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::review::ScorePart;
use shared::id::PlanId;
use shared::item::Edit;
use shared::quantity::Points;
use shared::rating;
use shared::regime::total::{Part, Source};
use shared::regime::who::Who;
use shared::world::World;

use super::seats::{seats, words};
use crate::components::{Field, FieldKind, Panel};
use crate::i18n::{common, names, refusal, seal};
use crate::pages::plan::rules_of;
use crate::session::{NotSent, Session};

/// One thing to type.
#[derive(Debug, Clone, PartialEq)]
struct Line {
    part: String,
    criterion: String,
    rater: String,
    name: String,
    most: Option<Points>,
    points: Option<Points>,
}

/// What this person types of a part.
#[derive(Debug, Clone, PartialEq)]
struct PartLines {
    name: String,
    lines: Vec<Line>,
}

fn parts(world: &World, session: Session, plan: PlanId) -> Option<Vec<PartLines>> {
    let document = world.document(plan)?;
    let found = document.plan.as_ref()?;
    let rules = rules_of(world, found)?;
    let mut all = Vec::new();
    for rater in seats(world, session, (found, document)) {
        let criteria = rating::criteria(rules, rater);
        for (key, _) in rules.typed() {
            let Some(part) = rules.part(key) else {
                continue;
            };
            let of = criteria.iter().filter(|(part, _)| *part == key);
            let lines = of.filter_map(|(_, criterion)| {
                let (name, most) = asked(part, criterion)?;
                let mut scores = document.part_scores.values();
                let mine = scores.find(|one| {
                    (one.part.as_str(), one.criterion.as_str()) == (key, *criterion)
                        && (&one.rater, one.by) == (&rater.key, session.person())
                });
                Some(Line {
                    part: key.to_owned(),
                    criterion: (*criterion).to_owned(),
                    rater: rater.key.clone(),
                    name,
                    most,
                    points: mine.map(|one| one.points),
                })
            });
            let lines: Vec<Line> = lines.collect();
            let name = names::name(&part.name);
            // As the superior one judges; as anybody else it is said as whom.
            let name = if rater.by == Who::Superior {
                name.to_owned()
            } else {
                common::with_note(name, &words(rules.regime, rater))
            };
            if !lines.is_empty() {
                all.push(PartLines { name, lines });
            }
        }
    }
    Some(all)
}

/// The name of what is typed of a part.
pub(crate) fn criterion_name(part: &Part, criterion: &str) -> Option<String> {
    asked(part, criterion).map(|(name, _)| name)
}

/// What is typed of a part: its name, and the most points that it can be.
fn asked(part: &Part, criterion: &str) -> Option<(String, Option<Points>)> {
    match &part.source {
        Source::Typed { criteria } => {
            let one = criteria.iter().find(|one| one.key == criterion)?;
            Some((names::name(&one.name).to_owned(), Some(one.points)))
        }
        Source::Charges { charges, .. } => {
            let one = charges.iter().find(|one| one.key == criterion)?;
            let most = Some(one.most_typed()).filter(|most| *most < Points(i64::MAX));
            Some((names::name(&one.name).to_owned(), most))
        }
        _ => None,
    }
}

/// The panels; nothing where the regime types nothing for parts.
#[component]
pub(super) fn PartScoring(
    /// The plan.
    id: PlanId,
) -> impl IntoView {
    let session = Session::here();
    // Drawn for what is to be typed; what is typed is each field's own.
    let keys = Memo::new(move |_| {
        let found = parts(&session.world(), session, id).unwrap_or_default();
        let keys = found.into_iter().map(|part| {
            let lines = part.lines.into_iter();
            (
                part.name,
                lines
                    .map(|line| (line.part, line.criterion, line.rater))
                    .collect::<Vec<_>>(),
            )
        });
        keys.collect::<Vec<_>>()
    });
    move || {
        let _ = keys.get();
        let found = parts(&session.world_untracked(), session, id).unwrap_or_default();
        let panels = found.into_iter().map(|part| {
            let lines = part.lines.into_iter().map(|line| typed(session, id, line));
            let lines: Vec<AnyView> = lines.collect();
            view! {
                <Panel title=part.name>
                    <div class="fields fields-two" data-part="part-scores">{lines}</div>
                </Panel>
            }
            .into_any()
        });
        panels.collect::<Vec<AnyView>>()
    }
}

fn typed(session: Session, plan: PlanId, line: Line) -> AnyView {
    let value = RwSignal::new(line.points.map(|one| one.to_string()).unwrap_or_default());
    let error = RwSignal::new(None::<String>);
    let stands = StoredValue::new(line.points);
    let most = line.most;
    let affix = most.map(|most| format!("/ {most}"));
    let label = line.name.clone();
    let keep = move |()| {
        let text = value.get_untracked();
        let read = text.parse::<Points>().ok();
        let new = read.filter(|one| *one >= Points(0) && most.is_none_or(|most| *one <= most));
        if !text.trim().is_empty() && new.is_none() {
            let most = most.map_or_else(String::new, |most| most.to_string());
            return error.set(Some(seal::points_unreadable(&most)));
        }
        error.set(None);
        let old = stands.get_value();
        if old == new {
            return;
        }
        stands.set_value(new);
        let command = Command::ScorePart(ScorePart {
            plan,
            part: line.part.clone(),
            criterion: line.criterion.clone(),
            rater: line.rater.clone(),
            points: Edit { old, new },
            note: String::new(),
        });
        session.send_then(command, move |sent| {
            if sent.is_err() {
                let _ = stands.try_set_value(old);
            }
            if let Err(NotSent::Refused(refused)) = sent {
                error.set(Some(refusal::words(&refused)));
            }
        });
    };
    view! {
        <Field
            name="part-points"
            label=label
            value=value
            kind=FieldKind::Number
            affix=affix
            error=error
            on_change=keep
        />
    }
    .into_any()
}
