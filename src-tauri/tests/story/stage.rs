//! Where the story plays: a display, a room with a loudspeaker, a hub, a printer; all private, all gone afterwards.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fake_printer::{FakePrinter, Width};
use image::{GrayImage, Luma};
use lobi_hub::Config;
use lobi_hub::serving::Serving;
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::PATIENCE;
use crate::window::Window;

pub const PASSWORD: &str = "rahasia-uji";

/// A program that ends with the story.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The stage.
pub struct Stage {
    folder: tempfile::TempDir,
    pub printer: FakePrinter,
    display: String,
    hub: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
    address: SocketAddr,
    client: reqwest::Client,
    _programs: Vec<Running>,
}

impl Stage {
    /// Opens the stage with a clinic that was just set up: nobody waits yet.
    pub async fn open(width: Width) -> Stage {
        let folder = tempfile::tempdir().unwrap();
        let mut stage = Stage {
            folder,
            printer: FakePrinter::start(width).unwrap(),
            display: String::new(),
            hub: None,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            client: reqwest::Client::new(),
            _programs: Vec::new(),
        };
        stage.display = stage.open_display();
        stage.open_room();
        stage.start_hub().await;
        let site = json!({ "nama": "Puskesmas Uji", "kota": "Makassar", "zona": "WITA", "jenis": "puskesmas",
            "admin_nama": "Rina", "admin_username": "admin", "admin_password": PASSWORD });
        let answer = stage.client.post(stage.url("/api/setup")).json(&site).send().await.unwrap();
        assert_eq!(answer.status(), 201);
        stage
    }

    fn open_display(&mut self) -> String {
        let mut xvfb = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1920x1080x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is installed");
        let mut said = String::new();
        std::io::BufRead::read_line(&mut std::io::BufReader::new(xvfb.stdout.take().unwrap()), &mut said)
            .unwrap();
        self._programs.push(Running(xvfb));
        format!(":{}", said.trim())
    }

