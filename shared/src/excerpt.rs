//! Excerpts: texts that lie in a longer one, which they share instead of being copied out of it.

use std::ops::{Deref, Range};
use std::sync::Arc;

/// A text within a longer one; the longer one stays in memory as long as one of its excerpts does.
#[derive(Debug, Clone)]
pub struct Excerpt {
    whole: Arc<String>,
    /// In bytes; lies on the borders of characters.
    range: Range<usize>,
}

impl Excerpt {
    /// Takes what lies between two places, in bytes; `None` where a place is outside or within a
    /// character.
    pub fn of(whole: &Arc<String>, range: Range<usize>) -> Option<Self> {
        whole.get(range.clone())?;
        Some(Self {
            whole: Arc::clone(whole),
            range,
        })
    }
}

impl From<String> for Excerpt {
    fn from(text: String) -> Self {
        Self {
            range: 0..text.len(),
            whole: Arc::new(text),
        }
    }
}

impl AsRef<str> for Excerpt {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Deref for Excerpt {
    type Target = str;

    fn deref(&self) -> &str {
        &self.whole[self.range.clone()]
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::Excerpt;

    #[test]
    fn an_excerpt_is_cut_between_characters_alone() {
        let whole = Arc::new("计划 plan".to_owned());
        // Each of the two characters takes three bytes.
        let cut = |from, to| Excerpt::of(&whole, from..to);
        assert_eq!(cut(0, 3).as_deref(), Some("计"));
        assert_eq!(cut(7, 11).as_deref(), Some("plan"));
        assert!(cut(1, 3).is_none());
        assert!(cut(7, 12).is_none());
        assert_eq!(&*Excerpt::from("whole".to_owned()), "whole");
    }
}
