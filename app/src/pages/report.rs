//! Reporting: how far an item is, and that it is done, by the person who answers for it.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::review::ReportItem;
use shared::id::{ItemId, PersonId, PlanId, ReportId};
use shared::item::Item;
use shared::moment::Day;
use shared::organisation::Organisation;
use shared::permission;
use shared::plan::{Plan, PlanState};
use shared::report::ReportKind;
use shared::rollup::Drawn;
use shared::world::Held;

use crate::chance;
use crate::components::{
    Button, Choice, Empty, Facts, Field, FieldKind, Glyph, Look, PageHead, Panel, Pick, WayBack,
};
use crate::i18n::{common, evidence, format, names, plan, refusal, review, seal};
use crate::pages::NotFound;
use crate::pages::entry::report_line;
use crate::pages::evidence::EvidenceOf;
use crate::pages::home::due_line;
use crate::pages::order;
use crate::pages::plan::{ItemFacts, lineage, rules_of};
use crate::pages::tasks;
use crate::route::Route;
use crate::session::{NotSent, Session};

mod self_score;

use self_score::SelfScore;

/// Everything that I report on.
#[component]
pub(crate) fn Reports() -> impl IntoView {
    let session = Session::here();
    let due = Memo::new(move |_| tasks::due_for(&session.world(), session.person(), |_| true));
    view! {
        <div class="page" data-page="reports">
            <PageHead title=common::reports() />
            {move || {
                let due = due.get();
                if due.is_empty() {
                    return view! {
                        <Empty
                            glyph=Glyph::Report
                            title=review::nothing_due()
                            words=review::nothing_due_words()
                        >
                            <a class="button" href=Route::Plans.path()>{common::plans()}</a>
                        </Empty>
                    }
                    .into_any();
                }
                let today = session.today();
                let lines =
                    due.into_iter().map(|item| due_line(session, item, today)).collect_view();
                view! {
                    <Panel title=review::due_for_me()>
                        <ul class="list" data-list="due">{lines}</ul>
                    </Panel>
                }
                .into_any()
            }}
        </div>
    }
}

/// What the page is about.
#[derive(Debug, Clone, PartialEq)]
struct Standing {
    plan: Plan,
    item: Item,
    facts: ItemFacts,
    of: String,
    may_report: bool,
    enters_for: Option<PersonId>,
}

/// The person on whose behalf this one may enter what was done, instead of reporting.
pub(crate) fn enters_for(
    session: Session,
    organisation: &Organisation,
    found: &Plan,
    item: &Item,
) -> Option<PersonId> {
    let whose = item.responsible.unwrap_or(found.owner);
    let (me, today) = (session.person(), session.today());
    let may = found.state == PlanState::Approved
        && whose != me
        && permission::may_enter_for(organisation, me, whose, found.unit, today);
    may.then_some(whose)
}

/// Reporting on one item.
#[component]
pub(crate) fn ReportPage(
    /// The plan.
    plan: PlanId,
    /// The item.
    item: ItemId,
) -> impl IntoView {
    let session = Session::here();
    let standing = Memo::new(move |_| {
        let world = session.world();
        let Held::Present((found, document)) = world.plan(plan) else {
            return None;
        };
        let organisation = world.organisation();
        let item = document.items.get(&item)?;
        let period = names::period_of(organisation, found.period);
        Some(Standing {
            facts: ItemFacts::of(organisation, rules_of(&world, found), item),
            of: format!("{} · {period}", names::plan_of(organisation, found)),
            may_report: found.state == PlanState::Approved
                && permission::may_report(session.person(), found, item),
            enters_for: enters_for(session, organisation, found, item),
            plan: found.clone(),
            item: item.clone(),
        })
    });
    move || match standing.get() {
        Some(standing) => view! { <Body standing=standing /> }.into_any(),
        None => view! { <NotFound /> }.into_any(),
    }
}

#[component]
fn Body(standing: Standing) -> impl IntoView {
    let session = Session::here();
    let (plan, item) = (standing.plan.id, standing.item.id);
    let mut facts = vec![(
        plan::due().to_owned(),
        standing.item.due.map(format::day).unwrap_or_default(),
    )];
    let target = standing
        .item
        .target
        .value
        .map(|value| format!("{value}{}", standing.item.target.measure));
    facts.push((plan::target().to_owned(), target.unwrap_or_default()));
    facts.extend(standing.facts.facts);
    let found = standing.item.clone();
    let lineage = move || {
        let world = session.world();
        lineage(&world, &Drawn::of(&world), &found)
    };
    view! {
        <div class="page" data-page="report">
            <PageHead
                title=standing.facts.title
                lead=standing.of
                back=WayBack { href: Route::Plan(plan).path(), words: common::back().to_owned() }
            >
                {move || session.whereabouts_of_item(item)}
            </PageHead>
            <div class="columns columns-aside">
                <div class="stack">
                    {standing.may_report.then(|| view! {
                        <Form plan=plan item=standing.item.clone() of=None />
                        <SelfScore plan=plan item=item />
                    })}
                    {standing.enters_for.map(|whose| view! {
                        <Form plan=plan item=standing.item.clone() of=Some(whose) />
                    })}
                    {(!standing.may_report && standing.enters_for.is_none()).then(|| view! {
                        <Panel title=evidence::evidence()><EvidenceOf plan=plan item=item /></Panel>
                    })}
                    <Earlier plan=plan item=item />
                </div>
                <Panel title=plan::title()>
                    <Facts facts=facts />
                    {lineage}
                </Panel>
            </div>
        </div>
    }
}

