//! Rules of the step "Activités et postes".

use std::collections::BTreeMap;

use form::{Answers, At, Field, Hundredths, Kind, Problem, Table, Value, number};

use super::{
    ACTIVITIES, ACTIVITY_SHARE, CARRIER_KIND, CONTRACT_TYPES, DISPOSAL_HOURS, OVER_480_HOURS,
    PERMANENCE_DAYS, POST_CONTRACT, POST_ETP, POSTS, PRISON_ETP, PRISON_NAME, PRISON_POSTS,
    PRIVATE_HOURS, VACANCIES_FT, WORKSHOP_ETP, WORKSHOPS,
};
use crate::{
    form::{
        asked::{FOR_AI, FOR_EI, FOR_ETTI, IN_PRISON, WITH_BRIDGE, WITH_CDDI},
        identification::LEGAL_CATEGORY,
        pieces,
        read::{broken, broken_in, put, put_in},
    },
    money,
    sentence::Sentence,
};

/// Id of the requested ETP, a question of the step "Moyens humains".
const ETP_REQUESTED_ID: &str = "moyens.etp_requested";
/// The shares of activities add up to this, in hundredths of a percent…
const WHOLE: i64 = 10_000;
/// … give or take this.
const WHOLE_TOLERANCE: i64 = 50;
/// The ETP of posts are those requested, give or take this percentage.
const POSTS_TOLERANCE: i64 = 5;
/// Days of permanence of an AI, in hundredths (article R. 5132-12).
const LEAST_DAYS: i64 = 300;
/// ETP in one prison, in hundredths.
const MOST_IN_PRISON: i64 = 1_000;
/// Share of CDI inclusion in the ETP of an EI, in percent (article D. 5132-10-5-2).
const MOST_OPEN_ENDED: i64 = 20;

const SHARES_NOT_WHOLE: Sentence = Sentence {
    code: "activites.shares_not_whole",
    text: "Les parts des activités font {0}\u{a0}% au total, au lieu de 100\u{a0}%. Ajustez-les.",
};
const POSTS_UNLIKE_REQUEST: Sentence = Sentence {
    code: "activites.posts_unlike_request",
    text: "Vos postes font {0} ETP, et vous en demandez {1}. Un petit écart est normal\u{a0}; au-delà de 5\u{a0}%, ajustez l'un ou l'autre.",
};
const CONTRACT_OF_OTHER_KIND: Sentence = Sentence {
    code: "activites.contract_of_other_kind",
    text: "Ce contrat n'est pas ouvert à votre type de structure\u{a0}: {0}. Décochez-le.",
};
const POST_OF_OTHER_KIND: Sentence = Sentence {
    code: "activites.post_of_other_kind",
    text: "Ce poste utilise un contrat qui n'est pas ouvert à votre type de structure\u{a0}: {0}. Choisissez-en un autre.",
};
const CONTRACT_NOT_LISTED: Sentence = Sentence {
    code: "activites.contract_not_listed",
    text: "Ce poste utilise un contrat que vous n'avez pas coché plus bas\u{a0}: {0}. Cochez-le, ou changez le contrat du poste.",
};
const OPEN_ENDED_ABOVE_SHARE: Sentence = Sentence {
    code: "activites.open_ended_above_share",
    text: "Le CDI inclusion fait {0}\u{a0}% de vos ETP, au-delà de 20\u{a0}%. C'est possible avec une décision du préfet\u{a0}: joignez-la, ou votre demande, à l'étape Pièces justificatives, ou réduisez cette part.",
};
const VACANCIES_NEEDED: Sentence = Sentence {
    code: "activites.vacancies_needed",
    text: "La convention ne peut pas être signée sans le dépôt de vos offres à France Travail. Rapprochez-vous de votre agence, puis répondez oui.",
};
const CARRIER_UNLIKE_CATEGORY: Sentence = Sentence {
    code: "activites.carrier_unlike_category",
    text: "Le porteur choisi («\u{202f}{0}\u{202f}») ne va pas avec la catégorie juridique {1} de l'étape Identification. Corrigez l'un ou l'autre.",
};
const WORKSHOPS_UNLIKE_REQUEST: Sentence = Sentence {
    code: "activites.workshops_unlike_request",
    text: "Vos ateliers et chantiers font {0} ETP, et vous en demandez {1}. Les deux totaux doivent être égaux.",
};
const TOO_FEW_DAYS: Sentence = Sentence {
    code: "activites.too_few_days",
    text: "Une association intermédiaire ouvre au moins trois jours par semaine, et vous en écrivez {0}. Ajoutez des jours de permanence.",
};
const PRIVATE_ABOVE_ALL: Sentence = Sentence {
    code: "activites.private_above_all",
    text: "Les heures chez des particuliers ({0}) dépassent le total des mises à disposition ({1}). Vérifiez les deux nombres.",
};
const SOME_OVER_480: Sentence = Sentence {
    code: "activites.some_over_480",
    text: "Des personnes ont dépassé 480\u{a0}heures chez un même utilisateur ({0}). La DDETS vous en parlera\u{a0}: préparez une explication.",
};
const WITHOUT_ETP: Sentence = Sentence {
    code: "activites.without_etp",
    text: "Cette ligne est à 0 ETP. Écrivez ses ETP, ou retirez-la.",
};
const PRISON_TOO_MANY: Sentence = Sentence {
    code: "activites.prison_too_many",
    text: "«\u{202f}{0}\u{202f}» compte {1} ETP\u{a0}: dix au plus sont possibles dans un même établissement. Réduisez ce nombre.",
};

