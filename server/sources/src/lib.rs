//! What other systems already know of a structure, read so that people confirm instead of typing.
//!
//! Everything here reads what others wrote: any byte may come, nothing panics, sizes are bounded, and
//! what is refused is said. Files are read synchronously, line by line; other systems are asked over
//! HTTP, in bounded time.

pub mod flux_iae;
pub mod live;
