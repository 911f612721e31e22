//! What kind of software an update is for, by its class, its products and its title. Some rule sets tell five kinds apart; no source
//! says it, so it is read off names and can be wrong: where nothing fits it is an other application.

use super::Software;
use crate::domain::update::{Classification, Update};
use crate::util::text::fold;

/// Each kind with the words that mark it, in the order in which they are tried.
const WORDS: [(Software, &[&str]); 4] = [
    (Software::Firmware, &["firmware", "bios", "uefi", "driver", "drivers", "idrac", "ilo", "microcode"]),
    (
        Software::Office,
        &[
            "office",
            "outlook",
            "excel",
            "powerpoint",
            "onenote",
            "microsoft 365",
            "edge",
            "chrome",
            "firefox",
            "opera",
            "safari",
            "internet explorer",
            "browser",
            "thunderbird",
            "acrobat",
            "reader",
            "pdf",
            "defender",
            "antivirus",
            "endpoint protection",
            "libreoffice",
        ],
    ),
    (
        Software::Service,
        &[
            "exchange",
            "sharepoint",
            "iis",
            "apache",
            "nginx",
            "tomcat",
            "wordpress",
            "confluence",
            "gitlab",
            "citrix",
            "gateway",
            "vpn",
            "adfs",
            "openvpn",
        ],
    ),
    (
        Software::System,
        &[
            "windows",
            "linux",
            "ubuntu",
            "debian",
            "red hat",
            "rhel",
            "suse",
            "centos",
            "rocky",
            "alma",
            "esxi",
            "vmware",
            "proxmox",
            "hyper-v",
            "macos",
            "ios",
            "ipados",
            "android",
            "fortios",
            "junos",
            "pan-os",
            "routeros",
            "kernel",
            "servicing stack",
        ],
    ),
];

/// The kind of software that an update is for.
pub fn software(update: &Update) -> Software {
    if update.classification == Classification::Driver {
        return Software::Firmware;
    }
    // What it is for says more than its title, which names Windows for much that only runs on it.
    let of_products = update.products.iter().find_map(|product| kind(product));
    of_products.or_else(|| kind(&update.title)).unwrap_or(Software::Other)
}

fn kind(name: &str) -> Option<Software> {
    let name = fold(name);
    let words: Vec<&str> =
        name.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()).collect();
    let marked = |mark: &&str| {
        let mark: Vec<&str> = mark.split(' ').collect();
        words.windows(mark.len()).any(|part| part == mark)
    };
    WORDS.iter().find(|(_, marks)| marks.iter().any(marked)).map(|&(kind, _)| kind)
}
