//! Pasting from a spreadsheet: the cells, what their columns are, every row with what was found, and
//! only then the items.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::plan::AddItem;
use shared::id::{ItemId, PlanId};
use shared::import::{Finding, ImportRefusal, Note, Pasted, PastedColumn, PastedRow, pasted_rows};
use shared::item::Item;

use super::copying::{add, tick};
use super::editor::items_of;
use super::items::ItemFacts;
use super::sums::{self, Sums};
use crate::chance;
use crate::components::{
    Banner, Button, Dialog, Field, FieldKind, Glyph, Icon, Look, Pick, Select,
};
use crate::i18n::{editor as words, import, plan};
use crate::session::Session;

/// How much of a cell stands beside its column's heading.
const SAMPLE: usize = 12;

/// What is being pasted.
#[derive(Clone, Copy)]
pub(super) struct PastingState {
    open: RwSignal<bool>,
    text: RwSignal<String>,
    pasted: RwSignal<Option<Pasted>>,
}

impl PastingState {
    /// Nothing is.
    pub(super) fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            text: RwSignal::new(String::new()),
            pasted: RwSignal::new(None),
        }
    }

    /// Says whether the dialog is open, unobserved.
    pub(super) fn is_open(self) -> bool {
        self.open.get_untracked()
    }

    /// Shows what a text would add.
    pub(super) fn begin(self, session: Session, text: &str) {
        let world = session.world_untracked();
        let pasted = Pasted::read(text, world.organisation());
        let some = !pasted.rows.is_empty();
        self.text.set(text.to_owned());
        self.pasted.set(some.then_some(pasted));
        self.open.set(true);
    }
}

/// The act, and the dialog.
#[component]
pub(super) fn Pasting(
    /// The plan into which is pasted.
    id: PlanId,
    /// What is being pasted.
    state: PastingState,
) -> impl IntoView {
    let begin = move |()| {
        state.text.set(String::new());
        state.pasted.set(None);
        state.open.set(true);
    };
    view! {
        <Button
            act="paste-items"
            label=words::paste()
            glyph=Glyph::Paste
            on_press=begin
        />
        <Dialog name="paste-items" title=words::paste_title() open=state.open>
            <Show
                when=move || state.pasted.with(Option::is_some)
                fallback=move || view! { <Asking state=state /> }
            >
                <Preview id=id state=state />
            </Show>
        </Dialog>
    }
}

#[component]
fn Asking(state: PastingState) -> impl IntoView {
    let session = Session::here();
    let read = move |()| state.begin(session, &state.text.get_untracked());
    let why_not = Signal::derive(move || {
        let none = state.text.with(|text| text.trim().is_empty());
        none.then(|| words::paste_empty().to_owned())
    });
    view! {
        <p class="faint">{words::paste_words()}</p>
        <Field
            name="pasted"
            label=words::paste_field()
            value=state.text
            kind=FieldKind::Lines
        />
        <div class="row row-end">
            <Button
                act="read-pasted"
                label=words::paste_read()
                look=Look::Primary
                glyph=Glyph::Forward
                why_not=why_not
                on_press=read
            />
        </div>
    }
}

#[component]
fn Preview(id: PlanId, state: PastingState) -> impl IntoView {
    let session = Session::here();
    let rows = Memo::new(move |_| {
        let world = session.world_untracked();
        let (me, today) = (session.person(), session.today_untracked());
        state.pasted.with(|pasted| {
            let pasted = pasted.as_ref()?;
            pasted_rows(pasted, &world, id, me, today).ok()
        })
    });
    let rows = Memo::new(move |_| rows.get().unwrap_or_default());
    let chosen = RwSignal::new(Vec::<usize>::new());
    Effect::new(move |_| {
        let rows = rows.get();
        let wanted = rows.iter().filter(|row| !row.refused && !row.doubled);
        chosen.set(wanted.map(|row| row.line).collect());
    });
    let after = Memo::new(move |_| {
        let chosen = chosen.get();
        let mut items = items_of(&session.world(), id);
        let rows = rows.get().into_iter();
        let added = rows.filter(|row| chosen.contains(&row.line));
        items.extend(added.map(|row| row.item));
        items
    });
    let apply = move |()| {
        let chosen = chosen.get_untracked();
        let rows = rows.get_untracked().into_iter();
        let items = rows
            .filter(|row| chosen.contains(&row.line))
            .map(|row| row.item);
        add(session, commands(session, id, items), words::pasted);
        state.open.set(false);
    };
    let why_not = Signal::derive(move || {
        let none = chosen.with(Vec::is_empty);
        none.then(|| words::choose_first().to_owned())
    });
    let headless = move || {
        state
            .pasted
            .with(|pasted| pasted.as_ref().is_some_and(|p| !p.headed))
    };
    view! {
        <Show when=headless>
            <Banner state="warn" words=words::paste_headless() />
        </Show>
        <Columns state=state />
        <h3>{words::paste_rows()}</h3>
        <ol class="list-plain" data-list="pasted">
            {move || {
                let rows = rows.get().into_iter();
                rows.map(|row| row_view(session, id, state, row, chosen)).collect_view()
            }}
        </ol>
        <Sums id=id items=after />
        <div class="row row-end">
            <Button
                act="paste-again"
                label=words::paste_back()
                on_press=move |()| state.pasted.set(None)
            />
            <Button
                act="add-pasted"
                label=words::paste_sign()
                look=Look::Primary
                glyph=Glyph::Plus
                why_not=why_not
                on_press=apply
            />
        </div>
    }
}

