//! Every refusal in a sentence with a way out; the match is exhaustive, so none can lack its words.

use shared::change_request::ChangeState;
use shared::plan::PlanState;
use shared::refusal::Refusal;
use shared::regime::cycle::PeriodAct;

use super::{
    appeal, common, coverage, evidence, format, ledger, lists, names, payroll, plan, spot_check,
};

sentences! {
    not_found(what) =
        "找不到{what}，可能已被删除，或您无权查看。请刷新后再试。",
        "There is no such {what}, or it is not yours to see. Sync and try again.";
    already_exists(what) =
        "{what}已存在。请换一个名称，或直接使用已有的。",
        "This {what} exists already. Use another name, or use the existing one.";
    changed_meanwhile(field, current) =
        "“{field}”已被他人改为“{current}”。请看现在的值，再决定是否重新提交。",
        "Somebody changed “{field}” to “{current}” meanwhile. Look at it, then re-apply yours or give it up.";
    wrong_state(state) =
        "计划现在是“{state}”，不能这样做。请刷新查看最新状态。",
        "The plan is now “{state}”, so this cannot be done. Sync to see where it stands.";
    weights_do_not_sum(is, must) =
        "权重合计为 {is}，必须是 {must}。请调整，或点“一键配平”。",
        "The weights add up to {is} and must be {must}. Adjust them, or tap “Balance to total”.";
    weight_out_of_range(most) =
        "权重必须在 0 到 {most} 之间。",
        "A weight is between 0 and {most}.";
    field_missing(field) = "请填写“{field}”。", "Please fill in “{field}”.";
    text_too_long(field, most) =
        "“{field}”最多 {most} 个字，请缩短。",
        "“{field}” holds at most {most} characters; please shorten it.";
    out_of_range(field, least, most) =
        "“{field}”应在 {least} 到 {most} 之间。",
        "“{field}” lies between {least} and {most}.";
    unknown_value(field, given) =
        "“{field}”不认识“{given}”，请从列表中选择。",
        "“{field}” does not know “{given}”; choose from the list.";
    section_weights_do_not_sum(section, is, must) =
        "“{section}”类的权重合计为 {is}，必须是 {must}。请调整该类的权重。",
        "The weights of “{section}” add up to {is} and must be {must}. Adjust the weights of this section.";
    superior_not_late(until) =
        "上级的评分期限到 {until} 为止，之前不能代评。请先提醒上级。",
        "The superior has until {until} to score; before that nobody scores in that place. Remind the superior first.";
    objection_window_passed(until) =
        "异议期已于 {until} 截止。如有新的事实，请联系计划归口管理部门申请更正。",
        "The window to object closed on {until}. With new facts, ask the plan office for a correction round.";
    seal_not_ready(count) =
        "还缺 {count} 项，暂不能归档。请按清单逐项补齐。",
        "{count} things are still missing before this can be sealed. Settle them one by one.";
    cohort_open(count) =
        "还有 {count} 项未了，暂不能核定。请在考核周期页逐项处理。",
        "{count} things are still open before this can be settled. Settle them one by one on the period's page.";
    change_too_late(count) =
        "有 {count} 个事项已过完成时限，考核办法不允许再调整。请照实汇报完成情况。",
        "Items past their due days: {count}; the regime allows no change any more. Report them as they are.";
    change_decided(state) =
        "这份调整申请已是“{state}”。如仍需调整，请另提一份。",
        "This change request is already “{state}”. Ask again if the change is still needed.";
    waits_for_step(step) =
        "还没轮到您：先由“{step}”这一步签。到您时会出现在待办里。",
        "It is not your turn yet: “{step}” comes first. It will stand among your tasks when it is.";
    carry_missing(count) =
        "上一周期还有 {count} 个未完成事项，考核办法要求结转到本计划。请点“结转”逐项加入。",
        "Unfinished items of the period before: {count}; the regime wants them in this plan. Add them by “Carry over”.";
    consent_missing(count) =
        "有 {count} 个事项的协同部门还没有答复同意，考核办法要求提交前征得同意。请提醒对方在“协同请求”中答复，或去掉协同部门。",
        "Items whose helping units have not agreed: {count}; the regime wants that before the plan is handed in. Remind them, or take the helpers off.";
    filled_by_others(key) =
        "“{key}”由考核办法指定的人填写。请填在其他类别，或请对方添加。",
        "“{key}” is filled by those whom the regime names. Use another one, or ask them to add it.";
    change_too_early(days, count) =
        "考核办法只允许在到期前 {days} 日内调整；有 {count} 个事项还没到时候。请届时再提。",
        "The regime allows changes only in the last {days} days before the due day; items for which it is too early: {count}. Ask then.";
    carried_finished(count) =
        "有 {count} 个预计结转的事项在原计划中已完成或取消。请点“结清结转”，再重新分配权重。",
        "Items carried over provisionally that are finished or given up in their own plan: {count}. Settle the carry-over, then weigh the rest anew.";
    scores_missing(count) =
        "还有 {count} 个事项没有上级评分，评完再公布。",
        "Items that still lack the superior's score: {count}; judge them first.";
    regime_invalid(count) =
        "考核办法有 {count} 处矛盾，请改正后再采用。",
        "The regime contradicts itself in {count} places; correct them first.";
    unit_in_use(units, assignments) =
        "它还有 {units} 个下级部门、{assignments} 个任职在此日之后继续；总公司不能终止。请先调岗或终止这些。",
        "{units} units below it and {assignments} posts in it go on after that day, and the company itself never ends. Move or end those first.";
    retroactive(field, least) =
        "“{field}”会改动已结束的月份；最早可填 {least}。更早的差错请在结果上更正。",
        "“{field}” would change months that are closed; the earliest day is {least}. Correct what is older on the results themselves.";
    unknown_kind(kind) =
        "服务器不认识这种操作（{kind}）。请更新程序；内容仍在本机。",
        "The server does not know this act ({kind}). Update the app; your content is kept.";
    malformed(at) =
        "内容无法读取（{at}）。内容仍在本机，请把副本交给管理员。",
        "The content cannot be read ({at}). It is kept; give a copy to the administrator.";
    limit_passed(limit, most) =
        "超过上限：{limit} 最多 {most}。请分成几次。",
        "A limit is passed: {limit}, at most {most}. Do it in parts.";
}

