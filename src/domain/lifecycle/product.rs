//! Which product a text names: the operating system of a machine, a product that an asset lists, or a row of the table.
//!
//! All three are read by the same eyes, so that a row that is loaded later is found like one that was shipped. What is not said is
//! left open, never guessed.

/// What a product belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Windows 7.
    Windows7,
    /// Windows 8.1.
    Windows81,
    /// Windows 10.
    Windows10,
    /// Windows 11.
    Windows11,
    /// Windows Server.
    Server,
    /// Microsoft Office.
    Office,
    /// SQL Server.
    Sql,
    /// Exchange Server.
    Exchange,
    /// `SharePoint`.
    SharePoint,
}

impl Family {
    /// Its name.
    pub fn text(self) -> &'static str {
        match self {
            Self::Windows7 => "Windows 7",
            Self::Windows81 => "Windows 8.1",
            Self::Windows10 => "Windows 10",
            Self::Windows11 => "Windows 11",
            Self::Server => "Windows Server",
            Self::Office => "Office",
            Self::Sql => "SQL Server",
            Self::Exchange => "Exchange Server",
            Self::SharePoint => "SharePoint",
        }
    }

    /// Nothing newer than what the table holds will come, so that a machine of unknown release is one of those.
    pub(super) fn is_finished(self) -> bool {
        matches!(self, Self::Windows7 | Self::Windows81 | Self::Windows10)
    }
}

/// Which editions share an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    /// Every edition (only a row says that), or the product has none.
    Every,
    /// Home, Pro, Pro Education, Pro for Workstations.
    HomePro,
    /// Enterprise, Education.
    Enterprise,
    /// Long-term servicing.
    LongTerm,
    /// Long-term servicing of `IoT` Enterprise.
    IotLongTerm,
    /// Nobody has said.
    Unknown,
}

impl Edition {
    /// Its name.
    pub fn text(self) -> &'static str {
        match self {
            Self::Every => "every edition",
            Self::HomePro => "Home or Pro",
            Self::Enterprise => "Enterprise or Education",
            Self::LongTerm => "LTSC",
            Self::IotLongTerm => "IoT Enterprise LTSC",
            Self::Unknown => "edition not known",
        }
    }
}

/// A product as the table of support ends tells products apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// What it belongs to.
    pub family: Family,
    /// `22H2`, `2012 R2`, `2016`; `None`: not said.
    pub release: Option<String>,
    /// `SP3`; `None`: not said.
    pub pack: Option<String>,
    /// Which edition.
    pub edition: Edition,
}

impl Identity {
    /// `Windows 11 24H2, Home or Pro`.
    pub fn text(&self) -> String {
        let mut text = self.family.text().to_owned();
        for part in [&self.release, &self.pack].into_iter().flatten() {
            text = format!("{text} {part}");
        }
        match self.edition {
            Edition::Every => text,
            edition => format!("{text}, {}", edition.text()),
        }
    }
}

/// Releases of Windows for people's desks by their build.
const DESK: [(u32, &str); 20] = [
    (10240, "1507"),
    (10586, "1511"),
    (14393, "1607"),
    (15063, "1703"),
    (16299, "1709"),
    (17134, "1803"),
    (17763, "1809"),
    (18362, "1903"),
    (18363, "1909"),
    (19041, "2004"),
    (19042, "20H2"),
    (19043, "21H1"),
    (19044, "21H2"),
    (19045, "22H2"),
    (22000, "21H2"),
    (22621, "22H2"),
    (22631, "23H2"),
    (26100, "24H2"),
    (26200, "25H2"),
    (28000, "26H1"),
];

/// Releases of Windows Server by their build.
const SERVER: [(u32, &str); 9] = [
    (7601, "2008 R2"),
    (9200, "2012"),
    (9600, "2012 R2"),
    (14393, "2016"),
    (17763, "2019"),
    (20348, "2022"),
    (25398, "23H2"),
    (26100, "2025"),
    (6003, "2008"),
];

