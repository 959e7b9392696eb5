//! Starts the wizard in the browser, nothing else.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the loader once the module is there.
#[wasm_bindgen]
pub fn hydrate() {
    app::browser::start();
}
