//! Money, hours and shares as people write and read them: `4849.50`, `71.8`, `12.5`. Exact in hundredths; nothing is read as a floating
//! number.

use crate::util::text::count;

/// `4849 EUR`, `-22188.05 EUR`, thousands parted: hundredths are shown where there are any.
pub fn money(cents: i64, currency: &str) -> String {
    let text = amount(cents);
    if currency.is_empty() { text } else { format!("{text} {currency}") }
}

/// `4849`, `-22188.05`, thousands parted.
pub fn amount(cents: i64) -> String {
    let size = cents.unsigned_abs();
    let sign = if cents < 0 { "-" } else { "" };
    match size % 100 {
        0 => format!("{sign}{}", count(size / 100)),
        rest => format!("{sign}{}.{rest:02}", count(size / 100)),
    }
}

/// Reads `4849`, `4,849.50`, `-12.5`: hundredths.
pub fn cents(text: &str) -> Result<i64, &'static str> {
    decimal(text, 2).ok_or("Write an amount, such as 4849 or 4849.50.")
}

/// Reads `12.5` percent: thousandths.
pub fn permille(text: &str) -> Result<i64, &'static str> {
    let text = text.trim().trim_end_matches('%');
    let found = decimal(text, 1).filter(|share| (0..=1000).contains(share));
    found.ok_or("Write a share in percent between 0 and 100, such as 12.5.")
}

/// Reads `0.2` times a year: thousandths.
pub fn times_a_year(text: &str) -> Result<i64, &'static str> {
    let found = decimal(text, 3).filter(|times| (0..=1_000_000).contains(times));
    found.ok_or("Write how often a year, such as 0.2 for once in five years.")
}

/// Reads hours, `1.5`: minutes.
pub fn hours(text: &str) -> Result<i64, &'static str> {
    let found = decimal(text, 2).filter(|hundredths| (0..=100_000_000).contains(hundredths));
    // Three fifths of a hundredth of an hour is a minute; what lies between two minutes is work too.
    found.map(|hundredths| (hundredths * 60 + 99) / 100).ok_or("Write hours, such as 1.5.")
}

/// `1.5` of 90 minutes: what a form begins with. In hundredths rounded down, because what is typed is rounded up.
pub fn hours_text(minutes: i64) -> String {
    plain(minutes.max(0) * 100 / 60, 2)
}

/// `1.5` of 90 minutes: what is told. In tenths, rounded up.
pub fn hours_told(minutes: i64) -> String {
    plain((minutes.max(0) * 10 + 59) / 60, 1)
}

/// `12.5` of 125 thousandths.
pub fn percent_text(permille: i64) -> String {
    plain(permille, 1)
}

/// `0.2` of 200 thousandths.
pub fn times_text(permille: i64) -> String {
    plain(permille, 3)
}

/// A number with so many places after the point, without idle zeros: what a form begins with.
pub fn plain(value: i64, places: u32) -> String {
    let unit = 10_u64.pow(places);
    let size = value.unsigned_abs();
    let sign = if value < 0 { "-" } else { "" };
    let rest = format!("{:0width$}", size % unit, width = places as usize);
    let rest = rest.trim_end_matches('0');
    if rest.is_empty() { format!("{sign}{}", size / unit) } else { format!("{sign}{}.{rest}", size / unit) }
}

/// A decimal number as a whole number of its last place. Commas and thin spaces between thousands are passed over.
fn decimal(text: &str, places: u32) -> Option<i64> {
    let text = text.trim();
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let groups: Vec<&str> = whole.split([',', '\u{202f}', '\u{a0}']).collect();
    let grouped =
        groups.len() == 1 || groups[1..].iter().all(|group| group.len() == 3) && !groups[0].is_empty();
    let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let whole = groups.concat();
    if whole.is_empty() || !grouped || !is_number(&whole) || !is_number(part) || part.len() > places as usize
    {
        return None;
    }
    let padded = format!("{whole}{part:0<width$}", width = places as usize);
    let value: i64 = padded.parse().ok()?;
    Some(if negative { -value } else { value })
}
