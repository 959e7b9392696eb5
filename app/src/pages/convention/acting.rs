//! What who instructs may do with a convention now, each deed with what it needs.

use dossier::{
    convention::{DeedKind, LONGEST, Life, Motive, SHORTEST},
    right::ConventionRight,
};
use form::{Date, number};
use leptos::prelude::*;
use service::conventions::Page;
use ui::TextArea;

use super::Typed;
use crate::{format, routes, text};

/// The forms, and what waits for a signature.
#[component]
pub fn Acting(
    /// The convention.
    page: Page,
    /// What was typed and is not kept.
    typed: Option<Typed>,
    /// Whether this person prepared what waits.
    is_own: bool,
    /// Today.
    today: Date,
) -> impl IntoView {
    if !page.convention.is_signed() {
        return view! { <p class="note no-print">{text::french("Aucune annexe de cette convention n'est signée : il n'y a encore rien à suspendre ni à résilier.")}</p> }.into_any();
    }
    let decides = page.may(ConventionRight::Decide);
    let id = page.head.id.to_string();
    let waiting = page.life.prepared.as_ref().map(|prepared| {
        let what = match prepared.kind {
            DeedKind::PrepareSuspension => "Une suspension attend une signature",
            DeedKind::PrepareLetter => "Une lettre attend une signature",
            _ => "Une résiliation attend une signature",
        };
        let dates = dates(&page.life);
        let who = match (is_own, decides) {
            (true, _) => "Vous l'avez préparée : une autre personne, qui a délégation de signature, la signe ou la reprend.",
            (false, false) => "Une personne qui a délégation de signature la signe.",
            (false, true) => "Relisez-la avant de signer. La structure la lira telle quelle.",
        };
        view! {
            <div class="note stack">
                <p><strong>{what}</strong>" "<span class="soft">{format!("préparée par {}", page.prepared_by)}</span></p>
                {(!dates.is_empty()).then(|| view! { <p>{text::french(&dates)}</p> })}
                <p class="words">{prepared.said.words.clone()}</p>
                <p class="soft">{text::french(who)}</p>
            </div>
        }
    });
    let kinds = offered(&page.life, decides, is_own, today);
    // What was refused stays in sight, even when its moment is over.
    let kept = typed.as_ref().map(|typed| typed.kind).filter(|kind| !kinds.contains(kind));
    let forms = kinds.iter().copied().chain(kept).map(|kind| {
        let typed = typed.clone().filter(|typed| typed.kind == kind);
        view! { <Act id=id.clone() kind typed seen=page.seen life=page.life.clone() of=page.convention.kind.clone() today /> }
    });
    let forms: Vec<_> = forms.collect();
    let early = early(&page.life, today);
    view! {
        <section class="card pad stack no-print" aria-labelledby="agir">
            <h2 id="agir" class="h3">"Ce que vous pouvez faire"</h2>
            {waiting}
            {early.map(|early| view! { <p class="soft">{text::french(&early)}</p> })}
            {forms}
        </section>
    }
    .into_any()
}

/// The dates and figures of what waits.
fn dates(life: &Life) -> String {
    let Some(prepared) = &life.prepared else { return String::new() };
    let said = &prepared.said;
    match (prepared.kind, said.day) {
        (DeedKind::PrepareSuspension, Some(from)) => {
            let last = said.until.map(|last| format!(" jusqu'au {} inclus", format::date(last)));
            format!(
                "À partir du {}{}. Signée plus tard, elle commence le jour de la signature.",
                format::date(from),
                last.unwrap_or_default()
            )
        }
        (DeedKind::PrepareTermination, Some(last)) => {
            let owed = said.owed.filter(|owed| owed.0 > 0);
            let owed = owed.map(|owed| format!(" Sommes à reverser : {}.", number::euros(owed.0)));
            format!("Dernier jour : le {}.{}", format::date(last), owed.unwrap_or_default())
        }
        _ => said.motive.map(|motive| format!("Motif : {}.", motive.label())).unwrap_or_default(),
    }
}

/// Why no termination is proposed yet.
fn early(life: &Life, today: Date) -> Option<String> {
    let procedure = life.procedure.as_ref()?;
    let Some(until) = procedure.answer_until() else {
        return Some(
            "Notez le jour où la structure a reçu la lettre : son mois commence là.".into(),
        );
    };
    (today <= until).then(|| {
        let answered = if procedure.answers > 0 { ", même si elle a déjà répondu" } else { "" };
        format!(
            "Une résiliation se propose à partir du lendemain du {} : le mois est à la structure{answered}.",
            format::date(until)
        )
    })
}

