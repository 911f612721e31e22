//! Builds the sample register: the export files, then a file of its own out of them, through the real importers.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use crate::app::engine::{Context, Engine};
use crate::app::error::{Error, ErrorKind};
use crate::app::import;
use crate::app::paper;
use crate::domain::asset::{Asset, AssetId, Away, Status};
use crate::domain::book::Book;
use crate::domain::command::{AssetDraft, Command, StandingEdit};
use crate::domain::person::{Person, PersonId};
use crate::domain::shop::Shop;
use crate::domain::standing::{Standing, standings};
use crate::import::Answers;
use crate::import::plan::Choices;
use crate::util::clock::{Clock, DAY_SECS, day_in};
use crate::util::progress::Progress;

use super::month::{Event, agree, diary};
use super::promise::{self, ThreatFiles};
use super::{Behaviour, Calendar, ExportFolder, Machine, machines, write_exports};

/// Where the parts of the sample are.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The folder that holds everything.
    pub folder: PathBuf,
    /// The register.
    pub register: PathBuf,
    /// The monthly compliance report.
    pub report: PathBuf,
    /// How many exports were imported.
    pub imports: usize,
}

/// Builds the sample below a folder that must not exist yet.
pub fn build(folder: &Path, context: &Context, progress: &Progress) -> Result<Sample, Error> {
    let now = context.clock.now_at();
    let calendar = Calendar::ending(now);
    let exports = write_exports(folder, &calendar).map_err(|cause| match cause.kind() {
        std::io::ErrorKind::AlreadyExists => Error::new(
            ErrorKind::Input,
            format!("the sample never writes into a folder that exists: {}", folder.display()),
            "Name another folder: patchbook demo FOLDER.",
        ),
        _ => Error::io("cannot write the sample", folder, &cause),
    })?;
    let threats = promise::write(folder, &calendar)
        .map_err(|cause| Error::io("cannot write the sample", folder, &cause))?;
    let register = folder.join("tidewater.patchbook");
    let mut teller = Teller::begin(&register, &exports, &calendar, context)?;
    teller.threats = threats.into();
    for (place, export) in exports.iter().enumerate() {
        progress.report("Building the sample register", place as u64, exports.len() as u64)?;
        teller.tell(export, progress)?;
    }
    teller.live_until(now)?;
    teller.at(now);
    let report = folder.join("monthly-compliance-report.pdf");
    paper::print(&mut teller.engine, &paper::Spec::default(), &report)?;
    Ok(Sample { folder: folder.to_owned(), register, report, imports: exports.len() })
}

/// Whoever tells the story: the engine, and how far the story has come.
pub(super) struct Teller {
    engine: Engine,
    machines: Vec<Machine>,
    calendar: Calendar,
    settled: bool,
    retired: bool,
    end_at: i64,
    diary: VecDeque<Event>,
    threats: VecDeque<ThreatFiles>,
}

impl Teller {
    fn begin(
        register: &Path,
        exports: &[ExportFolder],
        calendar: &Calendar,
        context: &Context,
    ) -> Result<Self, Error> {
        let first_at = exports.first().map_or(0, |e| e.made_at);
        let shop = Shop {
            name: "Tidewater Fittings".to_owned(),
            zone: "Europe/London".to_owned(),
            adoption_on: Some(calendar.adoption_on()),
            sample: true,
            ..Shop::default()
        };
        let context = Context {
            actor: "Ines Hartmann".to_owned(),
            clock: Clock::Fixed(first_at - DAY_SECS),
            backups: None,
            ..context.clone()
        };
        Ok(Self {
            engine: Engine::create(register, shop, context)?,
            machines: machines(),
            calendar: calendar.clone(),
            diary: diary(calendar).into(),
            threats: VecDeque::new(),
            settled: false,
            retired: false,
            end_at: exports.last().map_or(0, |e| e.made_at),
        })
    }

    /// Every entry of the history carries the time at which it would have been made.
    pub(super) fn at(&mut self, at: i64) {
        self.engine.context_mut().clock = Clock::Fixed(at);
    }

    pub(super) fn run(&mut self, command: Command) -> Result<(), Error> {
        self.engine.run(command, &Progress::default()).map(drop)
    }

    pub(super) fn engine(&self) -> &Engine {
        &self.engine
    }

    pub(super) fn engine_mut(&mut self) -> &mut Engine {
        &mut self.engine
    }

    pub(super) fn now(&self) -> i64 {
        self.engine.context().clock.now_at()
    }

    pub(super) fn book(&self) -> &Book {
        self.engine.book()
    }

    pub(super) fn person(&self, name: &str) -> Option<PersonId> {
        self.book().people.iter().find(|person| person.name == name).map(|person| person.id)
    }

    pub(super) fn asset(&self, name: &str) -> Option<AssetId> {
        self.book().asset_named(name).map(|asset| asset.id)
    }

    /// Tells what happened between the imports, each thing at its own time.
    fn live_until(&mut self, at: i64) -> Result<(), Error> {
        loop {
            let event_at = self.diary.front().map_or(i64::MAX, |event| event.at);
            let files_at = self.threats.front().map_or(i64::MAX, |files| files.fetched_at);
            if event_at.min(files_at) >= at {
                break;
            }
            if files_at <= event_at {
                self.at(files_at);
                let files = self.threats.pop_front();
                for path in files.iter().flat_map(|files| &files.paths) {
                    promise::load(self, path)?;
                }
            } else if let Some(event) = self.diary.pop_front() {
                self.at(event.at);
                (event.tell)(self, &event.month)?;
            }
        }
        Ok(())
    }

