using Microsoft.ML;
using MLNet.Transformers.Models;
using MLNet.Transformers.Tests.Models;

namespace MLNet.Transformers.Tests.Build;

/// <summary>What each family of the registry can do, found out by doing it with a tiny model. Families that can do the same share a row.</summary>
internal static class FamilyTable
{
    private static readonly MLContext Context = new(seed: 1);

    private static readonly IDataView Rows = Context.Transforms.Conversion.MapValueToKey("Label", "Class")
        .Fit(Context.Data.LoadFromEnumerable(StageRow.Many(4))).Transform(Context.Data.LoadFromEnumerable(StageRow.Many(4)));

    private static readonly (string Heading, Action<TextConfig> Do)[] TextTasks =
    [
        ("vectors", model => Train(Context.SentenceEmbedding.Trainers.TransformerSentenceEmbedding(
            new SentenceEmbeddingOptions { Model = model, MaxSteps = 1, VocabularySize = 60, PartnerColumnName = "Pair" }))),
        ("classes, numbers", model => Train(Context.MulticlassClassification.Trainers.TransformerTextClassification(
            new TextClassificationOptions { Model = model, MaxSteps = 1, VocabularySize = 60 }))),
        ("tags of words", model => Train(Context.TokenClassification.Trainers.TransformerTokenClassification(
            new TokenClassificationOptions { Model = model, MaxSteps = 1, VocabularySize = 60, TextColumnName = "Tokens", LabelColumnName = "Tags" }))),
        ("answers in texts", model => Train(Context.QuestionAnswering.Trainers.TransformerQuestionAnswering(
            new QuestionAnsweringOptions { Model = model, MaxSteps = 1, VocabularySize = 60, QuestionColumnName = "Class", ContextColumnName = "Text" }))),
        ("choices", model => Train(Context.MulticlassClassification.Trainers.TransformerMultipleChoice(
            new MultipleChoiceOptions { Model = model, MaxSteps = 1, VocabularySize = 60, PromptColumnName = "Answer", ChoiceColumnNames = ["Text", "Pair"] }))),
        ("hidden words", model => Train(Context.LanguageModeling.Trainers.TransformerMaskedLanguageModel(
            new MaskedLanguageModelOptions { Model = model, MaxSteps = 1, VocabularySize = 60, TextColumnName = "Masked" }))),
        ("continuations, answers", model => Train(Context.LanguageModeling.Trainers.TransformerLanguageModel(
            new LanguageModelOptions { Model = model, MaxSteps = 1, VocabularySize = 300 }))),
        ("translations, summaries", model => Train(Context.SequenceToSequence.Trainers.TransformerSequenceToSequence(
            new SequenceToSequenceOptions { Model = model, MaxSteps = 1, VocabularySize = 300, SourceColumnName = "Text", TargetColumnName = "Pair" }))),
        ("attention", ReadAttention),
    ];

    private static readonly (string Heading, Action<string> Do)[] ImageTasks =
    [
        ("vectors", folder => Train(Context.Transforms.FeaturizeImageWithTransformer("Features", "Picture", folder))),
        ("classes", folder => Train(Context.MulticlassClassification.Trainers.TransformerImageClassification(
            new ImageClassificationOptions { PretrainedFolder = folder, MaxSteps = 1, ImageColumnName = "Picture" }))),
        ("learning without labels", folder => Train(Context.ImageEmbedding.Trainers.TransformerSelfDistillation(
            new SelfDistillationOptions { PretrainedFolder = folder, MaxSteps = 1, ImageColumnName = "Picture", LocalViews = 1, Projection = new(16, 16, 8) }))),
        ("texts beside images, classes by name", folder => Train(Context.MulticlassClassification.ClassifyImagesZeroShot(["apple", "hammer"], folder, "Picture"))),
        ("attention", folder => VectorColumn.ReadAll(Context.Transforms.ExtractAttention("Attention", "Picture", folder).Fit(Rows).Transform(Rows), "Attention")),
    ];

    public static string Make()
    {
        using var folder = new TemporaryFolder();
        var images = TinyImageConfigs.All.Where(model => model.Key == model.Value.ModelType).Select(model => (model.Key, Write(model.Value, folder.File(model.Key))));
        return Table("texts", TextTasks, TinyConfigs.All.Where(model => model.Key == model.Value.ModelType).Select(model => (model.Key, model.Value))) + "\n"
            + Table("images", ImageTasks, images.Append((Clip.Architecture.ModelType, TinyFolders.Clip)));
    }

    private static void Train(IEstimator<ITransformer> trainer) => ((IDisposable)trainer.Fit(Rows)).Dispose();

    private static void ReadAttention(TextConfig config)
    {
        using var model = Context.MulticlassClassification.Trainers.TransformerTextClassification(new TextClassificationOptions { Model = config, MaxSteps = 1, VocabularySize = 60 }).Fit(Rows);
        using var attention = Context.Transforms.Text.ExtractAttention("Attention", "Text", model).Fit(Rows);
        VectorColumn.ReadAll(attention.Transform(Rows), "Attention");
    }

    private static string Write(ImageConfig config, string folder)
    {
        using var network = config is ClipVisionConfig ? ImageModel.Create(config, ImageProjection.Of) : ImageModel.ForClassification(config);
        PretrainedImageFolder.Save(network, folder);
        ImageProcessor.Of(config).Save(folder);
        return folder;
    }

    private static string Table<TModel>(string kind, (string Heading, Action<TModel> Do)[] tasks, IEnumerable<(string Family, TModel Model)> families) =>
        $"| {kind} | {string.Join(" | ", tasks.Select(task => task.Heading))} |\n|---|{string.Concat(tasks.Select(_ => ":-:|"))}\n" +
        string.Concat(families
            .GroupBy(family => string.Join(" | ", tasks.Select(task => Can(family.Family, task, family.Model) ? "✓" : "")), family => family.Family)
            .Select(group => $"| {string.Join(", ", group.Select(family => $"`{family}`"))} | {group.Key} |\n"));

    private static bool Can<TModel>(string family, (string Heading, Action<TModel> Do) task, TModel model)
    {
        try
        {
            task.Do(model);
            return true;
        }
        catch (NotSupportedException)
        {
            return false;
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{family}, {task.Heading}: {exception.Message}", exception);
        }
    }
}
