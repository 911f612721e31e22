//! A register in a folder of its own with a clock that stands still, and files made of text. It asserts nothing.

use std::sync::Arc;

use patchbook::app::import::{accept, plan_import, saved_answers};
use patchbook::app::{Context, Engine};
use patchbook::domain::asset::Asset;
use patchbook::domain::pair::State;
use patchbook::domain::shop::Shop;
use patchbook::domain::stamp::of_instant;
use patchbook::domain::update::Update;
use patchbook::import::plan::{Choices, ComputerPlan, ImportPlan};
use patchbook::import::{Answers, Control, FileScope, Input, ReadSet, read};
use patchbook::util::clock::{Clock, DAY_SECS, iso};
use patchbook::util::id::Ids;
use patchbook::util::progress::Progress;

/// 2026-09-01 06:00 UTC.
pub const START: i64 = 1_788_242_400;

/// The given day of the story, at six in the morning.
pub fn day(number: i64) -> i64 {
    START + number * DAY_SECS
}

/// Files of one import: name and text.
pub type Files = Vec<(String, String)>;

/// One register.
pub struct Rig {
    _folder: tempfile::TempDir,
    pub engine: Engine,
    pub answers: Answers,
    pub choices: Choices,
}

impl Rig {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let context = Context {
            actor: "Ines Hartmann".to_owned(),
            site: "test".to_owned(),
            clock: Clock::Fixed(START),
            ids: Arc::new(Ids::seeded(11)),
            backups: None,
        };
        let shop = Shop { name: "Tidewater".to_owned(), ..Shop::default() };
        let engine = Engine::create(&folder.path().join("r.patchbook"), shop, context).unwrap();
        Self { _folder: folder, engine, answers: Answers::default(), choices: Choices::default() }
    }

    /// Everything from here on happens at this instant.
    pub fn at(&mut self, at: i64) -> &mut Self {
        self.engine.context_mut().clock = Clock::Fixed(at);
        self
    }

    /// Every file of states without a manifest lists this.
    pub fn scope(&mut self, scope: FileScope) -> &mut Self {
        self.answers.for_all.scope = Some(scope);
        self
    }

    pub fn read(&self, files: &[(String, String)]) -> ReadSet {
        let inputs: Vec<Input> =
            files.iter().map(|(name, text)| Input::from_bytes(name.as_str(), text.as_bytes())).collect();
        let mut answers = saved_answers(self.engine.book());
        answers.profiles.extend(self.answers.profiles.clone());
        answers.for_all = self.answers.for_all.clone();
        answers.update_of_file = self.answers.update_of_file.clone();
        read(&inputs, &answers, &mut |_| Control::Continue).unwrap()
    }

    pub fn plan(&self, files: &[(String, String)]) -> ImportPlan {
        plan_import(&self.engine, &self.read(files), &self.choices)
    }

    /// Plans and accepts; answers the plan as it was shown.
    pub fn import(&mut self, files: &[(String, String)]) -> ImportPlan {
        let set = self.read(files);
        let required: Vec<_> = set.questions.iter().filter(|q| q.kind.is_required()).collect();
        assert!(required.is_empty(), "{required:?}");
        let plan = plan_import(&self.engine, &set, &self.choices);
        let answers = self.answers.clone();
        accept(&mut self.engine, plan.clone(), &set, &answers, &Progress::default()).unwrap();
        plan
    }

    pub fn asset(&self, name: &str) -> &Asset {
        self.engine.book().asset_named(name).unwrap_or_else(|| panic!("no asset {name}: {:?}", self.names()))
    }

    /// The names of all assets, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            self.engine.book().assets.rows().iter().map(|a| a.name.clone()).collect();
        names.sort();
        names
    }

    /// The only update that carries a KB number.
    pub fn update(&self, kb: &str) -> &Update {
        let updates = self.engine.book().updates.rows();
        let found: Vec<&Update> = updates.iter().filter(|u| u.kbs.iter().any(|k| k == kb)).collect();
        assert_eq!(found.len(), 1, "{found:?}");
        found[0]
    }

    /// The state of a pair now; `None` where no source ever listed it.
    pub fn state(&self, asset: &str, kb: &str) -> Option<State> {
        self.state_at(asset, kb, i64::MAX)
    }

    /// The state of a pair as it was at an instant.
    pub fn state_at(&self, asset: &str, kb: &str, at: i64) -> Option<State> {
        let book = self.engine.book();
        let asset = book.assets.place(self.asset(asset).id.0)?;
        let block = &book.pairs.blocks[book.updates.place(self.update(kb).id.0)? as usize];
        let at = if at == i64::MAX { u32::MAX } else { of_instant(at) };
        Some(block.at(block.find(asset)?, at)?.state())
    }

    /// When an asset sent whole reports, UTC seconds.
    pub fn reports(&self, asset: &str) -> Vec<i64> {
        let book = self.engine.book();
        let place = book.assets.place(self.asset(asset).id.0).unwrap();
        book.pairs.reports[place as usize].iter().map(|&s| patchbook::domain::stamp::instant(s)).collect()
    }
}

/// The plan's entry of a computer.
pub fn entry<'a>(plan: &'a ImportPlan, name: &str) -> &'a ComputerPlan {
    plan.computers.iter().find(|c| c.name == name).unwrap_or_else(|| panic!("{:?}", plan.computers))
}

/// A made-up GUID.
pub fn guid(n: u32) -> String {
    format!("{n:08x}-0000-4000-8000-00000000abcd")
}

