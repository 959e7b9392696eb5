//! Accounts, on the command line.

use std::fmt::Display;

use clap::Subcommand;
use dossier::role::Role;
use service::{
    Membership, Services,
    accounts::{self, AddError, NewAccount},
    teams,
};

/// What is done to accounts.
#[derive(Subcommand)]
pub enum User {
    /// Asks no code any more after somebody's password, who lost telephone and codes on paper. Make
    /// sure first that it is them who ask.
    ResetSecondFactor {
        /// E-mail address.
        email: String,
    },
    /// Adds a person; the password is read from the standard input.
    Add {
        /// E-mail address.
        email: String,
        /// Name as others read it.
        name: String,
        /// Role of the person: `siae_admin`, `siae_member`, `ddets_agent`, `dreets`, `dgefp`…
        #[arg(long, default_value = "siae_admin")]
        role: String,
        /// What the person does.
        #[arg(long, default_value = "")]
        title: String,
        /// Structure the person belongs to, by its id.
        #[arg(long)]
        structure: Option<String>,
        /// Départements of an agent, separated by commas.
        #[arg(long, value_delimiter = ',')]
        departments: Vec<String>,
        /// No password: the person signs in through the provider of identities, which vouches for
        /// the address.
        #[arg(long)]
        without_password: bool,
    },
}

/// Does it.
///
/// # Errors
/// A sentence for who typed it.
pub async fn run(services: &Services, user: User) -> Result<(), String> {
    match user {
        User::ResetSecondFactor { email } => reset_second_factor(services, &email).await,
        user @ User::Add { .. } => add_user(services, user).await,
    }
}

async fn reset_second_factor(services: &Services, email: &str) -> Result<(), String> {
    let email = email.trim().to_lowercase();
    let account = services.store.account_by_email(&email).await.map_err(said)?;
    let account = account.ok_or("cette adresse n'a pas de compte")?;
    if services.store.remove_second_factor(&account.id).await.map_err(said)? {
        println!("plus aucun code n'est demandé à {email}");
        Ok(())
    } else {
        Err("aucun code n'était demandé à cette personne".to_owned())
    }
}

async fn add_user(services: &Services, user: User) -> Result<(), String> {
    let User::Add { email, name, role, title, structure, departments, without_password } = user
    else {
        return Ok(());
    };
    let known = Role::ALL.map(Role::code).join(", ");
    let role = Role::from_code(&role)
        .ok_or(format!("le rôle « {role} » est inconnu ; les rôles sont : {known}"))?;
    let password = if without_password { None } else { Some(read_password()?) };
    let new = NewAccount {
        id: services.ulid().into(),
        email,
        name,
        title,
        role,
        is_persona: false,
        password,
        departments,
    };
    let id = accounts::add_account(services, new).await.map_err(|error| match error {
        AddError::Taken => "cette adresse a déjà un compte".to_owned(),
        AddError::BadEmail => "cette adresse n'est pas complète : nom@domaine.fr".to_owned(),
        AddError::BadPassword => "ce mot de passe ne convient pas".to_owned(),
        AddError::Store(error) => said(error),
    })?;
    if let Some(structure) = structure {
        let is_admin = role == Role::SiaeAdmin;
        let membership = Membership { account: id.clone(), structure: structure.into(), is_admin };
        accounts::add_membership(services, &membership).await.map_err(said)?;
    }
    println!("{id}");
    Ok(())
}

fn read_password() -> Result<String, String> {
    eprintln!("Mot de passe, puis Entrée :");
    let mut password = String::new();
    std::io::stdin().read_line(&mut password).map_err(said)?;
    let password = password.trim_end_matches(['\n', '\r']).to_owned();
    if password.chars().count() < teams::SHORTEST {
        return Err("le mot de passe doit avoir douze caractères au moins".into());
    }
    Ok(password)
}

fn said(error: impl Display) -> String {
    error.to_string()
}
