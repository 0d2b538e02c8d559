//! The server's version, how much it keeps, and how old its last backup is.

use leptos::prelude::*;

use crate::api::administration::{Backup, Upkeep};
use crate::components::{Badge, Banner, Facts, Glyph, Panel, Tone};
use crate::i18n::{administration as words, common, evidence, format};
use crate::session::Session;

/// After how long a backup is old where something was done since, in milliseconds: a week.
const OLD: i64 = 7 * 86_400_000;

/// The panel.
pub(super) fn panel(session: Session, upkeep: &Upkeep) -> impl IntoView + use<> {
    let now = session.now();
    let since = |backup: &Backup| upkeep.commands.saturating_sub(backup.commands);
    let is_old = |backup: &Backup| now.0 - backup.at.0 > OLD && since(backup) > 0;
    let backup = upkeep.backup.as_ref();
    let told = backup.map(|backup| {
        let ago = format::ago(backup.at, now);
        words::acts_since(&ago, &since(backup).to_string())
    });
    let facts = vec![
        (words::version().to_owned(), upkeep.version.clone()),
        (words::database().to_owned(), database(upkeep)),
        (words::attachments().to_owned(), attachments(upkeep)),
        (words::data().to_owned(), upkeep.data.clone()),
        (words::backup().to_owned(), told.unwrap_or_default()),
        (
            words::backup_file().to_owned(),
            backup.map(|backup| backup.file.clone()).unwrap_or_default(),
        ),
    ];
    let state = match backup {
        None => view! { <Banner state="warn" words=words::backup_never() /> }.into_any(),
        Some(backup) if is_old(backup) => {
            view! { <Banner state="warn" words=words::backup_old() /> }.into_any()
        }
        Some(_) => view! {
            <div><Badge words=words::backed_up() tone=Tone::Good glyph=Glyph::Tick /></div>
            <p class="faint small">{words::backup_how()}</p>
        }
        .into_any(),
    };
    // Named for its day, so that one does not stand in the way of the next.
    let command = format!(
        "jihe backup jihe-{}.db --data {}",
        session.today(),
        upkeep.data
    );
    view! {
        <Panel title=words::server()>
            <Facts facts=facts />
            {state}
            <pre class="raw" data-field="backup-command">{command}</pre>
            <p class="faint small">{words::backup_only()}</p>
        </Panel>
    }
}

fn database(upkeep: &Upkeep) -> String {
    words::entries_rows(
        &upkeep.commands.to_string(),
        &upkeep.rows.to_string(),
        &evidence::size(upkeep.database_bytes),
    )
}

fn attachments(upkeep: &Upkeep) -> String {
    if upkeep.attachments == 0 {
        return common::none().to_owned();
    }
    let size = evidence::size(upkeep.attachment_bytes);
    words::files(&upkeep.attachments.to_string(), &size)
}
