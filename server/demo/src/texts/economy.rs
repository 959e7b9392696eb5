//! What the structure sells, owns and spends.

pub(super) const BANK: super::Bank = &[
    (
        "activites.price_policy",
        &[
            "Nos prix sont ceux du marché local : nous répondons aux mêmes consultations que les entreprises du métier, et l'aide au poste ne finance que l'accompagnement. Nos clients sont {clients}.",
            "Les devis sont construits au coût réel, avec un temps de travail majoré d'un tiers par rapport à une équipe confirmée. Nous restons dans la moyenne des offres et ne descendons jamais au-dessous.",
        ],
    ),
    (
        "projet.a4_market",
        &[
            "Nous travaillons pour {clients}. Les contrats sont annuels pour les deux tiers, ce qui donne de la visibilité. Aucun client ne pèse plus du tiers des ventes.",
            "Le marché est local et stable : {clients}. Nous répondons à des consultations, seuls ou avec une entreprise du métier quand le lot est trop grand.",
            "La demande dépasse ce que nous pouvons produire. Nous choisissons les commandes qui font apprendre, et passons les autres à des confrères. Nos clients : {clients}.",
        ],
    ),
    (
        "projet.a4_job_creation",
        &[
            "Depuis trois ans, une quarantaine de personnes sont reparties avec un emploi dans {metiers}. Deux anciens salariés encadrent aujourd'hui une équipe.",
            "Nous créons des emplois directs, et surtout nous préparons ceux que les voisins n'arrivent pas à pourvoir. Quatre employeurs ont embauché deux fois ou plus.",
        ],
    ),
    (
        "projet.a4_environment",
        &[
            "{vert}",
            "{vert} Un diagnostic de nos consommations est prévu dans l'année, avec l'aide du réseau.",
        ],
    ),
    (
        "projet.a4_done",
        &[
            "Nous avons signé avec deux nouveaux clients et participé au forum de l'emploi du territoire, où dix salariés ont rencontré des entreprises.",
            "Un groupement avec une entreprise du métier a remporté un marché avec clause. Nos équipes y tiennent trois postes.",
            "{dur} Nous avons compensé par des commandes plus petites et par un partenariat avec l'intercommunalité.",
        ],
    ),
    (
        "locaux.equipment",
        &[
            "Nous disposons du matériel suivant : {materiel}. Il est entretenu chaque mois, et chaque salarié a ses équipements de protection.",
            "Pour {gestes}, l'équipe utilise {materiel}. Un carnet d'entretien est tenu par les encadrants.",
        ],
    ),
    (
        "locaux.rental_pooled",
        &[
            "Une salle de formation et un véhicule sont partagés avec deux associations voisines.",
            "Nous prêtons notre salle à la mission locale un jour par semaine, et partageons un poste de comptabilité.",
        ],
    ),
    (
        "budget.variation_comment",
        &[
            "Le budget suit le nombre d'ETP. La hausse des achats tient à l'énergie et aux équipements de protection ; celle du personnel, à la revalorisation du SMIC.",
            "Les lignes qui changent le plus sont les achats, en raison du carburant, et les dotations, après le remplacement d'un véhicule.",
        ],
    ),
    (
        "budget.financial_difficulty_detail",
        &[
            "La trésorerie est tendue au premier trimestre, avant le versement des aides. Une avance de la banque couvre six semaines, et un plan de retour à l'équilibre est suivi chaque mois par le conseil.",
        ],
    ),
];