/// Releases of long-term servicing by the year in their name.
const LONG_TERM: [(&str, &str); 5] =
    [("2015", "1507"), ("2016", "1607"), ("2019", "1809"), ("2021", "21H2"), ("2024", "24H2")];

/// Words of the editions for home and small business; a table also says W. `Core` is what the registry calls Home.
const HOME_PRO: [&str; 8] =
    ["pro", "professional", "home", "core", "w", "professionnel", "famille", "ultimate"];
/// Words of the editions for larger shops; a table also says E.
const ENTERPRISE: [&str; 4] = ["enterprise", "education", "e", "entreprise"];

/// The first build of Windows 11.
const FIRST_OF_11: u32 = 22000;

/// The words of a text, folded, without the marks that some exports add.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut plain = text.to_lowercase().replace("(r)", " ").replace("(tm)", " ");
    plain.retain(|c| c != '®' && c != '™');
    let parts = plain.split(|c: char| c.is_whitespace() || matches!(c, '/' | ',' | ';' | '(' | ')'));
    parts.map(|word| word.trim_matches('.')).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The build in a version such as `10.0.19045.4291`, `10.0 (19045)` or `6.1.7601 Service Pack 1`.
fn build(version: &str) -> Option<u32> {
    let runs = version.split(|c: char| !c.is_ascii_digit());
    let known = |run: &str| matches!(run, "6003" | "7600" | "7601" | "9200" | "9600");
    runs.filter(|run| run.len() == 5 || known(run)).find_map(|run| run.parse().ok())
}

/// The operating system that a machine reports, by name and version; `None` if it is not Windows or not one of the table's kind.
pub fn os(text: &str, version: &str) -> Option<Identity> {
    let said = words(text);
    let has = |word: &str| said.iter().any(|known| known == word);
    if !has("windows") || has("phone") || has("mobile") || has("embedded") || (has("iot") && has("core")) {
        return None;
    }
    let number = build(version).or_else(|| build(text));
    if has("server") { server(&said, number) } else { desk(&said, &words(version), number) }
}

fn server(said: &[String], number: Option<u32>) -> Option<Identity> {
    let has = |word: &str| said.iter().any(|known| known == word);
    if ["hyper-v", "storage", "multipoint", "home", "small", "sbs"].into_iter().any(has) {
        return None;
    }
    let year = said.iter().find(|word| word.len() == 4 && word.starts_with("20") && is_digits(word));
    let by_name = year.map(|year| if has("r2") { format!("{year} R2") } else { year.clone() });
    let by_name = by_name.or_else(|| half_year(said));
    let by_build = number.map(|number| release(&SERVER, number));
    let release = by_build.or(by_name)?;
    // Of this one the table knows only the service pack, and a machine without it reports another build.
    let pack = (release == "2008 R2").then(|| "SP1".to_owned());
    Some(Identity { family: Family::Server, release: Some(release), pack, edition: Edition::Every })
}

fn desk(said: &[String], version: &[String], number: Option<u32>) -> Option<Identity> {
    let after = said.iter().skip_while(|word| *word != "windows").nth(1).map(String::as_str);
    let family = match (number, after) {
        (Some(number), _) if number >= FIRST_OF_11 => Family::Windows11,
        (Some(10240..), _) | (None, Some("10")) => Family::Windows10,
        (Some(9600), _) | (None, Some("8.1")) => Family::Windows81,
        (Some(7600 | 7601), _) | (None, Some("7")) => Family::Windows7,
        (None, Some("11")) => Family::Windows11,
        _ => return None,
    };
    let edition = edition(said);
    if family == Family::Windows7 {
        let pack = if number == Some(7600) { "without SP1" } else { "SP1" };
        return Some(Identity {
            family,
            release: None,
            pack: Some(pack.to_owned()),
            edition: Edition::Every,
        });
    }
    if family == Family::Windows81 {
        return Some(Identity { family, release: None, pack: None, edition: Edition::Every });
    }
    let by_year = || {
        let long = matches!(edition, Edition::LongTerm | Edition::IotLongTerm);
        let named = LONG_TERM.into_iter().find(|(year, _)| long && said.iter().any(|word| word == year));
        named.map(|(_, release)| release.to_owned())
    };
    let by_name = || desk_release(said).or_else(|| desk_release(version)).or_else(by_year);
    let release = number.map(|number| release(&DESK, number)).or_else(by_name);
    Some(Identity { family, release, pack: None, edition })
}

