//! A convention once it is signed: where it stands, what runs, what was done, and what may be done now.

mod acting;
mod answering;
mod history;

use dossier::{
    annex::{AnnexState, provisional},
    convention::{DeedKind, Life, Motive},
    right::ConventionRight,
};
use form::{Date, Kind, number};
use leptos::prelude::*;
use service::conventions::{Convention, Page, Standing};
use ui::Tag;

use self::{acting::Acting, answering::Answering, history::History};
use crate::{format, routes, text};

/// What was typed and is not kept.
#[derive(Clone, Debug)]
pub struct Typed {
    /// In the form of what.
    pub kind: DeedKind,
    /// A first day.
    pub day: String,
    /// A last day.
    pub until: String,
    /// The code of a motive.
    pub motive: String,
    /// An amount.
    pub owed: String,
    /// Words.
    pub words: String,
    /// What is wrong.
    pub why: String,
}

/// What the page shows.
pub struct Shown {
    /// The convention, as this person reads it.
    pub page: Page,
    /// What was typed and is not kept.
    pub typed: Option<Typed>,
    /// What was just done.
    pub done: Option<DeedKind>,
    /// Whether somebody of the structure reads.
    pub is_siae: bool,
    /// Whether this person prepared what waits.
    pub is_own: bool,
    /// Today.
    pub today: Date,
}

/// The page.
#[component]
pub fn ConventionPage(
    /// What it shows.
    shown: Shown,
) -> impl IntoView {
    let Shown { page, typed, done, is_siae, is_own, today } = shown;
    let Page { convention, structure, life, .. } = &page;
    let id = page.head.id.to_string();
    let (back, to) = if is_siae {
        (routes::HOME.to_owned(), "Mes dossiers")
    } else {
        (routes::annexes(today.year(), "", "", 1), "Annexes financières")
    };
    let done = done.map(|kind| {
        let says = said_after(kind, life);
        view! { <p class="note note-sauge" role="status">{text::french(&says)}</p> }
    });
    let ends = life.ended.map(|ended| ended.on).or(convention.ends);
    let ends = ends.map_or_else(
        || "non connue de Trame : la convention a été conclue avant".to_owned(),
        format::date,
    );
    let begins = convention.annexes.first().map(|annex| annex.terms.start);
    let begins = form::identifier::start_of_convention(&convention.number).or(begins);
    let perimeter =
        if convention.key.perimeter == "MP" { "milieu pénitentiaire" } else { "droit commun" };
    let facts = [
        ("Structure", format!("{}, {}", structure.name, structure.commune)),
        ("SIRET", Kind::Siret.display(&structure.siret)),
        ("Département", convention.key.department.clone()),
        ("Type", format!("{}, {perimeter}", convention.kind)),
        ("Début", begins.map(format::date).unwrap_or_default()),
        ("Fin", ends),
    ];
    let facts = facts
        .map(|(term, value)| view! { <div><dt>{term}</dt><dd>{text::french(&value)}</dd></div> });
    let older = (!convention.is_ours).then(|| {
        view! { <p class="soft">{text::french("Cette convention a été conclue avant Trame. On ne lit ici que les annexes accordées dans Trame ; les précédentes sont à l'ASP.")}</p> }
    });
    let reads = page.may(ConventionRight::ReadWords);
    // What was typed stays in sight, even when its moment is over.
    let kept = typed.as_ref().map(|typed| typed.kind);
    let answers = is_siae && (life.procedure.is_some() || kept == Some(DeedKind::Answer));
    let answer = answers.then(|| {
        let may = page.may(ConventionRight::Answer);
        let typed = typed.clone().filter(|typed| typed.kind == DeedKind::Answer);
        view! { <Answering id=id.clone() may typed seen=page.seen /> }
    });
    let acts = (page.may(ConventionRight::Prepare) && (life.ended.is_none() || kept.is_some()))
        .then(|| {
            let typed = typed.clone().filter(|typed| typed.kind != DeedKind::Answer);
            view! { <Acting page=page.clone() typed is_own today /> }
        });
    view! {
        <div class="wrap page narrow stack">
            <header>
                <p class="crumbs"><a href=back>{to}</a></p>
                <h1>"Convention "<span class="nowrap">{format!("n° {}", convention.number)}</span></h1>
                <p class="tags"><span class="kind">{convention.kind.clone()}</span><Stage convention=convention.clone() life=life.clone() today /></p>
            </header>
            {done}
            <Notes life=life.clone() is_siae reads today />
            {procedure(&page, reads, today)}
            {answer}
            {acts}
            <section class="card pad stack" aria-labelledby="convention">
                <h2 id="convention" class="h3">"La convention"</h2>
                <dl class="facts">{facts.to_vec()}</dl>
                {older}
            </section>
            <Annexes convention=convention.clone() life=life.clone() today />
            <History page=page.clone() is_siae />
        </div>
    }
}

