//! Numbers that follow each other without a gap: what takes one keeps it in the same transaction.

use super::Connection;

/// The next number of a series, from 1.
pub(super) async fn next(tx: &mut Connection, series: &str) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "INSERT INTO counter (series, value) VALUES ($1, 1)
         ON CONFLICT (series) DO UPDATE SET value = counter.value + 1
         RETURNING value",
    )
    .bind(series)
    .fetch_one(tx)
    .await
}