    fn tell(&mut self, export: &ExportFolder, progress: &Progress) -> Result<(), Error> {
        if !self.retired && export.made_at > self.calendar.retirement_at() {
            self.retired = true;
            self.at(self.calendar.retirement_at());
            self.retire()?;
        }
        self.live_until(export.made_at)?;
        self.at(export.made_at + 3600);
        let inputs = import::inputs(std::slice::from_ref(&export.folder))?;
        let answers = Answers::default();
        let read = import::read_files(&inputs, &answers, progress)?;
        if let Some(obstacle) = import::obstacle(&read) {
            return Err(obstacle);
        }
        let plan = import::plan_import(&self.engine, &read, &Choices::default());
        import::accept(&mut self.engine, plan, &read, &answers, progress)?;
        if !self.settled {
            self.settled = true;
            self.at(export.made_at + 2 * 3600);
            self.settle()?;
            agree(self, day_in(chrono_tz::UTC, export.made_at))?;
            promise::decide_domains(self)?;
        }
        if export.made_at == self.end_at {
            self.at(export.made_at + 3 * 3600);
            self.send_away()?;
        }
        Ok(())
    }

    /// The first afternoon: people, and what no server knows about the machines.
    fn settle(&mut self) -> Result<(), Error> {
        for (name, function) in [
            ("Ines Hartmann", "IT manager"),
            ("Tomasz Lis", "Systems administrator"),
            ("Ruth Okafor", "Head of finance"),
            ("Milan Dvorak", "Warehouse lead"),
            ("Aoife Byrne", "Office manager"),
        ] {
            let mail = format!("{}@tidewater.example", name.to_lowercase().replace(' ', "."));
            let person =
                Person { id: PersonId(0), name: name.to_owned(), mail, function: function.to_owned() };
            self.run(Command::SavePerson { base: None, person })?;
        }
        for machine in self.machines.clone() {
            let draft = draft(self.engine.book(), &machine, self.engine.context().clock.now_at());
            self.run(Command::SaveAsset(Box::new(draft)))?;
        }
        Ok(())
    }

    fn retire(&mut self) -> Result<(), Error> {
        let gone = self.named(Behaviour::Retired);
        self.run(Command::SetStanding(StandingEdit {
            assets: gone,
            status: Some(Status::Retired),
            reason: "Mainboard failed, not worth repairing".to_owned(),
            approved_by: "Aoife Byrne".to_owned(),
            ..StandingEdit::default()
        }))
    }

    fn send_away(&mut self) -> Result<(), Error> {
        let now = self.engine.context().clock.now_at();
        for id in self.named(Behaviour::Away) {
            let book = self.engine.book();
            let (Some(base), Some(place)) = (book.assets.get(id.0).cloned(), book.assets.place(id.0)) else {
                continue;
            };
            let standing = standings(book, now)[place as usize];
            let away = Away {
                holder: "Sam Whitlock".to_owned(),
                since_on: Some(day_in(chrono_tz::UTC, now - 33 * DAY_SECS)),
                expected_on: Some(day_in(chrono_tz::UTC, now + 16 * DAY_SECS)),
            };
            let asset = Asset { away: Some(away), ..base.clone() };
            let (reason, approved_by) = (String::new(), String::new());
            self.run(Command::SaveAsset(Box::new(AssetDraft {
                base: Some(base),
                asset,
                standing,
                reason,
                approved_by,
            })))?;
        }
        Ok(())
    }

    fn named(&self, behaviour: Behaviour) -> Vec<AssetId> {
        let wanted = self.machines.iter().filter(|m| m.behaviour == behaviour);
        wanted.filter_map(|m| self.engine.book().asset_named(&m.name)).map(|a| a.id).collect()
    }
}

/// A machine as Ines fills it in: what the import brought, and the rest.
fn draft(book: &Book, machine: &Machine, now: i64) -> AssetDraft {
    let base = book.asset_named(&machine.name).cloned();
    let mut asset = base.clone().unwrap_or_else(|| Asset::new(AssetId(0), &machine.name, now));
    let mut standing = match base.as_ref().and_then(|b| book.assets.place(b.id.0)) {
        Some(place) => standings(book, now)[place as usize],
        None => Standing::of_kind(machine.kind),
    };
    asset.kind = machine.kind;
    asset.function.clone_from(&machine.function);
    "production".clone_into(&mut asset.environment);
    asset.criticality = machine.criticality;
    asset.site.clone_from(&machine.site);
    asset.owner = book.people.rows().iter().find(|p| p.name == machine.owner).map(|p| p.id);
    standing.exposure = machine.exposure;
    match machine.behaviour {
        Behaviour::Manual => {
            asset.os.clone_from(&machine.os);
            asset.os_version.clone_from(&machine.os_version);
            asset.make.clone_from(&machine.make);
            asset.model.clone_from(&machine.model);
            asset.ip.clone_from(&machine.ip);
            standing.group = None;
        }
        // Extended updates for Windows Server 2012 R2 end on 13 October 2026, whoever pays.
        Behaviour::EndOfLife => {
            "Extended security updates, contract of 2023".clone_into(&mut asset.support_proof);
        }
        Behaviour::Pilot => "test".clone_into(&mut asset.environment),
        _ => {}
    }
    AssetDraft { base, asset, standing, reason: String::new(), approved_by: String::new() }
}
