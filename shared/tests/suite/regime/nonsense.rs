//! What contradicts itself in tariffs, charges, parts, judging, signing and cohorts is found.

use serde_json::{Value, json};
use shared::quantity::BasisPoints;
use shared::regime::finding::{Finding, Problem};

use super::validated::{
    LIST, among, check, check_in, contradicts, duplicate, findings, missing, name, set, small,
    text, without,
};

#[test]
fn tariffs_that_cost_nothing_or_too_much_are_found() {
    let points = "/tariffs/0/points";
    let found = findings(&set(text(), points, None));
    let place = "/tariffs/0".to_owned();
    let problem = Problem::NoAmount;
    assert_eq!(found, [Finding { place, problem }]);
    check(points, json!({"fixed": 0}), "/tariffs/0", Problem::NoAmount);
    let money = |amount: Value, on: bool| json!({"amount": amount, "on": on});
    let at = "/tariffs/0/money";
    check(
        at,
        money(json!({"fixed": 0}), false),
        &format!("{at}/amount"),
        Problem::NoAmount,
    );
    let set_later = json!({"amount": {"fixed": 0}, "to_be_set": true});
    let later = set(set(text(), points, None), at, Some(set_later));
    assert_eq!(findings(&later), []);
    // Points are never taken from pay; what is taken for a loss needs its clause.
    check(
        at,
        money(json!({"fixed": 5_000}), true),
        &format!("{at}/on"),
        Problem::Exported,
    );
    let donation = set(text(), "/tariffs/0/legal", Some(json!("donation")));
    check_in(
        donation,
        at,
        money(json!({"fixed": 5_000}), true),
        &format!("{at}/on"),
        Problem::Exported,
    );
    let loss = set(text(), "/tariffs/0/legal", Some(json!("compensation")));
    let loss = set(loss, "/tariffs/0/clause", Some(json!("")));
    check_in(
        loss,
        at,
        money(json!({"fixed": 5_000}), true),
        "/tariffs/0/clause",
        Problem::Empty,
    );
    let down = json!({"range": {"least": 1_000, "most": 500}});
    check(
        points,
        down,
        "/tariffs/0/points/range",
        Problem::RangeUpsideDown,
    );
    let falls = json!({"escalating": [100, 300, 200]});
    check(
        points,
        falls,
        "/tariffs/0/points/escalating/2",
        Problem::EscalationFalls,
    );
    let at = "/tariffs/0/confirmed_by";
    check(at, json!([]), at, Problem::NoEntries);
    let at = "/tariffs/0/to_fund";
    check(at, json!(true), at, without("/money/fund"));
}

#[test]
fn charges_that_cannot_be_counted_are_found() {
    let charge = format!("{LIST}/0/source/charges/charges/0");
    let other = format!("{charge}/counted");
    let at = format!("{charge}/amount");
    check(
        &at,
        json!({"fixed": 100}),
        &at,
        Problem::AmountTwice { other },
    );
    let late = format!("{LIST}/0/source/charges/charges/2");
    let found = findings(&set(text(), &format!("{late}/amount"), None));
    let wanted = Finding {
        place: late.clone(),
        problem: Problem::NoAmount,
    };
    assert!(found.contains(&wanted), "{found:#?}");
    let range = json!({"range": {"least": 1, "most": 2}});
    let at = format!("{late}/amount");
    check(&at, range, &at, contradicts(&format!("{late}/counted")));
    let step = format!("{late}/counted/days_late/of");
    check(
        &step,
        json!({"step": "issue"}),
        &step,
        without("/cycles/0/deadlines"),
    );
    let size = format!("{LIST}/1/source/charges/charges/0/counted/steps_short/each/size");
    check(&size, json!(0), &size, small(1));
    let empty = format!("{LIST}/3/empty");
    check(
        &empty,
        json!("counts_full"),
        &format!("{LIST}/3"),
        missing("total"),
    );
}

#[test]
fn parts_that_make_no_sense_are_found() {
    let minus = format!("{LIST}/2/minus");
    check(
        &minus,
        json!(true),
        &format!("{LIST}/2/source"),
        Problem::LowersTotal,
    );
    let combine = "/cycles/0/total/parts/combine";
    let at = format!("{LIST}/3/minus");
    check(combine, json!("least"), &at, contradicts(combine));
    // The first part of a product may not fall below nothing.
    let list = text().pointer(LIST).unwrap().clone();
    let inner = json!({"key": "inner", "name": name(), "empty": "blocks",
        "source": {"parts": {"combine": "sum", "list": list}}});
    let factor = json!({"key": "factor", "name": name(), "empty": "drops_out",
        "source": {"result": {"of": "department", "take": {"factor": [{"at": 0, "factor": 9_000}]}}}});
    let product = json!({"combine": "product", "list": [inner, factor]});
    let parts = "/cycles/0/total/parts";
    check(
        parts,
        product.clone(),
        &format!("{LIST}/0"),
        Problem::LowersTotal,
    );
    let mut sound = product.clone();
    sound["list"][0]["floor"] = json!(0);
    let sound = set(text(), parts, Some(sound));
    assert_eq!(findings(&sound), []);
    let rounding = "/cycles/0/total/rounding";
    check_in(
        sound.clone(),
        rounding,
        json!("parts_half_up"),
        rounding,
        Problem::CannotRound,
    );
    let take = format!("{LIST}/1/source/result/take");
    check_in(sound, combine, json!("sum"), &take, contradicts(combine));
    let mut deep = text().pointer(&format!("{LIST}/2")).unwrap().clone();
    for level in 0..4 {
        deep = json!({"key": format!("l{level}"), "name": name(), "empty": "blocks",
            "source": {"parts": {"combine": "sum", "list": [deep]}}});
    }
    let at = format!("{LIST}/0{}", "/source/parts/list/0".repeat(4));
    check(
        parts,
        json!({"combine": "sum", "list": [deep]}),
        &at,
        Problem::TooDeep { most: 4 },
    );
    let total = format!("{LIST}/2/total");
    let found = findings(&set(text(), &total, None));
    let place = format!("{LIST}/2");
    let problem = missing("total");
    assert!(found.contains(&Finding { place, problem }), "{found:#?}");
    check(
        &format!("{LIST}/2/floor"),
        json!(-1),
        &format!("{LIST}/2/floor"),
        small(0),
    );
    let full = format!("{LIST}/2/source/items/full");
    let no = set(text(), "/cycles/0/weights/importance", None);
    check_in(
        no,
        &full,
        json!("importance"),
        &full,
        without("/cycles/0/weights"),
    );
}

