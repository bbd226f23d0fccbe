using System.Text.Json.Nodes;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tool.Projects.ModelBuilder;

/// <summary>The stages of a pipeline: keys of the classes, the trainer, and classes of the keys, or the trainer alone.</summary>
internal static class Stages
{
    /// <summary>The stages of a pipeline with these options.</summary>
    public static IReadOnlyList<Stage> Of(FineTuningOptions options) => options switch
    {
        TextClassificationOptions text => WithKeys(text.LabelColumnName, text.PredictedLabelColumnName, new("TextClassificationMulti", new JsonObject
        {
            ["LabelColumnName"] = text.LabelColumnName,
            ["Sentence1ColumnName"] = text.TextColumnName,
            ["ScoreColumnName"] = text.ScoreColumnName,
            ["OutputColumnName"] = text.PredictedLabelColumnName,
            ["BatchSize"] = BatchSize(text),
            ["MaxEpochs"] = text.Epochs,
            ["Architecture"] = Architecture(text, text.Model),
        })),
        TokenClassificationOptions tags => WithKeys(tags.LabelColumnName, tags.PredictedLabelColumnName, new("NamedEntityRecognitionMulti", new JsonObject
        {
            ["LabelColumnName"] = tags.LabelColumnName,
            ["Sentence1ColumnName"] = tags.TextColumnName,
            ["PredictionColumnName"] = tags.PredictedLabelColumnName,
            ["BatchSize"] = BatchSize(tags),
            ["MaxEpochs"] = tags.Epochs,
            ["Architecture"] = Architecture(tags, tags.Model),
        })),
        ImageClassificationOptions image => WithKeys(image.LabelColumnName, image.PredictedLabelColumnName, new("ImageClassificationMulti", new JsonObject
        {
            ["LabelColumnName"] = image.LabelColumnName,
            ["ScoreColumnName"] = image.ScoreColumnName,
            ["FeatureColumnName"] = image.ImageColumnName,
            ["Arch"] = Architecture(image, image.Model),
            ["BatchSize"] = image.BatchSize,
            ["Epoch"] = image.Epochs,
        })),
        SentenceSimilarityOptions pair => Alone("SentenceSimilarityRegression", new JsonObject
        {
            ["LabelColumnName"] = pair.LabelColumnName,
            ["Sentence1ColumnName"] = pair.FirstSentenceColumnName,
            ["Sentence2ColumnName"] = pair.SecondSentenceColumnName,
            ["ScoreColumnName"] = pair.ScoreColumnName,
            ["BatchSize"] = BatchSize(pair),
            ["MaxEpochs"] = pair.Epochs,
            ["Architecture"] = Architecture(pair, pair.Model),
        }),
        QuestionAnsweringOptions question => Alone("QuestionAnsweringMulti", new JsonObject
        {
            ["ContextColumnName"] = question.ContextColumnName,
            ["QuestionColumnName"] = question.QuestionColumnName,
            ["TrainingAnswerColumnName"] = question.AnswerColumnName,
            ["AnswerIndexStartColumnName"] = question.AnswerStartColumnName,
            ["ScoreColumnName"] = question.ScoreColumnName,
            ["PredictedAnswerColumnName"] = question.PredictedAnswerColumnName,
            ["BatchSize"] = BatchSize(question),
            ["MaxEpochs"] = question.Epochs,
            ["TopKAnswers"] = question.TopK,
            ["Architecture"] = Architecture(question, question.Model),
        }),
        SequenceToSequenceOptions translation => Alone("Translation", new JsonObject
        {
            ["SourceColumnName"] = translation.SourceColumnName,
            ["TargetColumnName"] = translation.TargetColumnName,
            ["ScoreColumnName"] = translation.ScoreColumnName,
            ["OutputColumnName"] = translation.OutputColumnName,
            ["BatchSize"] = BatchSize(translation),
            ["MaxEpochs"] = translation.Epochs,
            ["Architecture"] = Architecture(translation, translation.Model),
        }),
        LanguageModelOptions language => Alone("TextGeneration", new JsonObject
        {
            ["TextColumnName"] = language.TextColumnName,
            ["ScoreColumnName"] = language.ScoreColumnName,
            ["OutputColumnName"] = language.OutputColumnName,
            ["BatchSize"] = BatchSize(language),
            ["MaxEpochs"] = language.Epochs,
            ["Architecture"] = Architecture(language, language.Model),
        }),
        _ => throw new NotSupportedException($"Model Builder's file has no place for {options.GetType().Name}."),
    };

    private static IReadOnlyList<Stage> WithKeys(string label, string prediction, Stage trainer) =>
    [
        new("MapValueToKey", new JsonObject { ["OutputColumnName"] = label, ["InputColumnName"] = label, ["AddKeyValueAnnotationsAsText"] = false }),
        trainer with { IsTrainer = true },
        new("MapKeyToValue", new JsonObject { ["OutputColumnName"] = prediction, ["InputColumnName"] = prediction }),
    ];

    private static IReadOnlyList<Stage> Alone(string estimator, JsonObject parameters) => [new(estimator, parameters, IsTrainer: true)];

    // Where batches have so many tokens, as many rows as there are at least in one of the longest texts.
    private static int BatchSize(TextFineTuningOptions options) => options.BatchSize ?? Math.Max(1, options.BatchTokens / (options.MaxLength ?? options.Model.MaxLength));

    // A published model is called as its folder is.
    private static string Architecture(FineTuningOptions options, ModelConfig model) => options.PretrainedFolder is { } folder
        ? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))
        : model.ModelType;
}
