//! Coverage: how often each fault came, how often it changed an outcome, and what was applied.

use std::collections::BTreeMap;
use std::fmt;

macro_rules! faults {
    ($($name:ident = $label:literal,)*) => {
        /// What can go wrong in a run.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum Fault {
            $($name,)*
        }

        impl Fault {
            /// All of them, with the codes of the list of faults.
            pub(crate) const ALL: &'static [(Self, &'static str)] =
                &[$((Self::$name, $label),)*];
        }
    };
}

faults! {
    RequestDropped = "F1 request dropped",
    RequestRepeated = "F2 request repeated",
    RequestLate = "F3 request late, nobody waiting",
    AnswerLate = "F3 answer overtaken by another",
    AnswerDropped = "F4 answer dropped",
    Offline = "F5 device offline",
    AnswerGarbled = "F6 F8 answer garbled",
    AnswerStale = "F7 stale answer",
    AnswerPartial = "F9 some results left out",
    KilledBeforeCommit = "F10 server killed before the commit",
    KilledAfterCommit = "F11 server killed after the commit",
    CommitUncertain = "F11 commit failed, all written",
    ServerRace = "F12 two processes at once",
    ServerBusy = "F13 server busy",
    CommitFailed = "F13 commit failed, nothing written",
    Poisoned = "F14 deciding panics",
    Restored = "F15 restored from a backup",
    WentBack = "F16 restored without a new epoch",
    Pruned = "F18 removals forgotten",
    TabCrashedWriting = "F21 tab crashed between write and send",
    TabCrashedWaiting = "F21 tab crashed between send and answer",
    TabCrashedAnswered = "F21 tab crashed between answer and apply",
    PowerCut = "F22 power cut",
    TabFrozen = "F23 tab frozen in the middle of work",
    TabHoldsDisk = "F23 frozen tab holds a transaction open",
    Evicted = "F24 storage evicted",
    LossNoticed = "F24 announced work lost, and told",
    DiskCopied = "F25 storage copied",
    StorageLost = "F26 F28 storage fails",
    SecondTab = "F31 tabs of one build race",
    MixedBuilds = "F31 tabs of two builds side by side",
    FutureWork = "F31 work that this build cannot read",
    Upgraded = "F32 newer build with work pending",
    Downgraded = "F33 older build with work pending",
    ArchiveExpired = "F34 archive retention ran out",
    ClockWrong = "F35 clock or zone wrong",
    ClockJumped = "F35 clock jumps",
    RightsChanged = "F37 rights changed",
    OtherSession = "F38 another person's sign-in",
    SignInLost = "F39 sign-in expired",
    DocumentMoved = "F41 row moves to other partitions",
    SealedMeanwhile = "F42 sealed while work was pending",
    DeadlinePassed = "F43 deadline passed while offline",
    ForgedActor = "F45 forged actor",
    ReusedId = "F45 reused id",
    ForeignPlan = "F45 foreign plan",
    Unreadable = "F45 unreadable command",
    GreedyPull = "F45 pull of what is not granted",
    AnswerInPages = "answer in pages",
    PushesGrouped = "two pushes in one commit",
    DayPassed = "days passed",
}

/// What people do in a month, by the kinds of their commands.
const SCENARIOS: [(&str, &[&str]); 14] = [
    (
        "drafting a plan",
        &[
            "draft_plan",
            "add_item",
            "edit_item",
            "weigh",
            "remove_item",
        ],
    ),
    (
        "handing in and agreeing",
        &[
            "submit_plan",
            "withdraw_plan",
            "return_plan",
            "approve_plan",
            "sign_plan",
        ],
    ),
    (
        "asking for changes",
        &["request_change", "withdraw_change", "decide_change"],
    ),
    (
        "carrying over and helping",
        &["settle_carried", "answer_help"],
    ),
    (
        "working and reporting",
        &[
            "report_item",
            "confirm_entry",
            "decide_lateness",
            "attach_evidence",
            "withdraw_evidence",
        ],
    ),
    (
        "judging",
        &["score_self", "score_superior", "publish_result"],
    ),
    (
        "after the result",
        &[
            "deliver_result",
            "answer_result",
            "decide_objection",
            "seal_result",
        ],
    ),
    (
        "after a failed objection",
        &[
            "deliver_decision",
            "accept_decision",
            "appeal_result",
            "decide_appeal",
        ],
    ),
    (
        "public lists",
        &["hang_list", "object_to_list", "decide_list_objection"],
    ),
    ("spot checks", &["draw_sample", "check_result"]),
    ("paying", &["enter_base", "enter_minimum", "hand_over"]),
    ("away from work", &["note_absence", "end_absence"]),
    (
        "entering what costs or earns points",
        &[
            "propose_entry",
            "decide_entry",
            "answer_entry",
            "reverse_entry",
        ],
    ),
    ("giving refused work up", &["discard_refused"]),
];

