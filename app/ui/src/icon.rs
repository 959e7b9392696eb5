//! Line icons, drawn in the colour of the text.

use leptos::prelude::*;

/// The icons. Each stands next to a word, never alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IconName {
    /// One place down.
    ArrowDown,
    /// Back.
    ArrowLeft,
    /// Onward.
    ArrowRight,
    /// One place up.
    ArrowUp,
    /// A day, a deadline.
    Calendar,
    /// Done, right, accepted.
    Check,
    /// To take away.
    Download,
    /// To look at, being looked at.
    Eye,
    /// Something to know.
    Info,
    /// Certified, cannot be changed.
    Lock,
    /// No network.
    Offline,
    /// To write, written.
    Pencil,
    /// To add.
    Plus,
    /// To print.
    Print,
    /// To remove.
    Trash,
    /// To take back.
    Undo,
    /// A person.
    User,
    /// Something is wrong.
    Warning,
}

impl IconName {
    /// Every icon.
    pub const ALL: [Self; 18] = [
        Self::ArrowDown,
        Self::ArrowLeft,
        Self::ArrowRight,
        Self::ArrowUp,
        Self::Calendar,
        Self::Check,
        Self::Download,
        Self::Eye,
        Self::Info,
        Self::Lock,
        Self::Offline,
        Self::Pencil,
        Self::Plus,
        Self::Print,
        Self::Trash,
        Self::Undo,
        Self::User,
        Self::Warning,
    ];

    /// The strokes, on a square of 24.
    pub const fn path(self) -> &'static str {
        match self {
            Self::ArrowDown => "M12 4v15M6 13l6 6 6-6",
            Self::ArrowLeft => "M20 12H5M11 6l-6 6 6 6",
            Self::ArrowRight => "M4 12h15M13 6l6 6-6 6",
            Self::ArrowUp => "M12 20V5M6 11l6-6 6 6",
            Self::Calendar => "M4.5 6h15v14h-15zM4.5 10.5h15M8.5 3.5v4M15.5 3.5v4",
            Self::Check => "M4 12.5l5 5L20 6.5",
            Self::Download => "M12 4v11M7 10.5l5 5 5-5M4.5 20h15",
            Self::Eye => {
                "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z\
                 M12 9.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6z"
            }
            Self::Info => "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 11v5.5M12 7.6v.1",
            Self::Lock => {
                "M7 10.5h10a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2v-6a2 2 0 0 1 2-2zM8 10.5V8a4 4 0 0 1 8 0v2.5"
            }
            Self::Offline => {
                "M3 3l18 18M7 18.5h10.5M6.5 9.5A4.5 4.5 0 0 0 7 18.5\
                 M9.5 6.4A5.6 5.6 0 0 1 17 10a4.2 4.2 0 0 1 3.6 6.5"
            }
            Self::Pencil => "M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19zM14 6.5l3.5 3.5",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Print => "M7 8.5V3.5h10v5M7 17H4.5V8.5h15V17H17M7 14h10v6.5H7z",
            Self::Trash => "M4.5 6.5h15M9.5 6.5v-3h5v3M6.5 6.5l1 14h9l1-14M10.2 10.5v6M13.8 10.5v6",
            Self::Undo => "M4.5 9.5H14a5.5 5.5 0 0 1 0 11H8M8.5 5l-4 4.5 4 4.5",
            Self::User => "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4.5 20.5a7.5 7.5 0 0 1 15 0",
            Self::Warning => "M12 3.5 2.5 20h19zM12 10v4.5M12 17.4v.1",
        }
    }
}

/// An icon. Hidden from screen readers: the word beside it says the same.
#[component]
pub fn Icon(
    /// Which one.
    name: IconName,
) -> impl IntoView {
    view! {
        <svg class="ic" viewBox="0 0 24 24" aria-hidden="true">
            <path d=name.path()></path>
        </svg>
    }
}
