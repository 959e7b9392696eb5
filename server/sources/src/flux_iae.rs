//! `FluxIAE`, the weekly extract of the ASP: structures and annexes financières.
//!
//! Its files have traps that this module knows: the extension says nothing of the container, there
//! is no quoting, the first and last lines may be marks, integers may be written as floats, codes
//! and phone numbers lose their zeros. Columns that hold people's names, e-mails or bank details
//! are dropped while reading: they never reach the memory of the caller.
//!
//! ```no_run
//! use sources::flux_iae::{answers_for, read_files};
//!
//! let flux = read_files(&["flux"]);
//! for file in &flux.report.files {
//!     println!("{}: {} lignes lues, {} refusées", file.file, file.rows_read, file.rows_refused);
//! }
//! for structure in &flux.structures {
//!     let answers = answers_for(structure, &flux.annexes, "ACI", "DC", 2027);
//!     println!("{}: {} réponses à confirmer", structure.name, answers.len());
//! }
//! ```

mod annex;
pub mod container;
mod import;
mod prefill;
mod structure;
pub mod value;
pub mod view;

pub use annex::{
    AnnexState, AspAnnex, Cofinancing, Development, Finance, HeadCount, Measure, Objectives,
    OtherConventions, Staff, StateDates, recomputed_total,
};
pub use import::{
    DEFAULT_LIMIT, FileReport, FluxIae, Note, Outcome, Report, read_files, read_files_within,
};
pub use prefill::{Prefill, Skipped, answers_for, chosen_annex, prefill};
pub use structure::{Address, AspStructure};
pub use view::{Reason, RefusedLine, Row, View};