#[test]
fn judging_that_says_nothing_is_found() {
    let silent = Problem::MissingSaysNothing;
    check(
        "/judging/raters/1/missing",
        json!("left_out"),
        "/judging/raters",
        silent.clone(),
    );
    let at = "/judging/raters/1/missing";
    check(at, json!({"instead": "superior"}), at, silent);
    let stranger = json!({"instead": "z"});
    check(
        at,
        stranger,
        &format!("{at}/instead"),
        among("z", &["self", "superior"]),
    );
    let rated = set(text(), "/judging/raters/1/weight", Some(json!(0)));
    check_in(
        rated,
        "/judging/methods/0/scoring",
        json!({"typed": {}}),
        "/judging/raters",
        Problem::NothingJudged,
    );
    // A section that no group of any part holds.
    let second = json!({"key": "more", "name": name()});
    let two = set(text(), "/items/sections/1", Some(second));
    let of = format!("{LIST}/2/source/items/groups/0/of");
    let no = Problem::NoMethod { of: "more".into() };
    check_in(
        two,
        &of,
        json!({"sections": ["work"]}),
        "/items/sections/1",
        no,
    );
    let groups = format!("{LIST}/2/source/items/groups");
    let twice = json!([{"of": {}, "method": "item"}, {"of": {"must": true}, "method": "item"}]);
    check(
        &groups,
        twice,
        &format!("{groups}/1"),
        without(&format!("{groups}/0")),
    );
    let level = |key: &str, factor| json!({"key": key, "name": name(), "factor": factor});
    let levels = json!({"levels": {"levels": [level("x", 5_000), level("y", 6_000)]}});
    let scoring = "/judging/methods/0/scoring";
    check(
        scoring,
        levels,
        &format!("{scoring}/levels/levels/1/factor"),
        Problem::BetterIsLess,
    );
    let falls = json!({"reached": {"curve": {"steps": {"steps": [{"at": 0, "factor": 2}, {"at": 5, "factor": 1}]}}}});
    check(
        scoring,
        falls,
        &format!("{scoring}/reached/curve/steps/steps/1/factor"),
        Problem::BetterIsLess,
    );
}

#[test]
fn signing_cohorts_and_the_rest_are_found() {
    let plan = "/signing/plan";
    check(
        "/signing/plan/0/kind",
        json!("file"),
        plan,
        Problem::ApproveMissing,
    );
    check(plan, json!([]), plan, Problem::ApproveMissing);
    check(
        "/signing/plan/0/by",
        json!([]),
        "/signing/plan/0/by",
        Problem::NoEntries,
    );
    let window = json!({"only_within": {"days": 0}});
    let at = "/changes/window/only_within/days";
    check("/changes/window", window, at, Problem::WindowNever);
    let cohort = |quotas: Value| json!({"of": "unit", "small": {"below": 10, "then": "pooled"}, "quotas": quotas, "ties": "superior"});
    let quota = |band: &str, share: u32, kind: &str, over: &str| json!({"band": band, "share": share, "kind": kind, "over": over});
    let quotas = json!([quota("b", 2_000, "at_most", "a")]);
    let other = "/cohort/quotas/0/band".to_owned();
    let over = Problem::QuotaContradicts { other };
    check("/cohort", cohort(quotas), "/cohort/quotas/0/over", over);
    let quotas = json!([
        quota("a", 2_000, "at_most", "b"),
        quota("a", 3_000, "at_least", "b")
    ]);
    let other = "/cohort/quotas/0/share".to_owned();
    let more = Problem::QuotaContradicts { other };
    check("/cohort", cohort(quotas), "/cohort/quotas/1/share", more);
    let quotas = json!([
        quota("d", 6_000, "at_least", "e"),
        quota("e", 6_000, "at_least", "e")
    ]);
    let sum = Problem::DoNotSum {
        is: BasisPoints(12_000),
        must: BasisPoints(10_000),
    };
    check("/cohort", cohort(quotas), "/cohort/quotas", sum);
    let second = json!({"days": 3, "by": ["personnel"]});
    check(
        "/after/second",
        second,
        "/after/second",
        without("/after/appeal"),
    );
    let unfair = json!({"share": 1_000, "by": ["personnel"], "unfair": "z"});
    let tariffs = ["format_error", "left_out", "complaint"];
    check(
        "/after/spot_checks",
        unfair,
        "/after/spot_checks/unfair",
        among("z", &tariffs),
    );
    check(
        "/items/required",
        json!(["category"]),
        "/items/required/0",
        without("/items/categories"),
    );
    check(
        "/items/required",
        json!(["due", "due"]),
        "/items/required/1",
        duplicate("due"),
    );
}
