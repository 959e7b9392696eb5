//! What is kept on this device until the server has it: an `IndexedDB` store keyed by person, dossier
//! and operation. When the device refuses (private browsing, full disk), typing goes on and the
//! server is the only keeper.

use js_sys::{Array, Function, Promise};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    IdbDatabase, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransactionMode,
};

use crate::draft::outbox::Left;

const DATABASE: &str = "trame";
const STORE: &str = "operations";

/// The store of this device, for one person and one dossier.
#[derive(Clone)]
pub struct Device {
    database: IdbDatabase,
    prefix: String,
}

impl Device {
    /// Opens the store; `None` when the device refuses, or is not the person's own.
    pub async fn open(account: &str, dossier: &str) -> Option<Self> {
        if is_shared() {
            return None;
        }
        let request: IdbOpenDbRequest =
            window().indexed_db().ok()??.open_with_u32(DATABASE, 1).ok()?;
        let asked = request.clone();
        let upgrade = Closure::once_into_js(move || {
            let database = asked.result().ok().and_then(|r| r.dyn_into::<IdbDatabase>().ok());
            // A store that could not be made shows at the first transaction, as a refusal.
            let _ = database.map(|database| database.create_object_store(STORE));
        });
        request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
        let database = done(&request).await.ok()?.dyn_into().ok()?;
        Some(Self { database, prefix: format!("{account}/{dossier}/") })
    }

    /// Keeps an operation. Resolves once it is written.
    pub async fn keep(&self, left: &Left) -> bool {
        let Ok(text) = serde_json::to_string(left) else { return false };
        let key = self.key(&left.operation.id);
        let request =
            self.store(true).and_then(|store| store.put_with_key(&text.into(), &key).ok());
        match request {
            Some(request) => done(&request).await.is_ok(),
            None => false,
        }
    }

    /// Lets go of an operation that the server has.
    pub async fn release(&self, id: &str) {
        let request = self.store(true).and_then(|store| store.delete(&self.key(id)).ok());
        if let Some(request) = request {
            // An operation that stays is sent again next time, and changes nothing.
            let _ = done(&request).await;
        }
    }

    /// What earlier visits left, oldest first.
    pub async fn left(&self) -> Vec<Left> {
        let all = async {
            let upper = format!("{}\u{ffff}", self.prefix);
            let range = IdbKeyRange::bound(&self.prefix.as_str().into(), &upper.into()).ok()?;
            let request = self.store(false)?.get_all_with_key(&range).ok()?;
            let rows: Array = done(&request).await.ok()?.dyn_into().ok()?;
            Some(
                rows.iter()
                    .filter_map(|row| serde_json::from_str(&row.as_string()?).ok())
                    .collect(),
            )
        };
        all.await.unwrap_or_default()
    }

    fn key(&self, id: &str) -> JsValue {
        format!("{}{id}", self.prefix).into()
    }

    fn store(&self, write: bool) -> Option<IdbObjectStore> {
        let mode = if write { IdbTransactionMode::Readwrite } else { IdbTransactionMode::Readonly };
        self.database.transaction_with_str_and_mode(STORE, mode).ok()?.object_store(STORE).ok()
    }
}

/// Whether the person said, when signing in, that the computer is shared.
fn is_shared() -> bool {
    let page = document().dyn_into::<web_sys::HtmlDocument>().ok();
    let cookies = page.and_then(|page| page.cookie().ok());
    cookies.is_some_and(|cookies| cookies.split("; ").any(|cookie| cookie == "trame-partage=1"))
}

/// Waits for a request.
async fn done(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve: Function, reject: Function| {
        let asked = request.clone();
        let success = Closure::once_into_js(move || {
            let result = asked.result().unwrap_or(JsValue::UNDEFINED);
            // Resolving a promise does not throw.
            let _ = resolve.call1(&JsValue::UNDEFINED, &result);
        });
        request.set_onsuccess(Some(success.unchecked_ref()));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(promise).await
}
