//! Sessions of the open lab, and what was said in them.

use std::collections::BTreeMap;

use async_trait::async_trait;
use dossier::id::{AccountId, LabId, ParticipantId, RemarkId, is_ulid};
use service::{
    Millis,
    labs::{Advice, Done, Heard, Lab, Participant, Remark, Survey},
    ports::{Labs, Stored},
};

use super::Backend;
use crate::{
    error::{json, stored},
    rows::labs::{AdviceRow, LabRow, ParticipantRow, RemarkRow, SurveyRow, done},
};

/// A query of sessions, with what follows.
macro_rules! labs {
    ($rest:literal) => {
        concat!(
            "SELECT l.*, a.name AS made_by_name FROM lab l JOIN account a ON a.id = l.made_by ",
            $rest
        )
    };
}

impl Backend {
    async fn added(&self, lab: &Lab) -> sqlx::Result<()> {
        let seats: Vec<&str> = lab.seats.iter().map(|seat| seat.code()).collect();
        sqlx::query(
            "INSERT INTO lab (id, code, title, place, day, form, seats, tasks, stage, votes, round,
                 timer, made_at, made_by, opened_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        )
        .bind(lab.id.as_str())
        .bind(&lab.code)
        .bind(&lab.title)
        .bind(&lab.place)
        .bind(lab.day.to_string())
        .bind(lab.form.to_string())
        .bind(seats.join(","))
        .bind(json(&lab.tasks)?)
        .bind(lab.stage.code())
        .bind(lab.votes)
        .bind(i64::from(lab.round))
        .bind(lab.timer.map(|at| at.0))
        .bind(lab.made_at.0)
        .bind(lab.made_by.as_str())
        .bind(lab.opened_at.map(|at| at.0))
        .execute(&self.write)
        .await?;
        Ok(())
    }

    async fn took_part(&self, lab: &LabId) -> sqlx::Result<Vec<Participant>> {
        let rows: Vec<ParticipantRow> = sqlx::query_as(
            "SELECT * FROM lab_participant WHERE lab_id = $1 ORDER BY joined_at, id",
        )
        .bind(lab.as_str())
        .fetch_all(&self.read)
        .await?;
        rows.into_iter().map(ParticipantRow::read).collect()
    }

    async fn said(&self, lab: &LabId) -> sqlx::Result<Vec<Remark>> {
        let rows: Vec<RemarkRow> = sqlx::query_as(
            "SELECT r.*, p.name AS by_name, p.seat
             FROM lab_remark r JOIN lab_participant p ON p.id = r.participant_id
             WHERE r.lab_id = $1 ORDER BY r.at, r.id",
        )
        .bind(lab.as_str())
        .fetch_all(&self.read)
        .await?;
        let votes: Vec<(String, String)> = sqlx::query_as(
            "SELECT v.remark_id, v.participant_id
             FROM lab_vote v JOIN lab_remark r ON r.id = v.remark_id
             WHERE r.lab_id = $1 ORDER BY v.participant_id",
        )
        .bind(lab.as_str())
        .fetch_all(&self.read)
        .await?;
        let mut remarks =
            rows.into_iter().map(RemarkRow::read).collect::<sqlx::Result<Vec<_>>>()?;
        let ranks: BTreeMap<String, usize> =
            remarks.iter().enumerate().map(|(rank, one)| (one.id.to_string(), rank)).collect();
        for (remark, by) in votes {
            if let Some(remark) = ranks.get(&remark).and_then(|rank| remarks.get_mut(*rank)) {
                remark.votes.push(by.into());
            }
        }
        Ok(remarks)
    }

    async fn did(&self, lab: &LabId) -> sqlx::Result<Vec<Done>> {
        let rows: Vec<(String, i64, i64)> = sqlx::query_as(
            "SELECT d.participant_id, d.task, d.at
             FROM lab_done d JOIN lab_participant p ON p.id = d.participant_id
             WHERE p.lab_id = $1 ORDER BY d.at, d.participant_id, d.task",
        )
        .bind(lab.as_str())
        .fetch_all(&self.read)
        .await?;
        rows.into_iter().map(done).collect()
    }

    async fn answered(&self, lab: &LabId) -> sqlx::Result<Vec<Survey>> {
        let rows: Vec<SurveyRow> = sqlx::query_as(
            "SELECT s.* FROM lab_survey s JOIN lab_participant p ON p.id = s.participant_id
             WHERE p.lab_id = $1 ORDER BY s.at, s.participant_id",
        )
        .bind(lab.as_str())
        .fetch_all(&self.read)
        .await?;
        rows.into_iter().map(SurveyRow::read).collect()
    }

