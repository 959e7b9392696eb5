//! The clock and the environment: the application takes them as arguments, a bench measures them.

use std::time::Instant;

/// Now.
#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
pub fn now() -> Instant {
    Instant::now()
}

/// A Postgres of our own to measure on, when there is one.
#[expect(clippy::disallowed_methods, reason = "the same variable as in the tests of the store")]
pub fn postgres_url() -> Option<String> {
    std::env::var("TRAME_TEST_POSTGRES_URL").ok().filter(|url| !url.is_empty())
}

/// Its folder, when it is ours to stop and start: see `scripts/postgres`.
#[expect(clippy::disallowed_methods, reason = "set by the script that started it")]
pub fn postgres_folder() -> Option<String> {
    std::env::var("TRAME_TEST_POSTGRES_FOLDER").ok()
}
