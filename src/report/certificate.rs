//! The certificate of a sealed month: its digest, what went in with digests, who signed, and how to check it without this program.

use super::layout::{Form, Layout, RichText};
use super::sealed::input::{catalogues, documents, tables};
use super::sealed::signed_alone;
use super::sheet::{Source, Spec};
use crate::domain::book::Book;
use crate::domain::month::canonical::{ALTERED, verify_seal};
use crate::domain::month::standing::{seals_of, signatures};
use crate::domain::month::{SealId, name};

/// The certificate; nothing if there is no such seal.
pub fn build(book: &Book, spec: Spec, seal: SealId) -> Option<Layout> {
    let source = Source::new(book, spec);
    let seal = book.seals.get(seal.0)?;
    let mut layout = source.sheet(format!("Seal of {}", name::text(&seal.month)));
    layout.subtitle = if seal.number > 1 {
        format!("Seal {}: restatement {}", seal.number, seal.number - 1)
    } else {
        "Seal 1: as it was sealed first".to_owned()
    };
    if !verify_seal(seal) {
        layout.notice = format!("{} is {ALTERED}", seal.key());
        layout.warn("The digest does not fit what the seal holds: do not rely on it.");
    }
    layout.paragraph(RichText::new().plain("SHA-256 ").code(seal.sha256.clone()));
    let mut form = Form::new("What was sealed", 3);
    form.field("Month", name::text(&seal.month));
    form.field("Figures as of", source.instant(seal.as_of_at));
    form.field("Sealed", source.instant(seal.sealed_at));
    form.field("Sealed by", seal.sealed_by.clone());
    form.field("Definitions", seal.definitions.clone());
    form.field("Program", seal.program.clone());
    form.field("History entry", seal.inputs.head_seq.to_string());
    form.wide("History hash", seal.inputs.head.clone(), 1);
    if seal.number > 1 {
        form.wide("Reason of the restatement", seal.reason.clone(), 2);
        form.field("Approved by", seal.approved_by.clone());
    }
    layout.form(form);
    layout.paragraph(format!(
        "It holds {} figures, {} machines and {} overdue items. Judgement: {}",
        seal.outputs.figures.len(),
        seal.outputs.machines.len(),
        seal.outputs.overdue.len(),
        seal.judgement
    ));
    layout.heading(2, "How to check it");
    // The command has a line to itself, so that it is not broken inside.
    let write = RichText::new()
        .plain("Write the canonical text of the seal into a file:\n")
        .code(format!("patchbook-cli month show REGISTER {} --canonical", seal.key()))
        .plain(
            "\nIt is the seal as JSON without its field sha256: keys sorted by their bytes, no space, UTF-8, and no line break at its \
             end.",
        );
    layout.numbered([
        write,
        RichText::from(
            "Compute the SHA-256 of that file without its last line break, with any program: it must be the digest above.",
        ),
        RichText::from("Compare the digest with this page and with any other copy of it that was printed or sent."),
    ]);
    layout.note(
        "The digest shows that the seal is what it was when this page was printed. It does not show that what was recorded before was \
         true, nor who sat at the machine.",
    );
    signed(&source, seal.id, &mut layout);
    let others = seals_of(book, &seal.month);
    if others.len() > 1 {
        let lines = others.iter().map(|other| {
            format!("seal {}, {}, SHA-256 {}", other.number, source.instant(other.sealed_at), other.sha256)
        });
        layout.heading(2, "Every seal of this month");
        layout.bullets(lines);
    }
    layout.heading(2, "What went in");
    layout.table(tables(&seal.inputs));
    layout.paragraph(
        "A table's digest is SHA-256 over the fields \"patchbook table 1\", its name and each row as compact JSON in the order of the row \
         ids, every field preceded by its length as eight bytes, big-endian. An import's digest is the one in the history.",
    );
    layout.table(catalogues(&seal.inputs.catalogues));
    layout.table(documents(&seal.inputs.documents));
    layout.bullets(seal.inputs.rules.iter().chain(&seal.inputs.settings).cloned());
    Some(layout)
}

fn signed(source: &Source<'_>, seal: SealId, layout: &mut Layout) {
    layout.heading(2, "Signatures");
    let given = signatures(source.book, seal);
    if given.is_empty() {
        layout.paragraph("Nobody has signed it.");
        return;
    }
    if let Some(text) = signed_alone(&given) {
        layout.warn(text);
    }
    layout.bullets(given.into_iter().map(|row| {
        format!(
            "{} by {} ({}) on {} {}; recorded on {}",
            row.meaning,
            row.name,
            row.function,
            source.instant(row.signed_at),
            row.told_text(),
            source.instant(row.recorded_at)
        )
    }));
}
