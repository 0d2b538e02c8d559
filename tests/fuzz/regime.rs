//! Reading a regime: it never ends in a crash; what is read is read again as it was written; what
//! has no finding compiles for each of its cycles.

use shared::regime::compare;
use shared::regime::document::{self, Document};
use shared::result::engine_3::{Inputs, Tape, compile, person};

use crate::change::changed;

const SOUND: [&str; 4] = [
    include_str!("../../shared/tests/data/regime/a-b-c-minus-d.json"),
    include_str!("../../shared/tests/data/regime/smart-monthly.json"),
    include_str!("../../shared/tests/data/regime/v1/smart-monthly.json"),
    include_str!("../../app/src/pages/rules/blank.json"),
];

const WORDS: [&str; 16] = [
    "\"minus\": true, ",
    "{}",
    "[]",
    "null",
    "0",
    "-1",
    "10000",
    "9223372036854775807",
    "1e400",
    "\"\"",
    "\"sum\"",
    "\"product\"",
    "\"counts_full\"",
    "{\"typed\": {}}",
    ",",
    "\u{0}",
];

fn read(text: &str) {
    let Ok(read) = document::read(text) else {
        return;
    };
    let findings = read.findings();
    let written = serde_json::to_string(&read).expect("a document is written");
    assert_eq!(document::read(&written).as_ref(), Ok(&read), "{written}");
    let regime = read.read();
    assert_eq!(compare::lines(&regime, &regime), []);
    if !findings.is_empty() || matches!(read, Document::V1(_)) {
        return;
    }
    for cycle in &regime.cycles {
        let program = compile(&regime, cycle.kind);
        let program = program.unwrap_or_else(|finding| panic!("{finding:?}: {written}"));
        let _ = person(&program, &Inputs::default(), &mut Tape::default());
    }
}

#[test]
fn reading_a_regime() {
    bolero::check!().for_each(|bytes: &[u8]| {
        read(&String::from_utf8_lossy(bytes));
        let sound = SOUND[usize::from(bytes.first().copied().unwrap_or_default()) % SOUND.len()];
        read(&changed(sound, bytes.get(1..).unwrap_or_default(), &WORDS));
    });
}
