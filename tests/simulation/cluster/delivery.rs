//! Delivery: what becomes of each operation on its way to a disk or to the server and back.

use std::rc::Rc;

use shared::id::PersonId;
use shared::moment::UtcMillis;
use shared::sync::client::PeerError;
use shared::sync::client::storage::{Batch, Contents, Database, StorageError, Written};
use shared::sync::message::{
    Outcome, Part, PullRequest, PullResponse, PushRequest, PushResponse, PushResult,
};
use shared::sync::server::Arrival;

use super::{Cluster, Tab};
use crate::checkers::Verdict;
use crate::checkers::{confidentiality, flicker};
use crate::coverage::Fault;
use crate::executor::step;
use crate::network::{Answer, Op, Request, Whereabouts};
use crate::servers::{Purpose, Served, Work, seen};
use crate::storage::appended;

impl Cluster<'_> {
    /// Lets an operation go on.
    pub(super) fn go_on(&mut self, id: u64) -> Verdict {
        let Some(mut op) = self.wire.borrow_mut().take(id) else {
            return Ok(());
        };
        match std::mem::replace(&mut op.whereabouts, Whereabouts::AtServer) {
            Whereabouts::AtServer => return Ok(()),
            Whereabouts::Answered(answer) => {
                op.answer(*answer);
                return self.wake(op.tab, op.task);
            }
            Whereabouts::Asked => {}
        }
        match &op.request {
            Request::Read(database, slot) => {
                let read = self.read(op.tab, *database);
                slot.fill(read);
            }
            Request::Write(batch, slot) => {
                let written = self.write(op.tab, batch)?;
                slot.fill(written);
            }
            Request::Push(..) | Request::Pull(..) => {
                let lingers = matches!(op.request, Request::Push(..))
                    && self.chance.permille(self.weather.grouped);
                if lingers {
                    op.whereabouts = Whereabouts::Asked;
                }
                if lingers || !self.send(&op) {
                    self.wire.borrow_mut().ops.push(op);
                    return Ok(());
                }
            }
        }
        self.wake(op.tab, op.task)
    }

    /// Lists the operations that can go on: not those at the server, and not the open transactions
    /// of a frozen tab.
    pub(super) fn waiting(&self) -> Vec<u64> {
        let wire = self.wire.borrow();
        let waits = |op: &&Op| {
            let at_server = matches!(op.whereabouts, Whereabouts::AtServer);
            let held = op.writes() && self.tabs[op.tab].holds;
            !at_server && !held
        };
        wire.ops.iter().filter(waits).map(|op| op.id).collect()
    }

    /// Says whether a frozen tab of the same device holds a transaction open, which nobody passes.
    fn is_held_up(&mut self, tab: usize) -> bool {
        let device = self.tabs[tab].device;
        let mut others = self.tabs.iter();
        let held = others.any(|other| other.device == device && other.holds);
        if held {
            self.note(Fault::TabHoldsDisk, true);
        }
        held
    }

    fn read(&mut self, tab: usize, database: Database) -> Result<Contents, StorageError> {
        if self.is_held_up(tab) {
            return Err(StorageError::Lost("no answer in time".to_owned()));
        }
        let Tab { device, build, .. } = self.tabs[tab];
        Ok(self.devices[device].disk.read(database, build))
    }

    fn write(
        &mut self,
        tab: usize,
        batch: &Rc<Batch>,
    ) -> Result<Result<Written, StorageError>, String> {
        if self.is_held_up(tab) {
            return Ok(Err(StorageError::Lost("no answer in time".to_owned())));
        }
        if self.chance.permille(self.weather.storage_fails) {
            self.note(Fault::StorageLost, true);
            let lost = StorageError::Lost("as simulated".to_owned());
            return Ok(Err(if self.chance.permille(500) {
                lost
            } else {
                StorageError::Full
            }));
        }
        let life = self.life();
        let Tab { device, build, .. } = self.tabs[tab];
        let written = self.devices[device].disk.write(batch, build);
        self.mix(u64::from(written == Written::Committed));
        if written == Written::Committed {
            self.devices[device].written.extend(appended(batch));
        }
        // Where the server went back within its life, so do cursors.
        if written == Written::Committed && !self.past.went_back {
            if batch.database == Database::Cache {
                self.devices[device].watches[build].cache_written(batch)?;
            } else {
                let client = self.tabs[tab].client.as_ref();
                let replica = client.map(|client| client.replica());
                let replica = replica.filter(|replica| replica.epoch() == Some(life));
                let held = replica.iter().flat_map(|replica| replica.held());
                let held = held.map(|(id, ver, _)| (id, ver)).collect();
                flicker::outbox_written(batch, life, &held, |command| self.outcome(command))?;
            }
        }
        Ok(Ok(written))
    }

    /// Sends a request on its way; says whether it is answered already.
    fn send(&mut self, op: &Op) -> bool {
        let device = self.tabs[op.tab].device;
        if !self.devices[device].online {
            self.note(Fault::Offline, true);
            op.fail(PeerError::Unreachable);
            return true;
        }
        if let Some((fault, error)) = self.turned_away() {
            self.note(fault, true);
            op.fail(error);
            return true;
        }
        let mut person = self.devices[device].person;
        if self.chance.permille(self.weather.other_session) {
            let other = self
                .chance
                .pick(&self.company.people)
                .copied()
                .unwrap_or(person);
            self.note(Fault::OtherSession, other != person);
            person = other;
        }
        match &op.request {
            Request::Push(request, _) => self.send_push(op, request, person),
            Request::Pull(request, _) => self.send_pull(op, request, person),
            Request::Read(..) | Request::Write(..) => true,
        }
    }

    /// Faults that answer a request without the server's core.
    fn turned_away(&mut self) -> Option<(Fault, PeerError)> {
        let weather = self.weather;
        let busy = PeerError::Busy { after: 1000 };
        let faults = [
            (
                weather.request_dropped,
                Fault::RequestDropped,
                PeerError::Unreachable,
            ),
            (weather.busy, Fault::ServerBusy, busy),
            (weather.sign_in_lost, Fault::SignInLost, PeerError::AuthLost),
        ];
        let chance = &mut self.chance;
        let drawn = faults
            .into_iter()
            .find(|(rate, _, _)| chance.permille(*rate));
        drawn.map(|(_, fault, error)| (fault, error))
    }

    fn send_push(&mut self, op: &Op, request: &PushRequest, person: PersonId) -> bool {
        let now = self.server_now();
        let Ok(arrival) = Arrival::of(person, now, request.clone()) else {
            op.fail(PeerError::Unreachable);
            return true;
        };
        self.tell(|| {
            let ids: Vec<String> = request
                .commands
                .iter()
                .map(|c| c.cmd_id.to_string())
                .collect();
            format!("tab {} of {person} pushes {ids:?}", op.tab)
        });
        if self.chance.permille(self.weather.request_late) {
            op.fail(PeerError::Unreachable);
            self.late.push(arrival);
            return true;
        }
        let process = self.chance.below(self.servers.count());
        if self.chance.permille(self.weather.commit_trouble) {
            let kind = if self.chance.permille(500) { 1 } else { 2 };
            self.servers
                .troubles
                .next_commit
                .store(kind, std::sync::atomic::Ordering::Relaxed);
        }
        let repeats = self.chance.permille(self.weather.request_repeated);
        let mut purposes = vec![Some(op.id)];
        let mut arrivals = vec![arrival];
        if repeats {
            self.note(Fault::RequestRepeated, !request.commands.is_empty());
            let purpose = Purpose::Push(vec![None]);
            let other = self.chance.below(self.servers.count());
            self.servers.push(other, purpose, arrivals.clone(), now);
        }
        if self.chance.permille(self.weather.grouped)
            && let Some((other, arrival)) = self.push_of_another()
        {
            arrivals.push(arrival);
            purposes.push(Some(other));
            self.note(Fault::PushesGrouped, true);
        }
        self.servers
            .push(process, Purpose::Push(purposes), arrivals, now);
        false
    }

    /// Takes a push that another tab waits to send, to share a commit with.
    fn push_of_another(&mut self) -> Option<(u64, Arrival)> {
        let now = self.server_now();
        let mut wire = self.wire.borrow_mut();
        let asked = wire
            .ops
            .iter_mut()
            .find_map(|op| match (&op.request, &op.whereabouts) {
                (Request::Push(request, _), Whereabouts::Asked) => Some((request.clone(), op)),
                _ => None,
            });
        let (request, op) = asked?;
        let device = &self.devices[self.tabs[op.tab].device];
        let arrival = Arrival::of(device.person, now, request).ok()?;
        if !device.online {
            return None;
        }
        op.whereabouts = Whereabouts::AtServer;
        Some((op.id, arrival))
    }

    fn send_pull(&mut self, op: &Op, request: &PullRequest, person: PersonId) -> bool {
        let device = self.tabs[op.tab].device;
        if self.chance.permille(self.weather.answer_stale) {
            let place = self.chance.below(self.devices[device].answers.len());
            if let Some(old) = self.devices[device].answers.get(place).cloned() {
                self.note(Fault::AnswerStale, true);
                op.answer(Answer::Pull(Ok(old)));
                return true;
            }
        }
        let process = self.chance.below(self.servers.count());
        let now = self.server_now();
        self.servers
            .pull(process, Some(op.id), person, request.clone(), now);
        false
    }

    /// A push arrives when its sender has long given up.
    pub(super) fn arrive_late(&mut self, arrival: Arrival) {
        let process = self.chance.below(self.servers.count());
        let now = self.server_now();
        let arrival = Arrival {
            received: now,
            ..arrival
        };
        self.servers
            .push(process, Purpose::Push(vec![None]), vec![arrival], now);
    }

    /// Lets the server go on with a request, up to the next look at the store.
    pub(super) fn serve(&mut self, place: usize) -> Verdict {
        let Some(served) = step(&mut self.servers.work[place].task) else {
            return Ok(());
        };
        let work = self.servers.work.swap_remove(place);
        match served {
            Served::Push(Ok(responses)) => self.pushed(&work, responses),
            Served::Push(Err(error)) => {
                self.note_trouble();
                self.answer_all(&work, &Answer::Push(Err(seen(&error))));
                Ok(())
            }
            Served::Pull(answer) => match *answer {
                Ok(response) => self.pulled(&work, response),
                Err(error) => {
                    self.answer_all(&work, &Answer::Pull(Err(seen(&error))));
                    Ok(())
                }
            },
            Served::Power(done) => {
                self.note(Fault::RightsChanged, done);
                Ok(())
            }
        }
    }

    fn pushed(&mut self, work: &Work, responses: Vec<PushResponse>) -> Verdict {
        match &work.purpose {
            Purpose::Push(ops) => {
                let worked = (work.began, self.server_now());
                for ((device, unsent), response) in work.said.iter().zip(&responses) {
                    let results = &response.results;
                    self.announced.said(*device, *unsent, results, worked);
                }
                for (op, response) in ops.clone().into_iter().zip(responses) {
                    self.tell(|| format!("the server answers {:?}", response.results));
                    let recorded = response.results.iter().any(|r| r.outcome.is_recorded());
                    self.mix(response.results.len() as u64);
                    let quarantined =
                        |r: &PushResult| matches!(r.outcome, Outcome::Quarantined { .. });
                    if response.results.iter().any(quarantined) {
                        self.note(Fault::Poisoned, true);
                    }
                    match op {
                        Some(op) => self.answer(op, Answer::Push(Ok(response)), recorded),
                        None => self.note(Fault::RequestLate, recorded),
                    }
                }
                Ok(())
            }
            Purpose::Attack(command, expected) => {
                let mut results = responses.into_iter().flat_map(|response| response.results);
                let outcome = results.find(|r| r.cmd_id == *command).map(|r| r.outcome);
                self.attacked(*expected, outcome.as_ref())
            }
            Purpose::Pull(..) | Purpose::Power => Ok(()),
        }
    }

    fn pulled(&mut self, work: &Work, response: PullResponse) -> Verdict {
        let Purpose::Pull(op, person) = work.purpose else {
            return Ok(());
        };
        let worked = (work.began, self.server_now());
        for (device, unsent) in &work.said {
            self.announced.said(*device, *unsent, &[], worked);
        }
        let organisation = self.organisation();
        let day = UtcMillis(work.began.0).day(480);
        let document = |plan| self.document(plan);
        confidentiality::check_answer(&organisation, person, day, &response, &document)?;
        self.mix(response.parts.len() as u64);
        let Some(op) = op else {
            self.note(Fault::GreedyPull, true);
            return Ok(());
        };
        let tab = self
            .wire
            .borrow()
            .ops
            .iter()
            .find(|kept| kept.id == op)
            .map(|op| op.tab);
        if let Some(tab) = tab {
            let device = &mut self.devices[self.tabs[tab].device];
            if device.answers.len() == 4 {
                device.answers.pop_front();
            }
            device.answers.push_back(response.clone());
        }
        let whole = |part: &Part| part.reset && part.base > 0 && part.base < part.to;
        if self.past.pruned && !self.past.went_back {
            let many = response.parts.iter().filter(|part| whole(part)).count();
            self.coverage.note_all(Fault::Pruned, many as u64);
        }
        let matters = !response.parts.is_empty();
        self.answer(op, Answer::Pull(Ok(response)), matters);
        Ok(())
    }

    /// Gives the same answer to everyone who waits for this work.
    pub(super) fn answer_all(&mut self, work: &Work, answer: &Answer) {
        let ops = match &work.purpose {
            Purpose::Push(ops) => ops.clone(),
            Purpose::Pull(op, _) => vec![*op],
            Purpose::Power | Purpose::Attack(..) => vec![],
        };
        for op in ops.into_iter().flatten() {
            self.answer(op, answer.clone(), false);
        }
    }

    /// Leaves some of a push's results out, as a server does that came no further.
    fn shorten(&mut self, answer: Answer) -> Answer {
        match answer {
            Answer::Push(Ok(mut response)) if self.chance.permille(self.weather.answer_partial) => {
                let before = response.results.len();
                let keeps = self.chance.below(before);
                if self.chance.permille(500) {
                    response.results.truncate(keeps);
                } else if before > 0 {
                    response.results.remove(keeps);
                }
                self.note(Fault::AnswerPartial, before > 0);
                Answer::Push(Ok(response))
            }
            whole => whole,
        }
    }

    /// Sends an answer on its way; `matters` says whether losing it loses news.
    fn answer(&mut self, op: u64, answer: Answer, matters: bool) {
        let weather = self.weather;
        let answer = self.shorten(answer);
        let answer = if self.chance.permille(weather.answer_dropped) {
            self.note(Fault::AnswerDropped, matters);
            answer.failed(PeerError::Unreachable)
        } else if self.chance.permille(weather.answer_garbled) {
            self.note(Fault::AnswerGarbled, matters);
            answer.failed(PeerError::Garbled)
        } else {
            answer
        };
        let mut wire = self.wire.borrow_mut();
        if let Some(waiting) = wire.ops.iter_mut().find(|waiting| waiting.id == op) {
            waiting.whereabouts = Whereabouts::Answered(Box::new(answer));
        }
    }
}
