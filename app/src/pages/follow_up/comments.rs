//! What the structure and the funders say of the fiche de suivi.

use dossier::follow_up::LONGEST_COMMENT;
use leptos::prelude::*;
use service::follow_up::FollowUp;
use ui::TextArea;

use crate::{format, routes, text};

/// The comments, and one to write.
#[component]
pub fn Comments(
    /// The sheet that they are of.
    follow_up: FollowUp,
    /// What was sent and is not kept.
    typed: String,
) -> impl IntoView {
    let FollowUp { head, shared, comments, may_comment, .. } = follow_up;
    // What was never shared can have none.
    let shared = shared?;
    let id = head.id.to_string();
    let items = comments.iter().map(|comment| {
        let before = (comment.version != shared.number)
            .then(|| view! { " " <span class="soft">"sur une version d'avant"</span> });
        view! {
            <li>
                <p><b>{comment.by_name.clone()}</b>" "<span class="soft">{format!("{}, {}", comment.role.label(), format::moment(comment.at))}</span>{before}</p>
                <p class="words">{comment.text.clone()}</p>
            </li>
        }
    });
    let none = comments.is_empty().then(|| {
        view! { <p class="soft">{text::french("Personne n'a encore commenté. La structure, le conseil départemental et France Travail le peuvent jusqu'à la décision.")}</p> }
    });
    let most = u32::try_from(LONGEST_COMMENT).unwrap_or(u32::MAX);
    let lost = (!may_comment && !typed.is_empty()).then(|| {
        view! {
            <p>{text::french("Votre commentaire, qui n'est pas enregistré :")}</p>
            <p class="words">{typed.clone()}</p>
        }
    });
    let write = may_comment.then(|| {
        view! {
            <form method="post" action=routes::comment_follow_up(&id) class="stack no-print" autocomplete="off">
                <input type="hidden" name="version" value=shared.number.to_string() />
                <div class="field">
                    <label for="commentaire">"Votre commentaire"</label>
                    <p class="hint">{text::french("Il se lit par la DDETS, la structure et les financeurs, et reste avec la fiche.")}</p>
                    <TextArea id="commentaire" name="commentaire" initial=typed maxlength=most rows=3 />
                </div>
                <p><button class="btn btn-main" type="submit">"Envoyer"</button></p>
            </form>
        }
    });
    Some(view! {
        <section class="card pad stack" aria-labelledby="commentaires">
            <h2 id="commentaires" class="h3">"Commentaires"</h2>
            {none}
            <ol class="timeline">{items.collect_view()}</ol>
            {lost}
            {write}
        </section>
    })
}
