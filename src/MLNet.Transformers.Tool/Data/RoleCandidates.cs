using System.Globalization;
using MLNet.Transformers.Tool.Scenarios;

namespace MLNet.Transformers.Tool.Data;

/// <summary>Judges by their values what columns are for.</summary>
/// <param name="role">What a column is sought for.</param>
/// <param name="open">All that columns are still sought for.</param>
/// <param name="names">The names of the columns.</param>
/// <param name="statistics">What their values are like.</param>
internal sealed class RoleCandidates(
    ColumnRole role, IReadOnlyList<ColumnRole> open, IReadOnlyList<string> names, IReadOnlyList<ColumnStatistics> statistics)
{
    // A class comes this often on average, or it is no class.
    private const int RowsPerClass = 2;

    private const double LongestClass = 50;

    // More numbers with decimals are a measure.
    private const int MostNumbers = 20;

    /// <summary>The columns that would do: one where it can be told, several where it cannot.</summary>
    /// <param name="free">The columns that are for nothing yet.</param>
    public IReadOnlyList<(int Index, string Reason)> Among(IReadOnlyList<int> free) => role.Kind switch
    {
        DataKind.Single => [.. free.Where(index => statistics[index].IsNumber).Select(index => (index, Range(statistics[index])))],
        DataKind.Int32 => [.. free.Where(index => statistics[index].IsWhole).Select(index => (index, "whole numbers"))],
        _ when role.Purpose == ColumnPurpose.Label => Labels(free),
        _ => Texts(free),
    };

    private List<(int, string)> Labels(IReadOnlyList<int> free)
    {
        int[] tags = [.. free.Where(index => statistics[index].IsTags)];
        if (tags.Length == 1)
            return [(tags[0], "tags such as B-person and O")];
        return [.. free.Where(index => IsClass(statistics[index])).Select(index => (index, Different(statistics[index])))];
    }

    private List<(int, string)> Texts(IReadOnlyList<int> free)
    {
        int[] texts = [.. free.Where(index => !statistics[index].IsNumber).OrderByDescending(index => statistics[index].MeanLength)];
        ColumnRole[] sought = [.. open.Where(other => other.Kind == DataKind.String && other.Purpose != ColumnPurpose.Label)];
        return role.Purpose switch
        {
            ColumnPurpose.Text or ColumnPurpose.Context => [.. texts.Take(1).Select(index => (index, Longest(texts)))],
            ColumnPurpose.Question => Only(texts.Where(index => statistics[index].Questions > 0.5), "questions"),
            _ when texts.Length == sought.Length => [.. texts.Order().Take(1).Select(index => (index, sought.Length == 1 ? "the only other text" : "the first of two texts"))],
            _ => [.. texts.Order().Select(index => (index, ""))],
        };
    }

    private static List<(int, string)> Only(IEnumerable<int> indices, string reason) => [.. indices.Select(index => (index, reason))];

    private string Longest(int[] texts) => texts.Length == 1
        ? "the only other text"
        : string.Create(CultureInfo.InvariantCulture, $"the longest texts, {statistics[texts[0]].MeanLength:F0} characters on average; '{names[texts[1]]}' has {statistics[texts[1]].MeanLength:F0}");

    private static bool IsClass(ColumnStatistics values) => !values.HasManyValues && values.Distinct >= 2
        && values.Distinct * RowsPerClass <= values.Count && values.MeanLength <= LongestClass && (!values.IsNumber || values.IsWhole || values.Distinct <= MostNumbers);

    private static string Different(ColumnStatistics values) => $"{values.Distinct} different values";

    private static string Range(ColumnStatistics values) =>
        string.Create(CultureInfo.InvariantCulture, $"numbers from {values.Least} to {values.Greatest}");
}
