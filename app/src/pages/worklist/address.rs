//! What the address of a list asks: an address is shared, kept as a bookmark, and works without script.

use dossier::{id::AccountId, state::State};
use form_urlencoded::Serializer;
use serde::Deserialize;
use service::worklist::{Asked, Cursor, Deadline, Filter, Followed, Noted, Sort};

use crate::routes;

/// Longest text that is looked for, in characters.
const LONGEST: usize = 100;

/// Dossiers by whom they wait for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pile {
    /// For the State.
    #[default]
    Ours,
    /// For the structure, which was asked something.
    Theirs,
    /// For nobody: decided, taken back, rejected.
    Done,
    /// All of them.
    All,
}

impl Pile {
    /// Every pile.
    pub const ALL: [Self; 4] = [Self::Ours, Self::Theirs, Self::Done, Self::All];

    /// As the address says it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ours => "a-traiter",
            Self::Theirs => "chez-la-structure",
            Self::Done => "termines",
            Self::All => "tous",
        }
    }

    /// Reads back a code; what waits for the State for anything else.
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|pile| pile.code() == code).unwrap_or_default()
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ours => "À traiter",
            Self::Theirs => "Chez la structure",
            Self::Done => "Terminés",
            Self::All => "Tous",
        }
    }

    /// Whether a dossier in this state is in it.
    pub const fn holds(self, state: State) -> bool {
        match self {
            Self::Ours => !state.is_final() && !state.is_editable(),
            Self::Theirs => state.is_editable(),
            Self::Done => state.is_final(),
            Self::All => true,
        }
    }
}

/// What the address of a list asks, as it is written there. Whatever makes no sense asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Address {
    /// A [`Pile`].
    pub pile: String,
    /// A state.
    pub etat: String,
    /// A kind of structure.
    #[serde(rename = "type")]
    pub kind: String,
    /// A nature of request.
    pub nature: String,
    /// A département.
    pub departement: String,
    /// "retard" or "quinze".
    pub delai: String,
    /// "moi", "personne" or an account.
    pub suivi: String,
    /// "ouvertes" or "bloquantes".
    pub notes: String,
    /// What is looked for.
    pub cherche: String,
    /// A [`Sort`].
    pub tri: String,
    /// "inverse" for the other way round.
    pub sens: String,
    /// Where the page begins.
    pub apres: String,
    /// The view by name that it began with.
    pub vue: String,
    /// One that was just removed.
    #[serde(rename = "vue-retiree")]
    pub removed_view: String,
    /// A gesture that was just done.
    pub fait: String,
    /// "oui" when it undid another one, "tard" when it was too late for that, "rien" when nothing was
    /// ticked.
    pub annule: String,
    /// Dossiers that it left where they are, separated by commas.
    pub restes: String,
}

impl Address {
    /// A whole pile.
    pub fn of(pile: Pile) -> Self {
        Self { pile: pile.code().to_owned(), ..Self::default() }
    }

    /// The pile.
    pub fn pile(&self) -> Pile {
        Pile::from_code(&self.pile)
    }

    /// In which order: what is closed has no deadline, and is read by its deposit.
    pub fn sort(&self) -> Sort {
        match (self.tri.as_str(), self.pile()) {
            ("", Pile::Done | Pile::All) => Sort::Deposited,
            (code, _) => Sort::from_code(code),
        }
    }

    /// Whether the other way round.
    pub fn is_reversed(&self) -> bool {
        self.sens == "inverse"
    }

    /// Whether something is filtered or searched beside the pile.
    pub fn is_narrow(&self) -> bool {
        self.is_filtered() || !self.cherche.is_empty()
    }

    /// Whether something is filtered beside the pile.
    pub fn is_filtered(&self) -> bool {
        let filters = [
            &self.etat,
            &self.kind,
            &self.nature,
            &self.departement,
            &self.delai,
            &self.suivi,
            &self.notes,
        ];
        filters.iter().any(|filter| !filter.is_empty())
    }

    /// What it asks, for a reader.
    pub fn asked(&self, reader: &AccountId) -> Asked {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let pile = self.pile();
        let states = match State::from_code(&self.etat) {
            Some(state) => vec![state],
            None if pile == Pile::All => Vec::new(),
            None => State::ALL.into_iter().filter(|state| pile.holds(*state)).collect(),
        };
        let filter = Filter {
            states,
            kind: some(&self.kind),
            nature: some(&self.nature),
            deadline: match self.delai.as_str() {
                "retard" => Some(Deadline::Late),
                "quinze" => Some(Deadline::Soon),
                _ => None,
            },
            followed: match self.suivi.as_str() {
                "" => None,
                "personne" => Some(Followed::ByNobody),
                "moi" => Some(Followed::By(reader.clone())),
                account => Some(Followed::By(account.into())),
            },
            noted: match self.notes.as_str() {
                "ouvertes" => Some(Noted::Open),
                "bloquantes" => Some(Noted::Blocking),
                _ => None,
            },
            covering: Vec::new(),
        };
        let sort = self.sort();
        // A place of another order is none of this one.
        let after = Cursor::from_code(&self.apres)
            .filter(|cursor| sort == Sort::Name || cursor.key.parse::<i64>().is_ok());
        Asked {
            department: some(&self.departement),
            filter,
            search: self.cherche.trim().chars().take(LONGEST).collect(),
            sort,
            reversed: self.is_reversed(),
            after,
        }
    }

