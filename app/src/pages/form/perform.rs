//! What a form's act does: a command, at the server at once where it must; a job; or a question.

use std::sync::Arc;

use leptos::task::spawn_local;
use shared::command::{Class, Command};
use shared::id::{CommandId, PeriodId, UnitId};

use super::Act;
use crate::api;
use crate::chance;
use crate::fetch::FetchError;
use crate::i18n::{period, refusal};
use crate::navigation::Navigation;
use crate::route::Route;
use crate::session::{NotSent, Session, Told};
use crate::timer;

/// How often, and after how long each time, one looks whether something new is here.
const LOOKS: u32 = 60;
const LOOK_MILLISECONDS: u32 = 50;

/// How long a job is left alone before it is asked again where it is.
const LOOK_AGAIN_MILLISECONDS: u32 = 500;

/// Told what came of an act.
pub(super) type Done = Box<dyn FnOnce(Result<(), Told>)>;

/// Does what a form asks for: at the server at once where it must, else here.
pub(super) fn perform(session: Session, act: Act, done: Done) {
    match act {
        Act::Command(command) if command.class() == Class::Power => {
            session.send_online(command, done);
        }
        Act::Both(both) => {
            let (first, second) = *both;
            session.send_online(first, move |sent| match sent {
                // Tried again, because the second was refused, the first is there already.
                Err(told) if !told.exists => done(Err(told)),
                _ => session.send_online(second, done),
            });
        }
        Act::Several(commands) => several(session, commands.into_iter(), done),
        Act::Command(command) => session.send_then(command, move |sent| {
            done(match sent {
                Err(NotSent::Refused(refusal)) => Err(Told::of(&refusal)),
                // What could not be saved was spilled, and the person has been told.
                Ok(()) | Err(NotSent::NotSaved) => Ok(()),
            });
        }),
        Act::Seal(period, units, digest) => spawn_local(async move {
            let id = CommandId::from_bits(chance::bits());
            let sealed = seal(id, period, &units, &digest).await;
            session.looping().now(session);
            done(sealed);
        }),
        Act::Asked(asked) => spawn_local(async move {
            done(asked.await.map_err(|failed| Told::words(failed.words())));
        }),
    }
}

/// Makes commands one after another.
fn several(session: Session, mut rest: std::vec::IntoIter<Command>, done: Done) {
    let Some(command) = rest.next() else {
        return done(Ok(()));
    };
    session.send_then(command, move |sent| match sent {
        Err(NotSent::Refused(refusal)) => done(Err(Told::of(&refusal))),
        // What could not be saved was spilled, and the person has been told.
        Ok(()) | Err(NotSent::NotSaved) => several(session, rest, done),
    });
}

/// Stages a job, lets it run if it would do what was shown, and waits until it is over.
async fn seal(id: CommandId, of: PeriodId, units: &[UnitId], digest: &str) -> Result<(), Told> {
    let failed = |failed: FetchError| Told::words(failed.words());
    let staged = api::stage_seal(id, of, units).await.map_err(failed)?;
    if staged.digest != digest {
        // One that nobody confirms does nothing; giving it up only tidies.
        let _ = api::cancel_job(id).await;
        return Err(Told::words(refusal::job_changed().to_owned()));
    }
    let mut job = api::confirm_job(id, digest).await.map_err(failed)?;
    while job.state == "running" {
        timer::sleep(LOOK_AGAIN_MILLISECONDS).await;
        job = api::job(id).await.map_err(failed)?;
    }
    if job.sealed == job.of {
        return Ok(());
    }
    let words = period::seal_left(&job.sealed.to_string(), &job.of.to_string());
    Err(Told::words(words))
}

/// Goes on to a screen once what the server has just done is here, after a moment at most: a screen
/// about something new has something to show.
pub(super) fn lead_on(session: Session, navigation: Navigation, route: Route) {
    let before = session.world_untracked();
    spawn_local(async move {
        for _ in 0..LOOKS {
            if !Arc::ptr_eq(&before, &session.world_untracked()) {
                break;
            }
            timer::sleep(LOOK_MILLISECONDS).await;
        }
        navigation.go(route);
    });
}