/// The acts that add the items behind those that the plan has.
fn commands(session: Session, plan: PlanId, items: impl Iterator<Item = Item>) -> Vec<Command> {
    let there = items_of(&session.world_untracked(), plan);
    let last = there.iter().map(|item| item.position).max();
    let first = last.map_or(1, |last| last.saturating_add(1));
    let added = items.zip(first..).map(|(item, position)| {
        let item = Box::new(Item {
            id: ItemId::from_bits(chance::bits()),
            position,
            ..item
        });
        Command::AddItem(AddItem { plan, item })
    });
    added.collect()
}

/// What each column is taken for, and a choice of something else.
#[component]
fn Columns(state: PastingState) -> impl IntoView {
    let count = state
        .pasted
        .with_untracked(|pasted| pasted.as_ref().map_or(0, |pasted| pasted.columns.len()));
    let picks = || {
        let all = PastedColumn::all().enumerate();
        let picks = all.map(|(key, column)| Pick::new(key.to_string(), words::column(column)));
        picks.collect::<Vec<_>>()
    };
    let column = |at: usize| {
        let label = state.pasted.with_untracked(|pasted| {
            let pasted = pasted.as_ref()?;
            let cells = pasted.rows.iter().filter_map(|row| row.get(at));
            let sample = cells.into_iter().find(|cell| !cell.is_empty());
            let sample: String = sample.map(|cell| cell.chars().take(SAMPLE).collect())?;
            Some(words::column_head(pasted.headings.get(at)?, &sample))
        });
        let value = Signal::derive(move || {
            state.pasted.with(|pasted| {
                let taken = pasted
                    .as_ref()
                    .and_then(|pasted| pasted.columns.get(at).copied());
                let key = PastedColumn::all().position(|column| Some(column) == taken);
                key.map(|key| key.to_string()).unwrap_or_default()
            })
        });
        let choose = move |key: String| {
            let column = key
                .parse()
                .ok()
                .and_then(|key| PastedColumn::all().nth(key));
            if let Some(column) = column {
                state.pasted.update(|pasted| {
                    if let Some(pasted) = pasted {
                        pasted.take(at, column);
                    }
                });
            }
        };
        view! {
            <Select
                name="pasted-column"
                label=label.unwrap_or_default()
                picks=Signal::stored(picks())
                value=value
                on_choose=choose
            />
        }
    };
    view! {
        <h3>{words::paste_columns()}</h3>
        <div class="fields fields-three" data-part="pasted-columns">
            {(0..count).map(column).collect_view()}
        </div>
    }
}

fn row_view(
    session: Session,
    id: PlanId,
    state: PastingState,
    row: PastedRow,
    chosen: RwSignal<Vec<usize>>,
) -> impl IntoView + use<> {
    let world = session.world_untracked();
    let rules = sums::rules(&world, id);
    let facts = ItemFacts::of(world.organisation(), rules, &row.item);
    let heading = |at: Option<usize>| {
        let of = |at| {
            state
                .pasted
                .with_untracked(|pasted| pasted.as_ref()?.headings.get(at).cloned())
        };
        at.and_then(of)
    };
    // A weight that could not be read is no weight of nought.
    let unweighed = row.findings.iter().any(|finding| {
        let Finding::Unread(Some(at), _) = finding else {
            return false;
        };
        state.pasted.with_untracked(|pasted| {
            let column = pasted.as_ref().and_then(|pasted| pasted.columns.get(*at));
            column == Some(&PastedColumn::Weight)
        })
    });
    let line = facts.line.into_iter();
    let line = line.filter(|words| !unweighed || words != plan::tracked());
    let line = line.map(|words| view! { <span>{words}</span> });
    let line = line.collect_view();
    let findings = row.findings.iter().map(|finding| {
        let words = match finding {
            Finding::Unread(_, ImportRefusal::TitleExists) => words::copy_same_title().to_owned(),
            Finding::Unread(at, refusal) => {
                let said = import::words(refusal);
                match heading(*at) {
                    Some(column) => words::cell_of(&column, &said),
                    None => said,
                }
            }
            Finding::Noted(Note::PostUnfilled { post }) => words::nobody(post),
            Finding::Noted(note) => import::note(note),
        };
        view! { <li><Icon glyph=Glyph::Warning />{words}</li> }
    });
    let findings = findings.collect_view();
    let state = match (row.refused, row.doubled) {
        (true, _) => "refused",
        (_, true) => "doubled",
        _ => "ready",
    };
    let title = if facts.title.is_empty() {
        plan::new_item_title().to_owned()
    } else {
        facts.title
    };
    view! {
        <li data-row=row.line.to_string() data-state=state>
            <label class="list-line">
                <span class="stack-tight">
                    <span class="list-title">{title}</span>
                    <span class="list-more">
                        <span class="faint">{words::pasted_row(&row.line.to_string())}</span>
                        {(!unweighed).then(|| view! { <span class="figure">{facts.stake}</span> })}
                        {line}
                    </span>
                </span>
                {tick(row.line, chosen, row.refused)}
            </label>
            <ul class="hints">{findings}</ul>
        </li>
    }
}
