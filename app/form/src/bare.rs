//! Texts as people look for them.

/// Small letters without accents; ligatures spelt out.
pub fn bare(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    for letter in text.to_lowercase().chars() {
        match letter {
            'à' | 'â' | 'ä' => bare.push('a'),
            'ç' => bare.push('c'),
            'é' | 'è' | 'ê' | 'ë' => bare.push('e'),
            'î' | 'ï' => bare.push('i'),
            'ô' | 'ö' => bare.push('o'),
            'ù' | 'û' | 'ü' => bare.push('u'),
            'ÿ' => bare.push('y'),
            'ñ' => bare.push('n'),
            'œ' => bare.push_str("oe"),
            'æ' => bare.push_str("ae"),
            other => bare.push(other),
        }
    }
    bare
}
