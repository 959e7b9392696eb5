//! Messages to people who have no account yet.

use service::mail::Letter;

use super::{Block, Draft, title};
use crate::{format, routes, text};

/// Who did not expect it does nothing.
const WHY: &str = "Si vous n'attendiez pas ce message, ignorez-le : sans ce lien, rien ne se passe. Ne le transmettez pas, il sert à la place d'un mot de passe.";

/// An invitation.
pub(super) fn invitation(letter: &Letter) -> Draft {
    match letter {
        Letter::TeamInvitation { by, structure, departments, role, until, token } => {
            let place = match (structure, departments.as_slice()) {
                (Some(structure), _) => structure.clone(),
                (None, []) => "la DGEFP".to_owned(),
                (None, [one]) => format!("le service du département {one}"),
                (None, several) => format!("le service des départements {}", several.join(", ")),
            };
            Draft {
                subject: format!("{by} vous invite à rejoindre {place} dans Trame"),
                blocks: vec![
                    Block::Text(format!(
                        "{by} vous invite à rejoindre {place} dans Trame, le dossier de conventionnement de l'insertion par l'activité économique, comme « {} ».",
                        role.label().to_lowercase()
                    )),
                    Block::Action("Accepter l'invitation".into(), routes::join_team(token)),
                    Block::Text(format!(
                        "Le lien sert une seule fois, jusqu'au {}.",
                        format::moment(*until)
                    )),
                ],
                why: WHY.into(),
                chooses: false,
            }
        }
        Letter::StepsInvitation { by, dossier, steps, until, token } => {
            let steps = text::count(*steps, "étape", "étapes");
            Draft {
                subject: format!("{by} vous confie {steps} d'un dossier de {}", dossier.structure),
                blocks: vec![
                    Block::Text(format!(
                        "{by} vous confie {steps} du dossier « {} » de la structure {}. Vous n'avez besoin ni de compte ni de mot de passe : ouvrez le lien et donnez votre nom.",
                        title(dossier),
                        dossier.structure
                    )),
                    Block::Action("Ouvrir ce qui m'est confié".into(), routes::invitation(token)),
                    Block::Text(format!("Le lien sert jusqu'au {}.", format::moment(*until))),
                ],
                why: WHY.into(),
                chooses: false,
            }
        }
        Letter::Work { .. } | Letter::Daily { .. } | Letter::Trial => {
            Draft { subject: String::new(), blocks: Vec::new(), why: String::new(), chooses: false }
        }
    }
}
