//! Trades at the clients' place.

use super::{Activity, Post, Trade};

pub(super) static CLEANING: Trade = Trade {
    code: "nettoyage",
    naf: "8121Z",
    activities: &[
        Activity {
            label: "Nettoyage de locaux",
            section: "N",
            description: "Entretien quotidien de bureaux, d'écoles et de parties communes d'immeubles.",
            share: 70,
        },
        Activity {
            label: "Remise en état et vitrerie",
            section: "N",
            description: "Nettoyage de fin de chantier, vitrerie et décapage de sols.",
            share: 30,
        },
    ],
    posts: &[
        Post { label: "Agent de propreté", rome: "K2204" },
        Post { label: "Laveur de vitres", rome: "K2202" },
    ],
    what: "le nettoyage de locaux",
    of_what: "du nettoyage de locaux",
    gestures: "entretenir des bureaux, des écoles et des parties communes",
    clients: "deux bailleurs sociaux, des communes, un lycée et une vingtaine d'entreprises",
    equipment: "cinq véhicules légers, trois autolaveuses, deux monobrosses et du matériel de vitrerie",
    title: "le certificat de qualification d'agent machiniste classique",
    outlets: "les entreprises de propreté, les collectivités et l'hôtellerie",
    partners: &["Propreté du Beffroi", "Hôtel des Remparts", "Net et Clair Services"],
    green: "Les produits sont écolabellisés et dosés à la centrale, ce qui a divisé leur volume par deux.",
    hard: "L'absentéisme de l'hiver a obligé à réorganiser deux tournées.",
};

pub(super) static HOME_HELP: Trade = Trade {
    code: "aide_domicile",
    naf: "8810A",
    activities: &[
        Activity {
            label: "Ménage, repassage et jardinage chez des particuliers",
            section: "T",
            description: "Mise à disposition de salariés auprès d'habitants, avec une visite avant chaque nouvelle mission.",
            share: 60,
        },
        Activity {
            label: "Mises à disposition en collectivité",
            section: "N",
            description: "Remplacements dans les cantines, les écoles et les services techniques.",
            share: 40,
        },
    ],
    posts: &[
        Post { label: "Employé de ménage à domicile", rome: "K1304" },
        Post { label: "Agent de cantine et d'entretien", rome: "G1603" },
        Post { label: "Jardinier à domicile", rome: "A1203" },
    ],
    what: "l'aide à domicile et les remplacements en collectivité",
    of_what: "de l'aide à domicile et des remplacements en collectivité",
    gestures: "entretenir une maison, servir en cantine et remplacer au pied levé",
    clients: "quatre cents particuliers, dix-huit communes et une dizaine d'associations",
    equipment: "deux voitures et six vélos à assistance électrique prêtés aux salariés, et une cuisine pédagogique",
    title: "le titre professionnel d'assistant de vie aux familles",
    outlets: "l'aide à domicile, les cantines scolaires et les services des communes",
    partners: &["Services du Bocage", "Résidence Les Charmilles", "Restauration scolaire du Pays"],
    green: "Les missions sont regroupées par quartier, et les vélos remplacent une partie des trajets en voiture.",
    hard: "Trois communes ont réduit leurs remplacements pendant l'été.",
};

pub(super) static CATERING: Trade = Trade {
    code: "restauration",
    naf: "5629B",
    activities: &[
        Activity {
            label: "Restaurant et cuisine collective",
            section: "I",
            description: "Soixante couverts le midi, et deux cents repas livrés chaque jour à des crèches et à des foyers.",
            share: 70,
        },
        Activity {
            label: "Traiteur et transformation",
            section: "I",
            description: "Buffets pour des collectivités, et bocaux à partir de légumes déclassés.",
            share: 30,
        },
    ],
    posts: &[
        Post { label: "Commis de cuisine", rome: "G1602" },
        Post { label: "Agent de restauration", rome: "G1603" },
    ],
    what: "la restauration collective",
    of_what: "de la restauration collective",
    gestures: "préparer, cuire, dresser et livrer des repas",
    clients: "des crèches, deux foyers, une collectivité et la clientèle du quartier",
    equipment: "une cuisine de 140 m², une cellule de refroidissement, un véhicule frigorifique et une conserverie",
    title: "le titre professionnel de commis de cuisine",
    outlets: "les cuisines centrales, les restaurants et l'hôtellerie de plein air",
    partners: &["Cuisine du Port Vieux", "Table des Tilleuls", "Camping de l'Anse Bleue"],
    green: "La moitié des achats est locale, et les restes partent au compost du quartier.",
    hard: "Le prix des matières premières a pris huit points sans que les repas livrés puissent suivre.",
};

pub(super) static STAFFING: Trade = Trade {
    code: "interim",
    naf: "7820Z",
    activities: &[
        Activity {
            label: "Délégation dans le bâtiment et les travaux publics",
            section: "N",
            description: "Missions de manœuvre et d'aide dans des entreprises du bâtiment, souvent sur des marchés avec clause.",
            share: 55,
        },
        Activity {
            label: "Délégation dans l'industrie et la logistique",
            section: "N",
            description: "Missions d'agent de production et de préparateur de commandes.",
            share: 45,
        },
    ],
    posts: &[
        Post { label: "Manœuvre du bâtiment", rome: "F1704" },
        Post { label: "Agent de production", rome: "H3302" },
        Post { label: "Préparateur de commandes", rome: "N1103" },
    ],
    what: "le travail temporaire d'insertion",
    of_what: "du travail temporaire d'insertion",
    gestures: "tenir un poste en entreprise, dans l'équipe d'un client",
    clients: "une soixantaine d'entreprises du bâtiment, de l'industrie et de la logistique",
    equipment: "trois voitures et dix scooters prêtés aux intérimaires, et des équipements de protection pour chacun",
    title: "le certificat d'aptitude à la conduite en sécurité (CACES) et l'habilitation électrique",
    outlets: "les entreprises clientes, qui embauchent après plusieurs missions",
    partners: &["Bâti Fondations Réunies", "Emballages du Canal", "Plateforme Logis-Rail"],
    green: "Les covoiturages vers les chantiers sont organisés par l'agence.",
    hard: "Le ralentissement du bâtiment a réduit les missions au second semestre.",
};
