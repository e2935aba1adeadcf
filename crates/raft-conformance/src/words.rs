//! Our values in etcd's words. Each file knows one kind of text; none of them changes anything.

pub mod conf;
pub mod decision;
pub mod entry;
pub mod message;
pub mod progress;
pub mod quote;
pub mod ready;
