//! `/api/jobs`: what the hub does by itself, and what it gave up.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::actions::{Decision, decide};
use crate::db::jobs::{self, JobView};
use crate::http::auth::Intent;
use crate::http::body::Path;
use crate::http::{Answer, App};

/// What the hub does, or gave up to do, by itself.
#[derive(Serialize, ToSchema)]
pub struct JobList {
    /// Oldest first, at most 200.
    jobs: Vec<JobView>,
}

/// Jobs that are not done: waiting, running, given up.
#[utoipa::path(get, path = "/api/jobs", tag = "staff", responses((status = 200, body = JobList)))]
pub async fn unfinished_jobs(State(hub): State<App>) -> Answer<JobList> {
    Ok(Json(JobList { jobs: hub.db.read(|sql| jobs::all(sql, 200)).await? }))
}

/// Try a job again that was given up.
#[utoipa::path(post, path = "/api/jobs/{id}/retry", tag = "staff", params(("id" = i64, Path, description = "Job id")),
    responses((status = 200, body = JobList)))]
pub async fn retry_job(State(hub): State<App>, Path(id): Path<i64>, intent: Intent) -> Answer<JobList> {
    decide(&hub, intent.caller(&[]), id, Decision::Retry).await?;
    unfinished_jobs(State(hub)).await
}

/// Forget a job that was given up.
#[utoipa::path(post, path = "/api/jobs/{id}/dismiss", tag = "staff", params(("id" = i64, Path, description = "Job id")),
    responses((status = 200, body = JobList)))]
pub async fn dismiss_job(State(hub): State<App>, Path(id): Path<i64>, intent: Intent) -> Answer<JobList> {
    decide(&hub, intent.caller(&[]), id, Decision::Dismiss).await?;
    unfinished_jobs(State(hub)).await
}
