//! Cold start: from nothing to the first answer, on a database that is there.

use crate::{
    Bench,
    report::{Report, Row},
    site::Site,
};

/// Most milliseconds.
const GOAL: f64 = 300.0;

/// Measures it: the median of five, and the memory of a server that did nothing yet.
pub async fn run(report: &mut Report, site: &Site) -> Bench<()> {
    let mut took = Vec::new();
    let mut kilobytes = 0;
    for _ in 0..5 {
        let server = site.server().await?;
        took.push(server.started_in);
        kilobytes = server.pid().pss()?;
        server.kill().await?;
    }
    took.sort();
    let millis = took[2].as_secs_f64() * 1e3;
    report.add(Row::value("start to the first 200", millis, "ms").at_most(GOAL));
    report.add(Row::value("memory when started", f64::from(kilobytes) / 1024.0, "MB"));
    Ok(())
}
