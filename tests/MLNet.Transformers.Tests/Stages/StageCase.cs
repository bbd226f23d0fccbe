using Microsoft.ML;
using MLNet.Transformers.Models;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests;

/// <summary>A stage under test: how to make one that trains in a moment, and what it reads and adds.</summary>
public sealed record StageCase(string Name, Func<MLContext, IEstimator<ITransformer>> Estimator)
{
    /// <summary>The columns that it reads, the first of them text.</summary>
    public required string[] Inputs { get; init; }

    /// <summary>The columns that it adds, the first of them numbers or a vector of numbers.</summary>
    public required string[] Outputs { get; init; }

    /// <summary>Part of the message with which it refuses data without rows; null where it learns nothing and takes them.</summary>
    public string? SaysOfEmptyData { get; init; } = "no rows";

    public static TransformerEncoderConfig TinyModel { get; } = TransformerEncoder.Small with { HiddenSize = 16, Layers = 1, Heads = 2, InnerSize = 32 };

    private static TransformerConfig TinyWriter { get; } = Transformer.Small with { HiddenSize = 16, InnerSize = 32, Layers = 1, DecoderLayers = 1, Heads = 2 };

    public static VitConfig TinyVision { get; } = new() { ImageSize = 8, PatchSize = 4, HiddenSize = 16, Layers = 1, Heads = 2, InnerSize = 24, InitializerRange = 0.2 };

    public static ClipConfig TinyClip { get; } = new()
    {
        ProjectionSize = 8,
        Vision = new ClipVisionConfig { ImageSize = 8, PatchSize = 4, HiddenSize = 16, Layers = 1, Heads = 2, InnerSize = 24 },
        Text = new ClipTextConfig { HiddenSize = 16, Layers = 1, Heads = 2, InnerSize = 24, MaxLength = 16 },
    };

