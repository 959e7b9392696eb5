//! What a rule says when it is broken: a stable code and the sentence people read.

/// The sentence of a rule. `{0}`, `{1}` … stand for the values that the rule gives, already
/// displayed. A sentence says what is wrong and how to mend it.
#[derive(Clone, Copy, Debug)]
pub struct Sentence {
    /// Stable code, `section.what_is_wrong`.
    pub code: &'static str,
    /// French sentence.
    pub text: &'static str,
}

impl Sentence {
    /// The sentence with its values in place.
    pub fn with(&self, values: &[String]) -> String {
        let mut text = self.text.to_owned();
        for (i, value) in values.iter().enumerate() {
            text = text.replace(&format!("{{{i}}}"), value);
        }
        text
    }
}
