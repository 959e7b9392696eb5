//! What a file is, by its bytes alone: neither its name nor what the browser says is believed.

/// A kind of file that may be attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// PDF.
    Pdf,
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// Word.
    Docx,
    /// Excel.
    Xlsx,
    /// `PowerPoint`.
    Pptx,
    /// `OpenDocument` text.
    Odt,
    /// `OpenDocument` sheet.
    Ods,
    /// `OpenDocument` slides.
    Odp,
}

impl Media {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Pdf,
        Self::Png,
        Self::Jpeg,
        Self::Docx,
        Self::Xlsx,
        Self::Pptx,
        Self::Odt,
        Self::Ods,
        Self::Odp,
    ];

    /// Its extension; also its code in the store.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Pptx => "pptx",
            Self::Odt => "odt",
            Self::Ods => "ods",
            Self::Odp => "odp",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|media| media.extension() == code)
    }

    /// Its type on the wire.
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odp => "application/vnd.oasis.opendocument.presentation",
        }
    }

    /// Whether a browser shows it by itself; others are saved.
    pub const fn opens_in_browser(self) -> bool {
        matches!(self, Self::Pdf | Self::Png | Self::Jpeg)
    }
}

/// Bytes at the head of a file that say what it is.
pub const HEAD: usize = 8 * 1024;
/// Bytes at its end that say whether it is whole; the table of an office document stands there.
pub const TAIL: usize = 64 * 1024;

/// What bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// A file of this kind, whole as far as its end says.
    Whole(Media),
    /// A kind that may be attached, but the end is missing.
    CutShort,
    /// Something else.
    Other,
}

/// Says what a file is by its first [`HEAD`] and last [`TAIL`] bytes.
pub fn seen(head: &[u8], tail: &[u8]) -> Seen {
    let Some(found) = infer::get(head) else { return Seen::Other };
    let has = |bytes: &[u8]| contains(tail, bytes);
    let media = match found.mime_type() {
        "application/pdf" => Media::Pdf,
        "image/png" => Media::Png,
        "image/jpeg" => Media::Jpeg,
        // The order of what is in a zip says little: its table, at the end, names everything.
        _ if head.starts_with(b"PK\x03\x04") => return seen_in_zip(head, tail),
        _ => return Seen::Other,
    };
    let end = &tail[tail.len().saturating_sub(4 * 1024)..];
    let whole = match media {
        Media::Pdf => contains(end, b"%%EOF"),
        Media::Png => contains(end, b"IEND"),
        _ => has(b"\xff\xd9"),
    };
    if whole { Seen::Whole(media) } else { Seen::CutShort }
}

fn seen_in_zip(head: &[u8], tail: &[u8]) -> Seen {
    let is_whole = contains(tail, b"PK\x05\x06");
    let starts = |mime: &str| contains(head, format!("mimetype{mime}").as_bytes());
    let open = [Media::Odt, Media::Ods, Media::Odp];
    if let Some(media) = open.into_iter().find(|media| starts(media.mime())) {
        return if is_whole { Seen::Whole(media) } else { Seen::CutShort };
    }
    if !is_whole {
        // Without its table, a first entry that only office documents have tells them from the rest.
        let office = contains(head, b"[Content_Types].xml") || contains(head, b"_rels/.rels");
        return if office { Seen::CutShort } else { Seen::Other };
    }
    let names = |name: &[u8]| contains(tail, name);
    // Macros run on the agent's machine.
    if !names(b"[Content_Types].xml") || names(b"vbaProject.bin") {
        return Seen::Other;
    }
    let parts: [(&[u8], Media); 3] = [
        (b"word/document.xml", Media::Docx),
        (b"xl/workbook.xml", Media::Xlsx),
        (b"ppt/presentation.xml", Media::Pptx),
    ];
    let media = parts.into_iter().find(|(name, _)| names(name));
    media.map_or(Seen::Other, |(_, media)| Seen::Whole(media))
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bytes: &[u8]) -> Seen {
        seen(&bytes[..bytes.len().min(HEAD)], &bytes[bytes.len().saturating_sub(TAIL)..])
    }

    fn zip(names: &[&str]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for name in names {
            bytes.extend(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
            bytes.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
            bytes.extend(b"\0\0");
            bytes.extend(name.as_bytes());
        }
        for name in names {
            bytes.extend(b"PK\x01\x02");
            bytes.extend(name.as_bytes());
        }
        bytes.extend(b"PK\x05\x06");
        bytes
    }

    #[test]
    fn bytes_say_what_a_file_is() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR....IEND\xae\x42\x60\x82";
        let jpeg = b"\xff\xd8\xff\xe0\0\x10JFIF\0....\xff\xd9";
        assert_eq!(of(b"%PDF-1.7 ... %%EOF\n"), Seen::Whole(Media::Pdf));
        assert_eq!(of(png), Seen::Whole(Media::Png));
        assert_eq!(of(jpeg), Seen::Whole(Media::Jpeg));
        let docx = ["[Content_Types].xml", "_rels/.rels", "word/document.xml"];
        assert_eq!(of(&zip(&docx)), Seen::Whole(Media::Docx));
        let docx = ["docProps/app.xml", "word/document.xml", "[Content_Types].xml"];
        assert_eq!(of(&zip(&docx)), Seen::Whole(Media::Docx));
        assert_eq!(of(&zip(&["[Content_Types].xml", "xl/workbook.xml"])), Seen::Whole(Media::Xlsx));
        let ods = format!("mimetype{}", Media::Ods.mime());
        assert_eq!(of(&zip(&[&ods, "content.xml"])), Seen::Whole(Media::Ods));
    }

    #[test]
    fn what_only_pretends_is_not_taken() {
        for other in [
            &b"<!DOCTYPE html><script>alert(1)</script>"[..],
            b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
            b"<?xml version='1.0'?><svg/>",
            b"GIF89a......",
            b"MZ\x90\0............................................................",
            b"#!/bin/sh\n",
            b"bonjour %PDF-1.7 %%EOF",
            b"",
        ] {
            assert_eq!(of(other), Seen::Other, "{:?}", String::from_utf8_lossy(other));
        }
        assert_eq!(of(&zip(&["virus.exe"])), Seen::Other);
        let macros = ["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"];
        assert_eq!(of(&zip(&macros)), Seen::Other);
    }

    #[test]
    fn what_has_no_end_is_cut_short() {
        assert_eq!(of(b"%PDF-1.7 and then nothing"), Seen::CutShort);
        assert_eq!(of(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR...."), Seen::CutShort);
        let whole = zip(&["[Content_Types].xml", "word/document.xml"]);
        assert_eq!(of(&whole[..whole.len() - 4]), Seen::CutShort);
    }
}
