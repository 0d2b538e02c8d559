//! What counts from its receipt: how late an act is, which a device can only estimate until the server
//! has received the act.

use crate::command::Command;
use crate::id::PlanId;

/// Says whether a command is an act of a plan whose lateness is a fact of the plan's result.
///
/// While such an act waits on a device, a verdict that is computed there rests on an estimate, which
/// depends on the device's clock and on when it is sent: whoever is about to sign is told so.
pub fn counts_from_receipt(command: &Command, plan: PlanId) -> bool {
    match command {
        Command::ReportItem(args) => args.plan == plan,
        Command::ScoreSelf(args) => args.plan == plan,
        Command::SubmitPlan(args) => args.plan == plan,
        _ => false,
    }
}
