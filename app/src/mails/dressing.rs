//! A message as plain text, and as HTML that every reader of mail shows: no image, nothing to load, light
//! and dark, one column.

use std::fmt::Write;

use super::{Block, Draft, Links};
use crate::{routes, text::french};

/// Longest line of plain text.
const WIDTH: usize = 72;

/// As plain text.
pub(super) fn plain(draft: &Draft, links: Links<'_>) -> String {
    let mut parts = vec!["Bonjour,".to_owned()];
    for block in &draft.blocks {
        parts.push(match block {
            Block::Heading(words) => {
                let words = french(words);
                let line = "-".repeat(words.chars().count().min(WIDTH));
                format!("{words}\n{line}")
            }
            Block::Text(words) => wrapped(&french(words)),
            Block::Action(label, path) => {
                format!("{}\n{}{path}", french(&format!("{label} :")), links.site)
            }
            Block::Places(places) => {
                let rows = places.iter().map(|(label, path, after)| {
                    format!("- {}\n  {}{path}", french(&format!("{label}{after}")), links.site)
                });
                rows.collect::<Vec<_>>().join("\n")
            }
        });
    }
    let mut foot = vec!["-- ".to_owned(), wrapped(&french(&draft.why))];
    if let Some(unsubscribe) = links.unsubscribe {
        foot.push(format!("{}\n{unsubscribe}", french("Ne plus recevoir ces messages :")));
    }
    if draft.chooses {
        let words = french("Choisir ce que vous recevez :");
        foot.push(format!("{words}\n{}{}", links.site, routes::PREFERENCES));
    }
    foot.push(
        "Trame, le dossier de conventionnement de l'insertion par\nl'activité économique".into(),
    );
    parts.push(foot.join("\n"));
    parts.join("\n\n") + "\n"
}

/// A text in lines that every reader shows whole.
fn wrapped(text: &str) -> String {
    let (mut lines, mut line) = (Vec::new(), String::new());
    // Words that belong together are held by a space of their own: it breaks no line.
    for word in text.split([' ', '\r', '\n', '\t']).filter(|word| !word.is_empty()) {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines.join("\n")
}

/// What colours are, in the light and in the dark: those of `style/tokens.css`.
const STYLE: &str = ":root{color-scheme:light dark;supported-color-schemes:light dark}\
body{margin:0;background:#faf7f1;color:#1d2433}\
.m{max-width:36rem;margin:0 auto;padding:1.5rem 1rem;font:1rem/1.55 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif}\
h1{font-size:1.25rem;line-height:1.3;margin:0 0 1rem}\
h2{font-size:1.05rem;line-height:1.3;margin:1.75rem 0 .5rem;border-top:1px solid #dfd7c8;padding-top:1rem}\
p{margin:0 0 1rem}\
ul{margin:0 0 1rem;padding-left:1.2rem}\
a{color:#1f4e8c}\
a.b{display:inline-block;padding:.65rem 1.1rem;border-radius:.5rem;background:#1f4e8c;color:#fff;font-weight:600;text-decoration:none}\
.f{margin-top:2rem;border-top:1px solid #dfd7c8;padding-top:1rem;font-size:.875rem;color:#4d5566}\
@media(prefers-color-scheme:dark){body{background:#161b26;color:#eef0f4}h2,.f{border-color:#3a4354}a{color:#9cc3f5}\
a.b{background:#9cc3f5;color:#10151f}.f{color:#b6bdca}}";

/// As HTML.
pub(super) fn html(draft: &Draft, links: Links<'_>) -> String {
    let subject = escape(&french(&draft.subject));
    let mut body = format!("<h1>{subject}</h1><p>Bonjour,</p>");
    let mut add = |html: String| body.push_str(&html);
    for block in &draft.blocks {
        match block {
            Block::Heading(words) => add(format!("<h2>{}</h2>", escape(&french(words)))),
            Block::Text(words) => add(format!("<p>{}</p>", escape(&french(words)))),
            Block::Action(label, path) => add(format!(
                r#"<p><a class="b" href="{}{}">{}</a></p>"#,
                escape(links.site),
                escape(path),
                escape(&french(label))
            )),
            Block::Places(places) => {
                let mut list = String::new();
                for (label, path, after) in places {
                    // Writing into a String cannot fail.
                    let _ = write!(
                        list,
                        r#"<li><a href="{}{}">{}</a>{}</li>"#,
                        escape(links.site),
                        escape(path),
                        escape(&french(label)),
                        escape(&french(after))
                    );
                }
                add(format!("<ul>{list}</ul>"));
            }
        }
    }
    let mut foot = format!("<p>{}</p>", escape(&french(&draft.why)));
    let mut ways = Vec::new();
    if let Some(unsubscribe) = links.unsubscribe {
        ways.push(format!(
            r#"<a href="{}">Ne plus recevoir ces messages</a>"#,
            escape(unsubscribe)
        ));
    }
    if draft.chooses {
        let path = routes::PREFERENCES;
        ways.push(format!(
            r#"<a href="{}{path}">Choisir ce que vous recevez</a>"#,
            escape(links.site)
        ));
    }
    if !ways.is_empty() {
        // Writing into a String cannot fail.
        let _ = write!(foot, "<p>{}</p>", ways.join(" · "));
    }
    format!(
        r#"<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>{subject}</title><style>{STYLE}</style></head><body><main class="m">{body}<div class="f">{foot}<p>Trame, le dossier de conventionnement de l'insertion par l'activité économique</p></div></main></body></html>"#
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
