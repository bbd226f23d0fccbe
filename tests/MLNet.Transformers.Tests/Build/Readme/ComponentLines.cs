using System.Runtime.CompilerServices;
using Microsoft.ML;

namespace MLNet.Transformers.Tests.Build;

/// <summary>A line of code for each method that the library puts on <c>mlContext</c>; they are compiled, never run.</summary>
internal static class ComponentLines
{
    /// <summary>The lines, by what they are for.</summary>
    public static IReadOnlyList<(string Heading, IReadOnlyList<ComponentLine> Lines)> All { get; } =
    [
        ("Train", Trainers()),
        ("Featurize", Featurizers()),
        ("Apply published models, without training", Published()),
        ("Measure", Evaluations(null!, null!)),
        ("Save", Saving(null!, null!)),
    ];

    private static IReadOnlyList<ComponentLine> Trainers() =>
    [
        Of(mlContext => mlContext.MulticlassClassification.Trainers.TransformerTextClassification("Label", "Text")),
        Of(mlContext => mlContext.MulticlassClassification.Trainers.TransformerFewShotTextClassification("Label", "Text", pretrainedFolder: "models/all-MiniLM-L6-v2")),
        Of(mlContext => mlContext.MulticlassClassification.Trainers.TransformerMultipleChoice("Label", "Prompt", "Choices")),
        Of(mlContext => mlContext.MultiLabelClassification.Trainers.TransformerMultiLabelClassification("Labels", "Text")),
        Of(mlContext => mlContext.Regression.Trainers.TransformerTextRegression("Stars", "Review")),
        Of(mlContext => mlContext.Regression.Trainers.TransformerSentenceSimilarity("Label", "Sentence1", "Sentence2")),
        Of(mlContext => mlContext.SentenceEmbedding.Trainers.TransformerSentenceEmbedding("Question", "Answer")),
        Of(mlContext => mlContext.TokenClassification.Trainers.TransformerTokenClassification("Tags", "Words")),
        Of(mlContext => mlContext.QuestionAnswering.Trainers.TransformerQuestionAnswering("Question", "Context", "Answer", "AnswerStart")),
        Of(mlContext => mlContext.SequenceToSequence.Trainers.TransformerTranslation("English", "German", "Translation")),
        Of(mlContext => mlContext.SequenceToSequence.Trainers.TransformerSummarization("Document", "Summary")),
        Of(mlContext => mlContext.SequenceToSequence.Trainers.TransformerSequenceToSequence("Source", "Target")),
        Of(mlContext => mlContext.LanguageModeling.Trainers.TransformerLanguageModel("Text")),
        Of(mlContext => mlContext.LanguageModeling.Trainers.TransformerInstructionTuning("Prompt", "Response", pretrainedFolder: "models/Qwen2.5-0.5B-Instruct")),
        Of(mlContext => mlContext.LanguageModeling.Trainers.TransformerMaskedLanguageModel("Text")),
        Of(mlContext => mlContext.LanguageModeling.Trainers.TransformerSpanCorruption("Text")),
        Of(mlContext => mlContext.LanguageModeling.Trainers.TransformerDenoising("Text")),
        Of(mlContext => mlContext.MulticlassClassification.Trainers.TransformerImageClassification("Label", "Image")),
        Of(mlContext => mlContext.ImageEmbedding.Trainers.TransformerSelfDistillation("Image")),
        Of(mlContext => mlContext.ImageEmbedding.Trainers.TransformerContrastiveImageText("Image", "Text")),
    ];

    private static IReadOnlyList<ComponentLine> Featurizers() =>
    [
        Of(mlContext => mlContext.Transforms.Text.FeaturizeTextWithTransformer("Features", "Text", "models/all-MiniLM-L6-v2")),
        Of(mlContext => mlContext.Transforms.FeaturizeImageWithTransformer("Features", "Image", "models/dinov2-small")),
        Of(mlContext => mlContext.ImageEmbedding.FeaturizeImagesAndTexts("models/clip-vit-base-patch32")),
        Of(mlContext => mlContext.Transforms.Text.TokenizeForTransformer("TokenIds", "Text", "models/bert-base-uncased")),
        Of(mlContext => mlContext.Transforms.Text.DecodeTokens("Text", "TokenIds", "models/bert-base-uncased")),
        Of(mlContext => mlContext.Transforms.ApplyTokenEmbedding("Vectors", "TokenIds", "models/bert-base-uncased")),
        Of(mlContext => mlContext.Transforms.ApplyPositionalEncoding("Placed", "Vectors", size: 768)),
        Of(mlContext => mlContext.Transforms.Text.ExtractAttention("Attention", "Text", "models/bert-base-uncased")),
        Of(mlContext => mlContext.Transforms.ExtractAttention("Attention", "Image", "models/vit-base-patch16-224")),
    ];

