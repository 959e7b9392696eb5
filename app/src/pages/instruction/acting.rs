//! What an agent may do with a dossier, each act with what it needs.

use dossier::{
    act::{LONGEST, MOST_DAYS, Sense, USUAL_DAYS},
    annex::Terms,
    state::Action,
    unposted::Place,
};
use form::{Date, number};
use leptos::prelude::*;
use service::{follow_up::Summary, instruction::Desk};
use ui::TextArea;

use super::unposted::{Filled, Pens};
use crate::{format, routes, text};

/// One form for each act that this person may do now.
#[component]
pub fn Acting(
    /// The dossier.
    id: String,
    /// Ordinal of the deposit that is read: an act on another one is refused.
    deposit: u32,
    /// What may be done.
    desk: Desk,
    /// On what the notes are that stand in the way.
    names: Vec<String>,
    /// What this person typed and did not post.
    pens: Pens,
    /// Today.
    today: Date,
) -> impl IntoView {
    let blocked = blocked(&desk, names);
    let sheet = sheet(&id, &desk.follow_up);
    if desk.actions.is_empty() {
        return view! {
            {sheet}
            {blocked}
            <p class="soft">"Rien n'est attendu de vous à cette étape."</p>
        }
        .into_any();
    }
    let proposal = desk.proposal.as_ref().map(|act| {
        let sense = act.said.proposal.map_or("", Sense::label);
        view! {
            <div class="note">
                <p><strong>{text::french(&format!("Proposition de {} : {}", act.by_name, sense.to_lowercase()))}</strong></p>
                <p class="words">{act.said.message.clone()}</p>
                {act.said.grant.and(desk.terms).map(|terms| view! { <p>{text::french(&granted(&terms))}</p> })}

            </div>
        }
    });
    let many = desk.actions.len() > 1;
    let forms = desk.actions.clone().into_iter().map(|action| {
        let typed = pens.at(&Place::Act(action));
        let fields = fields(action, &desk, (&typed, today));
        let hint = hint(action, &desk);
        let left = left(action, &desk);
        let body = view! {
            <form method="post" action=routes::acts(&id) class="stack" autocomplete="off" data-brouillon=typed.place.clone() data-version=typed.version() data-fixe=typed.fixed()>
                <input type="hidden" name="acte" value=action.code() />
                <input type="hidden" name="depot" value=deposit.to_string() />
                {hint.map(|hint| view! { <p class="soft">{text::french(&hint)}</p> })}
                {left.map(|left| view! { <p class="soft">{text::french(&left)}</p> })}
                {fields}
                <p><button class="btn btn-main" type="submit">{action.label()}</button></p>
                {typed.foot()}
            </form>
        };
        if many {
            view! { <details class="act" id=format!("acte-{}", action.code()) open=typed.is_open><summary>{action.label()}</summary>{body}</details> }
                .into_any()
        } else {
            body.into_any()
        }
    });
    view! { {sheet} {blocked} {proposal} {forms.collect_view()} }.into_any()
}

/// The way to the fiche de suivi, and where it stands.
fn sheet(id: &str, summary: &Summary) -> Option<AnyView> {
    let label = match summary {
        Summary { is_written: false, .. } => "Écrire la fiche de suivi",
        Summary { shared_at: None, .. } => "Reprendre la fiche de suivi",
        Summary { .. } => "Lire la fiche de suivi",
    };
    let shared = summary
        .shared_at
        .map(|at| view! { " " <span class="soft">{format!("communiquée le {}", format::day(at))}</span> });
    summary
        .is_there()
        .then(|| view! { <p><a href=routes::follow_up(id)>{label}</a>{shared}</p> }.into_any())
}

/// What stands in the way of the decision, with a way to each.
fn blocked(desk: &Desk, names: Vec<String>) -> Option<AnyView> {
    let count = u32::try_from(names.len()).ok().filter(|count| *count > 0)?;
    let says =
        text::count(count, "annotation bloquante ouverte", "annotations bloquantes ouvertes");
    let items = desk.blocked_by.iter().zip(names).map(|(note, name)| {
        view! { <li><a href=format!("#note-{}", note.id)>{name}</a></li> }
    });
    Some(
        view! {
            <div class="note note-garance">
                <p><strong>{says}</strong></p>
                <p>{text::french("Ni proposition ni décision tant que cela n'est pas réglé :")}</p>
                <ul>{items.collect_view()}</ul>
            </div>
        }
        .into_any(),
    )
}

