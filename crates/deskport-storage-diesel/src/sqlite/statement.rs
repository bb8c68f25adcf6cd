//! Statements of our own. Diesel prepares some of its own anew each time; these stay prepared.

/// Gives parameters to a statement, one after the other, with commas between them.
macro_rules! bind {
    ($out:ident, $kind:ty = $value:expr $(, $kinds:ty = $values:expr)*) => {
        $out.push_bind_param::<$kind, _>($value)?;
        $(
            $out.push_sql(", ");
            $out.push_bind_param::<$kinds, _>($values)?;
        )*
    };
}

/// Statements whose text never changes, so that one of each stays prepared.
macro_rules! stays_prepared {
    ($($statement:ty = $name:ty),* $(,)?) => {$(
        impl diesel::query_builder::QueryId for $statement {
            type QueryId = $name;

            const HAS_STATIC_QUERY_ID: bool = true;
        }

        impl diesel::RunQueryDsl<$crate::sqlite::Connection> for $statement {}
    )*};
}

pub(super) use {bind, stays_prepared};
