//! Papers on the console: what can be named is named.

use crate::desk::Desk;

#[test]
fn a_paper_about_something_unknown_says_what_can_be_named() {
    let desk = Desk::new();
    let print = |paper: &str| desk.run(&["print", "shop.patchbook", paper, "x.pdf", "--of", "nonsense"]);
    let (code, _, said) = print("roles");
    assert!(code == 2 && said.contains("leave --of out"), "{said}");
    let (code, _, said) = print("report");
    assert!(code == 2 && said.contains("--as-of"), "{said}");
    let (code, _, said) = print("waiver");
    assert!(code == 2 && said.contains("nothing for this paper yet"), "{said}");
    let (code, _, said) = print("calendar");
    assert!(code == 2 && said.contains("Choose one with --of: "), "{said}");
    assert!(!desk.path("x.pdf").exists(), "nothing was written");
}