fn release(table: &[(u32, &str)], number: u32) -> String {
    let known = table.iter().find(|(build, _)| *build == number);
    known.map_or_else(|| format!("build {number}"), |(_, release)| (*release).to_owned())
}

fn desk_release(said: &[String]) -> Option<String> {
    let known = |word: &&String| {
        is_half_year(word) || DESK.iter().any(|(_, release)| release.len() == 4 && release == word)
    };
    said.iter().find(known).map(|word| word.to_uppercase())
}

fn half_year(said: &[String]) -> Option<String> {
    said.iter().find(|word| is_half_year(word)).map(|word| word.to_uppercase())
}

/// `22h2`.
fn is_half_year(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() == 4 && is_digits(&word[..2]) && bytes[2] == b'h' && matches!(bytes[3], b'1' | b'2')
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn edition(said: &[String]) -> Edition {
    let has = |word: &str| said.iter().any(|known| known == word);
    let long = has("ltsc") || has("ltsb");
    match () {
        () if long && has("iot") => Edition::IotLongTerm,
        () if long => Edition::LongTerm,
        () if HOME_PRO.into_iter().any(has) => Edition::HomePro,
        () if ENTERPRISE.into_iter().any(has) => Edition::Enterprise,
        () => Edition::Unknown,
    }
}

/// A product that an asset lists: Office, SQL Server, Exchange or `SharePoint` with its year.
pub fn software(text: &str) -> Option<Identity> {
    let said = words(text);
    let has = |word: &str| said.iter().any(|known| known == word);
    let follows =
        |first: &str, second: &str| said.windows(2).any(|pair| pair[0] == first && pair[1] == second);
    // These names hold the name of another product.
    if ["365", "online", "mac", "studio", "compact", "viewer", "project", "visio", "foundation", "designer"]
        .into_iter()
        .any(has)
    {
        return None;
    }
    let family = match () {
        () if follows("sql", "server") => Family::Sql,
        () if has("exchange") => Family::Exchange,
        () if has("sharepoint") => Family::SharePoint,
        () if has("office") => Family::Office,
        () => return None,
    };
    let year = said.iter().find(|word| word.len() == 4 && word.starts_with("20") && is_digits(word));
    let subscription = family == Family::Exchange && (has("se") || has("subscription"));
    let release = year.cloned().or_else(|| subscription.then(|| "SE".to_owned()));
    let release = release.map(|release| if has("r2") { format!("{release} R2") } else { release });
    let pack = said.iter().find(|word| word.len() == 3 && word.starts_with("sp") && is_digits(&word[2..]));
    let pack = pack.map(|word| word.to_uppercase());
    Some(Identity { family, release, pack, edition: Edition::Every })
}

/// The product of a row of the table.
pub fn of_row(product: &str, edition_text: &str) -> Option<Identity> {
    let Some(mut found) = os(product, "") else { return software(product) };
    if matches!(found.family, Family::Windows10 | Family::Windows11) {
        let by_edition = edition(&words(edition_text));
        found.edition = match (found.edition, by_edition) {
            (_, Edition::Unknown) if found.edition != Edition::Unknown => found.edition,
            (_, Edition::Unknown) => Edition::Every,
            (_, known) => known,
        };
    }
    Some(found)
}
