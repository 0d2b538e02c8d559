//! The ledger in a month: what people propose about each other, decide and answer.

use shared::command::Command;
use shared::command::ledger::{AnswerEntry, DecideEntry, ProposeEntry, ReverseEntry};
use shared::id::EntryId;
use shared::ledger::{self, EntryState, LedgerEntry};
use shared::permission;

use super::Person;
use crate::chance::Chance;

impl Person<'_> {
    /// Something about an entry, or a new one.
    pub(super) fn ledger(&self, chance: &mut Chance) -> Option<Command> {
        let open = self.ledger_entries().filter_map(|(entry, state)| {
            let answers = entry.person == self.me() && entry.answer.is_none();
            if answers && matches!(state, EntryState::Proposed | EntryState::Confirmed) {
                return Some(answer(entry, chance.permille(600)));
            }
            let waits = state == EntryState::Proposed
                || state == EntryState::Confirmed && entry.is_disputed();
            let disputed = entry.is_disputed() && state == EntryState::Confirmed;
            (waits && self.decides(entry)).then(|| decide(entry, disputed || chance.permille(800)))
        });
        let open: Vec<Command> = open.collect();
        match chance.pick(&open) {
            Some(command) if chance.permille(700) => Some(command.clone()),
            _ => self.propose_entry(chance),
        }
    }

    /// Takes a confirmed entry back.
    pub(crate) fn reverse(&self, chance: &mut Chance) -> Option<Command> {
        let confirmed = self
            .ledger_entries()
            .filter(|(_, state)| *state == EntryState::Confirmed);
        let mine: Vec<&LedgerEntry> = confirmed
            .map(|(entry, _)| entry)
            .filter(|entry| self.decides(entry))
            .collect();
        let entry = *chance.pick(&mine)?;
        Some(Command::ReverseEntry(ReverseEntry {
            entry: entry.id,
            unit: entry.unit,
            period: entry.period,
            reversal: EntryId::from_bits(chance.wide()),
            reason: "It was somebody else".to_owned(),
            seen: entry.seen(),
        }))
    }

    /// The entries that the device shows, with where they stand as far as it knows.
    fn ledger_entries(&self) -> impl Iterator<Item = (&LedgerEntry, EntryState)> {
        let ledgers = self.view().documents();
        ledgers.flat_map(|(_, document)| {
            let entries = document.entries.values();
            entries.map(|entry| (entry, entry.state(&document.entries)))
        })
    }

    fn decides(&self, entry: &LedgerEntry) -> bool {
        let organisation = self.view().organisation();
        let tariff = ledger::tariff(organisation, entry.sheet, &entry.tariff);
        tariff.is_some_and(|tariff| {
            permission::may_confirm(organisation, self.me(), tariff, entry, self.today)
        })
    }

    fn propose_entry(&self, chance: &mut Chance) -> Option<Command> {
        let organisation = self.view().organisation();
        let (sheet, version) = organisation.sheets.first_key_value()?;
        let tariff = chance.pick(&version.sheet.tariffs)?;
        let person = *chance.pick(self.people)?;
        let unit = organisation.assignments_of(person, self.today).next()?.unit;
        let about = (person, unit);
        let me = self.me();
        if !permission::may_propose(organisation, me, tariff, about, &[], self.today) {
            return None;
        }
        Some(Command::ProposeEntry(Box::new(ProposeEntry {
            entry: EntryId::from_bits(chance.wide()),
            sheet: *sheet,
            tariff: tariff.key.clone(),
            person,
            about: None,
            unit,
            period: self.periods[0],
            plan: None,
            item: None,
            happened: self.today,
            facts: "Seen on the round".to_owned(),
            evidence: Vec::new(),
            count: 1,
            points: None,
            money: None,
        })))
    }
}

fn decide(entry: &LedgerEntry, confirmed: bool) -> Command {
    Command::DecideEntry(DecideEntry {
        entry: entry.id,
        unit: entry.unit,
        period: entry.period,
        confirmed,
        reason: "Looked at on the spot".to_owned(),
        seen: entry.seen(),
    })
}

fn answer(entry: &LedgerEntry, accepted: bool) -> Command {
    Command::AnswerEntry(AnswerEntry {
        entry: entry.id,
        unit: entry.unit,
        period: entry.period,
        accepted,
        reason: "I was away".to_owned(),
        seen: entry.seen(),
    })
}