    /// A sound server with a sink that swallows everything and can be listened to.
    fn open_room(&mut self) {
        let socket = self.folder.path().join("pulse.sock");
        let protocol =
            format!("--load=module-native-protocol-unix socket={} auth-anonymous=1", socket.display());
        let pulse = self
            .command("pulseaudio")
            .args(["-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--disable-shm=yes"])
            .args(["--load=module-null-sink sink_name=lobi", &protocol])
            .spawn()
            .expect("pulseaudio is installed");
        self._programs.push(Running(pulse));
        let until = Instant::now() + PATIENCE;
        while !socket.exists() {
            assert!(Instant::now() < until, "no sound server");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// A command whose environment knows only this stage.
    pub fn command(&self, program: &str) -> Command {
        let folder = self.folder.path();
        let mut command = Command::new(program);
        command
            .env("DISPLAY", &self.display)
            .env("XDG_RUNTIME_DIR", folder)
            .env("XDG_CONFIG_HOME", folder.join("config"))
            .env("XDG_DATA_HOME", folder.join("data"))
            .env("XDG_CACHE_HOME", folder.join("cache"))
            .env("PULSE_SERVER", format!("unix:{}", folder.join("pulse.sock").display()))
            .env("NO_AT_BRIDGE", "1")
            .env("GDK_BACKEND", "x11")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        if std::env::var_os("STORY_LOG").is_none() {
            command.stderr(Stdio::null());
        }
        command
    }

    /// Starts the hub, again at its old address.
    pub async fn start_hub(&mut self) {
        let config = Config::new(self.folder.path().join("hub"));
        let serving = Serving::start(self.address, Config { limits: None, ..config }).await.unwrap();
        self.address = serving.address;
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(serving.until(async {
            let _ = stopped.await;
        }));
        self.hub = Some((stop, running));
    }

    /// Stops the hub in good order.
    pub async fn stop_hub(&mut self) {
        if let Some((stop, running)) = self.hub.take() {
            let _ = stop.send(());
            running.await.unwrap();
        }
    }

    pub fn hub_address(&self) -> String {
        format!("http://{}", self.address)
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub async fn get(&self, path: &str) -> Value {
        self.client.get(self.url(path)).send().await.unwrap().json().await.unwrap()
    }

    /// The JSON behind an address, as long as somebody answers there.
    pub async fn ask(&self, url: &str) -> Option<Value> {
        self.client.get(url).send().await.ok()?.json().await.ok()
    }

    /// Waits until the hub's answer is as wished.
    pub async fn until(&self, path: &str, wished: impl Fn(&Value) -> bool) {
        let (url, wished) = (self.url(path), &wished);
        let seen = until(|| async { self.ask(&url).await.filter(wished) }).await;
        assert!(seen.is_some(), "{path} stays {}", self.get(path).await);
    }

    /// Somebody takes a number and is called to counter 1.
    pub async fn call_one(&self) {
        let post = |path: &str, token: &str, body: Value| {
            self.client.post(self.url(path)).bearer_auth(token).json(&body).send()
        };
        let login = json!({ "username": "admin", "password": PASSWORD });
        let session: Value = post("/api/login", "", login).await.unwrap().json().await.unwrap();
        let token = session["token"].as_str().unwrap();
        post("/api/register", token, json!({ "poli": "umum" })).await.unwrap();
        let called = post("/api/queue/call-next", token, json!({ "loket": 1 })).await.unwrap();
        assert_eq!(called.status(), 200);
    }

    /// The lines of `lobi.toml` that name this stage's printer.
    pub fn printer_toml(&self) -> String {
        format!("[printer]\nconnection = \"{}\"\n", self.printer.connection())
    }

    /// The `lobi.toml` of a machine in this mode, with these further lines.
    pub fn mode_toml(&self, mode: &str, more: &str) -> String {
        let (top, tables) = if more.starts_with('[') { ("", more) } else { (more, "") };
        let hub = format!("[hub]\nurl = \"{}\"\n", self.hub_address());
        format!("mode = \"{mode}\"\nname = \"{mode} uji\"\n{top}{hub}{tables}")
    }

    /// The window of a mode, with these further lines in its `lobi.toml`.
    pub async fn window(&self, mode: &str, more: &str) -> Window {
        self.machine(mode, &self.mode_toml(mode, more)).await
    }

    /// Writes a machine's `lobi.toml`.
    pub fn settings(&self, name: &str, toml: &str) -> PathBuf {
        let config = self.folder.path().join(name).join("lobi.toml");
        std::fs::create_dir_all(config.parent().unwrap()).unwrap();
        std::fs::write(&config, toml).unwrap();
        config
    }

    /// The window of a machine with these settings.
    pub async fn machine(&self, name: &str, toml: &str) -> Window {
        let config = self.settings(name, toml);
        let (port, native) = (free_port(), free_port());
        let driver = std::env::var("TAURI_DRIVER").unwrap_or_else(|_| "tauri-driver".into());
        let driver = self
            .command(&driver)
            .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
            .spawn()
            .expect("tauri-driver is installed");
        let arguments = ["--config".to_owned(), config.display().to_string()];
        Window::open(Running(driver), port, &arguments, pictures()).await
    }

    /// A picture file in which a camera sees that paper lying on a desk.
    pub fn camera_sees(&self, paper: &GrayImage) -> PathBuf {
        let mut desk = GrayImage::from_pixel(640, 480, Luma([70]));
        let shown = image::imageops::resize(
            paper,
            300,
            300 * paper.height() / paper.width(),
            image::imageops::FilterType::Triangle,
        );
        let top = i64::from(shown.height()).saturating_sub(460).max(0);
        image::imageops::overlay(&mut desk, &shown, 170, 10 - top);
        let path = self.folder.path().join("desk.png");
        desk.save(&path).unwrap();
        path
    }

    /// The folder of everything private to this stage.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub async fn close(mut self) {
        self.stop_hub().await;
    }
}

/// What the only QR code in a picture says.
pub fn read_qr(picture: &GrayImage) -> String {
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(
        picture.width() as usize,
        picture.height() as usize,
        |x, y| picture.get_pixel(u32::try_from(x).unwrap(), u32::try_from(y).unwrap()).0[0],
    );
    let codes = prepared.detect_grids();
    assert_eq!(codes.len(), 1, "one code on the paper");
    codes[0].decode().unwrap().1
}

/// Asks again and again, as long as a person would wait.
pub async fn until<T, Asked: Future<Output = Option<T>>>(ask: impl Fn() -> Asked) -> Option<T> {
    let end = Instant::now() + PATIENCE;
    loop {
        let answer = ask().await;
        if answer.is_some() || Instant::now() > end {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Where pictures of the windows are kept: `STORY_PICTURES`, or a folder that nobody looks at.
fn pictures() -> PathBuf {
    let folder = std::env::var_os("STORY_PICTURES")
        .map_or_else(|| std::env::temp_dir().join("lobi-story"), PathBuf::from);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
