//! Batches that were handed over: their totals counted again, their file, whom they paid.

use leptos::prelude::*;
use shared::payroll::{self, PayBatch, PaySlip};
use shared::world::World;

use super::drawn::totals;
use super::{file_name, line};
use crate::components::{Badge, Button, Facts, Glyph, Panel, Tone};
use crate::file;
use crate::i18n::{common, format, names, payroll as words};
use crate::session::Session;

/// The panel.
#[component]
pub(super) fn Batches() -> impl IntoView {
    let session = Session::here();
    let lines = move || {
        let world = session.world();
        let mut batches = payroll::batches(&world);
        batches.reverse();
        let lines: Vec<_> = batches
            .into_iter()
            .map(|batch| one(session, &world, batch))
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

fn one(session: Session, world: &World, batch: &PayBatch) -> AnyView {
    let organisation = world.organisation();
    let (slips, text) = file_of(world, batch);
    let whole = batch.is_whole(&slips.iter().collect::<Vec<_>>(), &text);
    let (checked, tone) = if whole {
        (words::whole(), Tone::Good)
    } else {
        (words::not_whole(), Tone::Bad)
    };
    let number = words::batch_of(&batch.number.to_string());
    let month = format::month_of(batch.month);
    let by = names::person_of(organisation, batch.handed_over.by);
    let at = format::time(batch.handed_over.times.recorded, organisation.utc_offset());
    let units =
        (!batch.scope.units.is_empty()).then(|| names::units_of(organisation, &batch.scope.units));
    let note = batch.handed_over.reason.clone();
    let name = file_name(batch.number, batch.month);
    let key = (batch.number, batch.month);
    let download = move |()| {
        let world = session.world_untracked();
        let batches = payroll::batches(&world);
        let batch = batches
            .into_iter()
            .find(|one| (one.number, one.month) == key);
        if let Some(batch) = batch {
            let (_, text) = file_of(&world, batch);
            // A browser that allows no download says so itself.
            let _ = file::hand_out(&name, "text/csv", &text);
        }
    };
    let lines: Vec<_> = slips
        .iter()
        .map(|slip| line::listed(organisation, slip))
        .collect();
    let digest = vec![(words::file_digest().to_owned(), batch.digest.clone())];
    let people = words::people_of(&batch.totals.heads.to_string());
    view! {
        <li data-item=batch.number.to_string()>
            <div class="list-line">
                <span class="stack-tight">
                    <span class="list-title">{common::both(&number, &month)}</span>
                    <span class="list-more">
                        <span>{units}</span>
                        <span>{by}</span>
                        <span>{at}</span>
                        <span>{note}</span>
                    </span>
                </span>
                <span class="list-end">
                    <Badge words=checked tone=tone />
                    <Button
                        act="download-batch"
                        label=words::download()
                        glyph=Glyph::Download
                        on_press=download
                    />
                </span>
            </div>
            {totals(batch.totals)}
            <div class="slips-digest"><Facts facts=digest /></div>
            <details class="slips">
                <summary>{people}</summary>
                <ul class="list">{lines}</ul>
            </details>
        </li>
    }
    .into_any()
}