/// Counts over one run or many.
#[derive(Debug, Clone)]
pub(crate) struct Coverage {
    /// Per fault: how often it came, and how often it changed an outcome.
    faults: Vec<(u64, u64)>,
    /// Commands that devices kept.
    pub(crate) kept: u64,
    /// Commands that devices refused.
    pub(crate) refused_on_device: u64,
    /// Commands that waited for the server, because the device could not tell.
    pub(crate) to_be_checked: u64,
    /// Per scenario: commands in the server's log that came from devices, and the applied of them.
    scenarios: [(u64, u64); SCENARIOS.len()],
    /// The same of commands that no build can read yet, and of those of no scenario.
    others: (u64, u64),
    /// Per kind of a scenario: commands that were applied, from wherever they came.
    kinds: BTreeMap<&'static str, u64>,
}

impl Default for Coverage {
    fn default() -> Self {
        Self {
            faults: vec![(0, 0); Fault::ALL.len()],
            kept: 0,
            refused_on_device: 0,
            to_be_checked: 0,
            scenarios: [(0, 0); SCENARIOS.len()],
            others: (0, 0),
            kinds: BTreeMap::new(),
        }
    }
}

impl Coverage {
    /// Notes a fault, and whether it changed an outcome.
    pub(crate) fn note(&mut self, fault: Fault, changed: bool) {
        let counts = &mut self.faults[fault as usize];
        counts.0 += 1;
        counts.1 += u64::from(changed);
    }

    /// Notes a fault that came and changed an outcome so many times.
    pub(crate) fn note_all(&mut self, fault: Fault, many: u64) {
        let counts = &mut self.faults[fault as usize];
        counts.0 += many;
        counts.1 += many;
    }

    /// Adds the counts of another run.
    pub(crate) fn add(&mut self, other: &Self) {
        for (counts, more) in self.faults.iter_mut().zip(&other.faults) {
            counts.0 += more.0;
            counts.1 += more.1;
        }
        self.kept += other.kept;
        self.refused_on_device += other.refused_on_device;
        self.to_be_checked += other.to_be_checked;
        let scenarios = self.scenarios.iter_mut().zip(&other.scenarios);
        for (counts, more) in scenarios.chain([(&mut self.others, &other.others)]) {
            counts.0 += more.0;
            counts.1 += more.1;
        }
        for (kind, more) in &other.kinds {
            *self.kinds.entry(kind).or_default() += more;
        }
    }

    /// Notes that a command of this kind was applied, whoever sent it.
    pub(crate) fn applied_kind(&mut self, kind: &str) {
        let mut kinds = SCENARIOS.iter().flat_map(|(_, kinds)| *kinds);
        if let Some(kind) = kinds.find(|one| **one == kind) {
            *self.kinds.entry(kind).or_default() += 1;
        }
    }

    /// Names the kinds that were never applied.
    pub(crate) fn never_applied(&self) -> Vec<&'static str> {
        let kinds = SCENARIOS.iter().flat_map(|(_, kinds)| *kinds).copied();
        kinds
            .filter(|kind| !self.kinds.contains_key(kind))
            .collect()
    }

    /// Notes a command of this kind in the server's log.
    pub(crate) fn logged(&mut self, kind: &str, applied: bool) {
        let scenario = SCENARIOS
            .iter()
            .position(|(_, kinds)| kinds.contains(&kind));
        let counts = scenario.map_or(&mut self.others, |place| &mut self.scenarios[place]);
        counts.0 += 1;
        counts.1 += u64::from(applied);
    }

    /// Names each scenario with the share of its commands that were applied, in percent.
    pub(crate) fn applied(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let named = SCENARIOS.iter().map(|(name, _)| *name);
        named.zip(self.scenarios.map(percent))
    }

    /// Names the faults that never changed an outcome.
    pub(crate) fn idle(&self) -> Vec<&'static str> {
        let idle = Fault::ALL
            .iter()
            .filter(|(fault, _)| self.faults[*fault as usize].1 == 0);
        idle.map(|(_, label)| *label).collect()
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (fault, label) in Fault::ALL {
            let (came, changed) = self.faults[*fault as usize];
            writeln!(
                f,
                "{label:<42} came {came:>8}, changed an outcome {changed:>8}"
            )?;
        }
        for ((name, _), counts) in SCENARIOS.iter().zip(self.scenarios) {
            let share = percent(counts);
            writeln!(f, "{name:<42} sent {:>8}, applied {share:>3} %", counts.0)?;
        }
        for (kind, applied) in &self.kinds {
            writeln!(f, "  {kind:<40} applied {applied:>8}")?;
        }
        let (unread, refused) = (self.others.0, self.refused_on_device);
        let (kept, unsure) = (self.kept, self.to_be_checked);
        write!(f, "commands kept {kept}, refused on the device {refused}")?;
        write!(f, ", left to the server {unsure}, of no scenario {unread}")
    }
}

/// The share of applied commands, in percent.
fn percent((logged, applied): (u64, u64)) -> u64 {
    (applied * 100).checked_div(logged).unwrap_or(0)
}
