//! The batch of a month as it would be handed over: its dates, its totals, what differs first, who is
//! left out; handing it over.

use std::sync::Arc;

use chrono::Months;
use leptos::prelude::*;
use shared::command::Command;
use shared::command::payroll::{HandOver, PayrollAct};
use shared::id::UnitId;
use shared::moment::Day;
use shared::organisation::Organisation;
use shared::payroll::{self, ControlTotals, Draft, LeftOut, PaySlip, Scope, WhyOut};

use super::{file_name, line};
use crate::components::{Badge, Banner, Button, Empty, Glyph, Look, Panel, Pick, Select, Tone};
use crate::file;
use crate::i18n::{common, format, names, payroll as words};
use crate::pages::form::{Entry, Form, Sheet};
use crate::pages::order;
use crate::session::Session;

/// How many slips without a difference are shown; all of them stand in the file.
pub(super) const SHOWN: usize = 60;

/// How many who are left out are named.
const MOST_LEFT_OUT: usize = 300;

/// The panel.
#[component]
pub(super) fn Drawn(sheet: Sheet) -> impl IntoView {
    let session = Session::here();
    let this = format::first_of_month(session.today_untracked());
    let month = RwSignal::new(this.to_string());
    let unit = RwSignal::new(String::new());
    let scope = move || {
        let unit: Option<UnitId> = unit.get().parse().ok();
        Scope {
            units: unit.into_iter().collect(),
            people: Vec::new(),
        }
    };
    let chosen = move || month.get().parse::<Day>().unwrap_or(this);
    let draft = Memo::new(move |_| {
        let world = session.world();
        let draft = payroll::draft(&world, chosen(), &scope(), session.now());
        draft.ok().map(Arc::new)
    });
    let months = months(this);
    let units = Signal::derive(move || {
        let world = session.world();
        let organisation = world.organisation();
        let units = organisation.units.keys();
        let pick = |unit: &UnitId| Pick::new(unit.to_string(), names::unit_of(organisation, *unit));
        let mut picks = order::picks(units.map(pick).collect());
        picks.insert(0, Pick::new("", words::all_units()));
        picks
    });
    view! {
        <Panel title=words::draw()>
            <div class="fields fields-two no-print">
                <Select
                    name="pay-month"
                    label=words::pay_month()
                    picks=Signal::stored(months)
                    value=month
                    on_choose=move |key| month.set(key)
                />
                <Select
                    name="unit"
                    label=words::unit()
                    picks=units
                    value=unit
                    on_choose=move |key| unit.set(key)
                />
            </div>
            {move || dates(session, chosen())}
            {move || match draft.get() {
                Some(draft) => body(session, sheet, &draft, scope()),
                None => view! { <Banner state="warn" words=words::not_held() /> }.into_any(),
            }}
        </Panel>
    }
}

/// The months for which a batch can be drawn, the current one second.
fn months(this: Day) -> Vec<Pick> {
    let one = Months::new(1);
    let next = this.checked_add_months(one);
    let before = (0..3).map(|n| this.checked_sub_months(Months::new(n)));
    let months = std::iter::once(next).chain(before).flatten();
    months
        .map(|month| Pick::new(month.to_string(), format::month_of(month)))
        .collect()
}

/// Pay day and cut-off of each period that the month carries.
fn dates(session: Session, month: Day) -> AnyView {
    let world = session.world();
    let organisation = world.organisation();
    let lines: Vec<_> = payroll::terms(organisation, month)
        .into_iter()
        .map(|(period, term)| {
            let dated = |word, day, house: bool| {
                let badge =
                    house.then(|| view! { <Badge words=words::house() tone=Tone::Quiet /> });
                view! { <span>{common::named(word, &format::day(day))}" "{badge}</span> }
            };
            view! {
                <li class="list-more">
                    <span>{names::period_of(organisation, period)}</span>
                    {dated(words::pay_day(), term.pay_day, term.house.pay_day)}
                    {dated(words::cut_off(), term.cut_off, term.house.cut_off)}
                </li>
            }
        })
        .collect();
    view! { <ul class="list-plain" data-list="terms">{lines}</ul> }.into_any()
}

/// Control totals, by name.
pub(super) fn totals(totals: ControlTotals) -> AnyView {
    let facts = [
        (words::heads(), totals.heads.to_string()),
        (words::sum_base(), totals.base.to_string()),
        (words::sum_coefficients(), totals.coefficients.to_string()),
        (words::sum_amount(), totals.amount.to_string()),
    ];
    let cards: Vec<_> = facts
        .into_iter()
        .map(|(name, figure)| {
            view! {
                <div class="figure-card">
                    <span class="faint">{name}</span>
                    <span class="figure">{figure}</span>
                </div>
            }
        })
        .collect();
    view! { <div class="figures" data-part="totals">{cards}</div> }.into_any()
}

