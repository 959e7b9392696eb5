//! What does not fit together, with its figures and their calculation; what the service set aside of it.

use dossier::{note::LONGEST, reading::Signal, unposted::Place};
use form::{At, Revision};
use leptos::prelude::*;
use service::{
    Actor,
    instruction::{SignalChoice, Standing, Weighed},
    lenses::Composition,
};
use ui::{Icon, IconName, TextArea};

use super::unposted::Pens;
use crate::{format, routes, text};

/// What does not fit together, with its figures and their calculation.
#[component]
pub fn Signals(
    /// What does not.
    signals: Vec<Signal>,
    /// Where the answer of each is read.
    to: impl Fn(&Signal) -> String + Send,
) -> impl IntoView {
    let items = signals.iter().map(|signal| {
        let words = words(signal, to(signal));
        view! { <li class="signal"><Icon name=IconName::Warning /><div>{words}</div></li> }
    });
    view! { <ul class="signals">{items.collect_view()}</ul> }
}

fn words(signal: &Signal, href: String) -> AnyView {
    view! {
        <p><b>{text::french(signal.title)}</b>" "{text::french(&signal.text)}</p>
        <p class="soft">{text::french(&signal.how)}" "<a href=href>"Voir la réponse"</a></p>
    }
    .into_any()
}

/// How a reader looks at signals.
pub struct Close {
    /// Who reads.
    pub reader: Actor,
    /// Whether they set signals aside.
    pub writes: bool,
    /// The dossier.
    pub id: String,
    /// The lens or the glance that it is read through: its code, or nothing.
    pub lens: String,
    /// Reasons that were typed and are not posted.
    pub pens: Pens,
}

impl Close {
    /// Whether a question is this reader's own.
    pub fn reads_as(&self, one: &Composition) -> bool {
        one.by == self.reader.account_id
    }

    /// What is to be looked at, then what was set aside.
    pub fn view(&self, form: &'static Revision, signals: Vec<Weighed>) -> Option<AnyView> {
        if signals.is_empty() {
            return None;
        }
        let (aside, open): (Vec<_>, Vec<_>) = signals.into_iter().partition(Weighed::is_aside);
        let none = open.is_empty().then(|| {
            view! { <p class="soft">{text::french("Rien d'autre que ce qui est écarté ci-dessous.")}</p> }
        });
        let open: Vec<_> = open.iter().map(|one| self.open(form, one)).collect();
        let list = (!open.is_empty()).then(|| view! { <ul class="signals">{open}</ul> });
        let aside = self.folded(form, &aside);
        Some(
            view! {
                <section class="card pad stack" aria-labelledby="signaux">
                    <h2 id="signaux" class="h3">"À regarder de près"</h2>
                    {none}
                    {list}
                    {aside}
                </section>
            }
            .into_any(),
        )
    }

    fn open(&self, form: &'static Revision, one: &Weighed) -> AnyView {
        let signal = &one.signal;
        let fallen = match &one.standing {
            Standing::Fallen(choice) => Some(fallen(choice)),
            _ => None,
        };
        let form_of = self.writes.then(|| self.composer(signal));
        view! {
            <li class="signal" id=format!("signal-{}", signal.code)>
                <Icon name=IconName::Warning />
                <div>
                    {words(signal, to(form, signal))}
                    {fallen}
                    {form_of}
                </div>
            </li>
        }
        .into_any()
    }

    /// The way to set it aside.
    fn composer(&self, signal: &Signal) -> AnyView {
        let kept = self.pens.at(&Place::Signal(signal.code.to_owned()));
        let most = u32::try_from(LONGEST).unwrap_or(u32::MAX);
        let code = signal.code;
        let (input, hint) = (format!("raison-{code}"), format!("aide-{code}"));
        view! {
            <details open=kept.is_there>
                <summary>"Écarter ce signal"<span class="sr-only">{text::french(&format!(" : {}", signal.title))}</span></summary>
                <form class="stack" method="post" action=routes::signal(&self.id, code) autocomplete="off" data-brouillon=kept.place.clone() data-version=kept.version() data-fixe=kept.fixed()>
                    <input type="hidden" name="regard" value=self.lens.clone() />
                    <input type="hidden" name="chiffres" value=signal.print() />
                    <div class="field">
                        <label for=input.clone()>"Votre raison"</label>
                        <p class="hint" id=hint.clone()>{text::french("Vos collègues la lisent, la structure ne la voit pas. Elle vaut pour ces chiffres : s'ils changent, le signal revient.")}</p>
                        <TextArea id=input name="texte" initial=kept.or("texte", String::new()) maxlength=most rows=3 described_by=hint />
                    </div>
                    <p class="actions"><button class="btn" type="submit" name="geste" value="ecarter">"Écarter"</button></p>
                    {kept.foot()}
                </form>
            </details>
        }
        .into_any()
    }

    /// What was set aside, folded.
    fn folded(&self, form: &'static Revision, aside: &[Weighed]) -> Option<AnyView> {
        let title = match aside.len() {
            0 => return None,
            1 => "1 signal écarté".to_owned(),
            n => format!("{n} signaux écartés"),
        };
        let items = aside.iter().map(|one| self.aside(form, one)).collect_view();
        Some(
            view! {
                <details class="aside" id="ecartes">
                    <summary>{title}</summary>
                    <ul class="signals">{items}</ul>
                </details>
            }
            .into_any(),
        )
    }

    fn aside(&self, form: &'static Revision, one: &Weighed) -> AnyView {
        let signal = &one.signal;
        let Standing::Aside(choice) = &one.standing else { return ().into_any() };
        let says = format!("Écarté {}.", by(choice));
        let reason = (!choice.reason.is_empty())
            .then(|| view! { <p class="words">{choice.reason.clone()}</p> });
        let back = self.writes.then(|| {
            view! {
                <form method="post" action=routes::signal(&self.id, signal.code)>
                    <input type="hidden" name="regard" value=self.lens.clone() />
                    <button class="btn btn-s btn-quiet" type="submit" name="geste" value="reprendre">"Reprendre ce signal"<span class="sr-only">{text::french(&format!(" : {}", signal.title))}</span></button>
                </form>
            }
        });
        view! {
            <li class="signal" id=format!("signal-{}", signal.code)>
                <Icon name=IconName::Warning />
                <div>
                    {words(signal, to(form, signal))}
                    <p class="soft">{text::french(&says)}</p>
                    {reason}
                    {back}
                </div>
            </li>
        }
        .into_any()
    }
}

fn to(form: &Revision, signal: &Signal) -> String {
    format!("#{}", anchor(form, &signal.at))
}

/// Where an answer is read: a cell of a table in its row.
fn anchor(form: &Revision, at: &At) -> String {
    let table = form.place(&at.field).and_then(|place| place.table);
    match table {
        Some(table) => format!("rep-{}", At::in_row(&table.id, &at.row)),
        None => format!("rep-{at}"),
    }
}

/// By whom, and when.
fn by(choice: &SignalChoice) -> String {
    let when = format::moment(choice.at);
    match choice.by_name.as_str() {
        "" => format!("par le service qui instruit, {when}"),
        name => format!("par {name}, {when}"),
    }
}

/// That it was set aside for other figures.
fn fallen(choice: &SignalChoice) -> AnyView {
    let by = by(choice);
    let says = format!("Écarté {by}, pour d'autres chiffres : « {} »", choice.said);
    let reason =
        (!choice.reason.is_empty()).then(|| view! { <p class="words">{choice.reason.clone()}</p> });
    view! { <div class="was"><p>{text::french(&says)}</p>{reason}</div> }.into_any()
}