    public static IReadOnlyList<StageCase> All { get; } =
    [
        new("text classification", mlContext => mlContext.MulticlassClassification.Trainers.TransformerTextClassification(
            new TextClassificationOptions { Model = TinyModel, VocabularySize = 100 }))
        {
            Inputs = ["Text", "Label"],
            Outputs = ["Score", "PredictedLabel"],
        },
        new("text-pair classification", mlContext => mlContext.MulticlassClassification.Trainers.TransformerTextClassification(
            new TextClassificationOptions { Model = TinyModel, VocabularySize = 100, TextPairColumnName = "Pair" }))
        {
            Inputs = ["Text", "Pair", "Label"],
            Outputs = ["Score", "PredictedLabel"],
        },
        new("text regression", mlContext => mlContext.Regression.Trainers.TransformerTextRegression(
            new TextRegressionOptions { Model = TinyModel, VocabularySize = 100, LabelColumnName = "Words" }))
        {
            Inputs = ["Text", "Words"],
            Outputs = ["Score"],
        },
        new("sentence similarity", mlContext => mlContext.Regression.Trainers.TransformerSentenceSimilarity(
            new SentenceSimilarityOptions
            {
                Model = TinyModel,
                VocabularySize = 100,
                FirstSentenceColumnName = "Text",
                SecondSentenceColumnName = "Pair",
                LabelColumnName = "Words",
                MaximumScore = 20,
            }))
        {
            Inputs = ["Text", "Pair", "Words"],
            Outputs = ["Score"],
        },
        new("sentence comparison", mlContext => mlContext.Regression.Trainers.TransformerSentenceSimilarity(
            new SentenceSimilarityOptions
            {
                Model = TinyModel,
                VocabularySize = 100,
                FirstSentenceColumnName = "Text",
                SecondSentenceColumnName = "Pair",
                LabelColumnName = "Words",
                MaximumScore = 20,
                ComparesVectors = true,
            }))
        {
            Inputs = ["Text", "Pair", "Words"],
            Outputs = ["Score"],
        },
        new("multi-label classification", mlContext => mlContext.MultiLabelClassification.Trainers.TransformerMultiLabelClassification(
            new MultiLabelClassificationOptions { Model = TinyModel, VocabularySize = 100, LabelColumnName = "Holds" }))
        {
            Inputs = ["Text", "Holds"],
            Outputs = ["Score", "PredictedLabel"],
        },
        new("token classification of words", mlContext => mlContext.TokenClassification.Trainers.TransformerTokenClassification(
            new TokenClassificationOptions { Model = TinyModel, VocabularySize = 100, MaxLength = 8, TextColumnName = "Tokens", LabelColumnName = "Tags" }))
        {
            Inputs = ["Tokens", "Tags"],
            Outputs = ["Score", "PredictedLabel", "WordStarts", "WordLengths", "EntityTypes", "EntityTexts", "EntityStarts", "EntityLengths", "EntityScores"],
        },
        new("token classification of a text", mlContext => mlContext.TokenClassification.Trainers.TransformerTokenClassification(
            new TokenClassificationOptions { Model = TinyModel, VocabularySize = 100, LabelColumnName = "Tags", EntityColumnsPrefix = "Name" }))
        {
            Inputs = ["Text", "Tags"],
            Outputs = ["Score", "PredictedLabel", "WordStarts", "WordLengths", "NameTypes", "NameTexts", "NameStarts", "NameLengths", "NameScores"],
        },
        new("masked language model", mlContext => mlContext.LanguageModeling.Trainers.TransformerMaskedLanguageModel(
            new MaskedLanguageModelOptions { Model = TinyModel, VocabularySize = 100, TextColumnName = "Masked" }))
        {
            Inputs = ["Masked"],
            Outputs = ["Scores", "Tokens", "FilledText"],
        },
        new("question answering", mlContext => mlContext.QuestionAnswering.Trainers.TransformerQuestionAnswering(
            new QuestionAnsweringOptions { Model = TinyModel, VocabularySize = 100, MaxLength = 12, QuestionColumnName = "Pair", ContextColumnName = "Text", NoAnswerThreshold = 0 }))
        {
            Inputs = ["Text", "Pair", "Answer", "AnswerStart"],
            Outputs = ["TopScores", "PredictedAnswer", "PredictedAnswerStart", "Score", "NoAnswerScore", "TopAnswers", "TopAnswerStarts"],
        },
        new("multiple choice", mlContext => mlContext.MulticlassClassification.Trainers.TransformerMultipleChoice(
            new MultipleChoiceOptions { Model = TinyModel, VocabularySize = 100, PromptColumnName = "Answer", ChoiceColumnNames = ["Text", "Pair"] }))
        {
            Inputs = ["Text", "Pair", "Answer", "Label"],
            Outputs = ["Score", "PredictedLabel"],
        },
        new("sequence to sequence", mlContext => mlContext.SequenceToSequence.Trainers.TransformerSequenceToSequence(
            new SequenceToSequenceOptions
            {
                Model = TinyWriter,
                VocabularySize = 300,
                SourceColumnName = "Text",
                TargetColumnName = "Pair",
                TopK = 2,
                Generation = new GenerationConfig { Beams = 3, MaxNewTokens = 8 },
            }))
        {
            Inputs = ["Text", "Pair"],
            Outputs = ["TopScores", "Score", "Output", "TopTexts"],
        },
        new("language model", mlContext => mlContext.LanguageModeling.Trainers.TransformerLanguageModel(
            new LanguageModelOptions
            {
                Model = LanguageModelOptions.Small with { HiddenSize = 16, Layers = 1, Heads = 2 },
                VocabularySize = 300,
                MaxLength = 16,
                Generation = new GenerationConfig { MaxNewTokens = 8 },
            }))
        {
            Inputs = ["Text"],
            Outputs = ["Score", "Output"],
        },
        new("language model that draws", mlContext => mlContext.LanguageModeling.Trainers.TransformerLanguageModel(
            new LanguageModelOptions
            {
                Model = LanguageModelOptions.Small with { HiddenSize = 16, Layers = 1, Heads = 2 },
                VocabularySize = 300,
                PacksTexts = false,
                TopK = 2,
                IncludesPrompt = true,
                Generation = new GenerationConfig { MaxNewTokens = 4, Samples = true, Seed = 3 },
            }))
        {
            Inputs = ["Text"],
            Outputs = ["TopScores", "Score", "Output", "TopTexts"],
        },
        new("instruction tuning", mlContext => mlContext.LanguageModeling.Trainers.TransformerInstructionTuning(
            new InstructionTuningOptions
            {
                Model = LanguageModelOptions.Small with { HiddenSize = 16, Layers = 1, Heads = 2 },
                VocabularySize = 300,
                PromptColumnName = "Text",
                ResponseColumnName = "Pair",
                SystemPrompt = "Count.",
                Generation = new GenerationConfig { MaxNewTokens = 8 },
            }))
        {
            Inputs = ["Text", "Pair"],
            Outputs = ["Score", "Output"],
        },
        new("span corruption", mlContext => mlContext.LanguageModeling.Trainers.TransformerSpanCorruption(
            new SpanCorruptionOptions { Model = TinyWriter, VocabularySize = 400, Epochs = 1, Generation = new GenerationConfig { MaxNewTokens = 8 } }))
        {
            Inputs = ["Text"],
            Outputs = ["Score", "Output"],
        },
        new("denoising", mlContext => mlContext.LanguageModeling.Trainers.TransformerDenoising(
            new DenoisingOptions { Model = TinyWriter, VocabularySize = 300, Epochs = 1, Generation = new GenerationConfig { MaxNewTokens = 8 } }))
        {
            Inputs = ["Text"],
            Outputs = ["Score", "Output"],
        },
        new("sentence embedding", mlContext => mlContext.SentenceEmbedding.Trainers.TransformerSentenceEmbedding(
            new SentenceEmbeddingOptions { Model = TinyModel, VocabularySize = 100, PartnerColumnName = "Pair", NegativeColumnName = "Masked" }))
        {
            Inputs = ["Text", "Pair", "Masked"],
            Outputs = ["Embedding"],
        },
        new("sentence embedding by similarity", mlContext => mlContext.SentenceEmbedding.Trainers.TransformerSentenceEmbedding(
            new SentenceEmbeddingOptions
            {
                Model = TinyModel,
                VocabularySize = 100,
                PartnerColumnName = "Pair",
                SimilarityColumnName = "Words",
                MaximumSimilarity = 20,
                Poolings = [Pooling.Cls, Pooling.Max],
                Normalizes = true,
            }))
        {
            Inputs = ["Text", "Pair", "Words"],
            Outputs = ["Embedding"],
        },
        new("few-shot text classification", mlContext => mlContext.MulticlassClassification.Trainers.TransformerFewShotTextClassification(
            new FewShotTextClassificationOptions { Model = TinyModel, VocabularySize = 100, PairsOfEach = 2 }))
        {
            Inputs = ["Text", "Label"],
            Outputs = ["Score", "PredictedLabel"],
        },
        new("image classification", mlContext => mlContext.MulticlassClassification.Trainers.TransformerImageClassification(
            new ImageClassificationOptions { ImageColumnName = "Picture", Model = TinyVision, BatchSize = 16, Augmentations = [new HorizontalFlip()], Mixing = new Mixing() }))
        {
            Inputs = ["Picture", "Label"],
            Outputs = ["Score", "PredictedLabel"],
        },
        new("self-distillation", mlContext => mlContext.ImageEmbedding.Trainers.TransformerSelfDistillation(
            new SelfDistillationOptions { ImageColumnName = "Picture", Model = TinyVision, Projection = new(16, 16, 8), LocalViews = 2, Epochs = 1, BatchSize = 16 }))
        {
            Inputs = ["Picture"],
            Outputs = ["Features"],
        },
        new("features of images", mlContext => mlContext.Transforms.FeaturizeImageWithTransformer("Features", "Picture", TinyFolders.Vit, ImageFeatures.ClassAndMean))
        {
            Inputs = ["Picture"],
            Outputs = ["Features"],
            SaysOfEmptyData = null,
        },
        new("features of patches", mlContext => mlContext.Transforms.FeaturizeImageWithTransformer(
            new ImageFeaturizingOptions { ImageColumnName = "Picture", PretrainedFolder = TinyFolders.Vit, Features = ImageFeatures.PatchTokens, Normalizes = true, BatchSize = 7 }))
        {
            Inputs = ["Picture"],
            Outputs = ["Features"],
            SaysOfEmptyData = null,
        },
        new("published image classification", mlContext => mlContext.MulticlassClassification.ClassifyImages(TinyFolders.Vit, "Picture"))
        {
            Inputs = ["Picture"],
            Outputs = ["Score", "PredictedLabel"],
            SaysOfEmptyData = null,
        },
        new("contrastive learning of images and texts", mlContext => mlContext.ImageEmbedding.Trainers.TransformerContrastiveImageText(
            new ContrastiveImageTextOptions { ImageColumnName = "Picture", Model = TinyClip, VocabularySize = 100, BatchSize = 16, TextFeaturesColumnName = "TextFeatures" }))
        {
            Inputs = ["Picture", "Text"],
            Outputs = ["Features", "TextFeatures"],
        },
        new("features of images and texts", mlContext => mlContext.ImageEmbedding.FeaturizeImagesAndTexts(TinyFolders.Clip, "Picture"))
        {
            Inputs = ["Picture", "Text"],
            Outputs = ["TextFeatures", "ImageFeatures"],
            SaysOfEmptyData = null,
        },
        new("zero-shot image classification", mlContext => mlContext.MulticlassClassification.ClassifyImagesZeroShot(["apple", "hammer"], TinyFolders.Clip, "Picture"))
        {
            Inputs = ["Picture"],
            Outputs = ["Score", "PredictedLabel"],
            SaysOfEmptyData = null,
        },
        new("tokens of varying length", mlContext => mlContext.Transforms.Text.TokenizeForTransformer(
            new TokenizingOptions { Trainer = new WordPieceTrainer { VocabularySize = 100 }, TextPairColumnName = "Pair" }))
        {
            Inputs = ["Text", "Pair"],
            Outputs = ["TokenIds", "TypeIds", "AttentionMask"],
            SaysOfEmptyData = "no word",
        },
        new("tokens of one length", mlContext => mlContext.Transforms.Text.TokenizeForTransformer(
            new TokenizingOptions { Trainer = new WordPieceTrainer { VocabularySize = 100 }, MaxLength = 8, PadToMaxLength = true }))
        {
            Inputs = ["Text"],
            Outputs = ["TokenIds", "TypeIds", "AttentionMask"],
            SaysOfEmptyData = "no word",
        },
        new("features of a sentence-transformers folder", mlContext => mlContext.Transforms.Text.FeaturizeTextWithTransformer(
            new FeaturizingOptions { PretrainedFolder = TinyFolders.Sentences, PromptName = "query", BatchTokens = 64 }))
        {
            Inputs = ["Text"],
            Outputs = ["Features"],
            SaysOfEmptyData = null,
        },
        new("features of pairs, states and attentions", mlContext => mlContext.Transforms.Text.FeaturizeTextWithTransformer(
            new FeaturizingOptions
            {
                PretrainedFolder = TinyFolders.Bert,
                TextPairColumnName = "Pair",
                Poolings = [Pooling.Pooler, Pooling.Last],
                TokenStatesColumnName = "Tokens",
                LayerStatesColumnName = "Layers",
                AttentionsColumnName = "Attentions",
                BatchTokens = 64,
            }))
        {
            Inputs = ["Text", "Pair"],
            Outputs = ["Layers", "Features", "Tokens", "Attentions"],
            SaysOfEmptyData = null,
        },
        new("attention of texts of varying length", mlContext => mlContext.Transforms.Text.ExtractAttention(
            new TextAttentionOptions { PretrainedFolder = TinyFolders.Bert, TextPairColumnName = "Pair", BatchTokens = 64 }))
        {
            Inputs = ["Text", "Pair"],
            Outputs = ["Attention", "Tokens"],
            SaysOfEmptyData = null,
        },
        new("attention rolled out", mlContext => mlContext.Transforms.Text.ExtractAttention(
            "Flow", "Text", TinyFolders.Sentences, tokensColumnName: null, new AttentionRollout { HeadFusion = HeadFusion.Max, DiscardRatio = 0.3 }))
        {
            Inputs = ["Text"],
            Outputs = ["Flow"],
            SaysOfEmptyData = null,
        },
        new("attention of images", mlContext => mlContext.Transforms.ExtractAttention("Attention", "Picture", TinyFolders.Vit))
        {
            Inputs = ["Picture"],
            Outputs = ["Attention"],
            SaysOfEmptyData = null,
        },
        new("learned positions of a column of a known size", mlContext => mlContext.Transforms.ApplyPositionalEncoding(
            new PositionalEncodingOptions { OutputColumnName = "Placed", InputColumnName = "Holds", Size = 3, Kind = PositionalEncodingKind.Learned, Seed = 1 }))
        {
            Inputs = ["Holds"],
            Outputs = ["Placed"],
            SaysOfEmptyData = null,
        },
        new("rotary positions of sequences of any length", mlContext => mlContext.Transforms.ApplyPositionalEncoding(
            "Placed", "Vectors", size: 4, PositionalEncodingKind.Rotary, maxLength: 32))
        {
            Inputs = ["Vectors"],
            Outputs = ["Placed"],
            SaysOfEmptyData = null,
        },
        new("token vectors", mlContext => mlContext.Transforms.ApplyTokenEmbedding("Embedded", "Ids", TinyFolders.Bert))
        {
            Inputs = ["Ids"],
            Outputs = ["Embedded"],
            SaysOfEmptyData = null,
        },
    ];

    public static StageCase Find(string name) => All.Single(stage => stage.Name == name);
}
