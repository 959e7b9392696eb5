//! Reading a step of the wizard: the page people see most.

use app::routes;
use dossier::form::CONVENTIONNEMENT;
use form::{Answers, Section};
use service::drafts;

use crate::{
    Bench,
    client::get,
    floor::Reader,
    load,
    report::{Report, Row},
    site::{Person, Site},
};

/// Most processor time of an ordinary step.
const GOAL: f64 = 450.0;

/// Measures it. Gives the processor time of an ordinary step with eight connections.
pub async fn run(report: &mut Report, site: &Site) -> Bench<f64> {
    let ines = site.ines.as_ref().ok_or("nobody to read as")?;
    let services = site.services().await?;
    let draft = drafts::read(&services, &ines.actor, &ines.dossier).await?;
    services.store.close().await;
    let (usual, largest) = (usual(&draft.answers)?, largest(&draft.answers)?);
    let server = site.server().await?;
    let mut usual_cpu = 0.0;
    for (section, connections, accepted) in
        [(usual, 1, ""), (usual, 8, ""), (largest, 1, ""), (largest, 8, ""), (usual, 8, "br, gzip")]
    {
        let mut readers = Vec::new();
        for _ in 0..connections {
            readers.push(reader(server.address, ines, section, accepted).await?);
        }
        let measured = load::run(&mut readers, &server.pid()).await?;
        let fields = fields(section, &draft.answers);
        let kilobytes = readers[0].bytes.div_ceil(1024);
        let packed = if accepted.is_empty() { "" } else { ", compressed" };
        let name = format!(
            "step “{}”, {fields} fields, {kilobytes} kB{packed}, {connections} conn.",
            section.id
        );
        let row = Row::load(name, measured).beside("hello", report.hello);
        let ordinary = section.id == usual.id && accepted.is_empty();
        if ordinary {
            usual_cpu = measured.cpu;
        }
        report.add(if ordinary { row.within(GOAL) } else { row });
    }
    server.kill().await?;
    Ok(usual_cpu)
}

/// Somebody who reads this step again and again.
pub async fn reader(
    address: std::net::SocketAddr,
    who: &Person,
    section: &Section,
    accepted: &str,
) -> Bench<Reader> {
    let path = routes::step(who.dossier.as_str(), &section.id);
    let end = if accepted.is_empty() { "</html>" } else { "" };
    Reader::new(address, get(&path, &who.cookie, accepted), end).await
}

/// A step of ordinary size: nearest to ten questions.
pub fn usual(answers: &Answers) -> Bench<&'static Section> {
    let here = sections(answers).min_by_key(|section| fields(section, answers).abs_diff(10));
    here.ok_or_else(|| "no step to read".into())
}

/// The step with most questions.
pub fn largest(answers: &Answers) -> Bench<&'static Section> {
    let here = sections(answers).max_by_key(|section| fields(section, answers));
    here.ok_or_else(|| "no step to read".into())
}

fn sections(answers: &Answers) -> impl Iterator<Item = &'static Section> {
    let all = CONVENTIONNEMENT.sections.iter().map(AsRef::as_ref);
    all.filter(|section: &&Section| section.visible.holds(answers, ""))
}

/// Questions put in a step.
fn fields(section: &Section, answers: &Answers) -> usize {
    section.places(answers).iter().filter(|(def, row)| def.is_put(answers, row)).count()
}
