//! Other systems asked over HTTP: the company register, the address base, les emplois de l'inclusion.

mod address;
mod breaker;
mod emplois;
mod http;
mod json;
mod register;

use std::{collections::BTreeSet, sync::Arc, sync::Mutex};

use async_trait::async_trait;
use form::Origin;
use service::{
    Clock,
    findings::{Fault, Registers, Subject, Told},
};

pub use self::{
    address::read as read_address,
    emplois::read as read_emplois,
    http::{Http, Limits, SetUpError},
    register::read as read_company,
};

/// Where each system is; `None` for one that is not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addresses {
    /// API Recherche d'entreprises: `https://recherche-entreprises.api.gouv.fr`.
    pub register: Option<String>,
    /// Géoplateforme, service of geocoding: `https://data.geopf.fr/geocodage`.
    pub address: Option<String>,
    /// Les emplois de l'inclusion: `https://emplois.inclusion.beta.gouv.fr`.
    pub emplois: Option<String>,
}

/// The systems that are asked.
pub struct Live {
    register: Option<Http>,
    address: Option<Http>,
    emplois: Option<Http>,
    /// What is being asked: the same question waits for its answer, it is not asked twice.
    asked: Mutex<BTreeSet<(Origin, String)>>,
}

impl Live {
    /// Prepares to ask them. Nothing is sent yet.
    ///
    /// # Errors
    /// When an address is none, or TLS cannot be set up.
    pub fn new(
        at: &Addresses,
        limits: Limits,
        proxy: Option<&str>,
        clock: &Arc<dyn Clock>,
    ) -> Result<Self, SetUpError> {
        let http = |base: &Option<String>, name: &'static str| {
            let base = base.as_deref();
            base.map(|base| Http::new(name, base, limits, proxy, Arc::clone(clock))).transpose()
        };
        Ok(Self {
            register: http(&at.register, "register")?,
            address: http(&at.address, "address")?,
            emplois: http(&at.emplois, "emplois")?,
            asked: Mutex::default(),
        })
    }

    async fn put(&self, source: Origin, subject: &Subject) -> Result<Told, Fault> {
        let http = match source {
            Origin::CompanyRegister => &self.register,
            Origin::AddressBase => &self.address,
            Origin::Emplois => &self.emplois,
            _ => &None,
        };
        let http = http.as_ref().ok_or(Fault::Unreachable)?;
        let place = subject.place.as_ref().ok_or(Fault::Unreachable);
        match source {
            Origin::AddressBase => address::ask(http, place?).await,
            Origin::Emplois => emplois::ask(http, &subject.siret, &place?.postcode).await,
            _ => register::ask(http, &subject.siret).await,
        }
    }
}

/// Forgets that a question is being asked, however the asking ends.
struct Asking<'a> {
    live: &'a Live,
    what: (Origin, String),
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        if let Ok(mut asked) = self.live.asked.lock() {
            asked.remove(&self.what);
        }
    }
}

#[async_trait]
impl Registers for Live {
    fn sources(&self) -> Vec<Origin> {
        // In the order they are asked: the others are asked about what the first says.
        let all = [
            (Origin::CompanyRegister, &self.register),
            (Origin::AddressBase, &self.address),
            (Origin::Emplois, &self.emplois),
        ];
        all.iter().filter(|(_, http)| http.is_some()).map(|(origin, _)| *origin).collect()
    }

    async fn ask(&self, source: Origin, subject: &Subject) -> Result<Told, Fault> {
        let what = (source, subject.siret.clone());
        let is_new = self.asked.lock().is_ok_and(|mut asked| asked.insert(what.clone()));
        if !is_new {
            return Err(Fault::Asked);
        }
        let asking = Asking { live: self, what };
        let answer = self.put(source, subject).await;
        drop(asking);
        answer
    }
}
