//! `docs/events.md`: what the live feed tells, for people who build something of their own. It is made from the AsyncAPI
//! document, which is made from the types of the frames, so that it cannot say anything else.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;

/// Where the page is kept.
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../docs/events.md");

const HEAD: &str = "# Events

Made from the program's own types (`UPDATE=1 cargo test -p lobi-hub events_page`); the same for programs is `/api/asyncapi.json`.

Open a WebSocket at `/ws` and say what you want to hear; `since` is the last `seq` you have, `token` a session's or nothing:

```json
{\"subscribe\": [\"queue.umum\", \"display\"], \"since\": 4711, \"token\": \"…\"}
```

Each message is one frame. `seq` rises; what you missed comes first, or one `Snapshot` of each channel. An event that is told on
several channels you follow arrives once. Nothing here names a person or a ticket's code.

```json
{\"seq\": 4712, \"at\": \"2026-11-20T09:42:00+08:00\", \"channel\": \"queue.umum\", \"type\": \"QueueCalled\", \"data\": {}}
```
";

fn cell(text: &str) -> String {
    text.replace('\n', " ").replace('|', "\\|")
}

/// What a field holds, in few words.
fn kind_of(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return format!("[{name}](#{})", name.to_lowercase());
    }
    for several in ["oneOf", "anyOf"] {
        if let Some(kinds) = schema[several].as_array() {
            return kinds.iter().map(kind_of).collect::<Vec<_>>().join(" or ");
        }
    }
    match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        Value::String(kind) if kind == "array" => format!("list of {}", kind_of(&schema["items"])),
        Value::String(kind) => kind.clone(),
        _ => "object".into(),
    }
}

/// The fields of a schema, also of one that is put together from several.
fn fields(schema: &Value, schemas: &Value, page: &mut String) {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return fields(&schemas[name], schemas, page);
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        fields(part, schemas, page);
    }
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        let about = cell(field["description"].as_str().unwrap_or_default());
        writeln!(page, "| `{name}` | {} | {about} |", kind_of(field)).unwrap();
    }
}

fn table(schema: &Value, schemas: &Value) -> String {
    let mut rows = String::new();
    fields(schema, schemas, &mut rows);
    if rows.is_empty() {
        String::new()
    } else {
        format!("\n| field | holds | meaning |\n|---|---|---|\n{rows}")
    }
}

fn page(document: &Value) -> String {
    let (messages, schemas) = (&document["components"]["messages"], &document["components"]["schemas"]);
    let mut told: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut page = format!("{HEAD}\n## Channels\n\n| channel | who may follow | what for |\n|---|---|---|\n");
    for (name, channel) in document["channels"].as_object().unwrap() {
        let (who, about) =
            (channel["x-permission"].as_str().unwrap(), channel["description"].as_str().unwrap());
        writeln!(page, "| `{name}` | {who} | {} |", cell(about)).unwrap();
        for kind in channel["messages"].as_object().unwrap().keys() {
            told.entry(kind).or_default().push(name);
        }
    }
    page.push_str("\n## Kinds\n");
    for (kind, message) in messages.as_object().unwrap() {
        let channels: Vec<String> =
            told.get(kind.as_str()).into_iter().flatten().map(|name| format!("`{name}`")).collect();
        let about = message["summary"].as_str().unwrap_or_default();
        let kept = if message["payload"]["properties"]["seq"].is_null() {
            " Not kept: it has no `seq`."
        } else {
            ""
        };
        write!(page, "\n### {kind}\n\n{about}{kept} Told on {}.\n", channels.join(", ")).unwrap();
        page.push_str(&table(&message["payload"]["properties"]["data"], schemas));
    }
    page.push_str("\n## What they hold\n");
    for (name, schema) in schemas.as_object().unwrap() {
        let about = schema["description"].as_str().unwrap_or_default();
        write!(page, "\n### {name}\n\n{about}\n").unwrap();
        page.push_str(&table(schema, schemas));
        let values: Vec<String> = schema["enum"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|value| format!("`{}`", value.as_str().unwrap_or_default()))
            .collect();
        if !values.is_empty() {
            write!(page, "\nOne of {}.\n", values.join(", ")).unwrap();
        }
    }
    page
}

#[test]
fn the_page_about_events_is_current() {
    let current = page(&lobi_hub::router::asyncapi::document());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(PAGE, &current).unwrap();
    }
    let committed = std::fs::read_to_string(PAGE).unwrap_or_default();
    assert!(committed == current, "run `UPDATE=1 cargo test -p lobi-hub events_page`");
}
