//! What the address of a simulation asks: which lines, in which order, which one is open.

use std::{cmp::Reverse, fmt::Write};

use dossier::allotting::{Line, Standing};
use serde::Deserialize;
use service::allotting::Opened;

/// Choices that one may look at, by code.
pub(super) const VERDICTS: [(&str, &str); 6] = [
    ("", "Tous"),
    ("voir", "À voir"),
    ("accorder", "Accorder"),
    ("refuser", "Refuser"),
    ("propose", "Déjà proposés"),
    ("nouveau", "Nouveaux, ou redéposés"),
];

/// Orders, by code.
pub(super) const ORDERS: [(&str, &str); 5] = [
    ("", "Nom"),
    ("etp", "ETP demandés"),
    ("montant", "Montant simulé"),
    ("hausse", "Hausse sur l'an dernier"),
    ("departement", "Département"),
];

/// What is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Sifting {
    /// Name of a structure.
    pub cherche: String,
    /// Code of a choice.
    pub choix: String,
    /// Code of an order.
    pub tri: String,
    /// Kind of structure.
    #[serde(rename = "type")]
    pub kind: String,
    /// The dossier whose reason is written.
    pub ligne: String,
    /// What was just done.
    pub fait: String,
}

impl Sifting {
    /// Reads back a query.
    pub fn from_query(query: &str) -> Self {
        let mut sifting = Self::default();
        for pair in query.split('&') {
            let Some((name, value)) = pair.split_once('=') else { continue };
            // Only what an address of ours may hold without being encoded comes back.
            let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '.');
            let value: String = decoded(value).chars().filter(|c| plain(*c)).collect();
            match name {
                "cherche" => sifting.cherche = value,
                "choix" => sifting.choix = value,
                "tri" => sifting.tri = value,
                "type" => sifting.kind = value,
                _ => {}
            }
        }
        sifting
    }

    /// As a query, without the line that is open.
    pub fn query(&self) -> String {
        let all = [
            ("cherche", &self.cherche),
            ("choix", &self.choix),
            ("tri", &self.tri),
            ("type", &self.kind),
        ];
        let all = all.into_iter().filter(|(_, value)| !value.is_empty());
        all.map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&")
    }

    /// Whether something is left out.
    pub fn is_narrow(&self) -> bool {
        !self.query().is_empty()
    }

    /// The lines that are looked at, in their order.
    pub fn sift(&self, opened: &Opened) -> Vec<Line> {
        let wanted = form::bare(&self.cherche);
        let mut lines: Vec<Line> = opened
            .lines
            .iter()
            .filter(|line| form::bare(&line.request.structure_name).contains(wanted.trim()))
            .filter(|line| self.kind.is_empty() || line.request.kind == self.kind)
            .filter(|line| match self.choix.as_str() {
                "voir" => line.standing() == Standing::Undecided,
                "accorder" => matches!(line.standing(), Standing::Granted(_)),
                "refuser" => line.standing() == Standing::Refused,
                "propose" => matches!(line.standing(), Standing::Proposed(_)),
                "nouveau" => opened.is_new(line) || line.has_moved(),
                _ => true,
            })
            .cloned()
            .collect();
        match self.tri.as_str() {
            "etp" => lines.sort_by_key(|line| Reverse(line.asks().etp)),
            "montant" => lines.sort_by_key(|line| Reverse(line.costs().cents)),
            "hausse" => lines.sort_by_key(|line| {
                let before = line.last_year.unwrap_or_default();
                Reverse((line.asks() - before).cents)
            }),
            "departement" => lines.sort_by(|a, b| a.request.department.cmp(&b.request.department)),
            _ => {}
        }
        lines
    }
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut all, byte| {
        if byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.' {
            all.push(char::from(byte));
        } else {
            // Writing into a text cannot fail.
            let _ = write!(all, "%{byte:02X}");
        }
        all
    })
}

fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut out, mut i) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(byte) = bytes.get(i) {
        let code = (*byte == b'%').then(|| text.get(i + 1..i + 3)).flatten();
        if let Some(byte) = code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            out.push(byte);
            i += 3;
        } else {
            out.push(if *byte == b'+' { b' ' } else { *byte });
            i += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_reads_back_and_holds_nothing_foreign() {
        let sifting = Sifting {
            cherche: "Les Ateliers d'été".into(),
            choix: "voir".into(),
            tri: "etp".into(),
            ..Sifting::default()
        };
        assert_eq!(Sifting::from_query(&sifting.query()), sifting);
        let hostile = Sifting::from_query("cherche=%0d%0aX&fait=x&tri=//evil&autre=1&%&=");
        assert_eq!(hostile.query(), "cherche=X&tri=evil");
    }
}
