//! Tables by their columns.
//!
//! Owns the columns that give a table away. Tables that are not read are tested first, so that a summary with a `Status`
//! column is never mistaken for a list of states.

use crate::import::identity::fold_guid;
use crate::import::mapping::{Mapping, Role, fold_header};

use super::{FileKind, Foreign, SURE};

/// A table known by its columns: how many of these must be there.
struct Signature {
    foreign: Foreign,
    columns: &'static [&'static str],
    needed: usize,
}

const fn all(foreign: Foreign, columns: &'static [&'static str]) -> Signature {
    Signature { foreign, columns, needed: columns.len() }
}

/// Tables that give no patch state, the most telling first. Columns are folded. Source: `formats.md` 1.2 to 3.
const SIGNATURES: &[Signature] = &[
    all(Foreign::FormatTable, &["pageheaderentry", "pagefooterentry", "autosizeinfo"]),
    all(Foreign::WsusUpdates, &["computersneedingthisupdate", "updateid"]),
    all(Foreign::Superseded, &["updateid", "title", "lastlevel"]),
    Signature {
        foreign: Foreign::Summary,
        columns: &[
            "notinstalledcount",
            "installedcount",
            "failedcount",
            "unknowncount",
            "neededcount",
            "downloadedcount",
            "notapplicablecount",
        ],
        needed: 2,
    },
    all(Foreign::Summary, &["totalmissingupdates", "compliance"]),
    all(Foreign::Summary, &["pendingupdates", "lastsync"]),
    all(Foreign::ApprovalList, &["approvalstatus", "approvaldate"]),
    all(Foreign::HotFix, &["hotfixid", "installedon"]),
    all(Foreign::HotFix, &["hotfixid", "installedby"]),
    all(Foreign::HotFix, &["hotfixid", "description"]),
    all(Foreign::Kev, &["cveid", "vendorproject", "dateadded"]),
    all(Foreign::Epss, &["cve", "epss"]),
    all(Foreign::MsrcGuide, &["maxseverity", "article", "supercedence"]),
    all(Foreign::WesNg, &["dateposted", "bulletinkb", "supersedes"]),
    all(Foreign::Nessus, &["plugin", "pluginname", "family"]),
    all(Foreign::Nessus, &["pluginid", "risk", "pluginoutput"]),
    all(Foreign::OpenVas, &["nvtname", "nvtoid", "qod"]),
    all(Foreign::OpenVas, &["nvtname", "nvtoid", "cves"]),
    all(Foreign::Qualys, &["cve", "qid", "assetname"]),
    all(Foreign::Intune, &["devicename", "osversion", "compliance", "enrollmentdate"]),
    all(Foreign::Intune, &["policyid", "devicename", "upn"]),
    all(Foreign::UpdateHistory, &["operationname", "result", "title"]),
    all(Foreign::Lansweeper, &["assetname", "assetunique"]),
    all(Foreign::RolesMatrix, &["activity", "pc", "pa", "ss"]),
    all(Foreign::DecisionTable, &["inkev", "publiclyexposed", "automatable", "outcome"]),
    all(Foreign::Servicing, &["securityupdatesend", "esuend", "product"]),
    all(Foreign::Servicing, &["cycle", "eol"]),
];

/// Whether a folded column name gives some table away.
pub(super) fn is_known(folded: &str) -> bool {
    SIGNATURES.iter().any(|signature| signature.columns.contains(&folded))
}

/// What a table is, how sure that is in percent, and why.
pub(super) fn kind_of(
    type_line: Option<&str>,
    columns: &[String],
    mapping: &Mapping,
) -> (FileKind, u8, String) {
    let folded: Vec<String> = columns.iter().map(|name| fold_header(name)).collect();
    let has = |name: &str| folded.iter().any(|column| column == name);
    if folded.first().is_some_and(|name| name.starts_with("classid2e4f51ef21dd47e99d3c952918aff9cd")) {
        return foreign(Foreign::FormatTable, "the class ids of Format-Table".to_owned());
    }
    for signature in SIGNATURES {
        let found: Vec<&str> = signature.columns.iter().copied().filter(|name| has(name)).collect();
        if found.len() >= signature.needed && !states_beside(mapping, signature.foreign) {
            return foreign(signature.foreign, format!("its columns {}", named(columns, &found)));
        }
    }
    if let Some(found) = type_line.and_then(|name| by_type(name, mapping)) {
        return found;
    }
    kind_of_roles(columns, mapping)
}

/// A list of installed hotfixes may carry a state of its own, and is then a list of states.
fn states_beside(mapping: &Mapping, foreign: Foreign) -> bool {
    foreign == Foreign::HotFix
        && mapping.columns.get(&Role::State).is_some_and(|name| fold_header(name).contains("state"))
}

fn by_type(name: &str, mapping: &Mapping) -> Option<(FileKind, u8, String)> {
    let is = |tail: &str| name.ends_with(tail);
    let kind = if is("Commands.WsusComputer") || is("BaseApi.ComputerTarget") {
        FileKind::Computers
    } else if is("Commands.WsusUpdate") {
        FileKind::Foreign(Foreign::WsusUpdates)
    } else if is("BaseApi.Update") && !mapping.has(Role::UpdateId) {
        FileKind::Foreign(Foreign::UpdatesWithoutIds)
    } else if is("BaseApi.Update") {
        FileKind::Updates
    } else if is("BaseApi.UpdateSummary") {
        FileKind::Foreign(Foreign::Summary)
    } else if is("ActiveDirectory.Management.ADComputer") {
        FileKind::Directory
    } else {
        return None;
    };
    Some((kind, 100, format!("its type line {name}")))
}

