//! What came out of a session: a page to decide on and to print, a text, a table.

use std::fmt::Write;

use dossier::lab::Standing;
use leptos::prelude::*;
use service::labs::synthesis::{LEAST, Question, Real, Synthesis};
use ui::{Icon, IconName, Tag};

use super::{following::Said, look, side, voices};
use crate::{
    format,
    pages::csv::{MARK, cell},
    routes, text,
};

/// A score out of 100, from tenths.
fn points(tenths: u32) -> String {
    format!("{},{}", tenths / 10, tenths % 10)
}

/// A share in whole hundredths.
fn percent(part: u32, of: u32) -> String {
    let hundredths = (part * 200 + of).checked_div(2 * of).unwrap_or_default();
    format!("{hundredths}\u{a0}%")
}

/// The same, with what it is of.
fn share(part: u32, of: u32) -> String {
    format!("{} ({part} sur {of})", percent(part, of))
}

/// A count that may be too small to be said.
fn counted(count: Option<u32>) -> String {
    count.map_or_else(|| format!("moins de {LEAST}"), |count| count.to_string())
}

fn real(real: Real) -> String {
    format!(
        "En usage réel, {} dossiers y répondent : valeur reprise gardée {}, corrigée {}, saisie {}.",
        real.answered,
        counted(real.kept),
        counted(real.corrected),
        counted(real.typed),
    )
}

/// "Pas clair 2, J'aime 1".
fn kinds(question: &Question) -> String {
    let said = question.kinds.iter().map(|(kind, count)| format!("{} {count}", kind.label()));
    said.collect::<Vec<_>>().join(", ")
}

/// What becomes of a place, in words.
fn decision(question: &Question) -> String {
    let Some(advice) = &question.advice else { return Standing::ToDecide.label().to_owned() };
    let done = advice.revision.map(|number| format!(" dans la révision {number}"));
    let why =
        if advice.reason.is_empty() { String::new() } else { format!(" : {}", advice.reason) };
    format!("{}{}{why}", advice.standing.label(), done.unwrap_or_default())
}

