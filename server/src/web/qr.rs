//! Squares that telephones read.

use std::fmt::Write;

use app::pages::qr::Qr;
use qrcode::{Color, QrCode};

/// Light squares around a code, that cameras need.
const QUIET: usize = 4;

/// The squares of a code; `None` when the address is too long for one.
pub fn qr(text: &str) -> Option<Qr> {
    let code = QrCode::new(text).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (rank, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let (x, y) = (rank % width + QUIET, rank / width + QUIET);
            // Writing to a text does not fail.
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    Some(Qr { side: width + 2 * QUIET, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_squares_and_a_quiet_zone() {
        let code = qr("https://trame.example/a/BCDFGH").unwrap();
        assert!(code.side >= 21 + 2 * QUIET);
        assert!(
            code.path.starts_with("M4 4h1v1h-1z"),
            "the corner mark begins after the quiet zone"
        );
    }
}
