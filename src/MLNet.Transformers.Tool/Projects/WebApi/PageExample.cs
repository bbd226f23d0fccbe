using MLNet.Transformers.Tool.Data;

namespace MLNet.Transformers.Tool.Projects.WebApi;

/// <summary>A row of the data for the page.</summary>
/// <param name="Values">What the model reads, by column; an image as the address of its data.</param>
/// <param name="Answer">What the data say; null where they say nothing that can be read.</param>
internal sealed record PageExample(IReadOnlyDictionary<string, string> Values, string? Answer)
{
    private const int MostImageBytes = 128 << 10;

    private static readonly Dictionary<string, string> ImageTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".gif"] = "image/gif",
        [".bmp"] = "image/bmp",
    };

    /// <summary>The example of a row; null where it has an image that is too large for the page, or of a kind that browsers do not show.</summary>
    public static PageExample? Of(IReadOnlyDictionary<string, string> row, IReadOnlyList<PageField> fields, ProjectNames names)
    {
        var values = fields.Select(field => (field.Column, Value: field.Kind == "image" ? ImageAddress(row[field.Column]) : row[field.Column])).ToArray();
        return values.Any(value => value.Value is null) ? null : new(values.ToDictionary(value => value.Column, value => value.Value!), AnswerOf(row, names));
    }

    private static string? AnswerOf(IReadOnlyDictionary<string, string> row, ProjectNames names)
    {
        // The tags of words are not for reading; the page has the text with its names instead.
        var isOfWords = names.Outputs[0].Column.TypeName == "string[]";
        var answer = names.Inputs.FirstOrDefault(input => input.Purpose is ColumnPurpose.Label or ColumnPurpose.Answer or ColumnPurpose.Target);
        return answer is null || isOfWords ? null : row[answer.ColumnName];
    }

    private static string? ImageAddress(string path) =>
        ImageTypes.TryGetValue(Path.GetExtension(path), out var type) && new FileInfo(path) is { Exists: true, Length: <= MostImageBytes } file
            ? $"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(file.FullName))}"
            : null;
}
