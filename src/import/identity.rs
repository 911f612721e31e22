//! Names of computers: folding them to one form and saying whether two may be the same machine.
//!
//! Owns pure functions over text (`formats.md` section 7). It never looks at a register: matching is the plan's work.

mod index;

pub use index::{Found, NameIndex};

/// The longest `NetBIOS` name; longer host names are cut to it by older interfaces.
pub const NETBIOS_LEN: usize = 15;

/// A computer's name in comparable parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HostName {
    /// The name before the first dot, lower case, without a trailing `$`.
    pub short: String,
    /// The part after the first dot, lower case; empty for a bare name.
    pub domain: String,
    /// A `?` (or a replacement character) stands for a letter an export lost.
    pub damaged: bool,
}

/// Folds a name as any source writes it: `WS-1$`, `CORP\WS-1`, `\\WS-1`, `ws-1.corp.local.`, `ws-1:8530`.
pub fn fold_host(name: &str) -> HostName {
    let name = name.trim().trim_start_matches('\\');
    let name = name.rsplit('\\').next().unwrap_or(name);
    let name = match name.rsplit_once(':') {
        Some((host, port))
            if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) && !host.contains(':') =>
        {
            host
        }
        _ => name,
    };
    let name = name.trim_end_matches('.').to_lowercase();
    let damaged = name.contains(['?', '\u{fffd}']);
    // An address is not a name with a domain.
    if name.parse::<std::net::IpAddr>().is_ok() {
        return HostName { short: name, domain: String::new(), damaged };
    }
    let (short, domain) = name.split_once('.').unwrap_or((&name, ""));
    HostName { short: short.trim_end_matches('$').to_owned(), domain: domain.to_owned(), damaged }
}

impl HostName {
    /// The full name: `short.domain`, or the short one alone.
    pub fn full(&self) -> String {
        if self.domain.is_empty() { self.short.clone() } else { format!("{}.{}", self.short, self.domain) }
    }

    /// The name as `NetBIOS` cuts it.
    pub fn netbios(&self) -> &str {
        let end = self.short.char_indices().nth(NETBIOS_LEN).map_or(self.short.len(), |(at, _)| at);
        &self.short[..end]
    }
}

/// How far two names agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// Different machines.
    None,
    /// The same but for letters one of them lost to `?`: a person must confirm.
    Pattern,
    /// The same after the `NetBIOS` cut of one of them: only where no other machine fits.
    Cut,
    /// The same short name, one without a domain: only where no other machine fits.
    Short,
    /// The same full name, or the same bare name.
    Full,
}

/// How far two folded names agree. Names with different domains never do.
pub fn agreement(a: &HostName, b: &HostName) -> Agreement {
    if a.short.is_empty() || b.short.is_empty() {
        return Agreement::None;
    }
    if a.damaged || b.damaged {
        return if fits_pattern(&a.full(), &b.full())
            || (a.domain.is_empty() || b.domain.is_empty()) && fits_pattern(&a.short, &b.short)
        {
            Agreement::Pattern
        } else {
            Agreement::None
        };
    }
    if !a.domain.is_empty() && !b.domain.is_empty() && a.domain != b.domain {
        return Agreement::None;
    }
    if a.short == b.short {
        return if a.domain == b.domain { Agreement::Full } else { Agreement::Short };
    }
    let cut = |long: &HostName, short: &HostName| {
        short.domain.is_empty() && short.short.chars().count() == NETBIOS_LEN && long.netbios() == short.short
    };
    if cut(a, b) || cut(b, a) { Agreement::Cut } else { Agreement::None }
}

/// Whether two texts are equal, a `?` or a replacement character in either standing for one character of the other.
pub fn fits_pattern(a: &str, b: &str) -> bool {
    let wild = |c: char| c == '?' || c == '\u{fffd}';
    let (mut left, mut right) = (a.chars(), b.chars());
    loop {
        match (left.next(), right.next()) {
            (None, None) => return true,
            (Some(x), Some(y)) if x == y || wild(x) || wild(y) => {}
            _ => return false,
        }
    }
}

/// An identifier in one form: lower case, without braces; none if it is no GUID or the empty one.
pub fn fold_guid(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches('{').trim_end_matches('}');
    let groups: Vec<&str> = text.split('-').collect();
    let shape = [8, 4, 4, 4, 12];
    let fits = groups.len() == shape.len()
        && groups.iter().zip(shape).all(|(group, len)| group.len() == len)
        && groups.iter().all(|group| group.bytes().all(|b| b.is_ascii_hexdigit()));
    (fits && text.bytes().any(|b| b != b'0' && b != b'-')).then(|| text.to_ascii_lowercase())
}

/// An address worth keeping: none for the "none" and "any" addresses WSUS reports before first contact.
pub fn fold_ip(text: &str) -> Option<String> {
    let address: std::net::IpAddr = text.trim().parse().ok()?;
    let empty = address.is_unspecified() || address.to_string() == "255.255.255.255";
    (!empty).then(|| address.to_string())
}
