//! Durable jobs: tried again, given up where an admin sees it, and not forgotten by a hub that dies in the middle of one.

use std::sync::Arc;

use futures_util::FutureExt;
use lobi_core::time::Timestamp;
use lobi_hub::act::Caller;
use lobi_hub::clock::{Clock, ManualClock};
use lobi_hub::db::jobs::{Job, no_more};
use lobi_hub::db::{DbError, NewJob};
use lobi_hub::jobs::{Fault, JobKind, run_due};
use lobi_hub::queue::jobs::PRINT;
use lobi_hub::{Config, Hub, house};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use crate::harness::{Actor, MORNING, a_hub, clinic};
use crate::live::Listener;
use crate::process::Program;

/// A printer on the network that takes a ticket and says how it went only when the test lets it.
struct HeldPrinter(TcpListener);

/// A paper that is being printed.
struct BeingPrinted(TcpStream);

/// All is well, as Epson's table has it.
const WELL: u8 = 0x12;

impl HeldPrinter {
    async fn start() -> Self {
        HeldPrinter(TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    fn settings(&self) -> Value {
        let connection = format!("tcp://{}", self.0.local_addr().unwrap());
        json!({ "printer": { "connection": connection, "width": "80" } })
    }

    /// Waits until somebody has a ticket printed.
    async fn begins(&self) -> BeingPrinted {
        let (mut stream, _) = self.0.accept().await.unwrap();
        for _ in 0..4 {
            stream.read_exact(&mut [0; 3]).await.unwrap();
            stream.write_all(&[WELL]).await.unwrap();
        }
        stream.read_u8().await.unwrap();
        BeingPrinted(stream)
    }

    /// Whether nobody waits to have something printed.
    fn is_left_alone(&self) -> bool {
        self.0.accept().now_or_never().is_none()
    }
}

impl BeingPrinted {
    /// The paper is out, and all is well.
    async fn ends_well(mut self) {
        self.0.write_all(&[WELL; 4]).await.unwrap();
        self.0.read_to_end(&mut Vec::new()).await.unwrap();
    }
}

async fn enqueue(hub: &Arc<Hub>, kind: &'static str, now: Timestamp) -> i64 {
    let job = NewJob { kind, about: "uji", data: "{}".into(), due: now };
    hub.act(Caller::system(now), move |act| act.enqueue(&job)).await.unwrap()
}

/// The jobs that an admin sees, once everything that was asked for before is written.
async fn unfinished(hub: &Arc<Hub>, admin: &Actor) -> Vec<Value> {
    hub.db.write(|_| Ok::<_, DbError>(())).await.unwrap();
    admin.get("/api/jobs").await.expect(200).body["jobs"].as_array().unwrap().clone()
}

static KINDS: [JobKind; 3] = [
    JobKind {
        name: "again",
        tries: 3,
        longest_pause: 3_600,
        at_once: 1,
        more: no_more,
        run: |_, _| async { Err(Fault::Again("sibuk".into())) }.boxed(),
    },
    JobKind {
        name: "panics",
        tries: 1,
        longest_pause: 5,
        at_once: 1,
        more: no_more,
        run: |_, _| async { panic!("a mistake of ours") }.boxed(),
    },
    JobKind {
        name: "well",
        tries: 1,
        longest_pause: 5,
        at_once: 1,
        more: no_more,
        run: |_, _| async { Ok(()) }.boxed(),
    },
];

#[tokio::test]
async fn a_job_that_fails_is_tried_again_later_and_later_and_then_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(MORNING));
    let config = Config::for_testing(folder.path(), Arc::clone(&clock) as Arc<dyn Clock>);
    // Without a door: nobody else runs its jobs.
    let hub = house::open(config).await.unwrap();
    for kind in ["again", "panics", "well"] {
        enqueue(&hub, kind, MORNING).await;
    }
    let mut pauses = Vec::new();
    while let Some(due) = run_due(&hub, &KINDS).await.unwrap() {
        pauses.push(due.millis_since(clock.now()) / 1_000);
        clock.set(due.plus_millis(-1));
        assert_eq!(run_due(&hub, &KINDS).await.unwrap(), Some(due), "not before it is due");
        clock.set(due);
    }
    assert_eq!(pauses, [5, 10]);
    let left = hub.db.read(|sql| lobi_hub::db::jobs::all(sql, 10)).await.unwrap();
    let left: Vec<_> =
        left.iter().map(|job| (&*job.kind, &*job.state, job.tries, job.fault.as_deref())).collect();
    assert_eq!(left, [("again", "given_up", 3, Some("sibuk")), ("panics", "given_up", 1, Some("panicked"))]);
    hub.close();
}

