//! Load: lanes that each do one thing after another, all at once, for a while.

use std::time::{Duration, Instant};

use futures::future::try_join_all;

use crate::{Bench, outside, process::Pid};

/// Not measured: caches fill, connections open.
const WARM_UP: Duration = Duration::from_millis(700);
/// Measured.
const MEASURED: Duration = Duration::from_millis(2_500);
/// Measured, for what runs in this thread.
const SPIN: Duration = Duration::from_millis(800);

/// Somebody who does one thing after another.
pub trait Lane {
    /// Does it once, and checks what came of it.
    async fn once(&mut self) -> Bench<()>;
}

/// What a load came to.
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    /// Processor time of one operation, in microseconds.
    pub cpu: f64,
    /// Operations a second.
    pub rate: f64,
    /// Milliseconds within which half of them were done.
    pub p50: f64,
    /// Milliseconds within which all but one in a hundred were done.
    pub p99: f64,
}

impl Measured {
    fn of(mut took: Vec<Duration>, cpu: Duration, elapsed: Duration) -> Bench<Self> {
        took.sort_unstable();
        let rank = |hundredths: usize| took.get(took.len() * hundredths / 100);
        let millis = |rank: Option<&Duration>| rank.map_or(0.0, |d| d.as_secs_f64() * 1e3);
        let count = f64::from(u32::try_from(took.len())?);
        if count < 1.0 {
            return Err("nothing was done in the time measured".into());
        }
        Ok(Self {
            cpu: cpu.as_secs_f64() * 1e6 / count,
            rate: count / elapsed.as_secs_f64(),
            p50: millis(rank(50)),
            p99: millis(rank(99)),
        })
    }
}

/// Keeps all lanes busy, and measures the process that serves them.
pub async fn run<L: Lane>(lanes: &mut [L], pid: &Pid) -> Bench<Measured> {
    let start = outside::now() + WARM_UP;
    let end = start + MEASURED;
    let watch = async {
        tokio::time::sleep_until(start.into()).await;
        let (before, from) = (pid.cpu()?, outside::now());
        tokio::time::sleep_until(end.into()).await;
        let (after, to) = (pid.cpu()?, outside::now());
        Ok((after.saturating_sub(before), to - from))
    };
    let work = try_join_all(lanes.iter_mut().map(|lane| busy(lane, start, end)));
    let (took, measured): (Bench<Vec<Vec<Duration>>>, Bench<_>) = tokio::join!(work, watch);
    let (cpu, elapsed) = measured?;
    Measured::of(took?.concat(), cpu, elapsed)
}

async fn busy<L: Lane>(lane: &mut L, start: Instant, end: Instant) -> Bench<Vec<Duration>> {
    let mut took = Vec::with_capacity(1 << 12);
    loop {
        let began = outside::now();
        lane.once().await?;
        let done = outside::now();
        if done >= end {
            return Ok(took);
        }
        if done >= start {
            took.push(done - began);
        }
    }
}

/// Does something in this thread, again and again.
pub fn spin<T>(mut work: impl FnMut() -> T) -> Bench<Measured> {
    let pid = Pid::ours();
    std::hint::black_box(work());
    let (before, start) = (pid.cpu()?, outside::now());
    let mut took = Vec::with_capacity(1 << 16);
    while start.elapsed() < SPIN {
        let began = outside::now();
        std::hint::black_box(work());
        took.push(began.elapsed());
    }
    let (elapsed, cpu) = (start.elapsed(), pid.cpu()?.saturating_sub(before));
    Measured::of(took, cpu, elapsed)
}
