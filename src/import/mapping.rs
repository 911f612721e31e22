//! Which column of a table means what.
//!
//! Owns the roles, the synonyms under which real files name them, the guess and the header's fingerprint. It never looks
//! at rows, and never relies on a column's position: scripts that build objects from hash tables shuffle their columns.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::util::hash::{FileHasher, hex};

/// What a column can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// GUID of the computer at its source.
    ComputerId,
    /// Name of the computer, full or short.
    Host,
    /// Second name of the computer (the directory's `DNSHostName` beside `Name`).
    Fqdn,
    /// IP address.
    Ip,
    /// Maker.
    Make,
    /// Model.
    Model,
    /// Operating system in words.
    Os,
    /// Operating system version.
    OsVersion,
    /// Processor architecture.
    Architecture,
    /// Workstation or server.
    ComputerRole,
    /// Version of the update agent.
    ClientVersion,
    /// Group or groups.
    Groups,
    /// Last contact.
    LastSync,
    /// Last status report.
    LastStatus,
    /// Last logon to the directory.
    LastLogon,
    /// Security identifier.
    Sid,
    /// Directory account enabled.
    Enabled,
    /// Distinguished name.
    DistinguishedName,
    /// Downstream server.
    ParentServer,
    /// Serial number.
    Serial,
    /// Free text about the computer.
    Description,
    /// Place.
    Location,
    /// Keeper.
    ManagedBy,
    /// GUID of the update.
    UpdateId,
    /// Revision of the update.
    Revision,
    /// KB number or numbers.
    Kb,
    /// Title of the update.
    Title,
    /// Severity of the update.
    Severity,
    /// Classification of the update.
    Classification,
    /// Products the update is for.
    Products,
    /// Publication of the update.
    Created,
    /// Arrival of the update on the server.
    Arrived,
    /// Update approved.
    IsApproved,
    /// Update declined.
    IsDeclined,
    /// Update superseded.
    IsSuperseded,
    /// `Published` or `Expired`.
    Publication,
    /// GUID of the update that replaces the one in [`Role::UpdateId`].
    SupersededBy,
    /// State of the update on the computer.
    State,
    /// Approval of the update for the computer's group.
    Approval,
    /// When the update was installed on the computer.
    InstalledAt,
}

impl Role {
    /// Every meaning, in the order of the list of synonyms.
    pub fn all() -> impl Iterator<Item = Role> {
        SYNONYMS.iter().map(|(role, _)| *role)
    }

    /// The word for it on the console: `update-id`.
    pub fn word(self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(word)) => word.replace('_', "-"),
            // A unit variant always serialises to its name.
            _ => String::new(),
        }
    }

    /// The meaning of a word; `computer` stands for [`Role::Host`].
    pub fn of_word(word: &str) -> Option<Role> {
        let word = if word == "computer" { "host" } else { word };
        Role::all().find(|role| role.word() == word)
    }
}

/// Synonyms seen in real files, folded by [`fold_header`]; the first is the most telling.
/// Source: `formats.md` 1.1, 1.3, 1.5, 1.11, 2.5 and our own export.
const SYNONYMS: &[(Role, &[&str])] = &[
    (Role::ComputerId, &["computertargetid", "computerid", "objectguid"]),
    (
        Role::Host,
        &[
            "fulldomainname",
            "computername",
            "computer",
            "computertarget",
            "device",
            "devicename",
            "host",
            "hostname",
            "machine",
            "machinename",
            "equipo",
            "pscomputername",
            "name",
        ],
    ),
    (Role::Fqdn, &["dnshostname", "fqdn"]),
    (Role::Ip, &["ipaddress", "ip", "ipv4address"]),
    (Role::Make, &["make", "manufacturer"]),
    (Role::Model, &["model"]),
    (Role::Os, &["osdescription", "operatingsystem", "os", "osname"]),
    (Role::OsVersion, &["osversion", "operatingsystemversion", "osbuild"]),
    (Role::Architecture, &["osarchitecture", "architecture"]),
    (Role::ComputerRole, &["computerrole"]),
    (Role::ClientVersion, &["clientversion"]),
    (Role::Groups, &["groups", "targetgroup", "groupof", "requestedtargetgroupname", "group"]),
    (Role::LastSync, &["lastsynctime", "lastsync", "lastcontact"]),
    (
        Role::LastStatus,
        &["lastreportedstatustime", "laststatus", "laststatusreport", "lastreportedstatus", "lastreport"],
    ),
    (Role::LastLogon, &["lastlogondate"]),
    (Role::Sid, &["sid"]),
    (Role::Enabled, &["enabled"]),
    (Role::DistinguishedName, &["distinguishedname"]),
    (Role::ParentServer, &["parentserver", "parentserverid"]),
    (Role::Serial, &["serialnumber", "serial"]),
    (Role::Description, &["description"]),
    (Role::Location, &["location"]),
    (Role::ManagedBy, &["managedby"]),
    (Role::UpdateId, &["updateid", "updateguid"]),
    (Role::Revision, &["revision", "revisionnumber"]),
    (
        Role::Kb,
        &[
            "kb",
            "updatekb",
            "kbarticle",
            "kbnumbers",
            "kbnumber",
            "knowledgebasearticles",
            "knowledgebasearticle",
            "articleid",
            "hotfixid",
            "fixnumber",
            "kbarticleid",
            "article",
        ],
    ),
    (Role::Title, &["title", "updatetitle", "defaulttitle", "nombrekb", "update", "updatename"]),
    (Role::Severity, &["msrcseverity", "severity", "criticidad"]),
    (Role::Classification, &["updateclassificationtitle", "classification"]),
    (Role::Products, &["products", "producttitles", "product"]),
    (Role::Created, &["created", "creationdate", "releasedate"]),
    (Role::Arrived, &["arrived", "arrivaldate"]),
    (Role::IsApproved, &["isapproved"]),
    (Role::IsDeclined, &["isdeclined"]),
    (Role::IsSuperseded, &["issuperseded"]),
    (Role::Publication, &["publicationstate"]),
    (Role::SupersededBy, &["supersededbyupdateid", "supersededby"]),
    (
        Role::State,
        &[
            "updateinstallationstate",
            "state",
            "status",
            "estado",
            "friendlystate",
            "updatestate",
            "summarizationstate",
            "installationstate",
        ],
    ),
    (Role::Approval, &["updateapprovalaction", "approval", "approved", "action", "approvalaction"]),
    (Role::InstalledAt, &["installedat", "installdate", "installedon", "installdatetime"]),
];

