//! Small pictures beside or instead of words. Whoever shows one alone gives it a name.

use yew::prelude::*;

/// What the picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    Up,
    Down,
    Cross,
    Plus,
    Upload,
    Download,
    File,
    Warning,
}

impl Glyph {
    /// The lines, on a square of 24.
    fn path(self) -> &'static str {
        match self {
            Self::Up => "M12 19V5M6 11l6-6 6 6",
            Self::Down => "M12 5v14M6 13l6 6 6-6",
            Self::Cross => "M6 6l12 12M18 6L6 18",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Upload => "M12 16V4M7 9l5-5 5 5M4 15v3a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-3",
            Self::Download => "M12 4v12M7 11l5 5 5-5M4 15v3a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-3",
            Self::File => "M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8zM14 3v5h5",
            Self::Warning => "M12 4L2.8 20h18.4zM12 10v4.5M12 17.2v.3",
        }
    }
}

/// A picture in the colour of the text around it.
pub fn icon(glyph: Glyph) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d={glyph.path()} />
        </svg>
    }
}
