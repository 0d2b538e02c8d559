//! What a form has said and hears again, once it stands among the rows.
//!
//! A form is not drawn anew for its own words: the keyboard stays where it is, and what was chosen
//! since is not put back. Acts are kept one after the other, so an earlier choice may come to stand
//! after a later one was made.

use leptos::prelude::*;
use shared::score::{Judgement, Score};

use super::Scored;

/// A judgement and what is said of it.
type Words = (Option<Judgement>, String);

/// What was said, oldest first; the first may have been heard already.
#[derive(Debug, Default)]
struct Said(Vec<Words>);

impl Said {
    fn say(&mut self, words: Words) {
        self.0.push(words);
    }

    /// Whether these words are the form's own. What was said before them will not be heard any more;
    /// they themselves stand, and may be heard again.
    fn hear(&mut self, words: &Words) -> bool {
        let heard = self.0.iter().rposition(|said| said == words);
        self.0.drain(..heard.unwrap_or(0));
        heard.is_some()
    }
}

/// The memory of one form.
#[derive(Clone, Copy)]
pub(crate) struct Echo(StoredValue<Said>);

impl Echo {
    /// A form that has said nothing.
    pub(crate) fn new() -> Self {
        Self(StoredValue::new(Said::default()))
    }

    /// Remembers what the form hands out.
    pub(crate) fn says(self, scored: &Scored) {
        let words = (scored.judgement.new.clone(), scored.note.clone());
        self.0.update_value(|said| said.say(words));
    }

    fn hears(self, score: Option<&Score>) -> bool {
        score.is_some_and(|score| {
            let words = (Some(score.judgement.clone()), score.note.clone());
            let heard = self.0.try_update_value(|said| said.hear(&words));
            heard.unwrap_or_default()
        })
    }

    /// What the form is drawn from: as it is read, but for an echo of the form's own words. `stands`
    /// finds the score in what is read.
    pub(crate) fn drawn<T>(
        self,
        read: Memo<Option<T>>,
        stands: fn(&mut T) -> &mut Option<Score>,
    ) -> Memo<Option<T>>
    where
        T: Clone + PartialEq + Send + Sync + 'static,
    {
        Memo::new_owning(move |old: Option<Option<T>>| {
            let new = read.get();
            let echo = old
                .flatten()
                .zip(new.clone())
                .is_some_and(|(mut old, mut new)| {
                    let heard = self.hears(stands(&mut new).as_ref());
                    *stands(&mut old) = None;
                    *stands(&mut new) = None;
                    heard && old == new
                });
            (new, !echo)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(quality: &str) -> Words {
        let judgement = Judgement::CarriedOut {
            efficiency: "late".to_owned(),
            quality: quality.to_owned(),
        };
        (Some(judgement), String::new())
    }

    #[test]
    fn an_earlier_choice_that_stands_after_a_later_one_was_made_is_an_echo() {
        let mut said = Said::default();
        said.say(words("good"));
        said.say(words("qualified"));
        assert!(said.hear(&words("good")));
        assert!(said.hear(&words("qualified")));
        // The server confirms what stands.
        assert!(said.hear(&words("qualified")));
    }

    #[test]
    fn what_another_device_says_is_none() {
        let mut said = Said::default();
        assert!(!said.hear(&words("good")));
        said.say(words("good"));
        said.say(words("qualified"));
        assert!(said.hear(&words("qualified")));
        // Said before what stood last: now it is somebody else's.
        assert!(!said.hear(&words("good")));
    }
}