/// Every sentence of this step's rules.
pub const SENTENCES: &[Sentence] = &[
    SHARES_NOT_WHOLE,
    POSTS_UNLIKE_REQUEST,
    CONTRACT_OF_OTHER_KIND,
    POST_OF_OTHER_KIND,
    CONTRACT_NOT_LISTED,
    OPEN_ENDED_ABOVE_SHARE,
    VACANCIES_NEEDED,
    CARRIER_UNLIKE_CATEGORY,
    WORKSHOPS_UNLIKE_REQUEST,
    TOO_FEW_DAYS,
    PRIVATE_ABOVE_ALL,
    SOME_OVER_480,
    WITHOUT_ETP,
    PRISON_TOO_MANY,
];

/// Totals agree with what is requested, contracts with the kind of structure, and each kind keeps
/// its own limits.
pub fn rules(answers: &Answers, problems: &mut Vec<Problem>) {
    totals(answers, problems);
    contracts(answers, problems);
    if put(answers, &VACANCIES_FT) == Some(false) {
        problems.push(broken(&VACANCIES_FT, &VACANCIES_NEEDED, vec![]));
    }
    carrier(answers, problems);
    intermediary(answers, problems);
    prison(answers, problems);
}

fn totals(answers: &Answers, problems: &mut Vec<Problem>) {
    let at_table = |table: &Table, sentence: &Sentence, values| {
        Problem::rule(At::once(&table.id), sentence.code, values)
    };
    if let Some(sum) = total(answers, &ACTIVITIES, &ACTIVITY_SHARE)
        && (sum - WHOLE).abs() > WHOLE_TOLERANCE
    {
        let values = vec![number::display_scaled(sum, 2)];
        problems.push(at_table(&ACTIVITIES, &SHARES_NOT_WHOLE, values));
    }
    for (table, column) in
        [(&POSTS, &POST_ETP), (&WORKSHOPS, &WORKSHOP_ETP), (&PRISON_POSTS, &PRISON_ETP)]
    {
        for row in answers.rows(table) {
            if put_in(answers, column, row) == Some(Hundredths(0)) {
                problems.push(broken_in(column, row, &WITHOUT_ETP, vec![]));
            }
        }
    }
    let Some(wanted) = requested(answers) else {
        return;
    };
    let shown = |sum| vec![number::etp(sum), number::etp(wanted)];
    if let Some(sum) = total(answers, &POSTS, &POST_ETP)
        && (sum - wanted).abs() * 100 > wanted * POSTS_TOLERANCE
    {
        problems.push(at_table(&POSTS, &POSTS_UNLIKE_REQUEST, shown(sum)).as_warning());
    }
    if let Some(sum) = total(answers, &WORKSHOPS, &WORKSHOP_ETP)
        && (sum - wanted).abs() > 1
    {
        problems.push(at_table(&WORKSHOPS, &WORKSHOPS_UNLIKE_REQUEST, shown(sum)));
    }
}

/// Sum of a column in hundredths; `None` when there are no rows or one lacks its number.
fn total(answers: &Answers, table: &Table, column: &Field<Hundredths>) -> Option<i64> {
    let rows = answers.rows(table);
    let sum = rows.iter().map(|row| put_in(answers, column, row).map(|n| n.0)).sum::<Option<i64>>();
    sum.filter(|_| !rows.is_empty())
}

/// The ETP requested, in hundredths.
fn requested(answers: &Answers) -> Option<i64> {
    let raw = answers.raw(ETP_REQUESTED_ID, "");
    Hundredths::of(Kind::Decimal { max: 999_999 }.read(raw).ok()??).map(|etp| etp.0)
}

