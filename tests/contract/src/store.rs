//! Of the app's store: the databases of a device, and its files.

#[path = "../../../app/src/store/ending.rs"]
mod ending;
#[path = "../../../app/src/store/evidence.rs"]
pub(crate) mod evidence;
#[path = "../../../app/src/store/here.rs"]
pub(crate) mod here;
#[path = "../../../app/src/store/indexed_db.rs"]
pub(crate) mod indexed_db;
#[path = "../../../app/src/store/reading.rs"]
mod reading;
#[path = "../../../app/src/store/words.rs"]
mod words;
#[path = "../../../app/src/store/writing.rs"]
mod writing;
