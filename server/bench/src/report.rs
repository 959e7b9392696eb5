//! The table, and the same as JSON.

use std::{fs, process::Command, time::Duration};

use serde::Serialize;

use crate::{Bench, load::Measured, process};

/// One line of the report.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    operation: String,
    /// Processor time of one operation, in microseconds.
    cpu_us: Option<f64>,
    per_second: Option<f64>,
    p50_ms: Option<f64>,
    p99_ms: Option<f64>,
    /// What is neither: a size, a duration.
    value: Option<f64>,
    unit: &'static str,
    floor: Option<Floor>,
    goals: Vec<Goal>,
}

/// The least it can be, and how far we are.
#[derive(Clone, Debug, Serialize)]
struct Floor {
    what: &'static str,
    value: f64,
    ratio: f64,
}

/// What we want.
#[derive(Clone, Debug, Serialize)]
struct Goal {
    text: String,
    met: bool,
}

impl Row {
    /// An operation under load.
    pub fn load(operation: impl Into<String>, measured: Measured) -> Self {
        let Measured { cpu, rate, p50, p99 } = measured;
        Self {
            cpu_us: Some(cpu),
            per_second: Some(rate),
            p50_ms: Some(p50),
            p99_ms: Some(p99),
            ..Self::value(operation, 0.0, "").without_value()
        }
    }

    /// One figure.
    pub fn value(operation: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self {
            operation: operation.into(),
            cpu_us: None,
            per_second: None,
            p50_ms: None,
            p99_ms: None,
            value: Some(value),
            unit,
            floor: None,
            goals: Vec::new(),
        }
    }

    fn without_value(self) -> Self {
        Self { value: None, ..self }
    }

    /// Beside a floor: of the figure if there is one, otherwise of the processor time.
    pub fn beside(mut self, what: &'static str, floor: f64) -> Self {
        if let Some(ours) = self.value.or(self.cpu_us) {
            self.floor = Some(Floor { what, value: floor, ratio: ours / floor });
        }
        self
    }

    /// Beside a floor of operations a second.
    pub fn beside_rate(mut self, what: &'static str, floor: f64) -> Self {
        if let Some(ours) = self.per_second {
            self.floor = Some(Floor { what, value: floor, ratio: ours / floor });
        }
        self
    }

    /// Wants at most this much processor time, in microseconds.
    pub fn within(mut self, most: f64) -> Self {
        let met = self.cpu_us.is_some_and(|cpu| cpu <= most);
        self.goals.push(Goal { text: format!("≤ {most} µs"), met });
        self
    }

    /// Wants at least this figure, or this many operations a second.
    pub fn at_least(mut self, least: f64) -> Self {
        let (figure, unit) =
            self.value.map_or((self.per_second, "/s"), |value| (Some(value), self.unit));
        let met = figure.is_some_and(|figure| figure >= least);
        self.goals.push(Goal { text: format!("≥ {least:.0}{unit}"), met });
        self
    }

    /// Wants at most this figure.
    pub fn at_most(mut self, most: f64) -> Self {
        let met = self.value.is_some_and(|value| value <= most);
        self.goals.push(Goal { text: format!("≤ {most} {}", self.unit), met });
        self
    }

    fn cells(&self) -> [String; 9] {
        let number = |value: Option<f64>, digits: usize| {
            value.map_or_else(String::new, |value| format!("{value:.digits$}"))
        };
        let digits = |value: f64| usize::from(value < 100.0);
        let figure = match self.value {
            Some(value) => format!("{value:.0$} {1}", digits(value), self.unit),
            None => number(self.cpu_us, self.cpu_us.map_or(0, digits)),
        };
        let floor = self.floor.as_ref();
        let goals: Vec<&str> = self.goals.iter().map(|goal| goal.text.as_str()).collect();
        let met = match self.goals.iter().filter(|goal| !goal.met).count() {
            _ if self.goals.is_empty() => "",
            0 => "met",
            _ => "NOT MET",
        };
        [
            self.operation.clone(),
            figure,
            number(self.per_second, 0),
            number(self.p50_ms, 3),
            number(self.p99_ms, 3),
            floor.map_or_else(String::new, |f| {
                format!("{:.*} {}", digits(f.value), f.value, f.what)
            }),
            floor.map_or_else(String::new, |f| format!("× {:.2}", f.ratio)),
            goals.join(", "),
            met.to_owned(),
        ]
    }
}

/// Everything measured so far.
pub struct Report {
    /// Processor time of the bare server, in microseconds.
    pub hello: f64,
    load_before: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Json<'a> {
    commit: String,
    processor: String,
    cores: usize,
    load_before: &'a str,
    load_after: String,
    seconds: f64,
    rows: &'a [Row],
}

impl Report {
    /// An empty report, at this load of the machine.
    pub fn new() -> Self {
        Self { hello: 0.0, load_before: load_average(), rows: Vec::new() }
    }

    /// Adds a line, and says it at once: the whole takes minutes.
    pub fn add(&mut self, row: Row) {
        let cells = row.cells();
        eprintln!("  {} … {} {}", cells[0], cells[1], cells[8]);
        self.rows.push(row);
    }

    /// Says something that is not a figure.
    pub fn note(text: &str) {
        eprintln!("  {text}");
    }

    /// Prints the table and keeps the JSON.
    pub fn finish(&self, took: Duration) -> Bench<()> {
        let load_after = load_average();
        let mut lines = vec![
            ["operation", "CPU µs", "per s", "p50 ms", "p99 ms", "floor", "ratio", "goal", ""]
                .map(str::to_owned),
        ];
        lines.extend(self.rows.iter().map(Row::cells));
        let mut widths = [0; 9];
        for line in &lines {
            for (width, cell) in widths.iter_mut().zip(line) {
                *width = (*width).max(cell.chars().count());
            }
        }
        for line in &lines {
            let mut text = String::new();
            for (column, (cell, width)) in line.iter().zip(widths).enumerate() {
                let pad = " ".repeat(width - cell.chars().count());
                let figures = (1..5).contains(&column) || column == 6;
                let (left, right) = if figures { (&pad, cell) } else { (cell, &pad) };
                text.extend([left.as_str(), right.as_str(), "  "]);
            }
            println!("{}", text.trim_end());
        }
        println!("load average: {} before, {load_after} after", self.load_before);
        let json = Json {
            commit: commit(),
            processor: processor(),
            cores: std::thread::available_parallelism().map_or(0, usize::from),
            load_before: &self.load_before,
            load_after,
            seconds: took.as_secs_f64(),
            rows: &self.rows,
        };
        let path = process::target()?.join("bench.json");
        fs::write(path, serde_json::to_vec_pretty(&json)?)?;
        Ok(())
    }
}

fn load_average() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or_default().to_owned()
}

fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("model name"));
    line.and_then(|line| line.split_once(": ")).map_or_else(String::new, |(_, name)| name.into())
}

/// The commit measured, when git knows.
fn commit() -> String {
    let said = Command::new("git").args(["describe", "--always", "--dirty"]).output();
    said.map_or_else(
        |_| String::new(),
        |said| String::from_utf8_lossy(&said.stdout).trim().to_owned(),
    )
}
