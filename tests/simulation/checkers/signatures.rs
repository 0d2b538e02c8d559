//! Signatures (I6): what a signature binds is what stands there, and what its signer saw.

use shared::command::Command;
use shared::id::CommandId;
use shared::world::World;
use shared::{change_request, digest};

use super::Verdict;

/// Checks an applied signature against the world as it stood before it.
pub(crate) fn check(world: &World, cmd_id: CommandId, command: &Command) -> Verdict {
    let document = command.document().and_then(|plan| world.document(plan));
    let content = || {
        let document = document?;
        Some(digest::plan_content(document.plan.as_ref()?, document))
    };
    let (seen, stands) = match command {
        Command::SubmitPlan(args) => (&args.seen, content()),
        Command::ApprovePlan(args) => (&args.seen, content()),
        Command::SignPlan(args) => (&args.seen, content()),
        Command::ReturnPlan(args) => (&args.seen, content()),
        Command::DecideChange(args) => {
            let asked = document.and_then(|document| {
                let asked = document.requests.get(&args.request)?;
                Some(change_request::seen(
                    document.plan.as_ref()?,
                    document,
                    asked,
                ))
            });
            (&args.seen, asked)
        }
        Command::AnswerResult(args) => {
            let result = document.and_then(|document| document.results.get(&args.version));
            (&args.seen, result.map(digest::result))
        }
        _ => return Ok(()),
    };
    if stands.as_ref() == Some(seen) {
        return Ok(());
    }
    Err(format!(
        "signature: {cmd_id} signed content that it did not show"
    ))
}
