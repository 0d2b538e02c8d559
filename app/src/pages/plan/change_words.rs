//! A wished change in words: the field, what stands there, and what it shall be.

use shared::change_request::{ChangeRequest, ChangeState, ChangeWindow, ItemChange};
use shared::item::{Deduction, Edit, ItemEdit, Target};
use shared::organisation::Organisation;
use shared::quantity::Points;
use shared::regime::{Regime, Rules};
use shared::world::PlanDocument;

use crate::components::{Badge, Glyph, Tone};
use crate::i18n::{change, common, format, names, plan};
use crate::pages::plan::ItemFacts;

/// One field: its label, the old text, the new one.
pub(crate) type Sides = (String, String, String);

/// One wished change of one item.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ChangeLine {
    /// Added, changed or cancelled.
    pub(crate) kind: &'static str,
    /// The key of that, for tests and style.
    pub(crate) key: &'static str,
    /// The item.
    pub(crate) title: String,
    /// The fields that change; a new item shows its own.
    pub(crate) sides: Vec<Sides>,
}

/// Puts all changes of a request into words, over the items as they stand in `document`.
pub(crate) fn lines(
    organisation: &Organisation,
    rules: Option<Rules<'_>>,
    document: &PlanDocument,
    changes: &[ItemChange],
) -> Vec<ChangeLine> {
    let title = |item| {
        let items = &document.items;
        // An item that was cancelled since stands in an earlier baseline.
        let earlier = || {
            let mut all = document.baselines.values().rev();
            all.find_map(|baseline| baseline.items.iter().find(|kept| kept.id == item))
        };
        let found = items.get(&item).or_else(earlier);
        found.map(|found| found.title.clone()).unwrap_or_default()
    };
    let line = |one: &ItemChange| match one {
        ItemChange::Add(item) => {
            let facts = ItemFacts::of(organisation, rules, item);
            let weight = facts.stake;
            ChangeLine {
                kind: change::change_add(),
                key: "add",
                title: item.title.clone(),
                sides: vec![(
                    String::new(),
                    String::new(),
                    format!("{weight} · {}", facts.line.join(" · ")),
                )],
            }
        }
        ItemChange::Edit(item, edits) => ChangeLine {
            kind: change::change_edit(),
            key: "edit",
            title: title(*item),
            sides: edits
                .iter()
                .map(|edit| sides(organisation, rules, edit))
                .collect(),
        },
        ItemChange::Cancel(item) => ChangeLine {
            kind: change::change_cancel(),
            key: "cancel",
            title: title(*item),
            sides: Vec::new(),
        },
    };
    changes.iter().map(line).collect()
}

fn target(target: &Target) -> String {
    let kind = names::target_kind(target.kind);
    match target.value {
        Some(value) => format!("{kind} {value}{}", target.measure),
        None => kind.to_owned(),
    }
}

fn or_none(text: String) -> String {
    if text.is_empty() {
        common::none().to_owned()
    } else {
        text
    }
}

