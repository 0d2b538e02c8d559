//! What every test file starts from.

pub(crate) use crate::story::*;
