//! A batch: commands decided one after another over what was loaded, then written together.
//!
//! Each command sees the effects of the ones before it. A refused, skipped or panicking command
//! changes nothing but the log.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::bug::{self, Bug};
use crate::change::Change;
use crate::command::{Command, MadeCommand};
use crate::id::{CommandId, PersonId, PlanId};
use crate::lane::Lane;
use crate::moment::{Moment, UtcMillis};
use crate::partition::PartitionId;
use crate::payroll;
use crate::permission::may_see;
use crate::refusal::Refusal;
use crate::row::Row;
use crate::sync::message::{Outcome, PushResult, PushedCommand};
use crate::sync::server::arrival::Arrival;
use crate::sync::server::core::{AtHand, need_for, payload_hash};
use crate::sync::server::effects::{Effects, Places, placed, row_text};
use crate::sync::server::store::{Commit, Head, Loaded, LogWrite, Logged, Needs, StoreError};
use crate::unapplied::{self, Recorded};
use crate::world::{ENGINE, Holdings, Stop, World};

/// A batch under way.
pub(super) struct Batch {
    now: UtcMillis,
    world: World,
    at_hand: AtHand,
    effects: Effects,
    loaded_heads: BTreeMap<PartitionId, Head>,
    known: BTreeMap<CommandId, Logged>,
    /// New entries of the log, with the partitions in which the rows of their changes stand.
    log: Vec<(LogWrite, Places)>,
    firsts: BTreeMap<CommandId, UtcMillis>,
}

/// A batch ready to be written.
pub(super) struct Finished {
    pub(super) commit: Commit,
    vers: BTreeMap<CommandId, Vec<(PartitionId, u64)>>,
}

impl Finished {
    /// Fills in the versions that an applied command of this batch got.
    pub(super) fn complete(&self, result: &mut PushResult) {
        if let Outcome::Applied { touched } = &mut result.outcome
            && let Some(vers) = self.vers.get(&result.cmd_id)
        {
            touched.clone_from(vers);
        }
    }
}

impl Batch {
    /// Begins a batch over what was loaded.
    pub(super) fn new(
        loaded: &Loaded,
        at_hand: AtHand,
        now: UtcMillis,
    ) -> Result<Self, StoreError> {
        let organisation = Arc::clone(&at_hand.organisation);
        let mut world = World::with_organisation(organisation, Holdings::Everything);
        let mut effects = Effects::default();
        for row in &loaded.rows {
            let parsed: Row = serde_json::from_str(&row.text)
                .map_err(|error| StoreError::Corrupt(format!("{}: {error}", row.key)))?;
            world.put(&parsed);
            for (partition, ver) in &row.copies {
                effects.stands(*partition, row.key, *ver, &row.text);
            }
        }
        let mut loaded_heads = loaded.heads.clone();
        // The organisation at hand may be newer than this snapshot; what was read is what counts.
        loaded_heads
            .entry(PartitionId::Organisation)
            .or_default()
            .head = at_hand.ver;
        let known = loaded.log.clone();
        Ok(Self {
            now,
            world,
            at_hand,
            effects,
            loaded_heads,
            known,
            log: Vec::new(),
            firsts: BTreeMap::new(),
        })
    }

    /// Takes over when commands first arrived, where an earlier push carried them in vain.
    pub(super) fn first_arrived(&mut self, firsts: BTreeMap<CommandId, UtcMillis>) {
        self.firsts = firsts;
    }

    fn received(&self, arrival: &Arrival, cmd_id: CommandId) -> UtcMillis {
        let first = self.firsts.get(&cmd_id).copied();
        first.map_or(arrival.received, |first| first.min(arrival.received))
    }

    /// Executes the commands of one arrival in order.
    pub(super) fn execute(&mut self, arrival: &Arrival) -> Vec<PushResult> {
        let mut results = Vec::with_capacity(arrival.commands.len());
        // Lanes in which a command waits for a predecessor that is unknown.
        let mut waiting: BTreeSet<Lane> = BTreeSet::new();
        for command in &arrival.commands {
            let outcome = self.execute_one(arrival, command, &mut waiting);
            let poisoned = matches!(outcome, Outcome::Quarantined { .. });
            if poisoned && bug::is(Bug::PoisonBlocks) {
                self.log.retain(|(entry, _)| entry.cmd_id != command.cmd_id);
                break;
            }
            results.push(PushResult {
                cmd_id: command.cmd_id,
                outcome,
            });
        }
        results
    }

