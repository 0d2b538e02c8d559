//! The promises of the server's storage, as checks that every implementation runs.
//!
//! Each check is given a store that is empty, and says in a sentence what was not kept. To add a
//! promise, write its check in `commits` or `reads`, and a line in [`all`].

mod commits;
mod pages;
mod reads;
mod sample;

pub use commits::*;
pub use pages::*;
pub use reads::*;

use crate::sync::server::store::Store;

/// What a check found.
pub type Verdict = Result<(), String>;

/// Runs every check; `empty` gives an empty store each time.
pub async fn all<S: Store>(empty: impl AsyncFn() -> S) -> Verdict {
    starts_empty(&empty().await).await?;
    a_commit_is_read_as_written(&empty().await).await?;
    a_commit_needs_the_versions_that_it_read(&empty().await).await?;
    a_command_is_logged_once(&empty().await).await?;
    arrivals_keep_their_first_time(&empty().await).await?;
    the_last_turn_counts(&empty().await).await?;
    devices_are_kept(&empty().await).await?;
    a_refusal_writes_the_log_alone(&empty().await).await?;
    documents_load_with_all_copies(&empty().await).await?;
    a_row_can_leave_and_return(&empty().await).await?;
    single_rows_load(&empty().await).await?;
    plans_of_a_partition_load(&empty().await).await?;
    the_organisation_loads_from_a_version(&empty().await).await?;
    changes_count_from_a_version(&empty().await).await?;
    changes_are_whole_where_they_cannot_be_counted(&empty().await).await?;
    forgotten_removals_are_not_counted_from(&empty().await).await?;
    pages_together_are_one_answer(&empty().await).await?;
    a_page_ends_between_versions(&empty().await).await?;
    a_cut_page_goes_on_below_the_floor(&empty().await).await?;
    grants_are_replaced_by_comparison(&empty().await).await?;
    large_requests_are_served(&empty().await).await
}
