using System.Globalization;
using MLNet.Transformers.Models;
using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Projects.Code;
using MLNet.Transformers.Tool.Scenarios;

namespace MLNet.Transformers.Tool.Projects.WebApi;

/// <summary>The code that finds what a model looks at in a row.</summary>
/// <param name="project">The project.</param>
/// <param name="names">Its names.</param>
internal sealed class AttentionCode(TrainedProject project, ProjectNames names)
{
    /// <summary>Tokens that are looked into at most: the map of a longer text would be too large to send, and to read.</summary>
    private const int MaxLength = 128, MaxLengthWithContext = 256;

    /// <summary>The text of the file; null where the library cannot tell what such a model looks at.</summary>
    public string? Render() => project.Options switch
    {
        ImageClassificationOptions options => HasAttention(options) ? Image() : null,
        SequenceToSequenceOptions options => HasAttention(options) ? Translation(options) : null,
        // It reads each sentence by itself: one map has room for one of them.
        SentenceSimilarityOptions { ComparesVectors: true } => Text(ColumnPurpose.SourceSentence),
        SentenceSimilarityOptions => Text(ColumnPurpose.SourceSentence, ColumnPurpose.ComparisonSentence),
        QuestionAnsweringOptions => Text(ColumnPurpose.Question, ColumnPurpose.Context),
        _ => Text(ColumnPurpose.Text),
    };

    /// <summary>Swin looks within windows of patches, and not at the whole image.</summary>
    private static bool HasAttention(ImageClassificationOptions options) =>
        (options.PretrainedFolder is { } folder ? StartingFolder.OpenImages(folder) : options.Model) is ImageEncoderConfig or ClipVisionConfig;

    private static bool HasAttention(SequenceToSequenceOptions options) =>
        (options.PretrainedFolder is { } folder ? StartingFolder.OpenText(folder) : options.Model) is EncoderDecoderConfig or TransformerConfig or T5Config;

    private string Image() => Render("Image", ("ImageColumn", ColumnOf(ColumnPurpose.Image)), ("ImageProperty", names[ColumnPurpose.Image].Name));

    private string Translation(SequenceToSequenceOptions options) => Render(
        "Translation",
        ("TextColumn", ColumnOf(ColumnPurpose.Source)),
        ("AnswerColumn", CSharpText.Verbatim(names.Outputs[0].Column.Name)),
        ("MaxLength", MaxLength.ToString(CultureInfo.InvariantCulture)),
        ("Text", (options.SourcePrefix.Length > 0 ? $"{CSharpText.Of(options.SourcePrefix)} + " : "") + $"input.{names[ColumnPurpose.Source].Name}"));

    private string Text(ColumnPurpose text, ColumnPurpose? pair = null) => Render(
        "Text",
        ("TextColumn", ColumnOf(text)),
        ("TextPairOption", pair is { } second ? $"TextPairColumnName = {ColumnOf(second)}," : ""),
        ("MaxLength", (pair is ColumnPurpose.Context ? MaxLengthWithContext : MaxLength).ToString(CultureInfo.InvariantCulture)),
        ("Title", text is ColumnPurpose.SourceSentence && pair is null ? $".WithTitle({CSharpText.Of($"Attention in {names[text].ColumnName}")})" : ""),
        ("Texts", string.Join(", ", new[] { text, pair }.OfType<ColumnPurpose>().Select(purpose => $"input.{names[purpose].Name}"))));

    private string ColumnOf(ColumnPurpose purpose) => CSharpText.Verbatim(names[purpose].ColumnName);

    private string Render(string template, params IEnumerable<(string Name, string Value)> values) => Template.Render(
        $"WebApi/Attention/{template}.cs.template",
        values.Append(("Name", names.Class)).Append(("Namespace", names.Namespace)).ToDictionary(value => value.Item1, value => value.Item2));
}
