//! How people are welcomed, supported and trained.

/// Why fewer ETP are asked for.
pub(super) const FEWER: &str = "Un client a réduit sa commande. Nous préférons demander un peu moins et tenir notre engagement plutôt que de laisser des postes vacants.";

pub(super) const BANK: super::Bank = &[
    (
        "publics.public_comment",
        &[
            "Le public change peu : davantage de personnes de plus de cinquante ans, et un peu moins de jeunes, que la garantie d'engagement oriente ailleurs.",
            "La part des bénéficiaires du RSA progresse depuis que le département nous adresse des candidats chaque mois. Les difficultés de mobilité restent les plus fréquentes.",
            "Nous accueillons plus de femmes qu'en {jadis}, grâce à des horaires calés sur l'école et à un partenariat avec une crèche.",
        ],
    ),
    (
        "projet.a1_recruitment",
        &[
            "Les offres sont déposées à France Travail et sur Les emplois de l'inclusion. Une réunion d'information a lieu chaque mois, suivie d'une visite et d'un entretien à deux voix, technique et social. La décision est donnée sous une semaine.",
            "Nous recevons toute personne orientée dans les quinze jours. L'entretien porte sur l'envie et les contraintes, jamais sur l'expérience. Une immersion de deux jours permet à chacun de voir avant de s'engager.",
            "Un comité réunit tous les deux mois France Travail, la mission locale et le département. Les candidatures y sont lues ensemble, et les refus expliqués à la personne et à celui qui l'a adressée.",
        ],
    ),
    (
        "projet.a1_welcome",
        &[
            "Le premier jour est un jour sans production : visite, équipement, sécurité, lecture du livret et repas avec l'équipe. Un salarié plus ancien sert de repère pendant deux semaines.",
            "À l'arrivée, le référent prend une demi-journée pour faire le point sur la situation et les droits. L'encadrant présente ensuite les gestes du poste, un par un, sur une fiche illustrée.",
        ],
    ),
    (
        "projet.a1_tutoring",
        &[
            "Un encadrant pour six à huit personnes au plus. Il montre, fait faire et note les acquis dans un carnet que la personne garde. Les tâches changent tous les mois pour que chacun sache {gestes}.",
            "Les encadrants viennent du métier et sont formés à la pédagogie. Ils se retrouvent chaque vendredi avec le référent de parcours pour parler de chaque salarié.",
        ],
    ),
    (
        "projet.a1_done",
        &[
            "Le livret d'accueil a été réécrit avec les salariés, en phrases courtes et en images. La période d'accueil passe de un à deux jours.",
            "Nous avons ouvert une réunion d'information tous les mois au lieu de chaque trimestre. Le délai entre la candidature et l'embauche a baissé d'une dizaine de jours.",
            "Peu de changement cette année : l'accueil mis en place en {jadis} convient, et les départs pendant la période d'essai sont devenus rares.",
        ],
    ),
    (
        "projet.a2_method",
        &[
            "Chaque salarié a un référent, qu'il voit au moins une fois par mois sur son temps de travail. Le premier mois sert au diagnostic, avec la personne ; un plan de trois objectifs est signé et relu tous les trois mois.\n\nLe social et le professionnel avancent ensemble : on prépare une immersion pendant qu'on règle le logement ou la garde d'enfants.",
            "L'accompagnement suit trois temps : stabiliser, construire, sortir. Les entretiens sont individuels ; des ateliers collectifs portent sur les droits, le budget, le numérique et la recherche d'emploi.\n\nLes encadrants techniques participent aux bilans : ce sont eux qui voient les progrès au poste.",
            "Le référent reçoit chacun toutes les trois semaines et rencontre, avec lui, les partenaires utiles. Les étapes sont notées dans un logiciel de suivi ; la personne lit et complète ce qui la concerne.",
        ],
    ),
    (
        "projet.a2_exit_prep",
        &[
            "Six mois avant la fin du parcours, une première immersion en entreprise est proposée. Puis viennent le CV, les simulations d'entretien et les visites d'employeurs, dans {metiers}. Le lien est gardé trois mois après la sortie.",
            "La sortie se prépare dès le premier bilan. Chaque personne rencontre au moins deux employeurs et fait une immersion. Un point est fait avec France Travail avant la fin du contrat.",
        ],
    ),
    (
        "projet.a2_done",
        &[
            "Une permanence santé se tient chez nous une fois par mois. Elle a permis d'ouvrir des droits à une dizaine de personnes.",
            "Le référent dispose maintenant d'un outil de suivi partagé avec les encadrants, et les bilans se font à trois.",
            "Un partenariat avec une auto-école sociale a débloqué le permis de sept salariés.",
        ],
    ),
    (
        "projet.a3_plan",
        &[
            "Chaque salarié suit une formation à la sécurité dans son premier mois. Ensuite, trois voies : savoirs de base et français, gestes du métier, et {titre} pour celles et ceux qui veulent aller plus loin.",
            "Le plan est écrit avec l'opérateur de compétences. Il donne la priorité aux formations courtes qui comptent pour les employeurs locaux, et prépare {titre} par blocs.",
            "La formation se fait d'abord au poste, avec des séquences préparées par les encadrants. Des organismes extérieurs interviennent pour le français, le numérique et {titre}.",
        ],
    ),
    (
        "projet.a3_done",
        &[
            "Un groupe a préparé {titre} avec un organisme partenaire. Six salariés ont validé au moins un bloc.",
            "Un atelier de français se tient chaque semaine sur le temps de travail, avec une formatrice du territoire.",
            "Deux encadrants préparent maintenant des séquences de formation au poste. Chaque nouveau salarié en suit une dans son premier mois.",
        ],
    ),
    (
        "moyens.staff_training",
        &[
            "Deux encadrants ont suivi une formation d'encadrant technique d'insertion ; la référente, une session sur les addictions au travail.",
            "Toute l'équipe a suivi deux journées sur le français à visée professionnelle et la lutte contre les discriminations.",
        ],
    ),
    (
        "moyens.etp_change_reason",
        &[
            "Un nouveau contrat signé à l'automne apporte du travail pour toute l'année. Un encadrant est déjà recruté, et la liste d'attente dépasse ce que nous pouvons accueillir.",
            "L'activité a progressé et nos postes sont occupés toute l'année. L'ajustement demandé garde le même taux d'encadrement.",
        ],
    ),
    (
        "moyens.derogation_reason",
        &[
            "Nous demandons à prolonger le parcours de deux personnes de plus de cinquante ans, dont la formation se termine après la durée maximale.",
        ],
    ),
    (
        "objectifs.rate_gap_explanation",
        &[
            "Plusieurs sorties ont été retardées par des soins ou par la recherche d'un logement. Deux personnes ont trouvé un emploi dans le mois qui a suivi, ce qui ne compte pas ici.",
            "Le principal employeur du bassin n'a pas recruté au premier semestre. Les immersions ont repris en septembre.",
        ],
    ),
];
