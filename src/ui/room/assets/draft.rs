//! A form's draft: every field as it was typed or chosen, what it was read from, and how it becomes a command.
//!
//! Every part is a text, choices too (the word, or the id), so that comparing, merging and keeping a draft is one rule for all.

use std::ops::{Index, IndexMut};

use chrono::NaiveDate;

use crate::domain::asset::{
    Asset, AssetClass, AssetId, AssetKind, Away, Criticality, Exposure, Ownership, Status,
};
use crate::domain::book::Book;
use crate::domain::command::{AssetDraft, Issue};
use crate::domain::group::GroupId;
use crate::domain::person::PersonId;
use crate::domain::row::words;
use crate::domain::standing::Standing;
use crate::ui::widget::date_text;

words!(
    /// A part of the form. The word is the field's name in the command, by which issues come back.
    Part {
        /// Name.
        Name = "name", "Name";
        /// Other names, one a line.
        Aliases = "aliases", "Other names";
        /// Kind.
        Kind = "kind", "Kind";
        /// What it is for.
        Function = "function", "Function";
        /// Environment.
        Environment = "environment", "Environment";
        /// Criticality.
        Criticality = "criticality", "Criticality";
        /// Scope.
        Scope = "scope", "Scope";
        /// Status.
        Status = "status", "Status";
        /// Exposure.
        Exposure = "exposure", "Exposure";
        /// Class.
        Class = "class", "Class";
        /// Patch group.
        Group = "group", "Patch group";
        /// Why it leaves the scope.
        Reason = "reason", "Reason";
        /// Who approved it.
        ApprovedBy = "approved_by", "Approved by";
        /// Site.
        Site = "site", "Site";
        /// Zone.
        Zone = "zone", "Time zone";
        /// Address.
        Ip = "ip", "Address";
        /// Owner.
        Owner = "owner", "Owner";
        /// Deploy admin.
        DeployAdmin = "deploy_admin", "Deploys to it";
        /// Application support.
        AppSupport = "app_support", "Application support";
        /// Tester.
        Tester = "tester", "Tests it";
        /// Operating system.
        Os = "os", "Operating system";
        /// Version.
        OsVersion = "os_version", "Version";
        /// Technology domain.
        Technology = "technology", "Technology";
        /// Products, one a line.
        Products = "products", "Products to be patched";
        /// Manufacturer.
        Make = "make", "Make";
        /// Model.
        Model = "model", "Model";
        /// Serial number.
        Serial = "serial", "Serial number";
        /// Ownership.
        Ownership = "ownership", "Ownership";
        /// By hand only.
        ManualOnly = "manual_only", "Patched by hand only";
        /// Remote only.
        RemoteOnly = "remote_only", "Reached remotely only";
        /// Restart procedure.
        Restart = "restart_procedure", "How to restart it";
        /// Cluster partner.
        Partner = "partner", "Cluster partner";
        /// Stands by for.
        StandbyOf = "standby_of", "Stands by for";
        /// What must be up before it, one a line.
        DependsOn = "depends_on", "Depends on";
        /// Who has it.
        Holder = "away", "Who has it";
        /// Away since.
        AwaySince = "since_on", "Away since";
        /// Expected back.
        AwayBack = "expected_on", "Expected back";
        /// End of security updates.
        SupportEnd = "support_end_on", "Security updates end";
        /// Proof of extended support.
        SupportProof = "support_proof", "Proof of extended support";
        /// Notes.
        Note = "note", "Notes";
    }
);

/// The word of a switch that is on.
pub const YES: &str = "yes";

/// Every part as a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft(Vec<String>);

impl Index<Part> for Draft {
    type Output = String;
    fn index(&self, part: Part) -> &String {
        &self.0[part as usize]
    }
}

impl IndexMut<Part> for Draft {
    fn index_mut(&mut self, part: Part) -> &mut String {
        &mut self.0[part as usize]
    }
}

