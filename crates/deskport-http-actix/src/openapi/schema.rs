//! Types of the wire as schemas: under their names, in lists, and in the envelopes of variant P.

use std::borrow::Cow;

use utoipa::{
    ToSchema,
    openapi::{
        AllOfBuilder, Array, Content, Object, ObjectBuilder, Ref, RefOr, Schema,
        schema::{SchemaType, Type as JsonType},
    },
};

/// What a request or an answer is made of, as the table of operations says it.
#[derive(Clone, Copy)]
pub(crate) struct Type {
    name: fn() -> Cow<'static, str>,
    collect: fn(&mut Named),
    list: bool,
    wrap: Wrap,
}

/// What is around it.
#[derive(Clone, Copy)]
enum Wrap {
    Nothing,
    Envelope,
    MembersAndEnvelope,
    Page,
}

/// Schemas under their names.
pub(super) type Named = Vec<(String, RefOr<Schema>)>;

impl Type {
    /// The type itself.
    pub(crate) const fn of<T: ToSchema>() -> Self {
        Self {
            name: T::name,
            collect: |named| {
                named.push((T::name().into_owned(), T::schema()));
                T::schemas(named);
            },
            list: false,
            wrap: Wrap::Nothing,
        }
    }

    /// A list of it.
    pub(crate) const fn list(self) -> Self {
        Self { list: true, ..self }
    }

    /// As variant P answers a load, an update or a list.
    pub(crate) const fn enveloped(self) -> Self {
        Self { wrap: Wrap::Envelope, ..self }
    }

    /// As variant P answers a create.
    pub(crate) const fn created(self) -> Self {
        Self { wrap: Wrap::MembersAndEnvelope, ..self }
    }

    /// A part of a list, as the desk face answers it.
    pub(crate) const fn paged(self) -> Self {
        Self { list: true, wrap: Wrap::Page, ..self }
    }

    pub(super) fn content(self) -> Content {
        Content::new(Some(self.schema()))
    }

    pub(super) fn collect(self, named: &mut Named) {
        (self.collect)(named);
    }

    fn schema(self) -> RefOr<Schema> {
        let itself = Ref::from_schema_name((self.name)());
        let data: RefOr<Schema> =
            if self.list { Schema::Array(Array::new(itself.clone())).into() } else { itself.clone().into() };
        let envelope = |data| {
            let null = ObjectBuilder::new().schema_type(JsonType::Null);
            let envelope = ObjectBuilder::new().property("data", data).property("error", null);
            envelope.required("data").required("error").build()
        };
        match self.wrap {
            Wrap::Nothing => data,
            Wrap::Page => Schema::Object(page(data)).into(),
            Wrap::Envelope => Schema::Object(envelope(data)).into(),
            Wrap::MembersAndEnvelope => {
                Schema::AllOf(AllOfBuilder::new().item(itself).item(envelope(data)).build()).into()
            }
        }
    }
}

/// A part of a list, and where the next part begins.
fn page(data: RefOr<Schema>) -> Object {
    let cursor = ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([JsonType::String, JsonType::Null]))
        .description(Some("Where the next part begins; null after the last one."));
    let page = ObjectBuilder::new().property("data", data).property("next_cursor", cursor);
    page.required("data").required("next_cursor").build()
}
