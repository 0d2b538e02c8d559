//! What an address without https cannot do, said where it matters, with the way out.

use leptos::prelude::*;

use super::Banner;
use crate::i18n::work;

/// A notice where the browser gives no secure context; nothing elsewhere.
#[component]
pub(crate) fn Insecure(
    /// `quiet` or `warn`.
    state: &'static str,
) -> impl IntoView {
    (!window().is_secure_context()).then(|| {
        view! {
            <Banner state=state words=work::storage_insecure()>
                // Another page of the server, which is not the app's: the target says so.
                <a class="button" data-act="open-install" href="/install" target="_blank" rel="noopener">
                    {work::change_to_https()}
                </a>
            </Banner>
        }
    })
}