/// Where a convention stands, as a tag.
#[component]
fn Stage(convention: Convention, life: Life, today: Date) -> impl IntoView {
    let signed = convention.is_signed();
    let past = convention.ends.is_some_and(|last| last < today);
    let (tone, says) = match () {
        () if life.is_over(today) => ("t-garance", "Résiliée"),
        () if life.ended.is_some() => ("t-garance", "Résiliation décidée"),
        () if past => ("", "Terminée"),
        () if !signed => ("t-gaude", "À signer"),
        () => ("t-sauge", "En cours"),
    };
    let held = life.is_suspended(today).then(|| view! { <Tag tone="t-gaude" text="Suspendue" /> });
    let challenged = life
        .procedure
        .is_some()
        .then(|| view! { <Tag tone="t-orseille" text="Résiliation envisagée" /> });
    view! { <Tag tone=tone text=says />{held}{challenged} }
}

/// What a reader is to know first, in plain words.
#[component]
fn Notes(life: Life, is_siae: bool, reads: bool, today: Date) -> impl IntoView {
    let suspension = life.open_suspension(today).map(|one| {
        let words = (reads && !one.words.is_empty())
            .then(|| view! { <p class="words">{one.words.clone()}</p> });
        view! {
            <section class="note note-gaude stack" aria-label="Suspension">
                <p><strong>{text::french(&suspended(one.from, one.until, today))}</strong></p>
                {words}
                {is_siae.then(|| view! { <p>{text::french("La convention n'est pas terminée, et votre demande de l'année suivante reste possible. Votre DDETS peut lever la suspension dès que ce qui est demandé est fait : parlez-lui.")}</p> })}
            </section>
        }
    });
    let ended = life.ended.map(|ended| {
        let owed = ended.owed.filter(|owed| owed.0 > 0).map(|owed| {
            format!(" Sommes à reverser, selon la décision : {}.", number::euros(owed.0))
        });
        let says = format!(
            "La convention est résiliée. Son dernier jour {} le {}, et ses annexes s'arrêtent avec elle.{}",
            if ended.on < today { "était" } else { "est" },
            format::date(ended.on),
            owed.unwrap_or_default()
        );
        let next = is_siae.then(|| view! { <p>{text::french("Pour être de nouveau conventionné, ouvrez une première demande : rien n'est repris de cette convention.")}</p> });
        view! { <section class="note note-garance stack" aria-label="Résiliation"><p><strong>{text::french(&says)}</strong></p>{next}</section> }
    });
    view! { {suspension} {ended} }
}

/// A suspension in a sentence.
fn suspended(from: Date, until: Option<Date>, today: Date) -> String {
    let last = until.map(|last| format!(", jusqu'au {} inclus", format::date(last)));
    let last = last.unwrap_or_else(|| ", jusqu'à ce qu'elle soit levée".to_owned());
    if from > today {
        format!("La convention sera suspendue à partir du {}{last}.", format::date(from))
    } else {
        format!("La convention est suspendue depuis le {}{last}.", format::date(from))
    }
}

/// The termination that is under way.
fn procedure(page: &Page, reads: bool, today: Date) -> Option<AnyView> {
    let procedure = page.life.procedure.as_ref()?;
    let kind = &page.convention.kind;
    let when = match (procedure.received, procedure.answer_until()) {
        (Some(received), Some(until)) if until >= today => format!(
            "Lettre reçue le {}. La structure peut répondre jusqu'au {} inclus ; aucune résiliation n'est décidée avant.",
            format::date(received),
            format::date(until)
        ),
        (Some(received), Some(until)) => format!(
            "Lettre reçue le {}. Le mois pour répondre s'est achevé le {}. Une réponse reste possible tant que rien n'est décidé.",
            format::date(received),
            format::date(until)
        ),
        _ => "Lettre recommandée envoyée. La structure aura un mois au moins pour répondre, à partir du jour où elle la reçoit.".to_owned(),
    };
    let letter = reads.then(|| {
        let source = procedure.motive.article(kind);
        let motive = format!("{} ({source})", procedure.motive.label());
        let exact = (!Motive::is_exact(kind)).then(|| view! { <p class="soft small">{text::french("L'article précis dépend du type de structure : il est à écrire dans la lettre.")}</p> });
        view! {
            <p><b>{text::french(&motive)}</b></p>
            <p class="words">{procedure.words.clone()}</p>
            {exact}
        }
    });
    Some(
        view! {
            <section class="card pad stack" aria-labelledby="procedure">
                <h2 id="procedure" class="h3">{text::french("Résiliation envisagée : rien n'est décidé")}</h2>
                <p>{text::french(&when)}</p>
                {letter}
            </section>
        }
        .into_any(),
    )
}

