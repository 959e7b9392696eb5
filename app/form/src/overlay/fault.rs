//! What is wrong in an overlay, and where.

/// One thing to mend in an overlay. The interface writes the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Rank of the change, from 0; `None` for the overlay as a whole.
    pub edit: Option<usize>,
    /// The step, card, table, question or line it speaks of; empty for the change as a whole.
    pub id: String,
    /// What is wrong.
    pub wrong: Wrong,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It is laid over another form, or another revision of it.
    OtherForm,
    /// A name is small letters, digits and dashes, 2 to 40 of them.
    BadName,
    /// A supplement only adds.
    NotInSupplement,
    /// A supplement adds fewer questions.
    TooManyQuestions {
        /// The most there may be.
        most: usize,
    },
    /// Nothing bears this id.
    Unknown,
    /// This cannot be done to what bears the id.
    NotSuch,
    /// What should come just before is not among the siblings.
    NotThere {
        /// Its id.
        after: String,
    },
    /// Something bears this id already, or did once.
    Taken,
    /// The id of something added does not begin with this.
    Outside {
        /// The name of the overlay and a dot, or the id of the table.
        prefix: String,
    },
    /// An id is small letters, digits, dots and underscores.
    BadId,
    /// A step, card, question, line or value without words.
    NoWords,
    /// Words that are too many for people to read.
    TooLong {
        /// Characters.
        most: usize,
    },
    /// A choice of fewer than two values, or twice the same.
    BadChoices,
    /// A condition reads a question that is not there.
    ReadsUnknown {
        /// Its id.
        read: String,
    },
    /// Only a question that nobody must answer can be hidden.
    Required,
    /// What the system answers itself is not asked, nor changed.
    OfTheSystem,
    /// A table without columns, or of fewer rows than it wants.
    BadTable,
}