/// One computer of an export.
#[derive(Clone, Debug)]
pub struct Machine {
    pub id: u32,
    pub name: String,
    pub ip: String,
    pub model: String,
    pub status_at: Option<i64>,
}

/// A computer of the domain that reported at an instant.
pub fn machine(id: u32, name: &str, status_at: i64) -> Machine {
    Machine {
        id,
        name: format!("{name}.corp.example"),
        ip: format!("10.0.0.{id}"),
        model: "OptiPlex 7090".to_owned(),
        status_at: Some(status_at),
    }
}

/// The list of computers of our own script; a computer without a report has the year 1.
pub fn computers_csv(machines: &[Machine]) -> (String, String) {
    let mut text =
        "Id,FullDomainName,IPAddress,Model,OSDescription,ComputerRole,LastSync,LastStatus\n".to_owned();
    for m in machines {
        let at = m.status_at.map_or("0001-01-01T00:00:00Z".to_owned(), iso);
        text +=
            &format!("{},{},{},{},Windows 11 Pro,Workstation,{at},{at}\n", guid(m.id), m.name, m.ip, m.model);
    }
    ("computers.csv".to_owned(), text)
}

/// One update of an export: its number, KB and flags.
#[derive(Clone, Debug)]
pub struct Patch {
    pub id: u32,
    pub kb: String,
    pub title: String,
    pub declined: bool,
    pub superseded: bool,
    pub expired: bool,
    pub created: String,
    pub arrived: String,
}

/// A security update released on the first day of the story.
pub fn patch(id: u32, kb: &str) -> Patch {
    Patch {
        id,
        kb: kb.to_owned(),
        title: format!("Security update for things (KB{kb})"),
        declined: false,
        superseded: false,
        expired: false,
        created: iso(START),
        arrived: String::new(),
    }
}

pub fn updates_csv(patches: &[Patch]) -> (String, String) {
    let mut text = "UpdateId,Title,KB,MsrcSeverity,UpdateClassificationTitle,Products,IsApproved,IsDeclined,IsSuperseded,PublicationState,Created,Arrived\n".to_owned();
    for p in patches {
        let state = if p.expired { "Expired" } else { "Published" };
        text += &format!(
            "{},{},{},Critical,Security Updates,Windows 11,True,{},{},{state},{},{}\n",
            guid(1000 + p.id),
            p.title,
            p.kb,
            p.declined,
            p.superseded,
            p.created,
            p.arrived
        );
    }
    ("updates.csv".to_owned(), text)
}

/// States by GUID: computer, update, word.
pub fn states_csv(states: &[(u32, u32, &str)]) -> (String, String) {
    let mut text = "ComputerTargetId,UpdateId,State,Approval\n".to_owned();
    for (computer, update, word) in states {
        text += &format!("{},{},{word},Install\n", guid(*computer), guid(1000 + update));
    }
    ("states.csv".to_owned(), text)
}

/// A whole set of our own script.
pub fn export(made_at: i64, machines: &[Machine], patches: &[Patch], states: &[(u32, u32, &str)]) -> Files {
    export_of(made_at, machines, patches, states, "all_but_not_applicable", &["Windows 11"])
}

pub fn export_of(
    made_at: i64,
    machines: &[Machine],
    patches: &[Patch],
    states: &[(u32, u32, &str)],
    scope: &str,
    products: &[&str],
) -> Files {
    let (computers, updates, rows) = (computers_csv(machines), updates_csv(patches), states_csv(states));
    let manifest = serde_json::json!({
        "patchbook_export": 1, "script_version": "1.0", "server": "wsus.corp.example", "culture": "en-GB",
        "started": iso(made_at - 60), "finished": iso(made_at), "scope": scope, "complete": true,
        "files": { "computers.csv": machines.len(), "updates.csv": patches.len(), "states.csv": states.len() },
        "last_sync": iso(made_at - 3600), "last_sync_result": "Succeeded",
        "products": products, "classifications": ["Security Updates"],
    });
    vec![("manifest.json".to_owned(), manifest.to_string()), computers, updates, rows]
}

/// A list of states with names and no GUID, as scripts write it.
pub fn named_csv(name: &str, rows: &[(&str, &str, &str, &str)]) -> Files {
    let mut text =
        "Computername,UpdateKB,UpdateTitle,UpdateInstallationState,UpdateApprovalAction\n".to_owned();
    for (computer, kb, title, state) in rows {
        text += &format!("{computer},{kb},{title},{state},Install\n");
    }
    vec![(name.to_owned(), text)]
}

/// `Get-ADComputer | Export-Csv`: number, name, enabled.
pub fn directory_csv(rows: &[(u32, &str, bool)]) -> Files {
    let mut text = "#TYPE Microsoft.ActiveDirectory.Management.ADComputer\n\"DistinguishedName\",\"DNSHostName\",\"Enabled\",\"Name\",\"ObjectClass\",\"ObjectGUID\",\"SamAccountName\",\"SID\",\"UserPrincipalName\"\n".to_owned();
    for (id, name, enabled) in rows {
        let enabled = if *enabled { "True" } else { "False" };
        let dns = name.to_lowercase();
        text += &format!(
            "\"CN={name},OU=Office,DC=corp,DC=example\",\"{dns}.corp.example\",\"{enabled}\",\"{name}\",\"computer\",\"{}\",\"{name}$\",\"S-1-5-21-{id}\",\n",
            guid(*id)
        );
    }
    vec![("ad.csv".to_owned(), text)]
}
