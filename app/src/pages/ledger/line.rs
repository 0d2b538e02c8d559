//! One entry as it is shown: who, what for, what it costs, who signed what, and what can be done.

use std::sync::Arc;

use leptos::prelude::*;
use shared::command::Command;
use shared::command::ledger::{AnswerEntry, DecideEntry, ReverseEntry};
use shared::id::EntryId;
use shared::ledger::{self, Counted, EntryAnswer, EntryState, LedgerEntry};
use shared::organisation::Organisation;
use shared::plan::Signed;
use shared::quantity::Points;
use shared::regime::tariff::{Legal, Tariff};
use shared::world::World;

use crate::chance;
use crate::components::{Badge, Facts, Look, Tone};
use crate::i18n::{common, evidence, format, ledger as words, names};
use crate::pages::evidence::EvidenceOfEntry;
use crate::pages::form::{Entry, Form, Sheet};
use crate::session::Session;

/// An entry with where it stands and what it amounts to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) entry: LedgerEntry,
    pub(super) state: EntryState,
    pub(super) counted: Counted,
}

impl Line {
    /// Says whether somebody has to decide about it.
    pub(super) fn waits(&self) -> bool {
        self.state == EntryState::Proposed
            || self.state == EntryState::Confirmed && self.entry.is_disputed()
    }
}

/// The sum of the entries that stand, in words.
pub(super) fn sum(lines: &[Line]) -> String {
    let standing = lines
        .iter()
        .filter(|line| line.state == EntryState::Confirmed);
    let (mut off, mut on) = (Points(0), Points(0));
    for line in standing {
        if line.entry.legal == Legal::Reward {
            on.0 += line.counted.points.0;
        } else {
            off.0 += line.counted.points.0;
        }
    }
    let off = if off > Points(0) {
        words::points_off(&off.to_string())
    } else {
        common::points_of(&off.to_string())
    };
    let mut parts = vec![off];
    if on > Points(0) {
        parts.push(words::points_on(&on.to_string()));
    }
    common::with_note(words::sum(), &parts.join(" · "))
}

/// The points that an entry costs or earns; what takes another back turns them round.
pub(super) fn points(line: &Line) -> Option<String> {
    let points = line.counted.points;
    let on = (line.entry.legal == Legal::Reward) != (line.state == EntryState::Reversal);
    let sign = if on {
        words::points_on
    } else {
        words::points_off
    };
    (points != Points(0)).then(|| sign(&points.to_string()))
}

/// What a tariff says of money, in words; nothing where it says nothing.
fn money(line: &Line, tariff: Option<&Tariff>) -> Option<String> {
    let money = tariff?.money.as_ref()?;
    Some(if money.to_be_set {
        words::to_be_set().to_owned()
    } else if money.on {
        words::yuan(&line.counted.money.to_string())
    } else {
        words::money_off().to_owned()
    })
}

/// The key of a state, for tests and style.
const fn key(state: EntryState) -> &'static str {
    match state {
        EntryState::Proposed => "proposed",
        EntryState::Confirmed => "confirmed",
        EntryState::Refused => "refused",
        EntryState::Reversed => "reversed",
        EntryState::Reversal => "reversal",
    }
}

const fn tone(state: EntryState) -> Tone {
    match state {
        EntryState::Proposed => Tone::Warn,
        EntryState::Confirmed => Tone::Accent,
        EntryState::Refused | EntryState::Reversed | EntryState::Reversal => Tone::Quiet,
    }
}

/// The badge of a person's answer; none where an entry asks for none.
fn answered(line: &Line) -> AnyView {
    let badge = match &line.entry.answer {
        Some(EntryAnswer::Accepted(_)) => (words::answered_accepted(), Tone::Good),
        Some(EntryAnswer::Disputed(_)) => (words::answered_disputed(), Tone::Bad),
        None if matches!(line.state, EntryState::Proposed | EntryState::Confirmed) => {
            (words::not_answered(), Tone::Quiet)
        }
        None => return ().into_any(),
    };
    view! { <Badge words=badge.0 tone=badge.1 /> }.into_any()
}

/// Who signed, when, and why.
fn signed(
    organisation: &Organisation,
    what: &'static str,
    by: Option<&Signed>,
) -> (String, String) {
    let Some(signed) = by else {
        return (what.to_owned(), String::new());
    };
    let who = names::person_of(organisation, signed.by);
    let when = format::time(signed.times.recorded, organisation.utc_offset());
    let who = common::with_note(&who, &when);
    let value = if signed.reason.is_empty() {
        who
    } else {
        format!("{who} · {}", signed.reason)
    };
    (what.to_owned(), value)
}

