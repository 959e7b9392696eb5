//! The story on a new database.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use demo::{Request, complete, load, people, structures};
use dossier::{role::Role, state::State};
use form::{At, Gravity, Progress, Standing, progress};
use service::{
    Actor, DossierHead, Services, deposits, drafts, following, forms, journal, sessions,
};
use tempfile::TempDir;
use tokio::time::timeout;

async fn services() -> (Services, TempDir) {
    let directory = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", directory.path().join("trame.db").display());
    let files = store::files::open(&directory.path().join("pieces")).unwrap();
    let mut services = Services::new(store::open(&url).await.unwrap(), files);
    services.demo = true;
    (services, directory)
}

async fn persona(services: &Services, name: &str) -> Actor {
    let all = sessions::personas(services).await.unwrap();
    let account = all.into_iter().find(|account| account.name == name).unwrap();
    sessions::sign_in_as_persona(services, &account.id).await.unwrap().actor
}

/// Whoever sees every dossier of every structure, drafts too.
fn everybody() -> Actor {
    let ids: Vec<_> = structures::all().into_iter().map(|profile| profile.id).collect();
    Actor {
        account_id: people::persona_id(0),
        name: "Inès Barbier".to_owned(),
        title: String::new(),
        role: Role::SiaeAdmin,
        scope: Role::SiaeAdmin.scope(ids.clone(), Vec::new()),
        admin_of: ids,
    }
}

async fn heads(services: &Services) -> Vec<DossierHead> {
    drafts::home(services, &everybody()).await.unwrap().dossiers
}

#[tokio::test]
async fn loading_twice_adds_nothing() {
    let (services, _directory) = services().await;
    let first = timeout(Duration::from_secs(90), load(&services)).await.unwrap().unwrap();
    println!("{first:?}");
    let before = heads(&services).await;
    let second = load(&services).await.unwrap();
    assert_eq!(second.accounts + second.dossiers + second.deposits, 0);
    assert_eq!(second.kept, first.dossiers);
    assert_eq!(heads(&services).await, before);
    assert_eq!(before.len(), first.dossiers);
    assert_eq!(first.structures, 60);
    assert!(first.dossiers > 150 && first.deposits > 120, "{first:?}");

    let (again, _other) = self::services().await;
    load(&again).await.unwrap();
    assert_eq!(heads(&again).await, before, "the same story on another database");
}

#[tokio::test]
async fn every_deposit_reads_and_every_journal_is_whole() {
    let (services, _directory) = services().await;
    load(&services).await.unwrap();
    let all = everybody();
    let mut numbers = BTreeSet::new();
    let mut states: BTreeMap<State, usize> = BTreeMap::new();
    let mut forms: BTreeMap<(String, i32), usize> = BTreeMap::new();
    for head in heads(&services).await {
        *states.entry(head.state).or_default() += 1;
        *forms.entry((head.form.clone(), head.year)).or_default() += 1;
        let events = journal::read(&services, &all, &head.id).await.unwrap();
        assert!(journal::is_whole(&events), "{}", head.structure_name);
        for deposit in deposits::of(&services, &all, &head.id).await.unwrap() {
            assert!(numbers.insert(deposit.number.clone()), "{}", deposit.number);
            assert_eq!(deposit.sha256, journal::sha256_hex(&deposit.bytes));
            let key = deposit.snapshot().unwrap().form_key();
            let form = forms::of(&services, &key).await.unwrap();
            let answers = deposit.answers().unwrap();
            let problems = form.check(&answers);
            assert!(problems.iter().all(|p| p.gravity == Gravity::Warning), "{problems:?}");
        }
    }
    println!("{states:?} {forms:?}");
    for state in [
        State::Draft,
        State::Submitted,
        State::Incomplete,
        State::SentBack,
        State::Accepted,
        State::Refused,
        State::Withdrawn,
        State::Abandoned,
    ] {
        assert!(states.contains_key(&state), "{state:?}");
    }
}

#[tokio::test]
async fn personas_enter_in_order_and_see_what_is_theirs() {
    let (services, _directory) = services().await;
    load(&services).await.unwrap();
    let names: Vec<String> =
        sessions::personas(&services).await.unwrap().into_iter().map(|p| p.name).collect();
    assert_eq!(names, people::PERSONAS.map(|persona| persona.name));
    let structures = |home: drafts::Home| home.structures.len();
    let karim = persona(&services, "Karim Laouari").await;
    assert_eq!(structures(drafts::home(&services, &karim).await.unwrap()), 3);
    let sonia = persona(&services, "Sonia Petit").await;
    assert_eq!(structures(drafts::home(&services, &sonia).await.unwrap()), 2);
    let agnes = persona(&services, "Agnès Royer").await;
    let nievre = deposits::deposited(&services, &agnes).await.unwrap();
    assert!(nievre.len() > 30 && nievre.iter().all(|head| head.department == "58"));
    let claire = persona(&services, "Claire Fontaine").await;
    let country = deposits::deposited(&services, &claire).await.unwrap();
    assert_eq!(country.iter().map(|h| &h.department).collect::<BTreeSet<_>>().len(), 4);
}

