//! What an agent typed and did not post yet: kept as it is typed, for nobody but them. It goes when it is
//! posted or put away. The journal does not know of it.

use dossier::{
    id::{AccountId, DossierId, is_ulid},
    unposted::{Fate, Fields, MOST_OF_DOSSIER, MOST_OF_PERSON, Place, fate, is_pen, says_the_same},
};

use crate::{
    Actor, Millis, Services, StoreError,
    drafts::ReadError,
    instruction::{Act, Standing, Thread, Weighed},
};

/// How long what was put away can be taken back.
const KEPT: i64 = 24 * 60 * 60 * 1_000;
/// How long after something was posted its last words may still have been on their way.
const LATE: i64 = 60_000;
/// How often a text is tried again when another page wrote it meanwhile.
const TRIES: usize = 8;

/// A text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unposted {
    /// Its id: a ULID.
    pub id: String,
    /// The dossier.
    pub dossier: DossierId,
    /// Where it is typed.
    pub place: Place,
    /// What stands in the form.
    pub fields: Fields,
    /// How many times it was kept.
    pub version: u32,
    /// The page that typed it last.
    pub pen: String,
    /// When.
    pub at: Millis,
    /// When it was put away.
    pub cleared: Option<Millis>,
}

/// A text as a page sends it.
#[derive(Clone, Debug)]
pub struct Typing {
    /// Where.
    pub place: Place,
    /// What stands in the form.
    pub fields: Fields,
    /// The text that it continues; empty for none.
    pub copy: String,
    /// The version of it that the page saw.
    pub seen: u32,
    /// What the page calls itself.
    pub pen: String,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The text that it is now.
    pub copy: String,
    /// Its version.
    pub version: u32,
    /// When.
    pub at: Millis,
    /// Whether another text is kept at the same place.
    pub beside: bool,
}

/// Why it is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeepError {
    /// No such dossier or text for this actor.
    #[error("nothing of that name for this actor")]
    NotFound,
    /// It makes no sense.
    #[error("what was sent makes no sense")]
    BadText,
    /// There are too many.
    #[error("too many texts are kept")]
    TooMany,
    /// Other pages write at the same moment: try again.
    #[error("the text changed meanwhile")]
    Changed,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ReadError> for KeepError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotFound => Self::NotFound,
            ReadError::Store(error) => Self::Store(error),
        }
    }
}

/// Whether this person has texts of their own in a deposited dossier: who acts on it on the State's side.
async fn may_write(
    services: &Services,
    actor: &Actor,
    dossier: &DossierId,
) -> Result<(), KeepError> {
    let head = services.store.head(dossier).await?;
    let seen = head.is_some_and(|head| head.is_seen_by(actor) && head.deposits > 0);
    if seen && !actor.role.is_siae() { Ok(()) } else { Err(KeepError::NotFound) }
}

/// Keeps a text as it is being typed.
///
/// # Errors
/// See [`KeepError`].
pub async fn keep(
    services: &Services,
    actor: &Actor,
    dossier: &DossierId,
    typing: Typing,
) -> Result<Kept, KeepError> {
    may_write(services, actor, dossier).await?;
    if !is_pen(&typing.pen) {
        return Err(KeepError::BadText);
    }
    let Typing { place, fields, copy, seen, pen } = typing;
    let (store, by) = (&services.store, &actor.account_id);
    for _ in 0..TRIES {
        let there = store.unposted_of(by, dossier).await?;
        let at_place = || there.iter().filter(|one| one.place == place);
        // An answer that was lost on the way leaves the page without the id of its own text.
        let mine = || at_place().find(|one| copy.is_empty() && one.pen == pen);
        let alike = || at_place().find(|one| copy.is_empty() && one.fields == fields);
        let held = at_place().find(|one| one.id == copy).or_else(mine).or_else(alike);
        let others = at_place().count();
        let facts = held.map(|one| (one.version, &one.fields, one.pen.as_str()));
        let at = services.now();
        let kept = |copy: String, version, beside| Kept { copy, version, at, beside };
        match (fate(facts, &fields, (seen, &pen)), held) {
            (Fate::Same, Some(one)) => return Ok(kept(one.id.clone(), one.version, others > 1)),
            (Fate::Over, Some(one)) => {
                let next = Unposted {
                    fields: fields.clone(),
                    version: one.version.saturating_add(1),
                    pen: pen.clone(),
                    at,
                    ..one.clone()
                };
                if store.rewrite_unposted(&next, one.version).await? {
                    return Ok(kept(next.id, next.version, others > 1));
                }
            }
            _ => {
                if there.len() >= MOST_OF_DOSSIER
                    || store.unposted_count(by).await? >= MOST_OF_PERSON
                {
                    return Err(KeepError::TooMany);
                }
                let new = Unposted {
                    id: services.ulid(),
                    dossier: dossier.clone(),
                    place: place.clone(),
                    fields: fields.clone(),
                    version: 1,
                    pen: pen.clone(),
                    at,
                    cleared: None,
                };
                store.add_unposted(by, &new, at.plus(-KEPT)).await?;
                return Ok(kept(new.id, 1, others > 0));
            }
        }
    }
    Err(KeepError::Changed)
}

