//! A copy of one's unsent work as a file: the last resort of a person whose device is dying.

use leptos::prelude::*;
use serde_json::json;
use shared::sync::client::OutboxRow;

use crate::components::{Button, Glyph};
use crate::file;
use crate::i18n::work;
use crate::session::Session;
use crate::store::evidence::Held;
use crate::store::spill;

/// The name of the file.
const NAME: &str = "jihe-unsent-work.json";

/// The button.
#[component]
pub(super) fn CopyOfWork() -> impl IntoView {
    let session = Session::here();
    let empty = Signal::derive(move || {
        let work = session.work();
        let none = work.queue.is_empty() && work.refused.is_empty() && session.unsent() == 0;
        (none && spill::read(session.person()).is_empty())
            .then(|| work::nothing_unsent().to_owned())
    });
    view! {
        <div class="row">
            <Button
                act="download-unsent"
                label=work::download_unsent()
                glyph=Glyph::Download
                why_not=empty
                // Where the browser allows no download, the work is still in its queue.
                on_press=move |()| drop(file::hand_out(NAME, "application/json", &copy(session)))
            />
        </div>
    }
}

/// Everything that the server has not applied, as it is kept.
fn copy(session: Session) -> String {
    let device = session.device();
    let replica = device.replica();
    let pending: Vec<&OutboxRow> = replica.pending().map(|pending| &pending.row).collect();
    let attention = replica.attention();
    let copy = json!({
        "format": "jihe-unsent-work/1",
        "person": session.person(),
        "pending": pending,
        "attention": attention,
        "spilled": spill::read(session.person()),
        "files": unsent_files(session),
    });
    copy.to_string()
}

/// The files that have not reached the server, by their names and digests; the files themselves can
/// be saved one by one in the list above.
fn unsent_files(session: Session) -> Vec<Held> {
    let files = untrack(|| session.files());
    files
        .iter()
        .filter(|held| held.is_unsent())
        .cloned()
        .collect()
}
