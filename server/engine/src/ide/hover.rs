//! The note on what the pointer rests on, with the follow-ups marked for this document.

use std::ops::Range;

use super::{
    Analysis, Hover, figures,
    harmless::{harmless, line_of},
};
use crate::{
    content::{
        Library,
        concept::Concept,
        question::{Each, Question},
    },
    review::{Asked, Evidence, Mention, Polarity, Status, Subject},
};

/// The note on what stands at byte `offset`: a concept, a quantity or a sum, or a question's id in a comment. `address` is the document's, for links to its lines.
pub fn hover(analysis: &Analysis, offset: usize, address: Option<&str>) -> Option<Hover> {
    if let Some(mention) = mention(analysis, offset) {
        let concept = analysis.library.concept(&mention.concept)?;
        let markdown = harmless(note(&analysis.library, concept, &follow_ups(analysis, mention, concept, address)), address);
        return Some(Hover { range: mention.range.clone(), markdown });
    }
    match analysis.outline.comments.iter().find(|comment| comment.range.contains(&offset)) {
        Some(comment) => hover_id(analysis, comment.text.clone(), offset),
        None => figures::hover(analysis, offset).or_else(|| hover_finding(analysis, offset)),
    }
}

/// The id of the concept that is mentioned at byte `offset`.
pub fn term(analysis: &Analysis, offset: usize) -> Option<String> {
    Some(mention(analysis, offset)?.concept.clone())
}

fn mention(analysis: &Analysis, offset: usize) -> Option<&Mention> {
    analysis.review.mentions.iter().find(|mention| mention.range.contains(&offset))
}

/// The page of the question that is open at byte `offset`, where no word there has a note of its own.
fn hover_finding(analysis: &Analysis, offset: usize) -> Option<Hover> {
    let findings = analysis.review.findings.iter().filter(|finding| finding.range.contains(&offset));
    let finding = findings.min_by_key(|finding| finding.range.len())?;
    let question = analysis.library.question(&finding.id)?;
    Some(Hover { range: finding.range.clone(), markdown: explain_question(&analysis.library, question) })
}

/// The page of the question whose id stands at byte `offset`, in a settings file.
pub fn hover_settings(analysis: &Analysis, offset: usize) -> Option<Hover> {
    hover_id(analysis, 0..analysis.text.len(), offset)
}

fn hover_id(analysis: &Analysis, within: Range<usize>, offset: usize) -> Option<Hover> {
    let is_id = |c: &char| c.is_alphanumeric() || matches!(c, '/' | '-' | '_');
    let (before, after) = analysis.text.get(within.clone())?.split_at_checked(offset.clamp(within.start, within.end) - within.start)?;
    let start: usize = before.chars().rev().take_while(is_id).map(char::len_utf8).sum();
    let end: usize = after.chars().take_while(is_id).map(char::len_utf8).sum();
    let at = within.start + before.len();
    let range = at - start..at + end;
    let question = analysis.library.question(&analysis.text[range.clone()])?;
    Some(Hover { range, markdown: explain_question(&analysis.library, question) })
}

/// A concept's page as Markdown, with the questions that are asked of it.
pub fn explain_concept(library: &Library, concept: &Concept) -> String {
    let questions = library.questions.iter().filter(|question| concerns(library, question, concept));
    let listed: Vec<String> = questions.map(|question| format!("- {} (`{}`)", question.page.title, question.id)).collect();
    let heading = if listed.is_empty() { String::new() } else { format!("**What an interviewer asks next**\n\n{}\n", listed.join("\n")) };
    harmless(note(library, concept, &heading), None)
}

/// A question's page as Markdown: what would answer it, why, the checklist and the source.
pub fn explain_question(library: &Library, question: &Question) -> String {
    let lead = question.page.lead.replace("{component}", "it");
    // Before the first "the source says".
    let sources = sources(library, &question.sources);
    let mut page = format!("### {}\n\n`{}`\n\n{lead}\n\n{sources}", question.page.title, question.id);
    for title in ["Why", "Checklist"] {
        if let Some(section) = question.page.section(title) {
            page += &format!("\n**{}**\n\n{}\n", section.title, section.text.trim());
        }
    }
    harmless(page, None)
}

/// The follow-ups come first: an editor shows the first dozen lines, and they are what the person is here for.
fn note(library: &Library, concept: &Concept, follow_ups: &str) -> String {
    let mut page = format!("### {}\n\n", concept.page.title);
    if !follow_ups.is_empty() {
        page += &format!("{follow_ups}\n---\n\n");
    }
    page += &format!("{}\n{}\n", sources(library, &concept.sources), concept.page.lead);
    for section in concept.page.sections() {
        page += &format!("\n**{}**\n\n{}\n", section.title, section.text.trim());
    }
    page
}

fn sources(library: &Library, ids: &[String]) -> String {
    let named = ids.iter().filter_map(|id| library.origin(id)).map(|origin| {
        let title = origin.title.trim_end_matches('.');
        let shown = match &origin.url {
            Some(url) => format!("[{title}]({url})"),
            None => title.to_owned(),
        };
        origin.author.as_ref().map_or(shown.clone(), |author| format!("{shown}, {author}"))
    });
    format!("*Source: {}*\n", named.collect::<Vec<_>>().join("; "))
}

