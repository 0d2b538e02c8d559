//! Evidence beside an item: what was attached, by whom and where it is, shown in its place; adding
//! to it where one may.
//!
//! A file is shown from this device where it is here, and fetched when it is looked at.

use std::sync::Arc;

use leptos::prelude::*;
use shared::command::Command;
use shared::command::evidence::WithdrawEvidence;
use shared::evidence::{ContentHash, OPEN};
use shared::id::{EntryId, EvidenceId, ItemId, PlanId, ReportId};
use shared::permission;
use shared::world::{Held, World};

use crate::components::{Button, Glyph, Icon, Look, WorkState};
use crate::i18n::{evidence as words, format, names};
use crate::pages::order;
use crate::session::Session;
use crate::session::evidence::{Piece, Place};

mod add;
mod photo;
mod picture;
mod viewer;

use add::Add;
use picture::Picture;
use viewer::Viewer;

/// Evidence on one item, and adding to it where the person may.
#[component]
pub(crate) fn EvidenceOf(
    /// The plan.
    plan: PlanId,
    /// The item.
    item: ItemId,
    /// The report that what is added goes with, told when something is added.
    #[prop(optional, into)]
    with_report: Option<Callback<(), ReportId>>,
    /// Whether adding is folded away, where looking is what one comes for.
    #[prop(optional)]
    folded: bool,
) -> impl IntoView {
    let session = Session::here();
    let shown = Memo::new(move |_| {
        let world = session.world();
        let document = world.document(plan);
        let evidence = document.map(|document| order::evidence(document, item));
        let pieces = evidence.unwrap_or_default().into_iter();
        pieces.map(Piece::from).collect()
    });
    let may_add = Memo::new(move |_| may_attach(&session.world(), session, plan, item));
    let place = move || Place::Item {
        plan,
        item,
        report: with_report.map(|report| report.run(())),
    };
    view! {
        <div class="evidence stack" data-part="evidence">
            <Pieces shown=shown />
            <Show when=move || may_add.get()>
                {if folded {
                    view! {
                        <details>
                            <summary>{words::add()}</summary>
                            <div class="stack"><Add place=place /></div>
                        </details>
                    }
                    .into_any()
                } else {
                    view! { <Add place=place /> }.into_any()
                }}
            </Show>
        </div>
    }
}

/// Files of an entry of the ledger, and adding to them where the person may; nothing where there are
/// none and none can come.
#[component]
pub(crate) fn EvidenceOfEntry(
    /// The document that is its ledger.
    ledger: PlanId,
    /// The entry.
    entry: EntryId,
) -> impl IntoView {
    let session = Session::here();
    let found = Memo::new(move |_| {
        let world = session.world();
        let entries = &world.document(ledger)?.entries;
        let found = entries.get(&entry)?;
        let may_add = found.may_attach(session.person(), found.state(entries));
        Some((found.clone(), may_add))
    });
    let shown = Memo::new(move |_| {
        let found = found.get();
        let entry = found.as_ref().map(|(entry, _)| entry);
        let files = entry.into_iter().flat_map(|entry| {
            let files = entry.attached.iter();
            files.map(|file| Piece::of_entry(entry, file))
        });
        files.collect::<Vec<_>>()
    });
    let place = Memo::new(move |_| {
        let (entry, may_add) = found.get()?;
        may_add.then(|| Place::of_entry(&entry))
    });
    let some = Memo::new(move |_| shown.with(|shown| !shown.is_empty()));
    view! {
        <div class="evidence stack no-print" data-part="evidence">
            <Show when=move || some.get()>
                <Pieces shown=shown />
            </Show>
            {move || place.get().map(|place| view! {
                <details>
                    <summary>{words::add()}</summary>
                    <div class="stack"><Add place=move || place /></div>
                </details>
            })}
        </div>
    }
}

/// Evidence on all items of a plan that have some; nothing where none has.
#[component]
pub(crate) fn EvidenceOfPlan(
    /// The plan.
    plan: PlanId,
    /// What stands around it.
    around: fn(AnyView) -> AnyView,
) -> impl IntoView {
    let session = Session::here();
    let items = Memo::new(move |_| {
        let world = session.world();
        let document = world.document(plan)?;
        let items = document.items_in_order().into_iter();
        let with = items.filter(|item| !order::evidence(document, item.id).is_empty());
        let with: Vec<_> = with.map(|item| (item.id, item.title.clone())).collect();
        (!with.is_empty()).then_some(with)
    });
    move || {
        items.get().map(|items| {
            let each = items.into_iter().map(|(item, title)| {
                view! {
                    <h3>{title}</h3>
                    <EvidenceOf plan=plan item=item folded=true />
                }
            });
            around(each.collect_view().into_any())
        })
    }
}

