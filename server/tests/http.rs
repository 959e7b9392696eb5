//! The real router, on a real `SQLite` file: one module per aspect.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

#[path = "http/access.rs"]
mod access;
#[path = "http/annexes.rs"]
mod annexes;
#[path = "http/annotating.rs"]
mod annotating;
#[path = "http/attachments.rs"]
mod attachments;
#[path = "http/attack.rs"]
mod attack;
#[path = "http/bad_input.rs"]
mod bad_input;
#[path = "http/commission.rs"]
mod commission;
#[path = "http/conventions.rs"]
mod conventions;
#[path = "http/desk.rs"]
mod desk;
#[path = "http/draft_file.rs"]
mod draft_file;
#[path = "http/envelopes.rs"]
mod envelopes;
#[path = "http/faults.rs"]
mod faults;
#[path = "http/follow_up.rs"]
mod follow_up;
#[path = "http/form_post.rs"]
mod form_post;
#[path = "http/forms.rs"]
mod forms;
#[path = "http/identity.rs"]
mod identity;
#[path = "http/instruction.rs"]
mod instruction;
#[path = "http/labs.rs"]
mod labs;
#[path = "http/life.rs"]
mod life;
#[path = "http/live.rs"]
mod live;
#[path = "http/mail.rs"]
mod mail;
#[path = "http/news.rs"]
mod news;
#[path = "http/personal.rs"]
mod personal;
#[path = "http/reading.rs"]
mod reading;
#[path = "http/rights.rs"]
mod rights;
#[path = "http/sharing.rs"]
mod sharing;
#[path = "http/sources.rs"]
mod sources;
#[path = "http/studio.rs"]
mod studio;
#[path = "http/support.rs"]
mod support;
#[path = "http/worklist.rs"]
mod worklist;
