//! What a file is, read from its content: a name or a header can say anything.
//!
//! Pictures and PDF tell by their first bytes. Workbooks and text documents are ZIP archives and
//! tell by the names in their directory; one that carries macros is not accepted.

use super::MediaType;

/// The end of an archive's directory, without a comment, and the longest comment after it.
const END: usize = 22;
const MOST_COMMENT: usize = 65_535;
/// One entry of the directory, without its name.
const ENTRY: usize = 46;
/// The most entries that are looked at; a document has some dozens.
const MOST_ENTRIES: usize = 10_000;

pub(super) fn kind(bytes: &[u8]) -> Option<MediaType> {
    if bytes.starts_with(b"\xff\xd8\xff") {
        return Some(MediaType::Jpeg);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some(MediaType::Png);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some(MediaType::Webp);
    }
    if bytes.starts_with(b"%PDF-") {
        return Some(MediaType::Pdf);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return document(bytes);
    }
    None
}

/// The kind of an office document, by the part that makes it one.
fn document(bytes: &[u8]) -> Option<MediaType> {
    let mut found = None;
    for name in names(bytes)? {
        if name.ends_with(b"vbaProject.bin") {
            return None;
        }
        match name {
            b"xl/workbook.xml" => found = Some(MediaType::Xlsx),
            b"word/document.xml" => found = Some(MediaType::Docx),
            _ => {}
        }
    }
    found
}

/// The names in an archive's directory; `None` where it is broken.
fn names(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let earliest = bytes.len().saturating_sub(END + MOST_COMMENT);
    let latest = bytes.len().checked_sub(END)?;
    let end = (earliest..=latest)
        .rev()
        .find(|at| bytes[*at..].starts_with(b"PK\x05\x06"))?;
    let mut at = usize::try_from(long(bytes, end + 16)?).ok()?;
    let mut names = Vec::new();
    while bytes.get(at..)?.starts_with(b"PK\x01\x02") && names.len() < MOST_ENTRIES {
        let (name, extra) = (short(bytes, at + 28)?, short(bytes, at + 30)?);
        let comment = short(bytes, at + 32)?;
        let from = at.checked_add(ENTRY)?;
        names.push(bytes.get(from..from + name)?);
        at = from + name + extra + comment;
    }
    Some(names)
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    let field = bytes.get(at..at + 2)?;
    Some(usize::from(u16::from_le_bytes(field.try_into().ok()?)))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let field = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes(field.try_into().ok()?))
}
