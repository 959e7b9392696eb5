//! Who belongs to a structure or to a service: members, invitations that are open, who asks to come.

use dossier::role::Role;
use leptos::prelude::*;
use service::{
    Structure,
    teams::{Invitation, Mate, Request, Service, Team},
};
use ui::{Icon, IconName, Tag};

use crate::{format, routes, text};

/// What the page shows.
pub struct TeamPlace {
    /// The teams of somebody of structures.
    pub teams: Vec<Team>,
    /// The service of an agent.
    pub service: Option<Service>,
    /// What the person asked to join, and was not let into.
    pub asked: Vec<(Structure, Request)>,
    /// Who looks.
    pub me: String,
    /// A link that was just made: its address, for whom, and where it was sent.
    pub made: Option<(String, Invitation, Option<String>)>,
    /// Why nothing changed, and in which form (id of the structure; empty for a service).
    pub error: Option<(String, &'static str)>,
    /// Whether invitations can be sent.
    pub mails: bool,
}

/// The page.
#[component]
pub fn TeamPage(
    /// What it shows.
    place: TeamPlace,
) -> impl IntoView {
    let TeamPlace { teams, service, asked, me, made, error, mails } = place;
    let heading = if service.is_some() { "Mon service" } else { "Mon équipe" };
    let lead = match (&service, teams.is_empty()) {
        (Some(_), _) => {
            "Les personnes qui voient les mêmes dossiers que vous, et celles que vous invitez."
        }
        (None, false) => {
            "Les personnes qui remplissent les dossiers avec vous. Toutes lisent et écrivent ; seules celles qui déposent invitent."
        }
        (None, true) => "Vous n'appartenez encore à aucune structure.",
    };
    let made = made.map(|(link, invitation, sent)| view! { <Made link invitation sent /> });
    let none = (teams.is_empty() && service.is_none() && asked.is_empty()).then(|| {
        view! { <p>{text::french("Demandez une invitation à une personne de votre structure : elle la crée ici même, dans « Mon équipe ».")}</p> }
    });
    let asked = asked.into_iter().map(|one| view! { <Asked one /> }).collect_view();
    let teams = teams
        .into_iter()
        .map(|team| {
            let error = error.as_ref().filter(|(of, _)| *of == team.structure.id.as_str());
            let error = error.map(|(_, why)| *why);
            view! { <TeamCard team me=me.clone() error mails /> }
        })
        .collect_view();
    let of_service = error.as_ref().filter(|(of, _)| of.is_empty()).map(|(_, why)| *why);
    let service = service.map(|service| view! { <ServiceCard service error=of_service mails /> });
    view! {
        <div class="wrap page narrow stack">
            <header>
                <h1>{heading}</h1>
                <p class="lead">{text::french(lead)}</p>
            </header>
            {made}
            {asked}
            {none}
            {teams}
            {service}
        </div>
    }
}

/// The link, shown once.
#[component]
fn Made(link: String, invitation: Invitation, sent: Option<String>) -> impl IntoView {
    let until = format::moment(invitation.until);
    let what = match &sent {
        Some(address) => format!(
            "Le lien part à {address}. Il sert une seule fois, jusqu'au {until}. Si le courriel n'arrive pas, transmettez-le vous-même."
        ),
        None => format!(
            "Envoyez ce lien vous-même à {}, par courriel ou par message : Trame n'envoie rien. Il sert une seule fois, jusqu'au {until}.",
            invitation.to
        ),
    };
    view! {
        <section class="card pad stack" aria-labelledby="lien">
            <h2 id="lien">"L'invitation est prête"</h2>
            <p>{text::french(&what)}</p>
            <div class="field">
                <label for="adresse">"Lien à transmettre"</label>
                <div class="field-body">
                    <input class="input" id="adresse" type="text" readonly=true value=link />
                    <button type="button" class="btn" data-copier="adresse" data-fait="Lien copié" hidden=true>"Copier le lien"</button>
                </div>
            </div>
            <p class="note note-gaude">
                <strong>"Copiez-le maintenant. "</strong>
                {text::french("Il ne s'affiche qu'une fois, et n'est pas gardé ici. Perdu, reprenez l'invitation dans la liste et créez-en une autre.")}
            </p>
        </section>
    }
}

/// What became of a demand.
#[component]
fn Asked(one: (Structure, Request)) -> impl IntoView {
    let (structure, request) = one;
    let (heading, words) = match request.answered_at {
        None => (
            "Votre demande attend une réponse",
            format!(
                "Vous avez demandé à rejoindre {} le {}, car votre employeur a le même SIRET. Une personne de la structure doit l'accepter : prévenez-la, elle la trouvera dans « Mon équipe ».",
                structure.name,
                format::day(request.asked_at)
            ),
        ),
        Some(at) => (
            "Votre demande n'a pas été acceptée",
            format!(
                "Une personne de {} a répondu non le {}. Si c'est une erreur, demandez-lui une invitation.",
                structure.name,
                format::day(at)
            ),
        ),
    };
    view! {
        <section class="card pad stack">
            <h2>{heading}</h2>
            <p>{text::french(&words)}</p>
        </section>
    }
}

/// One structure.
#[component]
fn TeamCard(team: Team, me: String, error: Option<&'static str>, mails: bool) -> impl IntoView {
    let Team { structure, leads, mates, invitations, requests } = team;
    let id = structure.id.to_string();
    let admins = mates.iter().filter(|mate| mate.is_admin).count();
    let rows = mates
        .into_iter()
        .map(|mate| {
            let may_go = leads && (!mate.is_admin || admins > 1);
            view! { <Member mate me=me.clone() structure=id.clone() may_go /> }
        })
        .collect_view();
    let waiting = (!requests.is_empty()).then(|| {
        let items = requests
            .into_iter()
            .map(|request| view! { <Demand request structure=id.clone() /> })
            .collect_view();
        view! {
            <h3>"Demandes d'accès"</h3>
            <p class="soft">{text::french("Leur employeur a le SIRET de la structure. Acceptez seulement une personne que vous connaissez : elle lira et écrira dans tous les dossiers.")}</p>
            <ul class="plain team-list">{items}</ul>
        }
    });
    let heading = format!("structure-{id}");
    let labelled = heading.clone();
    let invite = leads.then(|| {
        view! {
            <form method="post" action=routes::INVITATIONS class="stack" autocomplete="off">
                <h3>"Inviter une personne"</h3>
                {error.map(|error| view! { <p class="error" role="alert">{text::french(error)}</p> })}
                <input type="hidden" name="structure" value=id.clone() />
                <WhomField id=format!("pour-{id}") mails />
                <fieldset class="field">
                    <legend class="label">"Elle pourra"</legend>
                    <div class="field-body"><div class="choices">
                        <label class="choice"><input type="radio" name="role" value=Role::SiaeMember.code() checked=true /><span>"Lire et remplir les dossiers"</span></label>
                        <label class="choice"><input type="radio" name="role" value=Role::SiaeAdmin.code() /><span>"Aussi les déposer, et inviter"</span></label>
                    </div></div>
                </fieldset>
                <p><button class="btn btn-main" type="submit">"Créer l'invitation"</button></p>
            </form>
        }
    });
    view! {
        <section class="card pad stack" aria-labelledby=labelled>
            <h2 id=heading>{structure.name}</h2>
            {waiting}
            <h3>"Membres"</h3>
            <ul class="plain team-list">{rows}</ul>
            <Open invitations leads />
            {invite}
        </section>
    }
}

#[component]
fn WhomField(id: String, mails: bool) -> impl IntoView {
    let hint = format!("aide-{id}");
    let email = mails.then(|| view! { <EmailField id=format!("courriel-{id}") /> });
    view! {
        <div class="field">
            <label for=id.clone()>"Pour qui"</label>
            <p class="hint" id=hint.clone()>"Un nom, pour vous y retrouver."</p>
            <div class="field-body">
                <input class="input" id=id name="pour" type="text" required=true maxlength="80" aria-describedby=hint />
            </div>
        </div>
        {email}
    }
}

/// Where a link is sent, by who gives it.
#[component]
pub fn EmailField(
    /// Its id.
    id: String,
    /// What was typed before a refusal.
    #[prop(optional)]
    value: String,
) -> impl IntoView {
    let hint = format!("aide-{id}");
    view! {
        <div class="field">
            <label for=id.clone()>"Son courriel" <span class="optional">" (facultatif)"</span></label>
            <p class="hint" id=hint.clone()>"Pour que Trame lui envoie le lien. Laissez vide pour le transmettre vous-même."</p>
            <div class="field-body">
                <input class="input" id=id name="courriel" type="email" maxlength="254" autocomplete="off" value=value aria-describedby=hint />
            </div>
        </div>
    }
}

#[component]
fn Member(mate: Mate, me: String, structure: String, may_go: bool) -> impl IntoView {
    let Mate { account, is_admin } = mate;
    let is_me = account.id.as_str() == me;
    let role = if is_admin { "Dépose et invite" } else { "Remplit" };
    let out = may_go.then(|| {
        let label = if is_me { "Quitter" } else { "Retirer" };
        view! {
            <details class="team-out">
                <summary class="btn btn-s btn-quiet">{label}<span class="sr-only">{format!(" : {}", account.name)}</span></summary>
                <form method="post" action=routes::TAKE_OUT>
                    <input type="hidden" name="structure" value=structure />
                    <input type="hidden" name="compte" value=account.id.to_string() />
                    <p class="soft">{text::french("L'accès aux dossiers s'arrête aussitôt. Ce qui a été écrit reste.")}</p>
                    <button type="submit" class="btn btn-s"><Icon name=IconName::Trash />"Confirmer"</button>
                </form>
            </details>
        }
    });
    view! {
        <li>
            <div>
                <strong>{account.name.clone()}</strong>
                {is_me.then(|| view! { " " <span class="soft">"(vous)"</span> })}
                <br />
                <span class="soft">{account.email.clone()}</span>
            </div>
            <Tag tone=if is_admin { "t-guede" } else { "" } icon=if is_admin { IconName::Check } else { IconName::Pencil } text=role />
            {out}
        </li>
    }
}

#[component]
fn Demand(request: Request, structure: String) -> impl IntoView {
    let named = format!(" : {}", request.name);
    view! {
        <li>
            <div>
                <strong>{request.name}</strong>
                <br />
                <span class="soft">{format!("{}, le {}", request.email, format::day(request.asked_at))}</span>
            </div>
            <form method="post" action=routes::DEMANDS class="actions">
                <input type="hidden" name="structure" value=structure />
                <input type="hidden" name="compte" value=request.account.to_string() />
                <button type="submit" class="btn btn-s btn-main" name="reponse" value="oui">"Accepter"<span class="sr-only">{named.clone()}</span></button>
                <button type="submit" class="btn btn-s" name="reponse" value="non">"Refuser"<span class="sr-only">{named}</span></button>
            </form>
        </li>
    }
}

/// Invitations that nobody came by yet.
#[component]
fn Open(invitations: Vec<Invitation>, leads: bool) -> impl IntoView {
    if invitations.is_empty() {
        return view! { <p class="soft">"Aucune invitation n'attend."</p> }.into_any();
    }
    let items = invitations
        .into_iter()
        .map(|one| {
            let back = leads.then(|| {
                view! {
                    <form method="post" action=routes::revoke(one.id.as_str())>
                        <button type="submit" class="btn btn-s"><Icon name=IconName::Undo />"Reprendre"<span class="sr-only">{format!(" : {}", one.to)}</span></button>
                    </form>
                }
            });
            let places = if one.departments.is_empty() { String::new() } else { format!(" ({})", one.departments.join(", ")) };
            view! {
                <li>
                    <div>
                        <strong>{one.to.clone()}</strong>
                        <br />
                        <span class="soft">{text::french(&format!("{}{places}, par {}, jusqu'au {}", one.role.label(), one.given_by_name, format::moment(one.until)))}</span>
                    </div>
                    {back}
                </li>
            }
        })
        .collect_view();
    view! { <h3>"Invitations en attente"</h3><ul class="plain team-list">{items}</ul> }.into_any()
}

/// The service of an agent.
#[component]
fn ServiceCard(service: Service, error: Option<&'static str>, mails: bool) -> impl IntoView {
    let Service { departments, invites, mates, invitations } = service;
    let national = departments.is_empty();
    let place = match departments.as_slice() {
        [] => "Toute la France".to_owned(),
        [one] => format!("Département {one}"),
        several => format!("Départements {}", several.join(", ")),
    };
    let rows = mates
        .into_iter()
        .map(|Mate { account, .. }| {
            view! {
                <li>
                    <div><strong>{account.name}</strong><br /><span class="soft">{account.email}</span></div>
                    <Tag tone="" icon=IconName::User text=account.role.label() />
                </li>
            }
        })
        .collect_view();
    let invite = (!invites.is_empty()).then(|| {
        let roles = invites
            .iter()
            .enumerate()
            .map(|(rank, role)| {
                view! { <label class="choice"><input type="radio" name="role" value=role.code() checked={rank == 0} /><span>{role.label()}</span></label> }
            })
            .collect_view();
        view! {
            <form method="post" action=routes::INVITATIONS class="stack" autocomplete="off">
                <h3>"Inviter une personne"</h3>
                {error.map(|error| view! { <p class="error" role="alert">{text::french(error)}</p> })}
                <WhomField id="pour".to_owned() mails />
                <fieldset class="field">
                    <legend class="label">"Son rôle"</legend>
                    <div class="field-body"><div class="choices">{roles}</div></div>
                </fieldset>
                <div class="field">
                    <label for="departements">"Départements"</label>
                    <p class="hint" id="aide-departements">{if national { "Leurs numéros, séparés par des virgules ; rien pour la DGEFP." } else { "Parmi les vôtres, séparés par des virgules." }}</p>
                    <div class="field-body">
                        <input class="input input-mid" id="departements" name="departements" type="text" value=departments.join(", ") aria-describedby="aide-departements" />
                    </div>
                </div>
                <p><button class="btn btn-main" type="submit">"Créer l'invitation"</button></p>
            </form>
        }
    });
    view! {
        <section class="card pad stack" aria-labelledby="service">
            <h2 id="service">{place}</h2>
            <ul class="plain team-list">{rows}</ul>
            {invite.is_some().then(|| view! { <Open invitations leads=true /> })}
            {invite}
        </section>
    }
}
