//! Tariff sheets: those that were adopted, and those that are shipped and can be.

use leptos::prelude::*;
use shared::command::Command;
use shared::command::ledger::AdoptTariffs;
use shared::id::RegimeId;
use shared::ledger::sheet::shipped;
use shared::permission;
use shared::regime::tariff::TariffSheet;

use crate::chance;
use crate::components::{Badge, Panel, Tone};
use crate::i18n::{common, ledger as words, names};
use crate::pages::form::{Form, Sheet};
use crate::session::Session;

/// The panel, for those who run plans.
#[component]
pub(super) fn Sheets(sheet: Sheet) -> impl IntoView {
    let session = Session::here();
    let may = Memo::new(move |_| {
        let world = session.world();
        permission::may_run_plans(world.organisation(), session.person(), session.today())
    });
    let body = move || {
        let world = session.world();
        let versions = world.organisation().sheets.values();
        let adopted: Vec<TariffSheet> = versions.map(|version| version.sheet.clone()).collect();
        let open = shipped().into_iter().filter(|one| !adopted.contains(one));
        let open: Vec<_> = open.map(|one| line(&one, Some(sheet))).collect();
        let adopted: Vec<_> = adopted.iter().map(|one| line(one, None)).collect();
        view! { <ul class="list" data-list="sheets">{adopted}{open}</ul> }
    };
    view! {
        <Show when=move || may.get()>
            <div class="no-print">
                <Panel title=words::tariffs()>{body}</Panel>
            </div>
        </Show>
    }
}

fn line(of: &TariffSheet, sheet: Option<Sheet>) -> AnyView {
    let rows = of
        .tariffs
        .iter()
        .map(|row| names::name(&row.name).to_owned());
    let rows: Vec<String> = rows.collect();
    let end = match sheet {
        Some(sheet) => {
            let of = of.clone();
            sheet.small("adopt-sheet", words::adopt_short(), move || {
                adopt(of.clone())
            })
        }
        None => view! { <Badge words=words::adopted() tone=Tone::Good /> }.into_any(),
    };
    view! {
        <li>
            <div class="list-line">
                <span class="stack-tight">
                    <span class="list-title">{names::name(&of.name).to_owned()}</span>
                    <span class="list-more">{rows.join(common::between())}</span>
                </span>
                <span class="list-end">{end}</span>
            </div>
        </li>
    }
    .into_any()
}

fn adopt(of: TariffSheet) -> Form {
    let id = RegimeId::from_bits(chance::bits());
    let title = names::name(&of.name).to_owned();
    Form::new("save-sheet", words::adopt_sheet(), Vec::new(), move |_| {
        let sheet = Box::new(of.clone());
        Ok(Command::AdoptTariffs(AdoptTariffs { id, sheet }).into())
    })
    .titled(title)
    .lead("binds", words::adopt_binds())
}