#[tokio::test]
async fn the_dossier_of_ines_is_almost_ready() {
    let (services, _directory) = services().await;
    load(&services).await.unwrap();
    let ines = persona(&services, "Inès Barbier").await;
    let home = drafts::home(&services, &ines).await.unwrap();
    let head = home.dossiers.into_iter().find(|head| head.year == 2_027).unwrap();
    assert_eq!(head.updated_by_name, "Karim Laouari");
    let mut answers = drafts::read(&services, &ines, &head.id).await.unwrap().answers;
    let form = forms::of(&services, &head.form_key()).await.unwrap();
    let left = |answers: &form::Answers| {
        let problems = form.check(answers);
        progress(form.revision, answers, &problems)
            .into_iter()
            .map(|(_, step)| step)
            .fold(Progress::default(), |sum, step| sum + step)
    };
    let Progress { to_write, to_confirm, problems, ready } = left(&answers);
    assert_eq!((to_write, to_confirm, problems), (4, 9, 1));
    assert!(ready > 200, "{ready}");
    let problems = form.check(&answers);
    let steps: Vec<_> = progress(form.revision, &answers, &problems)
        .into_iter()
        .filter(|(_, step)| !step.is_done())
        .map(|(section, p)| (section.id.as_ref(), p.to_write, p.to_confirm, p.problems))
        .collect();
    let expected = [
        ("gouvernance", 0, 1, 0),
        ("activites", 1, 2, 0),
        ("publics", 0, 3, 0),
        ("projet", 1, 0, 0),
        ("moyens", 1, 2, 1),
        ("budget", 1, 1, 0),
    ];
    assert_eq!(steps, expected);

    let (profile, request) = (
        structures::valbrune(),
        Request { kind: "ACI", nature: "annual", year: 2_027, perimeter: "DC" },
    );
    complete(form.revision, &mut answers, &profile, &request);
    answers.set(At::in_row("moyens.staff.etp", "technical"), "3,00".to_owned());
    let all: Vec<_> = answers.iter().map(|(at, answer)| (at, answer.clone())).collect();
    for (at, mut answer) in all {
        if let Some(provenance) = &mut answer.provenance {
            provenance.standing = Standing::Confirmed;
        }
        answers.put(at, answer);
    }
    assert!(left(&answers).is_done(), "{:?}", left(&answers));
}

#[tokio::test]
async fn two_departements_ask_their_own_questions_and_one_structure_answers_both() {
    let (services, _directory) = services().await;
    load(&services).await.unwrap();
    let sonia = persona(&services, "Sonia Petit").await;
    let home = drafts::home(&services, &sonia).await.unwrap();
    let of = |department: &str| {
        let mut all = home.dossiers.iter().filter(|head| {
            let name = head.structure_name.as_str();
            (head.year, head.department.as_str()) == (2_027, department)
                && name == "Passerelle Intérim Bourgogne"
        });
        all.next().unwrap().clone()
    };
    let (there, here) = (of("21"), of("58"));
    assert!(there.overlay.starts_with("cote-d-or-") && here.overlay.starts_with("nievre-"));
    let there = drafts::read(&services, &sonia, &there.id).await.unwrap();
    let here = drafts::read(&services, &sonia, &here.id).await.unwrap();
    assert_eq!(there.answers.raw("cote-d-or.referent", ""), "oui");
    assert_eq!(here.answers.raw("cote-d-or.referent", ""), "");
    assert_eq!(here.answers.raw("nievre.mobilite", ""), "");
    let name = here.answers.of("identification.legal_name", "").unwrap();
    assert_eq!(name.raw, "Passerelle Intérim Bourgogne");
    assert_eq!(name.provenance.as_ref().unwrap().standing, Standing::ToConfirm);
    let core = here.answers.iter().filter(|(_, answer)| !answer.raw.is_empty()).count();
    assert!(core > 150, "{core} answers are there already");
    assert_eq!(here.answers.raw("moyens.etp_requested", ""), "", "posts are asked of each");
}

#[tokio::test]
async fn a_draft_opened_in_october_is_offered_the_form_of_november() {
    let (services, _directory) = services().await;
    load(&services).await.unwrap();
    let helene = persona(&services, "Hélène Le Goff").await;
    let home = drafts::home(&services, &helene).await.unwrap();
    let head = home.dossiers.into_iter().find(|head| head.state == State::Draft).unwrap();
    assert_eq!(head.revision, 1);
    let standing = following::crossroads(&services, &helene, &head.id).await.unwrap();
    assert_eq!(standing.forth.unwrap().key.revision, 2);
    let ines = persona(&services, "Inès Barbier").await;
    let home = drafts::home(&services, &ines).await.unwrap();
    let head = home.dossiers.into_iter().find(|head| head.year == 2_027).unwrap();
    assert_eq!((head.revision, head.overlay.as_str()), (2, "nievre-2"));
    let plan = following::crossroads(&services, &ines, &head.id).await.unwrap().forth.unwrap().plan;
    assert_eq!(plan.added, ["nievre.permis"]);
    assert_eq!(plan.aside.len(), 1);
}
