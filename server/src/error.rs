//! What a request is told when it is not served: the only place that picks a status.
//!
//! The body is always `{"code","field","facts"}`: a closed set of code words, no prose. A refused
//! *command* is never an error: it is an outcome inside a successful answer to a push.
//!
//! To add an error, add a variant, its status and its code; the app's catalogue has its sentence.

use std::fmt;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};
use shared::import::Refused;
use shared::refusal::Refusal;

use crate::read::Answer;
use crate::store;

/// Why a request was not served.
#[derive(Debug)]
pub enum ApiError {
    /// The domain refuses.
    Refused(Refusal),
    /// The body is not what the route reads.
    Malformed {
        /// Where and why, as the reader says it; never the content.
        at: String,
    },
    /// The body is longer than the route reads.
    Oversized {
        /// The most bytes.
        most: u64,
    },
    /// The content type is not the one that the route reads.
    ContentType,
    /// The request comes from a page of another origin.
    ForeignOrigin,
    /// The plain door is shut for what should travel encrypted.
    HttpsOnly,
    /// Nobody is signed in, or the session has expired.
    SignedOut,
    /// The login is unknown or the password is wrong; which of the two is not told.
    WrongPassword,
    /// Too many failed sign-ins.
    TooManyAttempts {
        /// Seconds until the next attempt is heard.
        after: u64,
    },
    /// The device's build is too old to read what it would be sent; it may still hand work in.
    UpdateNeeded,
    /// More work at once than the server takes on.
    Busy {
        /// Seconds until it is worth trying again.
        after: u64,
    },
    /// The installation already has its administrator.
    AlreadyInstalled,
    /// The login belongs to somebody else.
    LoginTaken,
    /// The login is too short, too long, or has characters that a login cannot have.
    LoginUnfit,
    /// The password is shorter or longer than accepted.
    PasswordUnfit {
        /// The fewest characters.
        least: usize,
        /// The most characters.
        most: usize,
    },
    /// Rows of an import are refused; nothing was applied.
    ImportRefused(Vec<Refused>),
    /// The bytes of a sheet are text in no encoding that the server reads.
    EncodingUnknown,
    /// The preview that is confirmed is not the one that would be applied now.
    ImportChanged,
    /// What is confirmed is not what a job would do.
    JobChanged,
    /// A file is of no kind that is accepted.
    AttachmentKind,
    /// A file is not what its digest says: it was changed on its way.
    AttachmentDiffers,
    /// Nobody made such an invitation.
    InvitationUnknown,
    /// Somebody joined by the invitation already.
    InvitationUsed,
    /// The invitation was taken back, or another took its place.
    InvitationRevoked,
    /// The invitation is too old.
    InvitationExpired,
    /// The person can sign in already; only an administrator gives another password.
    AlreadyJoined,
    /// No such address.
    NoSuchAddress,
    /// The address does not know this method.
    NoSuchMethod,
    /// The store failed; the log says how, the answer does not.
    Store(store::Error),
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.body().fmt(f)
    }
}

impl std::error::Error for ApiError {}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<store::Error> for ApiError {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}