/// The annexes of the convention, in order, each with where it stands.
#[component]
fn Annexes(convention: Convention, life: Life, today: Date) -> impl IntoView {
    let last = life.ended.map(|ended| ended.on);
    let over = life.is_over(today);
    let held = life.is_suspended(today);
    let line = |start: Date, end: Date, etp: i64| {
        let end = last.map_or(end, |last| last.min(end));
        let period = format!("du {} au {}", format::date(start), format::date(end));
        format!("{period}, {} ETP", number::etp(etp))
    };
    let granted = convention.annexes.iter().map(|annex| {
        let (numbers, terms) = (&annex.numbers, &annex.terms);
        let counts = annex.state != AnnexState::Replaced;
        let says = if over && counts { "Résiliée" } else { annex.state.label() };
        let flag = held && annex.state == AnnexState::Valid && terms.end >= today;
        let href = routes::annex(annex.dossier.as_str());
        let name = view! { <a href=href>{numbers.display()}</a> }.into_any();
        let order = (numbers.renewal, numbers.modification);
        (order, name, line(terms.start, terms.end, terms.grant.etp.0), says, flag)
    });
    let provisional = convention.provisional.iter().map(|one| {
        let (numbers, terms) = (&one.numbers, &one.terms);
        let standing = one.standing(today);
        let runs = standing == provisional::Standing::Runs;
        let says = if over && runs { "Résiliée" } else { standing.label() };
        let name = view! { <span>{numbers.display()}</span> }.into_any();
        let order = (numbers.renewal, numbers.modification);
        (order, name, line(terms.start, terms.end, terms.grant.etp.0), says, held && runs)
    });
    let mut lines: Vec<_> = granted.chain(provisional).collect();
    lines.sort_by_key(|(order, ..)| *order);
    let items = lines.into_iter().map(|(_, name, period, says, flag)| {
        let flag = flag.then_some(", suspendue");
        view! { <li><span class="nowrap">{name}</span>" "{period}" "<span class="soft">{says}{flag}</span></li> }
    });
    view! {
        <section class="card pad stack" aria-labelledby="annexes">
            <h2 id="annexes" class="h3">"Ses annexes financières"</h2>
            <ol class="note-list">{items.collect_view()}</ol>
        </section>
    }
}

/// What is said once something is done.
fn said_after(kind: DeedKind, life: &Life) -> String {
    let until = life.procedure.as_ref().and_then(dossier::convention::Procedure::answer_until);
    match kind {
        DeedKind::PrepareSuspension | DeedKind::PrepareLetter | DeedKind::PrepareTermination => {
            "C'est préparé. Une autre personne, qui a délégation de signature, signe ici même.".to_owned()
        }
        DeedKind::TakeBack => "C'est repris : plus rien n'attend de signature.".to_owned(),
        DeedKind::Suspend => "La convention est suspendue. La structure en est prévenue.".to_owned(),
        DeedKind::Lift => "La suspension est levée. La structure en est prévenue.".to_owned(),
        DeedKind::SignLetter => "La lettre est signée. Envoyez-la en recommandé ; la structure la lit aussi dans Trame, et en est prévenue.".to_owned(),
        DeedKind::Receive => format!(
            "La réception est notée. La structure a jusqu'au {} pour répondre ; elle en est prévenue.",
            until.map(format::date).unwrap_or_default()
        ),
        DeedKind::Answer => "Votre réponse est envoyée à la DDETS, et gardée ici. Vous pouvez la compléter tant que rien n'est décidé.".to_owned(),
        DeedKind::Close => "La procédure est close sans suite : la convention continue. La structure en est prévenue.".to_owned(),
        DeedKind::Terminate => "La convention est résiliée. La structure en est prévenue.".to_owned(),
    }
}

/// What the home of a structure says of a convention, most important first; nothing when all is well.
pub fn warm(standing: &Standing, provisional: Option<Date>, today: Date) -> Vec<(bool, String)> {
    let mut says = Vec::new();
    if let Some(last) = standing.ended {
        let was = if last < today { "s'est terminée" } else { "se terminera" };
        says.push((
            true,
            format!("Cette convention est résiliée : elle {was} le {}.", format::date(last)),
        ));
        return says;
    }
    if standing.is_challenged {
        says.push((true, match standing.answer_until {
            Some(until) if until >= today => format!(
                "L'État envisage de résilier cette convention. Rien n'est décidé : vous pouvez répondre jusqu'au {} inclus.",
                format::date(until)
            ),
            Some(_) => "L'État envisage de résilier cette convention. Le mois pour répondre est passé, mais rien n'est décidé : votre réponse reste possible.".to_owned(),
            None => "L'État envisage de résilier cette convention. Rien n'est décidé : une lettre vous est envoyée, et vous pourrez répondre pendant un mois au moins.".to_owned(),
        }));
    }
    if let Some(from) =
        standing.suspended.filter(|_| standing.suspended_until.is_none_or(|last| last >= today))
    {
        let says_it = suspended(from, standing.suspended_until, today);
        says.push((
            true,
            format!(
                "{says_it} Elle n'est pas terminée : lisez pourquoi, et parlez-en à votre DDETS."
            ),
        ));
    }
    if let Some(until) = provisional.filter(|until| *until >= today) {
        says.push((false, format!(
            "Une annexe provisoire prolonge votre convention jusqu'au {} : vos droits continuent.",
            format::date(until)
        )));
    }
    says
}
