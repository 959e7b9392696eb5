//! Gathers the saves that wait into one transaction: while one is being made durable, the next ones
//! line up and share the following commit.

use std::sync::Mutex;

use service::{
    StoreError,
    ports::Stored,
    saving::{Decision, Save},
};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

/// Most saves in one transaction.
const MOST: usize = 256;
/// Saves that may wait; more wait outside, which slows senders down.
const WAITING: usize = 1_024;

type Answer = Stored<Option<Decision>>;

struct Waiting {
    save: Save,
    answer: oneshot::Sender<Answer>,
}

/// The queue of saves and the task that writes them.
pub(crate) struct Gatherer {
    running: Mutex<Option<(mpsc::Sender<Waiting>, JoinHandle<()>)>>,
}

impl Gatherer {
    /// Starts the task. `write` makes one transaction of many saves: one answer each, or none done.
    pub(crate) fn start<W, F>(write: W) -> Self
    where
        W: Fn(Vec<Save>) -> F + Send + 'static,
        F: Future<Output = Stored<Vec<Option<Decision>>>> + Send,
    {
        let (queue, mut waiting) = mpsc::channel(WAITING);
        let task = tokio::spawn(async move {
            let mut batch: Vec<Waiting> = Vec::with_capacity(MOST);
            while waiting.recv_many(&mut batch, MOST).await > 0 {
                let (saves, answers): (Vec<_>, Vec<_>) =
                    batch.drain(..).map(|Waiting { save, answer }| (save, answer)).unzip();
                // A sender who left does not mind: the save is kept all the same.
                match write(saves).await {
                    Ok(decisions) => {
                        for (answer, decision) in answers.into_iter().zip(decisions) {
                            drop(answer.send(Ok(decision)));
                        }
                    }
                    Err(error) => {
                        for answer in answers {
                            drop(answer.send(Err(error)));
                        }
                    }
                }
            }
        });
        Self { running: Mutex::new(Some((queue, task))) }
    }

    /// Lines up a save; answers once it is durable.
    pub(crate) async fn save(&self, save: Save) -> Answer {
        let queue = {
            let running = self.running.lock().map_err(|_| StoreError::Unavailable)?;
            running.as_ref().map(|(queue, _)| queue.clone()).ok_or(StoreError::Unavailable)?
        };
        let (answer, answered) = oneshot::channel();
        queue.send(Waiting { save, answer }).await.map_err(|_| StoreError::Unavailable)?;
        answered.await.unwrap_or(Err(StoreError::Unavailable))
    }

    /// Takes no more saves, and returns once those that wait are written.
    pub(crate) async fn close(&self) {
        let running = self.running.lock().ok().and_then(|mut running| running.take());
        if let Some((queue, task)) = running {
            drop(queue);
            // The task only ends by itself; a panic in it was reported already.
            drop(task.await);
        }
    }
}
