//! Each figure, table and caveat that a page must carry, and the source that it is told with.

use followup::content::{Library, page::Page};

const FIVE: &str = "five-concepts";
const WEEK: &str = "interviewing-next-week";
const OURS: &str = "ours";

/// What a page must say, and where it comes from. White space, line breaks and Markdown's marks do not matter; a `|` stands for the border of a
/// cell, so that what is asked for as a table is found in one.
const WANTED: &[(&str, &[(&str, &str)])] = &[
    // Caches.
    (
        "cache",
        &[
            ("copy of data that is quicker to reach, kept nearer to the reader", FIVE),
            ("Your phone does it with the images of an app", FIVE),
            ("an Instagram profile, Reddit's hot posts", FIVE),
            ("under a millisecond", FIVE),
            ("the server's own time; the network comes on top", FIVE),
            ("80-95 % of reads", FIVE),
            ("differ fourfold in what the store sees: 20 % of the reads, or 5 %", FIVE),
            ("one-hour TTL is up to an hour stale", FIVE),
            ("filled correctly when a product was created; one write path, the change of a price, forgot", FIVE),
            ("six weeks, three days of debugging, tests green", FIVE),
            ("| strategy | a write | right when | goes wrong when |", FIVE),
            ("LRU, LFU", FIVE),
            ("keep \"not found\" briefly", FIVE),
            ("time bomb behind a clean interface", FIVE),
        ],
    ),
    (
        "cache-aside",
        &[
            ("miss -> store -> put a copy in the cache, with an expiry -> answer", FIVE),
            ("forgets the delete: the old value is served for the whole TTL", FIVE),
            ("delete after the commit, and keep an expiry (or a version in the key) as the net", FIVE),
        ],
    ),
    ("write-through", &[("| strategy | right when | quietly destroys when |", FIVE), ("fresh only if every writer goes through it", OURS)]),
    (
        "write-behind",
        &[
            ("| strategy | acknowledged when | what may be lost |", OURS),
            ("Right for counters", FIVE),
            ("Wrong for orders", FIVE),
            ("answers \"saved\" before the data is safe. Lose the cache and the last writes are gone", OURS),
        ],
    ),
    ("read-through", &[("It says nothing about writes", OURS)]),
    (
        "cache-invalidation",
        &[
            ("decides whether a cache is a gain or a time bomb, and it is harder than caching itself", FIVE),
            ("| way | a reader sees the change | breaks when |", FIVE),
            ("LRU and LFU free memory. They are no invalidation", FIVE),
            ("wrong prices for six weeks", FIVE),
        ],
    ),
    (
        "cache-stampede",
        &[
            ("N/(N+1) of the keys miss at once: 75 % for 3 -> 4", FIVE),
            ("at 80 % absorbed the store sees five times its normal reads, at 95 % twenty times", FIVE),
            ("when a server is added, removed or dies", FIVE),
            ("What was meant as growth, the source says, is an outage in effect", FIVE),
        ],
    ),
    (
        "cache/invalidation",
        &[("wrong prices for six weeks, three days of debugging, green tests", FIVE), ("\"LRU\" is not an answer", FIVE)],
    ),
    ("cache/every-writer", &[("right on create, forgotten on change", FIVE), ("six weeks", FIVE), ("three days", FIVE)]),
    ("cache/write-strategy", &[("does quiet, lasting harm in the wrong one", FIVE)]),
    ("cache/stampede", &[("absorbs 95 % of the reads leaves 5 % to the store", FIVE), ("meant as growth, an outage in effect", FIVE)]),
    // Sharding.
    (
        "sharding",
        &[
            ("| join | the engine's work | yours, between shards, or avoided |", FIVE),
            ("| transaction | local | two-phase commit, saga, or none |", FIVE),
            ("| find a row | connect | key, then map, then the right server |", FIVE),
            ("For a database that you run it comes last", FIVE),
            ("replicas and caches relieve reads", OURS),
            ("DynamoDB, Cassandra and Kafka are split from the first row", OURS),
            ("25 minutes spent on shards for a system with 3,000 daily users", FIVE),
            ("sharding by September 2011, within a year of launch, at 25 photos and 90 likes a second", OURS),
            ("Over-engineering reads as anxiety", FIVE),
        ],
    ),
    (
        "shard-key",
        &[
            ("| time range, growing id | all on the newest |", FIVE),
            ("| user, customer | spread |", FIVE),
            ("splitting by ranges of time does", OURS),
            ("10,000 seconds in a row over 4 shards gave 2,495 to 2,506 each", OURS),
            ("one celebrity, one", OURS),
            ("the user id's hash modulo the number of shards", FIVE),
            ("Hash into many fixed slots, map slots to servers", OURS),
        ],
    ),
    (
        "scale-ladder",
        &[
            ("shards writes, size or residency are more than one machine holds ^ cache", FIVE),
            ("read replicas reads are more than one machine serves, some lag is fine ^ bigger machine", FIVE),
            ("one database tuned", FIVE),
            ("Most systems stop well before the last rung", FIVE),
            ("both relieve reads only", OURS),
        ],
    ),
    ("sharding/why", &[("25 minutes", FIVE), ("3,000 daily users", FIVE), ("they only relieve reads", OURS)]),
    (
        "sharding/too-early",
        &[("25 minutes, for 3,000 daily users", FIVE), ("under one a second", OURS), ("anxiety that looks like diligence", FIVE)],
    ),
    ("sharding/cross-shard", &[("has to know which shard holds the row", FIVE)]),
    ("sharding/hot-key", &[("splitting by range does", OURS), ("2,495 to 2,506 each", OURS)]),
    // Placement by hash.
    (
        "consistent-hashing",
        &[
            ("the next node only the keys between A and D clockwise owns a key change hands, from B to D", FIVE),
            ("| hash(key) % N | N/(N+1) | 75 % | 91 % |", OURS),
            ("| ring (on average) | 1/(N+1) | 25 % | 9 % |", FIVE),
            ("what virtual nodes are for", OURS),
            ("Often said: Redis Cluster, Cassandra and DynamoDB use it", FIVE),
            ("Redis Cluster has 16,384 fixed slots (CRC16 of the key)", OURS),
            ("DynamoDB hashes into ranges that it splits and moves", OURS),
            ("two of its six authors (Leighton and Lewin, 1997) founded Akamai", OURS),
            ("Real: why it exists, which most candidates skip", FIVE),
            ("meant as growth, an outage in effect", FIVE),
        ],
    ),
    (
        "hash-placement",
        &[
            ("3 -> 4 75 % of keys move", OURS),
            ("N/(N+1) of them move", OURS),
            ("the user id hashed modulo the number of shards", FIVE),
            ("may differ from one process to the next", OURS),
        ],
    ),
    ("cdn", &[("Akamai, per the source, was built on consistent hashing", FIVE), ("Immutable files need no invalidation", OURS)]),
    ("hashing/modulo", &[("75 % from three to four, 91 % from ten to eleven", OURS), ("A server that dies changes N just the same", OURS)]),
    ("hashing/rebalance", &[("meant as growth, an outage in effect", FIVE), ("about 1/(N+1) on average", OURS)]),
    // Consistency.
    (
        "cap",
        &[
            ("Not \"pick any two\"", FIVE),
            ("keeps working while its servers cannot talk to each other", FIVE),
            ("C is linearizability, A is an answer from every live node", FIVE),
            ("| cut off | the minority side refuses | every side answers |", FIVE),
            ("| risk | errors while it lasts | stale reads, write conflicts |", FIVE),
            ("| use for | spending, the last item | feeds, likes, analytics |", FIVE),
            ("| said of | CockroachDB, ZooKeeper(1) | CouchDB, Cassandra(2) |", FIVE),
            ("Postgres and DynamoDB are listed as CP and AP in many texts (the source too)", FIVE),
            ("no distributed system escapes this choice", WEEK),
            ("So partitions are something you would ignore?", FIVE),
        ],
    ),
    (
        "cp",
        &[
            ("| cut off | the minority refuses | every side answers |", FIVE),
            ("| use for | payments, the last item | feeds, analytics |", FIVE),
            ("| said of | CockroachDB, ZooKeeper | CouchDB, Cassandra |", FIVE),
            ("The side without a majority refuses; the side that has one goes on", OURS),
            ("One Postgres has no copies to disagree", OURS),
            ("already durable on the primary and waits for the standby", OURS),
            ("An idempotency key prevents the double charge", OURS),
            ("Its writes are linearizable; a plain read may be stale", OURS),
        ],
    ),
    (
        "ap",
        &[
            ("| cut off | the minority refuses | every side answers |", FIVE),
            ("| use for | payments, the last item | feeds, analytics |", FIVE),
            ("| said of | CockroachDB, ZooKeeper | CouchDB, Cassandra |", FIVE),
            ("writes on both sides may conflict", OURS),
            ("Dynamo (the 2007 paper) was", OURS),
            ("It is tunable: each query says how many copies answer", OURS),
            ("a follower count that is slightly off against an app that does not load", FIVE),
        ],
    ),
    (
        "pacelc",
        &[
            ("for each class of data, not once for the system", WEEK),
            ("most candidates fumble", WEEK),
            ("| data, operation | cut off | else |", OURS),
        ],
    ),
    (
        "strong-consistency",
        &[
            ("a strong guarantee with one machine behind it", WEEK),
            ("One node is strongly consistent; the question is what callers get when it dies", OURS),
        ],
    ),
    ("eventual-consistency", &[("an eventual promise for data that may not be wrong even for a moment", WEEK)]),
    (
        "quorum",
        &[
            ("With R + W > N every read meets at least one copy", OURS),
            ("Overlap is necessary and not sufficient", OURS),
            ("| N = 3 |", OURS),
        ],
    ),
    (
        "cap/choice",
        &[("So partitions are something you would ignore?", FIVE), ("better a little old than an app which does not load", FIVE)],
    ),
    ("cap/pick-two", &[("to go on while servers cannot reach each other", FIVE)]),
    (
        "cap/per-data-class",
        &[
            ("PACELC answered for each class of data instead of once for the system", WEEK),
            ("State it per kind of data and per operation", WEEK),
        ],
    ),
    ("cap/single-node", &[("One node is strongly consistent; the claim is not false", WEEK)]),
    ("cap/stale-money", &[("two classic mistakes", WEEK), ("What must be exact is narrower than \"anything financial\"", FIVE)]),
    ("cap/quorum", &[("R + W > N", OURS), ("That is necessary, not sufficient", OURS)]),
    // Queues.
    (
        "message-queue",
        &[
            ("The ticket rail of a busy kitchen", FIVE),
            ("at-least-once. Acknowledge before the work and it is at-most-once", FIVE),
            ("Nothing is promised for a message that never reached the broker", FIVE),
            ("the card is charged twice, the mail goes out twice, the report is made twice", FIVE),
            ("Uber's trip events through Kafka, Netflix's encoding jobs, Slack's notifications", FIVE),
            ("Surface: \"the queue decouples the services.\" True, and not enough", FIVE),
            ("no queue incident in which idempotency was not missing somewhere", FIVE),
        ],
    ),
    (
        "pub-sub",
        &[
            ("queue one to one at a time pub/sub one to all", FIVE),
            ("two services on one queue starve each other", FIVE),
            ("all do the same job", FIVE),
            ("Kafka does both", FIVE),
        ],
    ),
    (
        "delivery-guarantee",
        &[
            ("| at least once | ack after the work | a crash or time-out repeats it |", FIVE),
            ("Exactly-once delivery over a network is not to be had", FIVE),
            ("Exactly-once effect is", OURS),
        ],
    ),
    (
        "idempotency",
        &[
            ("Doing it twice has the same effect as doing it once", FIVE),
            ("Looking whether the id is known, then acting, then noting it is not enough", OURS),
            ("insert into done(id) -- unique", OURS),
            ("charged twice, mailed twice, reported twice", FIVE),
            ("Use the id of the business operation, not the broker's", OURS),
            ("Stripe: a POST is idempotent if the caller sends an idempotency key", FIVE),
            ("pruned once they are 24 hours old", OURS),
            ("a late copy may undo a newer one: version", OURS),
        ],
    ),
    (
        "dead-letter-queue",
        &[("Where a message goes that cannot be processed", OURS), ("| the failure | the answer |", OURS), ("backpressure", OURS)],
    ),
    ("queue/idempotency", &[("charged twice, mailed twice, reported to twice", FIVE), ("Two workers check at once", FIVE)]),
    (
        "queue/check-then-act",
        &[("Two workers can both look before either has noted", FIVE), ("The source's own example has this shape", FIVE)],
    ),
    ("queue/exactly-once", &[("exactly-once delivery across a network is not to be had", FIVE)]),
    ("queue/delivery-shape", &[("either starves consumers or doubles the work", FIVE)]),
    // The path: six stops, what comes next, and two checkpoints.
    (
        "read-heavy",
        &[
            ("Ten reads or more to each write (10:1)", WEEK),
            ("Every layer exists so that a read is answered before it reaches the node that takes the writes", WEEK),
            ("v1 one database", OURS),
            ("v2 copies", OURS),
            ("v3 answered before us", OURS),
            ("does not say what the steps are. These are ours", WEEK),
            ("Stop 1 of six", WEEK),
            ("Next: write-heavy", WEEK),
        ],
    ),
    (
        "write-heavy",
        &[
            ("More writes come in than one node can make durable synchronously", WEEK),
            ("absorb, spread, defer", WEEK),
            ("| absorb | a queue, log or buffer", WEEK),
            ("the counterpart of read-heavy. Know when it applies", WEEK),
            ("Stop 2 of six", WEEK),
            ("Next: fan-out", WEEK),
        ],
    ),
    (
        "fan-out",
        &[
            ("Where does the work live?", WEEK),
            ("| | on write (push) | on read (pull) |", WEEK),
            ("Both break at the extremes, so hybrids win", WEEK),
            ("hybrid the senior answer", WEEK),
            ("\"hybrid\" alone means you do not have the threshold yet", WEEK),
            ("Stop 3 of six", WEEK),
            ("a feed the size of Instagram's, which of the three, and what tips it?", WEEK),
            ("Next: long-running tasks", WEEK),
        ],
    ),
    ("hybrid-fan-out", &[("what tips the decision?", WEEK), ("Figures in this note are ours", OURS)]),
    (
        "long-running-task",
        &[
            ("202 and a job id", WEEK),
            ("about one in three rounds", WEEK),
            ("| job store |", WEEK),
            ("| queue |", WEEK),
            ("| worker pool |", WEEK),
            ("| status channel |", WEEK),
            ("poll, push or webhook", WEEK),
            ("must not be sent before the job is durable", WEEK),
            ("Stop 4 of six", WEEK),
            ("Next: failure modes", WEEK),
        ],
    ),
    (
        "failure-mode",
        &[
            ("structured paranoia", WEEK),
            ("fail in the way you did not think of", WEEK),
            ("grade whether you produce the list on demand", WEEK),
            ("one failure and one mitigation per component", WEEK),
            ("| component | fails by | then (one of) |", OURS),
            ("Stop 5 of six", WEEK),
            ("one failure and one mitigation each, in under a minute; staff rounds want that", WEEK),
            ("Last: consistency trade-offs", WEEK),
        ],
    ),
    ("cap", &[("Stop 6 of six (a skill): consistency trade-offs", WEEK)]),
    (
        "scale-target",
        &[
            ("asked before the first box: how much must this hold?", FIVE),
            ("a day has 86,400 s; 100,000 is near enough", OURS),
            ("3,000 users x 20 requests a day = 60,000 a day = 0.7 a second", OURS),
        ],
    ),
    ("scale/target", &[("the question asked before the first box", FIVE), ("Best stated before the design", FIVE)]),
    ("scale/arithmetic", &[("100,000 s for a day of 86,400 is off by 1.16", OURS), ("1,000 for 1,024", OURS), ("at least twofold", OURS)]),
    (
        "reads/path",
        &[("each layer is there so that a read is answered before it reaches the primary", WEEK), ("the steps here are ours", OURS)],
    ),
    ("writes/path", &[("more writes come in than one node can make durable synchronously", WEEK)]),
    ("fan-out/threshold", &[("hybrid is the senior answer", WEEK), ("a threshold still missing", WEEK)]),
    ("fan-out/extremes", &[("both break at the extremes", WEEK), ("say what tips the choice", WEEK)]),
    ("jobs/pieces", &[("about one in three rounds", WEEK), ("(poll, push or webhook)", WEEK)]),
    ("jobs/accept", &[("202", WEEK), ("durable", WEEK)]),
    ("failure/modes", &[("one failure and one mitigation per component, aloud, in under a minute", WEEK)]),
];