impl ApiError {
    const fn status(&self) -> StatusCode {
        match self {
            Self::Refused(refusal) => refusal_status(refusal),
            Self::Malformed { .. } => StatusCode::BAD_REQUEST,
            Self::Oversized { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::ContentType | Self::AttachmentKind => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::ForeignOrigin | Self::HttpsOnly => StatusCode::FORBIDDEN,
            Self::SignedOut | Self::WrongPassword => StatusCode::UNAUTHORIZED,
            Self::TooManyAttempts { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::UpdateNeeded => StatusCode::UPGRADE_REQUIRED,
            Self::Busy { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::AlreadyInstalled
            | Self::AlreadyJoined
            | Self::LoginTaken
            | Self::ImportChanged
            | Self::JobChanged => StatusCode::CONFLICT,
            Self::InvitationUsed | Self::InvitationRevoked | Self::InvitationExpired => {
                StatusCode::GONE
            }
            Self::LoginUnfit
            | Self::PasswordUnfit { .. }
            | Self::EncodingUnknown
            | Self::AttachmentDiffers
            | Self::ImportRefused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::InvitationUnknown | Self::NoSuchAddress => StatusCode::NOT_FOUND,
            Self::NoSuchMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::Store(error) if error.is_passing() => StatusCode::SERVICE_UNAVAILABLE,
            Self::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn body(&self) -> Value {
        let (code, field, facts) = match self {
            Self::Refused(refusal) => return refusal_body(refusal),
            Self::Malformed { at } => ("malformed", None, json!({ "at": at })),
            Self::Oversized { most } => (
                "limit_passed",
                None,
                json!({ "limit": "body_bytes", "most": most }),
            ),
            Self::ContentType => ("content_type", None, json!({})),
            Self::ForeignOrigin => ("foreign_origin", None, json!({})),
            Self::HttpsOnly => ("https_only", None, json!({})),
            Self::SignedOut => ("signed_out", None, json!({})),
            Self::WrongPassword => ("wrong_password", None, json!({})),
            Self::TooManyAttempts { after } => {
                ("too_many_attempts", None, json!({ "after": after }))
            }
            Self::UpdateNeeded => ("update_needed", None, json!({})),
            Self::Busy { after } => ("busy", None, json!({ "after": after })),
            Self::AlreadyInstalled => ("already_installed", None, json!({})),
            Self::LoginTaken => ("login_taken", Some("login"), json!({})),
            Self::LoginUnfit => ("login_unfit", Some("login"), json!({})),
            Self::PasswordUnfit { least, most } => (
                "password_unfit",
                Some("password"),
                json!({ "least": least, "most": most }),
            ),
            Self::ImportRefused(findings) => {
                ("import_refused", None, json!({ "findings": findings }))
            }
            Self::EncodingUnknown => ("encoding_unknown", None, json!({})),
            Self::ImportChanged => ("import_changed", None, json!({})),
            Self::JobChanged => ("job_changed", None, json!({})),
            Self::AttachmentKind => ("attachment_kind", None, json!({})),
            Self::AttachmentDiffers => ("attachment_differs", None, json!({})),
            Self::InvitationUnknown => ("invitation_unknown", None, json!({})),
            Self::InvitationUsed => ("invitation_used", None, json!({})),
            Self::InvitationRevoked => ("invitation_revoked", None, json!({})),
            Self::InvitationExpired => ("invitation_expired", None, json!({})),
            Self::AlreadyJoined => ("already_joined", None, json!({})),
            Self::NoSuchAddress => ("no_such_address", None, json!({})),
            Self::NoSuchMethod => ("no_such_method", None, json!({})),
            Self::Store(error) if error.is_passing() => ("busy", None, json!({ "after": 1 })),
            Self::Store(_) => ("internal", None, json!({})),
        };
        json!({ "code": code, "field": field, "facts": facts })
    }

    const fn retry_after(&self) -> Option<u64> {
        match self {
            Self::TooManyAttempts { after } | Self::Busy { after } => Some(*after),
            Self::Store(error) if error.is_passing() => Some(1),
            _ => None,
        }
    }
}

/// A refusal's code and facts stand side by side in its own JSON; here they are set apart.
fn refusal_body(refusal: &Refusal) -> Value {
    let mut facts = match serde_json::to_value(refusal) {
        Ok(Value::Object(facts)) => facts,
        _ => Map::new(),
    };
    let code = facts.remove("code").unwrap_or(Value::Null);
    let field = facts.get("field").cloned().unwrap_or(Value::Null);
    json!({ "code": code, "field": field, "facts": facts })
}

const fn refusal_status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::Forbidden => StatusCode::FORBIDDEN,
        Refusal::NotFound { .. } => StatusCode::NOT_FOUND,
        Refusal::Malformed { .. } | Refusal::UnknownKind { .. } => StatusCode::BAD_REQUEST,
        Refusal::AlreadyExists { .. }
        | Refusal::AlreadyFounded
        | Refusal::BeingClosed { .. }
        | Refusal::PeriodClosed { .. }
        | Refusal::WaitsForStep { .. }
        | Refusal::ChangedMeanwhile { .. }
        | Refusal::ContentChanged { .. }
        | Refusal::PlanExists { .. }
        | Refusal::WrongState { .. } => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        if let Self::Store(error) = &self {
            tracing::error!(error = %error, "store failed");
        }
        let mut response = (self.status(), Answer(self.body())).into_response();
        if let Some(after) = self.retry_after() {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(after));
        }
        response
    }
}
