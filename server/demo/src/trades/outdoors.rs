//! Trades of the open air.

use super::{Activity, Post, Trade};

pub(super) static GREEN_SPACES: Trade = Trade {
    code: "espaces_verts",
    naf: "8130Z",
    activities: &[
        Activity {
            label: "Entretien d'espaces verts",
            section: "N",
            description: "Tonte, taille, débroussaillage et ramassage des feuilles pour des communes, des bailleurs et des entreprises.",
            share: 65,
        },
        Activity {
            label: "Entretien de rivières et de sentiers",
            section: "N",
            description: "Gestion de la végétation des berges, balisage et petits ouvrages en bois sur les chemins de randonnée.",
            share: 35,
        },
    ],
    posts: &[
        Post { label: "Ouvrier d'entretien des espaces verts", rome: "A1203" },
        Post { label: "Agent d'entretien des espaces naturels", rome: "A1202" },
    ],
    what: "l'entretien des espaces verts et naturels",
    of_what: "de l'entretien des espaces verts et naturels",
    gestures: "tondre, tailler, débroussailler et remettre en état des berges",
    clients: "les communes, le syndicat de rivière, deux bailleurs sociaux et quelques entreprises",
    equipment: "trois fourgons avec remorque, huit débroussailleuses, quatre tondeuses, deux tronçonneuses et un broyeur",
    title: "le titre professionnel d'ouvrier du paysage",
    outlets: "le paysage, la voirie et les services techniques des communes",
    partners: &["Paysages du Val Clair", "Pépinières des Trois Ormes", "Voirie et Talus"],
    green: "Le matériel à batterie remplace peu à peu le thermique, et les tailles sont broyées puis rendues aux sols.",
    hard: "Le printemps pluvieux a reporté six semaines de chantiers de tonte.",
};

pub(super) static MARKET_GARDEN: Trade = Trade {
    code: "maraichage",
    naf: "0113Z",
    activities: &[
        Activity {
            label: "Maraîchage biologique",
            section: "A",
            description: "Production de légumes de saison sur trois hectares et douze tunnels, vendus en paniers hebdomadaires.",
            share: 70,
        },
        Activity {
            label: "Vente à la ferme et aux cantines",
            section: "G",
            description: "Étal deux jours par semaine, et livraison de quatre cantines scolaires.",
            share: 30,
        },
    ],
    posts: &[
        Post { label: "Ouvrier maraîcher", rome: "A1414" },
        Post { label: "Préparateur de paniers", rome: "N1103" },
    ],
    what: "le maraîchage biologique",
    of_what: "du maraîchage biologique",
    gestures: "semer, repiquer, récolter et préparer les paniers",
    clients: "trois cents adhérents à un panier hebdomadaire, quatre cantines et deux magasins de producteurs",
    equipment: "douze tunnels, un tracteur, une laveuse, une chambre froide et un véhicule frigorifique",
    title: "le certificat de spécialisation en maraîchage biologique",
    outlets: "les exploitations maraîchères, l'horticulture et la restauration collective",
    partners: &["Serres de la Combe", "Les Vergers de Mireval", "Cuisine centrale des Hauts"],
    green: "Les cultures sont conduites en agriculture biologique, l'eau de pluie est stockée et les invendus sont donnés.",
    hard: "Deux épisodes de canicule ont réduit les récoltes de juillet d'un quart.",
};

pub(super) static BUILDING: Trade = Trade {
    code: "batiment",
    naf: "4339Z",
    activities: &[
        Activity {
            label: "Second œuvre et rénovation",
            section: "F",
            description: "Peinture, plaques de plâtre, sols et petite maçonnerie dans des logements occupés ou vacants.",
            share: 75,
        },
        Activity {
            label: "Restauration du petit patrimoine",
            section: "F",
            description: "Murets, lavoirs et fours à pain, avec des techniques à la chaux.",
            share: 25,
        },
    ],
    posts: &[
        Post { label: "Peintre en bâtiment", rome: "F1606" },
        Post { label: "Ouvrier de maçonnerie", rome: "F1703" },
    ],
    what: "la rénovation de logements",
    of_what: "de la rénovation de logements",
    gestures: "préparer les supports, peindre, poser des sols et monter des cloisons",
    clients: "trois bailleurs sociaux, l'intercommunalité et des particuliers accompagnés par l'agence de l'habitat",
    equipment: "quatre fourgons aménagés, des échafaudages roulants, deux bétonnières et un atelier de préparation",
    title: "le titre professionnel de peintre en bâtiment",
    outlets: "les entreprises de peinture, de plâtrerie et de maintenance de logements",
    partners: &["Peintures Rivoire-Launay", "Plâtres et Cloisons du Centre", "Habitat Entretien"],
    green: "Les chantiers trient six familles de déchets, et les peintures employées sont sans solvant.",
    hard: "Un bailleur a décalé de quatre mois un lot de vingt logements.",
};
