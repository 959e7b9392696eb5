//! A square that a telephone reads.

use leptos::prelude::*;

/// A QR code, as the path of its dark squares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    /// Squares on a side, the quiet zone included.
    pub side: usize,
    /// The path.
    pub path: String,
}

/// The code to scan. Dark on light whatever the theme: cameras want it so.
#[component]
pub fn QrCode(
    /// The code; none when what it says is too long for one.
    qr: Option<Qr>,
    /// What it is, for who does not see it.
    says: &'static str,
) -> impl IntoView {
    qr.map(|qr| {
        let box_of = format!("0 0 {0} {0}", qr.side);
        view! {
            <svg class="qr" viewBox=box_of role="img" aria-label=says shape-rendering="crispEdges">
                <rect width="100%" height="100%" fill="#fff"></rect>
                <path d=qr.path fill="#000"></path>
            </svg>
        }
    })
}
