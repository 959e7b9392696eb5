//! One tab of a person on a dossier sends for all: the one that holds a lock of the browser.

use js_sys::{Function, Object, Promise, Reflect};
use leptos::{prelude::window, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

/// Waits for the lock, or takes it from whoever holds it. `held` is called once it is there, `lost`
/// once another tab took it. Gives false where the browser has no locks.
pub fn claim(
    name: &str,
    steal: bool,
    held: impl FnOnce() + 'static,
    lost: impl FnOnce() + 'static,
) -> bool {
    let claimed = || -> Result<Promise, JsValue> {
        let locks = Reflect::get(&window().navigator(), &"locks".into())?;
        let request: Function = Reflect::get(&locks, &"request".into())?.dyn_into()?;
        let options = Object::new();
        Reflect::set(&options, &"steal".into(), &steal.into())?;
        let until_gone = Closure::once_into_js(move |_: JsValue| {
            held();
            // Until the page goes away.
            Promise::new(&mut |_, _| {})
        });
        request.call3(&locks, &name.into(), &options, &until_gone)?.dyn_into()
    };
    let Ok(promise) = claimed() else { return false };
    spawn_local(async move {
        // Ends when the lock was taken away, and only then.
        let _ = JsFuture::from(promise).await;
        lost();
    });
    true
}
