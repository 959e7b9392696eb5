//! Documents: rows that never change, bytes before rows, and what a crash leaves.

use std::{fs, time::Duration};

use bytes::Bytes;
use dossier::{id::AttachmentId, state::State};
use form::At;
use futures::stream;
use service::{
    DossierId, Millis, StoreError,
    attachments::{self, AttachError, Attached, reading, sweep::sweep},
    drafts::{self, NewDossier, ReadError},
};

use crate::world::World;

on_both!(
    a_document_is_kept_and_never_changes,
    one_name_means_one_document,
    a_document_that_is_not_whole_is_not_kept,
    the_vault_is_that_of_the_structure,
    an_orphan_goes_and_nothing_else,
    altered_bytes_are_never_given_whole,
);

const PLACE: &str = "pieces.statutes_file";

fn pdf(text: &str) -> String {
    format!("%PDF-1.4\n{text}\n%%EOF\n")
}

async fn send(
    world: &World,
    id: &DossierId,
    seen: u32,
    name: &str,
    bytes: &str,
) -> Result<Attached, AttachError> {
    let pieces = bytes.as_bytes().chunks(7).map(Bytes::copy_from_slice);
    let pieces = stream::iter(pieces.map(Ok::<_, ()>).collect::<Vec<_>>());
    let (at, services) = (At::once(PLACE), &world.services);
    attachments::attach(services, &world.anne, (id, &at, seen), name, pieces).await
}

async fn read(world: &World, id: &AttachmentId) -> Result<String, StoreError> {
    use futures::TryStreamExt;
    let opened = reading::open(&world.services, &world.anne, id).await;
    let (_, pieces) = opened.map_err(|_| StoreError::Unavailable)?;
    let all: Vec<Bytes> = pieces.try_collect().await?;
    Ok(String::from_utf8(all.concat()).unwrap())
}

fn kept(world: &World) -> usize {
    fs::read_dir(world.folder.path()).unwrap().count()
}

async fn a_document_is_kept_and_never_changes(world: World) {
    let id = world.open().await;
    assert_eq!(send(&world, &id, 0, "statuts.pdf", &pdf("un")).await, Ok(Attached::Joined));
    assert_eq!(send(&world, &id, 1, "statuts.pdf", &pdf("deux")).await, Ok(Attached::Joined));
    assert_eq!(send(&world, &id, 2, "x.pdf", &pdf("deux")).await, Ok(Attached::Again));
    let all = world.services.store.attachments_of(&id).await.unwrap();
    let names: Vec<_> = all.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["statuts (2).pdf", "statuts.pdf"], "latest first");
    assert_eq!(read(&world, &all[1].id).await, Ok(pdf("un")));
    let one = &all[1];
    assert_eq!((one.by_name.as_str(), one.size), ("Anne", pdf("un").len() as u64));
    assert_eq!(one.sha256, service::journal::sha256_hex(pdf("un").as_bytes()));
    assert_eq!(world.services.store.attachment(&one.id).await.unwrap().as_ref(), Some(one));
    for statement in ["UPDATE attachment SET sha256 = 'x'", "DELETE FROM attachment"] {
        let done = world.execute(statement).await;
        assert!(done.is_err(), "{statement}");
    }
    let foreign = reading::open(&world.services, &world.zoe, &one.id).await;
    assert_eq!(foreign.err(), Some(ReadError::NotFound));
}

async fn one_name_means_one_document(world: World) {
    let id = world.open().await;
    send(&world, &id, 0, "statuts.pdf", &pdf("un")).await.unwrap();
    let one = world.services.store.attachments_of(&id).await.unwrap().remove(0);
    let twin = attachments::Attachment { id: world.services.ulid().into(), ..one.clone() };
    let store = &world.services.store;
    assert_eq!(store.add_attachment(&twin).await, Err(StoreError::Conflict));
    let elsewhere = attachments::Attachment { at: At::once("pieces.tax_file"), ..twin };
    assert_eq!(store.add_attachment(&elsewhere).await, Ok(()));
    // Of two who send at once, both are kept and one is asked to choose.
    let (first, second) = (pdf("sept"), pdf("huit"));
    let both =
        tokio::join!(send(&world, &id, 1, "a.pdf", &first), send(&world, &id, 1, "a.pdf", &second));
    let said = [both.0.unwrap(), both.1.unwrap()];
    assert!(said.contains(&Attached::Joined), "{said:?}");
    assert!(said.iter().any(|one| matches!(one, Attached::Aside(by) if by == "Anne")), "{said:?}");
    assert_eq!(store.attachments_of(&id).await.unwrap().len(), 4);
}

