//! What is said about files that no patch state is read from.
//!
//! Owns their names and one sentence each: what it is, why it gives no patch states, what to export instead. It never reads
//! a file.

use serde::{Deserialize, Serialize};

macro_rules! foreign {
    ($($(#[$doc:meta])* $variant:ident: $name:literal, $sentence:literal;)*) => {
        /// A file that is known, and that no patch state is read from.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Foreign {
            $($(#[$doc])* $variant,)*
        }

        impl Foreign {
            /// Its name for people, in a few words.
            pub fn name(self) -> &'static str {
                match self { $(Foreign::$variant => $name,)* }
            }

            /// What it is, why it gives no patch states, and what to export instead.
            pub fn sentence(self) -> &'static str {
                match self { $(Foreign::$variant => $sentence,)* }
            }
        }
    };
}

foreign! {
    /// No bytes, or only blanks.
    Empty: "empty file",
        "There is nothing in this file; the export may have failed or found no rows, so run it again.";
    /// Unknown bytes.
    Binary: "unknown binary file",
        "These bytes are no text and no format known here; choose the CSV files of an export instead.";
    /// Text without columns.
    PlainText: "plain text",
        "This is text without columns; export the states as CSV with Export-Csv or with the Patchbook export script.";
    /// A table without a header.
    Headerless: "table without a header",
        "The first rows are values and no row names the columns; export again with a header row.";
    /// More columns than any table has.
    TooWide: "table with too many columns",
        "Its first line has more than 1000 columns, so the bytes are no table of rows; export the states as CSV again.";
    /// `progress.txt` of our own script.
    ExportProgress: "progress of an unfinished Patchbook export",
        "The export has not finished: run Export-Patchbook.ps1 again with the same folder, then import the folder.";
    /// Program.
    Executable: "program",
        "This is a program, and nothing in it is read or run; choose the CSV files of an export instead.";
    /// Picture.
    Image: "picture",
        "A picture holds no rows; export the same list as CSV.";
    /// Windows event log.
    EventLog: "Windows event log",
        "An event log tells what happened on one machine, not which updates it needs; export the states from WSUS as CSV.";
    /// PDF.
    Pdf: "PDF document",
        "A PDF is made for reading and its table cannot be taken out safely; in the WSUS console use the Excel button, or better run the Patchbook export script.";
    /// Word or RTF.
    Document: "text document",
        "A text document holds no rows; export the list as CSV.";
    /// New Excel workbook.
    Xlsx: "Excel workbook",
        "Workbooks are not read yet; open it, choose Save As “CSV UTF-8” and import that file.";
    /// Old Excel workbook or other OLE file.
    Xls: "old Excel workbook",
        "Workbooks are not read yet; open it, choose Save As “CSV UTF-8” and import that file.";
    /// Archive.
    Zip: "archive",
        "Archives are not opened; unpack it first and choose the files inside.";
    /// Gzip of something else.
    Gzip: "compressed file",
        "Compressed files are not opened; unpack it and choose the file inside.";
    /// Cabinet.
    Cab: "cabinet file",
        "A cabinet such as wsusscn2.cab or a wsusutil export carries update metadata for another server: no computers and no states; run the Patchbook export script on the WSUS server.";
    /// `wsusutil export` metadata.
    WsusExport: "wsusutil export",
        "This is update metadata for another WSUS server: no computers, no states and no approvals are in it; run the Patchbook export script on the WSUS server.";
    /// A register of ours.
    Patchbook: "Patchbook file",
        "This is a Patchbook file itself; open it instead of importing it.";
    /// Another database file.
    Sqlite: "SQLite database",
        "This is a database of another program; export the rows you need from it as CSV.";
    /// `Format-Table | Export-Csv`.
    FormatTable: "Format-Table output saved as CSV",
        "Format-Table was put before Export-Csv, so only layout marks were saved and no data; leave Format-Table (ft) out and export again.";
    /// `Get-WsusComputer > x.txt`.
    RedirectedTable: "table drawn for the screen",
        "This is screen output with cut-off values; use Export-Csv -Encoding UTF8 instead of > to save it.";
    /// `Get-WsusUpdate | Export-Csv`.
    WsusUpdates: "Get-WsusUpdate list",
        "Get-WsusUpdate saves counts per update without title and KB and names no computer; run the Patchbook export script, which writes the state of each update on each computer.";
    /// `$wsus.GetUpdates() | Export-Csv`.
    UpdatesWithoutIds: "GetUpdates list",
        "GetUpdates saves titles but loses the identifiers and names no computer; run the Patchbook export script, which writes the state of each update on each computer.";
    /// Counts per computer or per update.
    Summary: "summary counts",
        "These are counts per computer or per update, and counts cannot say which update is missing where; export the single states, best with the Patchbook export script.";
    /// List of approvals.
    ApprovalList: "list of update approvals",
        "This lists which updates were approved and names no computer; export the single states, best with the Patchbook export script.";
    /// Microsoft's list of superseded updates.
    Superseded: "SupersededUpdates list",
        "This lists updates that newer ones replace and names no computer; the Patchbook export script writes supersedence beside the states.";
    /// Headerless SUSDB dump.
    SusdbDump: "SUSDB dump without a header",
        "This database dump has no header and numbers computers in a way that is true on one server only; export the states by name, best with the Patchbook export script.";
    /// `Get-WsusComputer | Export-Clixml` and the like.
    WsusClixml: "PowerShell XML of WSUS objects",
        "PowerShell XML is not read yet; use Export-Csv -Encoding UTF8 for the computers and the Patchbook export script for the states.";
    /// Other Clixml.
    Clixml: "PowerShell XML",
        "PowerShell XML is not read; use Export-Csv -Encoding UTF8 instead of Export-Clixml.";
    /// Captured error stream.
    PowerShellErrors: "captured PowerShell messages",
        "This is what PowerShell printed as progress and errors, not data; run the export again and look at its messages.";
    /// `Get-HotFix | Export-Csv`.
    HotFix: "Get-HotFix list",
        "Get-HotFix shows what is installed and can never show what is missing; export the states from WSUS, best with the Patchbook export script.";
    /// `wmic qfe list`.
    WmicQfe: "wmic qfe list",
        "wmic qfe shows what is installed and can never show what is missing; export the states from WSUS, best with the Patchbook export script.";
    /// `systeminfo`.
    SystemInfo: "systeminfo output",
        "systeminfo describes one machine and the hotfixes it has, never what it misses; export the states from WSUS, best with the Patchbook export script.";
    /// History of `PSWindowsUpdate`.
    UpdateHistory: "Windows Update history",
        "A history tells what was once tried on a machine, not what it misses now; export the states from WSUS, best with the Patchbook export script.";
    /// KEV catalogue.
    Kev: "CISA catalogue of exploited vulnerabilities",
        "This is threat data, not patch states: which vulnerabilities are exploited. Choose it by itself in Import to load it, or use patchbook-cli threat load.";
    /// JSON schema of KEV.
    KevSchema: "schema of the CISA catalogue",
        "This describes the layout of the CISA catalogue and has no entries; nothing in it concerns your machines.";
    /// EPSS scores.
    Epss: "EPSS scores",
        "This is threat data, not patch states: how likely each vulnerability is exploited. Choose it by itself in Import to load it, or use patchbook-cli threat load.";
    /// MSRC CVRF.
    Cvrf: "Microsoft security release (CVRF)",
        "This is threat data, not patch states: which KB fixes which vulnerability. Choose it by itself in Import to load it, or use patchbook-cli threat load.";
    /// CSAF or VEX.
    Csaf: "security advisory (CSAF)",
        "This is threat data, not patch states: one vulnerability and its fixes. Choose it by itself in Import to load it, or use patchbook-cli threat load.";
    /// NVD.
    Nvd: "NVD vulnerability list",
        "This is threat data, not patch states: vulnerabilities and their scores. Choose it by itself in Import to load it, or use patchbook-cli threat load.";
    /// CVE records, with CISA's Vulnrichment.
    CveRecord: "CVE record",
        "This is threat data, not patch states: one vulnerability with CISA's decision points. Choose it by itself in Import to load it, or use patchbook-cli threat load.";
    /// MSRC update guide download.
    MsrcGuide: "Microsoft update guide download",
        "This is threat data, not patch states: which KB fixes which vulnerability. Choose it by itself in Import to load it, or use patchbook-cli threat load.";
    /// WES-NG definitions.
    WesNg: "WES-NG definitions",
        "This is threat data, not patch states: which KB fixes which vulnerability and what it replaces. Choose it by itself in Import to load it, or use patchbook-cli threat load.";
    /// nmap XML.
    Nmap: "nmap scan",
        "A port scan finds machines but cannot see their updates; export the states from WSUS, best with the Patchbook export script.";
    /// Nessus.
    Nessus: "Nessus scan",
        "This is a second opinion, not patch states: what a scanner found. Choose it by itself in Import to load it, or use patchbook-cli threat load.";
    /// Greenbone, once `OpenVAS`.
    OpenVas: "OpenVAS scan",
        "This is a second opinion, not patch states: what a scanner found. Choose it by itself in Import to load it, or use patchbook-cli threat load.";
    /// Qualys.
    Qualys: "Qualys scan",
        "Findings of a scanner are not read yet; export the states from WSUS, best with the Patchbook export script.";
    /// Intune.
    Intune: "Intune report",
        "Intune reports are not read yet; for machines that WSUS serves export the states with the Patchbook export script.";
    /// Lansweeper.
    Lansweeper: "Lansweeper report",
        "A Lansweeper asset list is not read yet; export computers with Get-ADComputer and states from WSUS.";
    /// apt.
    Apt: "apt list of upgradable packages",
        "Package lists of Linux machines are not read yet, and this one does not name its machine; record that machine by hand.";
    /// dnf or yum.
    Dnf: "dnf list of advisories",
        "Package lists of Linux machines are not read yet, and this one does not name its machine; record that machine by hand.";
    /// winget.
    Winget: "winget upgrade list",
        "winget lists newer programs for one unnamed machine and knows nothing of Windows updates; export the states from WSUS.";
    /// Responsibility matrix.
    RolesMatrix: "responsibility matrix",
        "This says who does what and lists no computer; import the states of your computers from WSUS.";
    /// Decision table.
    DecisionTable: "decision table for deadlines",
        "This is a table of deadline rules and lists no computer; those of CISA are adopted as the rule set bod-26-04, in the \
         settings or with patchbook-cli deadline adopt.";
    /// End of servicing.
    Servicing: "end-of-servicing dates",
        "These are dates when products stop getting updates and no computer is listed; load them as a table of support ends: \
         patchbook-cli support load.";
    /// Web page.
    WebPage: "web page",
        "This is a web page, perhaps an error page saved in place of the export; export the list as CSV.";
    /// Other XML.
    Xml: "XML file",
        "This XML is no format known here; export the list as CSV.";
    /// Other JSON.
    Json: "JSON file",
        "This JSON is no format known here; export the list as CSV.";
}