/// What may be done now.
fn offered(life: &Life, decides: bool, is_own: bool, today: Date) -> Vec<DeedKind> {
    let mut kinds = Vec::new();
    if life.ended.is_some() {
        return kinds;
    }
    let prepared = life.prepared.as_ref().map(|prepared| prepared.kind);
    if let Some(kind) = prepared {
        kinds.extend(kind.signed_as().filter(|_| decides && !is_own));
        kinds.push(DeedKind::TakeBack);
    }
    let over = life.procedure.as_ref().and_then(dossier::convention::Procedure::answer_until);
    let over = over.is_some_and(|until| today > until);
    if life.procedure.is_some() {
        if prepared != Some(DeedKind::PrepareTermination) {
            kinds.push(DeedKind::Receive);
        }
        if over && prepared.is_none() {
            kinds.push(DeedKind::PrepareTermination);
        }
        if decides {
            kinds.push(DeedKind::Close);
        }
    }
    if life.open_suspension(today).is_some() {
        if decides {
            kinds.push(DeedKind::Lift);
        }
    } else if prepared.is_none() {
        kinds.push(DeedKind::PrepareSuspension);
    }
    if life.procedure.is_none() && prepared.is_none() {
        kinds.push(DeedKind::PrepareLetter);
    }
    kinds
}

/// What is to know before a deed.
fn hint(kind: DeedKind, life: &Life) -> &'static str {
    let received = life.procedure.as_ref().is_some_and(|one| one.received.is_some());
    match kind {
        DeedKind::PrepareSuspension => {
            "La suspension est un signalement daté, comme à l'ASP : la convention et ses annexes restent valides. Une autre personne signe."
        }
        DeedKind::PrepareLetter => {
            "La lettre dit pourquoi la résiliation est envisagée. Une autre personne la signe, puis elle part en recommandé ; la structure a un mois au moins pour répondre."
        }
        DeedKind::Suspend => {
            "La structure lit le motif dans Trame, et en est prévenue par courriel."
        }
        DeedKind::SignLetter => {
            "Après votre signature, la structure lit la lettre dans Trame et peut y répondre. Envoyez-la aussi en recommandé."
        }
        DeedKind::Receive if received => {
            "La date est notée. Corrigez-la si elle est fausse : l'ancienne reste dans l'histoire."
        }
        DeedKind::Receive => "Le jour de l'accusé de réception du courrier recommandé.",
        DeedKind::PrepareTermination => {
            "Le mois est passé. Répondez dans les motifs à ce que la structure a dit. Une autre personne signe."
        }
        DeedKind::Terminate => {
            "Cette décision ne se reprend pas. Les annexes s'arrêtent au dernier jour, et aucune annexe provisoire ne les suit."
        }
        DeedKind::Close => "La convention continue. La structure lit pourquoi.",
        DeedKind::Lift => "À partir d'aujourd'hui. La structure lit pourquoi.",
        DeedKind::TakeBack => {
            "Rien n'est envoyé ; la préparation reste dans l'histoire du service."
        }
        DeedKind::Answer => "",
    }
}