    /// The list itself, without what was just done to it.
    pub fn query(&self) -> String {
        let pairs = [
            ("pile", &self.pile),
            ("etat", &self.etat),
            ("type", &self.kind),
            ("nature", &self.nature),
            ("departement", &self.departement),
            ("delai", &self.delai),
            ("suivi", &self.suivi),
            ("notes", &self.notes),
            ("cherche", &self.cherche),
            ("tri", &self.tri),
            ("sens", &self.sens),
            ("apres", &self.apres),
            ("vue", &self.vue),
        ];
        let mut query = Serializer::new(String::new());
        query.extend_pairs(pairs.into_iter().filter(|(_, value)| !value.is_empty()));
        query.finish()
    }

    /// Reads back a query; whatever makes no sense is left out.
    pub fn from_query(query: &str) -> Self {
        let mut address = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = value.into_owned();
            match name.as_ref() {
                "pile" => address.pile = value,
                "etat" => address.etat = value,
                "type" => address.kind = value,
                "nature" => address.nature = value,
                "departement" => address.departement = value,
                "delai" => address.delai = value,
                "suivi" => address.suivi = value,
                "notes" => address.notes = value,
                "cherche" => address.cherche = value,
                "tri" => address.tri = value,
                "sens" => address.sens = value,
                "apres" => address.apres = value,
                "vue" => address.vue = value,
                _ => {}
            }
        }
        address
    }

    /// Where it leads.
    pub fn href(&self) -> String {
        match self.query() {
            query if query.is_empty() => routes::RECEIVED.to_owned(),
            query => format!("{}?{query}", routes::RECEIVED),
        }
    }

    /// What a view by name keeps of it: not the page, nor which view it is.
    pub fn kept(&self) -> String {
        let (vue, apres) = (String::new(), String::new());
        let pile = self.pile().code().to_owned();
        Self { pile, apres, vue, ..self.clone() }.query()
    }

    /// A view by name.
    pub fn of_view(id: &str, query: &str) -> Self {
        Self { vue: id.to_owned(), apres: String::new(), ..Self::from_query(query) }
    }

    /// The first page of it.
    #[must_use]
    pub fn first(&self) -> Self {
        Self { apres: String::new(), ..self.clone() }
    }

    /// The page after.
    #[must_use]
    pub fn after(&self, cursor: &Cursor) -> Self {
        Self { apres: cursor.code(), ..self.clone() }
    }

    /// Another pile, with the same filters.
    #[must_use]
    pub fn with_pile(&self, pile: Pile) -> Self {
        let pile = pile.code().to_owned();
        Self { pile, etat: String::new(), tri: String::new(), sens: String::new(), ..self.first() }
    }

    /// All that is due so, whatever else was filtered.
    #[must_use]
    pub fn due(&self, code: &str) -> Self {
        Self { delai: code.to_owned(), tri: Sort::Due.code().to_owned(), ..Self::of(Pile::All) }
    }

    /// All that is noted so, whatever else was filtered.
    #[must_use]
    pub fn noted(&self, code: &str) -> Self {
        Self { notes: code.to_owned(), ..Self::of(Pile::All) }
    }

    /// In another order; the other way round when it is that one already.
    #[must_use]
    pub fn sorted(&self, sort: Sort) -> Self {
        let turn = self.sort() == sort && !self.is_reversed();
        let sens = if turn { "inverse" } else { "" };
        Self { tri: sort.code().to_owned(), sens: sens.to_owned(), ..self.first() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_deposited_dossier_waits_for_somebody_or_nobody() {
        for state in State::ALL {
            let piles = [Pile::Ours, Pile::Theirs, Pile::Done];
            let holds = piles.iter().filter(|pile| pile.holds(state)).count();
            assert_eq!(holds, 1, "{state:?}");
            assert!(Pile::All.holds(state));
        }
        for pile in Pile::ALL {
            assert_eq!(Pile::from_code(pile.code()), pile);
        }
        assert_eq!(Pile::from_code("?"), Pile::Ours);
    }

    #[test]
    fn an_address_reads_back_whatever_is_in_it() {
        let address = Address {
            cherche: "L'Été & l'hiver = #1+1 ?".into(),
            kind: "ACI".into(),
            tri: "nom".into(),
            apres: "s o s.01J00000000000000000000001".into(),
            fait: "01J00000000000000000000002".into(),
            ..Address::of(Pile::Theirs)
        };
        let read = Address::from_query(&address.query());
        assert_eq!(read, Address { fait: String::new(), ..address.clone() }, "what was done goes");
        assert_eq!(address.first().apres, "");
        assert_eq!(Address::default().href(), "/territoire");
    }

    #[test]
    fn what_makes_no_sense_asks_nothing() {
        let odd = Address {
            etat: "?".into(),
            delai: "?".into(),
            apres: "x.01J00000000000000000000001".into(),
            tri: "?".into(),
            ..Address::of(Pile::All)
        };
        let asked = odd.asked(&"A".into());
        assert_eq!((asked.filter, asked.after), (Filter::default(), None));
        let mine = Address { suivi: "moi".into(), ..Address::default() }.asked(&"A".into());
        assert_eq!(mine.filter.followed, Some(Followed::By("A".into())));
        assert_eq!(mine.filter.states.len(), 5, "what waits for the State");
    }

    #[test]
    fn the_same_order_again_is_the_other_way_round() {
        let list = Address::default();
        assert!(list.sorted(Sort::Due).is_reversed() && !list.sorted(Sort::Name).is_reversed());
        assert!(!list.sorted(Sort::Due).sorted(Sort::Due).is_reversed());
        assert_eq!(Address::of(Pile::Done).sort(), Sort::Deposited);
    }
}
