//! What rooms are made of. One file per widget; each can be reached by keyboard and has a name for a screen
//! reader. Widgets keep no business state: what they show is given to them, what was done is handed back.

pub mod banner;
pub mod button;
pub mod calendar;
pub mod card;
pub mod chip;
pub mod choice;
pub mod date_field;
pub mod date_text;
pub mod drawer;
pub mod drawing;
pub mod dropdown;
pub mod empty_state;
pub mod field;
pub mod figure;
pub mod filter_chip;
pub mod form;
pub mod grid;
pub mod modal;
pub mod page_header;
pub mod palette;
pub mod path_field;
pub mod phase_strip;
pub mod progress;
pub mod search_box;
pub mod segment_bar;
pub mod side_panel;
pub mod sidebar;
pub mod status_bar;
pub mod step;
pub mod table;
pub mod tick_box;
pub mod toast;

pub use banner::Banner;
pub use button::{Button, Link};
pub use card::card_ui;
pub use chip::Chip;
pub use choice::choice_ui;
pub use date_field::DateField;
pub use drawer::Drawer;
pub use drawing::{Pen, marks_ui};
pub use dropdown::Dropdown;
pub use empty_state::empty_state_ui;
pub use field::Field;
pub use figure::{Figure, Way, figures_ui};
pub use filter_chip::FilterChip;
pub use grid::{GridColumn, grid_ui};
pub use page_header::{Chosen, PageAction, page_header_ui};
pub use path_field::{PathEvent, path_field_ui};
pub use phase_strip::{PhaseMark, Stage, phase_strip_ui};
pub use progress::{Progress, progress_line_ui, progress_ui};
pub use search_box::SearchBox;
pub use segment_bar::{Segment, segment_bar_ui};
pub use side_panel::{side_panel_ui, side_panel_with_foot_ui};
pub use step::steps_ui;
pub use table::{Column, Selection, Table, TableOutput, TableState};
pub use tick_box::TickBox;
pub use toast::{Toast, Toasts};

/// Writes a count with thin separators: "1 204".
pub fn number(count: usize) -> String {
    crate::util::text::count(count as u64)
}
