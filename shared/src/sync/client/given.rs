//! Texts that the storage was given before the batch that puts them.

use std::any::Any;
use std::fmt;
use std::rc::Rc;

/// A text in the storage's own form.
pub trait Elsewhere: Any {
    /// The text.
    fn text(&self) -> String;
}

/// A storage in memory keeps a text as it is.
impl Elsewhere for String {
    fn text(&self) -> String {
        self.clone()
    }
}

/// A text that the storage was given; it goes when its last holder does.
#[derive(Clone)]
pub struct Given(Rc<dyn Elsewhere>);

impl Given {
    /// Names a text in a storage's own form.
    pub fn new(kept: impl Elsewhere) -> Self {
        Self(Rc::new(kept))
    }

    /// The text.
    pub fn text(&self) -> String {
        self.0.text()
    }

    /// The storage's own form; `None` where it is another storage's.
    pub fn form<T: Elsewhere>(&self) -> Option<&T> {
        let form: &dyn Any = &*self.0;
        form.downcast_ref()
    }
}

impl fmt::Debug for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.text())
    }
}

impl PartialEq for Given {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

impl Eq for Given {}