/// Is the question one that an interviewer asks when hearing of the concept?
fn concerns(library: &Library, question: &Question, concept: &Concept) -> bool {
    let part_of = |id: &str| match (library.concept_number(&concept.id), library.concept_number(id)) {
        (Some(part), Some(whole)) => library.is_part_of(part, whole),
        _ => false,
    };
    question.about.contains(&concept.id) || matches!(&question.each, Each::Component(id) if part_of(id))
}

/// The questions asked of what is mentioned, each with how it stands here.
fn follow_ups(analysis: &Analysis, mention: &Mention, concept: &Concept, address: Option<&str>) -> String {
    let component = mention.component.map(|number| Subject::Component(analysis.review.components[number].id.clone()));
    let mut lines = Vec::new();
    for question in analysis.library.questions.iter().filter(|question| concerns(&analysis.library, question, concept)) {
        let of_it = |asked: &&Asked| {
            asked.id == question.id && (Some(&asked.subject) == component.as_ref() || !matches!(asked.subject, Subject::Component(_)))
        };
        match analysis.review.questions.iter().find(of_it) {
            Some(asked) => lines.push(format!("- {}", standing(analysis, question, asked, address))),
            None if !analysis.review.design => lines.push(format!("- {}", question.page.title)),
            None => {}
        }
    }
    let stands = match mention.polarity {
        _ if !analysis.review.design => "",
        Polarity::Adopted => "",
        Polarity::Rejected => "Turned down here: nothing is asked of it.\n",
        Polarity::Deferred => "Put off here: nothing is asked of it.\n",
        Polarity::Background => "Background, an example or somebody else's here: nothing is asked of it.\n",
        Polarity::Asked => "Only asked or weighed here: nothing is asked of it.\n",
    };
    if lines.is_empty() {
        return stands.to_owned();
    }
    let title = if analysis.review.design { "Follow-ups in this design" } else { "What an interviewer asks next" };
    format!("{stands}{}**{title}**\n\n{}\n", if stands.is_empty() { "" } else { "\n" }, lines.join("\n"))
}

/// How a question stands in this document, on one line.
pub(super) fn standing(analysis: &Analysis, question: &Question, asked: &Asked, address: Option<&str>) -> String {
    let line = |offset: usize| line(analysis, offset, address);
    let words = |evidence: &Evidence| analysis.text[evidence.range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = |evidence: &&Evidence| !evidence.range.is_empty();
    let taken = asked.evidence.iter().find(shown);
    let title = &question.page.title;
    match asked.status {
        Status::Answered | Status::Quiet => {
            format!("✓ {title}{}", taken.map(|taken| format!(" (“{}”, {})", words(taken), line(taken.range.start))).unwrap_or_default())
        }
        Status::OutOfScope => {
            let why = taken.map(|taken| format!(": “{}”, {}", words(taken), line(taken.range.start)));
            format!("✓ {title} (out of scope{})", why.unwrap_or_default())
        }
        Status::Started => format!("✗ {title} (started: {} left blank)", asked.blank_items.len()),
        Status::Open => {
            // Of what was not taken for an answer, the nearest; of the document as a whole, only what stands where the answer ought to.
            let section = |offset: usize| analysis.outline.block_at(offset).map(|block| analysis.outline.blocks[block].section);
            let near =
                |rejected: &&Evidence| asked.subject != Subject::Document || section(rejected.range.start) == section(asked.place.start);
            let nearest =
                asked.rejected.iter().filter(shown).filter(near).min_by_key(|rejected| rejected.range.start.abs_diff(asked.place.start));
            let why = nearest.map(|not| format!(" (“{}”, {}, {})", words(not), line(not.range.start), not.reason));
            format!("✗ {title}{}", why.unwrap_or_default())
        }
    }
}

/// The number of the line at byte `offset`, as a link where the document has an address.
pub(super) fn line(analysis: &Analysis, offset: usize, address: Option<&str>) -> String {
    let number = analysis.text[..offset].matches('\n').count() + 1;
    match address {
        Some(address) => format!("[line {number}]({})", line_of(address, number)),
        None => format!("line {number}"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{config::Severities, ide};

    const DESIGN: &str = "<!-- followup: design -->\n# Tea shop: design\n\n## Design\n\nWe keep orders in Postgres and read them through a Redis cache.\n\n\
        ## Out of scope\n\n- Invalidation: entries never change\n";

    fn check(word: &str) -> Option<Hover> {
        let analysis = Analysis::new(Arc::from(DESIGN), Library::built_in(), &Severities::default());
        hover(&analysis, DESIGN.find(word).unwrap(), None)
    }

    #[test]
    fn a_finding_on_no_term_shows_the_page_of_its_question() {
        let analysis = Analysis::new(Arc::from(DESIGN), Library::built_in(), &Severities::default());
        let on_no_term = |finding: &ide::Diagnostic| term(&analysis, finding.range.start).is_none();
        let finding = ide::diagnostics(&analysis).into_iter().find(on_no_term).unwrap();
        let hover = hover(&analysis, finding.range.start, None).unwrap();
        assert_eq!(hover.range, finding.range);
        assert!(hover.markdown.contains("**Why**"), "{}", hover.markdown);
        assert_eq!(check("entries"), None);
    }

    #[test]
    fn what_is_out_of_scope_is_shown_with_the_reason() {
        let note = check("Redis").unwrap().markdown;
        assert!(note.contains("(out of scope: “Invalidation: entries never change”, line 10)"), "{note}");
    }
}
