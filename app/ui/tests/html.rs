//! What each component sends: empty, filled, and with text that means harm.
#![cfg(feature = "ssr")]

use leptos::prelude::*;
use ui::{
    Banner, Counters, ErrorSummary, Icon, IconName, KeyFigure, Mark, ProgressBar, Tag, TextArea,
};

const HOSTILE: &str = r#"</textarea><script>alert(1)</script>" onfocus="alert(2)' &amp; </span>"#;

fn html<V: IntoView>(view: impl FnOnce() -> V) -> String {
    Owner::new().with(|| view().into_view().to_html())
}

/// What a parser takes for markup: the inside of tags, without the values of attributes.
fn bare_markup(html: &str) -> String {
    let (mut in_tag, mut in_value) = (false, false);
    html.chars()
        .filter(|c| {
            match (c, in_tag, in_value) {
                ('<', false, _) => in_tag = true,
                ('>', true, false) => in_tag = false,
                ('"', true, _) => in_value = !in_value,
                _ => {}
            }
            in_tag && !in_value
        })
        .collect()
}

/// Nothing of the hostile text is left as markup, in content or in an attribute.
fn assert_harmless(html: &str) {
    let low = html.to_lowercase();
    assert!(!low.contains("<script"), "a script was let through: {html}");
    assert!(!bare_markup(&low).contains("onfocus"), "an attribute was let through: {html}");
    assert!(low.contains("&lt;script&gt;"), "the text was lost: {html}");
}

#[test]
fn every_icon_is_drawn_and_hidden_from_readers() {
    for name in IconName::ALL {
        let html = html(|| view! { <Icon name /> });
        assert!(html.contains("aria-hidden=\"true\""), "{name:?}");
        assert!(html.contains(name.path()), "{name:?}");
        assert!(name.path().starts_with('M'), "{name:?}");
    }
}

#[test]
fn the_mark_follows_the_theme() {
    let html = html(|| view! { <Mark /> });
    assert!(html.contains("var(--color-garance)"));
    assert!(html.contains("aria-hidden=\"true\""));
}

#[test]
fn a_tag_is_a_word_with_or_without_shape_and_colour() {
    let bare = html(|| view! { <Tag text="Refusé" /> });
    assert!(bare.contains("class=\"tag\"") && bare.contains("Refusé") && !bare.contains("<svg"));
    let full = html(|| view! { <Tag tone="t-sauge" icon=IconName::Check text="Accepté" /> });
    assert!(full.contains("class=\"tag t-sauge\"") && full.contains("<svg"));
    assert_harmless(&html(|| view! { <Tag text=HOSTILE /> }));
}

#[test]
fn counters_say_their_words_and_leave_out_zeros() {
    let none = html(|| view! { <Counters /> });
    assert!(none.contains("class=\"counts\"") && !none.contains("cnt"));
    let some = html(|| view! { <Counters to_write=1 to_confirm=2 problems=1 /> });
    for said in ["à écrire", "à confirmer", "problème", "cnt-fill", "cnt-conf", "cnt-prob"] {
        assert!(some.contains(said), "{said} is missing: {some}");
    }
    assert!(!some.contains("problèmes"));
    assert!(html(|| view! { <Counters problems=2 /> }).contains("problèmes"));
}

#[test]
fn an_error_summary_links_each_problem_and_vanishes_with_the_last() {
    assert!(!html(|| view! { <ErrorSummary items=Vec::new() /> }).contains("role"));
    let items = vec![("#staff.etp".to_owned(), "ETP : écrivez un nombre.".to_owned())];
    let one = html(|| view! { <ErrorSummary items /> });
    assert!(one.contains("role=\"alert\"") && one.contains("href=\"#staff.etp\""));
    assert!(one.contains("Une réponse à revoir"));
    let items = vec![(HOSTILE.to_owned(), HOSTILE.to_owned()); 2];
    let hostile = html(|| view! { <ErrorSummary items /> });
    assert!(hostile.contains("2\u{a0}réponses à revoir"));
    assert_harmless(&hostile);
}

#[test]
fn a_text_area_keeps_its_text_and_never_lets_it_out() {
    let empty = html(|| view! { <TextArea id="a" name="a" initial="" /> });
    assert!(empty.contains("id=\"a\"") && empty.contains(">\n</textarea>"), "{empty}");
    assert!(!empty.contains("aria-invalid") && !empty.contains("maxlength"));

    let filled = html(|| {
        view! {
            <TextArea
                id="a"
                name="a"
                initial="\nDeux lignes.\nL'une & l'autre."
                rows=7
                maxlength=1_500u32
                described_by="aide-a"
                invalid=true
                on_input=Callback::new(|_: String| ())
            />
        }
    });
    for said in
        ["rows=\"7\"", "maxlength=\"1500\"", "aria-describedby=\"aide-a\"", "aria-invalid=\"true\""]
    {
        assert!(filled.contains(said), "{said} is missing: {filled}");
    }
    // One line feed for the parser, one of the text.
    assert!(filled.contains(">\n\nDeux lignes.\nL'une &amp; l'autre.</textarea>"), "{filled}");

    let hostile = html(|| {
        view! { <TextArea id=HOSTILE name=HOSTILE initial=HOSTILE described_by=HOSTILE label=HOSTILE /> }
    });
    assert_harmless(&hostile);
    assert_eq!(hostile.matches("</textarea>").count(), 1);
    // An entity that was typed comes back as it was typed.
    assert!(hostile.contains("&amp;amp;"));
}

#[test]
fn a_banner_is_a_status_with_a_bold_sentence() {
    let html_of = |title: &'static str| {
        html(move || {
            view! { <Banner tone="banner-guede" icon=IconName::Offline title>"Continuez."</Banner> }
        })
    };
    let plain = html_of("Pas de connexion.");
    assert!(plain.contains("class=\"banner banner-guede\"") && plain.contains("role=\"status\""));
    assert!(plain.contains("<strong>Pas de connexion.</strong>") && plain.contains("Continuez."));
    assert_harmless(&html_of(HOSTILE));
}

#[test]
fn a_progress_bar_says_its_figures_and_needs_no_inline_style() {
    let empty = html(|| view! { <ProgressBar ready=0 /> });
    assert!(!empty.contains("<rect") && empty.contains("sur 0"));
    let bar = html(|| view! { <ProgressBar ready=61 to_confirm=9 to_write=4 /> });
    assert!(bar.contains("61\u{a0}questions prêtes, 9\u{a0}à confirmer, 4\u{a0}à écrire, sur 74"));
    assert_eq!(bar.matches("<rect").count(), 3);
    assert!(!bar.contains("style="));
    let done = html(|| view! { <ProgressBar ready=74 /> });
    assert!(done.contains("width=\"1000\""));
    assert!(html(|| view! { <ProgressBar ready=u32::MAX /> }).contains("width=\"1000\""));
}

#[test]
fn a_key_figure_has_its_unit_and_its_source() {
    let bare =
        html(|| view! { <KeyFigure label="Base horaire" value="1 820" source="Barème ACI" /> });
    assert!(bare.contains("Base horaire") && bare.contains("badge") && !bare.contains("unit"));
    let full = html(|| {
        view! { <KeyFigure label="Réalisés" value="11,28" unit="ETP" source="ASP" detail="20 530 h" /> }
    });
    assert!(full.contains("\u{a0}ETP") && full.contains("20 530 h"));
    assert_harmless(&html(|| {
        view! { <KeyFigure label=HOSTILE value=HOSTILE unit=HOSTILE source=HOSTILE detail=HOSTILE /> }
    }));
}
