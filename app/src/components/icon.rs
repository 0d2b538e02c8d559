//! Icons: strokes in a 24 by 24 box, drawn inline so that they need no request and follow the text.

use leptos::prelude::*;

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Glyph {
    /// A sheet with lines: a plan.
    Plan,
    /// A sun over a line: today.
    Today,
    /// A pen: a report.
    Report,
    /// A seal with a tick: approving and judging.
    Review,
    /// A tree of boxes: the organisation.
    Organisation,
    /// A head and shoulders: oneself.
    Me,
    /// An arrow into a tray: import.
    Import,
    /// An arrow out of a tray: a copy for oneself.
    Download,
    /// A tick.
    Tick,
    /// A cross.
    Cross,
    /// A plus.
    Plus,
    /// A clock.
    Clock,
    /// A triangle with a mark.
    Warning,
    /// A device.
    Device,
    /// A cloud with a tick.
    Cloud,
    /// A cloud with a stroke through it.
    CloudOff,
    /// Two arrows in a circle.
    Turning,
    /// An arrow to the left.
    Back,
    /// An arrow to the right.
    Forward,
    /// A chevron to the left.
    Chevron,
    /// A pair of scales: balance.
    Balance,
    /// A bin.
    Bin,
    /// A lamp: a hint.
    Hint,
    /// An empty tray.
    Tray,
    /// An arrow that turns back.
    Return,
    /// A lock.
    Lock,
    /// A camera: take a photo.
    Camera,
    /// A clip: attach a file.
    Clip,
    /// A sheet with a folded corner: a file.
    File,
    /// A minus.
    Minus,
    /// A printer.
    Print,
    /// An arrow up.
    Up,
    /// An arrow down.
    Down,
    /// Six dots: what one drags by.
    Grip,
    /// Two sheets: copying.
    Copy,
    /// A board with a clip: pasting.
    Paste,
    /// A bent arrow to the left: taking back.
    Undo,
    /// A bent arrow to the right: doing again.
    Redo,
    /// A lens: searching.
    Search,
}

const fn path(glyph: Glyph) -> &'static str {
    match glyph {
        Glyph::Plan => "M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h5",
        Glyph::Today => {
            "M4 18h16M7 14a5 5 0 0 1 10 0M12 4v2M4.5 8.5l1.5 1M19.5 8.5l-1.5 1M2 14h2M20 14h2"
        }
        Glyph::Report => "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
        Glyph::Review => "M4 4h11v7M4 4v16h7M7 8h5M7 12h3M13 17l3 3 5-6",
        Glyph::Organisation => "M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM12 8v4M6 16v-4h12v4",
        Glyph::Me => "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 3.5-6 8-6s8 2 8 6",
        Glyph::Import => "M12 3v11M8 10l4 4 4-4M4 15v5h16v-5",
        Glyph::Download => "M12 14V3M8 7l4-4 4 4M4 15v5h16v-5",
        Glyph::Tick => "M5 12.5l4.5 4.5L19 7",
        Glyph::Cross => "M6 6l12 12M18 6L6 18",
        Glyph::Plus => "M12 5v14M5 12h14",
        Glyph::Clock => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2",
        Glyph::Warning => "M12 4l9 16H3zM12 10v4M12 17.2v.1",
        Glyph::Device => "M7 2.5h10v19H7zM11 18.5h2",
        Glyph::Cloud => {
            "M7 18a4.5 4.5 0 0 1-.6-8.96A6 6 0 0 1 18 9.5a4.3 4.3 0 0 1-.5 8.5zM9 13.5l2 2 4-4"
        }
        Glyph::CloudOff => {
            "M8 7.2A6 6 0 0 1 18 9.5a4.3 4.3 0 0 1 2.2 7.3M17 18H7a4.5 4.5 0 0 1-1-8.9M4 3l17 17"
        }
        Glyph::Turning => {
            "M20 11a8 8 0 0 0-14.5-3.5L4 9M4 4v5h5M4 13a8 8 0 0 0 14.5 3.5L20 15M20 20v-5h-5"
        }
        Glyph::Back => "M20 12H5M11 6l-6 6 6 6",
        Glyph::Forward => "M4 12h15M13 6l6 6-6 6",
        Glyph::Chevron => "M14.5 6l-6 6 6 6",
        Glyph::Balance => "M12 4v16M7 20h10M5 7h14M5 7l-3 7h6zM19 7l-3 7h6z",
        Glyph::Bin => "M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13M10 11v5M14 11v5",
        Glyph::Hint => "M9 18h6M10 21h4M8.5 15a6 6 0 1 1 7 0l-.5 3H9z",
        Glyph::Tray => "M4 14l3-9h10l3 9v5H4zM4 14h5l1 2h4l1-2h5",
        Glyph::Return => "M9 6L4 11l5 5M4 11h10a6 6 0 0 1 6 6v2",
        Glyph::Up => "M12 19V6M6 12l6-6 6 6",
        Glyph::Down => "M12 5v13M6 12l6 6 6-6",
        Glyph::Grip => "M9 6v.1M15 6v.1M9 12v.1M15 12v.1M9 18v.1M15 18v.1",
        Glyph::Copy => "M8 8h12v12H8zM16 8V4H4v12h4",
        Glyph::Paste => "M9 5H6v16h12V5h-3M9 3h6v4H9zM9 12h6M9 16h4",
        Glyph::Undo => "M8 5L3 10l5 5M3 10h11a6 6 0 0 1 0 12h-3",
        Glyph::Redo => "M16 5l5 5-5 5M21 10H10a6 6 0 0 0 0 12h3",
        Glyph::Search => "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L21 21",
        Glyph::Lock => "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
        Glyph::Camera => {
            "M4 8h3.5L9 5.5h6L16.5 8H20v11H4zM12 16.5a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6z"
        }
        Glyph::Clip => {
            "M19 11l-7.5 7.5a4.6 4.6 0 0 1-6.5-6.5L13 4a3 3 0 0 1 4.3 4.3L9.8 15.8a1.4 1.4 0 0 1-2-2L14 7.6"
        }
        Glyph::File => "M6 3h8l4 4v14H6zM14 3v4h4",
        Glyph::Minus => "M5 12h14",
        Glyph::Print => "M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z",
    }
}

/// Draws an icon; the words beside it carry the meaning.
#[component]
pub(crate) fn Icon(
    /// What is drawn.
    #[prop(into)]
    glyph: Signal<Glyph>,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=move || path(glyph.get()) />
        </svg>
    }
}