/// Both sides of one edit; keys of the regime read as its names, where its rules are at hand.
pub(crate) fn sides(
    organisation: &Organisation,
    rules: Option<Rules<'_>>,
    edit: &ItemEdit,
) -> Sides {
    let named = |label: &str, edit: &Edit<String>, name: fn(&Regime, &str) -> String| {
        let name = |key: &String| match rules.filter(|_| !key.is_empty()) {
            Some(rules) => name(rules.regime, key),
            None => key.clone(),
        };
        (
            label.to_owned(),
            or_none(name(&edit.old)),
            or_none(name(&edit.new)),
        )
    };
    let text = |label: &str, old: &str, new: &str| {
        let (old, new) = (or_none(old.to_owned()), or_none(new.to_owned()));
        (label.to_owned(), old, new)
    };
    match edit {
        ItemEdit::Title(edit) => text(plan::title(), &edit.old, &edit.new),
        ItemEdit::Section(edit) => named(plan::section(), edit, names::section),
        ItemEdit::Deliverable(edit) => text(plan::deliverable(), &edit.old, &edit.new),
        ItemEdit::Standard(edit) => text(plan::standard(), &edit.old, &edit.new),
        ItemEdit::Rule(edit) => text(plan::rule(), &edit.old, &edit.new),
        ItemEdit::Category(edit) => named(plan::category(), edit, names::category),
        ItemEdit::Source(edit) => named(plan::source(), edit, names::source),
        ItemEdit::Scheme(edit) => text(plan::scheme(), &edit.old, &edit.new),
        ItemEdit::Must(edit) => {
            let said = |must| if must { common::yes() } else { common::no() };
            text(plan::must(), said(edit.old), said(edit.new))
        }
        ItemEdit::Importance(edit) => {
            let said = |one: Option<Points>| one.map(|one| one.to_string()).unwrap_or_default();
            text(plan::importance(), &said(edit.old), &said(edit.new))
        }
        ItemEdit::Responsible(edit) => {
            let name = |person: Option<_>| {
                let named = person.map(|person| names::person_of(organisation, person));
                named.unwrap_or_default()
            };
            text(plan::responsible(), &name(edit.old), &name(edit.new))
        }
        ItemEdit::Helpers(edit) => {
            let (old, new) = (&edit.old, &edit.new);
            let name = |units| names::units_of(organisation, units);
            text(plan::helper(), &name(old), &name(new))
        }
        ItemEdit::Bonus(edit) => {
            let said = |bonus| if bonus { common::yes() } else { common::no() };
            text(plan::bonus(), said(edit.old), said(edit.new))
        }
        ItemEdit::Deduction(edit) => {
            let said = |deduction: &Option<Deduction>| {
                deduction.as_ref().map(names::deduction).unwrap_or_default()
            };
            text(plan::deduction(), &said(&edit.old), &said(&edit.new))
        }
        ItemEdit::Rhythm(edit) => {
            let said = |rhythm: Option<_>| rhythm.map(names::rhythm).unwrap_or_default();
            text(plan::rhythm(), said(edit.old), said(edit.new))
        }
        ItemEdit::Target(edit) => text(plan::target(), &target(&edit.old), &target(&edit.new)),
        ItemEdit::Due(edit) => {
            let day = |day: Option<_>| day.map(format::short_day).unwrap_or_default();
            text(plan::due(), &day(edit.old), &day(edit.new))
        }
        ItemEdit::Weight(edit) => {
            text(plan::weight(), &edit.old.to_string(), &edit.new.to_string())
        }
        ItemEdit::Position(edit) => text(
            plan::position(),
            &edit.old.to_string(),
            &edit.new.to_string(),
        ),
    }
}

/// The badge of a request's state.
pub(crate) fn state_badge(request: &ChangeRequest) -> Badged {
    match request.state {
        ChangeState::Open => (change::state_open(), Tone::Warn, Glyph::Clock),
        ChangeState::Agreed => (change::state_agreed(), Tone::Good, Glyph::Tick),
        ChangeState::Refused => (change::state_refused(), Tone::Bad, Glyph::Cross),
        ChangeState::Withdrawn => (change::state_withdrawn(), Tone::Quiet, Glyph::Return),
    }
}

/// The badge of a window.
pub(crate) fn window_badge(window: ChangeWindow) -> Badged {
    match window {
        ChangeWindow::InTime => (change::window_in_time(), Tone::Quiet, Glyph::Tick),
        ChangeWindow::Flagged => (change::window_flagged(), Tone::Warn, Glyph::Warning),
        ChangeWindow::AfterDue => (change::window_after_due(), Tone::Bad, Glyph::Warning),
    }
}

/// Words, tone and mark of a badge.
pub(crate) type Badged = (&'static str, Tone, Glyph);

/// Draws it.
pub(crate) fn badge((words, tone, glyph): Badged) -> impl leptos::prelude::IntoView {
    use leptos::prelude::*;
    view! { <Badge words=words tone=tone glyph=glyph /> }
}

/// The key of a request's state, for tests.
pub(crate) const fn state_key(state: ChangeState) -> &'static str {
    match state {
        ChangeState::Open => "open",
        ChangeState::Agreed => "agreed",
        ChangeState::Refused => "refused",
        ChangeState::Withdrawn => "withdrawn",
    }
}
