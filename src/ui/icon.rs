//! The icons: one constant per glyph of the Lucide subset in `assets/fonts/lucide.ttf`.
//!
//! A glyph is a private-use character and means nothing to a screen reader: it must never end up in an
//! accessible name. Widgets take an [`Icon`] and a name, and put only the name into the tree.

/// A glyph of the icon font. It can be painted, and it has no meaning of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Icon(char);

impl Icon {
    /// The private-use character that paints this icon.
    pub fn glyph(self) -> char {
        self.0
    }
}

/// Lucide `archive`.
pub const ARCHIVE: Icon = Icon('\u{e041}');
/// Lucide `arrow-down`.
pub const ARROW_DOWN: Icon = Icon('\u{e042}');
/// Lucide `arrow-right`.
pub const ARROW_RIGHT: Icon = Icon('\u{e049}');
/// Lucide `arrow-up`.
pub const ARROW_UP: Icon = Icon('\u{e04a}');
/// Lucide `ban`.
pub const BAN: Icon = Icon('\u{e051}');
/// Lucide `bell`.
pub const BELL: Icon = Icon('\u{e059}');
/// Lucide `book-open-check`.
pub const BOOK_OPEN_CHECK: Icon = Icon('\u{e381}');
/// Lucide `building-2`.
pub const BUILDING_2: Icon = Icon('\u{e290}');
/// Lucide `calendar`.
pub const CALENDAR: Icon = Icon('\u{e063}');
/// Lucide `calendar-check`.
pub const CALENDAR_CHECK: Icon = Icon('\u{e2b7}');
/// Lucide `calendar-clock`.
pub const CALENDAR_CLOCK: Icon = Icon('\u{e304}');
/// Lucide `calendar-days`.
pub const CALENDAR_DAYS: Icon = Icon('\u{e2b9}');
/// Lucide `calendar-x`.
pub const CALENDAR_X: Icon = Icon('\u{e2be}');
/// Lucide `chart-column`.
pub const CHART_COLUMN: Icon = Icon('\u{e2a3}');
/// Lucide `check`.
pub const CHECK: Icon = Icon('\u{e06c}');
/// Lucide `chevron-down`.
pub const CHEVRON_DOWN: Icon = Icon('\u{e06d}');
/// Lucide `chevron-left`.
pub const CHEVRON_LEFT: Icon = Icon('\u{e06e}');
/// Lucide `chevron-right`.
pub const CHEVRON_RIGHT: Icon = Icon('\u{e06f}');
/// Lucide `chevron-up`.
pub const CHEVRON_UP: Icon = Icon('\u{e070}');
/// Lucide `chevrons-up-down`.
pub const CHEVRONS_UP_DOWN: Icon = Icon('\u{e211}');
/// Lucide `circle`.
pub const CIRCLE: Icon = Icon('\u{e076}');
/// Lucide `circle-alert`.
pub const CIRCLE_ALERT: Icon = Icon('\u{e077}');
/// Lucide `circle-check`.
pub const CIRCLE_CHECK: Icon = Icon('\u{e226}');
/// Lucide `circle-dot`.
pub const CIRCLE_DOT: Icon = Icon('\u{e345}');
/// Lucide `circle-question-mark`.
pub const CIRCLE_QUESTION_MARK: Icon = Icon('\u{e082}');
/// Lucide `circle-slash`.
pub const CIRCLE_SLASH: Icon = Icon('\u{e402}');
/// Lucide `circle-x`.
pub const CIRCLE_X: Icon = Icon('\u{e084}');
/// Lucide `clipboard-list`.
pub const CLIPBOARD_LIST: Icon = Icon('\u{e086}');
/// Lucide `clipboard-paste`.
pub const CLIPBOARD_PASTE: Icon = Icon('\u{e3e8}');
/// Lucide `clock`.
pub const CLOCK: Icon = Icon('\u{e087}');
/// Lucide `columns-3`.
pub const COLUMNS_3: Icon = Icon('\u{e099}');
/// Lucide `copy`.
pub const COPY: Icon = Icon('\u{e09e}');
/// Lucide `database`.
pub const DATABASE: Icon = Icon('\u{e0ad}');
/// Lucide `download`.
pub const DOWNLOAD: Icon = Icon('\u{e0b2}');
/// Lucide `ellipsis`.
pub const ELLIPSIS: Icon = Icon('\u{e0b6}');
/// Lucide `external-link`.
pub const EXTERNAL_LINK: Icon = Icon('\u{e0b9}');
/// Lucide `eye`.
pub const EYE: Icon = Icon('\u{e0ba}');
/// Lucide `eye-off`.
pub const EYE_OFF: Icon = Icon('\u{e0bb}');
/// Lucide `file-check`.
pub const FILE_CHECK: Icon = Icon('\u{e0c1}');
/// Lucide `file-down`.
pub const FILE_DOWN: Icon = Icon('\u{e318}');
/// Lucide `file-plus`.
pub const FILE_PLUS: Icon = Icon('\u{e0c9}');
/// Lucide `file-text`.
pub const FILE_TEXT: Icon = Icon('\u{e0cc}');
/// Lucide `file-warning`.
pub const FILE_WARNING: Icon = Icon('\u{e319}');
/// Lucide `folder-open`.
pub const FOLDER_OPEN: Icon = Icon('\u{e247}');
/// Lucide `funnel`.
pub const FUNNEL: Icon = Icon('\u{e0dc}');
/// Lucide `gauge`.
pub const GAUGE: Icon = Icon('\u{e1bf}');
/// Lucide `globe`.
pub const GLOBE: Icon = Icon('\u{e0e8}');
/// Lucide `hash`.
pub const HASH: Icon = Icon('\u{e0ef}');
/// Lucide `history`.
pub const HISTORY: Icon = Icon('\u{e1f5}');
/// Lucide `hourglass`.
pub const HOURGLASS: Icon = Icon('\u{e296}');
/// Lucide `house`.
pub const HOUSE: Icon = Icon('\u{e0f5}');
/// Lucide `info`.
pub const INFO: Icon = Icon('\u{e0f9}');
/// Lucide `keyboard`.
pub const KEYBOARD: Icon = Icon('\u{e284}');
/// Lucide `laptop`.
pub const LAPTOP: Icon = Icon('\u{e1cd}');
/// Lucide `layers`.
pub const LAYERS: Icon = Icon('\u{e529}');
/// Lucide `layout-dashboard`.
pub const LAYOUT_DASHBOARD: Icon = Icon('\u{e1c1}');
/// Lucide `link`.
pub const LINK: Icon = Icon('\u{e102}');
/// Lucide `list`.
pub const LIST: Icon = Icon('\u{e106}');
/// Lucide `list-checks`.
pub const LIST_CHECKS: Icon = Icon('\u{e1d0}');
/// Lucide `lock`.
pub const LOCK: Icon = Icon('\u{e10b}');
/// Lucide `log-out`.
pub const LOG_OUT: Icon = Icon('\u{e10e}');
/// Lucide `mail`.
pub const MAIL: Icon = Icon('\u{e10f}');
/// Lucide `map-pin`.
pub const MAP_PIN: Icon = Icon('\u{e111}');
/// Lucide `menu`.
pub const MENU: Icon = Icon('\u{e115}');
/// Lucide `minus`.
pub const MINUS: Icon = Icon('\u{e11c}');
/// Lucide `monitor`.
pub const MONITOR: Icon = Icon('\u{e11d}');
/// Lucide `moon`.
pub const MOON: Icon = Icon('\u{e11e}');
/// Lucide `network`.
pub const NETWORK: Icon = Icon('\u{e125}');
/// Lucide `package`.
pub const PACKAGE: Icon = Icon('\u{e129}');
/// Lucide `panel-right`.
pub const PANEL_RIGHT: Icon = Icon('\u{e431}');
/// Lucide `pencil`.
pub const PENCIL: Icon = Icon('\u{e1f9}');
/// Lucide `pin`.
pub const PIN: Icon = Icon('\u{e259}');
/// Lucide `plus`.
pub const PLUS: Icon = Icon('\u{e13d}');
/// Lucide `printer`.
pub const PRINTER: Icon = Icon('\u{e141}');
/// Lucide `redo-2`.
pub const REDO_2: Icon = Icon('\u{e2a0}');
/// Lucide `refresh-cw`.
pub const REFRESH_CW: Icon = Icon('\u{e145}');
/// Lucide `rotate-ccw`.
pub const ROTATE_CCW: Icon = Icon('\u{e148}');
/// Lucide `save`.
pub const SAVE: Icon = Icon('\u{e14d}');
/// Lucide `search`.
pub const SEARCH: Icon = Icon('\u{e151}');
/// Lucide `server`.
pub const SERVER: Icon = Icon('\u{e153}');
/// Lucide `settings`.
pub const SETTINGS: Icon = Icon('\u{e154}');
/// Lucide `shield`.
pub const SHIELD: Icon = Icon('\u{e158}');
/// Lucide `shield-alert`.
pub const SHIELD_ALERT: Icon = Icon('\u{e1fe}');
/// Lucide `shield-check`.
pub const SHIELD_CHECK: Icon = Icon('\u{e1ff}');
/// Lucide `sliders-horizontal`.
pub const SLIDERS_HORIZONTAL: Icon = Icon('\u{e29a}');
/// Lucide `smartphone`.
pub const SMARTPHONE: Icon = Icon('\u{e163}');
/// Lucide `square`.
pub const SQUARE: Icon = Icon('\u{e167}');
/// Lucide `square-check-big`.
pub const SQUARE_CHECK_BIG: Icon = Icon('\u{e16a}');
/// Lucide `star`.
pub const STAR: Icon = Icon('\u{e176}');
/// Lucide `sun`.
pub const SUN: Icon = Icon('\u{e178}');
/// Lucide `sun-moon`.
pub const SUN_MOON: Icon = Icon('\u{e2b2}');
/// Lucide `table`.
pub const TABLE: Icon = Icon('\u{e17d}');
/// Lucide `tag`.
pub const TAG: Icon = Icon('\u{e17f}');
/// Lucide `trash-2`.
pub const TRASH_2: Icon = Icon('\u{e18e}');
/// Lucide `trending-down`.
pub const TRENDING_DOWN: Icon = Icon('\u{e190}');
/// Lucide `trending-up`.
pub const TRENDING_UP: Icon = Icon('\u{e191}');
/// Lucide `triangle-alert`.
pub const TRIANGLE_ALERT: Icon = Icon('\u{e193}');
/// Lucide `undo-2`.
pub const UNDO_2: Icon = Icon('\u{e2a1}');
/// Lucide `upload`.
pub const UPLOAD: Icon = Icon('\u{e19e}');
/// Lucide `user`.
pub const USER: Icon = Icon('\u{e19f}');
/// Lucide `user-check`.
pub const USER_CHECK: Icon = Icon('\u{e1a0}');
/// Lucide `users`.
pub const USERS: Icon = Icon('\u{e1a4}');
/// Lucide `wrench`.
pub const WRENCH: Icon = Icon('\u{e1b1}');
/// Lucide `x`.
pub const X: Icon = Icon('\u{e1b2}');