    fn execute_one(
        &mut self,
        arrival: &Arrival,
        command: &PushedCommand,
        waiting: &mut BTreeSet<Lane>,
    ) -> Outcome {
        if command.actor != arrival.person && !bug::is(Bug::WrongSession) {
            return Outcome::WrongPerson;
        }
        let hash = payload_hash(&command.bytes);
        if let Some(known) = self.known.get(&command.cmd_id)
            && !bug::is(Bug::NoIdempotence)
        {
            let same = known.payload_hash == hash && known.actor == command.actor
                || bug::is(Bug::SeqDedupe);
            return if same {
                known.outcome.clone()
            } else {
                Outcome::IdReuse
            };
        }
        if arrival.held {
            let refusal = Refusal::Forbidden;
            let outcome = Outcome::Quarantined { refusal };
            let made = MadeCommand::read(&command.bytes).ok();
            self.record(
                arrival,
                command,
                outcome.clone(),
                0,
                made.as_ref(),
                Vec::new(),
            );
            return outcome;
        }
        let made = MadeCommand::read(&command.bytes);
        let lanes = made.as_ref().map(|made| made.command.lanes());
        let lanes = lanes.unwrap_or_default();
        if let Some(waits) = self.waits_for(command) {
            if waits.is_recorded() {
                let made = made.as_ref().ok();
                self.record(arrival, command, waits.clone(), 0, made, Vec::new());
            } else {
                waiting.extend(lanes);
            }
            return waits;
        }
        if lanes.iter().any(|lane| waiting.contains(lane)) {
            // It does not build on the one that waits, and yet was made after it.
            waiting.extend(lanes);
            return Outcome::Retry { after: 0 };
        }
        if bug::is(Bug::DriftBlocks)
            && let Ok(made) = &made
            && made.made.device_wall.0.abs_diff(self.now.0) > 5 * 60_000
        {
            return Outcome::Retry { after: 1000 };
        }
        let (outcome, changes) = match &made {
            Err(refusal) => (
                Outcome::Quarantined {
                    refusal: refusal.clone(),
                },
                Vec::new(),
            ),
            Ok(made) => self.decide(arrival, command, made),
        };
        let made = made.as_ref().ok();
        self.record(arrival, command, outcome.clone(), 0, made, changes);
        outcome
    }

    /// Executes a command that was kept unexecuted, as its author and under today's rights.
    ///
    /// Gives back what still keeps it: a predecessor that is not applied, or quarantine again.
    pub(super) fn release(&mut self, entry: &LogWrite) -> Result<Outcome, Outcome> {
        let arrival = Arrival {
            person: entry.actor,
            device: entry.device,
            build: String::new(),
            unsent: None,
            held: false,
            received: entry.received_at,
            epoch: None,
            commands: vec![],
        };
        let command = PushedCommand {
            cmd_id: entry.cmd_id,
            actor: entry.actor,
            prevs: entry.prevs.clone(),
            gap: true,
            bytes: entry.bytes.clone(),
        };
        if let Some(waits) = self.waits_for(&command) {
            return Err(waits);
        }
        let made = MadeCommand::read(&command.bytes);
        let made = made.map_err(|refusal| Outcome::Quarantined { refusal })?;
        let (outcome, changes) = self.decide(&arrival, &command, &made);
        if matches!(outcome, Outcome::Quarantined { .. }) {
            return Err(outcome);
        }
        self.known.remove(&command.cmd_id);
        let turn = entry.turn + 1;
        self.record(
            &arrival,
            &command,
            outcome.clone(),
            turn,
            Some(&made),
            changes,
        );
        Ok(outcome)
    }

    /// Says what a command must be answered because of its predecessors, if anything.
    fn waits_for(&self, command: &PushedCommand) -> Option<Outcome> {
        for prev in &command.prevs {
            match self.known.get(prev) {
                // Lost on both sides: only that much is excused.
                None if command.gap => {}
                None => return Some(Outcome::Need { cmd: *prev }),
                Some(entry) if entry.outcome.is_applied() || bug::is(Bug::LaneContinues) => {}
                Some(_) => return Some(Outcome::Skipped { because: *prev }),
            }
        }
        None
    }

