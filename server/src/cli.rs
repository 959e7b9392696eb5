//! The command line.

use std::{fmt::Display, net::SocketAddr, path::PathBuf, sync::Arc};

use clap::{Parser, Subcommand};
use service::{Clock as _, Store, clock::SystemClock};
use store::backup::Told;
use tracing_subscriber::EnvFilter;

use crate::{
    backup,
    config::Config,
    demonstration, doctor, forms, import, journal, mails, overlays, retention, serve, stand_in,
    users::{self, User},
};

/// The national dossier de conventionnement of the insertion par l'activité économique.
#[derive(Parser)]
#[command(name = "server", version)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the site.
    Serve,
    /// Brings the tables of the database up to date, then stops.
    Migrate,
    /// Fictitious people, structures and dossiers.
    #[command(subcommand)]
    Demo(Demo),
    /// The national forms.
    #[command(subcommand)]
    Form(Form),
    /// Writes the table of rights, in Markdown.
    Rights,
    /// Accounts.
    #[command(subcommand)]
    User(User),
    /// Files of other administrations.
    #[command(subcommand)]
    Import(Import),
    /// Plays the other systems, about the structures of the demonstration.
    StandIn {
        /// Where it listens.
        #[arg(long, default_value = "127.0.0.1:3900")]
        listen: SocketAddr,
        /// How each system behaves: `registre=lent`, `adresse=panne` …
        #[arg(long = "mode", value_name = "SYSTÈME=MODE")]
        modes: Vec<String>,
    },
    /// The journals of the dossiers.
    #[command(subcommand)]
    Journal(Journal),
    /// How long things are kept.
    #[command(subcommand)]
    Retention(Retention),
    /// The list that agents work by.
    #[command(subcommand)]
    WorkList(WorkList),
    /// Writes the database and its documents into one file, while people work.
    Backup {
        /// The file, which must be new; `-`: the standard output.
        file: PathBuf,
    },
    /// Fills an empty database, of either kind, and the folder of documents with a backup.
    Restore {
        /// The file; `-`: the standard input.
        file: PathBuf,
    },
    /// Messages to people.
    #[command(subcommand)]
    Mail(Mail),
    /// Looks for what would keep the server from running well.
    Doctor,
}

#[derive(Subcommand)]
enum Journal {
    /// Recomputes the chain of hashes, and says which row was altered, moved or removed.
    Verify {
        /// Only this dossier, by its id.
        dossier: Option<String>,
        /// A public key that seals may be signed by, beside the one of the configuration: one that was
        /// used before.
        #[arg(long = "trust", value_name = "PUBLIC_KEY")]
        trusted: Vec<String>,
    },
    /// Seals the journals as the last day that is over ended; a server does it by itself.
    Sign,
    /// Makes a key to sign with, and says its public half.
    Key {
        /// The file, which must be new.
        file: PathBuf,
    },
}

#[derive(Subcommand)]
enum Retention {
    /// Says what will be forgotten and when. Nothing changes.
    Plan,
    /// Forgets what is due, batch by batch: it may be stopped, and goes on where it was.
    Apply {
        /// Only by this rule.
        #[arg(long, value_name = "RULE")]
        only: Option<String>,
    },
}

#[derive(Subcommand)]
enum WorkList {
    /// Makes it again from the dossiers, their deposits and what was done with them.
    Rebuild,
}

#[derive(Subcommand)]
enum Mail {
    /// Lists what was given up, then what waits.
    List,
    /// Shows a message, without what it says.
    Show {
        /// Its id.
        id: String,
    },
    /// Tries again what was given up.
    Retry {
        /// Only this message, by its id.
        id: Option<String>,
    },
    /// Sends a message to see whether it arrives.
    Try {
        /// To whom.
        address: String,
    },
}

#[derive(Subcommand)]
enum Demo {
    /// Adds the demonstration; what is there already is left alone.
    Load,
    /// Forgets everything in a demonstration database, and loads it again.
    Reset,
}

#[derive(Subcommand)]
enum Form {
    /// Writes the reference page of the forms, in Markdown.
    Describe,
    /// Freezes the present revisions as JSON.
    Freeze {
        /// Only says whether the frozen files are what the programme says.
        #[arg(long)]
        check: bool,
    },
    /// Checks the forms: ids, conditions, sentences.
    Check,
    /// What is laid over them: the questions of a département, a variant to try.
    #[command(subcommand)]
    Overlay(Overlay),
}

#[derive(Subcommand)]
enum Overlay {
    /// Says everything that is wrong in a file.
    Check {
        /// The overlay, in JSON.
        file: PathBuf,
    },
    /// Replays it on open drafts and on what was deposited in the last year, and says what it would do.
    Simulate {
        /// The overlay, in JSON.
        file: PathBuf,
    },
    /// Publishes it, for ever, under the next number of its name.
    Publish {
        /// The overlay, in JSON.
        file: PathBuf,
        /// A loss that is accepted, by the name that the simulation gives it.
        #[arg(long = "accept", value_name = "LOSS")]
        accepts: Vec<String>,
    },
    /// Lists what was published.
    List,
}

