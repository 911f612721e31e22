//! Text files that are no tables: XML, JSON, and what command-line tools print.
//!
//! Owns their marks. It never parses them: a root element or a few keys are enough for a name.

use super::Foreign;

/// Whether decoded text is really bytes of something else.
pub(super) fn is_binary(text: &str) -> bool {
    let (mut odd, mut all) = (0_usize, 0_usize);
    for c in text.chars().take(16 * 1024) {
        all += 1;
        odd += usize::from(
            (c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{1b}')) || c == '\u{fffd}',
        );
    }
    odd * 20 > all
}

/// What a text is, and what gave it away.
pub(super) fn recognise(text: &str) -> Option<(Foreign, &'static str)> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    match text.chars().next()? {
        '<' => return Some(xml(text)),
        '{' | '[' => {
            if let Some(found) = json(text) {
                return Some(found);
            }
        }
        _ => {}
    }
    if text.starts_with("#model_version:") {
        return Some((Foreign::Epss, "its first line #model_version"));
    }
    if text.starts_with("#< CLIXML") {
        return Some((Foreign::PowerShellErrors, "its first line #< CLIXML"));
    }
    let lines: Vec<&str> =
        text.lines().map(str::trim_end).filter(|line| !line.is_empty()).take(400).collect();
    if lines.iter().any(|line| line.contains("[upgradable from:")) || text.starts_with("Listing...") {
        return Some((Foreign::Apt, "its lines [upgradable from: …]"));
    }
    if lines.iter().any(|line| line.split_whitespace().nth(1).is_some_and(|word| word.ends_with("/Sec."))) {
        return Some((Foreign::Dnf, "its column …/Sec."));
    }
    if is_winget(&lines) {
        return Some((Foreign::Winget, "a rule of dashes under Name, Id, Version"));
    }
    if lines.iter().take(3).any(|line| line.contains("HotFixID  ") && line.contains("InstalledOn")) {
        return Some((Foreign::WmicQfe, "its columns HotFixID and InstalledOn, held apart by blanks"));
    }
    if is_system_info(&lines) {
        return Some((Foreign::SystemInfo, "its labels with a Windows version and [01]:"));
    }
    is_redirected(&lines).then_some((Foreign::RedirectedTable, "a table drawn with blanks and dashes"))
}

/// The root element decides.
fn xml(text: &str) -> (Foreign, &'static str) {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    for _ in 0..50 {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Start(start) | quick_xml::events::Event::Empty(start)) => {
                let name = start.local_name();
                let is_html = name.as_ref().eq_ignore_ascii_case("html");
                return match name.as_ref() {
                    "Objs" => (clixml(text), "its root element Objs"),
                    "cvrfdoc" => (Foreign::Cvrf, "its root element cvrfdoc"),
                    "nmaprun" => (Foreign::Nmap, "its root element nmaprun"),
                    "NessusClientData_v2" => (Foreign::Nessus, "its root element NessusClientData_v2"),
                    "ExportPackage" => (Foreign::WsusExport, "its root element ExportPackage"),
                    "report" if text.contains("<gmp") || text.contains("nvt oid") => {
                        (Foreign::OpenVas, "its root element report")
                    }
                    _ if is_html => (Foreign::WebPage, "its root element html"),
                    _ => (Foreign::Xml, "its angle brackets"),
                };
            }
            Ok(quick_xml::events::Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    (Foreign::Xml, "its angle brackets")
}

fn clixml(text: &str) -> Foreign {
    if text.contains("UpdateServices") { Foreign::WsusClixml } else { Foreign::Clixml }
}

/// A few keys decide.
fn json(text: &str) -> Option<(Foreign, &'static str)> {
    let has = |key: &str| text.contains(key);
    Some(if has("\"catalogVersion\"") && has("\"$schema\"") {
        (Foreign::KevSchema, "its keys $schema and catalogVersion")
    } else if has("\"catalogVersion\"") && has("\"vulnerabilities\"") {
        (Foreign::Kev, "its keys catalogVersion and vulnerabilities")
    } else if has("\"csaf_version\"") {
        (Foreign::Csaf, "its key csaf_version")
    } else if has("\"NVD_CVE\"") {
        (Foreign::Nvd, "its format NVD_CVE")
    } else if has("\"cveMetadata\"") {
        (Foreign::CveRecord, "its key cveMetadata")
    } else if has("\"DocumentTitle\"") && (has("\"ProductTree\"") || has("\"DocumentTracking\"")) {
        (Foreign::Cvrf, "its keys DocumentTitle and ProductTree")
    } else if has("\"@odata.context\"") {
        (Foreign::Json, "its key @odata.context")
    } else if text.starts_with('{') && has("\":") || text.starts_with("[{") || text.starts_with("[\n") {
        (Foreign::Json, "its braces and keys")
    } else {
        return None;
    })
}

fn is_winget(lines: &[&str]) -> bool {
    lines.windows(2).take(20).any(|pair| {
        let words: Vec<&str> = pair[0].split_whitespace().collect();
        let rule = pair[1].len() > 20 && pair[1].bytes().all(|b| b == b'-');
        rule && words.len() >= 4 && pair[0].contains("  ") && !pair[0].contains(',')
    })
}

/// Eight labels, a Windows version, and hotfixes or network cards in numbered lines: true in every language.
fn is_system_info(lines: &[&str]) -> bool {
    let labels = lines
        .iter()
        .filter(|line| {
            line.split_once(':').is_some_and(|(label, rest)| label.len() < 60 && rest.starts_with("  "))
        })
        .count();
    let version = lines.iter().take(6).any(|line| {
        line.split_whitespace().any(|word| {
            let parts: Vec<&str> = word.split('.').collect();
            parts.len() == 3
                && matches!(parts[0], "6" | "10")
                && parts[2].len() >= 4
                && parts[2].parse::<u32>().is_ok()
        })
    });
    let numbered = lines.iter().any(|line| line.trim_start().starts_with("[01]"));
    labels >= 8 && version && numbered
}

/// Words over groups of dashes held apart by blanks: what PowerShell draws on a screen.
fn is_redirected(lines: &[&str]) -> bool {
    lines.windows(2).take(10).any(|pair| {
        let groups: Vec<&str> = pair[1].split_whitespace().collect();
        groups.len() >= 2
            && groups.iter().all(|group| group.len() >= 2 && group.bytes().all(|b| b == b'-'))
            && pair[1].contains("- ")
            && !pair[0].contains(['"', ';'])
    })
}