words! {
    forbidden =
        "您现在无权这样做。如果任职刚有变动，请与上级或管理员核对。",
        "You may not do this now. If your post changed lately, check with your superior or the administrator.";
    content_changed =
        "您看到的内容之后又有改动，签字未生效。请重新查看后再签。",
        "What you saw was changed before your signature took effect. Read it again, then sign.";
    plan_exists =
        "这个周期已经有一份计划，请打开已有的那份。",
        "There is already a plan for this period; open that one.";
    submission_closed =
        "本周期的提交已截止。请联系计划归口管理部门开启更正。",
        "Handing in for this period is closed. Ask the plan office to open a correction round.";
    judging_closed =
        "本周期的评分已截止。请联系计划归口管理部门开启更正。",
        "Judging of this period is closed. Ask the plan office to open a correction round.";
    approves_only =
        "这一步只能同意，不能退回。有意见请告诉编制人，由本人撤回修改。",
        "This step approves and does not return. Tell the owner, who can take the plan back and change it.";
    already_carried =
        "这个事项已经结转到本计划，请直接编辑已有的那项。",
        "This plan continues that item already; edit the one that is there.";
    not_a_source =
        "不能从那份计划这样延续事项。请从列出的候选事项中选择。",
        "Items of that plan cannot be continued here in this way. Choose from the candidates that are offered.";
    invitation_unknown =
        "没有这个邀请。请核对链接是否完整，或请邀请人重新发一个。",
        "There is no such invitation. Check that the link is complete, or ask whoever invited you for a new one.";
    invitation_used =
        "这个邀请已经用过。如果是您本人用的，请直接登录；不是的话，请马上告诉管理员。",
        "This invitation was used already. If that was you, sign in; if not, tell the administrator at once.";
    invitation_revoked =
        "这个邀请已被撤回，或已换成新的。请向邀请人要最新的链接。",
        "This invitation was taken back, or replaced by a newer one. Ask whoever invited you for the newest link.";
    invitation_expired =
        "这个邀请已过期（七天内有效）。请向邀请人要新的链接。",
        "This invitation is more than seven days old. Ask whoever invited you for a new link.";
    already_joined =
        "此人已能登录。忘记密码时，请管理员重新邀请。",
        "This person can sign in already. When a password is forgotten, an administrator invites again.";
    asked_open = "待决定", "open";
    asked_agreed = "已同意", "agreed";
    asked_refused = "未同意", "refused";
    asked_withdrawn = "已撤回", "withdrawn";
    plan_empty = "计划还没有事项，请先添加。", "The plan has no items; add some first.";
    no_superior =
        "没有上级可以审批或评分，请管理员补充汇报关系。",
        "Nobody stands above to approve or judge; ask the administrator to complete the organisation.";
    never_judged =
        "这类计划只作任务库跟踪，不评分。请在月度计划中评分。",
        "This plan is a pool and is never judged. Judge the month's plan that draws from it.";
    grade_open =
        "等级还没有确定，暂不能公布结果。请先由考核办法指定的人员确定等级。",
        "The grade is not decided yet, so nothing can be published. Ask those whom the regime names to decide it.";
    nothing_to_judge =
        "本期没有需要评分的事项（都在下期评分），无需公布。请计划归口管理部门按免考处理。",
        "Nothing of this plan is scored in this period. Ask the plan office to treat it as not assessed.";
    period_sealed =
        "结果已锁定归档，计划不能再改。内容仍在本机；如需更正，请向计划归口管理部门申请更正。",
        "The result is sealed and the plan changes no more. Your content is kept; ask the plan office for a correction.";
    pending_full =
        "本机待发送的工作已满。请先联网，等它们发送后再继续；您刚写的内容还在输入框里。",
        "This device holds as much unsent work as it can. Connect first and let it be sent; what you just wrote is still in its field.";
    being_closed =
        "计划归口管理部门正在归档这个周期，期间计划不能改动。您写的内容已保留，归档完成后可重新提交；已归档的请申请更正。",
        "The plan office is sealing this period, and its plans hold still meanwhile. What you wrote is kept: re-apply it when that is over, or ask for a correction of what is sealed.";
    superior_never_late =
        "考核办法没有规定上级评分的期限，不能代评。请提醒上级。",
        "The regime sets the superior no deadline, so nobody scores in that place. Remind the superior.";
    witness_unfit =
        "见证人须是两位不同的同事，不能是本人、评分人或登记人。请换一位。",
        "Witnesses are two different colleagues, neither the person nor the judge nor who notes it. Choose another.";
    circular =
        "这样会形成循环的上下级关系，请选择别的上级。",
        "This would close a circle; choose another superior.";
    last_administrator =
        "这样就没有管理员了。请先任命另一位管理员，再终止这一位。",
        "Nobody would be left as administrator. Appoint another one first.";
    nothing_to_decide =
        "这件事不需要认定：已按时、未声称按时，或已经认定过。请刷新查看。",
        "There is nothing to decide: it was in time, made no claim, or is decided already. Sync to see.";
    already_founded = "公司已经创建。请直接登录。", "The company exists already. Sign in.";
    online_only =
        "这项操作需要服务器当场确认，请联网后再做。",
        "This needs the server's answer at once; do it when you are connected.";

    signed_out = "登录已过期，请重新登录。您的工作都在。", "The sign-in has expired; sign in again. Your work is safe.";
    wrong_password = "登录名或密码不对，请重试。", "The sign-in name or the password is wrong; try again.";
    foreign_origin = "请求来自别的网站，已拒绝。请从本站打开。", "The request came from another site. Open the app at its own address.";
    https_only = "服务器已改用 https，这个地址不再接收。您的工作仍在本机，请打开 /install 查看办法。", "The server moved to https and takes nothing at this address. Your work is still on this device; open /install to see how to go on.";
    already_installed = "系统已经创建过。请直接登录。", "This server is set up already. Sign in.";
    login_taken = "这个登录名已有人使用，请换一个。", "This sign-in name is taken; choose another.";
    login_unfit = "登录名只能用小写字母、数字、点、横线，2 到 64 个字符。", "A sign-in name has 2 to 64 characters: lower-case letters, digits, dots, dashes.";
    import_changed = "预览之后数据有变化，请重新预览。", "Things changed since the preview; preview again.";
    job_changed = "预览之后有变化，请先同步，再看一遍要归档的结果。", "Things changed since you looked; sync, then look again at what would be sealed.";
    encoding_unknown = "文件的编码无法识别，请另存为 UTF-8 或 GBK 编码的 CSV。", "The file is in no encoding that is known; save it as CSV in UTF-8 or GBK.";
    import_refused = "文件中有不合格的行，没有导入任何内容。", "Some rows are refused, so nothing was imported.";
    internal = "服务器出错。您的工作都在本机，请稍后再试。", "The server failed. Your work is kept on this device; try again later.";
    unreachable = "连不上服务器。您的工作都在本机。", "The server is out of reach. Your work is kept on this device.";
}

