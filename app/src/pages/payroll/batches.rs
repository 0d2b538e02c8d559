//! Batches that were handed over: their totals counted again, their file, whom they paid.

use leptos::prelude::*;
use shared::organisation::Organisation;
use shared::payroll::{self, PayBatch, PaySlip};
use shared::world::World;

use super::drawn::{SHOWN, totals};
use super::{file_name, line};
use crate::components::{Badge, Button, Facts, Glyph, Panel, Tone};
use crate::file;
use crate::i18n::{common, format, names, payroll as words};
use crate::session::Session;

/// The batch that is looked through: counting one again takes its file.
type Opened = RwSignal<Option<u32>>;

/// The panel.
#[component]
pub(super) fn Batches() -> impl IntoView {
    let session = Session::here();
    let opened: Opened = RwSignal::new(None);
    let batches = Memo::new(move |_| {
        let world = session.world();
        let batches = payroll::batches(&world).into_iter().rev();
        batches.cloned().collect::<Vec<PayBatch>>()
    });
    // What was just handed over stands open.
    Effect::new(move |_| opened.set(batches.with(|all| all.first().map(|batch| batch.number))));
    let lines = move || {
        let world = session.world_untracked();
        let lines: Vec<_> = batches
            .get()
            .iter()
            .map(|batch| one(session, world.organisation(), batch, opened))
            .collect();
        if lines.is_empty() {
            return view! { <p class="faint">{words::no_batches()}</p> }.into_any();
        }
        view! { <ul class="list" data-list="batches">{lines}</ul> }.into_any()
    };
    view! { <Panel title=words::batches()>{lines}</Panel> }
}

/// The file of a batch, made again from what is kept of it.
fn file_of(world: &World, batch: &PayBatch) -> (Vec<PaySlip>, String) {
    let slips = payroll::slips_of(world, batch.month, batch.number);
    let slips: Vec<PaySlip> = slips.into_iter().cloned().collect();
    let organisation = world.organisation();
    let file = payroll::file(
        organisation,
        batch.number,
        batch.month,
        &slips,
        batch.totals,
    );
    (slips, file)
}

fn one(session: Session, organisation: &Organisation, batch: &PayBatch, opened: Opened) -> AnyView {
    let number = words::batch_of(&batch.number.to_string());
    let month = format::month_of(batch.month);
    let by = names::person_of(organisation, batch.handed_over.by);
    let at = format::time(batch.handed_over.times.recorded, organisation.utc_offset());
    let units =
        (!batch.scope.units.is_empty()).then(|| names::units_of(organisation, &batch.scope.units));
    let note = Some(batch.handed_over.reason.clone()).filter(|note| !note.is_empty());
    let (key, digest) = (batch.number, batch.digest.clone());
    let facts = vec![(words::file_digest().to_owned(), digest)];
    let is_open = move || opened.get() == Some(key);
    let press = move |()| opened.update(|open| *open = (*open != Some(key)).then_some(key));
    view! {
        <li data-item=key.to_string()>
            <div class="list-line">
                <span class="stack-tight">
                    <span class="list-title">{common::both(&number, &month)}</span>
                    <span class="list-more">
                        {units.map(|units| view! { <span>{units}</span> })}
                        <span>{by}</span>
                        <span>{at}</span>
                        {note.map(|note| view! { <span>{note}</span> })}
                    </span>
                </span>
                <span class="list-end">
                    <Button act="open-batch" label=words::look_through() on_press=press />
                    <Button
                        act="download-batch"
                        label=words::download()
                        glyph=Glyph::Download
                        on_press=move |()| download(session, key)
                    />
                </span>
            </div>
            <div class="slips-part">
                {totals(batch.totals)}
                <div class="slips-digest"><Facts facts=facts /></div>
                {move || is_open().then(|| checked(&session.world(), key))}
            </div>
        </li>
    }
    .into_any()
}

/// Hands out the file of a batch, made again from what is kept of it.
fn download(session: Session, number: u32) {
    let world = session.world_untracked();
    if let Some(batch) = find(&world, number) {
        let (_, text) = file_of(&world, batch);
        let name = file_name(batch.number, batch.month);
        // A browser that allows no download says so itself.
        let _ = file::hand_out(&name, "text/csv", &text);
    }
}

fn find(world: &World, number: u32) -> Option<&PayBatch> {
    let batches = payroll::batches(world);
    batches.into_iter().find(|batch| batch.number == number)
}

/// The totals and the digest counted again, and whom the batch paid.
fn checked(world: &World, number: u32) -> Option<AnyView> {
    let batch = find(world, number)?;
    let (slips, text) = file_of(world, batch);
    let (checked, tone) = if batch.is_whole(&slips.iter().collect::<Vec<_>>(), &text) {
        (words::whole(), Tone::Good)
    } else {
        (words::not_whole(), Tone::Bad)
    };
    let rest = slips.len().saturating_sub(SHOWN);
    let lines: Vec<_> = slips
        .iter()
        .take(SHOWN)
        .map(|slip| line::listed(world.organisation(), slip))
        .collect();
    let rest = (rest > 0).then(|| {
        view! { <p class="faint">{words::rest(&rest.to_string())}</p> }
    });
    Some(
        view! {
            <p><Badge words=checked tone=tone /></p>
            <ul class="list" data-list="paid">{lines}</ul>
            {rest}
        }
        .into_any(),
    )
}
