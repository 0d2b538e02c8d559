//! Drawers: the rows of one kind that hang on a document, read when somebody looks into them.
//!
//! A device starts with thousands of rows, and its first screen shows a few. So a start lays their
//! texts down as they are; whoever looks into a drawer finds all of its rows, never a part, and so
//! does every rule. Rows are shared with clones until one of them changes them.

use std::collections::BTreeMap;
use std::collections::btree_map;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::excerpt::Excerpt;
use crate::row::Row;

/// A row that lies in a drawer under a key.
pub trait Keyed<K>: Clone {
    /// The key and the row; `None` for a row of another kind.
    fn keyed(row: Row) -> Option<(K, Self)>;
}

/// Rows by their keys, some of them as texts that nobody has looked at.
pub struct Drawer<K, V>(Arc<Inside<K, V>>);

struct Inside<K, V> {
    /// Texts of rows, until the drawer is opened.
    laid: Mutex<Vec<Excerpt>>,
    open: OnceLock<Open<K, V>>,
}

/// What is found in an open drawer.
#[derive(Clone)]
struct Open<K, V> {
    rows: BTreeMap<K, V>,
    /// Whether a text could not be read, so that a row is missing.
    is_torn: bool,
}

impl<K: Ord, V: Keyed<K>> Inside<K, V> {
    fn open(&self) -> &Open<K, V> {
        self.open.get_or_init(|| {
            // Reading panics nowhere, so no other thread left it half taken.
            let mut laid = self.laid.lock().unwrap_or_else(PoisonError::into_inner);
            let (mut rows, mut is_torn) = (Vec::with_capacity(laid.len()), false);
            for text in std::mem::take(&mut *laid) {
                match read::<K, V>(&text) {
                    Some(row) => rows.push(row),
                    None => is_torn = true,
                }
            }
            Open {
                rows: rows.into_iter().collect(),
                is_torn,
            }
        })
    }
}

/// Reads a row of a drawer; `None` where it cannot be read, or is of another kind.
fn read<K, V: Keyed<K>>(text: &Excerpt) -> Option<(K, V)> {
    Row::read(text.text()?).ok().and_then(V::keyed)
}

impl<K: Ord + Clone, V: Keyed<K>> Clone for Inside<K, V> {
    fn clone(&self) -> Self {
        Self {
            laid: Mutex::default(),
            open: OnceLock::from(self.open().clone()),
        }
    }
}

impl<K: Ord + Clone, V: Keyed<K>> Drawer<K, V> {
    /// Lays texts of rows down, to be read when somebody looks; a later one counts instead of an
    /// earlier one of the same key.
    pub(crate) fn lay(&mut self, texts: &mut dyn Iterator<Item = &Excerpt>) {
        if let Some(inside) = Arc::get_mut(&mut self.0)
            && inside.open.get().is_none()
        {
            let laid = inside.laid.get_mut();
            laid.unwrap_or_else(PoisonError::into_inner)
                .extend(texts.cloned());
            return;
        }
        for text in texts {
            match read(text) {
                Some((key, row)) => drop(self.insert(key, row)),
                None => self.writable().is_torn = true,
            }
        }
    }

    /// Says whether somebody looked, and a text could not be read.
    pub(crate) fn is_torn(&self) -> bool {
        self.0.open.get().is_some_and(|open| open.is_torn)
    }

    /// Says that what could not be read has come anew.
    pub(crate) fn mend(&mut self) {
        if self.is_torn() {
            self.writable().is_torn = false;
        }
    }

    fn writable(&mut self) -> &mut Open<K, V> {
        self.0.open();
        let open = Arc::make_mut(&mut self.0).open.get_mut();
        open.expect("an open drawer stays open")
    }
}

impl<K: Ord, V: Keyed<K>> Deref for Drawer<K, V> {
    type Target = BTreeMap<K, V>;

    fn deref(&self) -> &BTreeMap<K, V> {
        &self.0.open().rows
    }
}

impl<K: Ord + Clone, V: Keyed<K>> DerefMut for Drawer<K, V> {
    fn deref_mut(&mut self) -> &mut BTreeMap<K, V> {
        &mut self.writable().rows
    }
}

impl<K, V> Clone for Drawer<K, V> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<K, V> Default for Drawer<K, V> {
    fn default() -> Self {
        Self(Arc::new(Inside {
            laid: Mutex::default(),
            open: OnceLock::new(),
        }))
    }
}

impl<K: Ord, V: Keyed<K> + PartialEq> PartialEq for Drawer<K, V> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || **self == **other
    }
}

impl<K: Ord, V: Keyed<K> + Eq> Eq for Drawer<K, V> {}

impl<K: Ord + fmt::Debug, V: Keyed<K> + fmt::Debug> fmt::Debug for Drawer<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl<'a, K: Ord, V: Keyed<K>> IntoIterator for &'a Drawer<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = btree_map::Iter<'a, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
