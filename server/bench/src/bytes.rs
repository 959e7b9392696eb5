//! Bytes on the way to a live wizard: what `scripts/size` counts, beside its budget.

use std::{fs, path::Path};

use crate::{
    Bench, process,
    report::{Report, Row},
};

/// An empty Leptos page that counts clicks, built with the same options.
const COUNTER: f64 = 33.5;

/// Adds up what is built.
pub fn run(report: &mut Report) -> Bench<()> {
    let target = process::target()?;
    let root = process::root()?;
    let budget = fs::read_to_string(root.join("scripts/size-budget"))?;
    let budget: u32 = budget.lines().find(|l| !l.starts_with('#')).ok_or("no budget")?.parse()?;
    let site = target.join("site");
    let bytes = packed(&site)? + packed(&site.join("pkg"))?;
    if bytes == 0 {
        Report::note("bytes: nothing in target/site, run scripts/build");
        return Ok(());
    }
    let kilobytes = f64::from(u32::try_from(bytes)?) / 1e3;
    report.add(
        Row::value("WASM and script, brotli", kilobytes, "kB")
            .beside("a counter", COUNTER)
            .at_most(f64::from(budget) / 1e3),
    );
    Ok(())
}

fn packed(folder: &Path) -> Bench<u64> {
    let Ok(files) = fs::read_dir(folder) else { return Ok(0) };
    let mut bytes = 0;
    for file in files {
        let file = file?;
        let name = file.file_name().to_string_lossy().into_owned();
        if name.ends_with(".wasm.br") || name.ends_with(".js.br") {
            bytes += file.metadata()?.len();
        }
    }
    Ok(bytes)
}
