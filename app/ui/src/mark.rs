//! The mark: three warp threads, three weft threads, over and under.

use leptos::prelude::*;

/// The mark of Trame, an interlaced grid. Its colours follow the theme. The name stands beside it.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg viewBox="0 0 28 28" aria-hidden="true" fill="none" stroke-width="3.6">
            <path
                stroke="var(--color-guede)"
                d="M6 1v3M6 10v8M6 24v3M14 1v10.5M14 16.5v10.5M22 1v3M22 10v8M22 24v3"
            ></path>
            <path stroke="var(--color-garance)" d="M1 7h10.5M17 7h10"></path>
            <path stroke="var(--color-gaude-mark)" d="M1 14h3M8.5 14h11M24 14h3"></path>
            <path stroke="var(--color-sauge)" d="M1 21h10.5M17 21h10"></path>
        </svg>
    }
}