/// What is granted, in a sentence.
pub fn granted(terms: &Terms) -> String {
    let etp = number::etp(terms.grant.etp.0);
    let Some((total, monthly)) = terms.total().zip(terms.monthly()) else {
        return format!("{etp} ETP accordés, aide au forfait.");
    };
    let modulated = match (terms.grant.modulated.0, terms.modulated()) {
        (1.., Some(amount)) => format!(
            " Part modulée de {} %, {} au plus.",
            number::display_scaled(terms.grant.modulated.0, 2),
            number::euros(amount.0)
        ),
        _ => String::new(),
    };
    format!(
        "{etp} ETP accordés : {} pour {} mois, {} par mois.{modulated}",
        number::euros(total.0),
        terms.months,
        number::euros(monthly.0)
    )
}

/// What a decision leaves open.
fn left(action: Action, desk: &Desk) -> Option<String> {
    let count = u32::try_from(desk.open).ok().filter(|count| *count > 0)?;
    is_final(action).then(|| {
        format!(
            "{} : on les retrouvera dans le dossier suivant. Marquez-les réglées, ou « à surveiller ».",
            text::count(count, "annotation reste ouverte", "annotations restent ouvertes")
        )
    })
}

const fn is_final(action: Action) -> bool {
    matches!(
        action,
        Action::Accept | Action::Refuse | Action::ApproveReport | Action::RejectIncomplete
    )
}

fn hint(action: Action, desk: &Desk) -> Option<String> {
    let count = u32::try_from(desk.to_send).unwrap_or(u32::MAX);
    match action {
        action if action.is_return() => Some(match count {
            0 => "Aucune annotation n'attend de partir. Annotez une réponse « à la structure », ou écrivez un message.".to_owned(),
            _ => format!("{} avec ce renvoi.", text::count(count, "annotation part", "annotations partent")),
        }),
        Action::DeclareComplete => Some("Toutes les pièces et réponses attendues sont là. La structure en est informée sur son dossier.".to_owned()),
        Action::OpenDialogue => Some("Avec la structure, France Travail et les autres financeurs (circulaire DGEFP 2008-21).".to_owned()),
        Action::ReferToCommission => Some("Elle rend son avis sous un mois. Passé ce délai, il est réputé rendu (circulaire DGEFP 2008-21).".to_owned()),
        Action::RecordOpinion => Some("L'avis éclaire la décision, sans la lier. Il se note aussi depuis la séance, avec ceux des autres dossiers.".to_owned()),
        Action::PrepareDecision => Some(before_proposing(desk)),
        Action::TakeBackProposal => Some("Le dossier revient au dialogue de gestion. L'avis de la commission reste acquis tant que la structure ne redépose pas.".to_owned()),
        // What is proposed is said above.
        Action::Accept if desk.proposal.as_ref().is_none_or(|act| act.said.grant.is_none()) => {
            desk.terms.as_ref().map(granted)
        }
        Action::Refuse | Action::RejectIncomplete => Some("La structure lira ce motif. Cinquante caractères au moins.".to_owned()),
        _ => None,
    }
}

/// What is known of the opinion, and who decides.
fn before_proposing(desk: &Desk) -> String {
    let opinion = match (&desk.opinion, desk.deemed) {
        (Some(act), _) => act.said.opinion.map(|sense| {
            let noted = format::day(act.at);
            format!("Avis de la commission : {}, noté le {noted}. ", sense.label().to_lowercase())
        }),
        (None, Some(day)) => Some(format!(
            "Le mois de la commission s'est achevé le {} : son avis est réputé rendu, sans sens favorable ou défavorable (circulaire DGEFP 2008-21). ",
            format::date(day)
        )),
        (None, None) => None,
    };
    format!(
        "{}Une autre personne, qui a délégation de signature, prendra la décision.",
        opinion.unwrap_or_default()
    )
}

