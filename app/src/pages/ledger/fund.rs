//! The activity fund: its balance and every published line, for everybody; publishing, for whom the
//! fund names.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::ledger::PublishFund;
use shared::id::{FundLineId, RegimeId, UnitId};
use shared::ledger::fund::{self, FundLine};
use shared::organisation::Organisation;
use shared::partition::PartitionId;
use shared::permission;
use shared::quantity::Fen;

use crate::chance;
use crate::components::{Badge, Empty, FieldKind, Glyph, PageHead, Panel, Pick, Tone, WayBack};
use crate::i18n::{common, format, ledger as words, names};
use crate::pages::form::{Ask, Entry, Form, Sheet, SheetView, missing};
use crate::pages::order;
use crate::route::Route;
use crate::session::Session;

/// The page.
#[component]
pub(crate) fn FundPage() -> impl IntoView {
    let session = Session::here();
    let sheet = Sheet::provide();
    let back = WayBack {
        href: Route::Me.path(),
        words: common::me().to_owned(),
    };
    let funds = Memo::new(move |_| {
        let world = session.world();
        let organisation = world.organisation();
        let of = organisation
            .sheets
            .keys()
            .chain(organisation.regimes.keys());
        of.copied()
            .filter(|id| fund::of(organisation, *id).is_some())
            .collect::<Vec<RegimeId>>()
    });
    let body = move || {
        let funds = funds.get();
        if funds.is_empty() {
            let (title, more) = (words::no_fund(), words::no_fund_words());
            return view! { <Empty glyph=Glyph::Balance title=title words=more /> }.into_any();
        }
        let funds: Vec<_> = funds
            .into_iter()
            .map(|id| one(session, sheet, id))
            .collect();
        view! { <div class="columns columns-two">{funds}</div> }.into_any()
    };
    view! {
        <div class="page" data-page="fund">
            <PageHead title=words::fund() lead=words::fund_words() back=back />
            {body}
            <SheetView sheet=sheet />
        </div>
    }
}

fn one(session: Session, sheet: Sheet, id: RegimeId) -> AnyView {
    let world = session.world();
    let organisation = world.organisation();
    let Some(of) = fund::of(organisation, id) else {
        return ().into_any();
    };
    let (me, today) = (session.person(), session.today());
    let may = permission::may_publish_fund(organisation, me, of, today);
    let acts = may.then(|| {
        view! {
            <div class="row no-print">
                {sheet.button("publish-collected", words::publish_collected(), move || {
                    collected(session, id)
                })}
                {sheet.button("publish-spent", words::publish_spent(), move || spent(session, id))}
            </div>
        }
    });
    let mut lines: Vec<&FundLine> = organisation.fund_lines.values().collect();
    lines.retain(|line| line.sheet == id);
    lines.sort_by_key(|line| std::cmp::Reverse((line.published.times.recorded, line.id)));
    let none = lines.is_empty().then(|| {
        view! { <p class="faint">{words::no_lines()}</p> }
    });
    let lines: Vec<_> = lines
        .into_iter()
        .map(|line| published(organisation, line))
        .collect();
    let balance = words::yuan(&fund::balance(organisation, id).to_string());
    view! {
        <Panel title=names::name(&of.name).to_owned()>
            <p class="row row-apart">
                <span>{words::fund_balance()}</span>
                <strong class="figure" data-part="balance">{balance}</strong>
            </p>
            {none}
            <ul class="list" data-list="fund">{lines}</ul>
            {acts}
        </Panel>
    }
    .into_any()
}

fn published(organisation: &Organisation, line: &FundLine) -> AnyView {
    let spends = line.entries.is_empty();
    let (kind, tone) = if spends {
        (words::fund_spent(), Tone::Warn)
    } else {
        (words::fund_collected(), Tone::Good)
    };
    let period = names::period_of(organisation, line.period);
    let count = (!spends).then(|| words::collected_of(&line.entries.len().to_string()));
    let by = names::person_of(organisation, line.published.by);
    let at = format::time(line.published.times.recorded, organisation.utc_offset());
    let title = if line.words.is_empty() {
        period.clone()
    } else {
        line.words.clone()
    };
    view! {
        <li>
            <div class="list-line">
                <span class="stack-tight">
                    <span class="list-title">{title}</span>
                    <span class="list-more">
                        <span>{period}</span>
                        <span>{count}</span>
                        <span>{by}</span>
                        <span>{at}</span>
                    </span>
                </span>
                <span class="list-end">
                    <Badge words=kind tone=tone />
                    <strong class="figure">{words::yuan(&line.amount.to_string())}</strong>
                </span>
            </div>
        </li>
    }
    .into_any()
}

/// Periods to choose from, the newest that has begun first chosen.
fn period_entry(session: Session) -> Entry {
    let world = session.world_untracked();
    let organisation = world.organisation();
    let today = session.today_untracked();
    let periods = order::periods(organisation);
    let begun = periods.iter().find(|period| period.from <= today);
    let newest = begun.map(|period| period.id.to_string());
    let picks = periods.iter().map(|period| {
        let label = names::period_of(organisation, period.id);
        Pick::new(period.id.to_string(), label)
    });
    let picks = Ask::List(picks.collect());
    Entry::new(
        "period",
        words::filter_period(),
        picks,
        newest.unwrap_or_default(),
    )
}

fn collected(session: Session, sheet: RegimeId) -> Form {
    let entries = vec![
        period_entry(session),
        Entry::line("words", words::reason_optional(), String::new()).optional(),
    ];
    Form::new(
        "save-line",
        words::publish_collected(),
        entries,
        move |answers| {
            let period = answers.read("period", words::filter_period())?;
            let world = session.world_untracked();
            let today = session.today_untracked();
            let units = world.organisation().units.keys().copied();
            let held = |unit: &UnitId| {
                let ledger = PartitionId::Ledger(*unit, period);
                world.holds(ledger, today) && world.ledger(*unit, period).is_some()
            };
            let units: Vec<UnitId> = units.filter(held).collect();
            let seen = fund::seen(&fund::due(&world, sheet, period, &units));
            Ok(Command::PublishFund(PublishFund {
                line: FundLineId::from_bits(chance::bits()),
                sheet,
                period,
                units,
                spent: None,
                words: answers.text("words"),
                seen,
            })
            .into())
        },
    )
    .lead("binds", words::publish_binds())
}

fn spent(session: Session, sheet: RegimeId) -> Form {
    let entries = vec![
        period_entry(session),
        Entry::new(
            "spent",
            words::spent_amount(),
            Ask::Text(FieldKind::Number),
            String::new(),
        ),
        Entry::line("words", words::spent_on(), String::new()),
    ];
    Form::new(
        "save-line",
        words::publish_spent(),
        entries,
        move |answers| {
            let amount: Fen = answers.read("spent", words::spent_amount())?;
            if amount <= Fen(0) {
                let words = missing(words::spent_amount());
                return Err(crate::pages::form::Wrong::at("spent", words));
            }
            Ok(Command::PublishFund(PublishFund {
                line: FundLineId::from_bits(chance::bits()),
                sheet,
                period: answers.read("period", words::filter_period())?,
                units: Vec::new(),
                spent: Some(amount),
                words: answers.filled("words", words::spent_on())?,
                seen: String::new(),
            })
            .into())
        },
    )
    .lead("binds", words::publish_binds())
}