impl Draft {
    /// What the form shows of an asset.
    pub fn read(book: &Book, asset: &Asset, standing: &Standing) -> Self {
        let mut draft = Self(vec![String::new(); Part::ALL.len()]);
        let name_of = |id: AssetId| book.assets.get(id.0).map_or_else(String::new, |a| a.name.clone());
        let person = |id: Option<PersonId>| id.map_or_else(String::new, |id| id.0.to_string());
        let day = |day: Option<NaiveDate>| day.map(date_text::say).unwrap_or_default();
        let switch = |on: bool| if on { YES.to_owned() } else { String::new() };
        let away = asset.away.clone().unwrap_or_default();
        let values = [
            (Part::Name, asset.name.clone()),
            (Part::Aliases, asset.aliases.join("\n")),
            (Part::Kind, asset.kind.word().to_owned()),
            (Part::Function, asset.function.clone()),
            (Part::Environment, asset.environment.clone()),
            (Part::Criticality, asset.criticality.word().to_owned()),
            (Part::Scope, switch(standing.scope)),
            (Part::Status, standing.status.word().to_owned()),
            (Part::Exposure, standing.exposure.word().to_owned()),
            (Part::Class, standing.class.word().to_owned()),
            (Part::Group, standing.group.map_or_else(String::new, |id| id.0.to_string())),
            (Part::Site, asset.site.clone()),
            (Part::Zone, asset.zone.clone()),
            (Part::Ip, asset.ip.clone()),
            (Part::Owner, person(asset.owner)),
            (Part::DeployAdmin, person(asset.deploy_admin)),
            (Part::AppSupport, person(asset.app_support)),
            (Part::Tester, person(asset.tester)),
            (Part::Os, asset.os.clone()),
            (Part::OsVersion, asset.os_version.clone()),
            (Part::Technology, asset.technology.clone()),
            (Part::Products, asset.products.join("\n")),
            (Part::Make, asset.make.clone()),
            (Part::Model, asset.model.clone()),
            (Part::Serial, asset.serial.clone()),
            (Part::Ownership, asset.ownership.word().to_owned()),
            (Part::ManualOnly, switch(asset.manual_only)),
            (Part::RemoteOnly, switch(asset.remote_only)),
            (Part::Restart, asset.restart_procedure.clone()),
            (Part::Partner, asset.partner.map(name_of).unwrap_or_default()),
            (Part::StandbyOf, asset.standby_of.map(name_of).unwrap_or_default()),
            (Part::DependsOn, asset.depends_on.iter().map(|id| name_of(*id)).collect::<Vec<_>>().join("\n")),
            (Part::Holder, away.holder),
            (Part::AwaySince, day(away.since_on)),
            (Part::AwayBack, day(away.expected_on)),
            (Part::SupportEnd, day(asset.support_end_on)),
            (Part::SupportProof, asset.support_proof.clone()),
            (Part::Note, asset.note.clone()),
        ];
        for (part, value) in values {
            draft[part] = value;
        }
        draft
    }

    /// The parts that differ from another draft.
    pub fn differs(&self, other: &Self) -> Vec<Part> {
        Part::ALL.iter().copied().filter(|part| self[*part] != other[*part]).collect()
    }

    /// Takes over what others changed since `base` where nothing was typed; answers the parts both changed.
    pub fn merge(&mut self, base: &Self, theirs: &Self) -> Vec<Part> {
        let mut both = Vec::new();
        for part in theirs.differs(base) {
            if self[part] == base[part] {
                self[part].clone_from(&theirs[part]);
            } else if self[part] != theirs[part] {
                both.push(part);
            }
        }
        both
    }

    /// The dated values as chosen.
    pub fn standing(&self) -> Standing {
        Standing {
            scope: self[Part::Scope] == YES,
            status: Status::of_word(&self[Part::Status]).unwrap_or(Status::InUse),
            exposure: Exposure::of_word(&self[Part::Exposure]).unwrap_or(Exposure::Unknown),
            class: AssetClass::of_word(&self[Part::Class]).unwrap_or(AssetClass::Workstation),
            group: self[Part::Group].parse().ok().map(GroupId),
        }
    }

