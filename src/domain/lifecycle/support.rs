//! Until when an asset gets security updates, and on whose word.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::asset::{Asset, AssetId};
use crate::domain::book::Book;
use crate::util::clock::{day_in, zone};
use crate::util::text::fold;

use super::fit::{Fit, Rows};
use super::{ExtendedSupport, Lifecycle, LifecycleId};

/// Proof of extended support.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// None.
    None,
    /// A contract or licence named with the asset, without a day.
    Named(String),
    /// Recorded until a day: the day, and the reference.
    Until(NaiveDate, String),
}

/// When security updates of one product on an asset end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// The product as the asset names it; empty: its operating system.
    pub product: String,
    /// What it was taken for: product and edition of the row, or what the asset says.
    pub name: String,
    /// The row of the table; `None`: the asset's own day.
    pub row: Option<LifecycleId>,
    /// Last day of security updates; `None`: no end is set.
    pub security_end_on: Option<NaiveDate>,
    /// Last day of paid extended support.
    pub extended_end_on: Option<NaiveDate>,
    /// Proof of extended support.
    pub proof: Proof,
}

impl End {
    /// The last day on which security updates come, proof counted; `None`: no end is known to be set. Proof counts only where
    /// the vendor sells extended support, and no longer than that; an asset's own day leaves that to its owner.
    pub fn until(&self) -> Option<NaiveDate> {
        let security = self.security_end_on?;
        let sold = match (self.row, self.extended_end_on) {
            (None, None) => NaiveDate::MAX,
            (_, extended) => extended.unwrap_or(security),
        };
        let until = match &self.proof {
            Proof::None => security,
            Proof::Named(_) => sold.max(security),
            Proof::Until(day, _) => (*day).min(sold).max(security),
        };
        (until < NaiveDate::MAX).then_some(until)
    }

    /// Past the end of security updates without proof.
    pub fn is_past(&self, today: NaiveDate) -> bool {
        self.until().is_some_and(|until| until < today)
    }
}

/// Something for which the table has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// The product as the asset lists it; empty: its operating system.
    pub product: String,
    /// Why, and what to do.
    pub why: String,
}

/// What is known of an asset's support.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Support {
    /// The day it is where the asset stands.
    pub today: NaiveDate,
    /// Its operating system first, then its products.
    pub ends: Vec<End>,
    /// What no row fits.
    pub unfit: Vec<Unfit>,
}

impl Support {
    /// What makes it unsupported: the product whose updates ended first.
    pub fn past(&self) -> Option<&End> {
        self.ends.iter().filter(|end| end.is_past(self.today)).min_by_key(|end| end.until())
    }

    /// The product whose updates end first, past or to come; `None`: no end is known.
    pub fn first(&self) -> Option<&End> {
        self.ends.iter().filter(|end| end.until().is_some()).min_by_key(|end| end.until())
    }

    /// Whether nothing is known of its operating system.
    pub fn is_unknown(&self) -> bool {
        self.unfit.iter().any(|unfit| unfit.product.is_empty())
    }
}

/// The table and the proofs as they hold at an instant.
#[derive(Debug)]
pub struct Supports<'a> {
    book: &'a Book,
    at: i64,
    rows: Rows<'a>,
    proofs: HashMap<AssetId, Vec<&'a ExtendedSupport>>,
}

impl<'a> Supports<'a> {
    /// Lays out what holds at an instant, UTC seconds.
    pub fn new(book: &'a Book, at: i64) -> Self {
        let mut proofs: HashMap<AssetId, Vec<&'a ExtendedSupport>> = HashMap::new();
        let held = |proof: &&ExtendedSupport| {
            proof.recorded_at <= at && proof.voided_at.is_none_or(|voided| voided > at)
        };
        for proof in book.extended_supports.iter().filter(held) {
            proofs.entry(proof.asset).or_default().push(proof);
        }
        Self { book, at, rows: Rows::new(book, at), proofs }
    }