fn facts(world: &World, line: &Line, tariff: Option<&Tariff>) -> Vec<(String, String)> {
    let organisation = world.organisation();
    let entry = &line.entry;
    let about = entry.about.map(|who| {
        let name = names::person_of(organisation, who);
        words::borne_for(&name)
    });
    let plan = entry.plan.and_then(|plan| world.document(plan));
    let item = entry.item.and_then(|item| plan?.items.get(&item));
    let attached = entry
        .evidence
        .iter()
        .filter_map(|id| plan?.evidence.get(id));
    let attached: Vec<&str> = attached.map(|one| one.name.as_str()).collect();
    let until = tariff
        .filter(|_| line.state == EntryState::Confirmed && entry.answer.is_none())
        .and_then(|tariff| ledger::entry_until(organisation, tariff, entry))
        .map(|until| words::answer_until(&format::short_day(until.day)));
    let answer = entry.answer.as_ref().map(EntryAnswer::signed);
    let fact =
        |name: &'static str, value: Option<String>| (name.to_owned(), value.unwrap_or_default());
    vec![
        fact(words::clause(), Some(entry.clause.clone())),
        fact(words::facts(), Some(entry.facts.clone())),
        fact(words::about(), about),
        fact(words::item(), item.map(|item| item.title.clone())),
        fact(evidence::evidence(), Some(attached.join(common::between()))),
        signed(organisation, words::proposed(), Some(&entry.proposed)),
        signed(organisation, words::confirmed(), entry.confirmed.as_ref()),
        signed(organisation, words::refused(), entry.refused.as_ref()),
        signed(organisation, words::answer(), answer),
        signed(organisation, words::upheld(), entry.upheld.as_ref()),
        fact("", until),
    ]
}

/// An entry, with what this person can do about it.
pub(super) fn card(session: Session, world: &World, line: Line, sheet: Option<Sheet>) -> AnyView {
    let organisation = world.organisation();
    let entry = &line.entry;
    let tariff = ledger::tariff(organisation, entry.sheet, &entry.tariff);
    let name = tariff.map_or(entry.tariff.as_str(), |tariff| names::name(&tariff.name));
    let name = if entry.reverses.is_some() {
        words::reverses(name)
    } else {
        name.to_owned()
    };
    let who = names::person_of(organisation, entry.person);
    let escalates = line.counted.nth > 1 && line.state != EntryState::Reversal;
    let nth = escalates.then(|| words::nth(&line.counted.nth.to_string()));
    let times = (entry.count > 1).then(|| words::times(&entry.count.to_string()));
    let more = [
        Some(format::short_day(entry.happened)),
        Some(names::unit_of(organisation, entry.unit)),
        Some(words::legal_word(entry.legal).to_owned()),
        times,
        nth,
        money(&line, tariff),
    ];
    let more: Vec<_> = more
        .into_iter()
        .flatten()
        .map(|part| view! { <span>{part}</span> })
        .collect();
    let (id, document) = (entry.id, ledger::document(entry.unit, entry.period));
    let acts = sheet.map(|sheet| acts(session, world, sheet, entry));
    view! {
        <li data-item=id.to_string() data-state=key(line.state)>
            <div class="list-line list-line-tall">
                <span class="stack list-whole">
                    <span class="row row-apart">
                        <span class="list-title">{format!("{who} · {name}")}</span>
                        <span class="row">
                            <strong class="figure">{points(&line)}</strong>
                            <Badge words=words::state(line.state) tone=tone(line.state) />
                            {answered(&line)}
                            {move || session.whereabouts_of_entry(id)}
                        </span>
                    </span>
                    <span class="list-more">{more}</span>
                    <Facts facts=facts(world, &line, tariff) />
                    <EvidenceOfEntry ledger=document entry=id />
                    {acts}
                </span>
            </div>
        </li>
    }
    .into_any()
}

/// The command that confirms an entry or refuses it.
pub(super) fn decision(entry: &LedgerEntry, confirmed: bool, reason: &str) -> Command {
    Command::DecideEntry(DecideEntry {
        entry: entry.id,
        unit: entry.unit,
        period: entry.period,
        confirmed,
        reason: reason.to_owned(),
        seen: entry.seen(),
    })
}