/// The form of one deed.
#[component]
fn Act(
    id: String,
    kind: DeedKind,
    typed: Option<Typed>,
    seen: u32,
    life: Life,
    /// Kind of structure.
    of: String,
    today: Date,
) -> impl IntoView {
    let key = kind.code();
    let error = typed.as_ref().map(|typed| {
        view! { <p class="error" id=format!("erreur-{key}") role="alert">{text::french(&typed.why)}</p> }
    });
    let open = typed.is_some()
        || kind.signed_as().is_none()
            && life.prepared.as_ref().is_some_and(|one| one.kind.signed_as() == Some(kind));
    let wrong = typed.is_some();
    let typed = typed.unwrap_or_else(|| usual(kind, &life, today));
    let day = |name: &'static str,
               label: &'static str,
               value: String,
               more: (Option<String>, Option<String>),
               optional: bool| {
        let field = format!("{name}-{key}");
        view! {
            <div class="field">
                <label for=field.clone()>{label}{optional.then(|| view! { <span class="optional">" (facultatif)"</span> })}</label>
                <input class="input input-mid" id=field name=name type="date" required=!optional value=value min=more.0 max=more.1 />
            </div>
        }
    };
    let now = today.to_string();
    let words = |label: &'static str, least: usize| {
        let field = format!("texte-{key}");
        let help = format!("aide-{key}");
        let most = u32::try_from(LONGEST).unwrap_or(u32::MAX);
        let described = format!(
            "{}{}",
            if least > 1 { help.clone() } else { String::new() },
            if wrong { format!(" erreur-{key}") } else { String::new() }
        );
        let says = (least > 1)
            .then(|| format!("{least} caractères au moins. La structure lira ce texte."));
        view! {
            <div class="field">
                <label for=field.clone()>{label}</label>
                {says.map(|says| view! { <p class="hint" id=help.clone()>{text::french(&says)}</p> })}
                <TextArea id=field name="texte" initial=typed.words.clone() rows=5 maxlength=most described_by=described invalid=wrong />
            </div>
        }
    };
    let fields = match kind {
        DeedKind::PrepareSuspension => view! {
            {day("jour", "À partir du", typed.day.clone(), (Some(now), None), false)}
            {day("fin", "Jusqu'au", typed.until.clone(), (None, None), true)}
            {words("Motif", SHORTEST)}
        }.into_any(),
        DeedKind::PrepareLetter => view! {
            <Motives of chosen=typed.motive.clone() />
            {words("Ce que la lettre dit", SHORTEST)}
        }.into_any(),
        DeedKind::Receive => day("jour", "Reçue le", typed.day.clone(), (None, Some(now)), false).into_any(),
        DeedKind::PrepareTermination => view! {
            {day("jour", "Dernier jour de la convention", typed.day.clone(), (Some(now), None), false)}
            <div class="field">
                <label for="montant">"Sommes à reverser, en euros"<span class="optional">" (facultatif)"</span></label>
                <p class="hint" id="montant-aide">{text::french("Ce que la structure a perçu sans y avoir droit. Trame ne le calcule pas : demandez à l'ASP ce qui a été versé.")}</p>
                <input class="input input-num" id="montant" name="montant" inputmode="decimal" value=typed.owed.clone() aria-describedby="montant-aide" />
            </div>
            {words("Motifs de la décision", SHORTEST)}
        }.into_any(),
        DeedKind::Lift | DeedKind::Close => words("Pourquoi", 1).into_any(),
        _ => ().into_any(),
    };
    let look = match kind {
        DeedKind::TakeBack => "btn",
        DeedKind::Terminate => "btn btn-main btn-danger",
        _ => "btn btn-main",
    };
    view! {
        <details class="act" id=format!("acte-{key}") open=open>
            <summary>{kind.label()}</summary>
            <form method="post" action=routes::convention(&id) class="stack" autocomplete="off">
                <input type="hidden" name="acte" value=key />
                <input type="hidden" name="vu" value=seen.to_string() />
                {error}
                <p class="soft">{text::french(hint(kind, &life))}</p>
                {fields}
                <p><button class=look type="submit">{kind.label()}</button></p>
            </form>
        </details>
    }
}

/// What a form opens with.
fn usual(kind: DeedKind, life: &Life, today: Date) -> Typed {
    let received = life.procedure.as_ref().and_then(|procedure| procedure.received);
    let day = match kind {
        DeedKind::PrepareSuspension => today.to_string(),
        DeedKind::Receive => received.map(|day| day.to_string()).unwrap_or_default(),
        _ => String::new(),
    };
    Typed {
        kind,
        day,
        until: String::new(),
        motive: String::new(),
        owed: String::new(),
        words: String::new(),
        why: String::new(),
    }
}

/// The motives, each with its article.
#[component]
fn Motives(
    /// Kind of structure.
    of: String,
    chosen: String,
) -> impl IntoView {
    let choices = Motive::ALL.map(|motive| {
        let checked = motive.code() == chosen;
        let source = motive.article(&of);
        view! {
            <label class="choice">
                <input type="radio" name="motif" value=motive.code() required=true checked=checked />
                <span>{text::french(motive.label())}" "<span class="soft">{format!("({source})")}</span></span>
            </label>
        }
    });
    view! {
        <fieldset class="field">
            <legend class="label">"Motif"</legend>
            <div class="choices">{choices.to_vec()}</div>
        </fieldset>
    }
}
