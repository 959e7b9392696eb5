//! What is said of a draft file that was opened again.

use dossier::draft_file::{Foreign, Merge};
use form::Revision;

use crate::text::{count, french};

/// Why a file was not opened.
pub fn refused(why: Foreign) -> &'static str {
    match why {
        Foreign::Unreadable => {
            "Ce fichier n'est pas une copie de brouillon, ou il est abîmé. Rien n'a changé dans le dossier."
        }
        Foreign::OtherDossier => {
            "Cette copie est celle d'un autre dossier. Rien n'a changé dans celui-ci : ouvrez-la depuis le sien."
        }
        Foreign::OtherForm => {
            "Cette copie suit un autre formulaire que ce dossier. Rien n'a changé : gardez-la, ses réponses y sont toujours."
        }
    }
}

/// What a file brought.
pub fn told(form: &Revision, merge: &Merge) -> String {
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let Merge { added, differ, unknown, .. } = merge;
    let mut said = vec![if added.is_empty() && differ.is_empty() {
        "Cette copie n'apporte rien de nouveau.".to_owned()
    } else {
        let what = count(number(added.len()), "réponse ajoutée", "réponses ajoutées");
        format!("Copie reprise : {what}.")
    }];
    if !differ.is_empty() {
        let what = count(number(differ.len()), "autre diffère", "autres diffèrent");
        let mut steps: Vec<&str> = differ
            .iter()
            .filter_map(|at| Some(form.section_of(&at.field)?.title.as_ref()))
            .collect();
        steps.dedup();
        said.push(format!("{what} du dossier : choisissez, étape {}.", steps.join(", ")));
    }
    if !unknown.is_empty() {
        let what = count(number(unknown.len()), "texte", "textes");
        said.push(format!("Sans question où aller : {what}, que la copie garde."));
    }
    french(&said.join(" "))
}
