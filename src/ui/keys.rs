//! Every command of the program with its words, its key and when it can be done: one list for the palette, the keyboard and Help.

use egui::{Context, Key, KeyboardShortcut, Modifiers};

use super::route::Room;

/// Something the program can do from anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Find a command by a few letters.
    Palette,
    /// Go to a room.
    Go(Room),
    /// Make a register.
    New,
    /// Open a register.
    Open,
    /// Make the sample register.
    Sample,
    /// Close the register.
    Close,
    /// Import files.
    Import,
    /// Print a paper.
    Print,
    /// Write a copy of the register.
    SaveCopy,
    /// Save the script that exports from WSUS.
    SaveScript,
    /// Verify the history.
    Verify,
    /// Take back the last step.
    Undo,
    /// Bring it back.
    Redo,
    /// Light look.
    Light,
    /// Dark look.
    Dark,
    /// As the system.
    System,
    /// Everything larger.
    ZoomIn,
    /// Everything smaller.
    ZoomOut,
    /// As made.
    ZoomReset,
    /// The short page of help.
    Help,
    /// Leave.
    Quit,
}

/// When a command can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Always.
    Nothing,
    /// A register is open.
    File,
    /// A register is open for writing.
    Write,
}

impl Command {
    /// Every command, in the order of the palette.
    pub const ALL: [Self; 31] = [
        Self::Go(Room::Today),
        Self::Go(Room::Assets),
        Self::Go(Room::Updates),
        Self::Go(Room::Calendar),
        Self::Go(Room::Changes),
        Self::Go(Room::Night),
        Self::Go(Room::Programme),
        Self::Go(Room::Reports),
        Self::Go(Room::Import),
        Self::Go(Room::History),
        Self::Go(Room::Settings),
        Self::Import,
        Self::Print,
        Self::Undo,
        Self::Redo,
        Self::New,
        Self::Open,
        Self::Sample,
        Self::SaveCopy,
        Self::Verify,
        Self::SaveScript,
        Self::Close,
        Self::Light,
        Self::Dark,
        Self::System,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::ZoomReset,
        Self::Palette,
        Self::Help,
        Self::Quit,
    ];

    /// Its words.
    pub fn text(self) -> &'static str {
        match self {
            Self::Palette => "Find a command",
            Self::Go(Room::Today) => "Go to Today",
            Self::Go(Room::Assets) => "Go to Assets",
            Self::Go(Room::Updates) => "Go to Updates",
            Self::Go(Room::Calendar) => "Go to Calendar",
            Self::Go(Room::Changes) => "Go to Changes",
            Self::Go(Room::Night) => "Go to Patch night",
            Self::Go(Room::Programme) => "Go to Programme",
            Self::Go(Room::Reports) => "Go to Reports",
            Self::Go(Room::Import) => "Go to Import",
            Self::Go(Room::History) => "Go to History",
            Self::Go(Room::Settings) => "Go to Settings",
            Self::Go(Room::Welcome) => "Go to Welcome",
            Self::New => "New register…",
            Self::Open => "Open a register…",
            Self::Sample => "Make the sample register…",
            Self::Close => "Close the register",
            Self::Import => "Import files…",
            Self::Print => "Print…",
            Self::SaveCopy => "Save a copy of the register…",
            Self::SaveScript => "Save the export script…",
            Self::Verify => "Verify the register",
            Self::Undo => "Undo",
            Self::Redo => "Redo",
            Self::Light => "Use the light theme",
            Self::Dark => "Use the dark theme",
            Self::System => "Use the theme of the system",
            Self::ZoomIn => "Larger",
            Self::ZoomOut => "Smaller",
            Self::ZoomReset => "Normal size",
            Self::Help => "Help",
            Self::Quit => "Quit",
        }
    }

    /// Where it belongs.
    pub fn group(self) -> &'static str {
        match self {
            Self::New | Self::Open | Self::Sample | Self::Close | Self::SaveCopy | Self::Quit => "File",
            Self::Light | Self::Dark | Self::System | Self::ZoomIn | Self::ZoomOut | Self::ZoomReset => {
                "View"
            }
            Self::Verify => "History",
            _ => "",
        }
    }

    /// Its keys; the first is the one shown.
    pub fn shortcuts(self) -> &'static [KeyboardShortcut] {
        const CTRL: Modifiers = Modifiers::COMMAND;
        const fn ctrl(key: Key) -> KeyboardShortcut {
            KeyboardShortcut::new(CTRL, key)
        }
        match self {
            Self::Palette => const { &[ctrl(Key::K)] },
            Self::Go(Room::Today) => const { &[ctrl(Key::Num1)] },
            Self::Go(Room::Assets) => const { &[ctrl(Key::Num2)] },
            Self::Go(Room::Updates) => const { &[ctrl(Key::Num3)] },
            Self::Go(Room::Calendar) => const { &[ctrl(Key::Num4)] },
            Self::Go(Room::Changes) => const { &[ctrl(Key::Num5)] },
            Self::Go(Room::Night) => const { &[ctrl(Key::Num6)] },
            Self::Go(Room::Programme) => const { &[ctrl(Key::Num7)] },
            Self::Go(Room::Reports) => const { &[ctrl(Key::Num8)] },
            Self::Go(Room::Import) => const { &[ctrl(Key::Num9)] },
            Self::Go(Room::History) => const { &[ctrl(Key::Num0)] },
            Self::Go(Room::Settings) => const { &[ctrl(Key::Comma)] },
            // Ctrl+N alone makes a new asset.
            Self::New => const { &[KeyboardShortcut::new(CTRL.plus(Modifiers::SHIFT), Key::N)] },
            Self::Open => const { &[ctrl(Key::O)] },
            Self::Import => const { &[ctrl(Key::I)] },
            Self::Print => const { &[ctrl(Key::P)] },
            Self::Undo => const { &[ctrl(Key::Z)] },
            Self::Redo => {
                const { &[KeyboardShortcut::new(CTRL.plus(Modifiers::SHIFT), Key::Z), ctrl(Key::Y)] }
            }
            Self::ZoomIn => const { &[ctrl(Key::Plus), ctrl(Key::Equals)] },
            Self::ZoomOut => const { &[ctrl(Key::Minus)] },
            Self::Help => const { &[KeyboardShortcut::new(Modifiers::NONE, Key::F1)] },
            Self::Quit => const { &[ctrl(Key::Q)] },
            _ => &[],
        }
    }

    /// What it needs.
    pub fn needs(self) -> Needs {
        match self {
            Self::Go(_) | Self::Close | Self::Print | Self::SaveCopy | Self::Verify => Needs::File,
            Self::Import | Self::Undo | Self::Redo => Needs::Write,
            _ => Needs::Nothing,
        }
    }

    /// The key that is shown, written as the system writes it; empty for none.
    pub fn key_text(self, ctx: &Context) -> String {
        self.shortcuts().first().map(|keys| ctx.format_shortcut(keys)).unwrap_or_default()
    }
}

/// The command whose key was pressed in this frame, if any. Undo and Redo belong to a text input while it has the keyboard.
pub fn pressed(ctx: &Context) -> Option<Command> {
    let typing = ctx.text_edit_focused();
    // Ctrl+Shift+Z would also answer to Ctrl+Z, so the longer ones come first.
    let redo_first = [Command::Redo].into_iter().chain(Command::ALL);
    redo_first.filter(|command| !(typing && matches!(command, Command::Undo | Command::Redo))).find(
        |command| command.shortcuts().iter().any(|keys| ctx.input_mut(|input| input.consume_shortcut(keys))),
    )
}