sentences! {
    too_many_attempts(seconds) =
        "尝试次数过多，请 {seconds} 秒后再试。",
        "Too many attempts; try again in {seconds} seconds.";
    password_unfit(least, most) =
        "密码需要 {least} 到 {most} 个字符。",
        "A password has {least} to {most} characters.";
}

/// The field of a form that a refusal is about.
pub(crate) fn field(refusal: &Refusal) -> Option<&str> {
    match refusal {
        Refusal::ChangedMeanwhile { field, .. }
        | Refusal::FieldMissing { field, .. }
        | Refusal::TextTooLong { field, .. }
        | Refusal::OutOfRange { field, .. }
        | Refusal::Retroactive { field, .. }
        | Refusal::UnknownValue { field, .. } => Some(field),
        Refusal::NotFound { what } => Some(what),
        // What exists already is known by its name, or by the day from which it is in force.
        Refusal::AlreadyExists { what } if matches!(&**what, "unit" | "person") => Some("name"),
        _ => None,
    }
}

/// What is told to the person, with what to do.
pub(crate) fn words(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Forbidden => forbidden().to_owned(),
        Refusal::NotFound { what } => not_found(names::thing(what)),
        Refusal::AlreadyExists { what } if what == "evidence" => {
            evidence::already_attached().to_owned()
        }
        Refusal::AlreadyExists { what } => already_exists(names::thing(what)),
        Refusal::ChangedMeanwhile { field, current, .. } => {
            changed_meanwhile(names::field(field), &names::value(current))
        }
        Refusal::ContentChanged { .. } => content_changed().to_owned(),
        Refusal::WrongState { state } => wrong_state(state_word(*state)),
        Refusal::PlanExists { .. } => plan_exists().to_owned(),
        Refusal::NotCovered { why, .. } => coverage::why(*why).to_owned(),
        Refusal::PlanEmpty => plan_empty().to_owned(),
        Refusal::WeightsDoNotSum { is, must } => {
            weights_do_not_sum(&is.to_string(), &must.to_string())
        }
        Refusal::WeightOutOfRange { most, .. } => weight_out_of_range(&most.to_string()),
        Refusal::FieldMissing { field, .. } => field_missing(names::field(field)),
        Refusal::TextTooLong { field, most } => {
            text_too_long(names::field(field), &most.to_string())
        }
        Refusal::OutOfRange { field, least, most } => {
            out_of_range(names::field(field), least, most)
        }
        Refusal::UnknownValue { field, given } => unknown_value(names::field(field), given),
        Refusal::NoSuperior { .. } => no_superior().to_owned(),
        Refusal::ScoresMissing { items } => scores_missing(&items.len().to_string()),
        Refusal::NeverJudged => never_judged().to_owned(),
        Refusal::GradeOpen => grade_open().to_owned(),
        Refusal::NothingToJudge => nothing_to_judge().to_owned(),
        Refusal::PeriodSealed => period_sealed().to_owned(),
        Refusal::BeingClosed { .. } => being_closed().to_owned(),
        Refusal::SectionWeightsDoNotSum { section, is, must } => {
            section_weights_do_not_sum(section, &is.to_string(), &must.to_string())
        }
        Refusal::SuperiorNotLate { until, .. } => until.map_or_else(
            || superior_never_late().to_owned(),
            |until| superior_not_late(&until.to_string()),
        ),
        Refusal::ObjectionWindowPassed { until } => objection_window_passed(&until.to_string()),
        Refusal::AppealWindowPassed { until } => appeal::window_passed(&until.to_string()),
        Refusal::NoInstance { level } => appeal::no_instance(appeal::level(*level)),
        Refusal::WitnessUnfit { .. } => witness_unfit().to_owned(),
        Refusal::ListFirst => lists::list_first().to_owned(),
        Refusal::CohortOpen { open } => cohort_open(&open.len().to_string()),
        Refusal::SealNotReady { missing } => seal_not_ready(&missing.len().to_string()),
        Refusal::ChangeTooLate { items } => change_too_late(&items.len().to_string()),
        Refusal::ChangeDecided { state } => change_decided(change_word(*state)),
        Refusal::CarriedFinished { items } => carried_finished(&items.len().to_string()),
        Refusal::AlreadyCarried { .. } => already_carried().to_owned(),
        Refusal::NotASource { .. } => not_a_source().to_owned(),
        Refusal::WaitsForStep { step } => waits_for_step(names::name(step)),
        Refusal::ApprovesOnly => approves_only().to_owned(),
        Refusal::CarryMissing { items } => carry_missing(&items.len().to_string()),
        Refusal::ConsentMissing { items } => consent_missing(&items.len().to_string()),
        Refusal::FilledByOthers { key, .. } => filled_by_others(key),
        Refusal::ChangeTooEarly { items, days } => {
            change_too_early(&days.to_string(), &items.len().to_string())
        }
        Refusal::PeriodClosed {
            act: PeriodAct::SubmissionClosed,
            ..
        } => submission_closed().to_owned(),
        Refusal::PeriodClosed { .. } => judging_closed().to_owned(),
        Refusal::Circular => circular().to_owned(),
        Refusal::LastAdministrator => last_administrator().to_owned(),
        Refusal::UnitInUse { units, assignments } => {
            unit_in_use(&units.to_string(), &assignments.to_string())
        }
        Refusal::Retroactive { field, least } => {
            retroactive(names::field(field), &least.to_string())
        }
        Refusal::NothingToDecide => nothing_to_decide().to_owned(),
        Refusal::OwnEntry => ledger::own_entry().to_owned(),
        Refusal::EntryDecided { state } => ledger::entry_decided(ledger::state(*state)),
        Refusal::NotAllJudged { plans } => spot_check::not_all_judged(&plans.to_string()),
        Refusal::NoticeOpen { count, .. } => lists::notice_open(&count.to_string()),
        Refusal::NothingToPublish => ledger::nothing_to_publish().to_owned(),
        Refusal::FundTooSmall { balance } => ledger::fund_too_small(&balance.to_string()),
        Refusal::OwnBase => payroll::own_base().to_owned(),
        Refusal::BatchTaken { number } => payroll::batch_taken(&number.to_string()),
        Refusal::PayMonthOver { last } => payroll::pay_month_over(&format::month_of(*last)),
        Refusal::NothingToPay => payroll::nothing_to_pay().to_owned(),
        Refusal::AlreadyFounded => already_founded().to_owned(),
        Refusal::RegimeInvalid { findings } => regime_invalid(&findings.len().to_string()),
        Refusal::OnlineOnly => online_only().to_owned(),
        Refusal::UnknownKind { kind } => unknown_kind(kind),
        Refusal::Malformed { at } => malformed(at),
        Refusal::LimitPassed { limit, .. } if limit.starts_with("pending_") => {
            pending_full().to_owned()
        }
        Refusal::LimitPassed { limit, .. } if limit == "evidence_per_item" => {
            evidence::too_many().to_owned()
        }
        Refusal::LimitPassed { limit, most } => {
            limit_passed(names::limit(limit), &most.to_string())
        }
    }
}

