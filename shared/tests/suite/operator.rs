//! People who take turns at a shared device.

use shared::id::PersonId;
use shared::moment::UtcMillis;
use shared::operator::{IDLE_MILLIS, Locked, MOST_FAILURES, Operator, is_fit};

const NOW: UtcMillis = UtcMillis(1_793_840_400_000);

fn kept(pin: &str, salt: u128) -> Operator {
    let named = ("宋家明".to_owned(), "songjiaming".to_owned());
    Operator::keep(PersonId::from_bits(1), named, pin, salt, NOW)
}

#[test]
fn a_pin_is_digits_that_nobody_guesses_at_once() {
    for fit in ["2580", "1357", "90210", "13572468"] {
        assert!(is_fit(fit), "{fit}");
    }
    for unfit in [
        "",
        "258",
        "123456789",
        "1111",
        "1234",
        "9876",
        "25a0",
        "２５８０",
    ] {
        assert!(!is_fit(unfit), "{unfit}");
    }
}

#[test]
fn the_right_pin_unlocks_and_forgets_the_wrong_ones() {
    let mut operator = kept("2580", 7);
    assert_eq!(operator.unlock("2581", NOW), Err(Locked::WrongPin(4)));
    assert_eq!(operator.unlock("", NOW), Err(Locked::WrongPin(3)));
    assert_eq!(operator.unlock("2580", NOW), Ok(()));
    assert_eq!(operator.failures, 0);
}

#[test]
fn five_wrong_ones_in_a_row_ask_for_the_password_even_from_the_right_one() {
    let mut operator = kept("2580", 7);
    for _ in 1..MOST_FAILURES {
        assert!(matches!(
            operator.unlock("0000", NOW),
            Err(Locked::WrongPin(_))
        ));
    }
    assert_eq!(operator.unlock("0000", NOW), Err(Locked::PasswordNeeded));
    assert_eq!(operator.unlock("2580", NOW), Err(Locked::PasswordNeeded));
    // The password was given.
    operator.trusted(NOW);
    assert_eq!(operator.unlock("2580", NOW), Ok(()));
}

#[test]
fn thirty_days_without_use_ask_for_the_password() {
    let mut operator = kept("2580", 7);
    let last = UtcMillis(NOW.0 + IDLE_MILLIS);
    assert_eq!(operator.unlock("2580", last), Ok(()));
    let later = UtcMillis(last.0 + IDLE_MILLIS + 1);
    assert_eq!(operator.unlock("2580", later), Err(Locked::PasswordNeeded));
}

#[test]
fn nothing_that_is_kept_holds_the_pin_and_equal_pins_look_different() {
    let (one, other) = (kept("2580", 7), kept("2580", 8));
    assert_ne!(one.derived, other.derived);
    let text = serde_json::to_string(&one).unwrap();
    assert!(!text.contains("2580"), "{text}");
    assert_eq!(serde_json::from_str::<Operator>(&text).unwrap(), one);
}
