//! Every route on one page.
//!
//! To add a route: a handler in a file of its resource below `routes/`, and a line here. A route
//! that changes something is refused to pages of other origins by the layer around all of them.

use axum::routing::{get, post};
use axum::{Extension, Router, middleware};
use tower_http::compression::CompressionLayer;

use crate::auth::origin;
use crate::headers;
use crate::read::Most;
use crate::routes::{
    account, attachment, devices, first_steps, health, import, install, installation, invitation,
    jobs, presets, session, site, sync, unapplied, unexecuted, upkeep, whatif,
};
use crate::state::AppState;
use crate::telemetry;

/// Builds the whole server as a value, for the program and for tests.
pub fn router(state: AppState) -> Router {
    let limits = &state.config.limits;
    let push_bytes = Extension(Most(limits.push_bytes));
    let pull_bytes = Extension(Most(limits.pull_bytes));
    let import_bytes = Extension(Most(limits.import_bytes));
    let at_once = middleware::from_fn_with_state(state.clone(), sync::at_once);
    let exchange = Router::new()
        .route("/sync/v1/push", post(sync::push).layer(push_bytes))
        .route("/sync/v1/pull", post(sync::pull).layer(pull_bytes))
        // A first pull is rows of text that repeat their field names.
        .layer(CompressionLayer::new().gzip(true))
        .route_layer(at_once);
    let imports = Router::new()
        .route("/api/v1/import/preview", post(import::preview))
        .route("/api/v1/import/confirm", post(import::confirm))
        .layer(import_bytes);
    let places = middleware::from_fn_with_state(state.clone(), attachment::at_once);
    let attachments = Router::new()
        .route(
            "/api/v1/attachments/{digest}",
            get(attachment::show).put(attachment::put),
        )
        .route_layer(places);
    Router::new()
        .merge(exchange)
        .merge(imports)
        .merge(attachments)
        .merge(administration())
        .merge(what_ifs())
        .route("/sync/v1/live", get(sync::live))
        .route(
            "/api/v1/session",
            get(session::show).post(session::begin).delete(session::end),
        )
        .route(
            "/api/v1/installation",
            get(installation::show).post(installation::begin),
        )
        .route(
            "/api/v1/invitations",
            get(invitation::list).post(invitation::make),
        )
        .route("/api/v1/invitations/revoke", post(invitation::revoke))
        .route("/api/v1/invitations/read", post(invitation::read))
        .route("/api/v1/invitations/join", post(invitation::join))
        .route("/api/v1/devices", get(devices::missed))
        .route("/api/v1/presets", get(presets::list))
        .route("/api/v1/presets/{key}", get(presets::show))
        .route("/api/v1/jobs", post(jobs::stage))
        .route("/api/v1/jobs/{id}", get(jobs::show))
        .route("/api/v1/jobs/{id}/confirm", post(jobs::confirm))
        .route("/api/v1/jobs/{id}/cancel", post(jobs::cancel))
        .route("/health", get(health::show))
        .route("/install", get(install::show))
        .route("/install/authority.crt", get(install::authority))
        .route("/install/jihe.mobileconfig", get(install::profile))
        .route("/install/page.css", get(install::style))
        .route("/install/as-before", get(install::as_before))
        .fallback(site::show)
        .method_not_allowed_fallback(site::no_such_method)
        .layer(middleware::from_fn(origin::same))
        .layer(middleware::from_fn_with_state(
            state.clone(),
            telemetry::request,
        ))
        .layer(middleware::from_fn(headers::secure))
        .with_state(state)
}

/// Periods under other regimes; a document that is being written is asked with.
fn what_ifs() -> Router<AppState> {
    Router::new()
        .route("/api/v1/what-ifs", post(whatif::begin))
        .route(
            "/api/v1/what-ifs/{id}",
            get(whatif::watch).delete(whatif::give_up),
        )
        .route("/api/v1/what-ifs/{id}/outcome", get(whatif::outcome))
}

/// What only administrators ask for: who can sign in, what was not carried out, how much is kept.
fn administration() -> Router<AppState> {
    Router::new()
        .route("/api/v1/accounts", get(account::list).post(account::put))
        .route("/api/v1/accounts/close", post(account::close))
        .route("/api/v1/accounts/sign-out", post(account::sign_out))
        .route("/api/v1/first-steps", get(first_steps::show))
        .route("/api/v1/upkeep", get(upkeep::show))
        .route("/api/v1/unapplied", get(unapplied::list))
        .route("/api/v1/unexecuted", get(unexecuted::list))
        .route("/api/v1/unexecuted/{command}", get(unexecuted::read))
        .route(
            "/api/v1/unexecuted/{command}/release",
            post(unexecuted::release),
        )
}