fn may_attach(world: &World, session: Session, plan: PlanId, item: ItemId) -> bool {
    let Held::Present((found, document)) = world.plan(plan) else {
        return false;
    };
    let (organisation, today) = (world.organisation(), session.today());
    let may = |item| permission::may_attach(organisation, session.person(), found, item, today);
    OPEN.contains(&found.state) && document.items.get(&item).is_some_and(may)
}

/// What was attached, the newest first; tapping a piece opens it.
#[component]
fn Pieces(shown: Memo<Vec<Piece>>) -> impl IntoView {
    let opened = RwSignal::new(None::<EvidenceId>);
    view! {
        {move || shown.with(Vec::is_empty).then(|| view! {
            <p class="faint">{words::none_yet()}</p>
        })}
        <ul class="evidence-list" data-list="evidence">
            <For
                each=move || shown.get()
                key=|evidence| (evidence.id, evidence.withdrawn)
                let:evidence
            >
                <PieceLine piece=evidence opened=opened />
            </For>
        </ul>
        <Viewer shown=shown opened=opened />
    }
}

#[component]
fn PieceLine(piece: Piece, opened: RwSignal<Option<EvidenceId>>) -> impl IntoView {
    let session = Session::here();
    let world = session.world_untracked();
    let organisation = world.organisation();
    let who = names::person_of(organisation, piece.by);
    let when = format::time(piece.claimed, organisation.utc_offset());
    let size = words::size(piece.bytes);
    let (id, hash, name) = (piece.id, piece.hash, piece.name.clone());
    let own = piece.by == session.person();
    let withdrawn = piece.withdrawn;
    let openable = piece.may_open(session.person());
    let place = piece.place;
    let with_report = move || {
        let Place::Item { plan, report, .. } = place else {
            return None;
        };
        let world = session.world();
        let reports = &world.document(plan)?.reports;
        reports
            .contains_key(&report?)
            .then(|| view! { <span>{words::with_report()}</span> })
    };
    let state = move || own.then(|| where_it_is(session, hash, withdrawn));
    let withdraw = move |(plan, item)| {
        let withdraw = Command::WithdrawEvidence(WithdrawEvidence {
            plan,
            item,
            evidence: id,
            withdrawn: true,
        });
        session.send_or_complain(withdraw, move || session.offer_step(words::withdrew()));
    };
    // An entry of the ledger is append-only, and so are its files.
    let may_withdraw = match place {
        Place::Item { plan, item, .. } if own && !withdrawn => Some((plan, item)),
        _ => None,
    };
    let picture = Arc::new(piece);
    let label = format!("{} · {name}", words::open());
    view! {
        <li class="evidence-piece" data-item=id.to_string() data-withdrawn=withdrawn.to_string()>
            <button
                class="evidence-open"
                type="button"
                data-act="open-evidence"
                disabled=!openable
                aria-label=label
                on:click=move |_| opened.set(Some(id))
            >
                {if openable {
                    view! { <Picture evidence=picture /> }.into_any()
                } else {
                    view! { <Icon glyph=Glyph::Cross /> }.into_any()
                }}
            </button>
            <span class="stack-tight evidence-words">
                <span class="evidence-name">{name.clone()}</span>
                <span class="list-more">
                    <span>{size}</span>
                    <span>{who}</span>
                    <span>{when}</span>
                    {with_report}
                    {withdrawn.then(|| view! { <span>{words::withdrawn()}</span> })}
                </span>
                {state}
            </span>
            {may_withdraw.map(|of| view! {
                <Button
                    act="withdraw-evidence"
                    label=format!("{} · {name}", words::withdraw())
                    look=Look::Quiet
                    glyph=Glyph::Bin
                    picture_only=true
                    on_press=move |()| withdraw(of)
                />
            })}
        </li>
    }
}

/// Where one's own file is: kept here, at the server, or not taken and why.
fn where_it_is(session: Session, hash: ContentHash, withdrawn: bool) -> impl IntoView {
    let files = session.files();
    let held = files.iter().find(|held| held.hash == hash && held.own);
    if let Some(refused) = held.and_then(|held| held.refused.as_deref()) {
        let reason = words::why_not_taken(refused);
        return view! {
            <span class="field-error" data-state="refused">{reason}</span>
            <Button
                act="retry-evidence"
                label=words::retry()
                glyph=Glyph::Turning
                on_press=move |()| {
                    if let Some(keeper) = session.keeper() {
                        keeper.retry();
                    }
                }
            />
        }
        .into_any();
    }
    // Of what another device holds, this one knows nothing: the picture tells whether it came.
    let held = held.filter(|_| !withdrawn);
    let told = held.map(|held| {
        let (state, words, glyph) = if held.is_unsent() {
            (WorkState::Kept, words::kept(), Glyph::Device)
        } else {
            (WorkState::Accepted, words::received(), Glyph::Tick)
        };
        view! {
            <span class="whereabouts" data-state=state.key()>
                <Icon glyph=glyph />
                {words}
            </span>
        }
    });
    told.into_any()
}
