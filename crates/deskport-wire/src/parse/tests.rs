//! Requests are read tolerantly, and refused in plain words.