/// Until `FREED` is told, whoever waits holds their place.
static FREED: Notify = Notify::const_new();

static WAITING: [JobKind; 2] = [
    JobKind {
        name: "waits",
        tries: 1,
        longest_pause: 5,
        at_once: 2,
        more: no_more,
        run: |_, _| {
            async {
                FREED.notified().await;
                Ok(())
            }
            .boxed()
        },
    },
    JobKind {
        name: "frees",
        tries: 1,
        longest_pause: 5,
        at_once: 1,
        more: no_more,
        run: |_, _| {
            async {
                FREED.notify_one();
                Ok(())
            }
            .boxed()
        },
    },
];

#[tokio::test]
async fn a_job_that_takes_long_holds_up_no_other_kind_and_of_its_own_only_as_many_as_run_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(MORNING));
    let config = Config::for_testing(folder.path(), Arc::clone(&clock) as Arc<dyn Clock>);
    let hub = house::open(config).await.unwrap();
    for (kind, about) in
        [("waits", "1"), ("waits", "2"), ("waits", "3"), ("frees", "1"), ("frees", "2"), ("frees", "3")]
    {
        let job = NewJob { kind, about, data: "{}".into(), due: MORNING };
        hub.act(Caller::system(MORNING), move |act| act.enqueue(&job)).await.unwrap();
    }
    // It would never end if whoever waits kept the others from running.
    assert_eq!(run_due(&hub, &WAITING).await.unwrap(), None);
    hub.close();
}

#[tokio::test]
async fn a_job_that_nobody_here_knows_is_given_up_where_an_admin_sees_it_and_stays_there() {
    let hub = a_hub().with(clinic()).open().await;
    let id = enqueue(hub.hub(), "from_a_newer_hub", MORNING).await;
    assert_eq!(hub.hub().job_ends.outcome(id).await.unwrap(), Err("unknown kind".into()));
    let jobs = unfinished(hub.hub(), &hub.admin).await;
    let expected = json!([{ "id": id, "kind": "from_a_newer_hub", "about": "uji", "state": "given_up", "tries": 1,
                            "fault": "unknown kind", "at": MORNING.0 }]);
    assert_eq!(json!(jobs), expected);
    let hub = hub.restart().await;
    assert_eq!(json!(unfinished(hub.hub(), &hub.admin).await), expected, "nobody tries it again");
}

