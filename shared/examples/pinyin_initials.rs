//! Writes the table of pinyin initials that the app searches by, from lines of standard input: the
//! number of a character in hexadecimal digits, a space, the letters with which its readings begin.
//!
//! `cargo xtask pinyin` feeds it; what a table is, the product alone says.

use std::io::{BufRead, Error, Write};

use shared::search::{COVERED, Initials};

fn main() -> std::io::Result<()> {
    let mut letters = vec![0_u32; COVERED.count()];
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let wrong = || Error::other(format!("not a character and its letters: {line}"));
        let (character, initials) = line.split_once(' ').ok_or_else(wrong)?;
        let character = u32::from_str_radix(character, 16).map_err(|_| wrong())?;
        let at = character.checked_sub(*COVERED.start()).ok_or_else(wrong)?;
        let set = letters.get_mut(at as usize).ok_or_else(wrong)?;
        for letter in initials.bytes() {
            if !letter.is_ascii_lowercase() {
                return Err(wrong());
            }
            *set |= 1 << (letter - b'a');
        }
    }
    std::io::stdout().write_all(&Initials::write(&letters))
}
