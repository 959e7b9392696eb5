//! Small pieces of a page, one per file. They know nothing of dossiers: words, numbers and
//! addresses come in as arguments, and the style sheet (`style/`) gives them their look.
//!
//! ```
//! # #[cfg(feature = "ssr")] {
//! use leptos::prelude::*;
//! use ui::{IconName, Tag};
//!
//! let owner = Owner::new();
//! let html = owner.with(|| view! { <Tag tone="t-sauge" icon=IconName::Check text="Accepté" /> }.to_html());
//! assert!(html.contains("tag t-sauge"));
//! # }
//! ```

mod banner;
mod counters;
mod error_summary;
mod icon;
mod key_figure;
mod mark;
mod progress_bar;
mod tag;
mod text_area;

pub use banner::{Banner, BannerProps};
pub use counters::{Counters, CountersProps};
pub use error_summary::{ErrorSummary, ErrorSummaryProps};
pub use icon::{Icon, IconName, IconProps};
pub use key_figure::{KeyFigure, KeyFigureProps};
pub use mark::Mark;
pub use progress_bar::{ProgressBar, ProgressBarProps};
pub use tag::{Tag, TagProps};
pub use text_area::{TextArea, TextAreaProps};
