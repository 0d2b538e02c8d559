//! The deliberate bugs: each must be caught within its budget of seeds.
//!
//! A bug has a bias of the weather, in which it shows sooner, and the first seed that caught it. To
//! add a bug, add it to the domain's list and a line here; if it is not caught, the schedule or a
//! checker is too weak.

use shared::bug::{self, Bug};

use crate::cluster::Clocks;
use crate::people;
use crate::runs;
use crate::weather::Weather;

/// How many seeds may pass before a bug is caught.
const BUDGET: u64 = 3_000;

/// A bug, the weather in which it shows, and the first seed that caught it.
struct Hunt {
    bug: Bug,
    bias: fn(&mut Weather),
    first_seed: u64,
}

const HUNTS: [Hunt; 21] = [
    Hunt {
        bug: Bug::NotHeldIsAbsent,
        bias: hearsay,
        first_seed: 0,
    },
    Hunt {
        bug: Bug::NoIdempotence,
        bias: repeats,
        first_seed: 1,
    },
    Hunt {
        bug: Bug::RelaxedAck,
        bias: power_cuts,
        first_seed: 3,
    },
    Hunt {
        bug: Bug::DropOnAck,
        bias: runs::as_drawn,
        first_seed: 0,
    },
    Hunt {
        bug: Bug::PullNoCas,
        bias: tabs,
        first_seed: 21,
    },
    Hunt {
        bug: Bug::NoGrantVer,
        bias: old_answers,
        first_seed: 6,
    },
    Hunt {
        bug: Bug::NoRevoke,
        bias: rights,
        first_seed: 1,
    },
    Hunt {
        bug: Bug::RejectWipesQueue,
        bias: runs::as_drawn,
        first_seed: 16,
    },
    Hunt {
        bug: Bug::LaneContinues,
        bias: runs::as_drawn,
        first_seed: 3,
    },
    Hunt {
        bug: Bug::SubmitNoHash,
        bias: runs::as_drawn,
        first_seed: 19,
    },
    Hunt {
        bug: Bug::PoisonBlocks,
        bias: poison,
        first_seed: 0,
    },
    Hunt {
        bug: Bug::UploadNotRetried,
        bias: drops,
        first_seed: 8,
    },
    Hunt {
        bug: Bug::NoPermission,
        bias: rights,
        first_seed: 1,
    },
    Hunt {
        bug: Bug::NoArchive,
        bias: restores,
        first_seed: 1,
    },
    Hunt {
        bug: Bug::NoGapRepair,
        bias: gaps,
        first_seed: 185,
    },
    Hunt {
        bug: Bug::SeqDedupe,
        bias: copies,
        first_seed: 3,
    },
    Hunt {
        bug: Bug::WrongSession,
        bias: sessions,
        first_seed: 0,
    },
    Hunt {
        bug: Bug::DriftBlocks,
        bias: runs::as_drawn,
        first_seed: 0,
    },
    Hunt {
        bug: Bug::VersionBeforeCommit,
        bias: runs::as_drawn,
        first_seed: 1,
    },
    Hunt {
        bug: Bug::SchemaDropsOutbox,
        bias: builds,
        first_seed: 1,
    },
    Hunt {
        bug: Bug::ShowPages,
        bias: pages,
        first_seed: 23,
    },
];

const fn hearsay(weather: &mut Weather) {
    weather.hearsay = 300;
}

const fn repeats(weather: &mut Weather) {
    weather.request_repeated = 400;
}

const fn power_cuts(weather: &mut Weather) {
    weather.power_cut = 100;
}

const fn tabs(weather: &mut Weather) {
    weather.second_tab = 150;
    weather.hint = 150;
}

const fn old_answers(weather: &mut Weather) {
    weather.answer_stale = 500;
    weather.rights = 400;
    weather.hint = 200;
}

const fn rights(weather: &mut Weather) {
    weather.rights = 200;
}

const fn poison(weather: &mut Weather) {
    weather.poison = 200;
}

const fn drops(weather: &mut Weather) {
    weather.request_dropped = 300;
}

const fn restores(weather: &mut Weather) {
    weather.restored = 60;
}

/// A predecessor is lost on both sides when its author gave it up and the server forgot it, or when
/// it was too long in the archive.
const fn gaps(weather: &mut Weather) {
    weather.restored = 60;
    weather.answer_partial = 400;
    weather.long_rest = 10;
}

const fn copies(weather: &mut Weather) {
    weather.copied = 60;
}

const fn sessions(weather: &mut Weather) {
    weather.other_session = 200;
}

const fn builds(weather: &mut Weather) {
    weather.other_build = 150;
}

const fn pages(weather: &mut Weather) {
    weather.page = 1_500;
}

/// The weather in which a bug is hunted, by the bug's name.
pub(crate) fn bias_of(name: &str) -> fn(&mut Weather) {
    let mut hunts = HUNTS.iter();
    let hunt = hunts.find(|hunt| format!("{:?}", hunt.bug) == name);
    hunt.expect("JIHE_BIAS names a deliberate bug").bias
}

#[test]
fn every_deliberate_bug_is_caught() {
    runs::silence();
    assert!(
        Bug::ALL
            .iter()
            .all(|bug| HUNTS.iter().any(|hunt| hunt.bug == *bug))
    );
    let company = people::found();
    let mut missed = Vec::new();
    for hunt in &HUNTS {
        let caught = |seed: u64| {
            bug::choose(Some(hunt.bug));
            let found = runs::one(&company, seed, hunt.bias, Clocks::AsDrawn, false).err();
            bug::choose(None);
            found.map(|found| (seed, found))
        };
        let first = caught(hunt.first_seed).or_else(|| (0..BUDGET).find_map(caught));
        let Some((seed, found)) = first else {
            missed.push(hunt.bug);
            continue;
        };
        let found: String = found.chars().take(160).collect();
        eprintln!("{:?}: caught by seed {seed}: {found}", hunt.bug);
        let control = runs::one(&company, seed, hunt.bias, Clocks::AsDrawn, false);
        assert_eq!(
            control.err(),
            None,
            "seed {seed} breaks a promise without {:?}; replay it with JIHE_BIAS={:?}",
            hunt.bug,
            hunt.bug
        );
    }
    assert_eq!(missed, vec![], "bugs that no seed of {BUDGET} caught");
}
