//! Time and ULIDs, as this device makes them.

use std::cell::Cell;

use js_sys::Date;
use leptos::prelude::window;
use ulid::Ulid;

thread_local! {
    static LAST: Cell<Ulid> = const { Cell::new(Ulid::nil()) };
}

/// A ULID, after every other one that this page made: rows stand in the order of their ids, and what
/// was typed last goes last, whatever the clock of the device does.
pub fn new_id() -> String {
    let mut random = [0_u8; 16];
    let filled =
        window().crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut random));
    debug_assert!(filled.is_ok());
    let made = Ulid::from_parts(now(), u128::from_le_bytes(random));
    let last = LAST.get();
    // Overflows once in 2^80.
    let next = if made > last { made } else { last.increment().unwrap_or(made) };
    LAST.set(next);
    next.to_string()
}

/// Milliseconds since 1970.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "milliseconds since 1970"
)]
pub fn now() -> u64 {
    Date::now() as u64
}
