//! What other systems already know of a structure, read so that people confirm instead of typing.
//!
//! Everything here reads files that others wrote: any byte may come, nothing panics, sizes are
//! bounded, and what is refused is said line by line. Input and output are synchronous.

pub mod flux_iae;
