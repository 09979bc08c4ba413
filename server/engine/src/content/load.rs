//! Puts the library together: reads every file by its kind, resolves the terms between them, compiles the patterns.

mod terms;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, de::DeserializeOwned};

use self::terms::Terms;
use super::{
    FigureRule, GenreRule, Library, Name, NameRule, Origin, Problem, RoleRule, SignalRule, StanceRule, TraitRule, class,
    concept::{Concept, Conditions},
    cue::{Genre, PhrasesFront, Role, Stance},
    front,
    learned::Learned,
    page::Page,
    pattern::{Pattern, Word},
    phrases::{Draft, PatternId},
    question::{self, Question},
    signal::{self, Signal},
};

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct OriginFront {
    #[serde(rename = "kind")]
    _kind: String,
    author: Option<String>,
    #[serde(rename = "published")]
    _published: Option<String>,
    url: Option<String>,
}

/// A file read so far.
struct File<'a> {
    path: &'a str,
    id: &'a str,
    page: Page,
}

/// All files by kind, before anything refers to anything.
#[derive(Default)]
struct Shelf<'a> {
    concepts: Vec<(&'a str, Concept, Vec<Conditions>)>,
    signals: Vec<(&'a str, Signal, signal::Patterns)>,
    questions: Vec<(File<'a>, question::Front)>,
    roles: Vec<(&'a str, Role, Page)>,
    stances: Vec<(&'a str, Stance, Page)>,
    dismissals: Vec<(&'a str, Vec<Pattern>, Page)>,
    passing: Vec<(&'a str, Vec<Pattern>, Page)>,
    genres: Vec<(&'a str, Genre, Page, String)>,
    words: FxHashMap<String, Vec<Vec<Word>>>,
    irregular: Vec<(String, Vec<String>)>,
    origins: Vec<Origin>,
}

/// Reads all `files` (path below the content folder, text); signals may go by what was `learned`.
pub(super) fn library<'a>(files: impl Iterator<Item = (&'a str, &'a str)>, learned: &Learned) -> (Library, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut shelf = Shelf::default();
    let mut texts = Vec::new();
    for (path, text) in files {
        texts.push(text);
        if let Err((line, message)) = shelve(path, text, &mut shelf) {
            problems.push(Problem { path: path.to_owned(), line, message });
        }
    }
    let library = assemble(shelf, &texts, learned, &mut problems);
    problems.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    (library, problems)
}

fn shelve<'a>(path: &'a str, text: &str, shelf: &mut Shelf<'a>) -> Result<(), (usize, String)> {
    let page = Page::parse(text)?;
    let (folder, rest) = path.split_once('/').unwrap_or(("", path));
    let id = rest.strip_suffix(".md").unwrap_or(rest);
    let front = page.front_matter();
    let at = |message: String| (line_of(&front, &message), message);
    let line = front.lines().find_map(|line| line.strip_prefix("kind:"));
    let Some(kind) = line.map(|kind| kind.split('#').next().unwrap_or_default().trim().to_owned()) else {
        return Err((2, "the front matter does not say what the file is: add a line such as `kind: concept`".to_owned()));
    };
    let expected = match kind.as_str() {
        "concept" => "concepts",
        "question" | "red-flag" => "questions",
        "signal" => "signals",
        "words" => "words",
        "role" | "polarity" | "dismissal" | "passing" | "genre" | "forms" => "cues",
        "source" => "sources",
        _ => {
            let known = "concept, question, red-flag, signal, words, role, polarity, dismissal, passing, genre, forms or source";
            return Err(at(format!("the kind `{kind}` is unknown: it is one of {known}")));
        }
    };
    if folder != expected {
        return Err(at(format!("a file of kind `{kind}` belongs into the folder `{expected}/`")));
    }
    match kind.as_str() {
        "concept" => {
            let (concept, conditions) = Concept::parse(id, yaml(&front)?, page).map_err(at)?;
            shelf.concepts.push((path, concept, conditions));
        }
        "signal" => {
            let (signal, said) = Signal::parse(id, yaml(&front)?, page).map_err(at)?;
            signal.family.iter().try_for_each(|family| check_family(family)).map_err(at)?;
            shelf.signals.push((path, signal, said));
        }
        "question" | "red-flag" => shelf.questions.push((File { path, id, page }, yaml(&front)?)),
        "words" => {
            let words = yaml::<signal::Words>(&front)?.words;
            let phrases = words.iter().map(|word| Pattern::phrase(word));
            shelf.words.insert(id.to_owned(), phrases.collect::<Result<_, _>>().map_err(at)?);
        }
        "role" => shelf.roles.push((path, Role::parse(id, yaml(&front)?).map_err(at)?, page)),
        "polarity" => shelf.stances.push((path, Stance::parse(yaml(&front)?).map_err(at)?, page)),
        "dismissal" => shelf.dismissals.push((path, yaml::<PhrasesFront>(&front)?.patterns().map_err(at)?, page)),
        "passing" => shelf.passing.push((path, yaml::<PhrasesFront>(&front)?.patterns().map_err(at)?, page)),
        "genre" => shelf.genres.push((path, Genre::parse(yaml(&front)?).map_err(at)?, page, id.to_owned())),
        "forms" => shelf.irregular.extend(yaml::<signal::Forms>(&front)?.forms),
        _ => {
            let own: OriginFront = yaml(&front)?;
            shelf.origins.push(Origin { id: id.to_owned(), title: page.title.clone(), author: own.author, url: own.url });
        }
    }
    Ok(())
}

fn yaml<T: DeserializeOwned>(front: &str) -> Result<T, (usize, String)> {
    // The front matter begins in the file's second line.
    front::read(front).map_err(|(line, message)| (line + 1, message))
}

/// The line of the first thing that `message` quotes and that stands in `front`.
fn line_of(front: &str, message: &str) -> usize {
    let quoted = message.split('`').skip(1).step_by(2);
    quoted.filter_map(|one| front.lines().position(|line| line.contains(one))).next().map_or(1, |at| at + 2)
}

/// Compiles patterns against one phrase book and remembers what went wrong.
struct Compiler<'a> {
    book: Draft,
    words: &'a FxHashMap<String, Vec<Vec<Word>>>,
    concepts: FxHashMap<String, usize>,
}

impl Compiler<'_> {
    /// Patterns for which every sentence is asked.
    fn all(&mut self, patterns: &[Pattern]) -> Result<Vec<PatternId>, String> {
        self.compile(patterns, true)
    }

    /// Patterns that are looked for where something else was found.
    fn aside(&mut self, patterns: &[Pattern]) -> Result<Vec<PatternId>, String> {
        self.compile(patterns, false)
    }

    fn compile(&mut self, patterns: &[Pattern], sifted: bool) -> Result<Vec<PatternId>, String> {
        let words = self.words;
        let class = |name: &str| {
            words.get(name).map(Vec::as_slice).ok_or_else(|| format!("there is no word class `{name}`: add words/{name}.md or use another"))
        };
        let concept = |id: &str| {
            self.concepts.get(id).copied().ok_or_else(|| format!("there is no concept `{id}`: add concepts/{id}.md or use another"))
        };
        patterns.iter().map(|pattern| self.book.compile(pattern, sifted, &class, &concept)).collect()
    }
}

fn assemble(shelf: Shelf<'_>, texts: &[&str], learned: &Learned, problems: &mut Vec<Problem>) -> Library {
    let mut library = Library::default();
    let Shelf { concepts, signals, questions, roles, stances, dismissals, passing, genres, mut words, irregular, origins } = shelf;
    words.entry("number".to_owned()).or_default();
    let numbers = concepts.iter().enumerate().map(|(number, (_, concept, _))| (concept.id.clone(), number)).collect();
    let mut compiler = Compiler { book: Draft::new(), words: &words, concepts: numbers };
    let classes = [
        ("generic", class::GENERIC),
        ("article", class::ARTICLE),
        ("denial", class::DENIAL),
        ("adopt", class::ADOPTION),
        ("everyday", class::EVERYDAY),
    ];
    let asked_of: FxHashMap<_, _> =
        classes.iter().filter_map(|(name, bit)| Some((compiler.book.fresh_set(words.get(*name)?), *bit))).collect();
    for (word, forms) in &irregular {
        compiler.book.irregular(word, forms);
    }
    let mut tell = |path: &str, page: &Page, message: String| {
        problems.push(Problem { path: path.to_owned(), line: line_of(&page.front_matter(), &message), message });
    };
    let mut names_of_sets = FxHashMap::default();
    for (number, (path, concept, conditions)) in concepts.iter().enumerate() {
        if let Err(message) = check_concept(concept, &compiler.concepts, &concepts, &origins) {
            tell(path, &concept.page, message);
        }
        for (names, conditions) in concept.names.iter().zip(conditions) {
            let phrases: Vec<_> = names.names.iter().filter_map(|name| Pattern::phrase(name).ok()).collect();
            match (compiler.all(&conditions.near), compiler.all(&conditions.unless)) {
                (Ok(near), Ok(unless)) => {
                    let set = compiler.book.fresh_set(&phrases);
                    names_of_sets.insert(set, Name::Rule(library.rules.len()));
                    let family = concept.family_of(names).map(str::to_owned);
                    library.rules.push(NameRule {
                        concept: number,
                        family,
                        near,
                        unless,
                        within: conditions.within,
                        passing: names.passing,
                    });
                }
                (Err(message), _) | (_, Err(message)) => tell(path, &concept.page, message),
            }
        }
        let shields: Vec<_> = concept.not.iter().filter_map(|name| Pattern::phrase(name).ok()).collect();
        names_of_sets.insert(compiler.book.fresh_set(&shields), Name::Shield);
    }
    for (path, signal, said) in signals {
        match compile_signal(&said, learned, &mut compiler) {
            Ok(_) if compiler.concepts.contains_key(&signal.id) => {
                tell(path, &signal.page, format!("`{}` is a concept, too: give the signal another name", signal.id));
            }
            Ok(rule) => {
                library.signal_numbers.insert(signal.id.clone(), library.signals.len());
                library.signals.push(signal);
                library.signal_rules.push(rule);
            }
            Err(message) => tell(path, &signal.page, message),
        }
    }
    for (path, role, page) in roles {
        match (compiler.all(&role.headings), compiler.all(&role.unless)) {
            (Ok(headings), Ok(unless)) => library.roles.push(RoleRule { name: role.name, headings, unless, stands: role.stands }),
            (Err(message), _) | (_, Err(message)) => tell(path, &page, message),
        }
    }
    for (path, stance, page) in stances {
        match (compiler.all(&stance.says), compiler.all(&stance.unless)) {
            (Ok(says), Ok(unless)) => library.stances.push(StanceRule { polarity: stance.polarity, says, unless }),
            (Err(message), _) | (_, Err(message)) => tell(path, &page, message),
        }
    }
    for (phrases, known) in [(dismissals, &mut library.dismissals), (passing, &mut library.passing)] {
        for (path, says, page) in phrases {
            match compiler.all(&says) {
                Ok(says) => known.extend(says),
                Err(message) => tell(path, &page, message),
            }
        }
    }
    for (path, genre, page, id) in genres {
        let traits = genre
            .traits
            .into_iter()
            .map(|one| Ok(TraitRule { reason: one.reason, place: one.place, says: compiler.all(&one.says)?, weight: one.weight }));
        let rule = |traits: Vec<TraitRule>| {
            let all = traits.iter().flat_map(|one| one.says.iter().copied()).collect();
            GenreRule { from: genre.from, traits, all }
        };
        match (traits.collect::<Result<_, String>>(), id.as_str()) {
            (Ok(traits), "design") => library.design = rule(traits),
            (Ok(traits), "service") => library.service = rule(traits),
            (Ok(_), _) => tell(path, &page, "a genre is called `design` or `service`: rename the file".into()),
            (Err(message), _) => tell(path, &page, message),
        }
    }
    let terms = Terms {
        signals: library.signals.iter().map(|signal| signal.id.clone()).collect(),
        concepts: compiler.concepts.keys().cloned().collect(),
        roles: library.roles.iter().map(|role| role.name.clone()).collect(),
    };
    let mut asked = Vec::new();
    for (file, front) in questions {
        match Question::parse(file.id, front, file.page.clone(), &|written| terms.resolve(written)) {
            Ok((question, wording)) => match question.sources.iter().find(|id| !origins.iter().any(|origin| origin.id == **id)) {
                Some(id) => tell(file.path, &file.page, format!("there is no source `{id}`: add sources/{id}.md or use another")),
                None => asked.push((question, wording)),
            },
            Err(message) => tell(file.path, &file.page, message),
        }
    }
    asked.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
    for (question, wording) in asked {
        library.questions.push(question);
        library.topics.push(compiler.all(&wording.topics).unwrap_or_default());
        library.doings.push(compiler.all(&wording.doings).unwrap_or_default());
    }
    let written = concepts.iter().flat_map(|(_, concept, _)| concept.names.iter().flat_map(|names| &names.names));
    library.proper = written
        .filter(|name| name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase))
        .map(|name| name.to_lowercase())
        .collect();
    library.proper.sort_unstable();
    library.proper.dedup();
    let whole = |concept: &Concept| concept.part_of.as_ref().and_then(|id| compiler.concepts.get(id).copied());
    library.wholes = concepts.iter().map(|(_, concept, _)| whole(concept)).collect();
    library.concept_numbers = compiler.concepts;
    library.concepts = concepts.into_iter().map(|(_, concept, _)| concept).collect();
    // What stands behind the front matter is prose: sentences like those that will be reviewed.
    let prose = texts.iter().map(|text| text.split_once("\n---\n").map_or(*text, |(_, prose)| prose));
    let own_sets;
    (library.book, own_sets) = compiler.book.finish(prose);
    library.standing = library.stances.iter().flat_map(|rule| rule.says.iter().chain(&rule.unless).copied()).collect();
    library.names = own_sets.iter().map(|sets| sets.iter().filter_map(|set| names_of_sets.get(set).copied())).collect();
    library.classes = own_sets.iter().map(|sets| sets.iter().filter_map(|set| asked_of.get(set)).fold(0, |all, bit| all | bit)).collect();
    library.origins = origins;
    anchor(&mut library);
    let told = library.signal_rules.iter().enumerate();
    library.told_by = told.flat_map(|(signal, rule)| rule.says.iter().enumerate().map(move |(at, id)| (*id, (signal, at)))).collect();
    library
}

fn compile_signal(signal: &signal::Patterns, learned: &Learned, compiler: &mut Compiler<'_>) -> Result<SignalRule, String> {
    Ok(SignalRule {
        says: compiler.all(&signal.says)?,
        anchors: Vec::new(),
        with: compiler.aside(&signal.with)?,
        not: compiler.aside(&signal.not)?,
        captures: signal
            .captures
            .iter()
            .map(|(name, pattern)| Ok((name.clone(), compiler.aside(std::slice::from_ref(pattern))?[0])))
            .collect::<Result<_, String>>()?,
        facts: signal
            .facts
            .iter()
            .map(|figure| {
                let of = figure.of.as_ref().map(|of| Ok::<_, String>(compiler.aside(std::slice::from_ref(of))?[0])).transpose()?;
                Ok(FigureRule { what: figure.what, of, bound: figure.bound })
            })
            .collect::<Result<_, String>>()?,
        learned: signal.learned.as_deref().map(|label| Ok::<_, String>((learned.number(label)?, signal.sure))).transpose()?,
    })
}

fn check_concept(
    concept: &Concept,
    numbers: &FxHashMap<String, usize>,
    all: &[(&str, Concept, Vec<Conditions>)],
    origins: &[Origin],
) -> Result<(), String> {
    let mut families = concept.family.iter().chain(concept.names.iter().filter_map(|names| names.family.as_ref()?.as_ref()));
    families.try_for_each(|family| check_family(family))?;
    if let Some(id) = concept.sources.iter().find(|id| !origins.iter().any(|origin| origin.id == **id)) {
        return Err(format!("there is no source `{id}`: add sources/{id}.md or use another"));
    }
    let mut seen = FxHashSet::default();
    let mut at = concept;
    while let Some(whole) = &at.part_of {
        let Some(number) = numbers.get(whole) else {
            return Err(format!("there is no concept `{whole}` to be a part of: add concepts/{whole}.md or use another"));
        };
        if !seen.insert(whole) {
            return Err(format!("`{}` is a part of itself by way of `{whole}`: break the circle", concept.id));
        }
        at = &all[*number].1;
    }
    Ok(())
}

/// Says which families there are, where `family` is none.
fn check_family(family: &str) -> Result<(), String> {
    const FAMILIES: [&str; 6] = ["cache", "sharding", "hashing", "queue", "cap", "fan-out"];
    match FAMILIES.contains(&family) {
        true => Ok(()),
        false => Err(format!("the family `{family}` is unknown: it is one of {}", FAMILIES.join(", "))),
    }
}

/// Gives each pattern of a signal its anchor: of the sets that it needs the one that fewest patterns need, for that tells most of this one.
fn anchor(library: &mut Library) {
    let needs = |id: &PatternId| library.book.needs(*id);
    let mut used = vec![0usize; library.book.sets()];
    for set in library.signal_rules.iter().flat_map(|rule| rule.says.iter().flat_map(needs)) {
        used[*set as usize] += 1;
    }
    for rule in &mut library.signal_rules {
        rule.anchors = rule.says.iter().map(|id| needs(id).iter().copied().min_by_key(|set| used[*set as usize])).collect();
    }
}
