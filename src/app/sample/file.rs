//! The bytes of one sample export: the same files, in the same form, as `Export-Patchbook.ps1` writes.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use super::story::Export;
use crate::util::clock::{DAY_SECS, iso};
use crate::util::file::write_whole;

pub(super) fn write(folder: &Path, export: &Export) -> io::Result<()> {
    let files = [
        ("computers.csv", computers(export)),
        ("updates.csv", updates(export)),
        ("states.csv", states(export)),
        ("supersedence.csv", supersedence(export)),
    ];
    let mut counts = serde_json::Map::new();
    for (name, (rows, text)) in &files {
        counts.insert((*name).to_owned(), (*rows).into());
        write_whole(&folder.join(name), text.as_bytes())?;
    }
    let manifest = serde_json::json!({
        "patchbook_export": 1,
        "script_version": "1.0",
        "server": "wsus.tidewater.example",
        "culture": "en-GB",
        "started": iso(export.made_at - 900),
        "finished": iso(export.made_at),
        "scope": "all_but_not_applicable",
        "complete": true,
        "files": counts,
        "last_sync": iso(export.made_at - DAY_SECS / 4),
        "last_sync_result": "Succeeded",
        "products": export.products,
        "classifications": ["Critical Updates", "Definition Updates", "Drivers", "Security Updates", "Update Rollups"],
    });
    let text = format!("\u{feff}{manifest:#}\r\n");
    write_whole(&folder.join("manifest.json"), text.as_bytes())
}

struct Sheet {
    rows: u64,
    text: String,
}

impl Sheet {
    fn new(header: &[&str]) -> Self {
        let mut sheet = Self { rows: 0, text: "\u{feff}".to_owned() };
        sheet.line(header.iter().map(|cell| Some((*cell).to_owned())));
        sheet.rows = 0;
        sheet
    }

    /// As `Export-Csv` writes: every value in quotes, nothing at all for no value.
    fn line(&mut self, cells: impl IntoIterator<Item = Option<String>>) {
        for (place, cell) in cells.into_iter().enumerate() {
            if place > 0 {
                self.text.push(',');
            }
            if let Some(cell) = cell {
                let _infallible = write!(self.text, "\"{}\"", cell.replace('"', "\"\""));
            }
        }
        self.text.push_str("\r\n");
        self.rows += 1;
    }

    fn done(self) -> (u64, String) {
        (self.rows, self.text)
    }
}

fn computers(export: &Export) -> (u64, String) {
    let mut sheet = Sheet::new(&[
        "Id",
        "FullDomainName",
        "IPAddress",
        "Make",
        "Model",
        "OSDescription",
        "OSArchitecture",
        "OSVersion",
        "ComputerRole",
        "ClientVersion",
        "LastSync",
        "LastStatus",
        "Groups",
        "ParentServer",
    ]);
    for computer in &export.computers {
        let machine = &computer.machine;
        let role = if machine.os.contains("Server") { "Server" } else { "Workstation" };
        sheet.line([
            Some(computer.guid.clone()),
            Some(format!("{}.tidewater.example", machine.name.to_lowercase())),
            Some(machine.ip.clone()),
            Some(machine.make.clone()),
            Some(machine.model.clone()),
            Some(machine.os.clone()),
            Some("AMD64".to_owned()),
            Some(machine.os_version.clone()),
            Some(role.to_owned()),
            Some(machine.os_version.clone()),
            computer.sync_at.map(iso),
            computer.status_at.map(iso),
            Some(format!("All Computers|{}", machine.group)),
            Some(String::new()),
        ]);
    }
    sheet.done()
}

fn updates(export: &Export) -> (u64, String) {
    let mut sheet = Sheet::new(&[
        "UpdateId",
        "Revision",
        "Title",
        "KB",
        "MsrcSeverity",
        "UpdateClassificationTitle",
        "Products",
        "IsApproved",
        "IsDeclined",
        "IsSuperseded",
        "PublicationState",
        "Created",
        "Arrived",
    ]);
    for update in &export.updates {
        let flag = |on: bool| Some(if on { "True" } else { "False" }.to_owned());
        sheet.line([
            Some(update.guid.clone()),
            Some("200".to_owned()),
            Some(update.title.clone()),
            Some(update.kb.clone()),
            Some(update.product.severity.clone()),
            Some(update.product.classification.clone()),
            Some(update.product.product.clone()),
            flag(update.product.classification != "Drivers"),
            flag(false),
            flag(update.superseded),
            Some("Published".to_owned()),
            Some(iso(update.released_at)),
            Some(iso(update.released_at + 8 * 3600)),
        ]);
    }
    sheet.done()
}

fn states(export: &Export) -> (u64, String) {
    let mut sheet = Sheet::new(&["ComputerTargetId", "UpdateId", "State", "Approval", "InstalledAt"]);
    for line in &export.states {
        sheet.line([
            Some(line.computer.clone()),
            Some(line.update.clone()),
            Some(line.state.to_owned()),
            Some("Install".to_owned()),
            line.installed_at.map(iso),
        ]);
    }
    sheet.done()
}

fn supersedence(export: &Export) -> (u64, String) {
    let mut sheet = Sheet::new(&["UpdateId", "SupersededByUpdateId"]);
    for &(older, newer) in &export.supersedes {
        sheet.line([Some(export.updates[older].guid.clone()), Some(export.updates[newer].guid.clone())]);
    }
    sheet.done()
}
