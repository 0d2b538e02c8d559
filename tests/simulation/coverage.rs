//! Coverage: how often each fault came, how often it changed an outcome, and what was applied.

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
    AnswerDropped = "F4 answer dropped",
    RequestRepeated = "F2 request repeated",
    RequestLate = "F3 request late, nobody waiting",
    AnswerLate = "F3 answer overtaken by another",
    AnswerGarbled = "F6 F8 answer garbled",
    AnswerStale = "F7 stale answer",
    ServerBusy = "F13 server busy",
    SignInLost = "F39 sign-in expired",
    OtherSession = "F38 another person's sign-in",
    CommitFailed = "F13 commit failed, nothing written",
    CommitUncertain = "F11 commit failed, all written",
    ServerKilled = "F10 F11 server killed",
    ServerRace = "F12 two processes at once",
    PushesGrouped = "two pushes in one commit",
    Restored = "F15 restored from a backup",
    TabCrashed = "F21 tab crashed",
    PowerCut = "F22 power cut",
    TabFrozen = "F23 tab frozen",
    Evicted = "F24 storage evicted",
    DiskCopied = "F25 storage copied",
    StorageLost = "F26 F28 storage fails",
    SecondTab = "F31 second tab",
    CacheDropped = "F32 cache of another build",
    ClockWrong = "F35 clock wrong",
    Offline = "F5 device offline",
    RightsChanged = "F37 rights changed",
    DayPassed = "days passed",
    Poisoned = "F14 deciding panics",
    ForgedActor = "F45 forged actor",
    ReusedId = "F45 reused id",
    ForeignPlan = "F45 foreign plan",
    Unreadable = "F45 unreadable command",
    GreedyPull = "F45 pull of what is not granted",
}

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
    /// Commands in the server's log that came from devices.
    pub(crate) logged: u64,
    /// Of these, the applied ones.
    pub(crate) applied: u64,
}

impl Default for Coverage {
    fn default() -> Self {
        Self {
            faults: vec![(0, 0); Fault::ALL.len()],
            kept: 0,
            refused_on_device: 0,
            to_be_checked: 0,
            logged: 0,
            applied: 0,
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

    /// Adds the counts of another run.
    pub(crate) fn add(&mut self, other: &Self) {
        for (counts, more) in self.faults.iter_mut().zip(&other.faults) {
            counts.0 += more.0;
            counts.1 += more.1;
        }
        self.kept += other.kept;
        self.refused_on_device += other.refused_on_device;
        self.to_be_checked += other.to_be_checked;
        self.logged += other.logged;
        self.applied += other.applied;
    }

    /// Share of the logged commands that were applied, in percent.
    pub(crate) fn applied_percent(&self) -> u64 {
        (self.applied * 100).checked_div(self.logged).unwrap_or(0)
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
                "{label:<36} came {came:>8}, changed an outcome {changed:>8}"
            )?;
        }
        let (kept, logged) = (self.kept, self.logged);
        write!(
            f,
            "commands kept {kept}, refused on the device {}",
            self.refused_on_device
        )?;
        write!(f, ", left to the server {}", self.to_be_checked)?;
        write!(f, ", logged {logged}, applied {} %", self.applied_percent())
    }
}
