//! Documents: the grammar of templates, the values they state, their versions, and how they read on paper.

mod about;
mod fill;
mod golden;
mod grammar;
mod life;
mod paper;
mod shipped;
mod value;
