//! Figures, beside the floor: what each operation costs the server, and whether that is what we
//! want. The server is the released programme, in a process of its own, on a database of its own;
//! its processor time is read from the system, so that the load generator does not count.
//!
//! `bench` runs everything; `bench step save` these only. The bare server always runs: it is the
//! floor of the others. `bench torture 200` measures nothing: it kills the server 200 times; nor does `bench faults 3`: it takes the store away for 3 seconds at a time.

mod bytes;
mod client;
mod faults;
mod floor;
mod load;
mod memory;
mod outside;
mod parts;
mod peer;
mod postgres;
mod process;
mod report;
mod rules;
mod save;
mod site;
mod start;
mod step;
mod torture;

use std::{error::Error, process::ExitCode};

use report::Report;

/// What may go wrong: a bench stops at the first surprise.
type Bench<T> = Result<T, Box<dyn Error + Send + Sync>>;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What may be asked for, in the order it runs.
const ALL: [&str; 9] =
    ["step", "peer", "save", "parts", "rules", "start", "memory", "postgres", "bytes"];

fn main() -> ExitCode {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let done = if asked.first().is_some_and(|word| word == floor::SERVE) {
        floor::serve()
    } else if asked.first().is_some_and(|word| word == torture::WORD) {
        let lives = asked.get(1).and_then(|lives| lives.parse().ok()).unwrap_or(10_000);
        runtime().and_then(|runtime| runtime.block_on(torture::run(lives)))
    } else if asked.first().is_some_and(|word| word == faults::WORD) {
        let seconds = asked.get(1).and_then(|seconds| seconds.parse().ok()).unwrap_or(3);
        runtime().and_then(|runtime| runtime.block_on(faults::run(seconds)))
    } else if let Some(unknown) = asked.iter().find(|word| !ALL.contains(&word.as_str())) {
        Err(format!("« {unknown} » is none of: {}", ALL.join(", ")).into())
    } else {
        run(&asked)
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

/// One thread makes the load: the other core is the server's.
fn run(asked: &[String]) -> Bench<()> {
    runtime()?.block_on(measure(asked))
}

fn runtime() -> Bench<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?)
}

async fn measure(asked: &[String]) -> Bench<()> {
    let wants = |name: &str| asked.is_empty() || asked.iter().any(|word| word == name);
    let began = outside::now();
    let mut report = Report::new();
    floor::run(&mut report).await?;
    if ["step", "peer", "save", "parts", "start", "memory"].into_iter().any(wants) {
        let site = site::Site::on_sqlite().await?;
        if wants("step") || wants("peer") {
            let ours = step::run(&mut report, &site).await?;
            if wants("peer") {
                peer::run(&mut report, ours).await?;
            }
        }
        if wants("save") {
            save::run(&mut report, &site).await?;
        }
        if wants("parts") {
            parts::run(&mut report, &site).await?;
        }
        if wants("start") {
            start::run(&mut report, &site).await?;
        }
        if wants("memory") {
            memory::run(&mut report, &site).await?;
        }
    }
    if wants("rules") {
        rules::run(&mut report)?;
    }
    if wants("postgres") {
        postgres::run(&mut report).await?;
    }
    if wants("bytes") {
        bytes::run(&mut report)?;
    }
    // The floor again: when it moved, the machine was busy and the figures are worth less.
    floor::again(&mut report).await?;
    report.finish(began.elapsed())
}
