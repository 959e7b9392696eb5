//! One message as it travels: its headers, and its words as plain text and as HTML.

use std::time::{Duration, UNIX_EPOCH};

use lettre::{
    Address,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};

/// What is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message<'a> {
    /// Its id, the same at each try: who gets it twice can tell. Letters and digits.
    pub id: &'a str,
    /// Address of the reader.
    pub to: &'a str,
    /// Subject.
    pub subject: &'a str,
    /// Its words.
    pub text: &'a str,
    /// The same, as HTML.
    pub html: &'a str,
    /// The address that turns such messages off by one post (RFC 8058).
    pub unsubscribe: Option<&'a str>,
    /// When it is sent, in milliseconds since 1970.
    pub at: i64,
}

/// Why a message cannot be made: none of it will ever be sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// Not an address.
    #[error("the address of the reader is none")]
    Address,
    /// Something would break out of its header.
    #[error("a header would not hold")]
    Header,
}

impl Message<'_> {
    /// The message of this sender.
    pub(crate) fn build(
        &self,
        from: &Mailbox,
        reply_to: Option<&Mailbox>,
    ) -> Result<lettre::Message, BuildError> {
        let to: Address = self.to.parse().map_err(|_| BuildError::Address)?;
        let is_plain = |text: &str| !text.chars().any(char::is_control);
        let is_id = !self.id.is_empty() && self.id.bytes().all(|b| b.is_ascii_alphanumeric());
        if !is_plain(self.subject) || !is_id {
            return Err(BuildError::Header);
        }
        let at = UNIX_EPOCH + Duration::from_millis(self.at.try_into().unwrap_or_default());
        let mut message = lettre::Message::builder()
            .from(from.clone())
            .to(Mailbox::new(None, to))
            .subject(self.subject)
            .date(at)
            .message_id(Some(format!("<{}@{}>", self.id, from.email.domain())))
            // Nobody's answering machine answers (RFC 3834).
            .raw_header(plain("Auto-Submitted", "auto-generated"))
            .raw_header(plain("X-Auto-Response-Suppress", "All"));
        if let Some(reply_to) = reply_to {
            message = message.reply_to(reply_to.clone());
        }
        if let Some(url) = self.unsubscribe {
            if !url.bytes().all(|b| b.is_ascii_graphic() && !b"<>,".contains(&b)) {
                return Err(BuildError::Header);
            }
            message = message
                .raw_header(plain("List-Unsubscribe", &format!("<{url}>")))
                .raw_header(plain("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        let body = MultiPart::alternative_plain_html(self.text.to_owned(), self.html.to_owned());
        message.multipart(body).map_err(|_| BuildError::Header)
    }
}

/// A header that is ASCII and in one piece: an address that is folded is none.
fn plain(name: &'static str, value: &str) -> HeaderValue {
    let name = HeaderName::new_from_ascii_str(name);
    HeaderValue::dangerous_new_pre_encoded(name, value.to_owned(), value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = "https://trame.exemple.fr/desabonnement/01J00000000000000000000001.demandes.0123456789abcdef0123456789abcdef";

    fn from() -> Mailbox {
        "Trame <ne-pas-repondre@exemple.fr>".parse().unwrap()
    }

    fn message() -> Message<'static> {
        Message {
            id: "01J00000000000000000000009",
            to: "ines@exemple.fr",
            subject: "Les Ateliers : la DDETS demande 3 points, environ 12 minutes",
            text: "Bonjour,\n.\nà bientôt\n",
            html: "<p>Bonjour</p>",
            unsubscribe: Some(LINK),
            at: 1_795_000_000_000,
        }
    }

    fn sent(message: &Message<'_>) -> Result<String, BuildError> {
        let built = message.build(&from(), None)?;
        Ok(String::from_utf8(built.formatted()).unwrap())
    }

    #[test]
    fn every_header_is_there_and_whole() {
        let text = sent(&message()).unwrap();
        let headers = text.split("\r\n\r\n").next().unwrap();
        for header in [
            "From: Trame <ne-pas-repondre@exemple.fr>",
            "To: ines@exemple.fr",
            "Message-ID: <01J00000000000000000000009@exemple.fr>",
            "Date: Wed, 18 Nov 2026 11:06:40 +0000",
            "Auto-Submitted: auto-generated",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            &format!("List-Unsubscribe: <{LINK}>"),
            "MIME-Version: 1.0",
        ] {
            assert!(headers.split("\r\n").any(|line| line == header), "{header}\n{headers}");
        }
        assert!(text.contains("multipart/alternative"));
    }

    #[test]
    fn a_decision_has_no_way_out() {
        let text = sent(&Message { unsubscribe: None, ..message() }).unwrap();
        assert!(!text.contains("List-Unsubscribe"));
    }

    #[test]
    fn nothing_breaks_out_of_a_header() {
        for evil in ["x\r\nBcc: tous@exemple.fr", "x\nBcc: tous@exemple.fr", "x\r", "x\0y"] {
            let refused = |message: Message<'_>| sent(&message).unwrap_err();
            assert_eq!(refused(Message { subject: evil, ..message() }), BuildError::Header);
            assert_eq!(refused(Message { id: evil, ..message() }), BuildError::Header);
            assert_eq!(
                refused(Message { unsubscribe: Some(evil), ..message() }),
                BuildError::Header
            );
            let to = format!("a@exemple.fr{evil}");
            assert_eq!(refused(Message { to: &to, ..message() }), BuildError::Address);
        }
        let two = "a@exemple.fr, tous@exemple.fr";
        assert_eq!(sent(&Message { to: two, ..message() }).unwrap_err(), BuildError::Address);
        let open = Some("https://x/> <mailto:y");
        assert_eq!(
            sent(&Message { unsubscribe: open, ..message() }).unwrap_err(),
            BuildError::Header
        );
    }

    #[test]
    fn a_long_subject_in_french_stays_one_header() {
        let subject = "L'Étape Nivernaise « été » : ".to_owned() + &"la DDETS précise ".repeat(20);
        let text = sent(&Message { subject: &subject, ..message() }).unwrap();
        let headers = text.split("\r\n\r\n").next().unwrap();
        for line in headers.split("\r\n") {
            assert!(line.is_ascii() && line.len() < 998, "{line}");
            assert!(line.starts_with([' ', '\t']) || line.contains(": "), "{line}");
        }
    }
}
