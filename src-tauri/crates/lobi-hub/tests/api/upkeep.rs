//! What the hub gave up doing: an admin sees it, has it tried again, or lets it go.

use lobi_hub::act::Caller;
use lobi_hub::db::NewJob;
use serde_json::{Value, json};

use crate::harness::{MORNING, TestHub, a_hub, clinic};

/// Enqueues work that no hub knows how to do, and waits until it was given up.
async fn given_up(hub: &TestHub, about: &'static str) -> i64 {
    let enqueue = hub.hub().act(Caller::system(MORNING), move |act| {
        act.enqueue(&NewJob { kind: "backup", about, data: "{}".into(), due: MORNING })
    });
    let id = enqueue.await.unwrap();
    hub.hub().job_ends.outcome(id).await.unwrap().unwrap_err();
    id
}

async fn state_of(hub: &TestHub, id: i64) -> String {
    let jobs = hub.admin.get("/api/jobs").await.expect(200).body["jobs"].clone();
    let job = jobs.as_array().unwrap().iter().find(|job| job["id"] == json!(id)).cloned();
    job.map_or("gone".into(), |job| job["state"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn what_was_given_up_is_seen_and_can_be_let_go() {
    let hub = a_hub().with(clinic()).open().await;
    let (id, other) = (given_up(&hub, "harian").await, given_up(&hub, "mingguan").await);
    let left = hub.admin.post(&format!("/api/jobs/{id}/dismiss"), Value::Null).await.expect(200);
    assert_eq!(left.body["jobs"].as_array().unwrap().len(), 1);
    assert_eq!(left.body["jobs"][0]["id"], json!(other));
    let again = hub.admin.post(&format!("/api/jobs/{id}/dismiss"), Value::Null).await;
    again.refused(404, "JOB_NOT_FOUND");
}

#[tokio::test]
async fn what_was_given_up_is_tried_again_on_request_and_once_where_a_like_one_waits() {
    let hub = a_hub().with(clinic()).open().await;
    let id = given_up(&hub, "harian").await;
    hub.admin.post(&format!("/api/jobs/{id}/retry"), Value::Null).await.expect(200);
    // It fails again: no hub knows how.
    while state_of(&hub, id).await != "given_up" {
        tokio::task::yield_now().await;
    }
    let later = MORNING.plus_minutes(60);
    let like_it = hub.hub().act(Caller::system(MORNING), move |act| {
        act.enqueue(&NewJob { kind: "backup", about: "harian", data: "{}".into(), due: later })
    });
    let like_it = like_it.await.unwrap();
    let left = hub.admin.post(&format!("/api/jobs/{id}/retry"), Value::Null).await.expect(200);
    let left = left.body["jobs"].as_array().unwrap().clone();
    assert_eq!(
        left.iter().map(|job| (&job["id"], &job["state"])).collect::<Vec<_>>(),
        [(&json!(like_it), &json!("due"))]
    );
    hub.admin.post(&format!("/api/jobs/{like_it}/retry"), Value::Null).await.refused(404, "JOB_NOT_FOUND");
}