fn contracts(answers: &Answers, problems: &mut Vec<Problem>) {
    let open_to = |contract: &str| match contract {
        "cddi" => WITH_CDDI.holds(answers, ""),
        "mission" => FOR_ETTI.holds(answers, ""),
        "cddu" => FOR_AI.holds(answers, ""),
        "cep" => IN_PRISON.holds(answers, ""),
        "passerelle" => WITH_BRIDGE.holds(answers, ""),
        _ => true,
    };
    let name = |contract: &str| CONTRACT_TYPES.def.kind.display(contract);
    let listed = put(answers, &CONTRACT_TYPES);
    if let Some(wrong) = listed.iter().flatten().find(|contract| !open_to(contract)) {
        problems.push(broken(&CONTRACT_TYPES, &CONTRACT_OF_OTHER_KIND, vec![name(wrong)]));
    }
    for row in answers.rows(&POSTS) {
        let Some(contract) = put_in(answers, &POST_CONTRACT, row) else {
            continue;
        };
        if !open_to(&contract) {
            let values = vec![name(&contract)];
            problems.push(broken_in(&POST_CONTRACT, row, &POST_OF_OTHER_KIND, values));
        } else if listed.as_ref().is_some_and(|listed| !listed.contains(&contract)) {
            let values = vec![name(&contract)];
            let problem = broken_in(&POST_CONTRACT, row, &CONTRACT_NOT_LISTED, values);
            problems.push(problem.as_warning());
        }
    }
    if let Some(share) = open_ended_above(answers)
        && !pieces::is_given(answers, &pieces::CDI)
    {
        let values = vec![number::display_scaled(share.0, 2)];
        problems.push(broken(&CONTRACT_TYPES, &OPEN_ENDED_ABOVE_SHARE, values).as_warning());
    }
}

/// Share of CDI inclusion in the ETP of an EI, when it needs a decision of the préfet.
pub fn open_ended_above(answers: &Answers) -> Option<Hundredths> {
    let sum = total(answers, &POSTS, &POST_ETP).filter(|_| FOR_EI.holds(answers, ""))?;
    let open_ended: i64 = answers
        .rows(&POSTS)
        .into_iter()
        .filter(|row| put_in(answers, &POST_CONTRACT, row).as_deref() == Some("cdi_inclusion"))
        .filter_map(|row| put_in(answers, &POST_ETP, row).map(|etp| etp.0))
        .sum();
    (open_ended * 100 > sum * MOST_OPEN_ENDED).then(|| money::percentage(open_ended, sum)).flatten()
}

/// An association has a category 92, a local authority a category 7. The Office national des
/// forêts is a public establishment of category 4; a school may be of any.
fn carrier(answers: &Answers, problems: &mut Vec<Problem>) {
    let pair = put(answers, &CARRIER_KIND).zip(put(answers, &LEGAL_CATEGORY));
    let Some((carrier, category)) = pair else {
        return;
    };
    let fits = match carrier.as_str() {
        "association" => category.starts_with("92"),
        "onf" => category.starts_with(['4', '7']),
        "enseignement" => true,
        _ => category.starts_with('7'),
    };
    if !fits {
        let values = vec![CARRIER_KIND.def.kind.display(&carrier), category];
        problems.push(broken(&CARRIER_KIND, &CARRIER_UNLIKE_CATEGORY, values));
    }
}

fn intermediary(answers: &Answers, problems: &mut Vec<Problem>) {
    let shown = |n: Hundredths| number::display_scaled(n.0, 2);
    if let Some(days) = put(answers, &PERMANENCE_DAYS).filter(|days| days.0 < LEAST_DAYS) {
        problems.push(broken(&PERMANENCE_DAYS, &TOO_FEW_DAYS, vec![shown(days)]));
    }
    let hours = put(answers, &PRIVATE_HOURS).zip(put(answers, &DISPOSAL_HOURS));
    if let Some((private, all)) = hours.filter(|(private, all)| private > all) {
        let values = vec![shown(private), shown(all)];
        problems.push(broken(&PRIVATE_HOURS, &PRIVATE_ABOVE_ALL, values));
    }
    if let Some(people) = put(answers, &OVER_480_HOURS).filter(|people| *people > 0) {
        let values = vec![number::display_scaled(people, 0)];
        problems.push(broken(&OVER_480_HOURS, &SOME_OVER_480, values).as_warning());
    }
}

/// A prison written on several rows counts once, whatever the capitals.
fn prison(answers: &Answers, problems: &mut Vec<Problem>) {
    let mut prisons: BTreeMap<String, (&str, String, i64)> = BTreeMap::new();
    let table = PRISON_POSTS;
    for row in answers.rows(&table) {
        let pair = put_in(answers, &PRISON_NAME, row).zip(put_in(answers, &PRISON_ETP, row));
        let Some((name, etp)) = pair else { continue };
        let entry = prisons.entry(name.to_lowercase()).or_insert((row, name, 0));
        entry.0 = row;
        entry.2 += etp.0;
    }
    for (row, name, etp) in prisons.into_values().filter(|(_, _, etp)| *etp > MOST_IN_PRISON) {
        let values = vec![name, number::etp(etp)];
        problems.push(broken_in(&PRISON_ETP, row, &PRISON_TOO_MANY, values));
    }
}

#[cfg(test)]
mod tests;