    fn decide(
        &self,
        arrival: &Arrival,
        command: &PushedCommand,
        made: &MadeCommand,
    ) -> (Outcome, Vec<Change>) {
        let moment = Moment {
            made: made.made,
            received: self.received(arrival, command.cmd_id),
            recorded: self.now,
            utc_offset: self.world.organisation().utc_offset(),
        };
        let decided = catch_unwind(AssertUnwindSafe(|| {
            poison(command);
            self.world.decide(&made.command, arrival.person, &moment)
        }));
        let quarantined = |at: &str| {
            let refusal = Refusal::Malformed { at: at.to_owned() };
            (Outcome::Quarantined { refusal }, Vec::new())
        };
        match decided {
            Ok(Ok(changes)) => (
                Outcome::Applied {
                    touched: Vec::new(),
                },
                changes,
            ),
            Ok(Err(Stop::Refused(refusal))) => (Outcome::Rejected { refusal }, Vec::new()),
            Ok(Err(Stop::StepLimit)) => quarantined("deciding takes too many steps"),
            Ok(Err(Stop::NotHeld)) => quarantined("the server does not hold what the rule reads"),
            Err(_) => quarantined("deciding failed"),
        }
    }

    /// Applies what a command changes and what it leaves with its author, and appends it to the
    /// log.
    fn record(
        &mut self,
        arrival: &Arrival,
        command: &PushedCommand,
        outcome: Outcome,
        turn: u32,
        made: Option<&MadeCommand>,
        mut changes: Vec<Change>,
    ) {
        let reads = self.reads(made, command.actor);
        let cmd_id = command.cmd_id;
        let received_at = self.received(arrival, cmd_id);
        let recorded = Recorded {
            command: cmd_id,
            person: command.actor,
            device: arrival.device,
            bytes: &command.bytes,
            outcome: &outcome,
            released: turn > 0,
            supersedes: made.and_then(|made| made.supersedes),
            received: received_at,
            recorded: self.now,
        };
        changes.extend(unapplied::left(&self.world, &recorded));
        let place = |_, row: &Row, world: &World| (placed(row, world), row_text(row));
        let places = self.effects.apply(cmd_id, &mut self.world, &changes, place);
        let payload_hash = payload_hash(&command.bytes);
        let logged = Logged {
            payload_hash: payload_hash.clone(),
            actor: arrival.person,
            outcome: outcome.clone(),
        };
        let std::collections::btree_map::Entry::Vacant(place) = self.known.entry(cmd_id) else {
            // Only the deliberate bug comes here: the log keeps the first entry.
            return;
        };
        place.insert(logged);
        let entry = LogWrite {
            cmd_id,
            turn,
            payload_hash,
            bytes: command.bytes.clone(),
            actor: arrival.person,
            device: arrival.device,
            lanes: made.map(|made| made.command.lanes()).unwrap_or_default(),
            prevs: command.prevs.clone(),
            outcome,
            reads,
            touched: Vec::new(),
            changes: serde_json::to_string(&changes).expect("changes serialise"),
            places: Vec::new(),
            engine: ENGINE,
            claimed_at: made
                .map(|made| made.made.est_server_time)
                .unwrap_or_default(),
            received_at,
            recorded_at: self.now,
        };
        self.log.push((entry, places));
    }

    /// The versions that deciding stood on, as they were before the command's own effects: of the
    /// organisation, and of every partition that holds a row of a document that it reads.
    fn reads(&self, made: Option<&MadeCommand>, actor: PersonId) -> Vec<(PartitionId, u64)> {
        let mut needs = Needs::default();
        if let Some(made) = made {
            need_for(&mut needs, made, actor);
            if let Command::Payroll(act) = &made.command
                && let Some(month) = act.drawn()
            {
                let ledgers = payroll::ledgers(self.world.organisation(), month).into_iter();
                let ledgers = ledgers.map(|(unit, period)| PartitionId::Ledger(unit, period));
                needs.heads.extend(ledgers);
            }
        }
        // A signature also reads the plans from which its plan carries items provisionally.
        let carried = needs.documents.iter();
        let carried = carried.filter_map(|plan| self.world.document(*plan));
        let carried = carried.flat_map(|document| document.items.values());
        let sources = carried.filter_map(|item| Some(item.lineage.as_ref()?.plan));
        let sources: Vec<PlanId> = sources.collect();
        needs.documents.extend(sources);
        let mut read = needs.plans_in;
        read.extend(made.into_iter().flat_map(|made| self.listed(&made.command)));
        read.extend(&needs.heads);
        read.extend(needs.rows.iter().map(|(partition, _)| *partition));
        read.insert(PartitionId::Organisation);
        for document in needs.documents {
            read.extend(self.effects.partitions_of(document));
        }
        let stood = |id: PartitionId| {
            let loaded = self.loaded_heads.get(&id).map_or(0, |head| head.head);
            (id, loaded + self.effects.count(id))
        };
        read.into_iter().map(stood).collect()
    }