#[derive(Subcommand)]
enum Import {
    /// Weekly files of the ASP: structures, annexes financières.
    FluxIae {
        /// Files, or folders that hold them.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Year of the renewals to open, filled with what the files say; none when it is left out.
        #[arg(long, requires = "account")]
        prepare: Option<i32>,
        /// Address of the account that will finish them.
        #[arg(long)]
        account: Option<String>,
    },
}

/// Runs a command.
///
/// # Errors
/// A sentence for who typed it.
pub async fn run(arguments: Arguments) -> Result<(), String> {
    if let Command::Form(form) = &arguments.command {
        match form {
            Form::Describe => {
                print!("{}", forms::describe());
                return Ok(());
            }
            Form::Freeze { check: true } => return forms::check_frozen(),
            Form::Freeze { check: false } => return forms::freeze(),
            Form::Check => return forms::check(),
            Form::Overlay(Overlay::Check { file }) => return overlays::check(file),
            Form::Overlay(Overlay::Simulate { .. } | Overlay::Publish { .. } | Overlay::List) => {}
        }
    }
    if matches!(arguments.command, Command::Rights) {
        print!("{}", dossier::right::describe());
        return Ok(());
    }
    if let Command::Journal(Journal::Key { file }) = &arguments.command {
        return journal::make_key(file);
    }
    if let Command::StandIn { listen, modes } = &arguments.command {
        return stand_in::serve(*listen, modes).await;
    }
    let config = Config::load().map_err(said)?;
    start_log(&config)?;
    if let Command::Demo(demo) = &arguments.command {
        if !config.demo {
            return Err("la démonstration n'est pas permise ici : mettez TRAME_DEMO=true sur une base qui ne tient aucune donnée réelle".into());
        }
        if matches!(demo, Demo::Reset) {
            return demonstration::reset(&config).await;
        }
    }
    if let Command::Backup { file } = &arguments.command {
        return backup::save(&config, SystemClock.now(), file).await;
    }
    let restored = match &arguments.command {
        Command::Restore { file } => backup::restore(&config, file).await?,
        _ => Told::default(),
    };
    let store = store::open(&config.database).await.map_err(said)?;
    let done = run_on(&config, &store, arguments.command, &restored).await;
    store.close().await;
    done
}

async fn run_on(
    config: &Config,
    store: &Arc<dyn Store>,
    command: Command,
    restored: &Told,
) -> Result<(), String> {
    let services = serve::services(config, Arc::clone(store)).map_err(said)?;
    match command {
        Command::Serve => serve::run(config, Arc::clone(store)).await.map_err(said),
        Command::Form(Form::Overlay(Overlay::Simulate { file })) => {
            overlays::simulate(&services, &file).await
        }
        Command::Form(Form::Overlay(Overlay::Publish { file, accepts })) => {
            overlays::publish(&services, &file, &accepts).await
        }
        Command::Form(Form::Overlay(Overlay::List)) => overlays::list(&services).await,
        // Opening the store migrated it; the others were done before it was opened.
        Command::Migrate
        | Command::Form(_)
        | Command::Rights
        | Command::StandIn { .. }
        | Command::Journal(Journal::Key { .. })
        | Command::Backup { .. }
        | Command::Demo(Demo::Reset) => Ok(()),
        Command::Restore { .. } => backup::look_over(&services, restored).await,
        Command::Demo(Demo::Load) => demonstration::load(&services).await,
        Command::User(user) => users::run(&services, user).await,
        Command::Import(Import::FluxIae { paths, prepare, account }) => {
            let services = serve::asking(config, Arc::clone(store)).map_err(said)?;
            import::flux_iae(&services, paths, account.zip(prepare)).await
        }
        Command::Journal(Journal::Verify { dossier: Some(dossier), .. }) => {
            journal::verify_one(&services, &dossier).await
        }
        Command::Journal(Journal::Verify { dossier: None, trusted }) => {
            journal::verify(config, &services, trusted).await
        }
        Command::Journal(Journal::Sign) => journal::sign(config, &services).await,
        Command::Retention(Retention::Plan) => retention::plan(&services).await,
        Command::Retention(Retention::Apply { only }) => {
            retention::apply(&services, only.as_deref()).await
        }
        Command::WorkList(WorkList::Rebuild) => {
            let made = services.store.rebuild_work_list().await.map_err(|e| e.to_string())?;
            println!("{made} dossiers dans la liste de travail");
            Ok(())
        }
        Command::Mail(Mail::List) => mails::list(&services).await,
        Command::Mail(Mail::Show { id }) => mails::show(&services, &id).await,
        Command::Mail(Mail::Retry { id }) => mails::retry(&services, id.as_deref()).await,
        Command::Mail(Mail::Try { address }) => mails::trial(&services, &address).await,
        Command::Doctor => doctor::examine(config, &services).await,
    }
}

fn start_log(config: &Config) -> Result<(), String> {
    let filter = EnvFilter::try_new(&config.log)
        .map_err(|error| format!("la valeur de « log » ne convient pas : {error}"))?;
    tracing_subscriber::fmt()
        .json()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        // Where the disk of the log is full, saying so there as well is a panic.
        .log_internal_errors(false)
        .init();
    Ok(())
}

fn said(error: impl Display) -> String {
    error.to_string()
}
