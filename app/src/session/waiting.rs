//! Acts wait for each other: one is kept before the next is decided, which may build on it.
//!
//! Fingers and arrow keys are quicker than a disk. Decided on what stood before the first of two,
//! the second would look as if somebody else had changed what it changes.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use leptos::task::spawn_local;
use shared::command::Command;

use super::{NotSent, Session};

/// What goes on when an act is kept, or was not.
type Then = Box<dyn FnOnce(Result<(), NotSent>)>;

/// Acts that were done and are not kept yet, in order.
#[derive(Default)]
pub(super) struct Waiting {
    acts: RefCell<VecDeque<(Option<Command>, Then)>>,
    under_way: Cell<bool>,
}

impl Waiting {
    /// Keeps an act after those before it.
    pub(super) fn keep(self: &Rc<Self>, session: Session, command: Command, then: Then) {
        self.acts.borrow_mut().push_back((Some(command), then));
        if self.under_way.replace(true) {
            return;
        }
        let waiting = Rc::clone(self);
        spawn_local(async move {
            loop {
                let next = waiting.acts.borrow_mut().pop_front();
                let Some((command, then)) = next else { break };
                then(match command {
                    Some(command) => session.keep_now(&command).await,
                    None => Ok(()),
                });
            }
            waiting.under_way.set(false);
        });
    }

    /// Goes on when what was done before is kept or was not: at once, where nothing waits.
    pub(super) fn settled(&self, then: impl FnOnce() + 'static) {
        if self.under_way.get() {
            let then = Box::new(move |_| then());
            self.acts.borrow_mut().push_back((None, then));
        } else {
            then();
        }
    }
}

impl Session {
    /// Goes on when everything that was done before is kept, so that what is shown then holds it.
    pub(crate) fn once_kept(self, then: impl FnOnce() + 'static) {
        let acts = self.typing(|typing| Rc::clone(&typing.acts));
        acts.settled(then);
    }
}
