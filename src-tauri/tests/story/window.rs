//! One real window, driven through tauri-driver.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};

use crate::PATIENCE;
use crate::stage::{PASSWORD, Running};

/// The Enter key, as WebDriver spells it.
const ENTER: char = '\u{E007}';

/// A window and what drives it.
pub struct Window {
    client: Client,
    _driver: Running,
    pictures: PathBuf,
    /// From the start of the program to its first page.
    pub started: Duration,
}

impl Window {
    /// Starts the program with these arguments behind a driver that listens on `port`.
    pub async fn open(driver: Running, port: u16, arguments: &[String], pictures: PathBuf) -> Window {
        let options = json!({ "application": env!("CARGO_BIN_EXE_lobi"), "args": arguments });
        let capabilities = json!({ "browserName": "wry", "tauri:options": options });
        let Value::Object(capabilities) = capabilities else { unreachable!("it is an object") };
        let until = Instant::now() + PATIENCE;
        let (client, began) = loop {
            let began = Instant::now();
            let mut builder = ClientBuilder::new(hyper_util_connector());
            builder.capabilities(capabilities.clone());
            match builder.connect(&format!("http://127.0.0.1:{port}")).await {
                Ok(client) => break (client, began),
                Err(error) => assert!(Instant::now() < until, "no window: {error}"),
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        };
        Window { client, _driver: driver, pictures, started: began.elapsed() }
    }

    /// Waits until the page says so.
    pub async fn sees(&self, words: &str) {
        self.sees_within(words, PATIENCE).await;
    }

    /// Waits for words at most so long.
    pub async fn sees_within(&self, words: &str, limit: Duration) {
        let until = Instant::now() + limit;
        loop {
            let text = self.client.execute("return document.body.innerText", vec![]).await;
            let text = text.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default();
            if text.contains(words) {
                return;
            }
            if Instant::now() > until {
                self.picture("failed").await;
                panic!("the window never said {words:?}, but: {text}");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// What is searched for, once it is there.
    async fn find(&self, what: Locator<'_>) -> Element {
        let found = self.client.wait().at_most(PATIENCE).for_element(what).await;
        if found.is_err() {
            self.picture("failed").await;
        }
        found.unwrap_or_else(|error| panic!("{what:?}: {error}"))
    }

    /// Clicks what the XPath finds, once it is there and stands still.
    pub async fn click(&self, path: &str) {
        let until = Instant::now() + PATIENCE;
        while let Err(error) = self.find(Locator::XPath(path)).await.click().await {
            if Instant::now() > until {
                self.picture("failed").await;
                let above =
                    "const part = document.evaluate(arguments[0], document, null, 9, null).singleNodeValue;
                    const { x, y, width, height } = part.getBoundingClientRect();
                    return [x, y, width, height, innerWidth, innerHeight,
                        document.elementFromPoint(x + width / 2, y + height / 2)?.outerHTML.slice(0, 200)]";
                let above = self.client.execute(above, vec![json!(path)]).await;
                panic!("{path}: {error}; {above:?}");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Writes into the field with that id.
    pub async fn fill(&self, id: &str, words: &str) {
        let field = self.find(Locator::Id(id)).await;
        field.clear().await.unwrap();
        field.send_keys(words).await.unwrap();
    }

    /// Types into the focused part of the page.
    pub async fn press(&self, key: &str) {
        let key = key.chars().next().unwrap();
        let keys = KeyActions::new("keyboard".into())
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key });
        self.client.perform_actions(keys).await.unwrap();
    }

    /// Waits until a table has a row that says so.
    pub async fn sees_row(&self, words: &str) {
        self.find(Locator::XPath(&format!("//tbody/tr[contains(., '{words}')]"))).await;
    }

    /// Waits until a table has so many rows.
    pub async fn rows(&self, number: usize) {
        self.find(Locator::XPath(&format!("//tbody[count(tr) = {number}]"))).await;
    }

    /// How many parts of the page the XPath finds.
    pub async fn count(&self, path: &str) -> usize {
        self.client.find_all(Locator::XPath(path)).await.unwrap().len()
    }

    /// What stands in a part of the page, once it is there.
    pub async fn text(&self, path: &str) -> String {
        self.find(Locator::XPath(path)).await.text().await.unwrap()
    }

    /// Signs in on the page's form with the password that every story uses.
    pub async fn sign_in(&self, username: &str) {
        self.sign_in_with(username, PASSWORD).await;
    }

    /// Signs in on the page's form.
    pub async fn sign_in_with(&self, username: &str, password: &str) {
        let name = self.find(Locator::XPath("//input[@autocomplete='username']")).await;
        name.send_keys(username).await.unwrap();
        let field = self.find(Locator::XPath("//input[@type='password']")).await;
        // As people do: the Enter key sends the form.
        field.send_keys(&format!("{password}{ENTER}")).await.unwrap();
    }

    /// Calls a command of the shell from the page.
    pub async fn invoke(&self, command: &str, arguments: Value) -> Result<Value, String> {
        let script = "const [command, args, done] = arguments;
            window.__TAURI_INTERNALS__.invoke(command, args)
                .then((answer) => done({ answer: answer ?? null }), (error) => done({ error: JSON.stringify(error) }))";
        let said = self.client.execute_async(script, vec![json!(command), arguments]).await.unwrap();
        match said["error"].as_str() {
            Some(error) => Err(error.to_owned()),
            None => Ok(said["answer"].clone()),
        }
    }

    /// Runs a script in the page.
    pub async fn run(&self, script: &str) {
        self.client.execute(script, vec![]).await.unwrap();
    }

    /// Keeps a picture of the window for people.
    pub async fn picture(&self, name: &str) {
        if let Ok(png) = self.client.screenshot().await {
            let _ = std::fs::write(self.pictures.join(format!("{name}.png")), png);
        }
    }

    /// Closes window and driver.
    pub async fn close(self) {
        let _ = self.client.close().await;
    }
}

/// Plain HTTP: the driver is on this machine.
fn hyper_util_connector() -> hyper_util::client::legacy::connect::HttpConnector {
    hyper_util::client::legacy::connect::HttpConnector::new()
}
