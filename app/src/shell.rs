//! The document around every page, and the frame around every body.

use dossier::{
    right::{CommissionRight, EnvelopeRight, allows_commission, allows_envelope},
    role::{Role, Scope},
};
use leptos::prelude::*;
use service::Actor;
use ui::{Icon, IconName, Mark};

use crate::{
    pages::labs::{
        Visit,
        around::{RemarkBox, SpaceRibbon},
    },
    routes,
};

/// Addresses of the built files, with their fingerprints.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// Style sheet.
    pub css: String,
    /// Glue of the browser programme.
    pub js: String,
    /// The browser programme.
    pub wasm: String,
    /// Version of the small hand-written scripts, for their caches.
    pub version: String,
}

/// Renders a view to text. Each page has an owner of its own, so that nothing outlives it.
pub fn render<V: IntoView>(view: impl FnOnce() -> V) -> String {
    let owner = Owner::new();
    owner.with(|| view().into_view().to_html())
}

/// What the browser programme opens with, as JSON made safe by [`embeddable`].
#[derive(Clone, Copy)]
pub struct Live<'a> {
    /// Address of the form.
    pub form: &'a str,
    /// The step.
    pub opening: &'a str,
    /// The answers of the dossier.
    pub answers: &'a str,
}

/// JSON that may stand in a script element: only `<` could end it early.
pub fn embeddable(json: &str) -> String {
    json.replace('<', "\\u003c")
}

