//! Starts the wizard in the browser, nothing else.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the loader once the module and the form of the dossier (JSON) are there.
#[wasm_bindgen]
pub fn hydrate(form: &str) {
    app::browser::start(form);
}
