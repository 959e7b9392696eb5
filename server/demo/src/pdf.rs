//! Documents of the story: one page of text each, true PDF, written by hand.

use std::fmt::Write;

/// A page that says these lines, the first one large.
pub fn page(lines: &[&str]) -> Vec<u8> {
    let mut text = String::from("BT\n");
    for (rank, line) in lines.iter().enumerate() {
        let (size, y) = if rank == 0 { (20, 770) } else { (12, 740 - 20 * rank) };
        // Writing into a String cannot fail.
        let _ = writeln!(text, "/F1 {size} Tf 1 0 0 1 56 {y} Tm ({}) Tj", escaped(line));
    }
    text.push_str("ET\n");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R /Lang (fr-FR) >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R \
         /Resources << /Font << /F1 4 0 R >> >> >>"
            .to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}endstream", text.len()),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (rank, object) in objects.iter().enumerate() {
        places.push(file.len());
        let _ = write!(file, "{} 0 obj\n{object}\nendobj\n", rank + 1);
    }
    let (table, size) = (file.len(), objects.len() + 1);
    let _ = write!(file, "xref\n0 {size}\n0000000000 65535 f \n");
    for place in places {
        let _ = writeln!(file, "{place:010} 00000 n ");
    }
    let _ = write!(file, "trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
    file.into_bytes()
}

/// A text of a PDF: letters of French are the same in Latin-1 and in Windows-1252, written in octal.
fn escaped(line: &str) -> String {
    let mut escaped = String::new();
    for letter in line.chars() {
        match letter {
            '(' | ')' | '\\' => escaped.extend(['\\', letter]),
            ' '..='~' => escaped.push(letter),
            '\u{a0}'..='\u{ff}' => {
                let _ = write!(escaped, "\\{:03o}", u32::from(letter));
            }
            '’' => escaped.push('\''),
            'œ' => escaped.push_str("\\234"),
            _ => escaped.push('-'),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_table_leads_to_its_objects() {
        let file = String::from_utf8(page(&["Été (1)", "œuvre"])).unwrap();
        assert!(file.contains("(\\311t\\351 \\(1\\))") && file.contains("(\\234uvre)"));
        let (_, table) = file.rsplit_once("startxref\n").unwrap();
        let start: usize = table.lines().next().unwrap().parse().unwrap();
        let lines: Vec<&str> = file[start..].lines().collect();
        assert_eq!(lines[0], "xref");
        for number in 1..=5 {
            let place: usize = lines[2 + number][..10].parse().unwrap();
            assert!(file[place..].starts_with(&format!("{number} 0 obj")), "{number}");
        }
    }
}
