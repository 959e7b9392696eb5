//! What is laid over the national forms, and the forms it makes.

use std::{collections::BTreeMap, sync::RwLock};

use async_trait::async_trait;
use dossier::{
    form::revisions::FormKey,
    id::{AccountId, SketchId},
    simulation::Accepted,
};
use form::overlay::Reach;
use service::{
    Millis,
    forms::{Edition, Form, form_of},
    ports::{Forms, Stored},
};
use sqlx::Pool;

use super::{BEGIN, Backend, Db};
use crate::{
    error::{corrupt, json, stored},
    rows::{EditionRow, studio::accepted},
};

/// Forms made of an edition, which never change: each is read once.
#[derive(Default)]
pub(super) struct Known(RwLock<BTreeMap<FormKey, Form>>);

impl Known {
    /// The form of a key; `None` when there is no such.
    pub(super) async fn form(&self, pool: &Pool<Db>, key: &FormKey) -> sqlx::Result<Option<Form>> {
        let Some((name, number)) = key.overlay() else {
            return Ok(form_of(&key.form, key.revision).filter(|_| key.overlay.is_empty()));
        };
        if let Some(form) = self.0.read().ok().and_then(|known| known.get(key).copied()) {
            return Ok(Some(form));
        }
        let row: Option<EditionRow> = sqlx::query_as(
            "SELECT overlay, number, published_at FROM edition
             WHERE form = $1 AND name = $2 AND number = $3 AND revision = $4",
        )
        .bind(&key.form)
        .bind(name)
        .bind(i64::from(number))
        .bind(i64::from(key.revision))
        .fetch_optional(pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let form = row.read()?.form().ok_or_else(|| corrupt("an overlay"))?;
        if let Ok(mut known) = self.0.write() {
            known.insert(key.clone(), form);
        }
        Ok(Some(form))
    }
}

impl Backend {
    async fn published(
        &self,
        edition: &Edition,
        accepted: &[Accepted],
        of: Option<(&SketchId, u32, &AccountId)>,
    ) -> sqlx::Result<()> {
        let overlay = &edition.overlay;
        let number = i64::from(edition.number);
        let department = match &overlay.reach {
            Reach::Supplement { department } => department.as_str(),
            Reach::Variant => "",
        };
        let mut tx = self.write.begin_with(BEGIN).await?;
        sqlx::query(
            "INSERT INTO edition (form, name, number, revision, department, overlay, published_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(&overlay.form)
        .bind(&overlay.name)
        .bind(number)
        .bind(i64::from(overlay.revision))
        .bind(department)
        .bind(json(overlay)?)
        .bind(edition.at.0)
        .execute(&mut *tx)
        .await?;
        for one in accepted {
            sqlx::query(
                "INSERT INTO edition_acceptance (form, name, number, loss, dossiers, at, by_name)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(&overlay.form)
            .bind(&overlay.name)
            .bind(number)
            .bind(&one.loss)
            .bind(i64::from(one.dossiers))
            .bind(one.at)
            .bind(&one.by_name)
            .execute(&mut *tx)
            .await?;
        }
        if let Some((sketch, version, by)) = of {
            sqlx::query(
                "INSERT INTO edition_sketch (form, name, number, sketch_id, version, by)
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(&overlay.form)
            .bind(&overlay.name)
            .bind(number)
            .bind(sketch.as_str())
            .bind(i64::from(version))
            .bind(by.as_str())
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await
    }
}

#[async_trait]
impl Forms for Backend {
    async fn form(&self, key: &FormKey) -> Stored<Option<Form>> {
        self.known.form(&self.read, key).await.map_err(stored)
    }

    async fn add_edition(&self, edition: &Edition) -> Stored<()> {
        self.published(edition, &[], None).await.map_err(stored)
    }

    async fn publish_edition(
        &self,
        edition: &Edition,
        accepted: &[Accepted],
        of: Option<(&SketchId, u32, &AccountId)>,
    ) -> Stored<()> {
        self.published(edition, accepted, of).await.map_err(stored)
    }

    async fn edition_accepted(&self, key: &FormKey) -> Stored<Vec<Accepted>> {
        let Some((name, number)) = key.overlay() else { return Ok(Vec::new()) };
        let rows: Vec<(String, i64, i64, String)> = sqlx::query_as(
            "SELECT loss, dossiers, at, by_name FROM edition_acceptance
             WHERE form = $1 AND name = $2 AND number = $3 ORDER BY loss",
        )
        .bind(&key.form)
        .bind(name)
        .bind(i64::from(number))
        .fetch_all(&self.read)
        .await
        .map_err(stored)?;
        rows.into_iter().map(accepted).collect::<Result<_, _>>().map_err(stored)
    }

    async fn editions(&self) -> Stored<Vec<Edition>> {
        let rows: Vec<EditionRow> = sqlx::query_as(
            "SELECT overlay, number, published_at FROM edition ORDER BY form, name, number",
        )
        .fetch_all(&self.read)
        .await
        .map_err(stored)?;
        rows.into_iter().map(EditionRow::read).collect::<Result<_, _>>().map_err(stored)
    }

    async fn supplement(
        &self,
        national: &FormKey,
        department: &str,
        at: Millis,
    ) -> Stored<Option<(String, u32)>> {
        let row: Option<(String, i64)> = sqlx::query_as(
            "SELECT name, number FROM edition
             WHERE department = $1 AND form = $2 AND revision = $3 AND published_at <= $4
             ORDER BY published_at DESC, name, number DESC LIMIT 1",
        )
        .bind(department)
        .bind(&national.form)
        .bind(i64::from(national.revision))
        .bind(at.0)
        .fetch_optional(&self.read)
        .await
        .map_err(stored)?;
        let read = |(name, number)| Ok((name, crate::rows::count(number)?));
        row.map(read).transpose().map_err(stored)
    }
}
