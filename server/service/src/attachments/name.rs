//! Names of files, made safe to show, to save and to send in a header.

/// Longest name, in characters, with its extension.
const LONGEST: usize = 120;

/// The name without its path, its extension, and whatever lies about it or hides.
pub fn stem(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let mut plain = String::with_capacity(last.len());
    for letter in last.chars() {
        match letter {
            // Not allowed in names by one system or another.
            '<' | '>' | ':' | '"' | '|' | '?' | '*' => plain.push('-'),
            letter if letter.is_whitespace() => {
                if !plain.ends_with(' ') {
                    plain.push(' ');
                }
            }
            letter if letter.is_control() || is_unseen(letter) => {}
            letter => plain.push(letter),
        }
    }
    let plain = plain.trim_matches(|letter: char| letter == '.' || letter == ' ');
    match plain.rsplit_once('.') {
        Some((stem, extension)) if is_extension(extension) => stem.trim_end_matches(['.', ' ']),
        _ => plain,
    }
    .to_owned()
}

fn is_extension(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Letters that show nothing or turn the direction of reading: a name made with them reads as another.
fn is_unseen(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A whole name: the stem, a number when the name is taken, the extension that its bytes deserve.
pub fn whole(given: &str, extension: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let stem = stem(given);
    let stem = if stem.is_empty() { "document" } else { &stem };
    (1..=u32::MAX)
        .map(|number| {
            let tail = match number {
                1 => format!(".{extension}"),
                number => format!(" ({number}).{extension}"),
            };
            let room = LONGEST - tail.chars().count();
            let stem: String = stem.chars().take(room).collect();
            format!("{}{tail}", stem.trim_end())
        })
        .find(|name| !is_taken(name))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tricks_in_names_come_to_nothing() {
        for (given, name) in [
            ("statuts 2026.pdf", "statuts 2026.pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            ("C:\\Users\\anne\\RIB.PDF", "RIB.pdf"),
            ("page.html", "page.pdf"),
            ("facture\u{202e}fdp.exe", "facturefdp.pdf"),
            ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie- x=1.pdf"),
            ("a\0b.pdf", "ab.pdf"),
            ("..", "document.pdf"),
            ("", "document.pdf"),
            (".htaccess", "htaccess.pdf"),
            ("bilan v1.2 définitif", "bilan v1.2 définitif.pdf"),
            ("\"; rm -rf.pdf", "-; rm -rf.pdf"),
        ] {
            assert_eq!(whole(given, "pdf", |_| false), name, "{given:?}");
        }
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let taken = |name: &str| matches!(name, "rib.pdf" | "rib (2).pdf");
        assert_eq!(whole("rib.pdf", "pdf", taken), "rib (3).pdf");
    }

    proptest! {
        #[test]
        fn any_name_is_an_answer(given in "\\PC{0,300}|.{0,300}") {
            let name = whole(&given, "docx", |name| name.len() % 2 == 0);
            prop_assert!(name.chars().count() <= LONGEST);
            prop_assert_eq!(name.rsplit('.').next(), Some("docx"));
            prop_assert!(!name.contains(['/', '\\', '\0', '\n', '\r', '"']));
            let kind = form::Kind::File;
            prop_assert_eq!(kind.canonical(&name).unwrap(), name);
        }
    }
}