/// The day ends while papers wait for a slow printer: their tickets are gone, whoever waits is told so, and nobody has to
/// see to anything.
#[tokio::test]
async fn papers_whose_day_ended_before_they_were_out_are_nobodys() {
    let hub = a_hub().with(clinic()).open().await;
    let printer = HeldPrinter::start().await;
    hub.admin.post("/api/settings", printer.settings()).await.expect(200);
    let mut screen = Listener::following(&hub, &["queue.umum"], None).await;
    screen.next().await;
    let print = async || {
        let code = hub.visitor.take("umum").await.ticket_code();
        (hub.visitor.clone(), format!("/api/tickets/{code}/print"))
    };
    let asks = |(visitor, path): (Actor, String)| {
        tokio::spawn(async move { visitor.post(&path, Value::Null).await })
    };
    let one = asks(print().await);
    let paper = printer.begins().await;
    let other = asks(print().await);
    for kind in ["NewRegistration", "PaperUpdated", "NewRegistration", "PaperUpdated"] {
        assert_eq!(screen.next().await["type"], kind);
    }
    hub.later(18 * 60);
    hub.housekeeping().await;
    paper.ends_well().await;
    for answer in [one.await.unwrap(), other.await.unwrap()] {
        answer.refused(404, "TICKET_NOT_FOUND");
    }
    // The admin's session ended with the day.
    let jobs = unfinished(hub.hub(), &hub.log_in("admin").await).await;
    assert_eq!(jobs, Vec::<Value>::new());
    assert!(printer.is_left_alone(), "a ticket that is gone is not printed");
}

/// A mistake of ours in the middle of a paper is no reason to print it thirty times: only a busy printer is asked again.
#[tokio::test]
async fn a_paper_that_was_cut_off_by_a_mistake_is_not_printed_again() {
    let hub = a_hub().with(clinic()).open().await;
    let printer = HeldPrinter::start().await;
    hub.admin.post("/api/settings", printer.settings()).await.expect(200);
    let code = hub.visitor.take("umum").await.ticket_code();
    let data = json!({ "code": code, "language": "id" }).to_string();
    let job = Job {
        id: 1,
        kind: "print".into(),
        about: code.clone(),
        data,
        tries: 1,
        fault: Some("panicked".into()),
    };
    (PRINT.run)(Arc::clone(hub.hub()), job).await.unwrap();
    let paper = hub.visitor.get(&format!("/api/tickets/{code}")).await.body["ticket"]["paper"].clone();
    assert_eq!(paper["state"], "failed");
    assert!(printer.is_left_alone());
}

/// The paper may be in somebody's hand: it is told as failed, nobody prints it again unasked, and the next is a copy.
#[tokio::test]
async fn a_hub_that_is_killed_while_a_paper_is_printed_says_so_when_it_is_back() {
    let data = tempfile::tempdir().unwrap();
    let mut program = Program::start(data.path(), &["--demo"]);
    let printer = HeldPrinter::start().await;
    let admin = program.admin().await;
    admin.post("/api/settings", printer.settings()).await.expect(200);
    let ticket = admin.take("umum").await;
    let since = admin.get("/health").await.body["last_event"].as_i64().unwrap();
    let path = format!("/api/tickets/{}", ticket.ticket_code());
    let (asks, print) = (admin.clone(), format!("{path}/print"));
    let asked = tokio::spawn(async move {
        let request = asks.request(reqwest::Method::POST, &print).await;
        request.send().await.is_ok()
    });
    let paper = printer.begins().await;
    program.kill();
    assert!(!asked.await.unwrap(), "the caller hears nothing");
    drop(paper);

    let program = Program::start(data.path(), &[]);
    let admin = program.admin().await;
    let mut screen = Listener::at(program.address(), "/ws").await;
    screen.say(json!({ "subscribe": ["queue.umum"], "since": since })).await;
    let mut told = Vec::new();
    while told.last().is_none_or(|state| state != "failed") {
        let message = screen.next().await;
        assert_eq!(message["type"], "PaperUpdated");
        assert_eq!(message["data"]["ticket"]["nomor_antrean"], ticket.number());
        told.push(message["data"]["ticket"]["paper"]["state"].clone());
    }
    assert_eq!(told, ["queued", "failed"]);
    let after = admin.get(&path).await.expect(200).body["ticket"]["paper"].clone();
    assert_eq!(after, json!({ "state": "failed", "fault": "hung_up", "copies": 0 }));
    assert!(printer.is_left_alone(), "no second paper unasked");
    assert_eq!(admin.get(&format!("{path}/printout")).await.body["copy"], true);
}
