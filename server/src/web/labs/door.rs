//! The door of the spaces. A participant's cookie leads every request into the space of their session:
//! addresses stay what they are, and what is not of that space cannot be reached with them.

use app::pages::labs::{Spot, Visit};
use axum::{
    extract::{Request, State},
    http::Method,
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use form::{Body, Revision, Section};
use service::{
    forms,
    labs::{Lab, Participant, joining, remarks},
};
use tower::ServiceExt;

use super::{VISIT, cookies_out, token, with_cookies};
use crate::{
    spaces::Space,
    web::{Web, answer::Refusal},
};

/// Leads a participant into their space, and everybody else on.
pub async fn enter(State(web): State<Web>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let Some(token) = token(request.headers(), web.secure).map(str::to_owned) else {
        return next.run(request).await;
    };
    if is_file(path) || is_of_labs(path) {
        return next.run(request).await;
    }
    let (lab, who) = match joining::behind(&web.services, &token).await {
        Ok(Some(found)) => found,
        Ok(None) => {
            // Nobody has this place any more.
            let out = cookies_out(request.headers(), web.secure);
            return with_cookies(next.run(request).await, out);
        }
        Err(error) => return Refusal::from(error).into_response(),
    };
    if !lab.is_open(web.services.now()) {
        return Refusal::LabOver.into_response();
    }
    if who.round != lab.round {
        return Refusal::LabReset.into_response();
    }
    // Who they are there is said by their place: one signs neither in nor out.
    if path.starts_with("/connexion") || path == "/deconnexion" {
        return Redirect::to("/atelier").into_response();
    }
    if path.starts_with("/invitation") {
        return Refusal::NotFound.into_response();
    }
    let space = match web.spaces.of(&web, &lab).await {
        Ok(space) => space,
        Err(error) => {
            tracing::error!(%error, "a space does not open");
            return Refusal::Unavailable.into_response();
        }
    };
    visited(&web, &space, (lab, who), request).await
}

/// Files that are the same for everybody.
fn is_file(path: &str) -> bool {
    let named = path.strip_prefix('/').filter(|name| !name.contains('/'));
    let extension = named.and_then(|name| name.rsplit_once('.')).map(|(_, extension)| extension);
    path.starts_with("/pkg/") || matches!(extension, Some("js" | "svg" | "png" | "ico" | "txt"))
}

/// Pages of the sessions themselves.
fn is_of_labs(path: &str) -> bool {
    let of = |root: &str| {
        path == root || path.strip_prefix(root).is_some_and(|rest| rest.starts_with('/'))
    };
    of("/ateliers") || of("/atelier") || of("/a") || path == "/healthz" || path == "/readyz"
}

async fn visited(
    web: &Web,
    space: &Space,
    (lab, who): (Lab, Participant),
    mut request: Request,
) -> Response {
    // What this router read of the address is not for the other.
    request.extensions_mut().clear();
    let path = request.uri().path().to_owned();
    let reads = request.method() == Method::GET && !path.starts_with("/api/");
    let going = space.router.clone();
    let called = if reads {
        match visit(web, lab, &who, &path).await {
            Ok(visit) => VISIT.scope(visit, going.oneshot(request)).await,
            Err(refusal) => return refusal.into_response(),
        }
    } else {
        let visit = Visit::bare(&lab, &who, &path);
        VISIT.scope(visit, going.oneshot(request)).await
    };
    match called {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

/// What the pages of a space show of the session.
async fn visit(web: &Web, lab: Lab, who: &Participant, path: &str) -> Result<Visit, Refusal> {
    let page = page_of(path);
    if page != who.page {
        joining::seen(&web.services, &who.id, &page).await?;
    }
    let form = forms::of(&web.services, &lab.form).await?.revision;
    let mut remarks = remarks::read(&web.services, &lab, who).await?;
    remarks.retain(|remark| remark.pin.page == page);
    let spots = spots(form, &page);
    Ok(Visit {
        page,
        spots,
        remarks,
        key: web.services.ulid(),
        version: web.assets.version.clone(),
        ..Visit::bare(&lab, who, path)
    })
}

/// What a page is called: a step by its id, the others by a name.
pub fn page_of(path: &str) -> String {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    match parts.as_slice() {
        ["dossiers", _, "etapes", section] => (*section).to_owned(),
        ["dossiers"] => "dossiers".to_owned(),
        ["dossiers", _] => "dossier".to_owned(),
        ["dossiers", _, page, ..] => (*page).to_owned(),
        [first, ..] => (*first).to_owned(),
        [] => String::new(),
    }
}

/// Where a remark may be pinned on a page: the step with its questions, or all of them where a whole
/// dossier is read.
pub fn spots(form: &'static Revision, page: &str) -> Vec<(String, Vec<Spot>)> {
    if let Some(section) = form.section(page) {
        return vec![(section.title.to_string(), of_step(section))];
    }
    match page {
        "instruction" | "depots" => {
            form.sections.iter().map(|one| (one.title.to_string(), of_step(one))).collect()
        }
        _ => Vec::new(),
    }
}

fn of_step(section: &Section) -> Vec<Spot> {
    let mut spots = vec![Spot { at: section.id.to_string(), name: "Toute l'étape".to_owned() }];
    for group in section.groups.iter() {
        let prefix = match &group.body {
            Body::Fields(_) => String::new(),
            Body::Table(_) => format!("{} : ", group.title),
        };
        for field in group.fields() {
            spots.push(Spot { at: field.id.to_string(), name: format!("{prefix}{}", field.label) });
        }
    }
    spots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_pages_of_sessions_stay_where_they_are() {
        for path in ["/pkg/trame.js", "/atelier.js", "/favicon.svg"] {
            assert!(is_file(path), "{path}");
        }
        for path in ["/ateliers", "/ateliers/x/synthese", "/atelier", "/atelier/depart", "/a/BCD"] {
            assert!(is_of_labs(path), "{path}");
        }
        for path in [
            "/",
            "/dossiers",
            "/dossiers/x/brouillon.json",
            "/couverture.csv",
            "/api/moi",
            "/ateliersx",
            "/abc",
            "/formulaires/x.json",
        ] {
            assert!(!is_file(path) && !is_of_labs(path), "{path}");
        }
    }

    #[test]
    fn a_page_has_a_name() {
        assert_eq!(page_of("/dossiers/X/etapes/budget"), "budget");
        assert_eq!(page_of("/dossiers/X/depots/1"), "depots");
        assert_eq!(page_of("/territoire"), "territoire");
        assert_eq!(page_of("/"), "");
    }
}
