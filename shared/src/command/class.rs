//! How commands may be made: offline as edits, offline as signatures, or online only.

use super::Command;
use super::payroll::PayrollAct;

/// How a command may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Offline too; edits merge or are refused.
    Edit,
    /// Offline too; binds the exact content that the signer saw.
    Sign,
    /// Online only.
    Power,
}

impl Command {
    /// Says how the command may be made.
    pub const fn class(&self) -> Class {
        match self {
            Self::Payroll(act) if matches!(**act, PayrollAct::HandOver(_)) => Class::Sign,
            Self::SubmitPlan(_)
            | Self::ReturnPlan(_)
            | Self::ApprovePlan(_)
            | Self::SignPlan(_)
            | Self::PublishResult(_)
            | Self::DecideChange(_)
            | Self::AnswerResult(_)
            | Self::AcceptDecision(_)
            | Self::CheckResult(_)
            | Self::DecideEntry(_)
            | Self::AnswerEntry(_) => Class::Sign,
            Self::FoundCompany(_)
            | Self::AddUnit(_)
            | Self::AddPerson(_)
            | Self::Assign(_)
            | Self::EndAssignment(_)
            | Self::DrawLine(_)
            | Self::EndLine(_)
            | Self::Appoint(_)
            | Self::EndAppointment(_)
            | Self::AdoptRegime(_)
            | Self::OpenPeriod(_)
            | Self::AddCalendar(_)
            | Self::UseCalendar(_)
            | Self::AdoptNotice(_)
            | Self::RenameUnit(_)
            | Self::EndUnit(_)
            | Self::Transfer(_)
            | Self::Leave(_)
            | Self::CloseUnapplied(_)
            | Self::BeginClosing(_)
            | Self::EndClosing(_)
            | Self::SealResult(_)
            | Self::HoldRole(_)
            | Self::EndRole(_)
            | Self::Delegate(_)
            | Self::EndDelegation(_)
            | Self::AdoptTariffs(_)
            | Self::ReverseEntry(_)
            | Self::PublishFund(_)
            | Self::SettleCohort(_)
            | Self::ReturnResult(_)
            | Self::Classify(_)
            | Self::HangList(_)
            | Self::DrawSample(_)
            | Self::MarkPeriod(_) => Class::Power,
            _ => Class::Edit,
        }
    }
}
