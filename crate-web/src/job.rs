//! One job over files: read, feed the core, write.

mod export;
mod inspect;

pub(crate) use export::export;
pub(crate) use inspect::inspect;

#[cfg(test)]
mod tests;