    private static IReadOnlyList<ComponentLine> Published() =>
    [
        Of(mlContext => mlContext.MulticlassClassification.ClassifyText("models/distilbert-sst-2", "Text")),
        Of(mlContext => mlContext.MultiLabelClassification.ClassifyText("models/go-emotions", "Text")),
        Of(mlContext => mlContext.Regression.ScoreText("models/stsb-cross-encoder", "Sentence1", "Sentence2")),
        Of(mlContext => mlContext.TokenClassification.TagWords("models/bert-base-NER", "Text")),
        Of(mlContext => mlContext.QuestionAnswering.AnswerQuestions("models/roberta-base-squad2", "Question", "Context")),
        Of(mlContext => mlContext.SequenceToSequence.Translate("models/opus-mt-en-de", "English", "German")),
        Of(mlContext => mlContext.SequenceToSequence.Summarize("models/bart-large-cnn", "Document", "Summary")),
        Of(mlContext => mlContext.SequenceToSequence.WriteText("models/t5-small", "Source", "Output")),
        Of(mlContext => mlContext.LanguageModeling.ContinueText("models/gpt2", "Text")),
        Of(mlContext => mlContext.LanguageModeling.AnswerPrompts("models/Qwen2.5-0.5B-Instruct", "Prompt")),
        Of(mlContext => mlContext.LanguageModeling.FillMask("models/bert-base-uncased", "Text")),
        Of(mlContext => mlContext.MulticlassClassification.ClassifyImages("models/vit-base-patch16-224", "Image")),
        Of(mlContext => mlContext.MulticlassClassification.ClassifyImagesZeroShot(["cat", "dog"], "models/clip-vit-base-patch32", "Image")),
    ];

    private static IReadOnlyList<ComponentLine> Evaluations(IDataView answered, FineTunedTransformer model) =>
    [
        Of(mlContext => mlContext.TokenClassification.Evaluate(answered, "Tags")),
        Of(mlContext => mlContext.QuestionAnswering.Evaluate(answered, "Answer")),
        Of(mlContext => mlContext.MultiLabelClassification.Evaluate(answered, "Labels")),
        Of(mlContext => mlContext.SentenceEmbedding.Evaluate(answered, "Similarity")),
        Of(mlContext => mlContext.SequenceToSequence.EvaluateTranslation(answered, "German", "Translation")),
        Of(mlContext => mlContext.SequenceToSequence.EvaluateSummarization(answered, "Summary")),
        Of(mlContext => mlContext.SequenceToSequence.EvaluateTranscription(answered, "Target")),
        Of(mlContext => mlContext.SequenceToSequence.EvaluateExactMatch(answered, "Target")),
        Of(mlContext => mlContext.LanguageModeling.EvaluatePerplexity(model, answered)),
        Of(mlContext => mlContext.LanguageModeling.Evaluate(model, answered)),
        Of(mlContext => mlContext.Regression.EvaluateCorrelation(answered)),
        Of(mlContext => mlContext.MulticlassClassification.EvaluateMatthewsCorrelation(answered)),
        Of(mlContext => mlContext.BinaryClassification.EvaluateMatthewsCorrelation(answered)),
    ];

    private static IReadOnlyList<ComponentLine> Saving(ITransformer model, DataViewSchema schema) =>
    [
        OfCommand(mlContext => mlContext.Model.SaveAtomically(model, schema, "Model.mlnet")),
    ];

    private static ComponentLine Of(Func<MLContext, object> compiled, [CallerArgumentExpression(nameof(compiled))] string code = "") => Line(compiled, code);

    private static ComponentLine OfCommand(Action<MLContext> compiled, [CallerArgumentExpression(nameof(compiled))] string code = "") => Line(compiled, code);

    private static ComponentLine Line(Delegate compiled, string code)
    {
        ArgumentNullException.ThrowIfNull(compiled);
        return new ComponentLine(code[(code.IndexOf("=>", StringComparison.Ordinal) + 3)..]);
    }
}
