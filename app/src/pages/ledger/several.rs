//! Several proposed entries confirmed with one signature, each shown and ticked by itself.

use std::sync::Arc;

use leptos::prelude::*;
use shared::ledger::{self, EntryState};
use shared::world::World;

use super::line::{Line, decision, points};
use crate::components::{Look, Pick};
use crate::i18n::{format, ledger as words, names};
use crate::pages::form::{Act, Ask, Entry, Form, Sheet, Wrong};
use crate::session::Session;

/// The entries that this person may confirm now. Observed.
fn confirmable(session: Session, world: &World, lines: &[Line]) -> Vec<Line> {
    let mine = |line: &&Line| {
        line.state == EntryState::Proposed
            && session
                .refused(world, &decision(&line.entry, true, "-"))
                .is_none()
    };
    lines.iter().filter(mine).cloned().collect()
}

/// The act, where there is more than one to confirm.
pub(super) fn act(
    session: Session,
    world: &World,
    lines: &[Line],
    sheet: Sheet,
) -> Option<AnyView> {
    let lines = Arc::new(confirmable(session, world, lines));
    (lines.len() > 1).then(|| {
        sheet.button("confirm-several", words::confirm_several(), move || {
            form(&session.world_untracked(), &lines)
        })
    })
}

/// An entry in one line: who, what for, when, what it costs.
fn told(world: &World, line: &Line) -> String {
    let organisation = world.organisation();
    let entry = &line.entry;
    let tariff = ledger::tariff(organisation, entry.sheet, &entry.tariff);
    let tariff = tariff.map_or(entry.tariff.as_str(), |tariff| names::name(&tariff.name));
    let parts = [
        names::person_of(organisation, entry.person),
        tariff.to_owned(),
        format::short_day(entry.happened),
        points(line).unwrap_or_default(),
        entry.facts.clone(),
    ];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

fn form(world: &World, lines: &Arc<Vec<Line>>) -> Form {
    let picks = lines
        .iter()
        .map(|line| Pick::new(line.entry.id.to_string(), told(world, line)));
    let entries = vec![
        // Nothing is ticked at first: each is read by who signs it.
        Entry::new(
            "entries",
            words::entries(),
            Ask::Many(picks.collect()),
            String::new(),
        ),
        Entry::lines("reason", words::reason_optional()).optional(),
    ];
    let lines = Arc::clone(lines);
    let form = Form::new(
        "save-entry",
        words::confirm_chosen(),
        entries,
        move |answers| {
            let chosen = answers.text("entries");
            let chosen = |line: &&Line| {
                chosen
                    .split(' ')
                    .any(|key| key == line.entry.id.to_string())
            };
            let reason = answers.text("reason");
            let commands: Vec<_> = lines
                .iter()
                .filter(chosen)
                .map(|line| decision(&line.entry, true, &reason))
                .collect();
            if commands.is_empty() {
                return Err(Wrong::at("entries", words::choose_entries()));
            }
            Ok(Act::Several(commands))
        },
    );
    form.titled(words::confirm_several().to_owned())
        .look(Look::Primary)
        .lead("binds", words::binds_confirm())
        .offline()
}