/// A whole document. `live` embeds what the browser programme opens with, and starts it.
pub fn document(assets: &Assets, title: &str, body: &str, live: Option<Live<'_>>) -> String {
    let Assets { css, js, wasm, version } = assets;
    let title = escape(title);
    let opening = live.map(|Live { form, opening, answers }| {
        format!(
            r#"<script type="application/json" id="ouverture">{opening}</script><script type="application/json" id="reponses">{answers}</script><script type="module" id="demarrage" src="/demarrer.js?v={version}" data-js="{js}" data-wasm="{wasm}" data-form="{form}"></script>"#
        )
    });
    let opening = opening.unwrap_or_default();
    format!(
        r#"<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title} · Trame</title><meta name="robots" content="noindex"><meta name="color-scheme" content="light dark"><link rel="icon" href="/favicon.svg" type="image/svg+xml"><link rel="stylesheet" href="{css}"><script src="/affichage.js?v={version}"></script></head><body>{body}{opening}</body></html>"#
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// The frame of every page: mark, navigation, who is signed in, foot.
#[component]
pub fn Frame(
    /// Who is signed in, if anybody.
    actor: Option<Actor>,
    /// Whether this is a demonstration.
    demo: bool,
    /// The visit of a space of the open lab, when this is one.
    visit: Option<Visit>,
    /// Path of the page.
    path: String,
    /// The page.
    children: Children,
) -> impl IntoView {
    let in_space = visit.is_some();
    let nav = actor.as_ref().map(|actor| navigation(actor, in_space, &path));
    let who = actor.map(|actor| myself(actor, demo, in_space));
    let space = visit.clone().map(|visit| view! { <SpaceRibbon visit /> });
    let remarks = visit.map(|visit| view! { <RemarkBox visit /> });
    let ribbon = demo.then(|| {
        view! {
            <aside class="ribbon" aria-label="Démonstration">
                <Icon name=IconName::Info />
                "Démonstration : personnes, structures et chiffres sont inventés."
            </aside>
        }
    });
    view! {
        <a class="skip" href="#contenu">"Aller au contenu"</a>
        <div class="selvedge" aria-hidden="true"></div>
        <header class="topbar">
            <div class="wrap">
                <a class="mark" href="/"><Mark />"Trame"</a>
                {nav}
                {who}
            </div>
        </header>
        {ribbon}
        {space}
        <div id="panne" class="banner" role="alert" hidden=true>
            <div class="wrap">
                <strong>"La page s'est arrêtée."</strong>
                <span>"Vos réponses sont gardées : rechargez la page pour continuer."</span>
            </div>
        </div>
        // The service worker shows it, in a page that it kept: it looks for these very words.
        <div id="hors-ligne" class="banner" role="status" hidden=true>
            <div class="wrap">
                <strong>"Vous êtes hors ligne."</strong>
                <span>"Ce que vous écrivez est gardé sur cet appareil et partira au retour du réseau."</span>
                <span id="hors-ligne-date"></span>
            </div>
        </div>
        <main id="contenu" tabindex="-1">{children()}{remarks}</main>
        <footer class="foot">
            <div class="wrap">
                <span>"Trame, le dossier de conventionnement de l'insertion par l'activité économique."</span>
                <button type="button" class="link" id="affichage" hidden=true>"Affichage clair ou sombre"</button>
            </div>
        </footer>
    }
}

/// Where one may go from everywhere, and where one is.
fn navigation(actor: &Actor, in_space: bool, path: &str) -> impl IntoView + use<> {
    let (home, says) = home_of(actor);
    let is_national = actor.scope == Scope::National;
    let studio = match actor.role {
        _ if in_space => None,
        Role::Facilitator => Some("Variantes"),
        role if role.instructs() => Some("Complément"),
        _ => None,
    };
    let envelopes = !in_space && allows_envelope(actor.role, EnvelopeRight::Read);
    let annexes = !in_space && service::annexes::may_read(actor);
    let commission = !in_space && allows_commission(actor.role, CommissionRight::ReadPacks);
    let others = [
        commission.then_some((routes::COMMISSION, "Commission")),
        annexes.then_some((routes::ANNEXES, "Annexes")),
        envelopes.then_some((routes::ENVELOPES, "Enveloppes")),
        studio.map(|says| (routes::STUDIO, says)),
        is_national.then_some((routes::COVERAGE, "Ce que l'État sait déjà")),
        is_national.then_some((routes::LABS, "Ateliers")),
    ];
    let others = others.into_iter().flatten().filter(|(href, _)| *href != home);
    let others: Vec<_> = others.map(|(href, says)| (href.to_owned(), says)).collect();
    let links: Vec<(String, &str)> = [(home, says)].into_iter().chain(others).collect();
    // A dossier is part of the list that leads to it, a simulation of its envelope.
    let path = if is_within(path, routes::SIMULATIONS) { routes::ENVELOPES } else { path };
    let here = links.iter().position(|(href, _)| is_within(path, href));
    let here = here.or_else(|| is_within(path, routes::HOME).then_some(0));
    let links = links.into_iter().enumerate().map(|(place, (href, says))| {
        let current = match here == Some(place) {
            true if path == href => Some("page"),
            true => Some("true"),
            false => None,
        };
        view! { <a href=href aria-current=current>{says}</a> }
    });
    view! {
        <nav class="topnav" aria-label="Navigation principale">{links.collect_view()}</nav>
    }
}

/// Whether a page is at this address, or below it.
fn is_within(path: &str, href: &str) -> bool {
    path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Who is signed in, and what is theirs. In a space of the open lab, a name only.
fn myself(actor: Actor, demo: bool, in_space: bool) -> AnyView {
    if in_space {
        return view! { <div class="who">{actor.name}<span>{actor.title}</span></div> }.into_any();
    }
    let switch = match (actor.role, demo) {
        (Role::Guest, _) => "Terminer",
        (_, true) => "Changer de personne",
        (_, false) => "Se déconnecter",
    };
    let team = match &actor.scope {
        Scope::Structures(_) => Some("Mon équipe"),
        Scope::National => Some("Mon service"),
        Scope::Departments(places) if !places.is_empty() => Some("Mon service"),
        _ => None,
    };
    let team = team.map(|label| view! { <a href=routes::TEAM>{label}</a> });
    let own = (actor.role != Role::Guest).then(|| {
        let told = dossier::notice::Topic::ALL.iter().any(|topic| topic.concerns(actor.role));
        let mails = told.then(|| view! { <a href=routes::PREFERENCES>"Mes courriels"</a> });
        view! { {team}{mails}<a href=routes::CONNECTIONS>"Mes connexions"</a><a href=routes::PERSONAL>"Mes données"</a> }
    });
    view! {
        <div class="who">
            {actor.name}
            <span>{actor.title}</span>
            <div class="own">
                {own}
                <form method="post" action=routes::SIGN_OUT class="sign-out">
                    <button class="btn btn-s btn-quiet" type="submit">{switch}</button>
                </form>
            </div>
        </div>
    }
    .into_any()
}

/// The first page of a person, by role.
pub fn home_of(actor: &Actor) -> (String, &'static str) {
    match &actor.scope {
        _ if actor.role == Role::Facilitator => (routes::LABS.to_owned(), "Ateliers"),
        Scope::Steps { dossier, .. } => {
            (routes::dossier(dossier.as_str()), "Ce qui vous est confié")
        }
        Scope::Packs(_) => (routes::COMMISSION.to_owned(), "Commission"),
        Scope::Structures(_) => (routes::HOME.to_owned(), "Dossiers"),
        Scope::Departments(_) | Scope::National => (routes::RECEIVED.to_owned(), "Dossiers reçus"),
    }
}