fn answering(entry: &LedgerEntry, accepted: bool, reason: &str) -> Command {
    Command::AnswerEntry(AnswerEntry {
        entry: entry.id,
        unit: entry.unit,
        period: entry.period,
        accepted,
        reason: reason.to_owned(),
        seen: entry.seen(),
    })
}

fn reversing(entry: &LedgerEntry, reversal: EntryId, reason: &str) -> Command {
    Command::ReverseEntry(ReverseEntry {
        entry: entry.id,
        unit: entry.unit,
        period: entry.period,
        reversal,
        reason: reason.to_owned(),
        seen: entry.seen(),
    })
}

/// One act about an entry: its name, its words, and the form that does it.
struct Act {
    name: &'static str,
    label: &'static str,
    look: Look,
    binds: &'static str,
    /// Whether a reason has to be given.
    asks: bool,
    offline: bool,
    does: fn(&LedgerEntry, &str) -> Command,
}

const ACTS: [fn() -> Act; 6] = [
    || Act {
        name: "confirm-entry",
        label: words::confirm(),
        look: Look::Primary,
        binds: words::binds_confirm(),
        asks: false,
        offline: true,
        does: |entry, reason| decision(entry, true, reason),
    },
    || Act {
        name: "refuse-entry",
        label: words::refuse(),
        look: Look::Danger,
        binds: "",
        asks: true,
        offline: true,
        does: |entry, reason| decision(entry, false, reason),
    },
    || Act {
        name: "uphold-entry",
        label: words::uphold(),
        look: Look::Primary,
        binds: "",
        asks: true,
        offline: true,
        does: |entry, reason| decision(entry, true, reason),
    },
    || Act {
        name: "reverse-entry",
        label: words::reverse(),
        look: Look::Danger,
        binds: words::binds_reverse(),
        asks: true,
        offline: false,
        does: |entry, reason| reversing(entry, EntryId::from_bits(chance::bits()), reason),
    },
    || Act {
        name: "accept-entry",
        label: words::accept(),
        look: Look::Primary,
        binds: "",
        asks: false,
        offline: true,
        does: |entry, _| answering(entry, true, ""),
    },
    || Act {
        name: "dispute-entry",
        label: words::dispute(),
        look: Look::Danger,
        binds: "",
        asks: true,
        offline: true,
        does: |entry, reason| answering(entry, false, reason),
    },
];

/// The acts that the rules let this person do now. Observed.
fn acts(session: Session, world: &World, sheet: Sheet, entry: &LedgerEntry) -> AnyView {
    let disputed = entry.is_disputed() && entry.confirmed.is_some();
    let accepted = matches!(entry.answer, Some(EntryAnswer::Accepted(_)));
    let fits = |act: &Act| match act.name {
        "confirm-entry" => !disputed,
        "uphold-entry" => disputed,
        "accept-entry" => !accepted,
        _ => true,
    };
    let open = ACTS.into_iter().map(|act| act()).filter(fits);
    let open = open.filter(|act| session.refused(world, &(act.does)(entry, "-")).is_none());
    let buttons: Vec<_> = open.map(|act| button(sheet, entry.clone(), act)).collect();
    if buttons.is_empty() {
        return ().into_any();
    }
    view! { <span class="row no-print">{buttons}</span> }.into_any()
}

fn button(sheet: Sheet, entry: LedgerEntry, act: Act) -> AnyView {
    // The form outlives the line: what arrives meanwhile draws the list anew.
    let entry = Arc::new(entry);
    let Act {
        name,
        label,
        look,
        binds,
        asks,
        offline,
        does,
    } = act;
    sheet.button(name, label, move || {
        let entries = if asks {
            vec![Entry::lines("reason", words::reason())]
        } else {
            vec![Entry::lines("reason", words::reason_optional()).optional()]
        };
        let entries = if name == "accept-entry" {
            Vec::new()
        } else {
            entries
        };
        let entry = Arc::clone(&entry);
        let form = Form::new("save-entry", label, entries, move |answers| {
            let reason = match name {
                "accept-entry" => String::new(),
                _ if asks => answers.filled("reason", words::reason())?,
                _ => answers.text("reason"),
            };
            Ok(does(&entry, &reason).into())
        });
        let form = form.look(look);
        let form = if binds.is_empty() {
            form
        } else {
            form.lead("binds", binds)
        };
        if offline { form.offline() } else { form }
    })
}
