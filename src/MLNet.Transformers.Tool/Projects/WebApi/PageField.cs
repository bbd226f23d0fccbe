using System.Text.RegularExpressions;
using MLNet.Transformers.Tool.Data;

namespace MLNet.Transformers.Tool.Projects.WebApi;

/// <summary>A column that the user of the page fills in.</summary>
/// <param name="Column">The column.</param>
/// <param name="Label">What it is called on the page.</param>
/// <param name="Kind">"text" or "image".</param>
/// <param name="Lines">How many lines of text its field has.</param>
internal sealed partial record PageField(string Column, string Label, string Kind, int Lines)
{
    /// <summary>The columns that a model reads: a question before its context, a first sentence before a second.</summary>
    public static IReadOnlyList<PageField> Of(ProjectNames names) =>
    [
        .. names.Inputs.OrderBy(input => input.Purpose).Select(input => LookOf(input.Purpose) is var (name, lines)
            ? new PageField(input.ColumnName, Numbered().IsMatch(input.ColumnName) || lines == 0 ? name : input.ColumnName, lines == 0 ? "image" : "text", lines)
            : null).OfType<PageField>(),
    ];

    /// <summary>What a field is called whose column has no name of its own, and its lines; null for what the model does not read.</summary>
    private static (string Name, int Lines)? LookOf(ColumnPurpose purpose) => purpose switch
    {
        ColumnPurpose.Text => ("Text", 4),
        ColumnPurpose.SourceSentence => ("First sentence", 2),
        ColumnPurpose.ComparisonSentence => ("Second sentence", 2),
        ColumnPurpose.Question => ("Question", 1),
        ColumnPurpose.Context => ("Text", 8),
        ColumnPurpose.Source => ("Text", 4),
        ColumnPurpose.Image => ("Image", 0),
        _ => null,
    };

    [GeneratedRegex("^col[0-9]+$")]
    private static partial Regex Numbered();
}