    async fn decided(&self, lab: &LabId) -> sqlx::Result<Vec<Advice>> {
        let rows: Vec<AdviceRow> = sqlx::query_as(
            "SELECT v.place, v.standing, v.reason, v.revision, v.at, a.name AS by_name
             FROM lab_advice v JOIN account a ON a.id = v.by
             WHERE v.lab_id = $1 ORDER BY v.place",
        )
        .bind(lab.as_str())
        .fetch_all(&self.read)
        .await?;
        rows.into_iter().map(AdviceRow::read).collect()
    }

    async fn all_heard(&self, lab: &LabId) -> sqlx::Result<Heard> {
        Ok(Heard {
            participants: self.took_part(lab).await?,
            remarks: self.said(lab).await?,
            done: self.did(lab).await?,
            surveys: self.answered(lab).await?,
            advices: self.decided(lab).await?,
        })
    }
}

#[async_trait]
impl Labs for Backend {
    async fn add_lab(&self, lab: &Lab) -> Stored<()> {
        self.added(lab).await.map_err(stored)
    }

    async fn put_lab(&self, lab: &Lab) -> Stored<()> {
        sqlx::query(
            "UPDATE lab SET stage = $2, votes = $3, round = $4, timer = $5, opened_at = $6
             WHERE id = $1",
        )
        .bind(lab.id.as_str())
        .bind(lab.stage.code())
        .bind(lab.votes)
        .bind(i64::from(lab.round))
        .bind(lab.timer.map(|at| at.0))
        .bind(lab.opened_at.map(|at| at.0))
        .execute(&self.write)
        .await
        .map_err(stored)?;
        Ok(())
    }

    async fn lab(&self, id: &LabId) -> Stored<Option<Lab>> {
        if !is_ulid(id.as_str()) {
            return Ok(None);
        }
        let row: Option<LabRow> = sqlx::query_as(labs!("WHERE l.id = $1"))
            .bind(id.as_str())
            .fetch_optional(&self.read)
            .await
            .map_err(stored)?;
        row.map(LabRow::read).transpose().map_err(stored)
    }

    async fn lab_by_code(&self, code: &str) -> Stored<Option<Lab>> {
        let row: Option<LabRow> = sqlx::query_as(labs!("WHERE l.code = $1"))
            .bind(code)
            .fetch_optional(&self.read)
            .await
            .map_err(stored)?;
        row.map(LabRow::read).transpose().map_err(stored)
    }

    async fn labs(&self) -> Stored<Vec<Lab>> {
        let rows: Vec<LabRow> = sqlx::query_as(labs!("ORDER BY l.day DESC, l.id DESC"))
            .fetch_all(&self.read)
            .await
            .map_err(stored)?;
        rows.into_iter().map(LabRow::read).collect::<Result<_, _>>().map_err(stored)
    }

