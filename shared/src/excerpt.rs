//! Excerpts: texts that lie in a longer one, which they share instead of being copied out of it.
//!
//! The longer one may lie outside of the program's memory. It is fetched when somebody looks into it
//! for the first time; most are never looked into.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A text outside of the program's memory.
pub trait Afar: Send {
    /// Its length in bytes.
    fn length(&self) -> usize;

    /// Fetches a part of it, in bytes within its length.
    fn fetch(&self, part: Range<usize>) -> Vec<u8>;
}

/// A text of which excerpts are taken; it stays as long as one of them does.
#[derive(Clone)]
pub struct Whole(Arc<Lies>);

/// Where a text lies.
enum Lies {
    Here(String),
    Afar {
        length: usize,
        /// Until it was fetched.
        source: Mutex<Option<Box<dyn Afar>>>,
        /// `None` where what was fetched is no text.
        fetched: OnceLock<Option<String>>,
    },
}

impl Whole {
    /// A text that is fetched when somebody looks into it.
    pub fn afar(source: impl Afar + 'static) -> Self {
        Self(Arc::new(Lies::Afar {
            length: source.length(),
            source: Mutex::new(Some(Box::new(source))),
            fetched: OnceLock::new(),
        }))
    }

    /// Its length in bytes.
    pub fn length(&self) -> usize {
        match &*self.0 {
            Lies::Here(text) => text.len(),
            Lies::Afar { length, .. } => *length,
        }
    }

    /// The text; `None` where it is none.
    pub fn text(&self) -> Option<&str> {
        match &*self.0 {
            Lies::Here(text) => Some(text),
            Lies::Afar {
                length,
                source,
                fetched,
            } => {
                let fetch = || {
                    // Fetching panics nowhere, and what was fetched is let go of outside.
                    let source = source.lock().unwrap_or_else(PoisonError::into_inner).take();
                    String::from_utf8(source?.fetch(0..*length)).ok()
                };
                fetched.get_or_init(fetch).as_deref()
            }
        }
    }

    /// Its first bytes, at most so many, without a look at the rest.
    pub(crate) fn head(&self, most: usize) -> Vec<u8> {
        let head = 0..most.min(self.length());
        self.fetch(head.clone()).unwrap_or_else(|| {
            let text = self.text().unwrap_or_default();
            text.as_bytes().get(head).unwrap_or_default().to_vec()
        })
    }

    /// Fetches a part of what lies afar; `None` where all of it is here.
    fn fetch(&self, part: Range<usize>) -> Option<Vec<u8>> {
        let Lies::Afar { source, .. } = &*self.0 else {
            return None;
        };
        let source = source.lock().unwrap_or_else(PoisonError::into_inner);
        Some(source.as_ref()?.fetch(part))
    }

    /// Says whether a place is followed by a border, as far as that is known without fetching.
    pub(crate) fn may_have(&self, place: usize, border: &str) -> bool {
        let rest = match &*self.0 {
            Lies::Here(text) => Some(text.as_str()),
            Lies::Afar { fetched, .. } => fetched.get().and_then(Option::as_deref),
        };
        match rest {
            Some(text) => text
                .get(place..)
                .is_some_and(|rest| rest.starts_with(border)),
            None => place.saturating_add(border.len()) <= self.length(),
        }
    }
}

impl From<String> for Whole {
    fn from(text: String) -> Self {
        Self(Arc::new(Lies::Here(text)))
    }
}

impl fmt::Debug for Whole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Whole").field(&self.length()).finish()
    }
}

/// A text within a longer one.
#[derive(Debug, Clone)]
pub struct Excerpt {
    whole: Whole,
    /// In bytes.
    range: Range<usize>,
}

impl Excerpt {
    /// Takes what lies between two places, in bytes; `None` where a place is outside, or is known to
    /// lie within a character.
    pub fn of(whole: &Whole, range: Range<usize>) -> Option<Self> {
        let fits = match &*whole.0 {
            Lies::Here(text) => text.get(range.clone()).is_some(),
            Lies::Afar { length, .. } => range.start <= range.end && range.end <= *length,
        };
        let whole = whole.clone();
        fits.then_some(Self { whole, range })
    }

    /// The text; `None` where what lies there is none.
    pub fn text(&self) -> Option<&str> {
        self.whole.text()?.get(self.range.clone())
    }

    /// The same without a look at what lies around it: for one of which nobody wants the neighbours.
    pub fn alone(&self) -> Option<Cow<'_, str>> {
        match self.whole.fetch(self.range.clone()) {
            Some(fetched) => String::from_utf8(fetched).ok().map(Cow::Owned),
            None => self.text().map(Cow::Borrowed),
        }
    }
}

impl From<String> for Excerpt {
    fn from(text: String) -> Self {
        Self {
            range: 0..text.len(),
            whole: text.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::ops::Range;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::{Afar, Excerpt, Whole};

    /// Counts the bytes that are fetched.
    struct Shelf(&'static [u8], Arc<AtomicUsize>);

    impl Afar for Shelf {
        fn length(&self) -> usize {
            self.0.len()
        }

        fn fetch(&self, part: Range<usize>) -> Vec<u8> {
            self.1.fetch_add(part.len(), Ordering::Relaxed);
            self.0[part].to_vec()
        }
    }

    #[test]
    fn an_excerpt_is_cut_between_characters_alone() {
        let whole = Whole::from("计划 plan".to_owned());
        // Each of the two characters takes three bytes.
        let cut = |from, to| Excerpt::of(&whole, from..to);
        assert_eq!(cut(0, 3).unwrap().text(), Some("计"));
        assert_eq!(cut(7, 11).unwrap().text(), Some("plan"));
        assert!(cut(1, 3).is_none());
        assert!(cut(7, 12).is_none());
        assert_eq!(Excerpt::from("whole".to_owned()).text(), Some("whole"));
    }

    #[test]
    fn what_lies_afar_is_fetched_once_and_when_somebody_looks() {
        let fetched = Arc::new(AtomicUsize::new(0));
        let whole = Whole::afar(Shelf("计划 plan".as_bytes(), Arc::clone(&fetched)));
        let count = || fetched.load(Ordering::Relaxed);
        let (one, other) = (Excerpt::of(&whole, 0..3), Excerpt::of(&whole, 7..11));
        assert!(Excerpt::of(&whole, 7..12).is_none());
        assert_eq!(whole.head(6), "计划".as_bytes());
        assert!(whole.may_have(10, "x"), "nobody knows yet");
        assert_eq!(count(), 6);
        assert_eq!(other.as_ref().unwrap().alone().as_deref(), Some("plan"));
        assert_eq!(count(), 6 + 4);
        assert_eq!(one.unwrap().text(), Some("计"));
        assert_eq!(other.unwrap().text(), Some("plan"));
        assert_eq!(count(), 6 + 4 + 11);
        assert_eq!(whole.head(3), "计".as_bytes());
        assert!(!whole.may_have(10, "x"));
        // Within a character there is no text.
        let within = Excerpt::of(&whole, 1..3).unwrap();
        assert_eq!((within.text(), within.alone()), (None, None));
        assert_eq!(count(), 6 + 4 + 11);
    }

    #[test]
    fn what_is_no_text_gives_none() {
        let whole = Whole::afar(Shelf(b"\xff\xfe", Arc::default()));
        let one = Excerpt::of(&whole, 0..1).unwrap();
        assert_eq!((one.alone(), one.text(), whole.text()), (None, None, None));
    }
}
