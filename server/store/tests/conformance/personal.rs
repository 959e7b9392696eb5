//! What people are told that is held about them: all that is theirs, nothing of others.

use service::{drafts, personal, readings};

use crate::{FIELD, deposit, save_one, world::World, write};

on_both!(people_take_away_what_is_theirs_and_nothing_else, who_left_is_told_where_they_wrote);

/// The lines of a part.
async fn lines(world: &World, actor: &service::Actor, key: &str) -> Vec<String> {
    let told = personal::told(&world.services, actor).await.unwrap().unwrap();
    let part = told.into_iter().find(|told| told.part.key == key).unwrap();
    part.lines.iter().map(|line| serde_json::to_string(line).unwrap()).collect()
}

async fn people_take_away_what_is_theirs_and_nothing_else(world: World) {
    let id = world.open().await;
    save_one(&world, &id, "le texte d'Anne", 0).await;
    let operations = vec![write(&world, FIELD, "le texte de Marc", 1)];
    drafts::save(&world.services, &world.marc, &id, operations).await.unwrap();
    deposit(&world, &id).await;
    readings::note(&world.services, &world.agent, &id, None).await.unwrap();
    let everybody = [
        &world.anne,
        &world.marc,
        &world.zoe,
        &world.agent,
        &world.far_agent,
        &world.dgefp,
        &world.chief,
        &world.samir,
    ];
    for person in everybody {
        let file = personal::file(&world.services, person).await.unwrap().unwrap();
        serde_json::from_str::<serde_json::Value>(&file).unwrap();
        assert!(file.contains(&person.name), "{file}");
        for other in everybody.iter().filter(|other| other.account_id != person.account_id) {
            assert!(!file.contains(other.account_id.as_str()), "{} in {file}", other.name);
            assert!(!file.contains(&format!("\"{}\"", other.name)), "{} in {file}", other.name);
        }
        let is_anne = person.account_id == world.anne.account_id;
        assert_eq!(file.contains("le texte d'Anne"), is_anne, "{}", person.name);
        let is_marc = person.account_id == world.marc.account_id;
        assert_eq!(file.contains("le texte de Marc"), is_marc, "{}", person.name);
        assert!(!file.contains("argon2") && !file.contains("token"), "no secret");
    }
    let past = lines(&world, &world.anne, "past_answers").await;
    assert!(past.len() == 1 && past[0].contains("Les Jardins"), "{past:?}");
    assert!(past[0].contains("\"question\":{\"code\":\"demande.request_reason\",\"question\":"));
    assert_eq!(lines(&world, &world.anne, "deposits").await.len(), 1);
    assert_eq!(lines(&world, &world.agent, "readings").await.len(), 1);
    assert_eq!(lines(&world, &world.anne, "readings").await.len(), 0);
    assert_eq!(lines(&world, &world.anne, "sessions").await.len(), 1);
    let account = lines(&world, &world.anne, "account").await.remove(0);
    assert!(account.contains("Responsable de la structure") && account.contains("exemple.fr"));
    assert!(account.contains("\"dernière connexion\":\"2026-"), "{account}");
}

async fn who_left_is_told_where_they_wrote(world: World) {
    let id = world.open().await;
    save_one(&world, &id, "un secret de la structure", 0).await;
    let mut gone = world.anne.clone();
    gone.scope = dossier::role::Scope::Structures(vec![]);
    let told = lines(&world, &gone, "answers").await;
    let wrote = told.iter().find(|line| line.contains("demande.request_reason")).unwrap();
    assert!(wrote.contains(id.as_str()) && !wrote.contains("Les Jardins"), "{wrote}");
    let file = personal::file(&world.services, &gone).await.unwrap().unwrap();
    assert!(!file.contains("un secret de la structure"));
    let mut guest = world.anne.clone();
    guest.role = dossier::role::Role::Guest;
    assert_eq!(personal::file(&world.services, &guest).await.unwrap(), None);
}
