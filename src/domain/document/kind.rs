//! The types of placeholders.

use crate::domain::row::words;

words!(
    /// What kind of value a placeholder stands for.
    Kind {
        /// Words inside a sentence.
        Text = "text", "text";
        /// A count.
        Number = "number", "number";
        /// A calendar day.
        Date = "date", "date";
        /// An instant, printed in the shop's zone.
        Time = "time", "time";
        /// An amount with its currency.
        Money = "money", "money";
        /// A share with its counts.
        Percent = "percent", "percent";
        /// A person's name.
        Person = "person", "person";
        /// A role's name.
        Role = "role", "role";
        /// Words set apart by commas.
        List = "list", "list";
        /// Yes or no, for conditions.
        Flag = "flag", "flag";
        /// Rows under a head.
        Table = "table", "table";
        /// A list of points.
        Bullets = "bullets", "bullets";
        /// A drawing.
        Figure = "figure", "figure";
        /// Lines to sign on.
        Signatures = "signatures", "signatures";
    }
);

impl Kind {
    /// It stands alone on its line.
    pub fn is_block(self) -> bool {
        matches!(self, Self::Table | Self::Bullets | Self::Figure | Self::Signatures)
    }

    /// The type of a word in small letters, as templates write it.
    pub(super) fn written(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word)
    }
}