/// What a table is by the roles of its columns.
pub(super) fn kind_of_roles(columns: &[String], mapping: &Mapping) -> (FileKind, u8, String) {
    let has = |name: &str| columns.iter().any(|column| fold_header(column) == name);
    let why = |roles: &[Role]| {
        let names: Vec<&str> =
            roles.iter().filter_map(|role| mapping.columns.get(role)).map(String::as_str).collect();
        format!("its columns {}", names.join(", "))
    };
    // A bare "Name" may be an update's; something else about a computer must stand beside it.
    let bare_name = mapping.columns.get(&Role::Host).is_some_and(|name| fold_header(name) == "name")
        && ![Role::ComputerId, Role::Fqdn, Role::Ip, Role::LastStatus, Role::LastSync]
            .iter()
            .any(|role| mapping.has(*role));
    let exact_state = !bare_name
        && mapping.columns.get(&Role::State).is_some_and(|name| {
            let name = fold_header(name);
            name.contains("state") || name == "status" || name == "estado"
        });
    if mapping.has(Role::SupersededBy) && mapping.has(Role::UpdateId) && columns.len() <= 4 {
        return (FileKind::Supersedence, 100, why(&[Role::UpdateId, Role::SupersededBy]));
    }
    if has("legacyname") && has("msrcseverity") && has("issuperseded") && !mapping.has(Role::UpdateId) {
        return foreign(
            Foreign::UpdatesWithoutIds,
            "its columns LegacyName, MsrcSeverity, IsSuperseded".to_owned(),
        );
    }
    let computer = mapping.names_computer();
    if computer && mapping.names_update() && mapping.has(Role::State) {
        let by_id = mapping.has(Role::ComputerId) && mapping.has(Role::UpdateId) && !mapping.has(Role::Title);
        let kind = if by_id && !mapping.has(Role::Host) { FileKind::StateIds } else { FileKind::States };
        let why = why(&[Role::Host, Role::ComputerId, Role::UpdateId, Role::Kb, Role::Title, Role::State]);
        return (kind, if exact_state { 100 } else { 60 }, why);
    }
    if mapping.has(Role::UpdateId) && mapping.has(Role::Title) && !computer {
        return (FileKind::Updates, 100, why(&[Role::UpdateId, Role::Title]));
    }
    if mapping.has(Role::DistinguishedName) && computer {
        return (FileKind::Directory, 100, why(&[Role::DistinguishedName, Role::Host, Role::Fqdn]));
    }
    let contact = mapping.has(Role::LastStatus) || mapping.has(Role::LastSync);
    if computer && mapping.has(Role::State) && (has("updateinstallationstate") || has("updateapprovalaction"))
    {
        return (FileKind::OneUpdate, 100, why(&[Role::Host, Role::State]));
    }
    if computer && contact && !mapping.names_update() && !mapping.has(Role::State) {
        let sure = has("fulldomainname") || has("computertargetid") || has("clientversion");
        return (
            FileKind::Computers,
            if sure { 100 } else { 70 },
            why(&[Role::Host, Role::LastSync, Role::LastStatus]),
        );
    }
    if computer && (mapping.has(Role::Kb) || mapping.has(Role::UpdateId)) {
        return (FileKind::PairList, SURE, why(&[Role::Host, Role::Kb, Role::UpdateId]));
    }
    let known = mapping.columns.len();
    let confidence = if computer || mapping.names_update() { 50 } else { 10 };
    (FileKind::Table, confidence, format!("{known} of its {} columns have a known name", columns.len()))
}

/// A table without a header: the shapes of its values decide.
pub(super) fn headerless(rows: &[Vec<String>]) -> (Foreign, &'static str) {
    let Some(row) = rows.first() else { return (Foreign::PlainText, "it has no rows") };
    let number = |cell: &String| !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit());
    let dated = row.iter().filter(|cell| cell.len() >= 19 && cell.as_bytes()[4] == b'-').count();
    let address = row.iter().any(|cell| cell.parse::<std::net::IpAddr>().is_ok());
    if row.len() >= 3
        && number(&row[0])
        && (dated >= 2 && address || row.len() == 3 && row.iter().all(number))
    {
        return (Foreign::SusdbDump, "numbers of computers, times and addresses without a header");
    }
    if row.len() == 4 && row[3] == "." && fold_guid(&row[0]).is_some() && number(&row[1]) && number(&row[2]) {
        return (Foreign::ExportProgress, "its lines of finished computers");
    }
    (Foreign::Headerless, "its first rows are values, none is a header")
}

fn foreign(foreign: Foreign, why: String) -> (FileKind, u8, String) {
    (FileKind::Foreign(foreign), 100, why)
}

/// The columns as the file writes them.
fn named(columns: &[String], folded: &[&str]) -> String {
    let names: Vec<&str> = columns
        .iter()
        .filter(|name| folded.contains(&fold_header(name).as_str()))
        .map(String::as_str)
        .collect();
    names.join(", ")
}
