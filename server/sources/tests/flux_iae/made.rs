//! Small files as the ASP makes them.

use std::{fs, io::Write, path::PathBuf};

use flate2::{Compression, write::GzEncoder};
use sources::flux_iae::{FluxIae, Outcome, read_files};
use tempfile::TempDir;
use zip::{ZipWriter, write::SimpleFileOptions};

/// A few columns of a structure, in an order of their own.
pub const STRUCTURE_HEADER: &str = "structure_id_siae|structure_siret_signature|structure_siret_actualise|structure_denomination|structure_categorie_juridique_code|structure_code_naf|structure_idcc_code|structure_adresse_gestion_numero|structure_adresse_gestion_type_voie|structure_adresse_gestion_nom_voie|structure_adresse_gestion_cplt_adresse|structure_adresse_gestion_cp|structure_adresse_gestion_commune|structure_adresse_gestion_code_insee|structure_adresse_admin_telephone|structure_adresse_mail_corresp_technique|structure_adresse_nom_corresp_technique";
pub const FORGE: &str = "101|73282932000074|73282932000074|ATELIERS \"LA FORGE|9220|9499Z|3016.0|12.0|RUE|DES TISSERANDS|BP 4|1004|AMBERIEU|1004.0|386710000|secret@exemple.fr|SECRET";

pub const ANNEX_HEADER: &str = "af_id_structure|af_numero_convention|af_mesure_dispositif_code|af_numero_annexe_financiere|af_numero_avenant_renouvellement|af_numero_avenant_modification|af_id_avenant_modification|af_etat_annexe_financiere_code|af_indicateur_suspension|af_date_debut_effet|af_date_fin_effet|af_etp_postes_insertion|af_montant_unitaire_annuel_valeur|af_montant_total_annuel|af_nb_effectif_total_annee_prec|af_etp_effectif_total_annee_prec|af_duree_collective_hebdo|af_autre_conventionnement|af_num_annexe_ai|af_date_etat_valide|af_nb_banques numeric|af_inconnue";

/// A row of an annexe: what changes from one to the next.
pub struct Annex {
    pub structure: &'static str,
    pub measure: &'static str,
    pub renewal: &'static str,
    pub modification: &'static str,
    pub id: &'static str,
    pub state: &'static str,
    pub start: &'static str,
    pub end: &'static str,
    pub etp: &'static str,
    pub total: &'static str,
}

pub const ANNEX: Annex = Annex {
    structure: "101",
    measure: "ACI_DC",
    renewal: "0",
    modification: "0",
    id: "7",
    state: "VALIDE",
    start: "01/01/2026",
    end: "31/12/2026",
    etp: "12.40",
    total: "296608.00",
};

impl Annex {
    pub fn line(&self) -> String {
        let Self { structure, measure, renewal, modification, id, state, start, end, etp, total } =
            self;
        format!(
            "{structure}|058 010126 ACI 00003|{measure}|ACI058260003|{renewal}|{modification}|{id}|{state}|false|{start}|{end}|{etp}|23920.00|{total}|26.0|18.30|35:00|true|AI058240001A1|15/02/2026 10:00:00|2|x"
        )
    }
}

pub fn structures(rows: &[&str]) -> String {
    let end = format!("FIN{}|||", rows.len());
    ["DEBStructure01062026_080000|||", STRUCTURE_HEADER, &rows.join("\n"), &end].join("\n") + "\n"
}

pub fn annexes(rows: &[Annex]) -> String {
    let rows: Vec<String> = rows.iter().map(Annex::line).collect();
    ["DEBAnnexeFinanciere01062026_080000|||", ANNEX_HEADER, &rows.join("\n")].join("\n") + "\n"
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A folder with files.
pub struct Folder(pub TempDir);

impl Folder {
    pub fn with(files: &[(&str, &[u8])]) -> Self {
        let folder = Self(TempDir::new().unwrap());
        for (name, bytes) in files {
            fs::write(folder.path(name), bytes).unwrap();
        }
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn read(&self) -> FluxIae {
        read_files(&[self.0.path()])
    }
}

pub fn read(name: &str, bytes: &[u8]) -> FluxIae {
    Folder::with(&[(name, bytes)]).read()
}

pub fn failed(flux: &FluxIae) -> &str {
    match &flux.report.files[0].outcome {
        Outcome::Failed(why) => why,
        other => panic!("{other:?}"),
    }
}

pub const S: &str = "fluxIAE_Structure_02062026_090000.csv.gz";
pub const A: &str = "fluxIAE_AnnexeFinanciere_02062026_090000.csv.gz";
