//! Forms made of overlays that are not published, to look at and to replay. A form stays for the life
//! of the process (see `Form::read`): each overlay is laid once, untouched steps are shared.

use std::{
    collections::BTreeMap,
    sync::{LazyLock, Mutex, PoisonError},
};

use dossier::form::{Form, revisions::retired};
use form::overlay::Overlay;

use super::{StudioError, national_of};
use crate::{StoreError, journal::sha256_hex};

static LAID: LazyLock<Mutex<BTreeMap<String, Form>>> = LazyLock::new(Mutex::default);

/// The form that an overlay makes.
///
/// # Errors
/// What is wrong in it.
pub fn form(overlay: &Overlay) -> Result<Form, StudioError> {
    let json = serde_json::to_vec(overlay).map_err(|_| StoreError::Corrupt)?;
    let key = sha256_hex(&json);
    let mut laid = LAID.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(form) = laid.get(&key) {
        return Ok(*form);
    }
    let tree = overlay.over(national_of(overlay)?, &retired(&overlay.form), 1);
    let form = Form::read(tree.map_err(StudioError::Faults)?).ok_or(StudioError::BadRequest)?;
    laid.insert(key, form);
    Ok(form)
}
