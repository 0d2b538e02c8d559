//! The seven bad inputs, through the command: each document is refused with the place of what is
//! wrong, or cannot be read and is named before anybody sends it.

use serde_json::{Value, json};
use shared::command::Command;
use shared::command::organisation::AdoptRegime;
use shared::id::RegimeId;
use shared::refusal::Refusal;
use shared::regime::document;
use shared::regime::finding::Problem;

use super::validated::{findings, set, text};
use crate::prelude::*;

/// The findings with which a document is refused by those who keep the regimes.
#[track_caller]
fn refused(document: &Value) -> Vec<(String, Problem)> {
    let regime = document::read(&document.to_string()).expect("it can be read");
    let id = RegimeId::from_bits(200);
    let adopt = Command::AdoptRegime(AdoptRegime { id, regime });
    let Refusal::RegimeInvalid { findings } = Story::founded().refused(PLAN_OFFICE, adopt) else {
        panic!("refused for another reason");
    };
    let pairs = findings.into_iter().map(|one| (one.place, one.problem));
    pairs.collect()
}

#[test]
fn each_bad_regime_is_refused_at_its_place() {
    let two_cycles = || {
        let mut week = text().pointer("/cycles/0").unwrap().clone();
        (week["kind"], week["deadlines"]) = (json!("week"), json!([]));
        set(text(), "/cycles/1", Some(week))
    };
    let early = json!({"day_of_month": {"month": "after", "day": 1}});
    let weighed = json!("weighted");
    let bad = [
        // Judged on the 5th, handed on on the 1st.
        (
            text(),
            "/cycles/0/deadlines/2/on",
            early,
            "/cycles/0/deadlines/2",
        ),
        // Nothing between 79 and 80.
        (
            text(),
            "/grades/by/points/bands/3/below",
            json!(7_900),
            "/grades/by/points/bands/2/from",
        ),
        // Better than 101.00 nobody can be.
        (
            text(),
            "/grades/by/points/bands/0/from",
            json!(10_100),
            "/grades/by/points/bands/0/from",
        ),
        // Weighed parts of which none has a weight.
        (
            text(),
            "/cycles/0/total/parts/combine",
            weighed,
            "/cycles/0/total/parts/list/0",
        ),
        // The month lies in the week, and the week in the month.
        (
            set(two_cycles(), "/cycles/1/within", Some(json!("month"))),
            "/cycles/0/within",
            json!("week"),
            "/cycles/0/within",
        ),
        // A format error that costs nothing.
        (
            text(),
            "/tariffs/0/points",
            json!({"fixed": 0}),
            "/tariffs/0",
        ),
    ];
    for (document, pointer, value, place) in bad {
        let found = refused(&set(document, pointer, Some(value)));
        assert!(
            found.iter().any(|(at, _)| at == place),
            "{place}: {found:#?}"
        );
    }
    // A field that there is not never becomes a command.
    let unknown = set(text(), "/fines", Some(json!(50)));
    assert_eq!(findings(&unknown)[0].place, "/fines");
}
