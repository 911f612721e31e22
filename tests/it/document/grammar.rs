//! The grammar of templates.

use patchbook::domain::document::body::{self, Node, Part};
use patchbook::domain::document::kind::Kind;
use patchbook::domain::document::template::{parse, print};
use patchbook::domain::document::{name, shipped};
use proptest::prelude::*;

const FRONT: &str = "---\nkey: test\ntitle: Test\nversion: 1\nowner: ISO\nreview_months: 12\n---\n";

fn faults(text: &str) -> Vec<(usize, String)> {
    parse(text).expect_err("faults").into_iter().map(|fault| (fault.line, fault.text)).collect()
}

fn one_fault(body: &str) -> (usize, String) {
    let mut found = faults(&format!("{FRONT}# One {{#one}}\n{body}"));
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

#[test]
fn a_template_is_read_with_its_front_matter_and_its_sections() {
    let text = format!("{FRONT}\n# First part {{#first}}\n\nWords.\n\n## Second {{#second-part}}\nMore.\n");
    let template = parse(&text).expect("a template");
    assert_eq!((template.key.as_str(), template.title.as_str(), template.version), ("test", "Test", 1));
    assert_eq!((template.owner.as_str(), template.review_months), ("ISO", 12));
    let sections: Vec<_> = template.sections.iter().map(|s| (s.key.as_str(), s.level, s.line)).collect();
    assert_eq!(sections, [("first", 1, 9), ("second-part", 2, 13)]);
    assert_eq!(template.sections[0].text, "\nWords.\n");
}

#[test]
fn every_kind_of_placeholder_is_read() {
    let nodes = body::parse("Of {{text:shop.name}}, \\{{ literal.\n{{table:deadlines}}\n", 5).expect("nodes");
    let words = |text: &str| Part::Words(text.to_owned());
    let line = vec![words("Of "), Part::Value(Kind::Text, "shop.name".into()), words(", \\{{ literal.")];
    assert_eq!(nodes[0], Node::Line(5, line));
    assert_eq!(nodes[1], Node::Block(6, Kind::Table, "deadlines".into()));
    let nodes = body::parse("{{if:practice.hats}}\na\n{{else}}\nb\n{{end}}", 1).expect("nodes");
    let Node::If(1, name, then, Some(other)) = &nodes[0] else { panic!("{nodes:?}") };
    assert_eq!((name.as_str(), then.len(), other.len()), ("practice.hats", 1, 1));
}

#[test]
fn an_unclosed_brace_names_its_line() {
    let (line, text) = one_fault("fine\nOf {{text:shop.name, and so on");
    assert_eq!(line, 10);
    assert!(text.contains("not closed"), "{text}");
}

#[test]
fn a_type_that_does_not_exist_is_told_with_those_that_do() {
    let (line, text) = one_fault("{{words:shop.name}}");
    assert_eq!(line, 9);
    assert!(text.contains("There is no type \"words\"") && text.contains("percent"), "{text}");
}

#[test]
fn a_block_inside_a_sentence_must_stand_alone() {
    assert!(one_fault("The table {{table:deadlines}} says").1.contains("alone on its line"));
    assert!(one_fault("If {{if:practice.hats}} then").1.contains("alone on its line"));
}

#[test]
fn a_condition_ends_in_its_section_and_holds_no_other() {
    assert!(one_fault("{{if:practice.hats}}\nwords").1.contains("not ended"));
    assert!(one_fault("{{end}}").1.contains("no {{if:...}} before"));
    assert!(one_fault("{{else}}").1.contains("no {{if:...}} before"));
    let text = one_fault("{{if:practice.hats}}\n{{if:practice.hats}}\n{{end}}").1;
    assert!(text.contains("inside another"), "{text}");
    let text = one_fault("{{if:practice.hats}}\n{{else}}\n{{else}}\n{{end}}").1;
    assert!(text.contains("{{else}} already"), "{text}");
}

#[test]
fn a_flag_is_asked_and_never_printed() {
    assert!(one_fault("{{flag:practice.hats}}").1.contains("{{if:practice.hats}}"));
}

#[test]
fn headings_need_keys_that_are_unique() {
    assert!(faults(&format!("{FRONT}# One\n")).iter().any(|(l, t)| *l == 8 && t.contains("needs a key")));
    let twice = faults(&format!("{FRONT}# One {{#a}}\n# Two {{#a}}\n"));
    assert!(twice.iter().any(|(l, t)| *l == 9 && t.contains("already")), "{twice:?}");
    assert!(faults(&format!("{FRONT}words\n# One {{#a}}\n"))[0].1.contains("before the first section"));
    assert!(faults(FRONT)[0].1.contains("no section"));
}

#[test]
fn front_matter_says_all_that_is_wrong_at_once() {
    let found = faults("---\nkey: Test\nversion: none\nowner: ISO\nfoo: bar\n---\n# A {#a}\n");
    let all: Vec<&str> = found.iter().map(|(_, text)| text.as_str()).collect();
    for wanted in ["title:", "review_months:", "only", "small letters", "version must be a whole number"] {
        assert!(all.iter().any(|text| text.contains(wanted)), "{wanted} in {all:?}");
    }
}

#[test]
fn raw_html_is_refused_with_its_line() {
    let (line, text) = one_fault("fine\n\nA <b>bold</b> word");
    assert_eq!(line, 11);
    assert!(text.contains("HTML is not read"), "{text}");
    for fine in ["3 < 4", "\\<b>", "`<b>`", "<https://example.org>", "```\n<b>\n```"] {
        assert!(body::parse(fine, 1).is_ok(), "{fine}");
    }
}

#[test]
fn a_fence_hides_headings() {
    let template = parse(&format!("{FRONT}# One {{#a}}\n```\n# no heading\n```\n")).expect("a template");
    assert_eq!(template.sections.len(), 1);
}

#[test]
fn the_catalogue_of_names_is_read_whole() {
    let text = include_str!("../../../assets/documents/NAMES.txt");
    let mut names = 0;
    for line in text.lines() {
        names += usize::from(name::read(line).unwrap_or_else(|fault| panic!("{fault}")).is_some());
    }
    assert_eq!(names, name::all().len());
    assert!(names > 150, "{names}");
}

#[test]
fn every_shipped_template_is_read_and_uses_names_of_the_catalogue_in_their_types() {
    assert_eq!(shipped::templates().len(), shipped::TEXTS.len());
    for (key, text) in shipped::TEXTS {
        let template = parse(text).unwrap_or_else(|faults| panic!("{key}: {faults:?}"));
        assert_eq!(template.key, *key);
        for section in &template.sections {
            let nodes = body::parse(&section.text, section.line + 1).expect("read before");
            for (line, kind, name) in body::placeholders(&nodes) {
                assert_eq!(name::fault(kind, name), None, "{key}.md line {line}");
            }
        }
    }
}

#[test]
fn every_template_of_the_folder_is_shipped() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/documents");
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if path.extension().is_some_and(|e| e == "md") && name != "README" {
            assert!(shipped::template(&name).is_some(), "{name} is not shipped");
        }
    }
}

proptest! {
    #[test]
    fn arbitrary_text_never_panics(text in "\\PC{0,200}") {
        let _ = parse(&text);
        let _ = body::parse(&text, 1);
    }

    #[test]
    fn arbitrary_pieces_never_panic_and_print_as_they_were_read(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "{{", "}}", "{{text:shop.name}}", "{{table:deadlines}}", "{{if:practice.hats}}", "{{else}}", "{{end}}",
                "\n", "\n\n", "\\{{", "words", "# A {#a}", "## B {#b-1}", "```", "---", "key: x", " ", "{", "}", "\u{fc}", "\r\n",
            ]),
            0..40,
        ),
    ) {
        let text: String = pieces.concat();
        if let Ok(nodes) = body::parse(&text, 1) {
            prop_assert_eq!(body::print(&nodes), text.replace("\r\n", "\n"));
            let again = body::parse(&body::print(&nodes), 1).expect("read again");
            prop_assert_eq!(again, nodes);
        }
        if let Ok(template) = parse(&format!("{FRONT}{text}")) {
            let again = parse(&print(&template)).expect("read again");
            prop_assert_eq!(print(&again), print(&template));
        }
    }
}
