//! Autosave on Postgres, beside what its own bench makes of one statement on the same server.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tokio::process::Command;

use crate::{
    Bench, outside,
    report::{Report, Row},
    save::over_http,
    site::Site,
};

/// An answer written over and its event, in one statement.
const STATEMENT: &str = r"\set place random(1, 5000)
WITH kept AS (
    INSERT INTO bench_answer (place, raw, version) VALUES (:place, 'Une réponse', 1)
    ON CONFLICT (place) DO UPDATE SET raw = excluded.raw, version = bench_answer.version + 1
    RETURNING place, version
)
INSERT INTO bench_event (place, version) SELECT place, version FROM kept;
";
const TABLES: &str = "DROP TABLE IF EXISTS bench_answer, bench_event;
CREATE TABLE bench_answer (place BIGINT PRIMARY KEY, raw TEXT NOT NULL, version BIGINT NOT NULL);
CREATE TABLE bench_event (place BIGINT NOT NULL, version BIGINT NOT NULL);
";

/// Measures it, when there is a server.
pub async fn run(report: &mut Report) -> Bench<()> {
    let Some(url) = outside::postgres_url() else {
        Report::note("postgres: no TRAME_TEST_POSTGRES_URL, see scripts/postgres");
        return Ok(());
    };
    let floor = pgbench(&url).await?;
    if let Some(rate) = floor {
        report.add(Row::value("pgbench, one statement, 16 clients", rate, "/s"));
    }
    let site = Site::on_postgres(&url).await?;
    for connections in [1, 64] {
        let measured = over_http(&site, connections).await?;
        let row = Row::load(format!("autosave, {connections} conn., Postgres"), measured);
        report.add(match floor {
            Some(rate) if connections == 64 => {
                row.beside_rate("pgbench/s", rate).at_least(rate / 2.0)
            }
            _ => row,
        });
    }
    Ok(())
}

/// Transactions a second; `None` without pgbench.
async fn pgbench(url: &str) -> Bench<Option<f64>> {
    let Some(programme) = find() else {
        Report::note("postgres: no pgbench");
        return Ok(None);
    };
    let folder = tempfile::tempdir()?;
    let (tables, statement) = (folder.path().join("tables"), folder.path().join("statement"));
    fs::write(&tables, TABLES)?;
    fs::write(&statement, STATEMENT)?;
    said(&programme, &tables, &["-t", "1"], url).await?;
    let options = ["-M", "prepared", "-c", "16", "-j", "1", "-T", "3"];
    let text = said(&programme, &statement, &options, url).await?;
    let rate = text.lines().find_map(|line| line.strip_prefix("tps = "));
    let rate = rate.and_then(|line| line.split(' ').next()).ok_or("pgbench says no tps")?;
    Ok(Some(rate.parse()?))
}

async fn said(programme: &Path, script: &Path, options: &[&str], url: &str) -> Bench<String> {
    let mut command = Command::new(programme);
    let output = command.arg("-n").args(options).arg("-f").arg(script).arg(url).output().await?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(String::from_utf8_lossy(&output.stderr).into_owned().into())
}

/// Where Debian puts it, or on the path.
fn find() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    versions
        .map(|version| version.path().join("bin/pgbench"))
        .chain(["/usr/bin/pgbench".into(), "/usr/local/bin/pgbench".into()])
        .find(|path| path.exists())
}