fn body(session: Session, sheet: Sheet, draft: &Arc<Draft>, scope: Scope) -> AnyView {
    let world = session.world();
    let organisation = world.organisation();
    let left_out = left_out(organisation, &draft.left_out);
    if draft.slips.is_empty() {
        let (title, more) = (words::nobody(), words::nobody_words());
        return view! {
            <Empty glyph=Glyph::Balance title=title words=more />
            {left_out}
        }
        .into_any();
    }
    let (first, others): (Vec<&PaySlip>, Vec<&PaySlip>) = draft
        .slips
        .iter()
        .partition(|slip| !slip.spots().is_empty());
    let rest = others.len().saturating_sub(SHOWN);
    let others = &others[..others.len() - rest];
    let rest = (rest > 0).then(|| {
        view! { <p class="faint">{words::rest(&rest.to_string())}</p> }
    });
    let why_not = draft.closed_by.map(|_| words::month_over().to_owned());
    let download = {
        let draft = Arc::clone(draft);
        move |()| {
            let name = format!("draft-{}", file_name(draft.number, draft.month));
            // A browser that allows no download says so itself.
            let _ = file::hand_out(&name, "text/csv", &draft.file);
        }
    };
    let ask = {
        let draft = Arc::clone(draft);
        move |()| sheet.ask(sign(&draft, scope.clone()))
    };
    let number = words::batch_of(&draft.number.to_string());
    view! {
        <p class="row row-apart">
            <strong data-part="number">{number}</strong>
            <span>{words::control_totals()}</span>
        </p>
        {totals(draft.totals)}
        {slips(organisation, "differences", words::differences(), &first)}
        {slips(organisation, "others", words::others(), others)}
        {rest}
        {left_out}
        <div class="row row-end no-print">
            <Button
                act="download-draft"
                label=words::download_draft()
                glyph=Glyph::Download
                on_press=download
            />
            <Button
                act="hand-over"
                label=words::hand_over()
                look=Look::Sign
                why_not=Signal::stored(why_not)
                on_press=ask
            />
        </div>
    }
    .into_any()
}

fn slips(
    organisation: &Organisation,
    list: &'static str,
    title: &'static str,
    slips: &[&PaySlip],
) -> Option<AnyView> {
    if slips.is_empty() {
        return None;
    }
    let lines: Vec<_> = slips
        .iter()
        .map(|slip| line::listed(organisation, slip))
        .collect();
    Some(
        view! {
            <h3>{title}</h3>
            <ul class="list" data-list=list>{lines}</ul>
        }
        .into_any(),
    )
}

fn left_out(organisation: &Organisation, all: &[LeftOut]) -> Option<AnyView> {
    if all.is_empty() {
        return None;
    }
    let why = |why: WhyOut| match why {
        WhyOut::NotSealed(period, day) => {
            words::why_not_sealed(&names::period_of(organisation, period), &format::day(day))
        }
        WhyOut::NoBase => words::why_no_base().to_owned(),
        WhyOut::NoMinimum => words::why_no_minimum().to_owned(),
    };
    let lines: Vec<_> = all
        .iter()
        .take(MOST_LEFT_OUT)
        .map(|one| {
            let name = names::person_of(organisation, one.person);
            let why = why(one.why);
            view! { <li class="list-more"><span>{name}</span><span>{why}</span></li> }
        })
        .collect();
    let count = words::people_of(&all.len().to_string());
    let title = common::with_note(words::left_out(), &count);
    Some(
        view! {
            <details class="slips">
                <summary>{title}</summary>
                <ul class="list-plain" data-list="left-out">{lines}</ul>
            </details>
        }
        .into_any(),
    )
}

/// The signed act: the file that was seen is what is handed over.
fn sign(draft: &Draft, scope: Scope) -> Form {
    let number = draft.number.to_string();
    let (heads, amount) = (
        draft.totals.heads.to_string(),
        draft.totals.amount.to_string(),
    );
    let lead = words::binds(&number, &heads, &amount);
    let act = HandOver {
        number: draft.number,
        month: draft.month,
        scope,
        seen: draft.digest.clone(),
        note: String::new(),
    };
    let entries = vec![Entry::line("note", words::note(), String::new()).optional()];
    let form = Form::new(
        "sign-hand-over",
        words::hand_over_sign(),
        entries,
        move |answers| {
            let note = answers.text("note");
            let act = HandOver {
                note,
                ..act.clone()
            };
            Ok(Command::Payroll(Box::new(PayrollAct::HandOver(act))).into())
        },
    );
    let form = form.titled(words::hand_over().to_owned()).look(Look::Sign);
    form.offline().lead("binds", lead)
}