/// What this person typed in a dossier and did not post, latest last. What is among the notes, the acts and
/// the signals set aside by now was posted, though nobody said so, and goes.
///
/// # Errors
/// When the store cannot answer.
pub async fn of(
    services: &Services,
    actor: &Actor,
    dossier: &DossierId,
    said: Said<'_>,
) -> Result<Vec<Unposted>, StoreError> {
    let all = services.store.unposted_of(&actor.account_id, dossier).await?;
    let (posted, rest): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|one| is_posted(one, &actor.account_id, said));
    if !posted.is_empty() {
        let ids: Vec<_> = posted.into_iter().map(|one| one.id).collect();
        services.store.remove_unposted(&ids).await?;
    }
    Ok(rest)
}

/// What is said in a dossier by now: its notes, its acts, what was made of its signals.
pub type Said<'a> = (&'a [Thread], &'a [Act], &'a [Weighed]);

/// Whether this person posted it.
fn is_posted(text: &Unposted, by: &AccountId, (threads, acts, signals): Said<'_>) -> bool {
    let words = text.fields.words();
    let same = |said: &str, at: Millis, who: &AccountId| {
        who == by && at.plus(LATE) >= text.at && says_the_same(said, &words)
    };
    match &text.place {
        Place::Note(at) => threads
            .iter()
            .map(|thread| &thread.note)
            .any(|note| note.anchor.at == *at && same(&note.text, note.at, &note.by)),
        Place::Reply(id) => threads
            .iter()
            .filter(|thread| thread.note.id == *id)
            .flat_map(|thread| &thread.note.replies)
            .any(|reply| same(&reply.text, reply.at, &reply.by)),
        Place::Act(action) => {
            acts.iter().any(|act| act.action == *action && same(&act.said.message, act.at, &act.by))
        }
        // Of a signal the same reason is enough, whoever gave it: there is nothing left to say.
        Place::Signal(code) => signals.iter().any(|one| match &one.standing {
            Standing::Aside(choice) => {
                one.signal.code == code && same(&choice.reason, choice.at, by)
            }
            Standing::Open | Standing::Fallen(_) => false,
        }),
    }
}

/// Forgets what was just posted: the text that the page says it was, and any that says the same. Another
/// text at the same place stays.
///
/// # Errors
/// When the store cannot answer.
pub async fn posted(
    services: &Services,
    actor: &Actor,
    (dossier, place): (&DossierId, &Place),
    (copy, pen): (&str, &str),
    words: &str,
) -> Result<(), StoreError> {
    let all = services.store.unposted_of(&actor.account_id, dossier).await?;
    let is_it = |one: &Unposted| {
        one.id == copy || one.pen == pen || says_the_same(&one.fields.words(), words)
    };
    let gone = all.into_iter().filter(|one| one.place == *place && is_it(one));
    let ids: Vec<_> = gone.map(|one| one.id).collect();
    if ids.is_empty() { Ok(()) } else { services.store.remove_unposted(&ids).await }
}

/// Puts a text away, or takes it back.
///
/// # Errors
/// When there is no such text of this person in this dossier.
pub async fn clear(
    services: &Services,
    actor: &Actor,
    dossier: &DossierId,
    (id, is_cleared): (&str, bool),
) -> Result<(), KeepError> {
    may_write(services, actor, dossier).await?;
    cleared(services, actor, dossier, id).await?.ok_or(KeepError::NotFound)?;
    let at = is_cleared.then(|| services.now());
    Ok(services.store.clear_unposted(id, at).await?)
}

/// Puts away a text whose form was emptied by hand, unless another page went on with it meanwhile.
///
/// # Errors
/// When there is no such dossier for this actor.
pub async fn emptied(
    services: &Services,
    actor: &Actor,
    dossier: &DossierId,
    (id, seen, pen): (&str, u32, &str),
) -> Result<(), KeepError> {
    may_write(services, actor, dossier).await?;
    let one = cleared(services, actor, dossier, id).await?;
    let Some(one) = one.filter(|one| one.cleared.is_none()) else { return Ok(()) };
    let held = (one.version, &one.fields, one.pen.as_str());
    if fate(Some(held), &Fields::default(), (seen, pen)) == Fate::Over {
        services.store.clear_unposted(id, Some(services.now())).await?;
    }
    Ok(())
}

/// A text of this person in this dossier, put away or not.
///
/// # Errors
/// When the store cannot answer.
pub async fn cleared(
    services: &Services,
    actor: &Actor,
    dossier: &DossierId,
    id: &str,
) -> Result<Option<Unposted>, StoreError> {
    if !is_ulid(id) {
        return Ok(None);
    }
    let one = services.store.unposted(id).await?;
    let mine = one.filter(|(by, one)| *by == actor.account_id && one.dossier == *dossier);
    Ok(mine.map(|(_, one)| one))
}
