//! Failed sign-ins are counted within a window, and the count is bounded.

use ::server::auth::throttle::Throttle;
use shared::moment::UtcMillis;

#[test]
fn after_too_many_failures_a_key_is_closed_until_the_window_ends() {
    let throttle = Throttle::new(3, 60);
    for second in 0..3 {
        assert_eq!(throttle.closed_for("li", UtcMillis(second * 1000)), None);
        throttle.failed("li", UtcMillis(second * 1000));
    }
    assert_eq!(throttle.closed_for("li", UtcMillis(3000)), Some(57));
    assert_eq!(
        throttle.closed_for("wang", UtcMillis(3000)),
        None,
        "others are not concerned"
    );
    assert_eq!(throttle.closed_for("li", UtcMillis(60_000)), None);
    throttle.failed("li", UtcMillis(60_000));
    assert_eq!(
        throttle.closed_for("li", UtcMillis(60_001)),
        None,
        "a new window began"
    );
}

#[test]
fn a_success_is_forgiving() {
    let throttle = Throttle::new(2, 60);
    throttle.failed("li", UtcMillis(0));
    throttle.succeeded("li");
    throttle.failed("li", UtcMillis(1));
    assert_eq!(throttle.closed_for("li", UtcMillis(2)), None);
}

#[test]
fn a_flood_of_logins_neither_fills_memory_nor_opens_a_closed_one_at_once() {
    let throttle = Throttle::new(1, 60);
    throttle.failed("li", UtcMillis(1));
    for n in 0..9_000 {
        throttle.failed(&format!("flood {n}"), UtcMillis(2));
    }
    assert!(throttle.closed_for("li", UtcMillis(3)).is_some());
}
