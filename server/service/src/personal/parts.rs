//! What there is to tell of a person, in the order that they read it. The store has one query for each,
//! and a test of its fails when a table names people that no part tells of.

use super::{
    Cell::{Action, Deed, Dossier, Event, Moment, Place, Plain, Role, Words, Yes},
    Part,
};

const fn part(
    key: &'static str,
    title: &'static str,
    columns: &'static [(&'static str, super::Cell)],
) -> Part {
    Part { key, title, columns }
}

/// Every part.
pub const PARTS: &[Part] = &[
    part(
        "account",
        "Votre compte",
        &[
            ("courriel", Plain),
            ("nom", Plain),
            ("fonction", Plain),
            ("rôle", Role),
            ("mot de passe", Yes),
            ("dernière connexion", Moment),
        ],
    ),
    part(
        "identities",
        "Votre identité chez un fournisseur",
        &[
            ("fournisseur", Plain),
            ("identifiant", Plain),
            ("SIRET de l'employeur", Plain),
            ("organisme", Plain),
            ("niveau", Plain),
            ("vue le", Moment),
        ],
    ),
    part(
        "second_factor",
        "Votre code à la connexion",
        &[("activé le", Moment), ("codes de secours restants", Plain)],
    ),
    part(
        "structures",
        "Vos structures",
        &[("structure", Plain), ("SIRET", Plain), ("vous en êtes responsable", Yes)],
    ),
    part("territory", "Votre territoire", &[("département", Plain)]),
    part(
        "demands",
        "Vos demandes d'accès",
        &[("structure", Plain), ("demandée le", Moment), ("réponse le", Moment), ("acceptée", Yes)],
    ),
    part(
        "demands_answered",
        "Demandes d'accès auxquelles vous avez répondu",
        &[("structure", Plain), ("réponse le", Moment), ("acceptée", Yes)],
    ),
    part(
        "invitations_given",
        "Invitations que vous avez envoyées",
        &[
            ("structure", Plain),
            ("rôle", Role),
            ("envoyée le", Moment),
            ("valable jusqu'au", Moment),
        ],
    ),
    part(
        "invitations_used",
        "Invitations que vous avez acceptées",
        &[("structure", Plain), ("rôle", Role), ("acceptée le", Moment)],
    ),
    part(
        "sessions",
        "Vos connexions ouvertes",
        &[
            ("navigateur", Plain),
            ("adresse", Plain),
            ("ouverte le", Moment),
            ("utilisée le", Moment),
            ("se ferme au plus tard le", Moment),
        ],
    ),
    part(
        "presence",
        "Où vous êtes en ce moment",
        &[("dossier", Dossier), ("étape", Plain), ("le", Moment)],
    ),
    part("choices", "Vos choix de courriels", &[("sujet", Plain), ("rythme", Plain)]),
    part(
        "mails",
        "Courriels qui vous ont été adressés",
        &[
            ("adresse", Plain),
            ("sujet", Plain),
            ("écrit le", Moment),
            ("état", Plain),
            ("terminé le", Moment),
        ],
    ),
    part(
        "notices",
        "Annonces gardées pour votre résumé du jour",
        &[("dossier", Dossier), ("sujet", Plain), ("le", Moment)],
    ),
    part("digests", "Votre dernier résumé du jour", &[("le", Moment)]),
    part(
        "answers",
        "Vos réponses dans les dossiers",
        &[
            ("dossier", Dossier),
            ("question", Place),
            ("version", Plain),
            ("le", Moment),
            ("texte", Words),
        ],
    ),
    part(
        "past_answers",
        "Vos réponses remplacées depuis",
        &[
            ("dossier", Dossier),
            ("question", Place),
            ("version", Plain),
            ("le", Moment),
            ("texte", Words),
        ],
    ),
    part(
        "changed",
        "Dossiers que vous avez modifiés en dernier",
        &[("dossier", Dossier), ("le", Moment)],
    ),
    part(
        "deposits",
        "Vos dépôts",
        &[("dossier", Dossier), ("récépissé", Plain), ("le", Moment), ("empreinte", Plain)],
    ),
    part(
        "documents",
        "Vos documents joints",
        &[
            ("dossier", Dossier),
            ("question", Place),
            ("nom", Words),
            ("octets", Plain),
            ("le", Moment),
        ],
    ),
    part(
        "shares",
        "Étapes que vous avez confiées",
        &[("dossier", Dossier), ("étapes", Plain), ("le", Moment), ("jusqu'au", Moment)],
    ),
    part(
        "set_aside",
        "Valeurs d'une source que vous avez écartées",
        &[
            ("dossier", Dossier),
            ("question", Place),
            ("source", Plain),
            ("le", Moment),
            ("raison", Words),
        ],
    ),
    part(
        "acts",
        "Vos actes d'instruction",
        &[("dossier", Dossier), ("acte", Action), ("le", Moment), ("message", Words)],
    ),
    part(
        "convention_deeds",
        "Vos gestes sur des conventions signées",
        &[("dossier", Dossier), ("geste", Deed), ("le", Moment), ("texte", Words)],
    ),
    part(
        "signals",
        "Signaux que vous avez écartés ou repris",
        &[
            ("dossier", Dossier),
            ("signal", Words),
            ("le", Moment),
            ("écarté", Yes),
            ("raison", Words),
        ],
    ),
    part(
        "lenses",
        "Questions de lecture que vous avez composées",
        &[
            ("question", Plain),
            ("formulaire", Plain),
            ("partagée avec le département", Plain),
            ("le", Moment),
            ("retirée le", Moment),
        ],
    ),
    part(
        "notes",
        "Vos notes",
        &[("dossier", Dossier), ("question", Place), ("le", Moment), ("texte", Words)],
    ),
    part("notes_settled", "Notes que vous avez réglées", &[("dossier", Dossier), ("le", Moment)]),
    part(
        "replies",
        "Vos réponses à des notes",
        &[("dossier", Dossier), ("le", Moment), ("texte", Words)],
    ),
    part(
        "suggestions",
        "Valeurs proposées que vous avez acceptées ou refusées",
        &[("dossier", Dossier), ("le", Moment), ("acceptée", Yes), ("raison", Words)],
    ),
    part(
        "follow_ups",
        "Fiches de suivi que vous avez écrites",
        &[
            ("dossier", Dossier),
            ("version", Plain),
            ("communiquée", Yes),
            ("le", Moment),
            ("texte", Words),
        ],
    ),
    part(
        "follow_up_comments",
        "Vos commentaires de fiches de suivi",
        &[("dossier", Dossier), ("version", Plain), ("le", Moment), ("texte", Words)],
    ),
    part(
        "unposted",
        "Vos brouillons d'annotations et de messages",
        &[("dossier", Dossier), ("le", Moment), ("texte", Words)],
    ),
    part("following", "Dossiers que vous suivez", &[("dossier", Dossier)]),
    part(
        "seen",
        "Ce que vous avez marqué comme lu",
        &[("dossier", Dossier), ("question", Place), ("le", Moment)],
    ),
    part(
        "readings",
        "Vos lectures de dossiers",
        &[
            ("dossier", Dossier),
            ("jour", Plain),
            ("d'un document", Yes),
            ("première fois", Moment),
            ("dernière fois", Moment),
            ("fois", Plain),
        ],
    ),
    part(
        "events",
        "Vos gestes au journal des dossiers",
        &[("dossier", Dossier), ("rang", Plain), ("le", Moment), ("geste", Event)],
    ),
    part(
        "work_views",
        "Vos vues de la liste de travail",
        &[("nom", Plain), ("partagée", Yes), ("le", Moment)],
    ),
    part("work_view_first", "La vue qui s'ouvre d'abord", &[("nom", Plain)]),
    part("leave", "Vos absences", &[("du", Plain), ("au", Plain), ("dite le", Moment)]),
    part("covering", "Absences où vous remplacez", &[("du", Plain), ("au", Plain)]),
    part(
        "labs",
        "Ateliers que vous avez préparés",
        &[("titre", Plain), ("lieu", Plain), ("jour", Plain), ("préparé le", Moment)],
    ),
    part(
        "advice",
        "Suites que vous avez données à des remarques",
        &[
            ("atelier", Plain),
            ("endroit", Plain),
            ("suite", Plain),
            ("raison", Plain),
            ("le", Moment),
        ],
    ),
    part(
        "sketches",
        "Formulaires que vous avez commencés",
        &[("brouillon", Plain), ("département", Plain), ("le", Moment)],
    ),
    part(
        "sketch_versions",
        "Vos gestes dans l'atelier de formulaires",
        &[
            ("brouillon", Plain),
            ("version", Plain),
            ("geste", Plain),
            ("sur", Plain),
            ("le", Moment),
        ],
    ),
    part(
        "sketch_simulations",
        "Vos essais d'un formulaire sur les dossiers",
        &[("brouillon", Plain), ("version", Plain), ("le", Moment)],
    ),
    part(
        "sketch_acceptances",
        "Pertes que vous avez acceptées dans un formulaire",
        &[("brouillon", Plain), ("version", Plain), ("perte", Plain), ("le", Moment)],
    ),
    part(
        "editions",
        "Formulaires que vous avez publiés",
        &[("formulaire", Plain), ("nom", Plain), ("numéro", Plain)],
    ),
    part(
        "envelopes",
        "Enveloppes que vous avez fixées",
        &[("année", Plain), ("type", Plain), ("lieu", Plain), ("raison", Plain), ("le", Moment)],
    ),
    part(
        "allotments",
        "Simulations que vous avez faites",
        &[("nom", Plain), ("année", Plain), ("le", Moment)],
    ),
    part(
        "allotment_gestures",
        "Vos choix dans des simulations",
        &[("simulation", Plain), ("rang", Plain), ("le", Moment)],
    ),
    part(
        "allotment_runs",
        "Simulations que vous avez proposées à la décision",
        &[("simulation", Plain), ("raison", Plain), ("le", Moment)],
    ),
    part(
        "sittings",
        "Séances de commission que vous avez prévues",
        &[("département", Plain), ("jour", Plain), ("prévue le", Moment)],
    ),
    part(
        "sitting_deeds",
        "Vos gestes sur des séances",
        &[("département", Plain), ("jour", Plain), ("geste", Plain), ("le", Moment)],
    ),
    part(
        "sitting_items",
        "Dossiers que vous avez mis à un ordre du jour",
        &[("dossier", Dossier), ("jour", Plain), ("mis le", Moment)],
    ),
];
