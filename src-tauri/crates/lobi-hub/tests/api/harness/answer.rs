//! What came back.

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
    pub body: Value,
}

/// Sends a request that needs more than an [`Actor`](super::Actor) says by itself.
pub async fn answer(request: reqwest::RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let text = response.text().await.unwrap();
    let body = serde_json::from_str(&text).unwrap_or(Value::Null);
    Answer { status, headers, text, body }
}

impl Answer {
    /// The stable error code.
    pub fn code(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or_else(|| panic!("no error: {self:?}"))
    }

    pub fn number(&self) -> &str {
        self.ticket("nomor_antrean").as_str().unwrap_or_else(|| panic!("no ticket: {self:?}"))
    }

    pub fn id(&self) -> i64 {
        self.ticket("id").as_i64().unwrap_or_else(|| panic!("no ticket: {self:?}"))
    }

    /// The code that its holder has.
    pub fn ticket_code(&self) -> String {
        self.ticket("code").as_str().unwrap_or_else(|| panic!("no ticket: {self:?}")).to_owned()
    }

    fn ticket(&self, field: &str) -> &Value {
        &self.body["ticket"][field]
    }

    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }

    /// Asserts status and code, and that the message is a sentence.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Self {
        let this = self.expect(status);
        assert_eq!(this.code(), code, "{}", this.text);
        assert_eq!(this.body["success"], json!(false));
        let message = this.body["error"]["message"].as_str().unwrap();
        assert!(
            message.len() > 15 && message.ends_with('.') && !message.contains('{'),
            "no sentence: {message}"
        );
        this
    }

    /// Asserts that the input was refused because of that field, with a sentence beside it.
    #[track_caller]
    pub fn refused_field(self, field: &str) -> Self {
        let this = self.refused(422, "VALIDATION_ERROR");
        assert!(this.body["error"]["fields"][field].is_string(), "{field}: {}", this.text);
        this
    }
}