/// What an act asks for.
fn fields(action: Action, desk: &Desk, (typed, today): (&Filled, Date)) -> AnyView {
    let key = action.code();
    let most = u32::try_from(LONGEST).unwrap_or(u32::MAX);
    let message = |label: &'static str, text: String, required: bool| {
        let field = format!("message-{key}");
        let text = typed.or("message", text);
        view! {
            <div class="field">
                <label for=field.clone()>{label}{(!required).then(|| view! { <span class="optional">" (facultatif)"</span> })}</label>
                <TextArea id=field name="message" initial=text maxlength=most />
            </div>
        }
    };
    let sense = |name: &'static str, legend: &'static str, optional: bool| {
        let chosen = typed.get(name);
        let choices = Sense::ALL.map(|sense| {
            let checked = chosen.as_deref() == Some(sense.code());
            view! {
                <label class="choice">
                    <input type="radio" name=name value=sense.code() required=!optional checked=checked />
                    <span>{sense.label()}</span>
                </label>
            }
        });
        view! {
            <fieldset class="field">
                <legend class="label">{legend}{optional.then(|| view! { <span class="optional">" (facultatif)"</span> })}</legend>
                <div class="choices choices-row">{choices.to_vec()}</div>
            </fieldset>
        }
    };
    match action {
        action if action.is_return() => {
            let day = |days| Date::from_days_since_epoch(today.days_since_epoch() + days);
            let usual = typed.get("jour").or_else(|| day(USUAL_DAYS).map(|day| day.to_string()));
            let last = day(MOST_DAYS).map(|day| day.to_string());
            let field = format!("jour-{key}");
            view! {
                {message("Message à la structure", String::new(), false)}
                <div class="field">
                    <label for=field.clone()>"Réponse attendue le"</label>
                    <input class="input input-mid" id=field type="date" name="jour" required=true value=usual min=today.to_string() max=last />
                </div>
            }
            .into_any()
        }
        Action::RecordOpinion => {
            let reason = "Motif (attendu pour un avis défavorable)";
            view! {
                {sense("avis", "Avis de la commission", false)}
                {message(reason, String::new(), true)}
            }
            .into_any()
        }
        Action::PrepareDecision => {
            // What was noted is not asked again.
            let is_asked = desk.circuit.needs_opinion && desk.opinion.is_none();
            let opinion = is_asked.then(|| sense("avis", "Avis de la commission", true));
            view! {
                {opinion}
                {sense("proposition", "Vous proposez", false)}
                {desk.follow_up.agreed.map(|_| view! { <p class="soft">{text::french("Les ETP et la part modulée sont ceux que retient la fiche de suivi.")}</p> })}
                {desk.terms.map(|terms| grant_fields(&terms, typed))}
                {message("Motif", String::new(), true)}
            }
            .into_any()
        }
        Action::Accept | Action::Refuse => {
            let text = desk.proposal.as_ref().map(|act| act.said.message.clone());
            message("Motif de la décision", text.unwrap_or_default(), true).into_any()
        }
        Action::RejectIncomplete => message("Motif du rejet", String::new(), true).into_any(),
        Action::ApproveReport => message("Message à la structure", String::new(), false).into_any(),
        _ => ().into_any(),
    }
}

/// What would be granted, to be changed at will.
fn grant_fields(terms: &Terms, typed: &Filled) -> impl IntoView + use<> {
    let figure = |hundredths: i64| number::display_scaled(hundredths, 2);
    let rate = terms.grant.modulated.0;
    let rate = if rate == 0 { String::new() } else { figure(rate) };
    let etp = figure(terms.grant.etp.0);
    let (typed_etp, typed_rate) = (typed.or("etp", etp.clone()), typed.or("modulee", rate.clone()));
    let unit = terms.unit.map(|unit| {
        let said = format!(
            "Pour un ETP et un an : {}. Le montant se calcule à l'enregistrement.",
            number::euros(unit.0)
        );
        view! { <p class="hint" id="aide-etp">{text::french(&said)}</p> }
    });
    view! {
        <div class="field">
            <label for="etp">"ETP accordés"</label>
            {unit}
            <input class="input input-short" id="etp" name="etp" type="text" inputmode="decimal" value=typed_etp data-sans=etp aria-describedby="aide-etp" />
        </div>
        <div class="field">
            <label for="modulee">{text::french("Part modulée, en %")}<span class="optional">" (facultatif)"</span></label>
            <p class="hint" id="aide-modulee">{text::french("De 0 à 10 % du montant socle. Elle se décide d'ordinaire en avril, sur les résultats de l'année.")}</p>
            <input class="input input-short" id="modulee" name="modulee" type="text" inputmode="decimal" value=typed_rate data-sans=rate aria-describedby="aide-modulee" />
        </div>
    }
}
