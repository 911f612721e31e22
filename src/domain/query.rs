//! Finding and ordering assets in memory: what the search box and the console's `--search` do.

use super::asset::Asset;
use super::book::Book;
use super::standing::Standing;
use crate::util::text::fold;

/// The texts of one asset that a search looks at, folded, in one string: made once, searched at every key stroke.
pub fn search_text(book: &Book, asset: &Asset, standing: &Standing) -> String {
    let group = standing.group.and_then(|id| book.groups.get(id.0)).map_or("", |g| g.name.as_str());
    let parts = [
        asset.name.as_str(),
        &asset.aliases.join(" "),
        asset.kind.text(),
        &asset.function,
        &asset.environment,
        asset.os_text(),
        &asset.site,
        group,
        book.person_name(asset.owner),
        asset.ip_text(),
        asset.make_text(),
        asset.model_text(),
        &asset.serial,
        &asset.note,
    ];
    fold(&parts.join("\n"))
}

/// Whether every word of a query is in a search text.
pub fn matches(search_text: &str, folded_words: &[String]) -> bool {
    folded_words.iter().all(|word| search_text.contains(word.as_str()))
}

/// A query's words, folded.
pub fn words(query: &str) -> Vec<String> {
    query.split_whitespace().map(fold).collect()
}

/// Places of the assets in which every word of a query occurs, by name.
pub fn assets_matching(book: &Book, standings: &[Standing], query: &str) -> Vec<u32> {
    let words = words(query);
    let mut found: Vec<(String, u32)> = book
        .assets
        .rows()
        .iter()
        .enumerate()
        .filter(|(i, asset)| matches(&search_text(book, asset, &standings[*i]), &words))
        .map(|(i, asset)| (fold(&asset.name), i as u32))
        .collect();
    found.sort();
    found.into_iter().map(|(_, place)| place).collect()
}
