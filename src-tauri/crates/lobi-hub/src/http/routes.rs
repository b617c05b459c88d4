//! The type of the table of routes. A route is open by decision or asks for a right: there is no third way to add one.
//! Each row carries method, path, handler, right, the budget it is counted in and its place in the API's document.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use lobi_core::access::Permission;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::{
    ContentBuilder, ObjectBuilder, OpenApi, Paths, Ref, RefOr, Required, ResponseBuilder, Schema, Type,
};

use super::{App, auth, limits};
use crate::limits::Class;

/// What `utoipa_axum::routes!` gives: schemas, paths, handlers.
type Row = (Vec<(String, RefOr<Schema>)>, Paths, MethodRouter<App>);

/// The right that an operation asks for, as its document says it.
pub const PERMISSION: &str = "x-permission";

/// The table under construction.
pub struct Routes {
    router: Router<App>,
    document: OpenApi,
    also: &'static [(&'static str, &'static str)],
    anew: &'static [&'static str],
    roomy: &'static [(&'static str, usize)],
}

impl Routes {
    /// An empty table of a document.
    pub fn new(document: OpenApi) -> Self {
        Routes { router: Router::new(), document, also: &[], anew: &[], roomy: &[] }
    }

    /// Other names of paths: the first of each pair is answered as the second, and stands in no document.
    pub fn also(self, also: &'static [(&'static str, &'static str)]) -> Self {
        Routes { also, ..self }
    }

    /// The paths whose operations keep no first answer: they offer no idempotency key.
    pub fn happens_anew(self, paths: &'static [&'static str]) -> Self {
        Routes { anew: paths, ..self }
    }

    /// The paths whose bodies may be larger than `MAX_BODY`, and how large.
    pub fn takes_more(self, paths: &'static [(&'static str, usize)]) -> Self {
        Routes { roomy: paths, ..self }
    }

    /// A route that everybody on the network may use.
    pub fn open(self, row: Row) -> Self {
        self.add(row, None, None)
    }

    /// A route that everybody on the network may use, counted as this class.
    pub fn open_within(self, class: Class, row: Row) -> Self {
        self.add(row, None, Some(class))
    }

    /// A route for staff with this right.
    pub fn may(self, permission: Permission, row: Row) -> Self {
        self.add(row, Some(permission), None)
    }

    /// Router and document.
    pub fn split(self) -> (Router<App>, OpenApi) {
        (self.router, self.document)
    }

    fn add(
        mut self,
        (schemas, mut paths, methods): Row,
        permission: Option<Permission>,
        class: Option<Class>,
    ) -> Self {
        // `routes!` puts every handler on every path: two paths in one row would open four routes.
        assert_eq!(paths.paths.len(), 1, "one path a row: {:?}", paths.paths.keys());
        for (path, item) in &mut paths.paths {
            let keyed = !self.anew.contains(&path.as_str());
            for operation in [&mut item.get, &mut item.head].into_iter().flatten() {
                describe(operation, permission, false);
            }
            for operation in
                [&mut item.post, &mut item.put, &mut item.patch, &mut item.delete].into_iter().flatten()
            {
                describe(operation, permission, keyed);
            }
        }
        let methods = methods
            .route_layer(middleware::from_fn(move |request, next| door(class, permission, request, next)));
        let roomy = self.roomy.iter().find(|(path, _)| paths.paths.contains_key(*path));
        let methods = match roomy {
            Some((_, most)) => methods.route_layer(DefaultBodyLimit::max(*most)),
            None => methods,
        };
        for (path, item) in paths.paths {
            self.router = self.router.route(&path, methods.clone());
            for (also, _) in self.also.iter().filter(|(_, named)| *named == path) {
                self.router = self.router.route(also, methods.clone());
            }
            match self.document.paths.paths.get_mut(&path) {
                Some(known) => known.merge_operations(item),
                None => {
                    self.document.paths.paths.insert(path, item);
                }
            }
        }
        let components = self.document.components.get_or_insert_default();
        components.schemas.extend(schemas);
        self
    }
}

/// The door of a route: first its budget, so that a request too many costs no look at the database, then its guard.
pub async fn door(
    class: Option<Class>,
    permission: Option<Permission>,
    request: Request,
    next: Next,
) -> Response {
    let request = match limits::within(class, request).await {
        Ok(request) => request,
        Err(refused) => return refused.into_response(),
    };
    let request = match permission {
        None => request,
        Some(permission) => match auth::guard(permission, request).await {
            Ok(request) => request,
            Err(refused) => return refused.into_response(),
        },
    };
    next.run(request).await
}

/// What every operation says the same way.
fn describe(operation: &mut utoipa::openapi::path::Operation, permission: Option<Permission>, keyed: bool) {
    if let Some(permission) = permission {
        let bearer = utoipa::openapi::security::SecurityRequirement::new("bearer", Vec::<String>::new());
        operation.security = Some(vec![bearer]);
        let extension =
            utoipa::openapi::extensions::Extensions::builder().add(PERMISSION, permission.name()).build();
        operation.extensions = Some(extension);
    }
    let error = ContentBuilder::new().schema(Some(Ref::from_schema_name("ErrorBody"))).build();
    let error = ResponseBuilder::new()
        .description("An error: `code` is stable, `message` is an Indonesian sentence that says what to do")
        .content("application/json", error);
    operation.responses.responses.insert("default".into(), error.build().into());
    if keyed {
        operation.parameters.get_or_insert_default().push(RefOr::T(idempotency_key()));
    }
}

fn idempotency_key() -> Parameter {
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some("8–200 visible ASCII characters"))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .build()
}