#[component]
fn Form(plan: PlanId, item: Item, of: Option<PersonId>) -> impl IntoView {
    let session = Session::here();
    let key = StoredValue::new(format!("report/{}/note", item.id));
    let typed = key
        .with_value(|key| session.typed(key))
        .map(|typed| typed.text);
    // Done is the act that one comes for; progress is the other choice.
    let kind = RwSignal::new("completion".to_owned());
    let reason = RwSignal::new(String::new());
    let paper = RwSignal::new("no".to_owned());
    let percent = RwSignal::new(String::new());
    let quantity = RwSignal::new(String::new());
    let happened = RwSignal::new(session.today_untracked().to_string());
    let note = RwSignal::new(typed.unwrap_or_default());
    let next = NextReport::of(session, plan, item.id);
    let error = RwSignal::new(None::<(&'static str, String)>);
    let wrong = move |field: &'static str| {
        Signal::derive(move || {
            error
                .get()
                .filter(|(wrong, _)| *wrong == field)
                .map(|(_, words)| words)
        })
    };
    let done = move || kind.get() == "completion";
    let measure = item.target.measure.clone();
    let counts = item.target.value.is_some();
    let id = item.id;
    let send = move |()| {
        let done = kind.get_untracked() == "completion";
        let read = read_report(done, percent, quantity, happened);
        let (percent_read, quantity_read, day) = match read {
            Ok(read) => read,
            Err(wrong) => return error.set(Some(wrong)),
        };
        let command = ReportItem {
            report: next.id(),
            plan,
            item: id,
            kind: if done {
                ReportKind::Completion
            } else {
                ReportKind::Progress
            },
            percent: percent_read,
            quantity: quantity_read,
            note: note.get_untracked().trim().to_owned(),
            happened: day,
            of,
            reason: reason.get_untracked().trim().to_owned(),
            paper: paper.get_untracked() == "yes",
        };
        session.send_then(Command::ReportItem(command), move |sent| match sent {
            Ok(()) => {
                error.set(None);
                percent.set(String::new());
                quantity.set(String::new());
                note.set(String::new());
                key.with_value(|key| session.drop_typed(key));
                next.sent();
                session.say(crate::i18n::work::kept());
            }
            Err(NotSent::Refused(refused)) => {
                error.set(Some(("form", refusal::words(&refused))));
            }
            Err(NotSent::NotSaved) => {}
        });
    };
    let keep_note = move |()| {
        key.with_value(|key| session.keep_typed(key, "", &note.get_untracked()));
    };
    let picks = vec![
        Pick::new("completion", review::completion()),
        Pick::new("progress", review::progress()),
    ];
    let title = if of.is_some() {
        seal::entry()
    } else {
        review::report_title()
    };
    view! {
        <Panel title=title>
            {of.map(|whose| view! { <Behalf whose=whose reason=reason paper=paper /> })}
            <Choice
                name="kind"
                label=review::report_kind()
                picks=picks
                value=kind
                on_choose=move |key| kind.set(key)
            />
            <div class="fields fields-three">
                <Show when=move || !done()>
                    <Field
                        name="percent"
                        label=review::percent_done()
                        value=percent
                        kind=FieldKind::Number
                        affix=Some("%".to_owned())
                        error=wrong("percent")
                    />
                </Show>
                {counts.then(|| view! {
                    <Field
                        name="quantity"
                        label=review::quantity()
                        value=quantity
                        kind=FieldKind::Number
                        affix=Some(measure)
                        optional=true
                        error=wrong("quantity")
                    />
                })}
                <Field
                    name="happened"
                    label=review::happened()
                    value=happened
                    kind=FieldKind::Day
                    hint=Some(review::happened_hint().to_owned())
                    error=wrong("happened")
                />
            </div>
            <Field
                name="note"
                label=review::note()
                value=note
                kind=FieldKind::Lines
                optional=true
                on_input=keep_note
            />
            <h3>{evidence::evidence()}</h3>
            <EvidenceOf plan=plan item=id with_report=move |()| next.promised() />
            {move || wrong("form").get().map(|words| view! {
                <p class="field-error" role="alert" data-part="refusal">{words}</p>
            })}
            <div class="page-acts">
                <Button
                    act="send-report"
                    label=Signal::derive(move || {
                        match (of.is_some(), done()) {
                            (true, _) => seal::entry_send(),
                            (_, true) => review::send_completion(),
                            _ => review::send_progress(),
                        }
                        .to_owned()
                    })
                    look=Look::Primary
                    glyph=Glyph::Tick
                    on_press=send
                />
            </div>
        </Panel>
    }
}

/// The report that is being written: what is attached meanwhile goes with it, so its identity is
/// settled before it is sent, and outlives the tab once something was attached.
#[derive(Clone, Copy)]
struct NextReport {
    session: Session,
    plan: PlanId,
    item: ItemId,
    id: RwSignal<ReportId>,
}

impl NextReport {
    fn of(session: Session, plan: PlanId, item: ItemId) -> Self {
        let kept = session.typed(&Self::key(item));
        let kept = kept.and_then(|typed| typed.text.parse().ok());
        let id = kept.unwrap_or_else(|| ReportId::from_bits(chance::bits()));
        let id = RwSignal::new(id);
        Self {
            session,
            plan,
            item,
            id,
        }
    }

    fn key(item: ItemId) -> String {
        format!("report/{item}/id")
    }

    /// Its identity; a new one where another tab has sent this report meanwhile.
    fn id(self) -> ReportId {
        let id = self.id.get_untracked();
        let world = self.session.world_untracked();
        let document = world.document(self.plan);
        if document.is_some_and(|document| document.reports.contains_key(&id)) {
            self.sent();
        }
        self.id.get_untracked()
    }

    /// Its identity, which something is attached to.
    fn promised(self) -> ReportId {
        let id = self.id();
        let (key, text) = (Self::key(self.item), id.to_string());
        self.session.keep_typed(&key, "", &text);
        id
    }

    /// It is sent; the next one is another.
    fn sent(self) {
        self.session.drop_typed(&Self::key(self.item));
        self.id.set(ReportId::from_bits(chance::bits()));
    }
}

/// What an entry on behalf says beyond the report: whose act, why, and whether a paper is there.
#[component]
fn Behalf(whose: PersonId, reason: RwSignal<String>, paper: RwSignal<String>) -> impl IntoView {
    let world = Session::here().world_untracked();
    let name = names::person_of(world.organisation(), whose);
    let picks = vec![
        Pick::new("no", common::no()),
        Pick::new("yes", common::yes()),
    ];
    view! {
        <Facts facts=vec![(seal::entry_for().to_owned(), name)] />
        <p class="faint small">{seal::entry_words()}</p>
        <Field name="reason" label=seal::entry_reason() value=reason />
        <Choice
            name="paper"
            label=seal::entry_paper()
            picks=picks
            value=paper
            on_choose=move |key| paper.set(key)
        />
    }
}

type Read = (u8, Option<shared::quantity::Quantity>, Day);

/// Reads the form; says which field is wrong.
fn read_report(
    done: bool,
    percent: RwSignal<String>,
    quantity: RwSignal<String>,
    happened: RwSignal<String>,
) -> Result<Read, (&'static str, String)> {
    let percent = if done {
        100
    } else {
        percent
            .get_untracked()
            .trim()
            .parse::<u8>()
            .ok()
            .filter(|percent| *percent <= 100)
            .ok_or_else(|| {
                (
                    "percent",
                    refusal::out_of_range(review::percent_done(), "0", "100"),
                )
            })?
    };
    let text = quantity.get_untracked();
    let quantity = match text.trim() {
        "" => None,
        text => Some(
            text.parse()
                .map_err(|_| ("quantity", plan::number_unreadable().to_owned()))?,
        ),
    };
    let happened = happened.get_untracked();
    let day = happened
        .parse()
        .map_err(|_| ("happened", plan::day_unreadable().to_owned()))?;
    Ok((percent, quantity, day))
}

/// Reports that were made before, newest first.
#[component]
fn Earlier(plan: PlanId, item: ItemId) -> impl IntoView {
    let session = Session::here();
    view! {
        <Panel title=review::earlier_reports()>
            {move || {
                let world = session.world();
                let document = world.document(plan);
                let reports = document.map(|document| order::reports(document, item)).unwrap_or_default();
                if reports.is_empty() {
                    return view! { <p class="faint">{review::no_reports()}</p> }.into_any();
                }
                let lines = reports
                    .into_iter()
                    .map(|report| report_line(session, &world, report))
                    .collect_view();
                view! { <ul class="list" data-list="reports">{lines}</ul> }.into_any()
            }}
        </Panel>
    }
}