    /// The rows that hold.
    pub fn rows(&self) -> &Rows<'a> {
        &self.rows
    }

    /// What is known of an asset. A day of the asset's own stands in the place of its operating system's row, but never gives more
    /// time than that: more time is proof of extended support. Its products have theirs.
    pub fn of(&self, asset: &Asset) -> Support {
        let name = if asset.zone.is_empty() { &self.book.shop.zone } else { &asset.zone };
        let mut support = Support { today: day_in(zone(name), self.at), ..Support::default() };
        let fit = self.rows.os(asset.os_text(), asset.os_version_text());
        match asset.support_end_on {
            Some(own) if !fit.ends_before(own) => support.ends.push(End {
                product: String::new(),
                name: asset.os_text().to_owned(),
                row: None,
                security_end_on: Some(own),
                extended_end_on: None,
                proof: self.proof(asset, ""),
            }),
            _ => self.take(asset, "", fit, &mut support),
        }
        for product in &asset.products {
            // An operating system among the products is the one that the asset already names.
            let named = !asset.os_text().is_empty() || asset.support_end_on.is_some();
            if fold(product).starts_with("windows ") && named {
                continue;
            }
            self.take(asset, product, self.rows.software(product), &mut support);
        }
        support
    }

    fn take(&self, asset: &Asset, product: &str, fit: Fit<'_>, support: &mut Support) {
        let row = match fit {
            Fit::Row(row) => row,
            Fit::OneOf(rows, why) => {
                // Whichever it is, if the last of them has ended, so has the machine.
                match rows.into_iter().max_by_key(|row| row.security_end_on.unwrap_or(NaiveDate::MAX)) {
                    Some(last) if last.security_end_on.is_some_and(|end| end < support.today) => last,
                    _ => {
                        let why = format!("{why} Give its version or its edition in the form of the asset.");
                        support.unfit.push(Unfit { product: product.to_owned(), why });
                        return;
                    }
                }
            }
            Fit::None(why) => {
                support.unfit.push(Unfit { product: product.to_owned(), why });
                return;
            }
        };
        support.ends.push(End {
            product: product.to_owned(),
            name: row.name(),
            row: Some(row.id),
            security_end_on: row.security_end_on,
            extended_end_on: row.extended_end_on,
            proof: self.proof(asset, product),
        });
    }

    /// The proof that reaches furthest. A contract named with the asset covers whatever on it can be extended.
    fn proof(&self, asset: &Asset, product: &str) -> Proof {
        if !asset.support_proof.trim().is_empty() {
            return Proof::Named(asset.support_proof.trim().to_owned());
        }
        let held = self.proofs.get(&asset.id).map_or(&[][..], Vec::as_slice);
        let about = held.iter().filter(|proof| fold(&proof.product) == fold(product));
        let furthest = about.max_by_key(|proof| proof.until_on);
        furthest.map_or(Proof::None, |proof| Proof::Until(proof.until_on, proof.reference.clone()))
    }
}

impl Lifecycle {
    /// Product and edition as people write them: `Windows 11 25H2, Enterprise and Education`. An edition that the product names
    /// already, and the only one that a server has, are left out.
    pub fn name(&self) -> String {
        match self.edition_text() {
            "" => self.product.clone(),
            edition => format!("{}, {edition}", self.product),
        }
    }

    /// The edition in words. Tables of vendors write `W` for home and small business and `E` for larger shops.
    pub fn edition_text(&self) -> &str {
        match fold(&self.edition).as_str() {
            "w" | "home/pro (w)" => "Home and Pro",
            "e" | "enterprise/education (e)" => "Enterprise and Education",
            "all" | "all editions" => "",
            "ltsc" if fold(&self.product).starts_with("windows server") => "",
            edition if fold(&self.product).contains(edition) => "",
            "iot ltsc" if fold(&self.product).contains("ltsc") => "",
            _ => &self.edition,
        }
    }
}
