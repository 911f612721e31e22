//! Layouts become PDF bytes: flow -> lines -> shaping -> scene -> page content -> finishing. The only module that names
//! printpdf, lopdf, rustybuzz and subsetter. It reads no clock and draws no random number: the same layout gives the
//! same bytes in every process.

mod archive;
mod flow;
mod font;
mod image;
mod png;
pub mod scene;
mod style;
mod subset;
mod text;
mod write;

pub use font::{Face, Piece};
pub use text::Look;

use crate::report::layout::Layout;

/// A printed document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// What could not be shown as asked, in sentences: characters no shipped face has, a logo that cannot be read.
    pub warnings: Vec<String>,
}

/// Why no document came about. None of these depends on the layout; they mean a damaged program.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A shipped face cannot be used.
    #[error("The font {0} inside this program cannot be used.")]
    Font(&'static str),
    /// The finishing pass met an object it does not know.
    #[error("The document could not be finished: {0}")]
    Finish(#[from] lopdf::Error),
    /// The bytes could not be written to memory.
    #[error("The document could not be written: {0}")]
    Write(#[from] std::io::Error),
}

/// Prints a layout.
pub fn render(layout: &Layout) -> Result<Rendered, Error> {
    let fonts = font::Fonts::new()?;
    let (scene, mut warnings) = flow::compose(layout, &fonts);
    let missing = fonts.missing();
    if !missing.is_empty() {
        warnings.push(missing_sentence(&missing));
    }
    let mut subsets = Vec::new();
    for (index, program) in fonts.into_programs().into_iter().enumerate() {
        subsets.extend(subset::Subset::cut(index, program)?);
    }
    let about = archive::About {
        title: &layout.title,
        author: &layout.shop,
        subject: &layout.subtitle,
        lang: if layout.lang.is_empty() { "en" } else { &layout.lang },
    };
    let (doc, said) = write::write(&scene, &subsets);
    warnings.extend(said);
    let bytes = archive::finish(doc, &scene, &subsets, &about)?;
    Ok(Rendered { bytes, pages: scene.pages.len(), warnings })
}

/// Where everything of a layout lands on its pages, with the tree of meaning; what `render` writes.
pub fn compose(layout: &Layout) -> Result<scene::Scene, Error> {
    let fonts = font::Fonts::new()?;
    Ok(flow::compose(layout, &fonts).0)
}

fn missing_sentence(missing: &[char]) -> String {
    const SHOWN: usize = 8;
    let mut names: Vec<String> =
        missing.iter().take(SHOWN).map(|c| format!("U+{:04X}", u32::from(*c))).collect();
    if missing.len() > SHOWN {
        names.push(format!("{} more", missing.len() - SHOWN));
    }
    format!(
        "{} characters are in no shipped font and are printed as boxes: {}.",
        missing.len(),
        names.join(", ")
    )
}
