//! The only text area. Leptos 0.8 writes the children of `<textarea>` unescaped on the server, and
//! sends nothing for `prop:value`; so the text goes in as `inner_html`, escaped here. At hydration it
//! is left alone, so nothing typed meanwhile is lost. To be dropped with leptos 0.9.

use leptos::prelude::*;

/// Text that can stand inside an element, whatever it holds.
fn escape(mut text: String) -> String {
    // The HTML parser eats a line feed that opens a text area: give it one to eat.
    if cfg!(feature = "ssr") {
        text.insert(0, '\n');
    }
    if !text.contains(['&', '<', '>', '"']) {
        return text;
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A text area. Uncontrolled: `initial` is written once, then the browser owns the text.
#[component]
pub fn TextArea(
    /// Its id, to which the label points.
    #[prop(into)]
    id: String,
    /// Its name in the form.
    #[prop(into)]
    name: String,
    /// The text it opens with.
    #[prop(into)]
    initial: String,
    /// Lines in sight.
    #[prop(default = 4)]
    rows: u32,
    /// Most characters, if bounded here.
    #[prop(optional, into)]
    maxlength: Option<u32>,
    /// Ids of what describes it, separated by spaces.
    #[prop(optional, into)]
    described_by: Option<String>,
    /// Name for readers when no visible label names it.
    #[prop(optional, into)]
    label: Option<String>,
    /// Whether something is wrong with it.
    #[prop(optional, into)]
    invalid: Signal<bool>,
    /// Whether it can only be read.
    #[prop(optional)]
    readonly: bool,
    /// Called with the whole text at each change.
    #[prop(optional, into)]
    on_input: Option<Callback<String>>,
) -> impl IntoView {
    view! {
        <textarea
            class="input"
            id=id
            name=name
            rows=rows.to_string()
            maxlength=maxlength.map(|most| most.to_string())
            readonly=readonly
            aria-label=label
            aria-describedby=described_by
            aria-invalid=move || invalid.get().then_some("true")
            on:input:target=move |event| {
                if let Some(on_input) = on_input {
                    on_input.run(event.target().value());
                }
            }
            inner_html=escape(initial)
        ></textarea>
    }
}
