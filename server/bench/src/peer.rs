//! The peer: the forms engine of DEFRA (Node and Redis) serving a step of ten questions, in the same
//! run as ours.

use std::{process::Stdio, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::Command,
};

use crate::{
    Bench,
    client::get,
    floor::Reader,
    load,
    process::{self, Pid},
    report::{Report, Row},
};

/// How many times less than the peer an ordinary step should cost.
const RATIO: f64 = 30.0;
/// It installs nothing, but fills its five steps and warms up first.
const PATIENCE: Duration = Duration::from_secs(150);

/// Measures it beside our ordinary step, in microseconds of processor time.
pub async fn run(report: &mut Report, ours: f64) -> Bench<()> {
    let folder = process::root()?.join("server/bench/peers/defra");
    if !folder.join("node_modules").exists() {
        Report::note("peer: not installed, run scripts/bench");
        return Ok(());
    }
    let mut child = Command::new(folder.join("run"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let said = child.stdout.take().ok_or("the peer has no output")?;
    let line = tokio::time::timeout(PATIENCE, BufReader::new(said).lines().next_line()).await??;
    let line = line.ok_or("the peer stopped before it was ready")?;
    let words: Vec<&str> = line.split(' ').collect();
    let &["READY", step, cookies, pids] = words.as_slice() else {
        return Err(format!("the peer says something else: {line}").into());
    };
    let (address, path) = step
        .strip_prefix("http://")
        .and_then(|rest| rest.split_once('/'))
        .ok_or("the peer has no address")?;
    let request = get(&format!("/{path}"), cookies, "");
    let mut readers = Vec::new();
    for _ in 0..8 {
        readers.push(Reader::new(address.parse()?, request.clone(), "</html>").await?);
    }
    let pids: Vec<&str> = pids.split(',').collect();
    let measured = load::run(&mut readers, &Pid::together(&pids)).await?;
    child.kill().await?;
    let kilobytes = readers[0].bytes.div_ceil(1024);
    let name = format!("peer: DEFRA forms engine, 10 fields, {kilobytes} kB, 8 conn.");
    report.add(Row::load(name, measured));
    let ratio = measured.cpu / ours;
    report.add(Row::value("peer: times our ordinary step", ratio, "×").at_least(RATIO));
    Ok(())
}
