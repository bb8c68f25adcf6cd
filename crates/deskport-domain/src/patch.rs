//! One field of an update, with the contract's three states.

/// What an update does to one field: keep it (absent), clear it (null) or set it (a value).
///
/// ```
/// use deskport_domain::Patch;
///
/// let mut title = Some("Pricing");
/// assert!(!Patch::Keep.apply_to(&mut title));
/// assert!(Patch::Set("Billing").apply_to(&mut title));
/// assert_eq!(title, Some("Billing"));
/// assert!(Patch::Clear.apply_to(&mut title));
/// assert_eq!(title, None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Patch<T> {
    /// The field was absent: it stays as it is.
    #[default]
    Keep,
    /// The field was null: it has no value from now on.
    Clear,
    /// The field has this value from now on.
    Set(T),
}

impl<T> Patch<T> {
    /// Applies this to an optional field; tells whether the field changed.
    pub fn apply_to(&self, field: &mut Option<T>) -> bool
    where
        T: Clone + PartialEq,
    {
        let wanted = match self {
            Self::Keep => return false,
            Self::Clear => None,
            Self::Set(value) => Some(value),
        };
        let changed = field.as_ref() != wanted;
        if changed {
            *field = wanted.cloned();
        }
        changed
    }

    /// Applies this to a field for which "no value" is its default; tells whether the field changed.
    pub fn apply_or_default(&self, field: &mut T) -> bool
    where
        T: Clone + PartialEq + Default,
    {
        let wanted = match self {
            Self::Keep => return false,
            Self::Clear => T::default(),
            Self::Set(value) => value.clone(),
        };
        let changed = *field != wanted;
        *field = wanted;
        changed
    }

    /// The same state with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Patch<U> {
        match self {
            Self::Keep => Patch::Keep,
            Self::Clear => Patch::Clear,
            Self::Set(value) => Patch::Set(change(value)),
        }
    }

    /// The value to set, if this sets one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }
}
