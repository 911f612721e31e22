//! Lengths, in points, and times, in seconds. One name per use, so that a change of one look does not move another.

/// Height of a table row and of everything one clicks: fields, buttons, list entries.
pub const CONTROL: f32 = 32.0;
/// Height of a table row.
pub const ROW: f32 = 32.0;
/// Height of the header row of a table.
pub const HEADER: f32 = 34.0;
/// The least width a column can be dragged to.
pub const COLUMN_MIN: f32 = 48.0;
/// First width of a column of names, dates or chips.
pub const COLUMN_NAME: f32 = 130.0;
/// First width of a column of counts.
pub const COLUMN_COUNT: f32 = 92.0;
/// First width of a column of status chips.
pub const COLUMN_STATE: f32 = 112.0;
/// First width of a column of longer words.
pub const COLUMN_WIDE: f32 = 170.0;
/// First width of a column of titles and sentences.
pub const COLUMN_TEXT: f32 = 320.0;
/// Space at the left and right inside a table cell.
pub const CELL_PAD: f32 = 12.0;
/// Width of the column of tick boxes.
pub const TICK_COLUMN: f32 = 36.0;
/// How far from a column's edge the pointer takes hold of it.
pub const GRIP: f32 = 4.0;
/// Space between neighbours.
pub const GAP: f32 = 8.0;
/// Half of it, between things that belong together.
pub const GAP_SMALL: f32 = 4.0;
/// Space between groups.
pub const GAP_LARGE: f32 = 16.0;
/// Space between sections of a page.
pub const GAP_SECTION: f32 = 24.0;
/// Around the content of the window.
pub const MARGIN: f32 = 20.0;
/// Inside a card.
pub const CARD_PAD: f32 = 16.0;
/// Inside a button, at its left and right.
pub const BUTTON_PAD_X: f32 = 12.0;
/// Inside a button, above and below.
pub const BUTTON_PAD_Y: f32 = 6.0;
/// Inside a field, at its left and right.
pub const FIELD_PAD_X: f32 = 10.0;
/// Rounding of what one clicks.
pub const RADIUS: f32 = 6.0;
/// Rounding of menus and cards.
pub const RADIUS_CARD: f32 = 8.0;
/// Rounding of dialogs.
pub const RADIUS_WINDOW: f32 = 10.0;
/// Rounding of the box one ticks.
pub const RADIUS_TICK: f32 = 4.0;
/// Width of outlines.
pub const LINE: f32 = 1.0;
/// Width of focus rings.
pub const RING: f32 = 1.5;
/// Space between a control and its focus ring.
pub const RING_GAP: f32 = 1.0;
/// Side of an icon.
pub const ICON: f32 = 16.0;
/// Side of a small icon, beside small text.
pub const ICON_SMALL: f32 = 13.0;
/// How much lower than the middle of a line an icon looks centred beside words.
pub const ICON_DROP: f32 = 1.0;
/// Side of the icon of an empty state.
pub const ICON_LARGE: f32 = 32.0;
/// Side of the box one ticks.
pub const TICK: f32 = 18.0;
/// Size of the glyph of an empty box; its outline is five sixths of it, as wide as a ticked one.
pub const TICK_BOX: f32 = 19.0;
/// Side of the check mark inside that box.
pub const TICK_MARK: f32 = 12.0;
/// Space between an icon and its word.
pub const ICON_GAP: f32 = 8.0;
/// Width of the navigation.
pub const SIDEBAR: f32 = 220.0;
/// Space inside the navigation, at its left and right.
pub const SIDEBAR_PAD: f32 = 12.0;
/// Side of the shop's mark on top of the navigation.
pub const SHOP_MARK: f32 = 32.0;
/// Width of the panel beside a table.
pub const SIDE_PANEL: f32 = 340.0;
/// Width of a dialog.
pub const DIALOG: f32 = 440.0;
/// Width of the command palette.
pub const PALETTE: f32 = 560.0;
/// Height of the palette's list.
pub const PALETTE_LIST: f32 = 360.0;
/// The palette hangs this part of the window's height below its top: one over this.
pub const PALETTE_DOWN: f32 = 7.0;
/// Where the baseline of Inter lies in its line, as a part of its height from the top.
pub const BASELINE: f32 = 0.8;
/// How far right and up of the bell's middle its dot stands.
pub const BELL_DOT: f32 = 6.5;
/// Width of a toast.
pub const TOAST: f32 = 340.0;
/// Height of the status bar.
pub const STATUS_BAR: f32 = 36.0;
/// Height of the page header.
pub const PAGE_HEADER: f32 = 48.0;
/// Height of the compliance bar.
pub const SEGMENT_BAR: f32 = 28.0;
/// The least width in which a segment with something in it is drawn.
pub const SEGMENT_MIN: f32 = 4.0;
/// Space between two segments.
pub const SEGMENT_GAP: f32 = 2.0;
/// Side of a pattern's sample in a legend.
pub const SWATCH: f32 = 14.0;
/// Distance of the marks that make a pattern.
pub const PATTERN_STEP: f32 = 6.0;
/// Width of the marks that make a pattern.
pub const PATTERN_LINE: f32 = 1.25;
/// Height of a progress bar.
pub const PROGRESS: f32 = 8.0;
/// Height of a status chip.
pub const CHIP: f32 = 22.0;
/// Height of a filter chip.
pub const FILTER_CHIP: f32 = 28.0;
/// Side of a day in the calendar.
pub const DAY: f32 = 34.0;
/// Height of a row of work on Today.
pub const DRAWER: f32 = 52.0;
/// Height of the phases of a cycle.
pub const PHASE: f32 = 36.0;
/// Least height of the month, below which the page scrolls.
pub const MONTH: f32 = 420.0;
/// First width of a column of one month in the forecast.
pub const FORECAST_MONTH: f32 = 104.0;
/// Height of a burndown chart.
pub const BURNDOWN: f32 = 180.0;
/// Size of the words in a drawing.
pub const DRAWING_TEXT: f32 = 12.0;
/// Diameter of the number of a step.
pub const STEP: f32 = 24.0;
/// Height of the list of a dropdown before it scrolls.
pub const DROPDOWN_LIST: f32 = 320.0;
/// Width of a search box.
pub const SEARCH: f32 = 280.0;
/// Width of a search box that shares its row with filters.
pub const SEARCH_SHORT: f32 = 220.0;
/// Width of a choice in a row of filters.
pub const FILTER: f32 = 148.0;
/// Greatest width of running text.
pub const MEASURE: f32 = 460.0;
/// Greatest width of a column of forms.
pub const FORM_COLUMN: f32 = 720.0;
/// Greatest width of a column of rules, which are tables of many columns.
pub const RULE_COLUMN: f32 = 960.0;
/// Width of a field for a small number.
pub const NUMBER_FIELD: f32 = 150.0;
/// Side of the square in which the logo is shown.
pub const LOGO: f32 = 64.0;
/// Width of a figure's card at least.
pub const FIGURE: f32 = 200.0;

/// How long a change of state moves.
pub const ANIMATION_SECS: f32 = 0.12;
/// How long the pointer rests before a tooltip.
pub const TOOLTIP_SECS: f32 = 0.6;
/// How long a toast stays that offers nothing.
pub const TOAST_SECS: f64 = 5.0;
/// How long a toast stays that offers Undo.
pub const TOAST_ACTION_SECS: f64 = 10.0;
/// How soon letters typed on a list must follow each other to make one word.
pub const TYPE_AHEAD_SECS: f64 = 1.0;
/// Lines of a section of a document that are seen at once.
pub const DOCUMENT_LINES: usize = 18;
