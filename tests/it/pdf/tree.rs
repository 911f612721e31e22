//! The tree of meaning beside the pages: complete enough to tag them later.

use patchbook::pdf::compose;
use patchbook::pdf::scene::{ARTIFACT, Content, NodeId, ROOT, Role, Scene};

use super::sample::every_block;

fn nodes(scene: &Scene, role: Role) -> usize {
    scene.tree.iter().filter(|node| node.role == role).count()
}

#[test]
fn every_text_belongs_to_a_node_or_is_an_artifact() {
    let scene = compose(&every_block()).expect("composes");
    for item in scene.pages.iter().flat_map(|page| &page.items) {
        if item.node != ARTIFACT {
            assert!((item.node.0 as usize) < scene.tree.len());
            assert_ne!(item.node, ROOT, "the document itself is not marked");
        }
    }
    for (i, node) in scene.tree.iter().enumerate().skip(1) {
        assert!((node.parent.0 as usize) < i, "a parent comes before its children");
    }
}

#[test]
fn headings_cells_and_figures_are_in_the_tree() {
    let scene = compose(&every_block()).expect("composes");
    assert_eq!(scene.tree[0].role, Role::Document);
    assert_eq!(nodes(&scene, Role::Heading(1)), 4);
    assert_eq!(nodes(&scene, Role::Heading(2)), 3);
    assert_eq!(nodes(&scene, Role::Heading(3)), 1);
    assert_eq!(nodes(&scene, Role::Table), 2);
    assert_eq!(nodes(&scene, Role::Cell), 62 * 6, "61 rows and the totals");
    assert_eq!(nodes(&scene, Role::Figure), 4);
    assert_eq!(nodes(&scene, Role::ContentsItem), 8);
}

#[test]
fn figures_say_their_numbers_in_words() {
    let scene = compose(&every_block()).expect("composes");
    let alternatives: Vec<&str> = scene.tree.iter().filter_map(|node| node.alt.as_deref()).collect();
    assert!(
        alternatives[0]
            .starts_with("Machines in scope: 37 overdue, 4 unsupported, 21 unknown, 9 waived, 68 in time")
    );
    assert!(alternatives[1].contains("Printers: 0 overdue"), "{}", alternatives[1]);
    assert!(alternatives[2].contains("over 90 days 12"));
    assert!(alternatives[3].contains("Σοφία Παπαδοπούλου 9 machines"));
}

#[test]
fn a_segment_bar_shows_every_count_on_paper() {
    let scene = compose(&every_block()).expect("composes");
    let figure =
        scene.tree.iter().position(|node| node.alt.is_some()).expect("the segment bar is the first figure");
    let shown = scene
        .pages
        .iter()
        .flat_map(|page| &page.items)
        .filter(|item| item.node == NodeId(figure as u32) && matches!(item.content, Content::Glyphs(_)));
    // Six counts and six names in the legend, four counts on the bar (4 and 9 have no room
    // there), and the sum.
    assert_eq!(shown.count(), 17);
}
