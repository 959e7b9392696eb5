//! Looks for what would keep the server from running well.

use service::Services;

use crate::{assets, config::Config};

/// Says what it sees; fails when something must be mended.
///
/// # Errors
/// How many things must be mended.
pub async fn examine(config: &Config, services: &Services) -> Result<(), String> {
    let mut faults = 0;
    let mut say = |good: bool, what: &str, mend: &str| {
        if good {
            println!("bien     {what}");
        } else {
            faults += 1;
            println!("à mendre {what} : {mend}");
        }
    };
    say(services.store.ping().await.is_ok(), "la base répond", "vérifiez « database »");
    say(assets::find(&config.site).is_some(), "le site est construit", "lancez « make run »");
    say(
        !config.demo || config.listen.ip().is_loopback(),
        "la démonstration reste sur cette machine",
        "« demo » ouvre toutes les portes : mettez-le à false, ou écoutez sur 127.0.0.1",
    );
    say(
        config.secure || config.listen.ip().is_loopback(),
        "les témoins de connexion sont protégés",
        "mettez « secure » à true derrière HTTPS",
    );
    if faults == 0 { Ok(()) } else { Err(format!("{faults} point(s) à mendre")) }
}