/// Which column means what, by header text, so that a shuffled file still fits.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mapping {
    /// Header of the column that holds each role.
    pub columns: BTreeMap<Role, String>,
}

impl Mapping {
    /// Guesses from a header. A role goes to the column with its most telling synonym; a column gets one role.
    pub fn guess(header: &[String]) -> Mapping {
        let folded: Vec<String> = header.iter().map(|name| fold_header(name)).collect();
        let mut found: Vec<(usize, Role, usize)> = Vec::new();
        for (role, names) in SYNONYMS {
            for (rank, name) in names.iter().enumerate() {
                if let Some(column) = folded.iter().position(|f| f == name) {
                    found.push((rank, *role, column));
                }
            }
        }
        found.sort_by_key(|&(rank, role, _)| (rank, role));
        let mut mapping = Mapping::default();
        let mut taken = vec![false; header.len()];
        for (_, role, column) in found {
            if !taken[column] && !mapping.columns.contains_key(&role) {
                taken[column] = true;
                mapping.columns.insert(role, header[column].clone());
            }
        }
        // A bare "Id" beside a computer's name is the computer's; alone it could be anything's.
        if let Some(column) = folded.iter().position(|name| name == "id")
            && !mapping.has(Role::ComputerId)
            && mapping.has(Role::Host)
        {
            mapping.columns.insert(Role::ComputerId, header[column].clone());
        }
        mapping
    }

    /// Whether a role has a column.
    pub fn has(&self, role: Role) -> bool {
        self.columns.contains_key(&role)
    }

    /// The index of a role's column in a header, the text compared folded.
    pub fn index_in(&self, header: &[String], role: Role) -> Option<usize> {
        let wanted = fold_header(self.columns.get(&role)?);
        header.iter().position(|name| fold_header(name) == wanted)
    }

    /// Gives a role to a column.
    pub fn set(&mut self, role: Role, column: &str) {
        self.columns.retain(|_, name| name != column);
        self.columns.insert(role, column.to_owned());
    }

    /// The role of a column, if it has one.
    pub fn role_of(&self, column: &str) -> Option<Role> {
        self.columns.iter().find(|(_, name)| *name == column).map(|(role, _)| *role)
    }

    /// Whether a row can name a computer.
    pub fn names_computer(&self) -> bool {
        self.has(Role::Host) || self.has(Role::Fqdn) || self.has(Role::ComputerId)
    }

    /// Whether a row can name an update.
    pub fn names_update(&self) -> bool {
        self.has(Role::UpdateId) || self.has(Role::Kb) || self.has(Role::Title)
    }
}

/// Folds a column name for comparison: lower case, letters and digits only.
pub fn fold_header(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether some role is known under this folded column name.
pub(super) fn is_known_header(folded: &str) -> bool {
    SYNONYMS.iter().any(|(_, names)| names.contains(&folded))
}

/// A fingerprint of a header, the same for any order of its columns: the first 16 hexadecimal digits of a SHA-256.
pub fn fingerprint(header: &[String]) -> String {
    let mut names: Vec<String> = header.iter().map(|name| fold_header(name)).collect();
    names.sort();
    let mut hash = FileHasher::default();
    for name in &names {
        hash.add(&(name.len() as u64).to_be_bytes());
        hash.add(name.as_bytes());
    }
    hex(&hash.finish()[..8])
}