/// The word for where a change request stands.
pub(crate) fn change_word(state: ChangeState) -> &'static str {
    match state {
        ChangeState::Open => asked_open(),
        ChangeState::Agreed => asked_agreed(),
        ChangeState::Refused => asked_refused(),
        ChangeState::Withdrawn => asked_withdrawn(),
    }
}

/// The word for a plan's state.
pub(crate) fn state_word(state: PlanState) -> &'static str {
    match state {
        PlanState::Draft => plan::state_draft(),
        PlanState::Submitted => plan::state_submitted(),
        PlanState::Returned => plan::state_returned(),
        PlanState::Approved => plan::state_approved(),
        PlanState::Published => plan::state_published(),
        PlanState::Sealed => plan::state_sealed(),
    }
}

/// What is told of a code that only the server's edge gives; `None` for codes of the domain.
pub(crate) fn edge(code: &str, fact: impl Fn(&str) -> String) -> Option<String> {
    Some(match code {
        "signed_out" => signed_out().to_owned(),
        "wrong_password" => wrong_password().to_owned(),
        "too_many_attempts" => too_many_attempts(&fact("after")),
        "already_installed" => already_installed().to_owned(),
        "login_taken" => login_taken().to_owned(),
        "login_unfit" => login_unfit().to_owned(),
        "password_unfit" => password_unfit(&fact("least"), &fact("most")),
        "import_changed" => import_changed().to_owned(),
        "job_changed" => job_changed().to_owned(),
        "encoding_unknown" => encoding_unknown().to_owned(),
        "import_refused" => import_refused().to_owned(),
        "invitation_unknown" => invitation_unknown().to_owned(),
        "invitation_used" => invitation_used().to_owned(),
        "invitation_revoked" => invitation_revoked().to_owned(),
        "invitation_expired" => invitation_expired().to_owned(),
        "already_joined" => already_joined().to_owned(),
        "https_only" => https_only().to_owned(),
        "foreign_origin" => foreign_origin().to_owned(),
        "attachment_kind" => evidence::kind_unfit().to_owned(),
        "attachment_differs" => evidence::changed_on_the_way().to_owned(),
        "busy" | "internal" | "content_type" | "no_such_address" | "no_such_method" => {
            internal().to_owned()
        }
        _ => return None,
    })
}

/// Words for a field that stays empty.
pub(crate) fn empty_value() -> &'static str {
    common::none()
}
