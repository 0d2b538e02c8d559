//! The words of the command line: what a refusal says, in Chinese and then in English.
//!
//! The app has its own catalogue; both are kept whole by an exhaustive match over the same codes.

use shared::refusal::Refusal;

use crate::error::ApiError;

pub mod import;
pub mod install;

/// Says why something was not done; one line for each reason.
pub fn of(error: &ApiError) -> String {
    match error {
        ApiError::Refused(refusal) => refused(refusal),
        ApiError::ImportRefused(findings) => {
            let lines: Vec<_> = findings.iter().map(import::line).collect();
            lines.join("\n")
        }
        ApiError::EncodingUnknown => {
            "文件不是 UTF-8 或 GBK 编码。 The file is neither UTF-8 nor GBK.".to_owned()
        }
        ApiError::ImportChanged => {
            "数据在预览后有变化，请重新导入。 The data changed after the preview; import again."
                .to_owned()
        }
        ApiError::JobChanged => {
            "预览之后有变化，请重新预览。 Things changed since the preview; preview again."
                .to_owned()
        }
        ApiError::AlreadyInstalled => "系统已经安装。 This is already installed.".to_owned(),
        ApiError::Busy { after } | ApiError::TooManyAttempts { after } => {
            format!("请在 {after} 秒后重试。 Try again in {after} seconds.")
        }
        ApiError::Store(error) => format!("数据库出错 The database failed: {error}"),
        ApiError::Malformed { at } => format!("内容无法读取 It cannot be read: {at}"),
        ApiError::Oversized { most } => format!("超过 {most} 字节。 More than {most} bytes."),
        ApiError::UpdateNeeded
        | ApiError::ContentType
        | ApiError::ForeignOrigin
        | ApiError::HttpsOnly
        | ApiError::SignedOut
        | ApiError::WrongPassword
        | ApiError::LoginTaken
        | ApiError::LoginUnfit
        | ApiError::PasswordUnfit { .. }
        | ApiError::AttachmentKind
        | ApiError::AttachmentDiffers
        | ApiError::InvitationUnknown
        | ApiError::InvitationUsed
        | ApiError::InvitationRevoked
        | ApiError::InvitationExpired
        | ApiError::AlreadyJoined
        | ApiError::NoSuchAddress
        | ApiError::NoSuchMethod => {
            format!("服务器拒绝了请求。 The server refused: {error:?}")
        }
    }
}

fn refused(refusal: &Refusal) -> String {
    let (zh, en) = match refusal {
        Refusal::Forbidden => ("没有权限。", "This is not permitted."),
        Refusal::NotFound { what } if what == "period" => (
            "没有这个考核周期，请先开启。",
            "There is no such period; open it first.",
        ),
        Refusal::NotFound { what } if what == "company" => (
            "系统尚未安装，请先打开首页。",
            "Nothing is installed yet; open the first page.",
        ),
        Refusal::PlanExists { .. } => (
            "该部门本周期已有计划。",
            "The unit already has a plan for the period.",
        ),
        Refusal::ChangedMeanwhile { .. } | Refusal::ContentChanged { .. } => {
            ("内容已被他人修改。", "Somebody changed this meanwhile.")
        }
        Refusal::LimitPassed { limit, most } => {
            return format!("超过上限 {most}（{limit}）。 More than {most} ({limit}).");
        }
        other => return format!("操作被拒绝。 It was refused: {other:?}"),
    };
    format!("{zh} {en}")
}