    /// Where a command looks that looks at all plans of a period: wherever something of a loaded one
    /// stands, but with persons alone, for what changes there about a result changes with its judge too.
    fn listed(&self, command: &Command) -> BTreeSet<PartitionId> {
        let period = match command {
            Command::HangList(args) => args.period,
            Command::DrawSample(args) => args.period,
            Command::SettleCohort(args) => args.period,
            _ => return BTreeSet::new(),
        };
        let documents = self.world.documents();
        let here = documents.filter(|(_, document)| {
            let plan = document.plan.as_ref();
            plan.is_some_and(|plan| plan.period == period)
        });
        let places = here.flat_map(|(id, _)| self.effects.partitions_of(id));
        let places = places.filter(|place| !matches!(place, PartitionId::User(_)));
        places.collect()
    }

    /// Lists the touched partitions whose position was not part of what was loaded.
    pub(super) fn touched_unread(&self) -> BTreeSet<PartitionId> {
        let organisation = PartitionId::Organisation;
        let touched = self.effects.touched();
        touched
            .filter(|id| *id == organisation || !self.loaded_heads.contains_key(id))
            .collect()
    }

    /// Numbers the effects and makes the write of the whole batch.
    pub(super) fn finish(mut self, unread: BTreeMap<PartitionId, Head>) -> Finished {
        let organisation = PartitionId::Organisation;
        let mut heads = self.loaded_heads.clone();
        heads.extend(unread);
        let mut expected: BTreeMap<PartitionId, u64> = self
            .loaded_heads
            .iter()
            .map(|(id, head)| (*id, head.head))
            .collect();
        for id in self.effects.touched() {
            let stands = heads.get(&id).map_or(0, |head| head.head);
            expected.entry(id).or_insert(stands);
        }
        expected.insert(organisation, self.at_hand.ver);
        if self.effects.count(organisation) > 0 {
            let rows = self.at_hand.rows.iter();
            let rows = rows.map(|(key, row)| (*key, row.clone()));
            self.effects.stood_in(organisation, rows);
        }
        let mut numbered = self.effects.number(&mut heads);
        let organisation_then = self.world.organisation();
        let day = self.now.day(organisation_then.utc_offset());
        for (entry, places) in &mut self.log {
            let touched = numbered.touched.get(&entry.cmd_id);
            entry.touched = touched.cloned().unwrap_or_default();
            entry.places = within(&entry.touched, places);
            let actor = entry.actor;
            if let Some(vers) = numbered.touched.get_mut(&entry.cmd_id) {
                // The name of a partition tells who judges whom: it is for those who may see it.
                vers.retain(|(id, _)| may_see(organisation_then, actor, day, *id));
            }
            if let Outcome::Applied { touched } = &mut entry.outcome {
                let seen = numbered.touched.get(&entry.cmd_id);
                *touched = seen.cloned().unwrap_or_default();
            }
        }
        if bug::is(Bug::VersionBeforeCommit) {
            expected.retain(|id, _| *id == organisation);
        }
        Finished {
            commit: Commit {
                expected,
                heads: numbered.heads,
                rows: numbered.rows,
                log: self.log.into_iter().map(|(entry, _)| entry).collect(),
                recorded: self.now,
            },
            vers: numbered.touched,
        }
    }
}

/// Says where rows stand by the places of their partitions in `touched`.
fn within(touched: &[(PartitionId, u64)], places: &Places) -> Vec<Vec<u32>> {
    let place = |id: &PartitionId| {
        let place = touched.iter().position(|(touched, _)| touched == id);
        place.and_then(|place| u32::try_from(place).ok())
    };
    let all = places.iter();
    all.map(|row| row.iter().filter_map(place).collect())
        .collect()
}

#[cfg(feature = "deliberate-bugs")]
fn poison(command: &PushedCommand) {
    assert!(
        !command.bytes.contains("poisoned on purpose"),
        "poisoned on purpose"
    );
}

#[cfg(not(feature = "deliberate-bugs"))]
const fn poison(_: &PushedCommand) {}
