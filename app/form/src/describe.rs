//! The reference page of a form, as Markdown: every question, kind, condition, source and policy.

use std::fmt::Write;

use crate::{Body, Carry, Cond, FieldDef, Kind, Line, Revision, Table};

/// Writes the reference page of a revision. Deterministic, so that it can be checked in.
pub fn describe(form: &Revision) -> String {
    let mut page = String::new();
    // Writing into a String cannot fail.
    let _ = write_page(form, &mut page);
    page
}

fn write_page(form: &Revision, out: &mut String) -> std::fmt::Result {
    let fields = form.places().count();
    writeln!(out, "# Formulaire « {} », révision {}\n", form.form, form.number)?;
    writeln!(
        out,
        "{} étapes, {fields} questions. Page produite par `server form describe`.",
        form.sections.len()
    )?;
    for section in &form.sections {
        writeln!(out, "\n## {} (`{}`)\n", section.title, section.id)?;
        if !section.intro.is_empty() {
            writeln!(out, "{}\n", section.intro)?;
        }
        if section.visible != Cond::Always {
            writeln!(out, "Présente si {}.\n", cond(&section.visible))?;
        }
        for group in section.groups.iter() {
            writeln!(out, "\n### {} (`{}`)\n", group.title, group.id)?;
            if group.visible != Cond::Always {
                writeln!(out, "Présente si {}.\n", cond(&group.visible))?;
            }
            if let Body::Table(table) = &group.body {
                write_table(table, out)?;
            }
            writeln!(
                out,
                "| question | id | réponse | posée | obligatoire | l'an suivant | sources |"
            )?;
            writeln!(out, "|---|---|---|---|---|---|---|")?;
            for field in group.fields() {
                write_field(field, out)?;
            }
            for field in group.fields().iter().filter(|f| !f.why.is_empty()) {
                writeln!(out, "\n`{}` : {}", field.id, field.why)?;
            }
        }
    }
    Ok(())
}

fn write_table(table: &Table, out: &mut String) -> std::fmt::Result {
    if !table.is_grid() {
        return writeln!(
            out,
            "Lignes à ajouter (`{}`, une ligne : {}), de {} à {}.\n",
            table.id, table.row_name, table.min_rows, table.max_rows
        );
    }
    writeln!(out, "Grille `{}` :\n", table.id)?;
    for line in table.lines.iter() {
        writeln!(out, "- `{}` {}{}", line.id, line.label, line_note(line))?;
    }
    writeln!(out)
}

fn line_note(line: &Line) -> String {
    let mut note = String::new();
    if line.is_computed() {
        note.push_str(" (calculée : ");
        note.push_str(&line.sum.join(" + "));
        note.push(')');
    }
    if line.visible != Cond::Always {
        note.push_str(", si ");
        note.push_str(&cond(&line.visible));
    }
    note
}

fn write_field(field: &FieldDef, out: &mut String) -> std::fmt::Result {
    let asked = match (&field.asked, &field.visible) {
        (Cond::Always, Cond::Always) => "toujours".to_owned(),
        (Cond::Always, other) | (other, Cond::Always) => cond(other),
        (asked, visible) => format!("{} et {}", cond(asked), cond(visible)),
    };
    let required = match &field.required {
        Cond::Always => "oui".to_owned(),
        Cond::Never => "non".to_owned(),
        other => format!("si {}", cond(other)),
    };
    let carry = match field.carry {
        Carry::Confirm => "repris, à confirmer",
        Carry::Beside => "montré à côté",
        Carry::Fixed => "repris, non modifiable",
        Carry::Never => "redemandé",
    };
    let sources: Vec<String> = field
        .sources
        .iter()
        .map(|s| {
            if s.key.is_empty() {
                format!("{:?}", s.origin)
            } else {
                format!("{:?} `{}`", s.origin, s.key)
            }
        })
        .collect();
    writeln!(
        out,
        "| {} | `{}` | {} | {asked} | {required} | {carry} | {} |",
        field.label,
        field.id,
        kind(&field.kind),
        sources.join(", ")
    )
}

fn kind(kind: &Kind) -> String {
    match kind {
        Kind::OneOf(choices) => format!("un choix parmi {}", choices.len()),
        Kind::ManyOf(choices) => format!("plusieurs choix parmi {}", choices.len()),
        Kind::Text { max } => format!("texte, {max}"),
        Kind::LongText { min: 0, max } => format!("texte long, {max}"),
        Kind::LongText { min, max } => format!("texte long, {min} à {max}"),
        other => format!("{other:?}"),
    }
}

fn cond(cond: &Cond) -> String {
    let list =
        |conds: &[Cond], word: &str| conds.iter().map(self::cond).collect::<Vec<_>>().join(word);
    match cond {
        Cond::Always => "toujours".to_owned(),
        Cond::Never => "jamais".to_owned(),
        Cond::OneOf { field, values } => format!("`{field}` = {}", values.join(" / ")),
        Cond::Has { field, value } => format!("`{field}` contient {value}"),
        Cond::Filled { field } => format!("`{field}` est rempli"),
        Cond::All(conds) => list(conds, " et "),
        Cond::Any(conds) => format!("({})", list(conds, " ou ")),
        Cond::NoneOf(conds) => format!("ni {}", list(conds, " ni ")),
    }
}
