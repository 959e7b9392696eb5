//! Bytes that no row names: an upload that a crash cut between the bytes and the row.

use crate::{Millis, Services, StoreError};

/// How old bytes are before they are looked at: far longer than an upload may last.
const AGE: i64 = 24 * 60 * 60 * 1_000;
/// Keys looked up at once.
const BATCH: usize = 500;

/// Removes them; says how many.
///
/// # Errors
/// When the stores cannot answer; what was removed by then was nobody's.
pub async fn sweep(services: &Services) -> Result<u64, StoreError> {
    let before = Millis(services.now().0 - AGE);
    services.files.forget_begun(before).await?;
    let keys = services.files.keys_before(before).await?;
    let mut removed = 0;
    for batch in keys.chunks(BATCH) {
        let named = services.store.named_objects(batch).await?;
        for key in batch.iter().filter(|key| !named.contains(key)) {
            services.files.remove(key).await?;
            removed += 1;
        }
    }
    Ok(removed)
}
