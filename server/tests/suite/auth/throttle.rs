//! Failed sign-ins are counted within a window, and the count is bounded.

use ::server::auth::throttle::Throttle;
use shared::moment::UtcMillis;

#[test]
fn after_too_many_failures_a_key_is_closed_until_the_window_ends() {
    let throttle = Throttle::new(3, 60);
    for second in 0..3 {
        assert_eq!(throttle.attempt("li", UtcMillis(second * 1000)), Ok(()));
    }
    assert_eq!(throttle.attempt("li", UtcMillis(3000)), Err(57));
    assert_eq!(
        throttle.attempt("wang", UtcMillis(3000)),
        Ok(()),
        "others are not concerned"
    );
    assert_eq!(
        throttle.attempt("li", UtcMillis(60_000)),
        Ok(()),
        "a new window begins"
    );
}

#[test]
fn a_success_is_forgiving() {
    let throttle = Throttle::new(2, 60);
    for _ in 0..10 {
        assert_eq!(throttle.attempt("a shared tablet", UtcMillis(0)), Ok(()));
        throttle.forgive("a shared tablet");
    }
    assert_eq!(throttle.attempt("li", UtcMillis(0)), Ok(()));
    throttle.forget("li");
    assert_eq!(throttle.attempt("li", UtcMillis(1)), Ok(()));
    assert_eq!(throttle.attempt("li", UtcMillis(2)), Ok(()));
    assert_eq!(throttle.attempt("li", UtcMillis(3)), Err(60));
}

#[test]
fn a_flood_of_logins_does_not_fill_memory() {
    let throttle = Throttle::new(1, 60);
    for n in 0..12_000 {
        assert_eq!(
            throttle.attempt(&format!("flood {n}"), UtcMillis(n)),
            Ok(())
        );
    }
    assert_eq!(
        throttle.attempt("flood 0", UtcMillis(12_000)),
        Ok(()),
        "the oldest made room"
    );
    assert!(
        throttle.attempt("flood 11999", UtcMillis(12_000)).is_err(),
        "the newest did not"
    );
}
