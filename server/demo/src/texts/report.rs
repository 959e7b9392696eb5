//! What the year was, in the bilan.

pub(super) const BANK: super::Bank = &[
    (
        "moyens_realises.equipment_changes",
        &[
            "Un véhicule a été remplacé et l'atelier réaménagé pour séparer les circulations.",
            "Pas de changement notable : le matériel a été entretenu, et les équipements de protection renouvelés.",
        ],
    ),
    (
        "sorties.exit_comment",
        &[
            "Les embauches ont eu lieu surtout au second semestre, dans {metiers}. Les sorties sans suite tiennent à la santé ou à un déménagement.",
            "Les immersions ont payé : la moitié des sorties vers l'emploi viennent d'une entreprise où la personne avait fait une immersion.",
        ],
    ),
    (
        "resultats.gap_reason_detail",
        &[
            "Deux postes sont restés vacants quatre mois, faute de candidats qui puissent venir sans voiture.",
            "{dur} Les postes ont été pourvus de nouveau à l'automne.",
        ],
    ),
    (
        "resultats.axis_review.realized",
        &[
            "L'action a été menée toute l'année et suivie chaque trimestre en équipe. Le résultat est celui que nous attendions, à une ou deux personnes près.",
            "Le travail a commencé au printemps. Les salariés concernés en parlent comme d'un vrai changement ; il reste à l'étendre à toute l'équipe.",
            "Nous avons fait la première moitié de ce qui était prévu. La suite dépend d'un partenaire qui se met en place en ce moment.",
        ],
    ),
    (
        "finances.finance_comment",
        &[
            "L'exercice est proche du budget. Les achats ont augmenté avec l'énergie, et les ventes ont suivi.",
            "Le résultat permet de renforcer un peu les fonds propres. Le retard de versement d'une aide a pesé sur la trésorerie jusqu'en mai.",
        ],
    ),
    (
        "perspectives.highlights",
        &[
            "L'équipe retient trois choses : l'arrivée de nouveaux clients, une formation qui a fait progresser tout le monde, et une fête avec les anciens salariés, dont plusieurs sont revenus raconter leur métier.",
            "L'année a été marquée par le réaménagement des locaux, fait en partie par les salariés eux-mêmes, et par un premier groupe entier reçu à {titre}.",
        ],
    ),
    (
        "perspectives.difficulties",
        &[
            "{dur} La mobilité reste la première difficulté des candidats : nous y consacrons plus de temps que prévu.",
            "Recruter un encadrant a pris sept mois. Pendant ce temps, l'équipe a tenu, mais sans pouvoir accueillir davantage.",
        ],
    ),
    (
        "perspectives.prospects",
        &[
            "Nous voulons ouvrir une équipe de plus si l'encadrement suit, et proposer à chaque salarié une immersion dans ses six premiers mois.",
            "L'an prochain, la priorité va à la formation : {titre}, par blocs, avec un organisme partenaire.",
        ],
    ),
];
