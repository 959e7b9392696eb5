//! Who the structure is, and what it brings to its territory.

pub(super) const BANK: super::Bank = &[
    (
        "demande.request_reason",
        &[
            "Depuis l'été, un nouveau marché nous permet d'ouvrir un poste à temps plein de plus. L'encadrement est déjà en place, et deux candidatures sont prêtes.",
            "La charge de travail confiée par nos clients a augmenté en cours d'année. Nous demandons à ajuster la convention sans attendre la prochaine annexe, pour ne pas refuser de candidats.",
        ],
    ),
    (
        "identification.presentation",
        &[
            "Notre structure, {nom}, agit {ville} et aux alentours depuis {debut}. Son support est {activite} : les {personnes} apprennent à {gestes}, encadrés par des professionnels du métier.\n\nUne équipe de permanents accompagne chaque personne vers un emploi ou une formation. Nous travaillons pour {clients}.",
            "Créée en {debut}, la structure {nom} est née de la volonté d'habitants et d'élus de proposer un vrai travail à des personnes qui en sont loin. Elle vit {dactivite}.\n\nNos clients sont {clients}. Les {personnes} restent en moyenne une dizaine de mois, le temps de reprendre un rythme, de régler ce qui bloque et de préparer la suite.",
            "Notre structure, {nom}, emploie {departement} des personnes sans emploi depuis longtemps. Le travail est concret : {gestes}. Chacun a un encadrant technique et un référent pour son parcours.\n\nNous mesurons notre réussite au nombre de personnes qui repartent avec un contrat, une formation ou une situation stabilisée.",
        ],
    ),
    (
        "identification.history",
        &[
            "{debut} : création et premier contrat. Quelques années plus tard, installation {ville} dans des locaux plus grands. Ces trois dernières années, nous avons recruté une deuxième personne pour l'accompagnement et renouvelé la moitié du matériel.",
            "La structure a commencé en {debut} avec quatre postes. Elle a grandi avec ses clients, sans jamais dépasser ce que l'encadrement peut suivre. En {avant}, le conseil a adopté un nouveau projet pour trois ans.",
        ],
    ),
    (
        "territoire.multi_dept_justification",
        &[
            "Une partie de nos clients et des candidats habite de l'autre côté de la limite du département, à moins de vingt kilomètres. Les deux services de l'État ont donné leur accord.",
        ],
    ),
    (
        "territoire.local_diagnosis",
        &[
            "Autour de nous, {departement}, une personne sans emploi sur deux l'est depuis plus d'un an. Les transports sont rares et les offres demandent souvent une première expérience.\n\nNous proposons un travail à côté de chez soi, dans un métier qui recrute : {metiers}. Le diagnostic local de l'emploi cite ces métiers parmi les dix plus en tension. Nous complétons ce que font les autres structures, sans le doubler.",
            "Le secteur {dactivite} manque de bras {departement}, alors que des habitants cherchent un emploi : c'est le constat partagé avec France Travail et l'intercommunalité. L'écart tient à la mobilité, à la garde d'enfants et à la confiance.\n\nNotre projet répond aux trois : des postes {ville}, des horaires compatibles avec l'école, et un accompagnement pendant le temps de travail. Les habitants y gagnent un service, les employeurs des candidats préparés.",
            "Les fermetures d'ateliers des quinze dernières années ont laissé {departement} des personnes qualifiées pour des métiers disparus. Nous leur proposons {activite} pour reprendre pied.\n\nLes communes voisines nous confient des travaux qu'elles ne trouvaient plus à faire faire. Trois employeurs du secteur participent à nos points d'étape et embauchent chaque année, ce qui forme un vivier pour {metiers}.",
        ],
    ),
    (
        "territoire.other_siae_nearby_comment",
        &[
            "Deux autres structures travaillent dans un rayon de trente kilomètres, sur d'autres métiers. Nous échangeons les candidatures chaque mois et partageons une formation à la sécurité.",
            "Nous sommes seuls sur ce métier dans le bassin. Avec les structures voisines, nous tenons un calendrier commun de recrutement pour ne pas solliciter les mêmes personnes.",
        ],
    ),
];
