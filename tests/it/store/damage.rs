//! Random damage: never a panic, never a hang, never altered content that passes for sound.

use patchbook::store::{Access, Store};
use patchbook::util::id::Ids;
use patchbook::util::progress::Progress;

use super::sample::{ids, me};
use super::tampering::filled;

const ROUNDS: usize = 300;

#[test]
fn damaged_bytes_are_found_or_touch_nothing_that_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = filled(folder.path());
    let whole = std::fs::read(&path).expect("bytes");
    let before =
        Store::open(&path, Access::ReadOnly, &me(), ids()).expect("it opens").store.load().expect("a book");
    let random = Ids::seeded(7);
    let mut refused = 0;
    for round in 0..ROUNDS {
        let mut bytes = whole.clone();
        let below = |limit: usize| (random.next() as usize) % limit;
        match round % 4 {
            0 => {
                let at = below(bytes.len());
                bytes[at] ^= 1 << below(8);
            }
            1 => {
                let at = below(bytes.len());
                let end = (at + 1 + below(64)).min(bytes.len());
                bytes[at..end].fill(below(256) as u8);
            }
            2 => {
                let page = below(bytes.len() / 4_096) * 4_096;
                bytes[page..page + 4_096].fill(0);
            }
            _ => bytes.truncate(below(bytes.len())),
        }
        std::fs::write(&path, &bytes).expect("a file");
        let read = || {
            let mut store = Store::open(&path, Access::Write, &me(), ids()).ok()?.store;
            let report = store.verify(&Progress::default()).ok()?;
            Some((store.load().ok()?, report.is_sound()))
        };
        match read() {
            Some((book, true)) => {
                assert_eq!(book.head, before.head, "round {round}");
                assert_eq!(book.assets.rows(), before.assets.rows(), "round {round}");
                assert_eq!(book.pairs.blocks, before.pairs.blocks, "round {round}");
                assert_eq!(book.shop, before.shop, "round {round}");
            }
            _ => refused += 1,
        }
        assert_eq!(
            std::fs::read(&path).expect("bytes"),
            bytes,
            "round {round}: the damaged file was touched"
        );
    }
    assert!(refused > ROUNDS / 4, "only {refused} of {ROUNDS} were found");
}
