//! In which order tables are filled.

use std::collections::BTreeMap;

use super::archive::Table;

/// Puts what is referred to before what refers to it. Tables in a circle keep their order, last.
pub(super) fn in_order(tables: Vec<Table>, references: &[(String, String)]) -> Vec<Table> {
    let mut waiting: BTreeMap<String, Table> =
        tables.into_iter().map(|table| (table.name.clone(), table)).collect();
    let mut ordered = Vec::new();
    loop {
        let waits = |name: &str| {
            references
                .iter()
                .any(|(from, to)| from == name && to != name && waiting.contains_key(to.as_str()))
        };
        let ready: Vec<String> = waiting.keys().filter(|name| !waits(name)).cloned().collect();
        if ready.is_empty() {
            ordered.extend(waiting.into_values());
            return ordered;
        }
        ordered.extend(ready.iter().filter_map(|name| waiting.remove(name)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_referred_to_comes_first() {
        let table = |name: &str| Table { name: name.to_owned(), columns: Vec::new() };
        let tables = ["answer", "dossier", "tree", "structure"].map(table).to_vec();
        let references = [("answer", "dossier"), ("dossier", "structure"), ("tree", "tree")]
            .map(|(from, to)| (from.to_owned(), to.to_owned()));
        let names: Vec<String> =
            in_order(tables, &references).into_iter().map(|table| table.name).collect();
        assert_eq!(names, ["structure", "tree", "dossier", "answer"]);
    }
}
