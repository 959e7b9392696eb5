//! The list. Every name is invented.

use super::Row;

/// The structure of the first persona.
pub(super) const VALBRUNE: &str = "Les Ateliers de Valbrune";
/// The one with posts in prison.
pub(super) const PRISON: &str = "Chantiers des Bruyères";
/// The one that works in two départements.
pub const IN_TWO: &str = "Passerelle Intérim Bourgogne";
/// The second structure of a company of Côte-d'Or.
pub(super) const TWIN: &str = "Passerelle Intérim Nivernais";
/// Order of that company in Côte-d'Or.
pub(super) const TWIN_ORDER: u32 = 1;

#[expect(clippy::too_many_arguments, reason = "one line of a list")]
const fn row(
    department: &'static str,
    name: &'static str,
    kinds: &'static str,
    trade: &'static str,
    place: usize,
    legal: &'static str,
    etp: i64,
    created: i32,
    first: i32,
) -> Row {
    Row { department, name, kinds, trade, place, legal, etp, created, first }
}

/// Département, name, kinds, trade, commune, legal form, ETP of 2026, created, first convention.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("58", VALBRUNE, "ACI", "recyclerie", 4, "asso", 12, 2009, 2010),
    row("58", "Jardins de la Nièvre haute", "ACI", "maraichage", 8, "asso", 14, 2004, 2005),
    row("58", "Brigade verte du Morvan", "ACI", "espaces_verts", 7, "asso", 16, 2001, 2002),
    row("58", PRISON, "ACI", "couture", 6, "asso", 11, 2012, 2013),
    row("58", "Nivernais Propreté Insertion", "EI", "nettoyage", 0, "sarl", 18, 2007, 2008),
    row("58", "Loire Services Emploi", "AI", "aide_domicile", 0, "asso", 22, 1989, 1990),
    row("58", "Val de Loire Entraide", "AI", "aide_domicile", 1, "asso", 15, 1992, 1993),
    row("58", TWIN, "ETTI", "interim", 0, "sas", 24, 2019, 2020),
    row("58", "Atelier du Canal", "ACI+EI", "batiment", 2, "asso", 13, 2011, 2012),
    row("58", "La Table de Sermoise", "EI", "restauration", 0, "sarl", 9, 2016, 2017),
    row("58", "Recyclerie des Trois Ponts", "ACI", "recyclerie", 2, "asso", 10, 2014, 2015),
    row("58", "Bois et Sentiers du Haut-Nivernais", "ACI", "espaces_verts", 3, "public", 12, 2006, 2007),
    row("58", "Fil et Fabrique", "EI", "couture", 5, "sas", 8, 2020, 2021),
    row("58", "Numérique Pour Tous 58", "ACI", "numerique", 0, "asso", 7, 2021, 2022),
    row("58", "Logis Nivernais Insertion", "EI", "logistique", 6, "sas", 15, 2018, 2019),
    row("58", "Terres de Loire Paysage", "EI", "espaces_verts", 9, "sarl", 11, 2013, 2014),
    row("58", "Coup de main Nivernais", "EITI", "nettoyage", 0, "sas", 6, 2025, 2026),
    row("58", "Halte aux Objets", "ACI", "recyclerie", 1, "asso", 8, 2025, 2027),
    row("21", "Passerelle Intérim Bourgogne", "ETTI", "interim", 0, "sas", 42, 2003, 2004),
    row("21", "Tremplin Intérim Dijonnais", "ETTI", "interim", 7, "sas", 30, 2010, 2011),
    row("21", "Indépendants du Suzon", "EITI", "numerique", 0, "sas", 9, 2022, 2023),
    row("21", "Les Potagers de l'Ouche", "ACI", "maraichage", 6, "asso", 15, 2002, 2003),
    row("21", "Net et Propre Chenôve", "EI", "nettoyage", 2, "asso", 20, 1998, 1999),
    row("21", "Auxois Chantiers", "ACI", "batiment", 6, "asso", 14, 2008, 2009),
    row("21", "Services Côte et Vigne", "AI", "aide_domicile", 1, "asso", 26, 1988, 1989),
    row("21", "Châtillonnais Services", "AI", "aide_domicile", 4, "asso", 12, 1995, 1996),
    row("21", "Seconde Main Dijonnaise", "EI", "recyclerie", 7, "sas", 17, 2005, 2006),
    row("21", "La Cuverie Solidaire", "ACI+EI", "restauration", 1, "asso", 10, 2015, 2016),
    row("21", "Haies et Coteaux", "ACI", "espaces_verts", 5, "asso", 12, 2003, 2004),
    row("21", "Logistique Val de Saône", "EI", "logistique", 5, "sas", 19, 2017, 2018),
    row("21", "Atelier Textile de Chenôve", "ACI", "couture", 2, "asso", 9, 2019, 2020),
    row("21", "Bâtir Ensemble Auxois", "EI", "batiment", 3, "sarl", 13, 2012, 2013),
    row("21", "Pixel Relais", "ACI", "numerique", 0, "asso", 8, 2024, 2026),
    row("21", "Bocaux et Compagnie", "EI", "restauration", 0, "sas", 7, 2026, 2027),
    row("29", "Main-forte Cornouaille", "AI", "aide_domicile", 1, "asso", 28, 1987, 1988),
    row("29", "Presqu'île Emploi Services", "AI", "aide_domicile", 8, "asso", 17, 1991, 1992),
    row("29", "Les Mains du Léon", "ACI", "maraichage", 2, "asso", 18, 1999, 2000),
    row("29", "Recyclerie du Ponant", "ACI+EI", "recyclerie", 0, "asso", 21, 2006, 2007),
    row("29", "Chemins de l'Aulne", "ACI", "espaces_verts", 8, "public", 13, 2000, 2001),
    row("29", "Kan ar Mor Propreté", "EI", "nettoyage", 0, "sarl", 22, 2009, 2010),
    row("29", "Armor Intérim Insertion", "ETTI", "interim", 0, "sas", 38, 2005, 2006),
    row("29", "Voiles et Bâches d'Iroise", "EI", "couture", 5, "sas", 12, 2014, 2015),
    row("29", "La Criée Solidaire", "EI", "restauration", 4, "sarl", 10, 2018, 2019),
    row("29", "Monts d'Arrée Nature", "ACI", "espaces_verts", 6, "asso", 15, 2003, 2004),
    row("29", "Bâti Ti Nevez", "EI", "batiment", 3, "sarl", 16, 2011, 2012),
    row("29", "Blanchisserie de l'Odet", "EI", "couture", 1, "sas", 14, 2008, 2009),
    row("29", "Logistique Iroise", "EI", "logistique", 3, "sas", 20, 2016, 2017),
    row("29", "Clic et Déclic", "ACI", "numerique", 7, "asso", 7, 2020, 2021),
    row("29", "Artisans du Large", "EITI", "batiment", 0, "sas", 8, 2023, 2024),
    row("29", "Les Serres de Kerlou", "ACI", "maraichage", 7, "asso", 9, 2025, 2027),
    row("972", "Desroses Paysage Insertion", "EI", "espaces_verts", 1, "sarl", 13, 2010, 2011),
    row("972", "Jardins créoles du Nord", "ACI", "maraichage", 3, "asso", 12, 2007, 2008),
    row("972", "Recyclerie de la Baie", "ACI", "recyclerie", 0, "asso", 14, 2013, 2014),
    row("972", "Solidarité Domicile Caraïbe", "AI", "aide_domicile", 0, "asso", 19, 1996, 1997),
    row("972", "Bati Péyi", "EI", "batiment", 5, "sas", 11, 2015, 2016),
    row("972", "Madinina Intérim Insertion", "ETTI", "interim", 1, "sas", 21, 2012, 2013),
    row("972", "Cuisine des Anses", "EI", "restauration", 7, "sarl", 8, 2019, 2020),
    row("972", "Sentiers du Sud", "ACI", "espaces_verts", 7, "asso", 10, 2009, 2010),
    row("972", "Kolibri Numérique", "ACI", "numerique", 6, "asso", 6, 2022, 2023),
    row("972", "Couture Madras", "ACI", "couture", 2, "asso", 7, 2025, 2026),
];
