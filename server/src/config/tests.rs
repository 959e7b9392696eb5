use super::*;

fn refusal(key: &str, value: &str) -> String {
    let values = BTreeMap::from([(key.to_owned(), value.to_owned())]);
    Config::from_values(values).map_or_else(|e| e.to_string(), |_| "accepted".to_owned())
}

#[test]
fn a_wrong_value_is_named() {
    assert!(refusal("listen", "nowhere").contains("« listen »"));
    assert!(refusal("demo", "peut-être").contains("« demo »"));
    assert!(refusal("file_megabytes", "0").contains("« file_megabytes »"));
    assert!(refusal("port", "3000").contains("« port » est inconnue"));
    assert!(refusal("retention", "lectures=toujours").contains("« retention »"));
    let secret = refusal("database", "mysql://u:motdepasse@h");
    assert!(secret.contains("« database »") && !secret.contains("motdepasse"));
}

#[test]
fn nothing_is_required() {
    let config = Config::from_values(BTreeMap::new()).unwrap();
    assert_eq!(config.listen.port(), 3000);
    assert!(!config.demo);
    assert_eq!(config.lab, PathBuf::from("data/ateliers"));
    assert_eq!(config.files, PathBuf::from("data/pieces"));
    assert_eq!(config.largest, 20 * 1024 * 1024);
}

#[test]
fn the_state_is_not_asked_about_what_is_invented() {
    let sources = |values: &[(&str, &str)]| {
        let pair = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
        Config::from_values(values.iter().map(pair).collect()).unwrap().sources
    };
    assert!(sources(&[]).register.is_some_and(|url| url.starts_with("https://")));
    assert_eq!(sources(&[("demo", "true")]), Addresses::default());
    let here = [("demo", "true"), ("register_url", "http://127.0.0.1:3900/registre")];
    assert!(sources(&here).register.is_some() && sources(&here).address.is_none());
    assert_eq!(sources(&[("register_url", "off")]).register, None);
}
