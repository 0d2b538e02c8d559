//! The third arithmetic: equal to the second where both judge, and a tape that anybody re-adds.

mod differential;

use shared::result::engine_3::{Figures, Inputs, Program, Tape, belongs, check, person};

/// Computes figures, and proves by the tape alone that they are those.
pub(crate) fn computed(program: &Program, inputs: &Inputs) -> (Figures, Tape) {
    let mut tape = Tape::default();
    let figures = person(program, inputs, &mut tape).unwrap();
    assert_eq!(check(&tape.nodes), Ok(figures), "{:?}", tape.nodes);
    assert!(belongs(program, inputs, &tape.nodes));
    (figures, tape)
}
