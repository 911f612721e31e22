//! A document as pages of placed marks with a tree of meaning beside them. Plain data between `flow` and `write`; every
//! mark names its node, so that tagging the pages later needs no second layout. Places nothing itself.

use super::font::Piece;
use super::text::Look;
use crate::draw::{Mark, Rect};

/// A node of the tree of meaning; `ARTIFACT` belongs to no content (running heads, rules, stripes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

/// The node of everything that is no content.
pub const ARTIFACT: NodeId = NodeId(u32::MAX);
/// The root of the tree.
pub const ROOT: NodeId = NodeId(0);

/// What a node is, in the words of tagged PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The whole.
    Document,
    /// The title on the cover.
    Title,
    /// A heading of level 1 to 3.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list.
    List,
    /// One item of a list.
    Item,
    /// A text set apart.
    Note,
    /// A caption.
    Caption,
    /// A table.
    Table,
    /// A row.
    Row,
    /// A cell in the head.
    HeadCell,
    /// A cell.
    Cell,
    /// A figure; it has an alternative text.
    Figure,
    /// The contents.
    Contents,
    /// A line of the contents.
    ContentsItem,
}

/// One node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub role: Role,
    /// The node it belongs to.
    pub parent: NodeId,
    /// What a reader hears instead of a figure.
    pub alt: Option<String>,
}

/// Glyphs on a baseline; y grows downward from the upper edge of the sheet, in points.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyphs {
    /// Where the first glyph begins.
    pub x: f32,
    /// The baseline.
    pub y: f32,
    /// Size of the em.
    pub size: f32,
    /// Face and colour.
    pub look: Look,
    /// The glyphs.
    pub pieces: Vec<Piece>,
}

/// What is on a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Text.
    Glyphs(Glyphs),
    /// A shape; never `Mark::Text`, which `flow` turns into glyphs.
    Shape(Mark),
    /// The logo, filling this place.
    Logo(Rect),
    /// Text turned by this many degrees around its beginning, against the clock.
    Turned(Glyphs, f32),
    /// Pale text across the page, turned by this many degrees around its beginning, against the clock.
    Stamp(Glyphs, f32),
}

/// Something on a page and what it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its node.
    pub node: NodeId,
    /// What it is.
    pub content: Content,
}

/// One page; later items cover earlier ones.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// What is on it.
    pub items: Vec<Item>,
}

/// A place one can go to: page from 0, y from the upper edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Which page, from 0.
    pub page: usize,
    /// How far down, in points.
    pub y: f32,
}

/// A heading in the outline.
#[derive(Debug, Clone, PartialEq)]
pub struct Bookmark {
    /// 1 to 3.
    pub level: u8,
    /// Its words.
    pub text: String,
    /// The name of the place, for those who point to it; empty for none.
    pub anchor: String,
    /// Where it stands.
    pub place: Place,
}

/// A clickable area.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// On which page, from 0.
    pub page: usize,
    /// Where on it.
    pub rect: Rect,
    /// What it is called aloud.
    pub label: String,
    /// Where it leads.
    pub to: Place,
}

/// A picture in samples of eight bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Red, green, blue.
    pub rgb: Vec<u8>,
    /// Opacity, when any pixel is not opaque.
    pub alpha: Option<Vec<u8>>,
}

/// A whole document, placed.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Width of every page in points.
    pub width: f32,
    /// Height of every page in points.
    pub height: f32,
    /// The pages.
    pub pages: Vec<Page>,
    /// The tree of meaning; node 0 is the document.
    pub tree: Vec<Node>,
    /// The outline in order.
    pub bookmarks: Vec<Bookmark>,
    /// The clickable areas.
    pub links: Vec<Link>,
    /// The logo.
    pub logo: Option<Picture>,
}
