//! What a colleague sees of a link that gives steps: who gave what, then, once in, their steps.

use form::Revision;
use leptos::prelude::*;
use service::{DossierHead, sharing::Share};
use ui::{Counters, Icon, IconName};

use super::{
    sharing::{last_day, names},
    sign_in::SharedComputer,
    title,
};
use crate::{
    draft::{Checked, minutes},
    routes, text,
};

/// A link that was opened and not begun yet.
pub struct Invitation {
    /// What was given.
    pub share: Share,
    /// Of which dossier.
    pub head: DossierHead,
    /// Its form.
    pub form: &'static Revision,
    /// The secret of the link.
    pub token: String,
    /// Who this browser is signed in as.
    pub signed_in: Option<String>,
    /// Whether that person fills the dossier anyway.
    pub is_member: bool,
    /// Whether the name is missing or too long.
    pub bad_name: bool,
}

/// The page of a link.
#[component]
pub fn InvitationPage(
    /// What it shows.
    invitation: Invitation,
) -> impl IntoView {
    let Invitation { share, head, form, token, signed_in, is_member, bad_name } = invitation;
    let facts = [
        ("Dossier", title(&head)),
        ("Structure", format!("{} ({})", head.structure_name, head.kind)),
        ("À remplir", names(form, &share.sections)),
        ("Confié par", share.given_by_name.clone()),
        ("Jusqu'au", format!("{} inclus", last_day(&share))),
    ];
    let facts = facts
        .into_iter()
        .map(|(term, value)| view! { <div><dt>{term}</dt><dd>{value}</dd></div> })
        .collect_view();
    let lead = format!(
        "{} vous demande de remplir une partie de ce dossier. Pas de compte à créer : ce que vous écrivez s'enregistre seul, et lui revient.",
        share.given_by_name
    );
    let member = is_member.then(|| {
        view! {
            <p class="note">
                "Vous remplissez déjà ce dossier avec votre compte. "
                <a href=routes::dossier(head.id.as_str())>"Ouvrir le dossier"</a>
            </p>
        }
    });
    let leaves = signed_in.filter(|_| !is_member).map(|name| {
        view! { <p class="note">{text::french(&format!("Vous êtes en ce moment connecté comme {name} : commencer ferme cette connexion dans ce navigateur."))}</p> }
    });
    let name = if share.guest_name.is_empty() {
        let error = bad_name.then(|| {
            view! { <p class="error" id="refus" role="alert">"Écrivez votre nom, en 80 caractères au plus."</p> }
        });
        view! {
            {error}
            <div class="field">
                <label for="nom">"Votre nom"</label>
                <p class="hint" id="aide-nom">"Il sera écrit à côté de vos réponses, pour que l'on sache qui a rempli quoi."</p>
                <div class="field-body">
                    <input class="input" id="nom" name="nom" type="text" autocomplete="name" required=true aria-describedby="aide-nom" aria-invalid=bad_name.then_some("true") />
                </div>
            </div>
        }
        .into_any()
    } else {
        view! { <p>{text::french(&format!("Vous écrivez sous le nom de {}.", share.guest_name))}</p> }
            .into_any()
    };
    let begin = (!is_member).then(|| {
        view! {
            <form method="post" action=routes::invitation(&token) class="card pad stack">
                {name}
                <SharedComputer id="partage" />
                <p><button class="btn btn-main" type="submit">"Commencer"<Icon name=IconName::ArrowRight /></button></p>
                <p class="soft">{text::french("Gardez le lien : il rouvre vos étapes jusqu'à cette date, sur trois appareils au plus. Il n'est que pour vous.")}</p>
            </form>
        }
    });
    view! {
        <div class="wrap page narrow stack">
            <header>
                <h1>"Une partie d'un dossier vous est confiée"</h1>
                <p class="lead">{text::french(&lead)}</p>
            </header>
            <section class="card pad" aria-label="Ce qui vous est confié"><dl class="facts">{facts}</dl></section>
            {member}
            {leaves}
            {begin}
        </div>
    }
}

/// What a guest comes back to.
pub struct Given {
    /// The dossier.
    pub head: DossierHead,
    /// Ids and names of their steps, in order.
    pub steps: Vec<(String, String)>,
    /// What is left in them.
    pub checked: Checked,
}

/// The page of a guest who has begun: each step with what is left.
#[component]
pub fn GivenPage(
    /// What it shows.
    given: Given,
) -> impl IntoView {
    let Given { head, steps, checked } = given;
    let left = checked.total();
    let (heading, lead) = if !head.state.is_editable() {
        (
            "Ce dossier n'est plus à remplir",
            "Il a été déposé ou fermé. Ce que vous aviez enregistré y est gardé.".to_owned(),
        )
    } else if left.is_done() {
        ("Merci, rien ne manque", "Tout est enregistré et visible par la structure. Vous pouvez revenir modifier vos réponses tant que le lien fonctionne.".to_owned())
    } else {
        (
            "Ce qui vous est confié",
            format!(
                "Environ {}\u{a0}min. Tout s'enregistre à mesure ; le lien reçu vous ramène ici.",
                minutes(left)
            ),
        )
    };
    let id = head.id.to_string();
    let items = steps
        .into_iter()
        .map(|(section, name)| {
            let left = checked.of(&section);
            let state = if left.is_done() {
                view! { <span class="done"><Icon name=IconName::Check />"Rien ne manque"</span> }.into_any()
            } else {
                view! { <Counters to_write=left.to_write to_confirm=left.to_confirm problems=left.problems /> }.into_any()
            };
            let name = if head.state.is_editable() {
                view! { <a href=routes::step(&id, &section)>{name}</a> }.into_any()
            } else {
                view! { <span>{name}</span> }.into_any()
            };
            view! { <li>{name} {state}</li> }
        })
        .collect_view();
    view! {
        <div class="wrap page narrow stack">
            <header>
                <p class="crumbs">{format!("{}, {}", title(&head), head.structure_name)}</p>
                <h1>{heading}</h1>
                <p class="lead">{text::french(&lead)}</p>
            </header>
            <section class="card pad" aria-label="Étapes"><ul class="waiting">{items}</ul></section>
        </div>
    }
}
