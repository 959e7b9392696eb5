//! What is held about a person: one query for each part.

use async_trait::async_trait;
use dossier::id::AccountId;
use serde_json::Value;
use service::{
    StoreError,
    ports::{Personal, Stored},
};

use super::Backend;
use crate::error::stored;

/// The part, how many columns it has, and its query, in which `$1` is the person.
pub(crate) type Query = (&'static str, usize, &'static str);

macro_rules! told {
    ($key:literal, [$first:literal $(, $more:literal)*], $from:literal, by $order:literal) => {
        (
            $key,
            [$first $(, $more)*].len(),
            concat!(
                "SELECT ",
                as_list!([$first $(, ", ", $more)*], in order of $order),
                " FROM ",
                $from
            ),
        )
    };
}

/// Who people are, and how they come in.
const OF_ACCOUNTS: &[Query] = &[
    told!(
        "account",
        ["a.email", "a.name", "a.title", "a.role", "CASE WHEN a.password_hash IS NULL THEN 0 ELSE 1 END", "a.signed_in_at"],
        "account a WHERE a.id = $1",
        by "a.id"
    ),
    told!(
        "identities",
        ["i.issuer", "i.subject", "i.siret", "i.idp_id", "i.acr", "i.seen_at"],
        "identity i WHERE i.account_id = $1",
        by "i.seen_at"
    ),
    told!(
        "second_factor",
        ["f.on_since", "(SELECT COUNT(*) FROM paper_code p WHERE p.account_id = $1)"],
        "second_factor f WHERE f.account_id = $1",
        by "f.on_since"
    ),
    told!(
        "structures",
        ["s.name", "s.siret", "CAST(m.is_admin AS INTEGER)"],
        "membership m JOIN structure s ON s.id = m.structure_id WHERE m.account_id = $1",
        by "s.name"
    ),
    told!("territory", ["t.department"], "agent_territory t WHERE t.account_id = $1", by "t.department"),
    told!(
        "demands",
        ["s.name", "r.asked_at", "r.answered_at", "CAST(r.is_accepted AS INTEGER)"],
        "access_request r JOIN structure s ON s.id = r.structure_id WHERE r.account_id = $1",
        by "r.asked_at"
    ),
    told!(
        "demands_answered",
        ["s.name", "r.answered_at", "CAST(r.is_accepted AS INTEGER)"],
        "access_request r JOIN structure s ON s.id = r.structure_id WHERE r.answered_by = $1",
        by "r.answered_at"
    ),
    told!(
        "invitations_given",
        ["s.name", "i.role", "i.given_at", "i.ends_at"],
        "account_invitation i LEFT JOIN structure s ON s.id = i.structure_id WHERE i.given_by = $1",
        by "i.given_at"
    ),
    told!(
        "invitations_used",
        ["s.name", "i.role", "i.accepted_at"],
        "account_invitation i LEFT JOIN structure s ON s.id = i.structure_id WHERE i.accepted_by = $1",
        by "i.accepted_at"
    ),
    told!(
        "sessions",
        ["w.browser", "w.address", "w.created_at", "w.seen_at", "w.expires_at"],
        "web_session w WHERE w.account_id = $1",
        by "w.created_at"
    ),
    told!(
        "presence",
        ["p.dossier_id", "p.section_id", "p.at"],
        "presence p WHERE p.account_id = $1",
        by "p.at"
    ),
    told!("choices", ["c.topic", "c.pace"], "mail_choice c WHERE c.account_id = $1", by "c.topic"),
    told!(
        "mails",
        ["m.address", "m.topic", "m.at", "m.standing", "m.ended_at"],
        "mail m WHERE m.account_id = $1",
        by "m.at"
    ),
    told!(
        "notices",
        ["n.dossier_id", "n.about", "n.at"],
        "notice n WHERE n.kept_for = $1",
        by "n.at"
    ),
    told!("digests", ["g.told_at"], "mail_digest g WHERE g.account_id = $1", by "g.told_at"),
];

