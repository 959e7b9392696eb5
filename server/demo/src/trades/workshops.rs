//! Trades of the workshop.

use super::{Activity, Post, Trade};

pub(super) static RECYCLING: Trade = Trade {
    code: "recyclerie",
    naf: "3832Z",
    activities: &[
        Activity {
            label: "Collecte et tri d'objets",
            section: "E",
            description: "Collecte en déchèterie et chez les habitants, tri et démontage des meubles et des appareils.",
            share: 45,
        },
        Activity {
            label: "Réparation et vente en boutique",
            section: "G",
            description: "Remise en état des meubles, des vélos et de l'électroménager, vendus en boutique quatre jours par semaine.",
            share: 55,
        },
    ],
    posts: &[
        Post { label: "Agent de tri et de valorisation", rome: "K2304" },
        Post { label: "Vendeur en boutique de réemploi", rome: "D1214" },
        Post { label: "Valoriste en atelier", rome: "I1309" },
    ],
    what: "le réemploi des objets",
    of_what: "du réemploi des objets",
    gestures: "collecter, trier, réparer et vendre",
    clients: "les habitants qui achètent en boutique, l'intercommunalité pour la collecte et deux éco-organismes",
    equipment: "deux camions à hayon, un atelier bois, un atelier électroménager, une presse à balles et une boutique",
    title: "le titre professionnel d'agent technique de déchèterie",
    outlets: "la vente, la logistique, les déchèteries et la réparation d'appareils",
    partners: &["Transports Brémaud-Villiers", "Electro Répare Services", "Brocante des Halles"],
    green: "Sur cent tonnes collectées, soixante-deux sont réemployées et trente recyclées.",
    hard: "Une panne du camion a suspendu la collecte à domicile pendant cinq semaines.",
};

pub(super) static SEWING: Trade = Trade {
    code: "couture",
    naf: "1413Z",
    activities: &[
        Activity {
            label: "Confection et retouche",
            section: "C",
            description: "Petites séries de sacs, de housses et de linge, et retouches pour des boutiques.",
            share: 60,
        },
        Activity {
            label: "Blanchisserie",
            section: "S",
            description: "Lavage, repassage et location de linge pour des gîtes et des maisons de santé.",
            share: 40,
        },
    ],
    posts: &[
        Post { label: "Mécanicien en confection", rome: "H2402" },
        Post { label: "Agent de blanchisserie", rome: "K2201" },
    ],
    what: "la confection textile et la blanchisserie",
    of_what: "de la confection textile et de la blanchisserie",
    gestures: "couper, assembler, retoucher, laver et repasser",
    clients: "des marques régionales, une quinzaine de gîtes et deux établissements de santé",
    equipment: "quatorze machines à coudre, une table de coupe, trois lave-linge de 20 kg et une calandre",
    title: "le titre professionnel d'agent de fabrication textile",
    outlets: "la maroquinerie, la blanchisserie industrielle et l'aide en atelier",
    partners: &[
        "Maroquinerie Hautecombe",
        "Blanchisserie des Quais",
        "Toiles et Bâches de l'Ouest",
    ],
    green: "Les chutes deviennent des accessoires, et la blanchisserie réutilise l'eau du dernier rinçage.",
    hard: "La fin d'une commande de housses a laissé l'atelier coupe sans série pendant deux mois.",
};

pub(super) static LOGISTICS: Trade = Trade {
    code: "logistique",
    naf: "5210B",
    activities: &[
        Activity {
            label: "Préparation de commandes",
            section: "H",
            description: "Réception, stockage, préparation et expédition pour des commerces en ligne de la région.",
            share: 60,
        },
        Activity {
            label: "Conditionnement à façon",
            section: "N",
            description: "Assemblage de coffrets, étiquetage et contrôle pour des industriels voisins.",
            share: 40,
        },
    ],
    posts: &[
        Post { label: "Préparateur de commandes", rome: "N1103" },
        Post { label: "Agent de conditionnement", rome: "H3302" },
    ],
    what: "la logistique et le conditionnement",
    of_what: "de la logistique et du conditionnement",
    gestures: "réceptionner, ranger, préparer et conditionner",
    clients: "six commerces en ligne, deux industriels de l'agroalimentaire et une épicerie sociale",
    equipment: "1 800 m² d'entrepôt, trois chariots élévateurs, deux lignes de conditionnement et un logiciel de stock",
    title: "le certificat d'aptitude à la conduite en sécurité (CACES) et le titre de préparateur de commandes",
    outlets: "les plateformes logistiques, l'industrie agroalimentaire et la grande distribution",
    partners: &["Entrepôts du Confluent", "Conserverie des Deux Rives", "Messageries Aubrac-Nord"],
    green: "Les cartons reçus servent de calage, et les tournées sont groupées avec celles d'un voisin.",
    hard: "Un client a internalisé sa préparation en mars, ce qui a coûté un dixième de l'activité.",
};

pub(super) static DIGITAL: Trade = Trade {
    code: "numerique",
    naf: "9511Z",
    activities: &[
        Activity {
            label: "Reconditionnement d'ordinateurs",
            section: "S",
            description: "Effacement certifié, réparation et revente d'ordinateurs donnés par des entreprises.",
            share: 55,
        },
        Activity {
            label: "Saisie, numérisation et médiation",
            section: "J",
            description: "Numérisation d'archives, saisie, et ateliers d'aide aux démarches en ligne.",
            share: 45,
        },
    ],
    posts: &[
        Post { label: "Technicien de reconditionnement", rome: "I1401" },
        Post { label: "Opérateur de saisie", rome: "M1606" },
    ],
    what: "le reconditionnement informatique et la médiation numérique",
    of_what: "du reconditionnement informatique et de la médiation numérique",
    gestures: "démonter, réparer, effacer, numériser et expliquer",
    clients: "des entreprises qui donnent leur parc, des collectivités, et des habitants à petit budget",
    equipment: "vingt postes de diagnostic, une station d'effacement, deux scanners de documents et un fourgon",
    title: "le titre professionnel de technicien d'assistance en informatique",
    outlets: "l'assistance informatique, les magasins de réparation et l'accueil en maison de services",
    partners: &[
        "Atelier Pixel Répare",
        "Réseaux et Câbles du Pays",
        "Archives Numériques Services",
    ],
    green: "Chaque ordinateur remis en service évite d'en fabriquer un, et les pièces inutilisables partent dans la filière agréée.",
    hard: "Les dons d'ordinateurs ont baissé au premier semestre, faute de renouvellement des parcs.",
};