    async fn add_participant(&self, one: &Participant, token_hash: &str) -> Stored<()> {
        sqlx::query(
            "INSERT INTO lab_participant
                 (id, lab_id, name, seat, token_hash, round, joined_at, seen_at, page, is_gone)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(one.id.as_str())
        .bind(one.lab.as_str())
        .bind(&one.name)
        .bind(one.seat.code())
        .bind(token_hash)
        .bind(i64::from(one.round))
        .bind(one.joined_at.0)
        .bind(one.seen_at.0)
        .bind(&one.page)
        .bind(one.is_gone)
        .execute(&self.write)
        .await
        .map_err(stored)?;
        Ok(())
    }

    async fn participant_by_token(&self, token_hash: &str) -> Stored<Option<Participant>> {
        let row: Option<ParticipantRow> =
            sqlx::query_as("SELECT * FROM lab_participant WHERE token_hash = $1")
                .bind(token_hash)
                .fetch_optional(&self.read)
                .await
                .map_err(stored)?;
        row.map(ParticipantRow::read).transpose().map_err(stored)
    }

    async fn participants(&self, lab: &LabId) -> Stored<Vec<Participant>> {
        self.took_part(lab).await.map_err(stored)
    }

    async fn see_participant(&self, id: &ParticipantId, page: &str, at: Millis) -> Stored<()> {
        sqlx::query("UPDATE lab_participant SET page = $2, seen_at = $3 WHERE id = $1")
            .bind(id.as_str())
            .bind(page)
            .bind(at.0)
            .execute(&self.write)
            .await
            .map_err(stored)?;
        Ok(())
    }

    async fn seat_participant(&self, id: &ParticipantId, round: u32) -> Stored<()> {
        sqlx::query("UPDATE lab_participant SET round = $2 WHERE id = $1")
            .bind(id.as_str())
            .bind(i64::from(round))
            .execute(&self.write)
            .await
            .map_err(stored)?;
        Ok(())
    }

    async fn release_participant(&self, id: &ParticipantId, at: Millis) -> Stored<()> {
        sqlx::query("UPDATE lab_participant SET is_gone = TRUE, seen_at = $2 WHERE id = $1")
            .bind(id.as_str())
            .bind(at.0)
            .execute(&self.write)
            .await
            .map_err(stored)?;
        Ok(())
    }

    async fn add_remark(&self, remark: &Remark) -> Stored<()> {
        let pin = &remark.pin;
        sqlx::query(
            "INSERT INTO lab_remark
                 (id, lab_id, participant_id, page, field_id, row_id, said, called, kind, text, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             ON CONFLICT (id) DO NOTHING",
        )
        .bind(remark.id.as_str())
        .bind(remark.lab.as_str())
        .bind(remark.by.as_str())
        .bind(&pin.page)
        .bind(&pin.at.field)
        .bind(&pin.at.row)
        .bind(&pin.said)
        .bind(&pin.called)
        .bind(remark.kind.code())
        .bind(&remark.text)
        .bind(remark.at.0)
        .execute(&self.write)
        .await
        .map_err(stored)?;
        Ok(())
    }

    async fn remarks_of(&self, lab: &LabId) -> Stored<Vec<Remark>> {
        self.said(lab).await.map_err(stored)
    }

    async fn vote(&self, remark: &RemarkId, by: &ParticipantId, agrees: bool) -> Stored<()> {
        let query = if agrees {
            "INSERT INTO lab_vote (remark_id, participant_id) VALUES ($1, $2) ON CONFLICT DO NOTHING"
        } else {
            "DELETE FROM lab_vote WHERE remark_id = $1 AND participant_id = $2"
        };
        sqlx::query(query)
            .bind(remark.as_str())
            .bind(by.as_str())
            .execute(&self.write)
            .await
            .map_err(stored)?;
        Ok(())
    }

    async fn set_done(&self, by: &ParticipantId, task: u32, at: Option<Millis>) -> Stored<()> {
        let query = match at {
            Some(at) => sqlx::query(
                "INSERT INTO lab_done (participant_id, task, at) VALUES ($1, $2, $3)
                 ON CONFLICT (participant_id, task) DO NOTHING",
            )
            .bind(by.as_str())
            .bind(i64::from(task))
            .bind(at.0),
            None => sqlx::query("DELETE FROM lab_done WHERE participant_id = $1 AND task = $2")
                .bind(by.as_str())
                .bind(i64::from(task)),
        };
        query.execute(&self.write).await.map_err(stored)?;
        Ok(())
    }

    async fn put_survey(&self, survey: &Survey) -> Stored<()> {
        let sus: String = survey.sus.iter().map(|answer| char::from(b'0' + answer % 10)).collect();
        sqlx::query(
            "INSERT INTO lab_survey
                 (participant_id, sus, would_use, saves_time, minutes, words, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (participant_id) DO UPDATE
             SET sus = excluded.sus, would_use = excluded.would_use,
                 saves_time = excluded.saves_time, minutes = excluded.minutes,
                 words = excluded.words, at = excluded.at",
        )
        .bind(survey.by.as_str())
        .bind(sus)
        .bind(survey.would_use)
        .bind(survey.saves_time)
        .bind(survey.minutes.map(i64::from))
        .bind(&survey.words)
        .bind(survey.at.0)
        .execute(&self.write)
        .await
        .map_err(stored)?;
        Ok(())
    }

    async fn decide_advice(&self, lab: &LabId, advice: &Advice, by: &AccountId) -> Stored<()> {
        sqlx::query(
            "INSERT INTO lab_advice (lab_id, place, standing, reason, revision, at, by)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (lab_id, place) DO UPDATE
             SET standing = excluded.standing, reason = excluded.reason,
                 revision = excluded.revision, at = excluded.at, by = excluded.by",
        )
        .bind(lab.as_str())
        .bind(&advice.place)
        .bind(advice.standing.code())
        .bind(&advice.reason)
        .bind(advice.revision.map(i64::from))
        .bind(advice.at.0)
        .bind(by.as_str())
        .execute(&self.write)
        .await
        .map_err(stored)?;
        Ok(())
    }

    async fn heard(&self, lab: &LabId) -> Stored<Heard> {
        self.all_heard(lab).await.map_err(stored)
    }
}