/// What they did to dossiers; a place as [`form::At::parse`] reads it.
const OF_DOSSIERS: &[Query] = &[
    told!(
        "answers",
        ["w.dossier_id", "w.field_id || '#' || w.row_id", "w.version", "w.updated_at", "w.raw"],
        "answer w WHERE w.updated_by = $1",
        by "w.updated_at"
    ),
    told!(
        "past_answers",
        ["w.dossier_id", "w.field_id || '#' || w.row_id", "w.version", "w.updated_at", "w.raw"],
        "answer_past w WHERE w.updated_by = $1",
        by "w.updated_at"
    ),
    told!("changed", ["d.id", "d.updated_at"], "dossier d WHERE d.updated_by = $1", by "d.updated_at"),
    told!(
        "deposits",
        ["d.dossier_id", "d.number", "d.at", "d.sha256"],
        "deposit d WHERE d.by = $1",
        by "d.at"
    ),
    told!(
        "documents",
        ["f.dossier_id", "f.field_id || '#' || f.row_id", "f.name", "f.size", "f.added_at"],
        "attachment f WHERE f.by = $1",
        by "f.added_at"
    ),
    told!(
        "shares",
        ["s.dossier_id", "s.sections", "s.given_at", "s.ends_at"],
        "shared_steps s WHERE s.given_by = $1",
        by "s.given_at"
    ),
    told!(
        "set_aside",
        ["k.dossier_id", "k.field_id || '#' || k.row_id", "k.source", "k.at", "k.reason"],
        "set_aside k WHERE k.by = $1",
        by "k.at"
    ),
    told!(
        "acts",
        ["e.dossier_id", "a.action", "e.at", "a.message"],
        "event e JOIN act a ON a.dossier_id = e.dossier_id AND a.seq = e.seq WHERE e.actor = $1",
        by "e.at"
    ),
    told!(
        "convention_deeds",
        ["e.dossier_id", "c.kind", "e.at", "c.words"],
        "event e JOIN convention_deed c ON c.dossier_id = e.dossier_id AND c.seq = e.seq
         WHERE e.actor = $1",
        by "e.at"
    ),
    told!(
        "signals",
        ["e.dossier_id", "s.said", "e.at", "CAST(s.is_aside AS INTEGER)", "s.reason"],
        "event e JOIN signal_choice s ON s.dossier_id = e.dossier_id AND s.seq = e.seq WHERE e.actor = $1",
        by "e.at"
    ),
    told!(
        "lenses",
        ["l.question", "l.form", "l.department", "l.made_at", "l.removed_at"],
        "lens l WHERE l.made_by = $1",
        by "l.made_at"
    ),
    told!(
        "notes",
        ["n.dossier_id", "n.field_id || '#' || n.row_id", "n.at", "n.text"],
        "note n WHERE n.by = $1",
        by "n.at"
    ),
    told!(
        "notes_settled",
        ["n.dossier_id", "n.settled_at"],
        "note n WHERE n.settled_by = $1",
        by "n.settled_at"
    ),
    told!(
        "replies",
        ["n.dossier_id", "r.at", "r.text"],
        "note_reply r JOIN note n ON n.id = r.note_id WHERE r.by = $1",
        by "r.at"
    ),
    told!(
        "suggestions",
        ["n.dossier_id", "c.at", "CAST(c.is_accepted AS INTEGER)", "c.reason"],
        "suggestion_choice c JOIN note n ON n.id = c.note_id WHERE c.by = $1",
        by "c.at"
    ),
    told!(
        "follow_ups",
        ["f.dossier_id", "f.number", "CAST(f.is_shared AS INTEGER)", "f.at", "f.sheet"],
        "follow_up f WHERE f.by = $1",
        by "f.at"
    ),
    told!(
        "follow_up_comments",
        ["c.dossier_id", "c.version", "c.at", "c.text"],
        "follow_up_comment c WHERE c.by = $1",
        by "c.at"
    ),
    told!(
        "unposted",
        ["u.dossier_id", "u.at", "u.words"],
        "unposted u WHERE u.account_id = $1",
        by "u.at"
    ),
    told!("following", ["a.dossier_id"], "assignment a WHERE a.account_id = $1", by "a.dossier_id"),
    told!(
        "seen",
        ["s.dossier_id", "s.field_id || '#' || s.row_id", "s.at"],
        "seen s WHERE s.account_id = $1",
        by "s.at"
    ),
    told!(
        "readings",
        ["r.dossier_id", "r.day", "CASE WHEN r.document_id = '' THEN 0 ELSE 1 END", "r.first_at", "r.last_at", "r.times"],
        "reading r WHERE r.by = $1",
        by "r.first_at"
    ),
    told!(
        "events",
        ["e.dossier_id", "e.seq", "e.at", "e.what"],
        "event e WHERE e.actor = $1",
        by "e.at"
    ),
];