/// The page. `decides`: this person says what becomes of each place.
#[component]
pub fn SynthesisPage(
    /// What it shows.
    synthesis: Synthesis,
    /// Whether this person decides.
    decides: bool,
    /// What stands against a decision: of which place, and why.
    refused: Option<(String, &'static str)>,
) -> impl IntoView {
    let id = synthesis.lab.id.to_string();
    let here = routes::synthesis(&id);
    let all = synthesis.participants();
    let (score, answers) = synthesis.sus;
    let of = |part: u32, aim: u32| {
        let value = if answers == 0 { "–".to_owned() } else { percent(part, answers) };
        (value, format!("{part} sur {answers}, objectif : {aim}\u{a0}%"))
    };
    let (use_it, use_of) = of(synthesis.would_use, 50);
    let (save_time, save_of) = of(synthesis.saves_time, 80);
    let minutes = synthesis.minutes;
    let said = |count| text::count(count, "réponse", "réponses");
    let sides = format!("{} côté structure, {} côté agent", synthesis.seats.0, synthesis.seats.1);
    let score = score.map_or_else(|| "–".to_owned(), |score| format!("{} sur 100", points(score)));
    let saved = minutes.0.map_or_else(|| "–".to_owned(), |minutes| format!("{minutes}\u{a0}min"));
    let figures = [
        ("Participants", all.to_string(), sides),
        ("Facilité d'usage (SUS)", score, format!("moyenne de {}", said(answers))),
        ("Utiliseraient l'outil", use_it, use_of),
        ("Gagneraient du temps", save_time, save_of),
        ("Temps gagné par dossier", saved, format!("médiane de {}", said(minutes.1))),
    ];
    let figures = figures.map(|(label, value, detail)| {
        view! { <div class="figure"><dt>{label}</dt><dd class="fig">{value}</dd><dd class="soft">{detail}</dd></div> }
    });
    let tasks = synthesis.done.iter().map(|(task, by)| {
        view! { <li>{text::french(task)}" "<span class="soft num">{format!("{by} sur {all}")}</span></li> }
    });
    let tasks: Vec<_> = tasks.collect();
    let tasks = (!tasks.is_empty()).then(|| {
        view! { <section class="card pad stack"><h2 class="h3">"Tâches faites"</h2><ol>{tasks}</ol></section> }
    });
    let words = synthesis
        .words
        .iter()
        .map(|words| view! { <li class="words">{format!("«\u{a0}{words}\u{a0}»")}</li> });
    let words: Vec<_> = words.collect();
    let words = (!words.is_empty()).then(|| {
        view! { <section class="card pad stack"><h2 class="h3">"Dit à la fin"</h2><ul>{words}</ul></section> }
    });
    let questions = synthesis.questions.into_iter().map(|question| {
        let refused =
            refused.as_ref().filter(|(place, _)| *place == question.place).map(|(_, why)| *why);
        view! { <QuestionView question action=here.clone() decides refused /> }
    });
    let questions: Vec<_> = questions.collect();
    let questions = if questions.is_empty() {
        view! { <p class="soft">"Aucune remarque n'a été épinglée."</p> }.into_any()
    } else {
        questions.into_any()
    };
    let back = if decides { routes::lab(&id) } else { routes::LABS.to_owned() };
    let lab = synthesis.lab;
    view! {
        <div class="wrap page stack lab-synthesis">
            <header>
                <p class="crumbs"><a href=back>"Atelier"</a></p>
                <h1>{text::french(&format!("Synthèse : {}", lab.title))}</h1>
                <p class="lead">{format!("{}, {}. Animé par {}.", lab.place, format::date(lab.day), lab.made_by_name)}</p>
                <p class="actions no-print">
                    <a class="btn" href=format!("{here}.md") download=""><Icon name=IconName::Download />"Texte (Markdown)"</a>
                    <a class="btn" href=format!("{here}.csv") download=""><Icon name=IconName::Download />"Pour tableur (CSV)"</a>
                </p>
            </header>
            <dl class="figures lab-figures">{figures.to_vec()}</dl>
            {tasks}
            <section class="stack" aria-labelledby="par-question">
                <h2 id="par-question">"Question par question"</h2>
                {questions}
            </section>
            {words}
            <p class="soft">{text::french(&format!("Méthode : remarques épinglées par les participants, mot pour mot, sous pseudonyme ; échelle SUS (Brooke, 1996) ; chiffres d'usage réel comptés sur les dossiers de conventionnement, montrés à partir de {LEAST} dossiers. Une salle ne représente pas un territoire."))}</p>
        </div>
    }
}

/// One place.
#[component]
fn QuestionView(
    question: Question,
    action: String,
    decides: bool,
    refused: Option<&'static str>,
) -> impl IntoView {
    let anchor = format!("q-{}", question.place.replace([':', '.'], "-"));
    let tags = question.kinds.iter().map(|(kind, count)| {
        let (tone, icon) = look(*kind);
        view! { <Tag tone=tone icon=icon text=format!("{} {count}", kind.label()) /> }
    });
    let tags = tags.collect_view();
    let votes = question.votes();
    let votes = (votes > 0).then(|| view! { <span class="soft">{voices(votes)}</span> });
    let used = question.real.map(|one| view! { <p class="soft">{text::french(&real(one))}</p> });
    let said = text::french(&decision(&question));
    let advice = question.advice.clone();
    let standing = advice.as_ref().map(|advice| advice.standing).unwrap_or_default();
    let (reason, revision) = advice
        .map(|advice| (advice.reason, advice.revision.map(|n| n.to_string()).unwrap_or_default()))
        .unwrap_or_default();
    let error = refused.map(|why| view! { <p class="error" role="alert">{text::french(why)}</p> });
    let form = decides.then(|| {
        let options = Standing::ALL.map(|one| {
            view! { <option value=one.code() selected=one == standing>{one.label()}</option> }
        });
        let field = |name: &str| format!("{name}-{anchor}");
        view! {
            <details class="no-print" open=refused.is_some()>
                <summary>"Décider"</summary>
                <form method="post" action=format!("{action}#{anchor}") class="stack" autocomplete="off">
                    {error}
                    <input type="hidden" name="endroit" value=question.place.clone() />
                    <div class="field"><label for=field("suite")>"Suite donnée"</label>
                        <select class="input input-mid" id=field("suite") name="suite">{options.to_vec()}</select></div>
                    <div class="field"><label for=field("raison")>"Pourquoi, ou quoi exactement"</label>
                        <input class="input" id=field("raison") name="raison" type="text" maxlength="500" value=reason /></div>
                    <div class="field"><label for=field("revision")>"Révision où c'est fait"</label>
                        <input class="input input-short" id=field("revision") name="revision" type="text" inputmode="numeric" value=revision /></div>
                    <p><button class="btn btn-s" type="submit">"Enregistrer"<span class="sr-only">{format!(" : {}", question.called)}</span></button></p>
                </form>
            </details>
        }
    });
    let lines = question.remarks.into_iter().map(|remark| view! { <Said remark /> });
    let (called, label) = (question.called.clone(), question.called.clone());
    let step = (!question.step.is_empty()).then(|| view! { <p class="crumbs">{question.step}</p> });
    view! {
        <section class="card pad stack lab-question" id=anchor.clone() aria-label=label>
            <div>{step}<h3>{called}</h3><p class="tags">{tags}{votes}</p></div>
            <ul class="lab-remarks">{lines.collect_view()}</ul>
            {used}
            <p><strong>"Suite : "</strong>{said}</p>
            {form}
        </section>
    }
}

/// Words that stand in Markdown as they were said: what would begin a mark is escaped.
fn plain(words: &str) -> String {
    let mut plain = String::with_capacity(words.len() + 8);
    for letter in words.chars() {
        match letter {
            '\n' => plain.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '!' => {
                plain.push('\\');
                plain.push(letter);
            }
            other => plain.push(other),
        }
    }
    plain
}

/// The synthesis as Markdown.
pub fn markdown(synthesis: &Synthesis) -> String {
    let lab = &synthesis.lab;
    let (score, answers) = synthesis.sus;
    let mut file = String::new();
    let mut line = |text: String| {
        // Writing to a text does not fail.
        let _ = writeln!(file, "{text}");
    };
    line(format!("# Synthèse de l'atelier : {}\n", plain(&lab.title)));
    line(format!(
        "{}, {}. Animé par {}.\n",
        plain(&lab.place),
        format::date(lab.day),
        plain(&lab.made_by_name)
    ));
    line(format!(
        "- Participants : {} ({} côté structure, {} côté agent)",
        synthesis.participants(),
        synthesis.seats.0,
        synthesis.seats.1
    ));
    if let Some(score) = score {
        line(format!(
            "- Facilité d'usage (SUS) : {} sur 100, moyenne de {answers} réponses",
            points(score)
        ));
        line(format!("- Utiliseraient l'outil : {}", share(synthesis.would_use, answers)));
        line(format!("- Gagneraient du temps : {}", share(synthesis.saves_time, answers)));
    }
    if let (Some(minutes), count) = synthesis.minutes {
        line(format!("- Temps gagné par dossier : {minutes} min, médiane de {count} réponses"));
    }
    for (task, by) in &synthesis.done {
        line(format!("- Tâche « {} » : faite par {by}", plain(task)));
    }
    for question in &synthesis.questions {
        let step = if question.step.is_empty() {
            String::new()
        } else {
            format!("{} : ", plain(&question.step))
        };
        line(format!("\n## {step}{}\n", plain(&question.called)));
        line(format!("{}, {}\n", kinds(question), voices(question.votes())));
        for remark in &question.remarks {
            let words = if remark.text.is_empty() {
                "(sans mots)".to_owned()
            } else {
                format!("« {} »", plain(&remark.text))
            };
            line(format!(
                "- {} {words} ({}, {}, {})",
                remark.kind.label(),
                plain(&remark.by_name),
                side(remark.seat),
                voices(remark.votes.len())
            ));
        }
        if let Some(used) = question.real {
            line(format!("\n{}", real(used)));
        }
        line(format!("\nSuite : {}", plain(&decision(question))));
    }
    for words in &synthesis.words {
        line(format!("\n> {}", plain(words)));
    }
    file
}

const COLUMNS: &str =
    "étape;question;identifiant;nature;remarque;pseudonyme;côté;voix;dossiers réels;suite";

/// The remarks as a file for spreadsheets.
pub fn csv(synthesis: &Synthesis) -> String {
    let mut file = format!("{MARK}{COLUMNS}\r\n");
    for question in &synthesis.questions {
        let used = question.real.map(|used| used.answered.to_string()).unwrap_or_default();
        for remark in &question.remarks {
            let cells = [
                question.step.as_str(),
                &question.called,
                &question.place,
                remark.kind.label(),
                &remark.text,
                &remark.by_name,
                side(remark.seat),
                &remark.votes.len().to_string(),
                &used,
                &decision(question),
            ];
            file.push_str(&cells.map(cell).join(";"));
            file.push_str("\r\n");
        }
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_words_are_only_words() {
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("a;\"b\""), "\"a;\"\"b\"\"\"");
        assert_eq!(plain("# <b> *x*\n| [y](z)"), "\\# \\<b\\> \\*x\\* \\| \\[y\\](z)");
    }

    #[test]
    fn a_share_says_what_it_is_of() {
        assert_eq!(share(2, 3), "67\u{a0}% (2 sur 3)");
        assert_eq!(points(725), "72,5");
        assert_eq!(counted(None), "moins de 5");
    }
}
