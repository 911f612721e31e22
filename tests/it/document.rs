//! Documents: the grammar of templates, the values they state, their versions, and how they read on paper.

mod console;
mod grammar;
mod life;
mod shipped;
mod value;
