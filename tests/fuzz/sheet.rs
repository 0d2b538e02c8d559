//! Importing a sheet: the preview never ends in a crash, says the same twice, and tells of no line
//! that the sheet does not have.

use chrono::NaiveDate;
use shared::id::PersonId;
use shared::import::{Choices, Options, preview};
use shared::world::{Holdings, World};

use crate::change::changed;

const SOUND: &str = include_str!("../../shared/tests/data/real-plans.csv");

const WORDS: [&str; 12] = [
    ",",
    "\"",
    "\n",
    "\r\n",
    "\t",
    "；",
    "100",
    "-5",
    "2026-02-30",
    "每月",
    "\u{feff}",
    "\u{0}",
];

fn read(options: &Options<'_>, text: &str) {
    let told = preview(text, options);
    assert_eq!(told.digest, preview(text, options).digest);
    let lines = u64::try_from(text.lines().count()).unwrap_or(u64::MAX);
    for refused in &told.refused {
        assert!(refused.line <= lines.saturating_add(1), "{refused:?}");
    }
}

#[test]
fn importing_a_sheet() {
    let world = World::new(Holdings::Everything);
    let choices = Choices {
        year: 2026,
        month: 11,
        keep: true,
        ..Choices::default()
    };
    let today = NaiveDate::from_ymd_opt(2026, 10, 26).expect("a day");
    let actor = PersonId::from_bits(1);
    let options = Options::of(&world, choices, actor, today).expect("a month that there is");
    // A few lines of the sheet are as good as all of them, and quicker.
    let few: String = SOUND.split_inclusive('\n').take(6).collect();
    let options = std::panic::AssertUnwindSafe(&options);
    bolero::check!().for_each(move |bytes: &[u8]| {
        let options = *options;
        read(options, &String::from_utf8_lossy(bytes));
        read(options, &changed(&few, bytes, &WORDS));
    });
}
