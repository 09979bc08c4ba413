//! What was learned is what training makes of the labelled sentences, and recognises those of a person whom it has not read.

mod training;

use expect_test::expect_file;

use self::training::Model;

#[test]
fn the_weights_are_what_training_makes_of_the_sentences() {
    let all = training::labelled();
    let models: Vec<Model> = (0..all.labels.len()).map(|label| training::train(&all, label, |_| true)).collect();
    expect_file!["../server/content/learned/weights.txt"].assert_eq(&training::written(&all, &models));
}

#[test]
fn sentences_of_a_person_who_was_left_out_are_recognised_and_their_look_alikes_are_not() {
    const ENOUGH: f64 = 0.2;
    let all = training::labelled();
    let left_out = |sentence: &training::Sentence| sentence.person == 0;
    let (mut recognised, mut answers, mut taken, mut others) = (0, 0, 0, 0);
    for (number, label) in all.labels.iter().enumerate() {
        let model = training::train(&all, number, |sentence| !left_out(sentence));
        for sentence in label.sentences.iter().filter(|sentence| left_out(sentence)) {
            let enough = usize::from(training::score(&model, &sentence.features) >= ENOUGH);
            let (given, of) = if sentence.says { (&mut recognised, &mut answers) } else { (&mut taken, &mut others) };
            *given += enough;
            *of += 1;
        }
    }
    assert!(recognised * 10 > answers * 4, "{recognised} of {answers} answers are recognised");
    assert!(taken * 50 < others, "{taken} of {others} other sentences are taken for answers");
}
