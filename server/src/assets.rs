//! Finds the built files: their names hold fingerprints.

use std::{fs, path::Path};

use app::shell::Assets;

/// Addresses of the built files of a site folder. `None` when something is missing: it was not built.
pub fn find(site: &Path) -> Option<Assets> {
    let names: Vec<String> = fs::read_dir(site.join("pkg"))
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    let of = |extension: &str| {
        let fits = |name: &&String| name.starts_with("trame") && name.ends_with(extension);
        names.iter().find(fits).map(|name| format!("/pkg/{name}"))
    };
    let wasm = of(".wasm")?;
    let version = wasm.chars().filter(char::is_ascii_alphanumeric).rev().take(12).collect();
    Some(Assets { css: of(".css")?, js: of(".js")?, wasm, version })
}
