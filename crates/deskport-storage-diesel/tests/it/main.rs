//! Both stores keep every promise of a store, and some of their own.

mod postgres;
mod sqlite;
