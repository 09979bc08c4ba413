//! Plain words for what has a name: which lines speak of a family though its name does not fall.

use super::*;

/// The families that a sentence of a design speaks of.
fn families(sentence: &str) -> Vec<String> {
    let text = format!("# System design: orders\n\nOrders are rows in Postgres.\n\n{sentence}\n");
    let review = review(&text, &Outline::new(&text), &Library::built_in(), &Severities::default());
    let mut families = review.mentions.iter().filter_map(|mention| Some(mention.family.as_ref()?.to_string())).collect::<Vec<_>>();
    families.dedup();
    families
}

#[test]
fn a_family_is_spoken_of_in_plain_words() {
    for (family, sentences) in [
        (
            "fan-out",
            [
                "Write to each follower's list at upload.",
                "The feed is put together when it is opened.",
                "At login we query the posts of everybody the user follows.",
                "On posting we insert a row per follower.",
            ],
        ),
        (
            "sharding",
            [
                "Would I split this database?",
                "Rows are spread by barcode.",
                "The customer number decides which machine.",
                "Each restaurant with its orders is on one box.",
            ],
        ),
        (
            "cap",
            [
                "I'd always take an old feed over an error.",
                "We'd rather refuse an order than sell a seat twice.",
                "A user must see his own comment at once.",
                "The cut-off side refuses writes.",
            ],
        ),
        (
            "cache",
            [
                "The price list is kept in memory and reloaded every minute.",
                "Each pod remembers the last thousand prices for 30 s.",
                "Jitter on the TTL of the entries.",
                "Hit ratio back at 93 %.",
            ],
        ),
    ] {
        for sentence in sentences {
            assert_eq!(families(sentence), [family], "{sentence}");
        }
    }
}

#[test]
fn words_near_them_speak_of_none() {
    for sentence in [
        "Followers are shown on the profile.",
        "A user can follow at most 5000 accounts.",
        "The worker writes each order to its own row.",
        "The inbox of support is read by two people.",
        "The team is split by country.",
        "Work is split over eight workers.",
        "A video is cut into pieces of a minute.",
        "Users are divided into admins and guests.",
        "The page should be up all the time.",
        "An old phone gets a smaller picture.",
        "The mail may be a minute late.",
        "Users want to see the page immediately.",
        "The parser keeps a tree in memory.",
        "Sessions live for half an hour.",
        "The machine has 64 GB of memory.",
        "The ad's hit rate was fine.",
    ] {
        assert_eq!(families(sentence), Vec::<String>::new(), "{sentence}");
    }
}
