//! Gathers what is asked at the same moment, and asks it of the database at once: saves share one
//! commit, look-ups share one query. While one batch is out, the next lines up.

use std::{sync::Mutex, time::Duration};

use service::{StoreError, ports::Stored};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

/// Most in one batch.
const MOST: usize = 256;
/// How many may wait; more wait outside, which slows those who ask down.
const WAITING: usize = 1_024;

/// Longest wait for a database that neither answers nor breaks: the next batch has another
/// connection.
const LONGEST: Duration = Duration::from_secs(8);

struct Waiting<Asked, Answer> {
    asked: Asked,
    answer: oneshot::Sender<Stored<Answer>>,
}

type Running<Asked, Answer> = (mpsc::Sender<Waiting<Asked, Answer>>, JoinHandle<()>);

/// A queue, and the task that answers it.
pub(crate) struct Gatherer<Asked, Answer> {
    running: Mutex<Option<Running<Asked, Answer>>>,
}

impl<Asked: Send + 'static, Answer: Send + 'static> Gatherer<Asked, Answer> {
    /// Starts the task. `settle` answers a batch: one answer each, in order, or none at all.
    pub(crate) fn start<W, F>(settle: W) -> Self
    where
        W: Fn(Vec<Asked>) -> F + Send + 'static,
        F: Future<Output = Stored<Vec<Answer>>> + Send,
    {
        let (queue, mut waiting) = mpsc::channel(WAITING);
        let task = tokio::spawn(async move {
            let mut batch: Vec<Waiting<Asked, Answer>> = Vec::with_capacity(MOST);
            while waiting.recv_many(&mut batch, MOST).await > 0 {
                let (asked, senders): (Vec<_>, Vec<_>) =
                    batch.drain(..).map(|Waiting { asked, answer }| (asked, answer)).unzip();
                // A sender who left does not mind: what was asked is done all the same.
                let settled = tokio::time::timeout(LONGEST, settle(asked)).await;
                match settled.unwrap_or(Err(StoreError::Unavailable)) {
                    Ok(answers) => {
                        for (sender, answer) in senders.into_iter().zip(answers) {
                            drop(sender.send(Ok(answer)));
                        }
                    }
                    Err(error) => {
                        for sender in senders {
                            drop(sender.send(Err(error)));
                        }
                        // Who waits already would wait as long for the same answer.
                        if error == StoreError::Unavailable {
                            for _ in 0..waiting.len() {
                                if let Ok(Waiting { answer, .. }) = waiting.try_recv() {
                                    drop(answer.send(Err(error)));
                                }
                            }
                        }
                    }
                }
            }
        });
        Self { running: Mutex::new(Some((queue, task))) }
    }

    /// Lines up; answers once the batch is settled: for a save, once it is durable.
    pub(crate) async fn ask(&self, asked: Asked) -> Stored<Answer> {
        let queue = {
            let running = self.running.lock().map_err(|_| StoreError::Unavailable)?;
            running.as_ref().map(|(queue, _)| queue.clone()).ok_or(StoreError::Unavailable)?
        };
        let (answer, answered) = oneshot::channel();
        queue.send(Waiting { asked, answer }).await.map_err(|_| StoreError::Unavailable)?;
        answered.await.unwrap_or(Err(StoreError::Unavailable))
    }

    /// Takes no more, and returns once what waits is settled.
    pub(crate) async fn close(&self) {
        let running = self.running.lock().ok().and_then(|mut running| running.take());
        if let Some((queue, task)) = running {
            drop(queue);
            // The task only ends by itself; a panic in it was reported already.
            drop(task.await);
        }
    }
}