/// What no page may say, since it is wrong, unsupported or copied: the words, and what is right.
const UNWANTED: &[(&str, &str)] = &[
    ("five patterns", "four of the six stops are patterns, two are skills"),
    ("five most-tested", "four of the six stops are patterns, two are skills"),
    ("never need to go past step", "most systems stop well before the last rung"),
    ("refuses requests until the partition heals", "the side without a majority refuses, the other goes on"),
    ("payment_already_exists", "a check before the act is not enough"),
    ("every request goes to the database", "N/(N+1) of the keys miss, not all"),
    ("num_shards", "code is our own, and no modulo of the servers is shown as right"),
    ("quietly catastrophic", "the source's words; notes have their own"),
    ("not a scaling win", "the source's words; notes have their own"),
];

#[test]
fn every_figure_and_table_stands_in_its_page_with_its_source() {
    let library = Library::built_in();
    let mut missing = Vec::new();
    for (id, wanted) in WANTED {
        let (page, sources) = page(&library, id);
        let text = flat(&page.body());
        for (words, source) in *wanted {
            if !text.contains(&flat(words)) {
                missing.push(format!("{id}: does not say `{words}`"));
            }
            if !sources.iter().any(|id| id == source) {
                missing.push(format!("{id}: names {sources:?}, and not {source}, for `{words}`"));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn no_page_says_what_is_known_to_be_wrong() {
    let library = Library::built_in();
    let notes = library.concepts.iter().map(|concept| (&concept.id, &concept.page));
    let pages = notes.chain(library.questions.iter().map(|question| (&question.id, &question.page)));
    let texts: Vec<_> = pages.map(|(id, page)| (id, flat(&page.body()).to_lowercase())).collect();
    for (words, right) in UNWANTED {
        let found = texts.iter().filter(|(_, text)| text.contains(words)).map(|(id, _)| id.as_str());
        assert_eq!(found.collect::<Vec<_>>(), Vec::<&str>::new(), "`{words}`: {right}");
    }
}

#[test]
fn every_note_ends_with_a_line_that_lands_and_stays_short() {
    let mut wrong = Vec::new();
    for concept in &Library::built_in().concepts {
        let line = concept.page.section("The line that lands");
        if !line.is_some_and(|line| line.text.trim_start().starts_with("> \"")) {
            wrong.push(format!("{}: has no `## The line that lands` with a quotation", concept.id));
        }
        let lines = concept.page.body().lines().count();
        if lines > 60 {
            wrong.push(format!("{}: has {lines} lines, which nobody reads in a hover", concept.id));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

fn page<'a>(library: &'a Library, id: &str) -> (&'a Page, &'a [String]) {
    let concept = library.concept(id).map(|concept| (&concept.page, concept.sources.as_slice()));
    let question = || library.question(id).map(|question| (&question.page, question.sources.as_slice()));
    concept.or_else(question).unwrap_or_else(|| panic!("there is no page `{id}`"))
}

/// One line of words, without Markdown's marks.
fn flat(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !matches!(c, '*' | '`' | '>')).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_text_that_is_not_there_is_missed() {
    assert!(flat("| a  | *b* |\n| c |").contains(&flat("| a | b |")));
    assert!(!flat("| a | b |").contains(&flat("| a | c |")));
}
