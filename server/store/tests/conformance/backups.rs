//! A backup made while people work, filled into an empty base of either database.

use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use dossier::operation::{Gesture, Operation, Verdict};
use form::At;
use futures::stream;
use service::{DossierId, Millis, Services, attachments, audit, deposits, drafts, readings};
use store::backup::{self, BackupError, Told};

use crate::{FIELD, PROSE, deposit, save_one, world::World, write};

on_both!(
    what_was_acknowledged_before_is_in_a_backup_made_meanwhile,
    an_altered_archive_restores_nothing,
    a_document_that_is_gone_is_told_and_the_rest_kept,
    people_and_personas_never_meet,
);

const WORDS: &str = "L'« essai » d'Ōsaka :\n\t\"12\" \\ 007 🌱";

/// A dossier with answers, a past, a deposit, a document and readers.
async fn busy(world: &World) -> DossierId {
    let id = world.open().await;
    for (raw, seen) in [("un", 0), ("deux", 1)] {
        save_one(world, &id, raw, seen).await;
    }
    let operations = vec![write(world, PROSE, WORDS, 0)];
    drafts::save(&world.services, &world.anne, &id, operations).await.unwrap();
    let pieces = stream::iter([Ok::<_, ()>(Bytes::from("%PDF-1.4\nun\n%%EOF\n"))]);
    let at = At::once("pieces.statutes_file");
    let place = (&id, &at, 0);
    attachments::attach(&world.services, &world.anne, place, "a.pdf", pieces).await.unwrap();
    deposit(world, &id).await;
    readings::note(&world.services, &world.agent, &id, None).await.unwrap();
    id
}

async fn saved(world: &World) -> (Told, Vec<u8>) {
    let moment = (Millis(1_790_000_000_000), true);
    backup::save(world.url(), &*world.services.files, moment, Vec::new()).await.unwrap()
}

/// Rows of every table of an archive, in no order.
fn rows(archive: &[u8]) -> Vec<String> {
    use std::io::Read;
    let mut all = Vec::new();
    let mut tar = tar::Archive::new(flate2::read::GzDecoder::new(archive));
    for entry in tar.entries().unwrap() {
        let mut entry = entry.unwrap();
        let name = entry.path().unwrap().display().to_string();
        let mut text = String::new();
        if let Some(table) = name.strip_prefix("tables/").and_then(|name| name.split('/').next()) {
            entry.read_to_string(&mut text).unwrap();
            let list: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
            all.extend(list.iter().map(|row| format!("{table} {row}")));
        }
    }
    all.sort_unstable();
    all
}

