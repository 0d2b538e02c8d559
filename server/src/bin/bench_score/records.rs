//! What judging leaves: the figures of each person, and all derivations in one list.

use shared::result::engine_3::{Figures, Node};

/// Everybody's records.
#[derive(Debug, PartialEq)]
pub(crate) struct Records {
    /// The codes of all, one person behind the other.
    pub(crate) nodes: Vec<Node>,
    /// Each person's figures, and where the derivation ends.
    figures: Vec<(Figures, usize)>,
}

impl Records {
    /// Room for so many people.
    pub(crate) fn for_people(people: usize) -> Self {
        Self {
            nodes: Vec::with_capacity(people * 16),
            figures: Vec::with_capacity(people),
        }
    }

    /// Adds a person whose codes stand elsewhere.
    pub(crate) fn add(&mut self, figures: &Figures, nodes: &[Node]) {
        self.nodes.extend_from_slice(nodes);
        self.ends(*figures);
    }

    /// Adds a person whose codes were written here.
    pub(crate) fn ends(&mut self, figures: Figures) {
        self.figures.push((figures, self.nodes.len()));
    }

    /// The people, with their codes.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Figures, &[Node])> {
        let mut begin = 0;
        self.figures.iter().map(move |(figures, end)| {
            let nodes = &self.nodes[begin..*end];
            begin = *end;
            (figures, nodes)
        })
    }
}
