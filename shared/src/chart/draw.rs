//! Drawing: shapes, words and marks as SVG, named by classes that the style colours.
//!
//! The same text is shown in the page and handed out as a file. Every word is escaped, because
//! people wrote some of them.

use std::fmt::Write as _;

/// Where a text stands to its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// It is centred there.
    Middle,
    /// It ends there.
    End,
}

/// A rectangle, in units of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// Left edge.
    pub x: i64,
    /// Upper edge.
    pub y: i64,
    /// Width.
    pub width: i64,
    /// Height.
    pub height: i64,
}

/// A drawing in the making.
#[derive(Debug, Clone)]
pub struct Drawing {
    name: String,
    width: i64,
    height: i64,
    body: String,
    marks: usize,
}

impl Drawing {
    /// Begins one. `name` distinguishes its patterns from those of other drawings on the page.
    pub fn new(name: &str, width: i64, height: i64) -> Self {
        Self {
            name: name.to_owned(),
            width,
            height,
            body: String::new(),
            marks: 0,
        }
    }

    /// A straight line.
    pub fn line(&mut self, class: &str, from: (i64, i64), to: (i64, i64)) {
        let ((x1, y1), (x2, y2)) = (from, to);
        self.put(format_args!(
            r#"<line class="{class}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>"#
        ));
    }

    /// A rectangle; `pattern` fills it with the hatching of that name.
    pub fn area(&mut self, class: &str, area: Area, pattern: Option<&str>) {
        let Area {
            x,
            y,
            width,
            height,
        } = area;
        self.put(format_args!(
            r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}""#
        ));
        if let Some(pattern) = pattern {
            let name = self.name.clone();
            self.put(format_args!(r#" fill="url(#{name}-{pattern})""#));
        }
        self.body.push_str("/>");
    }

    /// A line through points; `closed` makes it a surface.
    pub fn way(&mut self, class: &str, points: &[(i64, i64)], closed: bool) {
        let mut path = String::new();
        for (place, (x, y)) in points.iter().enumerate() {
            let pen = if place == 0 { 'M' } else { 'L' };
            // Writing to a string cannot fail.
            let _ = write!(path, "{pen}{x} {y}");
        }
        if closed {
            path.push('Z');
        }
        self.put(format_args!(r#"<path class="{class}" d="{path}"/>"#));
    }

    /// Words at a point, on their base line.
    pub fn text(&mut self, class: &str, anchor: Anchor, (x, y): (i64, i64), words: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let words = escaped(words);
        self.put(format_args!(
            r#"<text class="{class}" x="{x}" y="{y}" text-anchor="{anchor}">{words}</text>"#
        ));
    }

    /// A place that can be reached with the keyboard and says its value. The first one is where the
    /// keyboard enters; arrows lead on from there.
    pub fn mark(&mut self, area: Area, words: &str) {
        let Area {
            x,
            y,
            width,
            height,
        } = area;
        let (words, entry) = (escaped(words), if self.marks == 0 { 0 } else { -1 });
        self.marks += 1;
        self.put(format_args!(
            r#"<rect class="chart-mark" role="img" tabindex="{entry}" aria-label="{words}" x="{x}" y="{y}" width="{width}" height="{height}"/>"#
        ));
    }

    /// The whole drawing, with what those hear who do not see it.
    pub fn finish(self, title: &str) -> String {
        let Self {
            name,
            width,
            height,
            body,
            ..
        } = self;
        let title = escaped(title);
        let hatch = |kind: &str, turn: i32, gap: i32| {
            format!(
                r#"<pattern id="{name}-{kind}" width="{gap}" height="{gap}" patternUnits="userSpaceOnUse" patternTransform="rotate({turn})"><rect class="chart-hatch-ground" width="{gap}" height="{gap}"/><line class="chart-hatch" y2="{gap}"/></pattern>"#
            )
        };
        let (wide, narrow) = (hatch("wide", 45, 8), hatch("narrow", -45, 5));
        format!(
            r#"<svg class="chart-drawing" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group" aria-label="{title}"><defs>{wide}{narrow}</defs><rect class="chart-ground" width="{width}" height="{height}"/>{body}</svg>"#
        )
    }

    fn put(&mut self, part: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.body.write_fmt(part);
    }
}

/// Words as they may stand in SVG, between tags and between quotes.
fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            '\'' => text.push_str("&#39;"),
            letter => text.push(letter),
        }
    }
    text
}