async fn what_was_acknowledged_before_is_in_a_backup_made_meanwhile(world: World) {
    let id = busy(&world).await;
    let other = world.open_of_zoe().await;
    let acknowledged = Arc::new(AtomicU32::new(0));
    let typing = {
        let (services, zoe, other) = (world.services.clone(), world.zoe.clone(), other.clone());
        let acknowledged = Arc::clone(&acknowledged);
        tokio::spawn(async move {
            for seen in 0.. {
                let gesture = Gesture::Write(format!("mot {seen}"));
                let (id, at) = (services.ulid(), At::once(FIELD));
                let operations = vec![Operation { id, at, gesture, seen }];
                drafts::save(&services, &zoe, &other, operations).await.unwrap();
                acknowledged.store(seen + 1, Ordering::Relaxed);
            }
        })
    };
    while acknowledged.load(Ordering::Relaxed) < 20 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let before = acknowledged.load(Ordering::Relaxed);
    let (told, archive) = saved(&world).await;
    typing.abort();
    assert_eq!((told.files, told.lost.len()), (1, 0));
    // One moment: as many events as texts, and the one that opened the dossier.
    let all = rows(&archive);
    let of = |table: &str| {
        all.iter().filter(|row| row.starts_with(table) && row.contains(other.as_str())).count()
    };
    assert_eq!(of("event "), of("operation ") + 1);

    for base in world.empty_bases().await {
        let folder = tempfile::tempdir().unwrap();
        let files = store::files::open(folder.path()).unwrap();
        let done = backup::restore(&base.url, &*files, true, &archive[..]).await.unwrap();
        assert_eq!(done, told, "{}", base.url);
        let again = backup::save(&base.url, &*files, (told.made_at, true), Vec::new()).await;
        let (first, second) = (rows(&archive), rows(&again.unwrap().1));
        let differ = first.iter().zip(&second).find(|(one, other)| one != other);
        assert_eq!((differ, second.len()), (None, first.len()), "{}", base.url);

        let services = Services {
            store: store::open(&base.url).await.unwrap(),
            files,
            ..world.services.clone()
        };
        let draft = drafts::read(&services, &world.anne, &id).await.unwrap();
        let said = |field: &str| draft.answers.raw(field, "").to_owned();
        assert_eq!((said(FIELD).as_str(), said(PROSE).as_str()), ("deux", WORDS));
        let deposit = deposits::read(&services, &world.anne, &id, 1).await.unwrap();
        assert_eq!(deposit, deposits::read(&world.services, &world.anne, &id, 1).await.unwrap());
        let whole = audit::verify(&services, None).await.unwrap();
        assert!(whole.dossiers == 2 && whole.breaches.is_empty(), "{whole:?}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);

        // Work goes on where it was.
        let typed = drafts::read(&services, &world.zoe, &other).await.unwrap();
        let last = typed.answers.raw(FIELD, "").strip_prefix("mot ").unwrap();
        let version = last.parse::<u32>().unwrap() + 1;
        assert!(version >= before, "{version} of {before}");
        let operations = vec![write(&world, FIELD, "après", version)];
        let outcomes = drafts::save(&services, &world.zoe, &other, operations).await.unwrap();
        assert_eq!(outcomes[0].verdict, Verdict::Saved { version: version + 1 });
        let twice = backup::restore(&base.url, &*services.files, true, &archive[..]).await;
        assert!(matches!(twice, Err(BackupError::NotEmpty(_))), "{twice:?}");
        services.store.close().await;
    }
}

async fn an_altered_archive_restores_nothing(world: World) {
    busy(&world).await;
    let (_, archive) = saved(&world).await;
    let files = store::files::open(world.folder.path()).unwrap();
    let plain = unpacked(&archive);
    let mut longer = plain.clone();
    // One letter of one answer, in a chunk of rows.
    let place = find(&longer, b"deux");
    longer[place] = b'D';
    // A table that is none of ours, in the manifest.
    let mut foreign = plain.clone();
    let place = find(&foreign, b"\"account\"");
    foreign[place + 1] = b'_';
    let cut = plain[..find(&plain, b"seal.json")].to_vec();
    for bytes in [
        packed(&longer),
        packed(&foreign),
        packed(&cut),
        archive[..archive.len() / 2].to_vec(),
        vec![],
    ] {
        for base in world.empty_bases().await {
            let done = backup::restore(&base.url, &*files, true, &bytes[..]).await;
            assert!(matches!(done, Err(BackupError::Damaged(_))), "{done:?}");
            let store = store::open(&base.url).await.unwrap();
            assert!(store.personas().await.unwrap().is_empty(), "nothing is there");
            store.close().await;
        }
    }
    let base = world.empty_bases().await.remove(0);
    let done = backup::restore(&base.url, &*files, true, &packed(&foreign)[..]).await;
    let said = done.unwrap_err().to_string();
    assert!(said.ends_with("its tables are not ours"), "{said}");
}

fn find(bytes: &[u8], what: &[u8]) -> usize {
    bytes.windows(what.len()).position(|window| window == what).unwrap()
}

fn unpacked(archive: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    std::io::copy(&mut flate2::read::GzDecoder::new(archive), &mut plain).unwrap();
    plain
}

fn packed(plain: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut gzip, plain).unwrap();
    gzip.finish().unwrap()
}

async fn a_document_that_is_gone_is_told_and_the_rest_kept(world: World) {
    busy(&world).await;
    let document = fs::read_dir(world.folder.path()).unwrap().next().unwrap().unwrap().path();
    fs::write(&document, "altéré").unwrap();
    let (told, archive) = saved(&world).await;
    assert_eq!((told.files, told.lost.len()), (0, 1));
    fs::remove_file(&document).unwrap();
    assert_eq!(saved(&world).await.0.lost, told.lost);
    let files = store::files::open(world.folder.path()).unwrap();
    for base in world.empty_bases().await {
        let done = backup::restore(&base.url, &*files, true, &archive[..]).await.unwrap();
        assert_eq!((done.rows, done.files), (told.rows, 0));
    }
}

async fn people_and_personas_never_meet(world: World) {
    busy(&world).await;
    let (_, archive) = saved(&world).await;
    for base in world.empty_bases().await {
        let done = backup::restore(&base.url, &*world.services.files, false, &archive[..]).await;
        assert!(matches!(done, Err(BackupError::OtherWorld)), "{done:?}");
    }
}