async fn a_document_that_is_not_whole_is_not_kept(world: World) {
    let id = world.open().await;
    let at = At::once(PLACE);
    let broken = stream::iter([Ok(Bytes::from_static(b"%PDF-1.4\n%%EOF")), Err(())]);
    let place = (&id, &at, 0);
    let said = attachments::attach(&world.services, &world.anne, place, "a.pdf", broken).await;
    assert_eq!(said, Err(AttachError::CutShort));
    let large = pdf(&"x".repeat(200_000));
    let said = send(&world, &id, 0, "a.pdf", &large).await;
    assert_eq!(said, Err(AttachError::TooLarge(100_000)));
    assert_eq!(send(&world, &id, 0, "a.pdf", "").await, Err(AttachError::Empty));
    assert_eq!(send(&world, &id, 0, "a.pdf", "<svg/>").await, Err(AttachError::WrongKind));
    assert_eq!(kept(&world), 0);
    // While it is sent, the dossier is deposited by somebody else.
    let mut head = drafts::head(&world.services, &world.anne, &id).await.unwrap();
    let seen = head.journal_seq;
    head.state = State::Submitted;
    let what = dossier::event::EventKind::Opened;
    let at = world.services.now();
    let event = service::journal::record(&mut head, &world.anne, at, what);
    let step = service::journal::Step { seen, head, event };
    assert!(world.services.store.step(&step).await.unwrap());
    assert_eq!(send(&world, &id, 0, "a.pdf", &pdf("tard")).await, Err(AttachError::NotEditable));
}

async fn the_vault_is_that_of_the_structure(world: World) {
    let before = world.open().await;
    send(&world, &before, 0, "brouillon.pdf", &pdf("un")).await.unwrap();
    send(&world, &before, 1, "statuts.pdf", &pdf("deux")).await.unwrap();
    let next = NewDossier { year: 2028, ..World::request() };
    let now = drafts::open(&world.services, &world.anne, next, vec![]).await.unwrap();
    let at = At::once(PLACE);
    let desk = attachments::desk(&world.services, &world.marc, &now, &at).await.unwrap();
    let found: Vec<_> =
        desk.vault.iter().map(|one| (one.attachment.name.as_str(), one.year)).collect();
    assert_eq!(found, [("statuts.pdf", 2027)], "the present answer only");
    let wanted = desk.vault[0].attachment.id.clone();
    let place = (&now, &at, 0);
    let said = attachments::choose(&world.services, &world.marc, place, &wanted).await;
    assert_eq!(said, Ok(Attached::Joined));
    assert_eq!(kept(&world), 2, "no byte was sent again");
    let theirs = world.open_of_zoe().await;
    let desk = attachments::desk(&world.services, &world.zoe, &theirs, &at).await.unwrap();
    assert_eq!(desk.vault, []);
    let place = (&theirs, &at, 0);
    let said = attachments::choose(&world.services, &world.zoe, place, &wanted).await;
    assert_eq!(said, Err(AttachError::NotFound));
}

async fn an_orphan_goes_and_nothing_else(world: World) {
    let id = world.open().await;
    send(&world, &id, 0, "statuts.pdf", &pdf("un")).await.unwrap();
    // A crash between the bytes and the row; another one in the middle of the bytes.
    let files = &world.services.files;
    for ends in [true, false] {
        let mut begun = files.begin(&world.services.ulid()).await.unwrap();
        begun.write(Bytes::from_static(b"%PDF-1.4 orphan")).await.unwrap();
        if ends {
            begun.finish().await.unwrap();
        } else {
            // Dropped as a crash drops it: what it leaves is put there by hand.
            begun.abandon().await;
            let left = format!("{}#1", world.services.ulid());
            fs::write(world.folder.path().join(left), b"%PDF-1.4 ha").unwrap();
        }
    }
    fs::write(world.folder.path().join("LISEZMOI"), b"of somebody else").unwrap();
    assert_eq!(kept(&world), 4);
    // The clock of the world is not that of the disk.
    let disk = service::Clock::now(&service::SystemClock);
    let services = |ahead: Duration| {
        let at = Millis(disk.0 + i64::try_from(ahead.as_millis()).unwrap());
        let clock = std::sync::Arc::new(service::testing::MockClock::at(at));
        service::Services { clock, ..world.services.clone() }
    };
    assert_eq!(sweep(&services(Duration::ZERO)).await, Ok(0), "young ones may be on their way");
    assert_eq!(kept(&world), 4);
    assert_eq!(sweep(&services(Duration::from_hours(25))).await, Ok(1));
    assert_eq!(kept(&world), 2);
    let one = world.services.store.attachments_of(&id).await.unwrap().remove(0);
    assert_eq!(read(&world, &one.id).await, Ok(pdf("un")));
}

async fn altered_bytes_are_never_given_whole(world: World) {
    let id = world.open().await;
    send(&world, &id, 0, "statuts.pdf", &pdf("un")).await.unwrap();
    let one = world.services.store.attachments_of(&id).await.unwrap().remove(0);
    fs::write(world.folder.path().join(&one.object), pdf("1!")).unwrap();
    assert_eq!(read(&world, &one.id).await, Err(StoreError::Corrupt));
    fs::remove_file(world.folder.path().join(&one.object)).unwrap();
    let gone = reading::open(&world.services, &world.anne, &one.id).await;
    assert_eq!(gone.err(), Some(ReadError::Store(StoreError::Corrupt)));
}
