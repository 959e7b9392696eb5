//! Where the time of a step goes: the same calls as its handler, one by one, in this process. The
//! connections to the store hop between threads, so that the sum is below the step over HTTP.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use app::{
    draft::{Opening, checked},
    pages::{self, step},
    shell::{self, Assets, Live},
};
use dossier::share::Part;
use form::Section;
use service::{
    Actor, DossierHead, Services, deposits,
    drafts::{self, Draft},
    forms, sessions,
};

use crate::{
    Bench,
    load::{self, Lane},
    process::Pid,
    report::{Report, Row},
    site::{Person, Site},
    step::{largest, usual},
};

/// Measures them.
pub async fn run(report: &mut Report, site: &Site) -> Bench<()> {
    let ines = site.ines.as_ref().ok_or("nobody to read as")?;
    let services = site.services().await?;
    let token = ines.cookie.trim_start_matches("trame=").to_owned();
    let mut who = [Who { services: services.clone(), token }];
    report.add(Row::load("part: who is it (session)", load::run(&mut who, &Pid::ours()).await?));
    let mut read = [Read { services: services.clone(), who: ines.clone() }];
    report.add(Row::load(
        "part: the draft from the store",
        load::run(&mut read, &Pid::ours()).await?,
    ));
    let draft = drafts::read(&services, &ines.actor, &ines.dossier).await?;
    let (to, actor, head) = (services.clone(), ines.actor.clone(), draft.head.clone());
    let mut last = [LastYear { services: to, actor, head }];
    report.add(Row::load(
        "part: which deposit is last year's",
        load::run(&mut last, &Pid::ours()).await?,
    ));
    services.store.close().await;

    let sections = [("usual", usual(&draft.answers)?), ("largest", largest(&draft.answers)?)];
    let form = forms::of(&services, &draft.head.form_key()).await?;
    let measured = load::spin(|| serde_json::to_string(&draft.answers.without_sources()))?;
    report.add(Row::load("part: the answers as JSON, once per change", measured));
    let measured = load::spin(|| checked(&form, &draft.answers))?;
    report.add(Row::load("part: the check with what is left, once per change", measured));
    let (answers, known) = (Arc::new(draft.answers.clone()), checked(&form, &draft.answers));
    for (name, section) in sections {
        let opened = opening(&draft, section);
        let json = serde_json::to_string(&opened)?;
        let body = || step::step(form, opened.clone(), Arc::clone(&answers), known.clone(), None);
        let measured = load::spin(|| shell::render(body))?;
        report.add(Row::load(format!("part: rendering, {name} step"), measured));
        let html = shell::render(body);
        let assets = Assets::default();
        let live = Live { form: "", opening: &json, answers: &json };
        let measured = load::spin(|| shell::document(&assets, "Étape", &html, Some(live)))?;
        report.add(Row::load(format!("part: the document, {name} step"), measured));
    }
    Ok(())
}

fn opening(draft: &Draft, section: &Section) -> Opening {
    Opening {
        title: pages::title(&draft.head),
        dossier: draft.head.id.to_string(),
        form: draft.head.form.clone(),
        revision: draft.head.revision,
        part: Part::Whole,
        seq: draft.head.journal_seq,
        since: draft.head.updated_at.0,
        section: section.id.to_string(),
        account: draft.head.updated_by.to_string(),
        provenances: BTreeMap::new(),
        last_year: BTreeMap::new(),
        closed: BTreeSet::new(),
        asked: Vec::new(),
        conflicts: BTreeMap::new(),
        show_problems: false,
        saved_at: String::new(),
    }
}

struct Who {
    services: Services,
    token: String,
}

impl Lane for Who {
    async fn once(&mut self) -> Bench<()> {
        let actor = sessions::actor(&self.services, &self.token).await?;
        actor.map(drop).ok_or_else(|| "nobody".into())
    }
}

struct Read {
    services: Services,
    who: Person,
}

impl Lane for Read {
    async fn once(&mut self) -> Bench<()> {
        drafts::read(&self.services, &self.who.actor, &self.who.dossier).await?;
        Ok(())
    }
}

struct LastYear {
    services: Services,
    actor: Actor,
    head: DossierHead,
}

impl Lane for LastYear {
    async fn once(&mut self) -> Bench<()> {
        let last = deposits::of_last_year(&self.services, &self.actor, &self.head).await?;
        last.map(drop).ok_or_else(|| "no deposit of last year".into())
    }
}