/// Every icon there is, for the test that none is missing from the font.
pub const ALL: &[Icon] = &[
    ARCHIVE,
    ARROW_DOWN,
    ARROW_RIGHT,
    ARROW_UP,
    BAN,
    BELL,
    BOOK_OPEN_CHECK,
    BUILDING_2,
    CALENDAR,
    CALENDAR_CHECK,
    CALENDAR_CLOCK,
    CALENDAR_DAYS,
    CALENDAR_X,
    CHART_COLUMN,
    CHECK,
    CHEVRON_DOWN,
    CHEVRON_LEFT,
    CHEVRON_RIGHT,
    CHEVRON_UP,
    CHEVRONS_UP_DOWN,
    CIRCLE,
    CIRCLE_ALERT,
    CIRCLE_CHECK,
    CIRCLE_DOT,
    CIRCLE_QUESTION_MARK,
    CIRCLE_SLASH,
    CIRCLE_X,
    CLIPBOARD_LIST,
    CLIPBOARD_PASTE,
    CLOCK,
    COLUMNS_3,
    COPY,
    DATABASE,
    DOWNLOAD,
    ELLIPSIS,
    EXTERNAL_LINK,
    EYE,
    EYE_OFF,
    FILE_CHECK,
    FILE_DOWN,
    FILE_PLUS,
    FILE_TEXT,
    FILE_WARNING,
    FOLDER_OPEN,
    FUNNEL,
    GAUGE,
    GLOBE,
    HASH,
    HISTORY,
    HOURGLASS,
    HOUSE,
    INFO,
    KEYBOARD,
    LAPTOP,
    LAYERS,
    LAYOUT_DASHBOARD,
    LINK,
    LIST,
    LIST_CHECKS,
    LOCK,
    LOG_OUT,
    MAIL,
    MAP_PIN,
    MENU,
    MINUS,
    MONITOR,
    MOON,
    NETWORK,
    PACKAGE,
    PANEL_RIGHT,
    PENCIL,
    PIN,
    PLUS,
    PRINTER,
    REDO_2,
    REFRESH_CW,
    ROTATE_CCW,
    SAVE,
    SEARCH,
    SERVER,
    SETTINGS,
    SHIELD,
    SHIELD_ALERT,
    SHIELD_CHECK,
    SLIDERS_HORIZONTAL,
    SMARTPHONE,
    SQUARE,
    SQUARE_CHECK_BIG,
    STAR,
    SUN,
    SUN_MOON,
    TABLE,
    TAG,
    TRASH_2,
    TRENDING_DOWN,
    TRENDING_UP,
    TRIANGLE_ALERT,
    UNDO_2,
    UPLOAD,
    USER,
    USER_CHECK,
    USERS,
    WRENCH,
    X,
];
