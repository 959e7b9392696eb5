//! Files as the ASP makes them, in every container, and as they come damaged.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod answers;
mod hostile;
mod made;
mod reading;
