using System.Text.Json.Serialization;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Tasks;

/// <summary>The columns of <see cref="ImageTextMatching"/>.</summary>
/// <param name="ImageName">The image; null where only texts are read.</param>
/// <param name="TextName">The text; null where only images are read.</param>
/// <param name="ImageFeaturesName">The output with where the image lies; null for none.</param>
/// <param name="TextFeaturesName">The output with where the text lies; null for none.</param>
internal sealed record ImageTextColumns(string? ImageName, string? TextName, string? ImageFeaturesName, string? TextFeaturesName)
{
    [JsonIgnore]
    public ImageColumn? Image => ImageName is null ? null : new(ImageName);

    [JsonIgnore]
    public InputColumn? Text => TextName is null ? null : new(TextName, ColumnShape.Text, TrainingOnly: TextFeaturesName is null);

    /// <summary>The columns that are there.</summary>
    public IReadOnlyList<InputColumn> Inputs() =>
        [.. new[] { Image is { } image ? image.Input with { TrainingOnly = ImageFeaturesName is null } : null, Text }.OfType<InputColumn>()];

    /// <summary>The outputs that are wanted, of that width.</summary>
    public IReadOnlyList<OutputColumn> Outputs(int width) =>
        [.. new[] { ImageFeaturesName, TextFeaturesName }.OfType<string>().Select(name => new OutputColumn(name, new VectorDataViewType(NumberDataViewType.Single, width)))];
}