/// What they did elsewhere.
const OF_OTHERS: &[Query] = &[
    told!(
        "work_views",
        ["v.name", "CAST(v.is_shared AS INTEGER)", "v.made_at"],
        "work_view v WHERE v.account_id = $1",
        by "v.made_at"
    ),
    told!(
        "work_view_first",
        ["v.name"],
        "work_view_first f JOIN work_view v ON v.id = f.view_id WHERE f.account_id = $1",
        by "v.name"
    ),
    told!(
        "leave",
        ["l.first_day", "l.last_day", "l.said_at"],
        "leave_cover l WHERE l.account_id = $1",
        by "l.said_at"
    ),
    told!(
        "covering",
        ["l.first_day", "l.last_day"],
        "leave_cover l WHERE l.cover_id = $1",
        by "l.first_day"
    ),
    told!(
        "labs",
        ["l.title", "l.place", "l.day", "l.made_at"],
        "lab l WHERE l.made_by = $1",
        by "l.made_at"
    ),
    told!(
        "advice",
        ["l.title", "d.place", "d.standing", "d.reason", "d.at"],
        "lab_advice d JOIN lab l ON l.id = d.lab_id WHERE d.by = $1",
        by "d.at"
    ),
    told!(
        "sketches",
        ["k.id", "k.department", "k.made_at"],
        "sketch k WHERE k.made_by = $1",
        by "k.made_at"
    ),
    told!(
        "sketch_versions",
        ["k.sketch_id", "k.number", "k.change", "k.what", "k.at"],
        "sketch_version k WHERE k.by = $1",
        by "k.at"
    ),
    told!(
        "sketch_simulations",
        ["k.sketch_id", "k.version", "k.at"],
        "sketch_simulation k WHERE k.by = $1",
        by "k.at"
    ),
    told!(
        "sketch_acceptances",
        ["k.sketch_id", "k.version", "k.loss", "k.at"],
        "sketch_acceptance k WHERE k.by = $1",
        by "k.at"
    ),
    told!(
        "editions",
        ["k.form", "k.name", "k.number"],
        "edition_sketch k WHERE k.by = $1",
        by "k.number"
    ),
    told!(
        "envelopes",
        ["c.year", "c.kind", "c.place", "c.reason", "c.at"],
        "envelope_change c WHERE c.by = $1",
        by "c.at"
    ),
    told!(
        "allotments",
        ["t.name", "t.year", "t.made_at"],
        "allotment t WHERE t.made_by = $1",
        by "t.made_at"
    ),
    told!(
        "allotment_gestures",
        ["t.name", "g.number", "g.at"],
        "allotment_gesture g JOIN allotment t ON t.id = g.allotment_id WHERE g.by = $1",
        by "g.at"
    ),
    told!(
        "allotment_runs",
        ["t.name", "r.over_reason", "r.at"],
        "allotment_run r JOIN allotment t ON t.id = r.allotment_id WHERE r.by = $1",
        by "r.at"
    ),
    told!(
        "sittings",
        ["c.department", "c.day", "c.made_at"],
        "commission_sitting c WHERE c.made_by = $1",
        by "c.made_at"
    ),
    told!(
        "sitting_deeds",
        ["c.department", "c.day", "d.deed", "d.at"],
        "commission_deed d JOIN commission_sitting c ON c.id = d.sitting_id WHERE d.by = $1",
        by "d.at"
    ),
    told!(
        "sitting_items",
        ["i.dossier_id", "c.day", "i.put_at"],
        "commission_item i JOIN commission_sitting c ON c.id = i.sitting_id WHERE i.put_by = $1",
        by "i.put_at"
    ),
];

/// Every query.
pub(crate) fn queries() -> impl Iterator<Item = &'static Query> {
    [OF_ACCOUNTS, OF_DOSSIERS, OF_OTHERS].into_iter().flatten()
}

#[async_trait]
impl Personal for Backend {
    async fn personal_lines(&self, account: &AccountId, part: &str) -> Stored<Vec<Vec<Value>>> {
        let (_, _, sql) = queries().find(|(key, ..)| *key == part).ok_or(StoreError::Corrupt)?;
        let lines: String = sqlx::query_scalar(*sql)
            .bind(account.as_str())
            .fetch_one(&self.read)
            .await
            .map_err(stored)?;
        serde_json::from_str(&lines).map_err(|_| StoreError::Corrupt)
    }
}