    /// The command's draft, or what is wrong with texts that name a date or another asset.
    pub fn command(
        &self,
        book: &Book,
        base: Option<&Asset>,
        today: NaiveDate,
    ) -> Result<AssetDraft, Vec<Issue>> {
        let mut reader = Reader { book, today, issues: Vec::new() };
        let mut asset = base.cloned().unwrap_or_else(|| Asset::new(AssetId(0), "", 0));
        let text = |part: Part| self[part].clone();
        let person = |part: Part| self[part].parse().ok().map(PersonId);
        asset.name = text(Part::Name);
        asset.aliases = lines(&self[Part::Aliases]);
        asset.kind = AssetKind::of_word(&self[Part::Kind]).unwrap_or(AssetKind::Other);
        asset.function = text(Part::Function);
        asset.environment = text(Part::Environment);
        asset.criticality = Criticality::of_word(&self[Part::Criticality]).unwrap_or(Criticality::Three);
        asset.site = text(Part::Site);
        asset.zone = text(Part::Zone);
        asset.ip = text(Part::Ip);
        asset.owner = person(Part::Owner);
        asset.deploy_admin = person(Part::DeployAdmin);
        asset.app_support = person(Part::AppSupport);
        asset.tester = person(Part::Tester);
        asset.os = text(Part::Os);
        asset.os_version = text(Part::OsVersion);
        asset.technology = text(Part::Technology);
        asset.products = lines(&self[Part::Products]);
        asset.make = text(Part::Make);
        asset.model = text(Part::Model);
        asset.serial = text(Part::Serial);
        asset.ownership = Ownership::of_word(&self[Part::Ownership]).unwrap_or(Ownership::Shop);
        asset.manual_only = self[Part::ManualOnly] == YES;
        asset.remote_only = self[Part::RemoteOnly] == YES;
        asset.restart_procedure = text(Part::Restart);
        asset.partner = reader.asset(Part::Partner, &self[Part::Partner]);
        asset.standby_of = reader.asset(Part::StandbyOf, &self[Part::StandbyOf]);
        asset.depends_on = lines(&self[Part::DependsOn])
            .iter()
            .filter_map(|name| reader.asset(Part::DependsOn, name))
            .collect();
        asset.support_end_on = reader.day(Part::SupportEnd, &self[Part::SupportEnd]);
        asset.support_proof = text(Part::SupportProof);
        asset.note = text(Part::Note);
        let since_on = reader.day(Part::AwaySince, &self[Part::AwaySince]);
        let expected_on = reader.day(Part::AwayBack, &self[Part::AwayBack]);
        let away = Away { holder: text(Part::Holder), since_on, expected_on };
        let said = !away.holder.trim().is_empty() || since_on.is_some() || expected_on.is_some();
        asset.away = said.then_some(away);
        if !reader.issues.is_empty() {
            return Err(reader.issues);
        }
        Ok(AssetDraft {
            base: base.cloned(),
            asset,
            standing: self.standing(),
            reason: text(Part::Reason),
            approved_by: text(Part::ApprovedBy),
        })
    }
}

struct Reader<'a> {
    book: &'a Book,
    today: NaiveDate,
    issues: Vec<Issue>,
}

impl Reader<'_> {
    fn asset(&mut self, part: Part, name: &str) -> Option<AssetId> {
        if name.trim().is_empty() {
            return None;
        }
        let found = self.book.asset_named(name).map(|asset| asset.id);
        if found.is_none() {
            let text = format!("{} is not in the register. Write the name of an asset.", name.trim());
            self.issues.push(Issue { field: part.word(), text });
        }
        found
    }

    fn day(&mut self, part: Part, typed: &str) -> Option<NaiveDate> {
        let found = date_text::read(typed, self.today);
        if found.is_none() && !typed.trim().is_empty() {
            let text = "Not a date. Write it like 8 Dec 2026 or 2026-12-08.".to_owned();
            self.issues.push(Issue { field: part.word(), text });
        }
        found
    }
}

fn lines(text: &str) -> Vec<String> {
    text.split(['\n', ';']).map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
